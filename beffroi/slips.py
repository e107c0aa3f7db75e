"""Slips: what a citizen signs (EIP-712) and anyone may post.

Pure: nothing here talks to a node. `Slip.typed_data` is what a wallet is shown; `sign` is the same signature at
libsecp256k1's speed.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coincurve import PrivateKey
from eth_abi.abi import encode
from eth_account import Account
from eth_typing import ChecksumAddress
from eth_utils.crypto import keccak

FOREVER = 2**256 - 1
"""A deadline that never comes, in unix seconds."""

NONCES_IN_ACCOUNT = 64
"""Nonces below this one are kept in the account's own storage slot and cost nothing to store."""

Fields = tuple[tuple[str, str], ...]
Structs = tuple[tuple[str, Fields], ...]

_DOMAIN_FIELDS = (
    ("string", "name"),
    ("string", "version"),
    ("uint256", "chainId"),
    ("address", "verifyingContract"),
)


@dataclass(frozen=True)
class Domain:
    """Where a slip is valid: one contract on one chain (EIP-712, ERC-5267).

    Attributes:
        name: the contract's own, as `eip712Domain()` tells it.
        chain_id: EIP-155.
        contract: its address.
        version: of its slips.
    """

    name: str
    chain_id: int
    contract: str
    version: str = "1"

    @functools.cached_property
    def separator(self) -> bytes:
        """EIP-712's domainSeparator, 32 bytes."""
        return hash_struct("EIP712Domain", _DOMAIN_FIELDS, (self.name, self.version, self.chain_id, self.contract))


@dataclass(frozen=True)
class Slip:
    """A typed message.

    Attributes:
        purpose: EIP-712's primary type, which binds the slip to one use.
        fields: (type, name) of each member, in order; static types, bytes, string, structs, and arrays of these.
        values: one for each field; a struct's are a tuple.
        structs: the types of structs that are used, each with its fields, by name.
    """

    purpose: str
    fields: Fields
    values: tuple[Any, ...]
    structs: Structs = ()

    @property
    def message(self) -> Mapping[str, Any]:
        """Its members by name."""
        return _message(self.fields, self.values, self.structs)

    def digest(self, domain: Domain) -> bytes:
        """What is signed: keccak(0x1901 ‖ domainSeparator ‖ hashStruct), EIP-712; 32 bytes."""
        return keccak(b"\x19\x01" + domain.separator + self.struct_hash)

    @property
    def struct_hash(self) -> bytes:
        """EIP-712's hashStruct of it, 32 bytes."""
        return hash_struct(self.purpose, self.fields, self.values, self.structs)

    def typed_data(self, domain: Domain) -> dict[str, Any]:
        """The full message, as `eth_signTypedData_v4` and eth-account take it."""
        return {
            "types": {"EIP712Domain": _named(_DOMAIN_FIELDS), self.purpose: _named(self.fields)}
            | {name: _named(fields) for name, fields in self.structs},
            "domain": {
                "name": domain.name,
                "version": domain.version,
                "chainId": domain.chain_id,
                "verifyingContract": domain.contract,
            },
            "primaryType": self.purpose,
            "message": dict(self.message),
        }


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
    return _payment("TransferWithAuthorization", from_, to, value_cents, nonce, after_s, before_s)


def receive(from_: str, to: str, value_cents: int, nonce: int, *, after_s: int = 0, before_s: int = FOREVER) -> Slip:
    """ERC-3009's payment that the payee alone may post; as `transfer`."""
    return _payment("ReceiveWithAuthorization", from_, to, value_cents, nonce, after_s, before_s)


def cancel(authorizer: str, nonce: int) -> Slip:
    """ERC-3009: makes the slip of that nonce worthless."""
    return Slip(
        "CancelAuthorization",
        (("address", "authorizer"), ("bytes32", "nonce")),
        (authorizer, _word(nonce)),
    )


def redeem(from_: str, value_cents: int, nonce: int, *, after_s: int = 0, before_s: int = FOREVER) -> Slip:
    """Changes local money back into euros; window and nonce as `transfer`."""
    return Slip(
        "RedeemWithAuthorization",
        (
            ("address", "from"),
            ("uint256", "value"),
            ("uint256", "validAfter"),
            ("uint256", "validBefore"),
            ("bytes32", "nonce"),
        ),
        (from_, value_cents, after_s, before_s, _word(nonce)),
    )


def permit(owner: str, spender: str, value_cents: int, nonce: int, *, deadline_s: int = FOREVER) -> Slip:
    """ERC-2612: an allowance. `nonce` is the next of `nonces(owner)`; valid up to and including `deadline_s`."""
    return Slip(
        "Permit",
        (
            ("address", "owner"),
            ("address", "spender"),
            ("uint256", "value"),
            ("uint256", "nonce"),
            ("uint256", "deadline"),
        ),
        (owner, spender, value_cents, nonce, deadline_s),
    )


def veto_recovery(account: str, successor: str, recoverable_at_s: int, *, deadline_s: int = FOREVER) -> Slip:
    """Residents: the old key is not lost and stops this very recovery; valid up to and including `deadline_s`."""
    return Slip(
        "VetoRecovery",
        (
            ("address", "account"),
            ("address", "successor"),
            ("uint64", "recoverableAt"),
            ("uint256", "deadline"),
        ),
        (account, successor, recoverable_at_s, deadline_s),
    )


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


def _payment(purpose: str, from_: str, to: str, value_cents: int, nonce: int, after_s: int, before_s: int) -> Slip:
    return Slip(
        purpose,
        (
            ("address", "from"),
            ("address", "to"),
            ("uint256", "value"),
            ("uint256", "validAfter"),
            ("uint256", "validBefore"),
            ("bytes32", "nonce"),
        ),
        (from_, to, value_cents, after_s, before_s, _word(nonce)),
    )


def _word(nonce: int) -> bytes:
    return nonce.to_bytes(32, "big")


def _named(fields: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for kind, name in fields]


def _message(fields: Fields, values: Sequence[Any], structs: Structs) -> dict[str, Any]:
    return {name: _shown(kind, value, structs) for (kind, name), value in zip(fields, values, strict=True)}


def _shown(kind: str, value: Any, structs: Structs) -> Any:
    if kind.endswith("[]"):
        return [_shown(kind[:-2], member, structs) for member in value]
    fields = dict(structs).get(kind)
    return value if fields is None else _message(fields, value, structs)


def hash_struct(purpose: str, fields: Fields, values: Sequence[Any], structs: Structs = ()) -> bytes:
    """EIP-712's hashStruct, 32 bytes; arguments as `Slip`."""
    known = dict(structs)
    kinds = ["bytes32" if _is_hashed(kind, known) else kind for kind, _ in fields]
    words = [_hash_member(kind, value, structs) for (kind, _), value in zip(fields, values, strict=True)]
    return keccak(_type_hash(purpose, fields, structs) + encode(kinds, words))


def _is_hashed(kind: str, structs: Mapping[str, Fields]) -> bool:
    return kind in ("bytes", "string") or kind.endswith("[]") or kind in structs


def _hash_member(kind: str, value: Any, structs: Structs) -> Any:
    if kind == "string":
        return keccak(text=value)
    if kind == "bytes":
        return keccak(value)
    if kind.endswith("[]"):
        return keccak(b"".join(_word_of(kind[:-2], member, structs) for member in value))
    fields = dict(structs).get(kind)
    return value if fields is None else hash_struct(kind, fields, value, structs)


def _word_of(kind: str, value: Any, structs: Structs) -> bytes:
    word = _hash_member(kind, value, structs)
    return word if _is_hashed(kind, dict(structs)) else encode([kind], [word])


@functools.lru_cache(maxsize=256)
def _type_hash(purpose: str, fields: Fields, structs: Structs) -> bytes:
    known, used, waiting = dict(structs), set[str](), [fields]
    while waiting:
        found = {kind.removesuffix("[]") for kind, _ in waiting.pop()} & known.keys() - used
        used |= found
        waiting += [known[name] for name in found]
    types = [(purpose, fields), *((name, known[name]) for name in sorted(used))]
    return keccak(
        text="".join(f"{name}({','.join(f'{kind} {it}' for kind, it in members)})" for name, members in types)
    )


@functools.lru_cache(maxsize=65_536)
def _key(key: bytes) -> PrivateKey:
    return PrivateKey(key)
