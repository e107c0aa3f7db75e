"""Ballots by one who may say anything: of another content than they prove, or that leave out a part of the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.ballots import proof
from beffroi.ballots.ballot import encrypt
from beffroi.ballots.group import N, Point, add, address, base, mul
from beffroi.ballots.proof import Draw
from beffroi.ballots.transcript import keccak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from beffroi.ballots.params import Params

WORD_0 = bytes(32)


def forge(params: Params, voter: bytes, content: Sequence[int], claimed: Sequence[Sequence[int]], seed: bytes) -> bytes:
    """Ciphertexts of ``content`` with proofs over the sets ``claimed``, whatever the rule says."""
    draw, ctx = Draw.fresh(keccak(seed)), params.context(voter, 0)
    encrypted = [encrypt(params.h, m, draw.scalar()) for m in content]
    data = b"".join(e.c1 + e.c for e in encrypted)
    if len(claimed) > len(content):
        encrypted.append(encrypt(params.h, sum(content), sum(e.r for e in encrypted) % N))
    return data + b"".join(
        proof.prove(params.h, proof.transcript(ctx, keccak(data), i), e, statement, draw)
        for i, (e, statement) in enumerate(zip(encrypted, claimed, strict=True))
    )


class _Simulation:
    """A ciphertext of a thousand, and groups of its proof answered with their challenges known beforehand."""

    def __init__(self, params: Params, voter: bytes) -> None:
        self.draw = Draw.fresh(keccak(b"simulated"))
        self.h = params.h
        self.messages = params.rule.statements[0]
        one = encrypt(params.h, 1000, self.draw.scalar())
        self.c1, self.c = one.c1, one.c
        self.t0 = proof.transcript(params.context(voter, 0), keccak(one.c1 + one.c), 0)

    def answer(self, first: int, seeds: Sequence[bytes]) -> tuple[bytes, bytes]:
        """The words of a and b, and w, D.x and λ, of the group that begins at branch ``first`` (from 0)."""
        e = [proof._challenge(self.t0, first + i + 1, seed) for i, seed in enumerate(seeds)]
        total, z = sum(e) % N, self.draw.scalar()
        message = sum(x * m for x, m in zip(e, self.messages[first:], strict=False))
        a = add(base(z), mul(-total, self.c1))
        b = add(mul(z, self.h), mul(-total, self.c), base(message))
        return _word(a) + _word(b), proof._response(self.h, self.c, z, total)

    def closing(self, commitments: bytes) -> bytes:
        return keccak(self.t0 + WORD_0 + commitments)


def _word(point: Point) -> bytes:
    return bytes(12) + address(point)


def loose(six: Params, three: Params, voter: bytes) -> Iterator[tuple[str, Params, bytes]]:
    """Ballots of a thousand that would pass if one of the strings' ties were missing; rules of six and three messages.

    Yields:
        Which tie, the parameters, the ballot.
    """
    one = _Simulation(three, voter)
    others = [one.draw.block(), one.draw.block()]
    commitments, response = one.answer(0, proof._seeds(one.t0, WORD_0, others))
    strings = b"".join((one.closing(commitments), *others))
    yield "seeds that do not hang on their group's share", three, one.c1 + one.c + strings + response

    one = _Simulation(six, voter)
    shares, others = [one.draw.block(), b""], [one.draw.block() for _ in range(4)]
    commitments, first = one.answer(0, proof._seeds(one.t0, shares[0], others[:2]))
    shares[1] = proof._xor((one.closing(commitments), shares[0]))
    _, second = one.answer(3, proof._seeds(one.t0, shares[1], others[2:]))
    data = b"".join((one.c1, one.c, shares[0], *others[:2], first, shares[1], *others[2:], second))
    yield "a group whose commitments nothing hashes", six, data

    one = _Simulation(six, voter)
    shares, others = [one.draw.block(), one.draw.block()], [one.draw.block() for _ in range(4)]
    _, first = one.answer(0, proof._seeds(one.t0, shares[0], others[:2]))
    _, second = one.answer(3, proof._seeds(one.t0, shares[1], others[2:]))
    data = b"".join((one.c1, one.c, shares[0], *others[:2], first, shares[1], *others[2:], second))
    yield "shares that are not the commitments' hash", six, data
