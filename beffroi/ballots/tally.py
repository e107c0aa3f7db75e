"""Opening the totals, and nothing but the totals: shares with proofs, and what t of them decrypt.

Sources: `docs/ceremony-format.md`, "Decryption shares" and "Finalise"; Shamir 1979 (interpolation at 0); Cramer,
Gennaro & Schoenmakers, EUROCRYPT 1997, §4 (threshold decryption of a homomorphic total).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from beffroi.ballots.group import INFINITY, N, Point, add, mul, sub
from beffroi.ballots.params import separator_of
from beffroi.ballots.proofs import Dleq, pair, prove_dleq, verify_dleq
from beffroi.ballots.records import signer
from beffroi.ballots.transcript import digest, keccak, tag
from beffroi.eip712 import SlipType
from beffroi.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from beffroi.ballots.params import Params

SHARE: Final = SlipType("Share(uint256 consultation,uint256 trustee,bytes32 sharesHash)")
TAG_SHARE: Final = tag("beffroi.vote.tally.share")

Ciphertext = tuple[Point, Point]
"""(r·G, r·h + v·G)."""


NO_PROOF: Final = Dleq(0, 0, INFINITY)
"""Stands beside the share of a total whose R is infinite: there is nothing to prove."""


class TallyError(InputError):
    """Shares are missing, or do not belong together."""


@dataclass(frozen=True)
class Closing:
    """The final totals of a consultation and what a decryption share is bound to.

    Attributes:
        chain_id: of the chain.
        consultations: address of the contract Consultations.
        ceremony: address of the contract KeyCeremony.
        ceremony_id: whose trustees hold the key.
        consultation_id: of the consultation.
        h: its public key.
        totals: the sums (R, S) of each ciphertext over the ballots counted.
        ballots: how many were counted.
    """

    chain_id: int
    consultations: bytes
    ceremony: bytes
    ceremony_id: int
    consultation_id: int
    h: Point
    totals: tuple[Ciphertext, ...]
    ballots: int

    @classmethod
    def of(cls, params: Params, totals: Sequence[Ciphertext], ballots: int) -> Closing:
        """The closing of a consultation with these totals (of the event ``ConsultationClosed``)."""
        where = (params.chain_id, params.contract, params.ceremonies, params.ceremony, params.consultation)
        return cls(*where, params.h, tuple(totals), ballots)

    def context(self, trustee: int, index: int) -> bytes:
        """What the proof of ``trustee``'s share of total ``index`` is bound to."""
        where = (self.chain_id, self.consultations, self.ceremony, self.ceremony_id, self.consultation_id)
        return digest(TAG_SHARE, *where, trustee, index, self.h, self.totals[index][1], self.ballots)

    @property
    def separator(self) -> bytes:
        """The EIP-712 domain separator of what trustees sign."""
        return separator_of(self.chain_id, self.consultations)

    def slip(self, share: DecryptionShare) -> bytes:
        """EIP-712's hashStruct of what a trustee signs of her share: its points, by their own ABI encoding."""
        return digest(SHARE.hash, self.consultation_id, share.trustee, share.points_hash)

    def slip_digest(self, share: DecryptionShare) -> bytes:
        """What she signs (EIP-712)."""
        return keccak(b"\x19\x01" + self.separator + self.slip(share))

    def is_signed(self, share: DecryptionShare, signature: bytes, account: bytes) -> bool:
        """Whether an account signed a share; a smart account's signature shows nothing here."""
        return signer(self.slip_digest(share), signature) == account


@dataclass(frozen=True)
class DecryptionShare:
    """``D = x_j·R`` with its proof, for each total in order; infinity with ``NO_PROOF`` where R is infinite."""

    trustee: int
    parts: tuple[tuple[Point, Dleq], ...]

    @property
    def points(self) -> list[Point]:
        """x_j·R of each total."""
        return [point for point, _ in self.parts]

    @property
    def points_hash(self) -> bytes:
        """keccak256(abi.encode(points))."""
        return digest(32, len(self.points), *self.points)

    def as_arguments(self) -> tuple[list[tuple[int, int]], list[tuple[int, int, tuple[int, int]]]]:
        """The shares and proofs as ``submitShare`` takes them."""
        return [pair(point) for point in self.points], [proof.as_tuple() for _, proof in self.parts]


def totals_hash(totals: Sequence[Ciphertext]) -> bytes:
    """keccak256 of every R and S, in order."""
    return digest(*(point for ciphertext in totals for point in ciphertext))


def total(ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    """The sum of ciphertexts, which encrypts the sum of their values (ElGamal in the exponent)."""
    pairs = list(ciphertexts)
    return add(*(c1 for c1, _ in pairs)), add(*(c for _, c in pairs))


def decryption_share(closing: Closing, trustee: int, secret_share: int) -> DecryptionShare:
    """The share of ``trustee``, who holds ``secret_share`` = x_j."""
    parts = tuple(
        prove_dleq(closing.context(trustee, i), secret_share, r) if r != INFINITY else (INFINITY, NO_PROOF)
        for i, (r, _) in enumerate(closing.totals)
    )
    return DecryptionShare(trustee, parts)


def verify_part(closing: Closing, trustee: int, share_key: Point, index: int, part: tuple[Point, Dleq]) -> bool:
    """Whether ``part`` is x_j·R for total ``index``, with x_j the logarithm of ``share_key`` = X_j."""
    (point, proof), (r, _) = part, closing.totals[index]
    if r == INFINITY:
        return point == INFINITY
    return verify_dleq(closing.context(trustee, index), r, share_key, point, proof)


def verify_share(closing: Closing, share_key: Point, share: DecryptionShare) -> bool:
    """Whether the share has a part for each total and every part is proven."""
    return len(share.parts) == len(closing.totals) and all(
        verify_part(closing, share.trustee, share_key, index, part) for index, part in enumerate(share.parts)
    )


def lagrange(indices: Sequence[int]) -> list[int]:
    """λ_j = Π_{i≠j} i/(i − j) modulo N for each j of ``indices``: ``Σ λ_j·f(j) = f(0)`` for deg f < len(indices).

    Raises:
        TallyError: when the indices are not strictly increasing from 1.
    """
    if not indices or indices[0] < 1 or any(b <= a for a, b in itertools.pairwise(indices)):
        raise TallyError("trustees' indices must be strictly increasing, from 1")
    factors = []
    for j in indices:
        numerator = denominator = 1
        for i in indices:
            if i != j:
                numerator = numerator * i % N
                denominator = denominator * (i - j) % N
        factors.append(numerator * pow(denominator, -1, N) % N)
    return factors


def open_totals(closing: Closing, shares: Sequence[DecryptionShare], threshold: int) -> list[Point]:
    """``m·G = S − Σ λ_j·D_j`` for each total, from exactly ``threshold`` shares in increasing order of trustee.

    Raises:
        TallyError: when there are too few or too many shares, they are unordered, or one lacks a part.
    """
    if len(shares) != threshold:
        raise TallyError(f"{threshold} shares open the totals, not {len(shares)}")
    if any(len(share.parts) != len(closing.totals) for share in shares):
        raise TallyError("a share lacks a part")
    factors = lagrange([share.trustee for share in shares])
    opened = []
    for index, (_, s) in enumerate(closing.totals):
        parts = (mul(f, share.parts[index][0]) for f, share in zip(factors, shares, strict=True))
        opened.append(sub(s, add(*parts)))
    return opened
