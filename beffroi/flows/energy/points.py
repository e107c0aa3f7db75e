"""Sums of many points, over libsecp256k1 with as little Python as possible between two calls.

What is no point (a commitment off the curve, in a false file) adds nothing.
"""

from collections.abc import Sequence
from typing import Any, Final

from coincurve._libsecp256k1 import ffi, lib
from coincurve.context import GLOBAL_CONTEXT

from beffroi.ballots.group import INFINITY, Point

POINT: Final = 64
COMPRESSED: Final = 33
_CTX: Final[Any] = GLOBAL_CONTEXT.ctx
_parse: Final[Any] = lib.secp256k1_ec_pubkey_parse
_serialize: Final[Any] = lib.secp256k1_ec_pubkey_serialize
_combine: Final[Any] = lib.secp256k1_ec_pubkey_combine
_multiply: Final[Any] = lib.secp256k1_ec_pubkey_tweak_mul


class _Sum:
    """A sum that grows by a term at a time.

    Attributes:
        is_infinite: whether it is at infinity.
        key: the point; anything while at infinity.
    """

    __slots__ = ("_next", "_out", "_pair", "_size", "is_infinite", "key")

    def __init__(self) -> None:
        self.is_infinite = True
        # Two by turns: combine clears what it writes to before it reads.
        self.key, self._next = ffi.new("secp256k1_pubkey *"), ffi.new("secp256k1_pubkey *")
        self._pair = ffi.new("secp256k1_pubkey *[2]")
        self._out, self._size = ffi.new("unsigned char[65]"), ffi.new("size_t *", 65)

    def add(self, term: Any) -> None:
        """Adds a point, which may be the sum itself or its opposite."""
        if self.is_infinite:
            ffi.memmove(self.key, term, POINT)
            self.is_infinite = False
            return
        self._pair[0], self._pair[1] = self.key, term
        # combine answers 0 for a sum at infinity, and only then.
        self.is_infinite = not _combine(_CTX, self._next, self._pair, 2)
        self.key, self._next = self._next, self.key

    def point(self) -> Point:
        """What it is now, 64 bytes."""
        if self.is_infinite:
            return INFINITY
        _serialize(_CTX, self._out, self._size, self.key, lib.SECP256K1_EC_UNCOMPRESSED)
        return bytes(ffi.buffer(self._out, 65)[1:])


def weighted_sums(points: bytes, slots: Sequence[int], weights: Sequence[int]) -> bytes:
    """At each step the sum of weight·point over the steps of its slot so far: A, 64 bytes a step.

    Args:
        points: of a meter, 64 bytes a step.
        slots: of each step.
        weights: of each step, public.
    """
    sums = {slot: _Sum() for slot in set(slots)}
    term = ffi.new("secp256k1_pubkey *")
    found = []
    for point, slot, weight in zip(_split(points), slots, weights, strict=True):
        total = sums[slot]
        if weight and _parse(_CTX, term, b"\x04" + point, 65):
            _multiply(_CTX, term, weight.to_bytes(32))
            total.add(term)
        found.append(total.point())
    return b"".join(found)


def running_sums(curves: Sequence[bytes]) -> list[bytes]:
    """At each step the sum of the points of the meters so far: B of each meter, 64 bytes a step."""
    sums = [_Sum() for _ in range(len(curves[0]) // POINT)] if curves else []
    term = ffi.new("secp256k1_pubkey *")
    found = []
    for curve in curves:
        for point, total in zip(_split(curve), sums, strict=True):
            if _parse(_CTX, term, b"\x04" + point, 65):
                total.add(term)
        found.append(b"".join(total.point() for total in sums))
    return found


def is_on_curve(point: bytes) -> bool:
    """Whether 64 bytes are a point other than infinity."""
    return bool(_parse(_CTX, ffi.new("secp256k1_pubkey *"), b"\x04" + point, 65))


def compressed(points: bytes) -> bytes:
    """Points in 33 bytes each: 2 or 3 by the ordinate's parity, and the abscissa (SEC 1 v2.0 §2.3.3)."""
    return b"".join(bytes([2 + (point[63] & 1)]) + point[:32] for point in _split(points))


def uncompressed(data: bytes) -> tuple[bytes, set[int]]:
    """Points of 33 bytes each, in 64; and the places of those that are none, whose 64 bytes are zero."""
    term, out, size = ffi.new("secp256k1_pubkey *"), ffi.new("unsigned char[65]"), ffi.new("size_t *", 65)
    found, none = [], set()
    for at in range(0, len(data), COMPRESSED):
        if _parse(_CTX, term, data[at : at + COMPRESSED], COMPRESSED):
            _serialize(_CTX, out, size, term, lib.SECP256K1_EC_UNCOMPRESSED)
            found.append(bytes(ffi.buffer(out, 65)[1:]))
        else:
            found.append(INFINITY)
            none.add(at // COMPRESSED)
    return b"".join(found), none


def _split(points: bytes) -> list[bytes]:
    return [points[at : at + POINT] for at in range(0, len(points), POINT)]
