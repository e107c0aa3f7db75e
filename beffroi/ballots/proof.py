"""The proof that a ciphertext encrypts one of a set of messages, made and checked (`docs/ballot-format.md`).

A disjunction of Chaum–Pedersen proofs (Cramer, Damgård & Schoenmakers, CRYPTO 1994) whose challenges hang together by
seeds: ``e_j = H(t0, j, s_j)`` and the seeds' exclusive or is the hash of every commitment. Up to three branches share
one pair of commitments, taken over ``E = Σ e_j`` and ``m = Σ e_j·m_j``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING, Final

from beffroi.ballots.group import (
    N,
    P,
    Point,
    add,
    address,
    base,
    lincomb,
    mul,
    mul_secret,
    recover,
    sub,
    x_of,
    y_of,
)
from beffroi.ballots.rules import GROUP
from beffroi.ballots.transcript import keccak
from beffroi.errors import BeffroiError

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAD: Final = bytes(12)
_INDEX: Final = tuple(j.to_bytes(32, "big") for j in range(65))


class DrawAgainError(BeffroiError):
    """The randomness met a forbidden value (chance about 2⁻¹²⁷): the ballot is drawn again."""


@dataclass
class Draw:
    """Secrets for one ballot: a stream of keccak256 over a seed, the ballot's context and its content.

    With a fresh seed each value is uniform; with a weak or repeated one, two ballots that differ in voter, number or
    choice still share no secret (hedged, as RFC 6979 §3.6 suggests).
    """

    seed: bytes = field(repr=False)
    counter: int = 0

    @classmethod
    def fresh(cls, entropy: bytes | None, *binding: bytes) -> Draw:
        """A stream over the given entropy (at least 32 bytes), or the system's by default.

        Raises:
            ValueError: when the entropy is too short.
        """
        entropy = secrets.token_bytes(32) if entropy is None else entropy
        if len(entropy) < 32:
            raise ValueError("32 bytes of entropy at least")
        return cls(keccak(b"".join((entropy, *binding))))

    def block(self) -> bytes:
        """The next 32 bytes."""
        self.counter += 1
        return keccak(self.seed + self.counter.to_bytes(32, "big"))

    def scalar(self) -> int:
        """The next scalar of [1, N − 1], within 2⁻²⁵⁶ of uniform."""
        return int.from_bytes(self.block() + self.block(), "big") % (N - 1) + 1


@dataclass(frozen=True)
class Encrypted:
    """A ciphertext ``(c1 = r·G, c = r·h + m·G)`` with what its author knows of it; ``repr`` shows the public half."""

    c1: Point
    c: Point
    message: int = field(repr=False)
    r: int = field(repr=False)


def transcript(ctx: bytes, ciphertexts_hash: bytes, index: int) -> bytes:
    """``t0`` of proof ``index`` of a ballot."""
    return keccak(ctx + ciphertexts_hash + _INDEX[index])


def length(branches: int) -> int:
    """Bytes of a proof over that many branches."""
    return 32 * branches + 96 * -(-branches // GROUP)


def _challenge(t0: bytes, j: int, seed: bytes) -> int:
    return int.from_bytes(keccak(t0 + _INDEX[j] + seed), "big") % N


def _xor(seeds: Sequence[bytes]) -> bytes:
    return reduce(xor, (int.from_bytes(s, "big") for s in seeds)).to_bytes(32, "big")


def _groups(size: int) -> list[range]:
    return [range(first, min(first + GROUP, size)) for first in range(0, size, GROUP)]


def prove(h: Point, t0: bytes, encrypted: Encrypted, messages: Sequence[int], draw: Draw) -> bytes:
    """The bytes of the proof that ``encrypted`` holds one of ``messages``.

    Raises:
        DrawAgainError: with a chance of about 2⁻¹²⁷.
        ValueError: when the message is not in the set.
    """
    c1, c = encrypted.c1, encrypted.c
    true = list(messages).index(encrypted.message)
    seeds = [draw.block() for _ in messages]
    e = [_challenge(t0, j + 1, seed) for j, seed in enumerate(seeds)]
    nonces, commitments = [], []
    for group in _groups(len(messages)):
        z = draw.scalar()
        nonces.append(z)
        if true in group:
            shift = sum(e[j] * (messages[j] - encrypted.message) for j in group if j != true)
            a, b = base(z), add(mul_secret(z, h), base(shift))
        else:
            total = sum(e[j] for j in group) % N
            message = sum(e[j] * messages[j] for j in group) % N
            # The simulated response is published as it is: nothing secret is multiplied here.
            a, b = lincomb(-total, c1, z), add(mul(z, h), mul(-total, c), base(message))
        commitments.append(_PAD + address(a) + _PAD + address(b))
    closing = keccak(t0 + _INDEX[0] + b"".join(commitments))
    seeds[true] = _xor([closing, *(seed for j, seed in enumerate(seeds) if j != true)])
    e[true] = _challenge(t0, true + 1, seeds[true])
    parts = []
    for group, nonce in zip(_groups(len(messages)), nonces, strict=True):
        total = sum(e[j] for j in group) % N
        z = nonce + total * encrypted.r if true in group else nonce
        parts.append(_response(h, c, z, total))
    return b"".join(seeds) + b"".join(parts)


def _response(h: Point, c: Point, z: int, total: int) -> bytes:
    """``w = z/E``, ``D.x`` with ``D = w·h``, and λ, the slope of the line through C and −D."""
    if not total or not z % N:
        raise DrawAgainError
    w = z * pow(total, -1, N) % N
    d = mul_secret(w, h)
    if x_of(d) == x_of(c) or x_of(sub(c, d)) >= N:
        raise DrawAgainError
    slope = (y_of(c) + y_of(d)) * pow(x_of(c) - x_of(d), -1, P) % P
    return w.to_bytes(32, "big") + d[:32] + slope.to_bytes(32, "big")


def verify(h: Point, t0: bytes, ciphertext: tuple[Point, Point], messages: Sequence[int], proof: bytes) -> bool:
    """Whether ``proof`` shows that the ciphertext encrypts one of ``messages``; three multiplications a group.

    The ciphertext's points must be on the curve, with ``c1.x < N`` (the caller checks). For each group, with
    ``D = w·h`` and ``W = C − D``: ``a = addr(w·E·G − E·c1)`` and ``b = addr(m·G − E·W)``; then the seeds' exclusive or
    is the hash of all of these.
    """
    size = len(messages)
    if len(proof) != length(size):
        return False
    c1, c = ciphertext
    c1_x, c1_odd, c_x, c_y = x_of(c1), c1[63] & 1, x_of(c), y_of(c)
    seeds = [proof[32 * j : 32 * j + 32] for j in range(size)]
    e = [_challenge(t0, j + 1, seed) for j, seed in enumerate(seeds)]
    at = 32 * size
    hashed = [t0, _INDEX[0]]
    for first in range(0, size, GROUP):
        w = int.from_bytes(proof[at : at + 32], "big")
        d_x = int.from_bytes(proof[at + 32 : at + 64], "big")
        slope = int.from_bytes(proof[at + 64 : at + 96], "big")
        at += 96
        dx = (c_x - d_x) % P
        if not (0 < w < N and d_x < P and slope < P and dx):
            return False
        d_y = (slope * dx - c_y) % P
        if mul(w, h) != proof[at - 64 : at - 32] + d_y.to_bytes(32, "big"):
            return False
        w_x = (slope * slope - c_x - d_x) % P
        w_y = (slope * (c_x - w_x) - c_y) % P
        branch = range(first, min(first + GROUP, size))
        total = sum([e[j] for j in branch]) % N
        a = recover(c1_x, c1_odd, -total, w * total)
        b = recover(w_x, w_y & 1, -total, sum([e[j] * messages[j] for j in branch]))
        if a is None or b is None:
            return False
        hashed += (_PAD, address(a), _PAD, address(b))
    return _xor(seeds) == keccak(b"".join(hashed))
