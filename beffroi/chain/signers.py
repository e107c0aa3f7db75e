"""Who signs: a key, or an account of ape's; and the accounts that nobody may sign with where money is real."""

import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eth_account import Account
from eth_account.messages import SignableMessage
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from beffroi.chain.keys import Key
from beffroi.errors import SetupError

if TYPE_CHECKING:
    from beffroi.chain.transaction import Signer

TEST_MNEMONIC = "test test test test test test test test test test test junk"
TEST_ACCOUNTS = 20
LOCAL_CHAIN_IDS = frozenset({1337, 31337})


class DeclinedError(SetupError):
    """Whoever holds the account declined to sign."""


class NoAccountError(SetupError):
    """There is no account to sign with."""


class TestAccountError(SetupError):
    """An account whose key is public is about to be used on a public chain."""

    __test__ = False


@functools.cache
def anvil_account(index: int = 0) -> LocalAccount:
    """One of the accounts that Anvil funds. Their keys are public: for chains of one's own only."""
    Account.enable_unaudited_hdwallet_features()
    account: LocalAccount = Account.from_mnemonic(TEST_MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
    return account


def refuse_test_accounts(chain_id: int, addresses: Iterable[str]) -> None:
    """Lets no account whose key everybody knows near a public chain.

    Raises:
        TestAccountError: one of the addresses is such an account, and the chain is not a local one.
    """
    if chain_id in LOCAL_CHAIN_IDS:
        return
    public_keys = {anvil_account(index).address for index in range(TEST_ACCOUNTS)}
    if found := sorted(public_keys & set(addresses)):
        raise TestAccountError(
            f"{', '.join(found)}: an Anvil test account, whose key everybody has, on the public chain {chain_id}; "
            "use an account of your own (`ape accounts generate ALIAS`)"
        )


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


def sign_typed(who: Any, separator: bytes, struct_hash: bytes) -> bytes:
    """The signature r ‖ s ‖ v of a typed message (EIP-712), 65 bytes.

    Args:
        who: a `Key`, an eth-account, or an adaptor of ape's, which asks its owner.
        separator: the domain's, 32 bytes.
        struct_hash: hashStruct of the message, 32 bytes.

    Raises:
        DeclinedError: the account's holder declined.
    """
    if isinstance(who, Key):
        return who.sign(keccak(b"\x19\x01" + separator + struct_hash))
    signed = getattr(who, "account", who).sign_message(SignableMessage(b"\x01", separator, struct_hash))
    if signed is None:
        raise DeclinedError(f"{who.address} declined to sign")
    return bytes(signed.signature) if hasattr(signed, "signature") else bytes(signed.encode_rsv())


def choose_signer(chain_id: int, ecosystem: Any, alias: str | None) -> "Signer":
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
