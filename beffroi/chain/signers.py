"""Who signs: a key, or whatever holds one; and the accounts that nobody may sign with where money is real."""

import functools
from collections.abc import Iterable
from typing import Any

from eth_account import Account
from eth_account.messages import SignableMessage
from eth_account.signers.local import LocalAccount
from eth_typing import Hash32
from eth_utils.crypto import keccak

from beffroi.chain.keys import Key
from beffroi.errors import SetupError
from beffroi.signatures import plain_or_same

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


def sign_typed(who: Any, separator: bytes, struct_hash: bytes) -> bytes:
    """The signature of a typed message (EIP-712): of a key, r ‖ s ‖ v as the contracts take it, 65 bytes.

    Args:
        who: a `Key`, an eth-account, or an adaptor of ape's, which asks its owner.
        separator: the domain's, 32 bytes.
        struct_hash: hashStruct of the message, 32 bytes.

    Raises:
        DeclinedError: the account's holder declined.
    """
    digest = keccak(b"\x19\x01" + separator + struct_hash)
    if isinstance(who, Key):
        return who.sign(digest)
    signed = getattr(who, "account", who).sign_message(SignableMessage(b"\x01", separator, struct_hash))
    if signed is None:
        raise DeclinedError(f"{who.address} declined to sign")
    signature = bytes(signed.signature) if hasattr(signed, "signature") else bytes(signed.encode_rsv())
    return plain_or_same(signature, digest, str(who.address))


def sign_hash(who: Any, digest: bytes) -> bytes:
    """The signature of a hash that no contract takes (a wallet's JWS), r ‖ s ‖ v; ape asks its owner each time.

    Args:
        who: a `Key`, an eth-account, or an adaptor of ape's.
        digest: 32 bytes.

    Raises:
        DeclinedError: the account's holder declined.
    """
    if isinstance(who, Key):
        return who.sign(digest)
    if isinstance(who, LocalAccount):
        return bytes(who.unsafe_sign_hash(Hash32(digest)).signature)
    signed = who.account.sign_raw_msghash(digest)
    if signed is None:
        raise DeclinedError(f"{who.address} declined to sign")
    return bytes(signed.encode_rsv())
