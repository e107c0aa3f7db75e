"""The key ceremony, message by message (`docs/ceremony-format.md`).

Sources: Feldman 1987 (verifiable shares); Pedersen 1991 (every trustee deals); Gennaro, Jarecki, Krawczyk & Rabin 2007,
whose bias of the key by a rushing dealer the commitment to the whole deal removes; Cortier, Gaudry & Glondu,
"Belenios" (threshold trustees over a public board).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from eth_abi import encode  # type: ignore[attr-defined]

from beffroi.ballots.group import INFINITY, N, Point, add, base, is_point, mul, mul_secret
from beffroi.ballots.proofs import (
    Dleq,
    Knowledge,
    pair,
    prove_dleq,
    prove_knowledge,
    unpair,
    usable,
    verify_dleq,
    verify_knowledge,
)
from beffroi.ballots.transcript import challenge, digest, keccak, tag
from beffroi.ballots.trustee_keys import Place, TrusteeKeys
from beffroi.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TAG_ENROLMENT: Final = tag("beffroi.vote.ceremony.enrolment")
TAG_SECRET: Final = tag("beffroi.vote.ceremony.secret")
TAG_EPHEMERAL: Final = tag("beffroi.vote.ceremony.ephemeral")
TAG_DEAL: Final = tag("beffroi.vote.ceremony.deal")
TAG_MASK: Final = tag("beffroi.vote.ceremony.mask")
TAG_COMPLAINT: Final = tag("beffroi.vote.ceremony.complaint")

DEAL_ABI: Final = "((uint256,uint256)[],(uint256,uint256),(uint256,uint256),(uint256,uint256),uint256[])"


class CeremonyError(InputError):
    """A message of the ceremony does not fit it."""


@dataclass(frozen=True)
class Ceremony:
    """What every message is bound to.

    Attributes:
        chain_id: of the chain.
        address: of the contract KeyCeremony.
        id: of the ceremony, from 1.
        threshold: t, trustees needed to open a total.
        trustees: accounts, in ascending order; trustee j is ``trustees[j − 1]``.
    """

    chain_id: int
    address: bytes
    id: int
    threshold: int
    trustees: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if not 2 <= self.threshold <= len(self.trustees) <= 16:
            raise CeremonyError("2 ≤ threshold ≤ trustees ≤ 16")
        if list(self.trustees) != sorted(set(self.trustees)):
            raise CeremonyError("trustees' accounts must be given once each, in ascending order")

    @property
    def indices(self) -> range:
        """1 … n."""
        return range(1, len(self.trustees) + 1)

    def place(self, index: int) -> Place:
        """The place of trustee ``index``, to derive its keys for."""
        return Place(self.chain_id, self.address, self.id, index)

    def context(self, label: bytes, *rest: int | bytes) -> tuple[int | bytes, ...]:
        """The words that begin every hash of the ceremony."""
        return (label, self.chain_id, self.address, self.id, *rest)


@dataclass(frozen=True)
class Deal:
    """What a dealer sends: commitments to a polynomial, and a masked share for each trustee."""

    commitments: tuple[Point, ...]
    ephemeral: Point
    secret_proof: Knowledge
    ephemeral_proof: Knowledge
    shares: tuple[int, ...]

    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract's ABI takes it."""
        return (
            [pair(c) for c in self.commitments],
            pair(self.ephemeral),
            self.secret_proof.as_tuple(),
            self.ephemeral_proof.as_tuple(),
            list(self.shares),
        )

    @classmethod
    def from_tuple(cls, values: Sequence[Any]) -> Deal:
        """The deal of an event ``Dealt``."""
        commitments, ephemeral, secret, blind, shares = values
        return cls(
            tuple(unpair(c) for c in commitments),
            unpair(ephemeral),
            Knowledge(*secret),
            Knowledge(*blind),
            tuple(shares),
        )

    @property
    def commitments_hash(self) -> bytes:
        """keccak256(abi.encode(commitments))."""
        return keccak(encode(["(uint256,uint256)[]"], [[pair(c) for c in self.commitments]]))


def enrol(ceremony: Ceremony, keys: TrusteeKeys) -> tuple[Point, Knowledge]:
    """Message 1: the trustee's encryption key and the proof that she knows its secret."""
    ctx = _enrolment(ceremony, keys.place.index)
    return keys.encryption, prove_knowledge(ctx, keys.decryption, keys.scalar("nonce", ctx))


def verify_enrolment(ceremony: Ceremony, index: int, key: Point, proof: Knowledge) -> bool:
    """Whether message 1 of trustee ``index`` is acceptable."""
    return verify_knowledge(_enrolment(ceremony, index), key, proof)


def _enrolment(ceremony: Ceremony, index: int) -> bytes:
    return digest(*ceremony.context(TAG_ENROLMENT, index, ceremony.trustees[index - 1]))


def make_deal(ceremony: Ceremony, keys: TrusteeKeys, enrolled: Mapping[int, Point]) -> Deal:
    """Messages 2 and 3: the same deal every time it is asked for.

    Args:
        ceremony: the ceremony.
        keys: the dealer's.
        enrolled: encryption key of each trustee who enrolled, by index.
    """
    index = keys.place.index
    setting = digest(ceremony.threshold, *ceremony.trustees, *(enrolled.get(j, INFINITY) for j in ceremony.indices))
    coefficients, ephemeral = keys.coefficients(ceremony.threshold, setting), keys.ephemeral(setting)
    commitments = tuple(base(a) for a in coefficients)
    bare = Deal(commitments, base(ephemeral), Knowledge(0, 0), Knowledge(0, 0), ())
    contexts = [_knowledge(ceremony, label, index, bare) for label in (TAG_SECRET, TAG_EPHEMERAL)]
    proofs = [
        prove_knowledge(ctx, secret, keys.scalar("nonce", ctx))
        for ctx, secret in zip(contexts, (coefficients[0], ephemeral), strict=True)
    ]
    shares = []
    for j in ceremony.indices:
        if j in enrolled:
            dh = mul_secret(ephemeral, enrolled[j])
            shares.append((evaluate(coefficients, j) + _mask(ceremony, index, j, dh)) % N)
        else:
            shares.append(0)
    return Deal(commitments, bare.ephemeral, proofs[0], proofs[1], tuple(shares))


def deal_hash(ceremony: Ceremony, index: int, deal: Deal) -> bytes:
    """What message 2 commits to: ``H(TAG_DEAL, chainid, ceremony, id, i, deal)``."""
    types = ["bytes32", "uint256", "address", "uint256", "uint256", DEAL_ABI]
    values = [TAG_DEAL, ceremony.chain_id, ceremony.address, ceremony.id, index, deal.as_tuple()]
    return keccak(encode(types, values))


def verify_deal(ceremony: Ceremony, index: int, deal: Deal) -> bool:
    """Whether message 3 is well formed and its dealer knows its secrets; the shares are each trustee's to check."""
    return (
        len(deal.commitments) == ceremony.threshold
        and len(deal.shares) == len(ceremony.trustees)
        and all(is_point(c) for c in deal.commitments)
        and verify_knowledge(_knowledge(ceremony, TAG_SECRET, index, deal), deal.commitments[0], deal.secret_proof)
        and verify_knowledge(_knowledge(ceremony, TAG_EPHEMERAL, index, deal), deal.ephemeral, deal.ephemeral_proof)
    )


def _knowledge(ceremony: Ceremony, label: bytes, index: int, deal: Deal) -> bytes:
    dealer = ceremony.trustees[index - 1]
    return digest(*ceremony.context(label, index, dealer, deal.commitments_hash, deal.ephemeral))


def _mask(ceremony: Ceremony, dealer: int, receiver: int, dh: Point) -> int:
    return challenge(*ceremony.context(TAG_MASK, dealer, receiver, dh))


def evaluate(coefficients: Sequence[int], j: int) -> int:
    """``Σ_k a_k·j^k`` modulo N (Horner)."""
    return reduce(lambda value, a: (value * j + a) % N, reversed(coefficients), 0)


def committed(commitments: Sequence[Point], j: int) -> Point:
    """``Σ_k j^k·C_k``: the public image of the share that ``j`` must receive (Feldman 1987)."""
    return add(*(mul(pow(j, k, N), c) for k, c in enumerate(commitments)))


def unmask(ceremony: Ceremony, keys: TrusteeKeys, dealer: int, deal: Deal) -> int | None:
    """The share that ``dealer`` sent to this trustee; ``None`` when it does not fit the commitments (complain)."""
    index = keys.place.index
    dh = mul_secret(keys.decryption, deal.ephemeral)
    share = (deal.shares[index - 1] - _mask(ceremony, dealer, index, dh)) % N
    return share if base(share) == committed(deal.commitments, index) else None


@dataclass(frozen=True)
class Complaint:
    """Message 4: ``accuser`` opens, for all to see, the share that ``dealer`` sent her.

    Attributes:
        accuser: index of the trustee who complains.
        dealer: index of the trustee whose share is wrong.
        dh: the Diffie–Hellman point that masks the share.
        proof: that it is ``k_j·E_i``.
    """

    accuser: int
    dealer: int
    dh: Point
    proof: Dleq


def complain(ceremony: Ceremony, keys: TrusteeKeys, dealer: int, deal: Deal) -> Complaint:
    """The complaint of this trustee against ``dealer``; it reveals the share, so only for a share that is wrong."""
    accuser = keys.place.index
    ctx = digest(*ceremony.context(TAG_COMPLAINT, dealer, accuser))
    dh, proof = prove_dleq(ctx, keys.decryption, deal.ephemeral, keys.scalar("nonce", ctx, deal.ephemeral))
    return Complaint(accuser, dealer, dh, proof)


def judge(ceremony: Ceremony, complaint: Complaint, key: Point, deal: Deal) -> bool | None:
    """Who is excluded: the dealer (``True``), the accuser (``False``), nobody (``None``: the complaint proves nothing).

    Args:
        ceremony: the ceremony.
        complaint: what the accuser sent.
        key: the accuser's encryption key, as enrolled.
        deal: the dealer's, as dealt.
    """
    accuser, dealer = complaint.accuser, complaint.dealer
    ctx = digest(*ceremony.context(TAG_COMPLAINT, dealer, accuser))
    if not verify_dleq(ctx, deal.ephemeral, key, complaint.dh, complaint.proof):
        return None
    share = (deal.shares[accuser - 1] - _mask(ceremony, dealer, accuser, complaint.dh)) % N
    return base(share) != committed(deal.commitments, accuser)


@dataclass(frozen=True)
class PublicKeys:
    """What the ceremony produces: the consultation's key ``h`` and each holder's ``X_j``, by index."""

    h: Point
    shares: Mapping[int, Point]


def conclude(deals: Mapping[int, Deal], holders: Sequence[int]) -> PublicKeys:
    """Message 5: ``h = Σ C_{i,0}`` and ``X_j = Σ_i Σ_k j^k·C_{i,k}`` over the qualified dealers.

    Args:
        deals: of the qualified dealers, by index.
        holders: indices of the trustees who enrolled and were not excluded.

    Raises:
        CeremonyError: when h or an X_j cannot be a key (infinity, or abscissa at least N).
    """
    h = add(*(deal.commitments[0] for deal in deals.values()))
    shares = {j: add(*(committed(deal.commitments, j) for deal in deals.values())) for j in holders}
    if not all(usable(key) for key in (h, *shares.values())):
        raise CeremonyError("the deals cancel out: no key")
    return PublicKeys(h, shares)


def secret_share(ceremony: Ceremony, keys: TrusteeKeys, deals: Mapping[int, Deal]) -> int:
    """x_j = Σ_i s_ij over the qualified dealers, read again from their deals.

    Raises:
        CeremonyError: when a qualified deal holds a wrong share for this trustee (she should have complained).
    """
    total = 0
    for dealer, deal in deals.items():
        share = unmask(ceremony, keys, dealer, deal)
        if share is None:
            raise CeremonyError(f"dealer {dealer} sent this trustee a wrong share")
        total += share
    return total % N
