"""Who signs for a command: an account of ape's; on a local chain, one of Anvil's."""

import os
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from beffroi.chain.signers import (
    LOCAL_CHAIN_IDS,
    TEST_ACCOUNTS,
    DeclinedError,
    NoAccountError,
    anvil_account,
)
from beffroi.chain.transaction import Signer
from beffroi.town.config import TownConfig


@dataclass(frozen=True)
class ApeSigned:
    """A transaction that ape signed.

    Attributes:
        raw_transaction: the bytes that a node takes.
    """

    raw_transaction: bytes


@dataclass(frozen=True)
class ApeSigner:
    """An ape account (keyfile, hardware wallet) with the semantics of eth-account.

    Attributes:
        account: ape's account.
        ecosystem: ape's ecosystem, which makes its transactions.
    """

    account: Any
    ecosystem: Any

    @property
    def address(self) -> str:
        """The account, checksummed."""
        return str(self.account.address)

    def sign_transaction(self, transaction_dict: dict[str, Any]) -> ApeSigned:
        """Signs an EIP-1559 transaction.

        Raises:
            DeclinedError: the account's holder declined.
        """
        transaction = self.ecosystem.create_transaction(
            type=2,
            chainId=transaction_dict["chainId"],
            nonce=transaction_dict["nonce"],
            to=transaction_dict["to"],
            value=transaction_dict["value"],
            data=bytes.fromhex(transaction_dict["data"][2:]),
            gas=transaction_dict["gas"],
            maxFeePerGas=transaction_dict["maxFeePerGas"],
            maxPriorityFeePerGas=transaction_dict["maxPriorityFeePerGas"],
            **{"from": self.address},
        )
        signed = self.account.sign_transaction(transaction)
        if signed is None:
            raise DeclinedError(f"{self.address} declined to sign")
        return ApeSigned(bytes(signed.serialize_transaction()))


def choose_signer(chain_id: int, ecosystem: Any, alias: str | None) -> Signer:
    """The ape account of that alias; without an alias, Anvil's first account on a local chain.

    Where `APE_ACCOUNTS_<alias>_PASSPHRASE` is set, a keyfile account signs without asking.

    Raises:
        NoAccountError: there is no such account, or none is named on a public chain.
    """
    if alias is None:
        if chain_id not in LOCAL_CHAIN_IDS:
            raise NoAccountError(f"chain {chain_id} is public: name the account that signs (--account ALIAS)")
        return anvil_account()
    from ape import accounts  # noqa: PLC0415 - takes a second, and only this needs it
    from ape_accounts import KeyfileAccount  # noqa: PLC0415

    if alias not in accounts.aliases:
        known = ", ".join(accounts.aliases) or "none"
        raise NoAccountError(
            f"ape has no account {alias} (it has: {known}); `ape accounts import {alias}` brings one in"
        )
    account = accounts.load(alias)
    if isinstance(account, KeyfileAccount) and f"APE_ACCOUNTS_{alias}_PASSPHRASE" in os.environ:
        account.set_autosign(True)
    return ApeSigner(account, ecosystem)


def choose_officer(
    chain_id: int, config: TownConfig | None, ecosystem: Any, alias: str | None, office: str | None = None
) -> Signer:
    """Who signs for an office: that account of ape's; on a local chain, without one, Anvil's that holds the office.

    Args:
        chain_id: of the chain.
        config: the town's file, which says who holds what; None where only an address is known.
        ecosystem: ape's, which its accounts sign for.
        alias: ape's, of the account.
        office: as in the town's file.

    Raises:
        NoAccountError: there is no such account, or none is named on a public chain.
    """
    if alias is None and office and config is not None:
        holder = held_by_anvil(chain_id, {str(holder.account) for holder in getattr(config.offices, office)})
        if holder:
            return holder
    return choose_signer(chain_id, ecosystem, alias)


def held_by_anvil(chain_id: int, accounts: Container[str]) -> Signer | None:
    """The first of Anvil's accounts among those; None on a public chain, or where none is."""
    if chain_id not in LOCAL_CHAIN_IDS:
        return None
    known = map(anvil_account, range(TEST_ACCOUNTS))
    return next((account for account in known if account.address in accounts), None)
