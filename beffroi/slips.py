"""Slips: what a citizen signs (EIP-712) and anyone may post.

Pure: nothing here talks to a node. `Slip.typed_data` is what a wallet is shown; `sign` is the same signature at
libsecp256k1's speed.
"""

import functools

from coincurve import PrivateKey
from eth_account import Account
from eth_typing import ChecksumAddress
from eth_utils.crypto import keccak

from beffroi.eip712 import Domain, Slip, SlipType

FOREVER = 2**256 - 1
"""A deadline that never comes, in unix seconds."""


_PAYMENT = "address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce"
TRANSFER = SlipType(f"TransferWithAuthorization({_PAYMENT})")
RECEIVE = SlipType(f"ReceiveWithAuthorization({_PAYMENT})")
CANCEL = SlipType("CancelAuthorization(address authorizer,bytes32 nonce)")
REDEEM = SlipType(
    "RedeemWithAuthorization(address from,uint256 value,bytes32 ref,"
    "uint256 validAfter,uint256 validBefore,bytes32 nonce)"
)
PERMIT = SlipType("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)")
WITHDRAWAL = SlipType("Withdrawal(address payee,address to,uint256 deadline)")
VETO_RECOVERY = SlipType("VetoRecovery(address account,address successor,uint64 recoverableAt,uint256 deadline)")


def transfer(from_: str, to: str, value_cents: int, nonce: int, *, after_s: int = 0, before_s: int = FOREVER) -> Slip:
    """ERC-3009's payment that anyone may post.

    Args:
        from_: who pays and signs.
        to: who is paid.
        value_cents: how much.
        nonce: unordered, below 2²⁵⁶; each serves once.
        after_s: valid strictly after, unix seconds.
        before_s: valid strictly before, unix seconds.
    """
    return TRANSFER.of(from_, to, value_cents, after_s, before_s, _word(nonce))


def receive(from_: str, to: str, value_cents: int, nonce: int, *, after_s: int = 0, before_s: int = FOREVER) -> Slip:
    """ERC-3009's payment that the payee alone may post; as `transfer`."""
    return RECEIVE.of(from_, to, value_cents, after_s, before_s, _word(nonce))


def cancel(authorizer: str, nonce: int) -> Slip:
    """ERC-3009: makes the slip of that nonce worthless."""
    return CANCEL.of(authorizer, _word(nonce))


def withdrawal(payee: str, to: str, deadline_s: int) -> Slip:
    """Has what a till could not pay to `payee` paid to another account; for the domain of the contract that holds it.

    Args:
        payee: to whom it is owed; the key that is in force signs.
        to: who is paid.
        deadline_s: the last second in which it may be posted, unix seconds.
    """
    return WITHDRAWAL.of(payee, to, deadline_s)


def till_nonce(purpose: bytes, salt: bytes) -> bytes:
    """The nonce of a payment into a till (`Till.slipNonce`), 32 bytes: what it pays for, and which payment it is.

    Args:
        purpose: what the till hashes of what is paid for, 32 bytes.
        salt: 32 bytes, another for each payment; nonces of salts that differ in the last byte alone share a slot.
    """
    hashed = keccak(purpose + bytes(1) + salt[:-1])
    return hashed[:-1] + salt[-1:]


def redeem(
    from_: str, value_cents: int, nonce: int, ref: bytes = bytes(32), *, after_s: int = 0, before_s: int = FOREVER
) -> Slip:
    """Changes local money back into euros; window and nonce as `transfer`, `ref` the holder's own, zeros for none."""
    return REDEEM.of(from_, value_cents, ref, after_s, before_s, _word(nonce))


def permit(owner: str, spender: str, value_cents: int, nonce: int, *, deadline_s: int = FOREVER) -> Slip:
    """ERC-2612: an allowance. `nonce` is the next of `nonces(owner)`; valid up to and including `deadline_s`."""
    return PERMIT.of(owner, spender, value_cents, nonce, deadline_s)


def veto_recovery(account: str, successor: str, recoverable_at_s: int, *, deadline_s: int = FOREVER) -> Slip:
    """Residents: the old key is not lost and stops this very recovery; valid up to and including `deadline_s`."""
    return VETO_RECOVERY.of(account, successor, recoverable_at_s, deadline_s)


def sign(key: bytes, slip: Slip, domain: Domain) -> bytes:
    """The signature r ‖ s ‖ v of a slip, 65 bytes, deterministic (RFC 6979), with low s.

    Args:
        key: the private key, 32 bytes.
        slip: what is signed.
        domain: where it is valid.
    """
    return sign_digest(key, slip.digest(domain))


def sign_digest(key: bytes, digest: bytes) -> bytes:
    """The signature r ‖ s ‖ v of 32 bytes, as `sign`."""
    signature: bytes = _key(key).sign_recoverable(digest, hasher=None)
    return signature[:64] + bytes([27 + signature[64]])


def sign_by_wallet(key: bytes, slip: Slip, domain: Domain) -> bytes:
    """The same signature as a wallet makes it, by eth-account from the typed data: slow, and without `Slip.digest`."""
    return bytes(Account.sign_typed_data(key, full_message=slip.typed_data(domain)).signature)


def split(signature: bytes) -> tuple[int, bytes, bytes]:
    """(v, r, s) of a signature r ‖ s ‖ v, as ERC-2612 and ERC-3009 take it."""
    return signature[64], signature[:32], signature[32:64]


def address_of(key: bytes) -> ChecksumAddress:
    """The address of a private key."""
    address: ChecksumAddress = Account.from_key(key).address
    return address


def _word(nonce: int) -> bytes:
    return nonce.to_bytes(32, "big")


@functools.lru_cache(maxsize=65_536)
def _key(key: bytes) -> PrivateKey:
    return PrivateKey(key)
