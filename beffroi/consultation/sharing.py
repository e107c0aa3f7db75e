"""A trustee's share of the totals, given only after she has counted herself what she is about to open.

A share is x_j·R for whatever R it is asked of, and whoever hears two of them opens what is hidden under that R. So R is
never taken from a closing that somebody shows: it is summed here from the ballots, each with its proof, its voter's
signature and her place on the sealed roll. A node can then only hide ballots, which another trustee's node shows.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import closing, nullcontext
from dataclasses import dataclass
from typing import Final

from beffroi.ballots import ceremony as messages
from beffroi.ballots.audit import Auditor
from beffroi.ballots.ceremony import Ceremony
from beffroi.ballots.events import ShareSubmitted
from beffroi.ballots.group import base
from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.ballots.keyfiles import KeyFile
from beffroi.ballots.parallel import pool
from beffroi.ballots.pins import spoken_count
from beffroi.ballots.tally import Closing, DecryptionShare, decryption_share, totals_hash
from beffroi.ballots.transcript import to_address
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.ballots.verdict import AuditOutcome, Verdict
from beffroi.chain.sender import TransactionFailedError
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Signer
from beffroi.consultation.polls import ConsultationError, Polls, PollStatus
from beffroi.consultation.told import moment
from beffroi.roll import Roll

_NOTHING: Final = "No share was given, and nothing of your key has left this computer."
_HEARD: Final = (
    "The node was asked about your share, and may know it: it opens these totals alone. Give the command again, by "
    "another node. Should that one show other ballots, your share of this vote is lost, and no paper may be used to "
    "give another: the two may tell one person's vote. Where too few trustees are left, hold it again, by a new key"
)
_MOST_TOLD: Final = 3


@dataclass(frozen=True)
class Counted:
    """What a trustee has counted herself and is about to open.

    Attributes:
        params_hash: of the terms that every ballot is bound to, 32 bytes.
        block: number of the block in which the vote was closed.
        block_hash: its hash, 32 bytes.
        closing: the ballots counted, and their totals.
        said: in the ceremony that made the key.
    """

    params_hash: bytes
    block: int
    block_hash: bytes
    closing: Closing
    said: CeremonyReplay

    @property
    def phrase(self) -> str:
        """What two trustees compare by telephone: who sees other ballots, or another chain, has another number."""
        counted = self.closing.ballots, totals_hash(self.closing.totals)
        return spoken_count(self.params_hash, self.block, self.block_hash, *counted)

    def require_compared(self, read: str) -> None:
        """Lets nothing be opened of which another trustee has read another number.

        Raises:
            ConsultationError: it is another.
        """
        if "".join(read.split()) != "".join(self.phrase.split()):
            raise ConsultationError(
                f"that is not the number of what was counted here: one of your nodes lies or lags, or it was mistyped. "
                f"{_NOTHING}"
            )

    def require_same(self, other: Polls) -> None:
        """Lets nothing be opened that another node tells otherwise.

        Raises:
            ConsultationError: its block, ballots or totals are others, or it knows of no closing.
        """
        block, block_hash, told = other.closed_in(self.closing.consultation_id)
        seen = (self.block, self.block_hash, self.closing.ballots, self.closing.totals)
        if seen != (block, block_hash, told.ballots, told.totals):
            raise ConsultationError(
                f"the second node tells otherwise: there the vote ended in block {block:,} (0x{block_hash.hex()}) with "
                f"{told.ballots:,} ballots, here in block {self.block:,} (0x{self.block_hash.hex()}) with "
                f"{self.closing.ballots:,}, or the totals differ. One of the two lies or lags. {_NOTHING}"
            )


def count(
    polls: Polls,
    number: int,
    key: KeyFile,
    roll: Roll,
    *,
    now_s: int,
    vouched: int = 0,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
) -> Counted:
    """Checks every ballot and sums the totals that a trustee would open; uses no secret and sends nothing.

    Args:
        polls: the contracts.
        number: of the consultation.
        key: the trustee's.
        roll: who may vote, as it was published.
        now_s: the trustee's own clock, unix seconds: a node's word for the time would open a vote that goes on.
        vouched: how many records she takes on the contract's word, as a smart account's, whose signature only the chain
            can check. The others alone must reach the secrecy minimum.
        executor: where ballots are verified: every core by default.
        progress: called with the number of records verified so far.

    Raises:
        ConsultationError: the vote is not closed, or not over by her clock, nothing may be opened, the key file was
            made for another place, or the ballots do not bear out what would be opened.
    """
    polls.require(number, PollStatus.CLOSED, PollStatus.DECRYPTING, PollStatus.STALLED, PollStatus.TALLIED)
    terms = polls.params(number)
    polls.require_pinned(terms.ceremony, key.pins)
    if now_s < terms.closes_at:
        raise ConsultationError(
            f"the vote ends at {moment(terms.closes_at)}, and this computer's clock says {moment(now_s)}: the node "
            f"shows it closed too early, or the clock is slow. {_NOTHING}"
        )
    accounts = [to_address(account) for account in roll.accounts()]
    with (
        pool() if executor is None else nullcontext(executor) as workers,
        closing(Auditor(polls.site(number, frozenset(key.pins.smart)), accounts, workers, progress)) as auditor,
    ):
        for event in polls.events(number):
            auditor.feed(event)
        found, totals, said = auditor.verdict(), auditor.closing, auditor.ceremony(key.pins.ceremony)
    if auditor.params is None or totals is None or said is None:
        raise ConsultationError(f"the record of consultation {number} tells of no closing, or of no key. {_NOTHING}")
    _require_sound(found, vouched, terms.secrecy_minimum)
    if said.ceremony != _pinned(key) or auditor.params != terms:
        raise ConsultationError(f"the terms or the ceremony replayed are not those that were shown first. {_NOTHING}")
    block, block_hash, _ = polls.closed_in(number)
    return Counted(terms.hash, block, block_hash, totals, said)


def give(polls: Polls, trustee: Signer, key: KeyFile, counted: Counted, *, poster: Signer | None = None) -> int:
    """Hands in a trustee's share of every total that she counted; done already, nothing is sent. Gives her index.

    What a node shows under her number is hers only if its points and its signature are hers.

    Args:
        polls: the contracts.
        trustee: her account, which signs the share.
        key: hers.
        counted: what she opens.
        poster: who pays, she herself by default: anyone may post what she signed.

    Raises:
        ConsultationError: the key file is of no trustee who holds a share, the account is not hers, or the result
            stands; nothing was sent.
        DeclinedError: the account's holder declined to sign.
        TransactionFailedError: it is not on the chain, in words of what the node knows of it.
    """
    number, keys = counted.closing.consultation_id, _holder(counted.said, key)
    index = keys.place.index
    own, ready = messages.secret_share(_pinned(key), keys, counted.said.qualified), counted.said.keys()
    if ready is None or base(own) != ready.shares.get(index):
        raise ConsultationError("this key file does not open the share that the chain expects; check the node")
    account = _pinned(key).trustees[index - 1]
    share = decryption_share(counted.closing, index, own)
    if any(_is_hers(counted, share, account, it) for it in polls.votes(number) if isinstance(it, ShareSubmitted)):
        return index
    polls.require(number, PollStatus.CLOSED, PollStatus.DECRYPTING, PollStatus.STALLED)
    if to_address(str(trustee.address)) != account:
        raise ConsultationError(f"trustee {index} signs her share with 0x{account.hex()}, not with {trustee.address}")
    signature = sign_typed(trustee, counted.closing.separator, counted.closing.slip(share))
    points, proofs = share.as_arguments()
    try:
        polls.act(
            poster or trustee, polls.consultations, "submitShare", number, index, points, proofs, signature,
            purpose="hand in a share",
        )  # fmt: skip
    except TransactionFailedError as error:
        raise TransactionFailedError(f"{error}. {_HEARD}") from error
    return index


def _is_hers(counted: Counted, share: DecryptionShare, account: bytes, shown: ShareSubmitted) -> bool:
    """Whether what a node shows is this share of an account's; a smart account's signature shows nothing."""
    is_same = shown.share.trustee == share.trustee and shown.share.points == share.points
    return is_same and (account in counted.said.smart or counted.closing.is_signed(share, shown.signature, account))


def _require_sound(found: Verdict, vouched: int, minimum: int) -> None:
    if found.outcome is AuditOutcome.REFUTED:
        told = "; ".join(found.anomalies[:_MOST_TOLD])
        raise ConsultationError(f"the ballots do not bear out what would be opened: {told}. {_NOTHING}")
    if found.outcome is AuditOutcome.WITHHELD or found.ballots - found.vouched < minimum:
        raise ConsultationError(
            f"{found.ballots - found.vouched:,} ballots are shown to be their voters', fewer than the {minimum:,} that "
            f"keep each of them secret. {_NOTHING}"
        )
    if found.vouched > vouched:
        raise ConsultationError(
            f"for {found.vouched:,} ballots only the contract, as this node shows it, vouches that they are their "
            f"voters'. A smart account's are such, and so are those that a node invents: ask the town whether so many "
            f"smart accounts have voted, and where it says so give --vouched {found.vouched}. {_NOTHING}"
        )


def _pinned(key: KeyFile) -> Ceremony:
    """The ceremony that a key file names."""
    pins = key.pins
    setting = pins.threshold, pins.trustees, pins.consultations
    return Ceremony(pins.chain_id, pins.ceremonies, pins.ceremony, *setting)


def _holder(said: CeremonyReplay, key: KeyFile) -> TrusteeKeys:
    """The place in the ceremony that this secret opens."""
    for index in said.holders:
        keys = TrusteeKeys(_pinned(key).place(index), key.secret)
        if keys.encryption == said.enrolled[index]:
            return keys
    raise ConsultationError(f"this key file is of no trustee who holds a share of ceremony {key.pins.ceremony}")
