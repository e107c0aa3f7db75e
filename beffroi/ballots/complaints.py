"""Complaints: a trustee opens the share that she was sent, for all to see that it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from beffroi.ballots.ceremony import committed, mask_of
from beffroi.ballots.group import N, base
from beffroi.ballots.proofs import Dleq, prove_dleq, verify_dleq
from beffroi.ballots.transcript import digest, tag

if TYPE_CHECKING:
    from beffroi.ballots.ceremony import Ceremony, Deal
    from beffroi.ballots.group import Point
    from beffroi.ballots.trustee_keys import TrusteeKeys

TAG_COMPLAINT: Final = tag("beffroi.vote.ceremony.complaint")


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
    """Who is excluded: the dealer (``True``), the accuser (``False``), nobody (``None``: it proves nothing or is hers).

    Args:
        ceremony: the ceremony.
        complaint: what the accuser sent.
        key: the accuser's encryption key, as enrolled.
        deal: the dealer's, as dealt.
    """
    accuser, dealer = complaint.accuser, complaint.dealer
    ctx = digest(*ceremony.context(TAG_COMPLAINT, dealer, accuser))
    if accuser == dealer or not verify_dleq(ctx, deal.ephemeral, key, complaint.dh, complaint.proof):
        return None
    share = (deal.shares[accuser - 1] - mask_of(ceremony, dealer, accuser, complaint.dh)) % N
    return base(share) != committed(deal.commitments, accuser)
