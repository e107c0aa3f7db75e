"""The key ceremony, message by message (`docs/ceremony-format.md`).

Sources: Feldman 1987 (verifiable shares); Pedersen 1991 (every trustee deals); Gennaro, Jarecki, Krawczyk & Rabin 2007,
whose bias of the key by a rushing dealer the commitment to the whole deal removes; Cortier, Gaudry & Glondu,
"Belenios" (threshold trustees over a public board).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, Final

from eth_abi import encode  # type: ignore[attr-defined]

from beffroi.ballots.group import INFINITY, N, Point, add, base, is_point, mul, mul_secret
from beffroi.ballots.proofs import Knowledge, pair, prove_knowledge, unpair, usable, verify_knowledge
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
TAG_SETTING: Final = tag("beffroi.vote.ceremony.setting")
TAG_ACKNOWLEDGEMENT: Final = tag("beffroi.vote.ceremony.acknowledgement")

MOST_TRUSTEES: Final = 16
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
        consumer: the one contract that may use the key.
    """

    chain_id: int
    address: bytes
    id: int
    threshold: int
    trustees: tuple[bytes, ...]
    consumer: bytes

    def __post_init__(self) -> None:
        if not 2 <= self.threshold <= len(self.trustees) <= MOST_TRUSTEES:
            raise CeremonyError(f"2 ≤ threshold ≤ trustees ≤ {MOST_TRUSTEES}")
        if list(self.trustees) != sorted(set(self.trustees)):
            raise CeremonyError("trustees' accounts must be given once each, in ascending order")

    @property
    def indices(self) -> range:
        """1 … n."""
        return range(1, len(self.trustees) + 1)

    @cached_property
    def setting_hash(self) -> bytes:
        """What every acknowledgement signs: ``H(TAG_SETTING, chainid, ceremony, id, consumer, trustees, t)``."""
        types = ["bytes32", "uint256", "address", "uint256", "address", "address[]", "uint8"]
        values = [TAG_SETTING, self.chain_id, self.address, self.id, self.consumer, self.trustees, self.threshold]
        return keccak(encode(types, values))

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

    @property
    def shares_hash(self) -> bytes:
        """keccak256(abi.encode(shares))."""
        return keccak(encode(["uint256[]"], [self.shares]))


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
    setting = setting_of(ceremony, enrolled)
    coefficients, ephemeral = keys.coefficients(ceremony.threshold, setting), keys.ephemeral(setting)
    commitments = tuple(base(a) for a in coefficients)
    shares = []
    for j in ceremony.indices:
        if j in enrolled:
            dh = mul_secret(ephemeral, enrolled[j])
            shares.append((evaluate(coefficients, j) + mask_of(ceremony, index, j, dh)) % N)
        else:
            shares.append(0)
    bare = Deal(commitments, base(ephemeral), Knowledge(0, 0), Knowledge(0, 0), tuple(shares))
    return prove_deal(ceremony, keys, bare, coefficients[0], ephemeral)


def setting_of(ceremony: Ceremony, enrolled: Mapping[int, Point]) -> bytes:
    """What a dealer's polynomial is derived for: these trustees with these keys."""
    return digest(ceremony.threshold, *ceremony.trustees, *(enrolled.get(j, INFINITY) for j in ceremony.indices))


def prove_deal(ceremony: Ceremony, keys: TrusteeKeys, bare: Deal, secret: int, ephemeral: int) -> Deal:
    """The deal with its two proofs, which bind its commitments, its ephemeral key and its masked shares.

    Args:
        ceremony: the ceremony.
        keys: the dealer's.
        bare: all but the proofs.
        secret: a_{i,0}.
        ephemeral: ε_i.
    """
    proofs = []
    for label, known in ((TAG_SECRET, secret), (TAG_EPHEMERAL, ephemeral)):
        ctx = _knowledge(ceremony, label, keys.place.index, bare)
        proofs.append(prove_knowledge(ctx, known, keys.scalar("nonce", ctx)))
    return replace(bare, secret_proof=proofs[0], ephemeral_proof=proofs[1])


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
    rest = (deal.commitments_hash, deal.ephemeral, deal.shares_hash)
    return digest(*ceremony.context(label, index, dealer, *rest))


def mask_of(ceremony: Ceremony, dealer: int, receiver: int, dh: Point) -> int:
    """What hides the share of ``dealer`` for ``receiver``, by their Diffie–Hellman point."""
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
    share = (deal.shares[index - 1] - mask_of(ceremony, dealer, index, dh)) % N
    return share if base(share) == committed(deal.commitments, index) else None


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


def acknowledge(ceremony: Ceremony, keys: TrusteeKeys, public: PublicKeys, share: int) -> Knowledge:
    """Message 6: that this trustee knows x_j, for this key in this setting."""
    ctx = _acknowledgement(ceremony, keys.place.index, public.h)
    return prove_knowledge(ctx, share, keys.scalar("nonce", ctx))


def verify_acknowledgement(ceremony: Ceremony, index: int, public: PublicKeys, proof: Knowledge) -> bool:
    """Whether the proof of message 6 of trustee ``index``, who holds a share, is right."""
    return verify_knowledge(_acknowledgement(ceremony, index, public.h), public.shares[index], proof)


def _acknowledgement(ceremony: Ceremony, index: int, h: Point) -> bytes:
    account = ceremony.trustees[index - 1]
    return digest(*ceremony.context(TAG_ACKNOWLEDGEMENT, index, account, h, ceremony.setting_hash))
