"""The proof that a ciphertext encrypts one of a set of messages, made and checked (`docs/ballot-format.md`).

A disjunction of Chaum–Pedersen proofs (Cramer, Damgård & Schoenmakers, CRYPTO 1994) whose challenges hang together by
strings shared out on two levels. Up to three branches are a group: they share one pair of commitments, taken over
``E = Σ e_j`` and ``m = Σ e_j·m_j``. The exclusive or of the groups' shares ``S_i`` is the hash of every commitment,
that of the seeds of a group is ``H(t0, 0, S_i)``, and ``e_j = H(t0, j, s_j)``.
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
    add_secret,
    address,
    base,
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
    from collections.abc import Iterable, Sequence

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


def _seeds(t0: bytes, own: bytes, others: Sequence[bytes]) -> list[bytes]:
    """The seeds of a group: those that are sent, after the first, which its share ``own`` and the others leave."""
    return [_xor((keccak(t0 + _INDEX[0] + own), *others)), *others]


def _xor(strings: Iterable[bytes]) -> bytes:
    return reduce(xor, (int.from_bytes(s, "big") for s in strings)).to_bytes(32, "big")


def _groups(size: int) -> list[range]:
    return [range(first, min(first + GROUP, size)) for first in range(0, size, GROUP)]


def prove(h: Point, t0: bytes, encrypted: Encrypted, messages: Sequence[int], draw: Draw) -> bytes:
    """The bytes of the proof that ``encrypted`` holds one of ``messages``.

    Every group takes the same steps: as r is known, ``z = ω + E·r`` answers a group without the message as well as the
    one that holds it, and ``B = ω·h + Σ e_j·(m_j − m)·G`` does not depend on the message's own challenge. That one
    alone is changed at the end.

    Raises:
        DrawAgainError: with a chance of about 2⁻¹²⁷.
        ValueError: when the message is not in the set.
    """
    true, groups = list(messages).index(encrypted.message), _groups(len(messages))
    shares = [draw.block() for _ in groups]
    seeds: list[bytes] = []
    for group, own in zip(groups, shares, strict=True):
        seeds += _seeds(t0, own, [draw.block() for _ in group[1:]])
    e = [_challenge(t0, j + 1, seed) for j, seed in enumerate(seeds)]
    nonces = [draw.scalar() for _ in groups]
    commitments = []
    for group, nonce in zip(groups, nonces, strict=True):
        shift = sum(e[j] * messages[j] for j in group) - sum(e[j] for j in group) * encrypted.message
        a, b = base(nonce), add_secret(mul_secret(nonce, h), shift)
        commitments.append(_PAD + address(a) + _PAD + address(b))
    closing = keccak(t0 + _INDEX[0] + b"".join(commitments))
    before = shares[true // GROUP]
    shares[true // GROUP] = after = _xor((closing, *shares, before))
    seeds[true] = _xor((seeds[true], *(keccak(t0 + _INDEX[0] + own) for own in (before, after))))
    e[true] = _challenge(t0, true + 1, seeds[true])
    parts = []
    for group, own, nonce in zip(groups, shares, nonces, strict=True):
        total = sum(e[j] for j in group) % N
        parts += [own, *(seeds[j] for j in group[1:]), _response(h, encrypted.c, nonce + total * encrypted.r, total)]
    return b"".join(parts)


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
    ``D = w·h`` and ``W = C − D``: ``a = addr(w·E·G − E·c1)`` and ``b = addr(m·G − E·W)``; then the exclusive or of the
    groups' shares is the hash of all of these.
    """
    size = len(messages)
    if len(proof) != length(size):
        return False
    c1, c = ciphertext
    c1_x, c1_odd, c_x, c_y = x_of(c1), c1[63] & 1, x_of(c), y_of(c)
    at = 0
    shares, hashed = [], [t0, _INDEX[0]]
    for group in _groups(size):
        own, *others = (proof[start : start + 32] for start in range(at, at + 32 * len(group), 32))
        at += 32 * len(group)
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
        e = [_challenge(t0, j + 1, seed) for j, seed in zip(group, _seeds(t0, own, others), strict=True)]
        total = sum(e) % N
        a = recover(c1_x, c1_odd, -total, w * total)
        b = recover(w_x, w_y & 1, -total, sum([e_j * messages[j] for j, e_j in zip(group, e, strict=True)]))
        if a is None or b is None:
            return False
        shares.append(own)
        hashed += (_PAD, address(a), _PAD, address(b))
    return _xor(shares) == keccak(b"".join(hashed))
