"""The keys that post: ape's keyfiles, opened by a passphrase in the environment; on a local chain, Anvil's accounts."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from eth_account import Account

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import LOCAL_CHAIN_IDS, NoAccountError, anvil_account, refuse_test_accounts
from beffroi.units import ETHER

FIRST_TOY = 17
"""Anvil's last three accounts hold no office in the example town."""
TOYS = 3
RAW_KEYS = "BEFFROI_POST_KEYS"


def sender_keys(chain_id: int, aliases: Sequence[str], workers: int) -> list[Key]:
    """A key for each worker; all are different.

    Args:
        chain_id: of the chain.
        aliases: of ape's accounts, whose `APE_ACCOUNTS_<alias>_PASSPHRASE` is set; without any, on a local chain,
            those in `BEFFROI_POST_KEYS` (hexadecimal, between commas), else Anvil's last ones.
        workers: how many are needed.

    Raises:
        NoAccountError: there are too few, one cannot be opened, or none is named on a public chain.
        TestAccountError: one is Anvil's, on a public chain.
    """
    if aliases:
        keys = [_open(alias) for alias in aliases]
    elif chain_id not in LOCAL_CHAIN_IDS:
        raise NoAccountError(f"chain {chain_id} is public: name the accounts that pay (--account ALIAS, one a worker)")
    elif given := os.environ.get(RAW_KEYS):
        keys = [Key(bytes.fromhex(it.strip().removeprefix("0x"))) for it in given.split(",")]
    else:
        keys = [Key(bytes(anvil_account(FIRST_TOY + number).key)) for number in range(min(workers, TOYS))]
    refuse_test_accounts(chain_id, (key.address for key in keys))
    if len({key.address for key in keys}) < workers:
        raise NoAccountError(f"{workers} workers need {workers} different accounts, and there are {len(keys)}")
    return keys[:workers]


def fund_toys(rpc: Rpc, keys: Sequence[Key]) -> None:
    """Gives Anvil's accounts that are empty their ether: an Anvil that was started with ten has no more of them."""
    toys = {anvil_account(FIRST_TOY + number).address for number in range(TOYS)}
    for key in keys:
        if key.address in toys and int(rpc.call("eth_getBalance", key.address, "latest"), 16) == 0:
            rpc.call("anvil_setBalance", key.address, hex(10_000 * ETHER))


def _open(alias: str) -> Key:
    folder = Path(os.environ.get("APE_DATA_FOLDER", Path.home() / ".ape")) / "accounts"
    path = folder / f"{alias}.json"
    passphrase = os.environ.get(f"APE_ACCOUNTS_{alias}_PASSPHRASE")
    if passphrase is None:
        raise NoAccountError(f"APE_ACCOUNTS_{alias}_PASSPHRASE is not set: nobody is there to type it")
    try:
        return Key(bytes(Account.decrypt(json.loads(path.read_bytes()), passphrase)))
    except FileNotFoundError as error:
        raise NoAccountError(f"ape has no account {alias}: `ape accounts import {alias}` brings one in") from error
    except ValueError as error:
        raise NoAccountError(f"the account {alias} does not open with that passphrase: {error}") from error
