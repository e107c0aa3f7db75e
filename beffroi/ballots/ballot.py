"""A ballot: made, checked, and opened instead of cast (`docs/ballot-format.md`, "Ballot")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from beffroi.ballots import proof
from beffroi.ballots.group import INFINITY, N, Point, add, add_secret, base, is_point, mul, mul_secret, x_of
from beffroi.ballots.proof import Draw, DrawAgainError, Encrypted
from beffroi.ballots.proofs import usable
from beffroi.ballots.rules import RuleError
from beffroi.ballots.transcript import keccak, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.ballots.params import Params

CIPHERTEXT: int = 128
"""Bytes of a ciphertext."""


@dataclass(frozen=True)
class Opening:
    """What shows the content of a ballot that will not be cast: the messages and the randomness of its ciphertexts."""

    voter: bytes
    seq: int
    messages: tuple[int, ...]
    randomness: tuple[int, ...]


@dataclass(frozen=True)
class Ballot:
    """A ballot and what its author keeps of it.

    Attributes:
        data: the bytes to cast.
        voter: whose it is.
        seq: 0 for a first vote, one more for each re-vote.
        opening: its content; revealed only if the ballot is audited (Benaloh), and then never cast.
    """

    data: bytes
    voter: bytes
    seq: int
    opening: Opening = field(repr=False)

    @property
    def hash(self) -> bytes:
        """keccak256 of the ballot: what the voter signs, and what her device shows before she casts or audits."""
        return keccak(self.data)


def split(data: bytes, n: int) -> list[tuple[Point, Point]]:
    """The n ciphertexts at the head of a ballot."""
    return [(data[at : at + 64], data[at + 64 : at + CIPHERTEXT]) for at in range(0, CIPHERTEXT * n, CIPHERTEXT)]


def make_ballot(
    params: Params, voter: bytes, seq: int, messages: Sequence[int], entropy: bytes | None = None
) -> Ballot:
    """Encrypt messages that the rule allows, prove it, and check the result as the contract will.

    Args:
        params: of the consultation.
        voter: the account that votes.
        seq: 0 for a first vote, one more for each re-vote.
        messages: one for each ciphertext (``Question.messages`` gives them for a choice).
        entropy: at least 32 random bytes; the system's generator by default. Never use the same twice.

    Raises:
        RuleError: when the rule does not allow the messages.
    """
    messages = tuple(messages)
    if not params.rule.allows(messages):
        raise RuleError("the rule does not allow these messages")
    ctx = params.context(voter, seq)
    draw = Draw.fresh(entropy, ctx, words(*messages))
    while True:
        try:
            ballot = _draw(params, ctx, messages, draw)
        except DrawAgainError:
            continue
        opening = Opening(voter, seq, messages, ballot[1])
        if not verify_ballot(params, voter, seq, ballot[0]):
            raise ArithmeticError("the ballot just made does not verify: faulty memory or library")
        return Ballot(ballot[0], voter, seq, opening)


def _draw(params: Params, ctx: bytes, messages: tuple[int, ...], draw: Draw) -> tuple[bytes, tuple[int, ...]]:
    encrypted = [encrypt(params.h, m, draw.scalar()) for m in messages]
    ciphertexts = b"".join(e.c1 + e.c for e in encrypted)
    if params.rule.sum_set:
        encrypted.append(_sum(encrypted))
    if not all(usable(e.c1) and e.c != INFINITY for e in encrypted):
        raise DrawAgainError
    ciphertexts_hash = keccak(ciphertexts)
    parts = [
        proof.prove(params.h, proof.transcript(ctx, ciphertexts_hash, i), e, statement, draw)
        for i, (e, statement) in enumerate(zip(encrypted, params.rule.statements, strict=True))
    ]
    return ciphertexts + b"".join(parts), tuple(e.r for e in encrypted[: params.rule.size])


def encrypt(h: Point, message: int, r: int) -> Encrypted:
    """``(r·G, r·h + m·G)``: ElGamal in the exponent (Cramer, Gennaro & Schoenmakers, EUROCRYPT 1997, §3)."""
    return Encrypted(base(r), add_secret(mul_secret(r, h), message), message, r)


def _sum(encrypted: Sequence[Encrypted]) -> Encrypted:
    return Encrypted(
        add(*(e.c1 for e in encrypted)),
        add(*(e.c for e in encrypted)),
        sum(e.message for e in encrypted),
        sum(e.r for e in encrypted) % N,
    )


def verify_ballot(params: Params, voter: bytes, seq: int, data: bytes) -> bool:
    """Whether the contract accepts these bytes as ballot ``seq`` of ``voter``: length, ranges, curve, every proof."""
    rule = params.rule
    if len(data) != rule.ballot_length:
        return False
    ciphertexts = split(data, rule.size)
    for c1, c in ciphertexts:
        if not is_point(c1) or not is_point(c):
            return False
    ciphertexts_hash = keccak(data[: CIPHERTEXT * rule.size])
    if rule.sum_set:
        c1, c = add(*(one for one, _ in ciphertexts)), add(*(two for _, two in ciphertexts))
        if INFINITY in {c1, c}:
            return False
        ciphertexts.append((c1, c))
    ctx, at = params.context(voter, seq), CIPHERTEXT * rule.size
    for i, (ciphertext, statement) in enumerate(zip(ciphertexts, rule.statements, strict=True)):
        end = at + proof.length(len(statement))
        if x_of(ciphertext[0]) >= N or not proof.verify(
            params.h, proof.transcript(ctx, ciphertexts_hash, i), ciphertext, statement, data[at:end]
        ):
            return False
        at = end
    return True


def verify_opening(params: Params, opening: Opening, ballot_hash: bytes, data: bytes) -> bool:
    """Whether a ballot that was opened instead of cast holds exactly what its opening says (Benaloh's challenge).

    The device shows the ballot's hash *before* it knows whether the voter casts or audits; an opening that fits proves
    that it encrypted what the voter asked for (Benaloh, "Simple verifiable elections", EVT 2006, §3).
    """
    rule = params.rule
    if keccak(data) != ballot_hash or not verify_ballot(params, opening.voter, opening.seq, data):
        return False
    if not rule.allows(opening.messages) or len(opening.randomness) != rule.size:
        return False
    return all(
        (base(r), add(mul(r, params.h), base(m))) == ciphertext
        for ciphertext, r, m in zip(split(data, rule.size), opening.randomness, opening.messages, strict=True)
    )
