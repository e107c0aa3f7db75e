"""Keys that sign fast: libsecp256k1 through coincurve, and an RLP for the one shape of transaction that is sent here.

They give the bytes that eth-account gives (RFC 6979 makes the nonce deterministic), at some ten times its speed:
volume is then bound by the node, not by the signer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coincurve import PrivateKey
from eth_utils.address import to_checksum_address
from sha3 import keccak_256

TYPE = b"\x02"  # EIP-1559
SHORT = 56
NO_ACCESS_LIST = b"\xc0"
RECOVERY_ID = 64


@dataclass(frozen=True, slots=True)
class SignedTransaction:
    """A signed transaction.

    Attributes:
        raw_transaction: the bytes that a node takes.
    """

    raw_transaction: bytes


class Key:
    """A private key; a `beffroi.chain.sender.Signer`.

    Args:
        secret: 32 bytes.
    """

    __slots__ = ("_key", "address", "secret")

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self._key = PrivateKey(secret)
        public = self._key.public_key.format(compressed=False)[1:]
        self.address: str = to_checksum_address(keccak_256(public).digest()[12:])

    @classmethod
    def derived(cls, *parts: object) -> "Key":
        """The key of a name, the same each time: for demos and tests, never for anything of worth."""
        return cls(keccak_256("/".join(map(str, parts)).encode()).digest())

    def sign(self, digest: bytes) -> bytes:
        """A signature of 65 bytes, r ‖ s ‖ v with low s and v of 27 or 28, over 32 bytes."""
        signature: bytes = self._key.sign_recoverable(digest, hasher=None)
        return signature[:RECOVERY_ID] + bytes([27 + signature[RECOVERY_ID]])

    def sign_transaction(self, transaction_dict: Mapping[str, Any]) -> SignedTransaction:
        """An EIP-1559 transaction given as a dictionary, as eth-account takes it; without an access list."""
        fields = _fields(transaction_dict)
        digest = keccak_256(TYPE + _list(fields)).digest()
        signature = self._key.sign_recoverable(digest, hasher=None)
        y_parity, r, s = signature[RECOVERY_ID], int.from_bytes(signature[:32]), int.from_bytes(signature[32:64])
        return SignedTransaction(TYPE + _list(fields + _integer(y_parity) + _integer(r) + _integer(s)))

    def __repr__(self) -> str:
        return f"Key({self.address})"


def _fields(transaction: Mapping[str, Any]) -> bytes:
    return (
        _integer(transaction["chainId"])
        + _integer(transaction["nonce"])
        + _integer(transaction["maxPriorityFeePerGas"])
        + _integer(transaction["maxFeePerGas"])
        + _integer(transaction["gas"])
        + _string(bytes.fromhex(transaction["to"][2:]))
        + _integer(transaction["value"])
        + _string(bytes.fromhex(transaction["data"][2:]))
        + NO_ACCESS_LIST
    )


def _string(data: bytes) -> bytes:
    if len(data) == 1 and data[0] < 0x80:
        return data
    return _prefix(0x80, len(data)) + data


def _integer(number: int) -> bytes:
    return _string(number.to_bytes((number.bit_length() + 7) // 8))


def _list(items: bytes) -> bytes:
    return _prefix(0xC0, len(items)) + items


def _prefix(kind: int, length: int) -> bytes:
    if length < SHORT:
        return bytes([kind + length])
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([kind + SHORT - 1 + len(size)]) + size
