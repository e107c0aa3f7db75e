"""Readings as commitments that add up: C = c·G + r·H on secp256k1 (T. P. Pedersen, CRYPTO '91).

Nobody knows h with H = h·G: H is hashed to the curve, `derived_h` is its derivation. So C binds whoever cannot find
one, and hides c as well as r is hidden.

Everything here runs in variable time, on the machine of whoever has the readings already: no stranger waits for it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from typing import Final

from sha3 import keccak_256

from beffroi.ballots.group import N, P, Point, add, base, mul, point, recover, x_of
from beffroi.flows.energy.curves import EnergyError

DOMAIN: Final = b"Beffroi/flows/H"
H: Final[Point] = bytes.fromhex(
    "b8f3ea9f8317888502fd0b47f9bf52e66a4bccb8186da48fe79fffa688fcb484"
    "7de4ad69584483889f1a1d98837dde0d2576e2ad0abedf31e9a499d6c48cbde2"
)
READING_BITS: Final = 32
"""Of a step's reading, in Wh."""
SEED: Final = 32
"""Bytes of a meter's seed."""

_X, _ODD = x_of(H), H[63] & 1


class CommitmentError(EnergyError):
    """A reading or a seed is none."""


def derived_h() -> Point:
    """H, by try and increment: the first x = keccak(`DOMAIN` ‖ counter) of a point, in [1, N − 1]; its even ordinate.

    Below N, so that `ecrecover` takes it for a signature's r.
    """
    for counter in range(256):
        x = int.from_bytes(keccak_256(DOMAIN + bytes([counter])).digest())
        square = (pow(x, 3, P) + 7) % P
        y = pow(square, (P + 1) // 4, P)
        if 0 < x < N and y * y % P == square:
            return point(x, P - y if y & 1 else y)
    raise AssertionError("256 hashes, and none on the curve")


def commit(value: int, blinding: int) -> Point:
    """value·G + blinding·H, both taken modulo N.

    Args:
        value: a reading in Wh, or a sum of readings with public weights.
        blinding: the same sum of the readings' blindings.
    """
    value, blinding = value % N, blinding % N
    # Nothing where the blinding is zero, or the sum is at infinity: those are done exactly.
    return recover(_X, _ODD, blinding, value) or add(base(value), mul(blinding, H))


def blindings(seed: bytes, op: bytes, meter: bytes, period: int, readings: Sequence[int]) -> list[int]:
    """The blinding of each step, from [1, N − 1].

    Derived from the readings too (as RFC 6979 derives nonces from messages): a month that is stated again after a
    correction, or two meters of one home with one seed, would else be blinded alike, and differences of commitments
    would lay differences of readings bare.

    Args:
        seed: the meter's secret, 32 bytes.
        op: the operation's name on chain, 32 bytes.
        meter: its id, 32 bytes.
        period: below 2³².
        readings: Wh of each step.

    Raises:
        CommitmentError: the seed is none, or a reading is none.
    """
    if len(seed) != SEED:
        raise CommitmentError(f"a meter's seed has {SEED} bytes, this has {len(seed)}")
    curve = hashlib.sha256(b"".join(map(_reading, readings))).digest()
    key = hmac.digest(seed, op + meter + period.to_bytes(4) + curve, "sha256")
    return [_wide(key, step) for step in range(len(readings))]


def commit_curve(readings: Sequence[int], blinds: Sequence[int]) -> bytes:
    """The commitments of a meter's month, 64 bytes a step."""
    return b"".join(map(commit, readings, blinds))


def commit_curves(curves: Iterable[tuple[Sequence[int], Sequence[int]]], executor: Executor) -> list[bytes]:
    """Those of several meters, each with its blindings, wherever the executor works."""
    readings, blinds = zip(*curves, strict=True)
    return list(executor.map(commit_curve, readings, blinds))


def _reading(value: int) -> bytes:
    if not 0 <= value < 1 << READING_BITS:
        raise CommitmentError(f"{value} Wh is no reading of a step: from 0 to 2^{READING_BITS} - 1")
    return value.to_bytes(READING_BITS // 8)


def _wide(key: bytes, step: int) -> int:
    """512 bits modulo N: 2⁻²⁵⁶ from uniform."""
    said = step.to_bytes(4)
    wide = hmac.digest(key, said + b"\0", "sha256") + hmac.digest(key, said + b"\1", "sha256")
    return int.from_bytes(wide) % N or 1
