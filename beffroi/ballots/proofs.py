"""The trustees' two proofs: knowledge of a discrete logarithm, equality of two (`docs/ceremony-format.md`).

Sources: Schnorr 1991; Chaum & Pedersen, CRYPTO 1992; Fiat & Shamir 1986, the challenge binding the whole statement
(Bernhard, Pereira & Warinschi 2012). As in ``Dleq.sol`` the response is sent as ``w = z/e`` with the point ``w·B``, one
``ecrecover`` less to check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from beffroi.ballots.group import (
    INFINITY,
    N,
    Point,
    address,
    base,
    is_point,
    lincomb,
    mul,
    mul_secret,
    neg,
    random_scalar,
    sub,
    x_of,
)
from beffroi.ballots.transcript import challenge, tag

TAG_KNOWLEDGE: Final = tag("beffroi.vote.knowledge")
TAG_DLEQ: Final = tag("beffroi.vote.dleq")


@dataclass(frozen=True)
class Knowledge:
    """Proof of knowledge of x in X = x·G: challenge ``e`` and response ``z``."""

    e: int
    z: int

    def as_tuple(self) -> tuple[int, int]:
        """As the contract's ABI takes it."""
        return self.e, self.z


@dataclass(frozen=True)
class Dleq:
    """Proof that X = x·G and D = x·B have the same x: challenge ``e``, ``w = ω/e + x`` and ``p = w·B``."""

    e: int
    w: int
    p: Point

    def as_tuple(self) -> tuple[int, int, tuple[int, int]]:
        """As the contract's ABI takes it."""
        return self.e, self.w, pair(self.p)


def pair(p: Point) -> tuple[int, int]:
    """The point as the ABI's ``(uint256 x, uint256 y)``."""
    return int.from_bytes(p[:32], "big"), int.from_bytes(p[32:], "big")


def unpair(xy: tuple[int, int]) -> Point:
    """The 64 bytes of the ABI's ``(uint256 x, uint256 y)``."""
    return xy[0].to_bytes(32, "big") + xy[1].to_bytes(32, "big")


def usable(p: Point) -> bool:
    """Whether the point may be the R of an ``ecrecover``: on the curve, not infinity, abscissa below N."""
    return is_point(p) and x_of(p) < N


def prove_knowledge(ctx: bytes, x: int, nonce: int | None = None) -> Knowledge:
    """``e = H(TAG, ctx, X, addr(ω·G))``, ``z = ω + e·x``.

    Args:
        ctx: 32 bytes that say what the proof is for.
        x: the secret.
        nonce: ω; fresh by default. Reusing one under another context reveals the secret.
    """
    omega = nonce or random_scalar()
    e = challenge(TAG_KNOWLEDGE, ctx, base(x), address(base(omega)))
    return Knowledge(e, (omega + e * x) % N)


def verify_knowledge(ctx: bytes, key: Point, proof: Knowledge) -> bool:
    """Whether ``e = H(TAG, ctx, X, addr(z·G − e·X))`` with every value in its range."""
    if not (0 < proof.e < N and 0 < proof.z < N and usable(key)):
        return False
    a = lincomb(-proof.e, key, proof.z)
    return a != INFINITY and proof.e == challenge(TAG_KNOWLEDGE, ctx, key, address(a))


def prove_dleq(ctx: bytes, x: int, b: Point, nonce: int | None = None) -> tuple[Point, Dleq]:
    """The point D = x·B and the proof that it has the logarithm of X = x·G.

    Args:
        ctx: 32 bytes that say what the proof is for.
        x: the secret.
        b: the other base.
        nonce: ω; fresh by default. Reusing one under another statement reveals the secret.
    """
    omega = nonce or random_scalar()
    d = mul_secret(x, b)
    e = challenge(TAG_DLEQ, ctx, b, base(x), d, address(base(omega)), address(mul_secret(omega, b)))
    w = (omega * pow(e, -1, N) + x) % N
    return d, Dleq(e, w, mul_secret(w, b))


def verify_dleq(ctx: bytes, b: Point, key: Point, d: Point, proof: Dleq) -> bool:
    """Whether D has to B the logarithm that ``key`` has to G.

    ``a = addr(w·e·G − e·X)`` and ``b = addr(−e·W)`` with ``W = D − w·B``, which is −(ω/e)·B for an honest prover.
    """
    if not (0 < proof.e < N and 0 < proof.w < N and usable(b) and usable(key) and is_point(d)):
        return False
    if mul(proof.w, b) != proof.p:
        return False
    w = sub(d, proof.p)
    if not usable(w):
        return False
    first = lincomb(-proof.e, key, proof.w * proof.e)
    second = neg(mul(proof.e, w))
    if INFINITY in {first, second}:
        return False
    return proof.e == challenge(TAG_DLEQ, ctx, b, key, d, address(first), address(second))
