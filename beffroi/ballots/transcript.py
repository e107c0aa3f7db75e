"""What is hashed: words laid out as ``abi.encode`` lays out static types, tags, and challenges.

Source: Contract ABI specification, §"Formal Specification of the Encoding" (a static value is one or more 32-byte
words, integers and addresses padded on the left).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sha3 import keccak_256

from beffroi.ballots.group import N

if TYPE_CHECKING:
    from collections.abc import Callable

_hasher: Final[Callable[[bytes], Any]] = keccak_256
_ADDRESS_PADDING: Final = bytes(12)


def keccak(data: bytes) -> bytes:
    """keccak256 of ``data``, 32 bytes."""
    digest: bytes = _hasher(data).digest()
    return digest


def tag(text: str) -> bytes:
    """The domain tag of a purpose: keccak256 of its ASCII text."""
    return keccak(text.encode("ascii"))


def words(*values: int | bytes) -> bytes:
    """``abi.encode`` of static values: an ``int`` is a uint256, 20 bytes an address, 32 or 64 bytes one or two words.

    Raises:
        ValueError: for bytes of another length; OverflowError for an integer out of range.
    """
    out = []
    for value in values:
        if isinstance(value, int):
            out.append(value.to_bytes(32, "big"))
        elif len(value) == 20:
            out.append(_ADDRESS_PADDING + value)
        elif len(value) in {32, 64}:
            out.append(value)
        else:
            raise ValueError(f"{len(value)} bytes are neither an address nor whole words")
    return b"".join(out)


def digest(*values: int | bytes) -> bytes:
    """keccak256(abi.encode(values…)) for static values."""
    return keccak(words(*values))


def challenge(*values: int | bytes) -> int:
    """``digest`` read as a big-endian number modulo N: a Fiat–Shamir challenge."""
    return int.from_bytes(digest(*values), "big") % N


def to_address(text: str | bytes) -> bytes:
    """The 20 bytes of an address given as such or as ``0x…`` hex, in any case.

    Raises:
        ValueError: when it is not 20 bytes.
    """
    raw = bytes.fromhex(text.removeprefix("0x")) if isinstance(text, str) else bytes(text)
    if len(raw) != 20:
        raise ValueError("an address has 20 bytes")
    return raw
