"""Secret ballots, of consultations and of evaluations alike: first votes in batches, re-votes alone; their trustees."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar

from eth_utils.crypto import keccak
from pydantic import with_config
from typing_extensions import TypedDict, override

from beffroi.ballots.ballot import verify_ballot
from beffroi.ballots.events import RefusedFor as Reason
from beffroi.ballots.params import BALLOT, Params
from beffroi.ballots.records import Record as BallotRecord
from beffroi.ballots.transcript import to_address
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import MAX_GAS, Call
from beffroi.consultation.casting import replaced_by
from beffroi.consultation.polls import ConsultationError, Polls, PollStatus
from beffroi.eip712 import SlipType
from beffroi.post.codes import Code
from beffroi.post.json_types import CLOSED, Whole, data
from beffroi.post.kinds import trustees
from beffroi.post.kinds.base import SlipKind, mismatch
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import refusal
from beffroi.post.kinds.shares import TrusteeShare
from beffroi.post.model import SINGLE, QueuedSlip, Refusal
from beffroi.post.rolls import Rolls, SealedRoll

MOST_BALLOT = 60_000
"""Bytes; a batch of nodes' largest transaction holds two."""
MOST_VOTERS = 2**24 - 1
GAS_PER_BALLOT = 100_000
GAS_PER_BYTE = 250
"""Room for a ballot in the first batch over a large roll, and for one that replaces another (docs/vote-gas.md)."""
GAS_UNKNOWN = 1_000_000
"""Of a rule that was not read yet."""

REASONS: Mapping[Reason, Code] = {
    Reason.SEQUENCE: Code.BALLOT_OUT_OF_SEQUENCE,
    Reason.ALREADY_VOTED: Code.BALLOT_COUNTED,
    Reason.SIGNATURE: Code.INVALID_SIGNATURE,
    Reason.PROOF: Code.BALLOT_PROOF_INVALID,
}


@with_config(CLOSED)
class BallotExtra(TypedDict):
    """The voter's place on the roll, and the ballot whose hash was signed."""

    index: Annotated[int, Whole(MOST_VOTERS)]
    ballot: Annotated[bytes, data(1, MOST_BALLOT)]


@dataclass
class CastBallot(SlipKind):
    """A ballot whose voter lets anyone post it."""

    polls: Polls
    rolls: Rolls

    base_name: ClassVar[str] = "ballot"
    slip_type: ClassVar[SlipType] = BALLOT
    done_events: ClassVar[tuple[str, ...]] = ("BallotsCast", "BallotReplaced")
    done_about: ClassVar[str] = "consultation"
    extra_type: ClassVar[Any] = BallotExtra
    most_in_batch: ClassVar[int] = 100
    gas_each: ClassVar[int] = GAS_UNKNOWN
    erc1271_gas: ClassVar[int] = 100_000

    _known: dict[int, Params] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The voter's."""
        return str(message["voter"])

    @override
    def lane(self, message: Mapping[str, Any]) -> str:
        """First votes of one consultation; a re-vote goes alone."""
        return SINGLE if message["seq"] else f"{self.name}:{message['consultation']}"

    @override
    def agree(self, draft: Draft) -> None:
        """The ballot is the one whose hash was signed."""
        if keccak(draft.extra["ballot"]) != draft.message["ballotHash"]:
            raise mismatch("ballotHash is not the hash of extra.ballot")

    @override
    def check(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """All that the contract checks; the proofs here, by the same equations, since simulating them costs more."""
        found = self._standing(rpc, drafts)
        sound = [place for place in range(len(drafts)) if place not in found]
        unsound = self._unsound([drafts[place] for place in sound])
        return found | {sound[place]: why for place, why in unsound.items()}

    @override
    def precheck(self, rpc: Rpc, queued_slips: Sequence[QueuedSlip]) -> dict[int, Refusal]:
        """Whether the consultation still takes them: roll, signature and proof do not change."""
        return self._standing(rpc, [self.opened(queued) for queued in queued_slips])

    @override
    def alone(self, draft: Draft) -> Call:
        """A re-vote."""
        number, index = draft.message["consultation"], draft.extra["index"]
        params = self._params(number)
        roll = self._roll(params) if params else None
        if params is None or roll is None:
            raise ConsultationError(f"the roll of consultation {number} is not here")
        replaced = replaced_by(self.polls, params, index)
        ballot, voter = draft.extra["ballot"], draft.message["voter"]
        return self.call("castAgain", number, index, voter, ballot, draft.signature, roll.proof(index), replaced)

    @override
    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """First votes in the order of the roll, which is not that of the slips; or one re-vote."""
        drafts = [self.opened(queued) for queued in queued_slips]
        if drafts[0].message["seq"]:
            return super().batch(queued_slips)
        number = drafts[0].message["consultation"]
        params = self._params(number)
        roll = self._roll(params) if params else None
        if roll is None:
            raise ConsultationError(f"the roll of consultation {number} is not here")
        drafts.sort(key=lambda draft: draft.extra["index"])
        records = b"".join(_record(draft).encode() for draft in drafts)
        proof = roll.proofs.proof([draft.extra["index"] for draft in drafts])
        call = self.call("castBatch", number, records, proof)
        return Call(call.to, call.data, f"{len(drafts)} ballots")

    @override
    def estimate_each(self) -> int:
        """Gas of a ballot, with room, by the largest rule that is voted on now."""
        sizes = [params.rule.ballot_length for params in self._known.values()]
        return min(MAX_GAS // 2, max((GAS_PER_BALLOT + GAS_PER_BYTE * size for size in sizes), default=GAS_UNKNOWN))

    @override
    def gas_of(self, draft: Draft) -> int:
        """Of a ballot of this length, with room."""
        return min(MAX_GAS // 2, GAS_PER_BALLOT + GAS_PER_BYTE * len(draft.extra["ballot"]))

    @override
    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """What the contract left out, by place among the slips as they were given."""
        drafts = [self.opened(queued) for queued in queued_slips]
        places = {draft.extra["index"]: place for place, draft in enumerate(drafts)}
        found = {}
        for event in self.contract.logged(receipt, "BallotRefused"):
            reason = Reason(event.args["reason"])
            code = REASONS.get(reason, Code.REFUSED_BY_CONTRACT)
            found[places[event.args["index"]]] = refusal(
                code, "the contract left the ballot out", name="BallotRefused", args={"reason": reason.name}
            )
        return found

    def _standing(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """Open, on a roll that is here, not voted yet, next in sequence, and one of each voter."""
        found: dict[int, Refusal] = {}
        statuses = self._statuses(rpc, drafts)
        asked = [(draft.message["consultation"], draft.extra["index"]) for draft in drafts]
        turnout = self.contract.reads(rpc, "turnout", asked)
        taken: set[tuple[int, int]] = set()
        for place, (draft, (voted, seq)) in enumerate(zip(drafts, turnout, strict=True)):
            number, given = draft.message["consultation"], draft.message["seq"]
            expected = seq + 1 if voted else 0
            # Looked up only where there is one: a number drawn at random costs no search through the logs.
            params = self._params(number) if statuses[number] != PollStatus.UNKNOWN else None
            if params is None:
                found[place] = refusal(Code.CONSULTATION_UNKNOWN, "there is no such consultation")
            elif statuses[number] != PollStatus.OPEN:
                found[place] = refusal(Code.CONSULTATION_NOT_OPEN)
            elif self._roll(params) is None:
                found[place] = refusal(Code.ROLL_UNKNOWN, "the post office does not have this consultation's roll")
            elif given < expected:
                found[place] = refusal(Code.BALLOT_COUNTED, "a ballot of this number is counted already")
            elif given > expected or asked[place] in taken:
                words = f"the voter's next ballot has the number {expected}"
                found[place] = replace(refusal(Code.BALLOT_OUT_OF_SEQUENCE, words), passing=True)
            else:
                taken.add(asked[place])
        return found

    def _statuses(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, int]:
        numbers = sorted({draft.message["consultation"] for draft in drafts})
        answers = self.contract.reads(rpc, "status", [(it,) for it in numbers], block="pending")
        return dict(zip(numbers, answers, strict=True))

    def _unsound(self, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        found: dict[int, Refusal] = {}
        for place, draft in enumerate(drafts):
            params = self._known.get(draft.message["consultation"])
            roll = self._roll(params) if params else None
            if params is None or roll is None:
                continue
            voter, seq = to_address(draft.message["voter"]), draft.message["seq"]
            if roll.places.get(voter) != draft.extra["index"]:
                found[place] = refusal(Code.NOT_ON_ROLL)
            elif seq >= 2**32 or not verify_ballot(params, voter, seq, draft.extra["ballot"]):
                found[place] = refusal(Code.BALLOT_PROOF_INVALID, "the ballot does not prove that it follows the rule")
        return found

    def _params(self, number: int) -> Params | None:
        with self._lock:
            if number not in self._known:
                try:
                    self._known[number] = self.polls.params(number)
                except ConsultationError:
                    return None
            return self._known[number]

    def _roll(self, params: Params) -> SealedRoll | None:
        return self.rolls.get(params.roll_root)


def _record(draft: Draft) -> BallotRecord:
    message, voter = draft.message, to_address(draft.message["voter"])
    return BallotRecord(draft.extra["index"], message["seq"], voter, draft.signature, draft.extra["ballot"])


KINDS = (CastBallot, TrusteeShare, *trustees.KINDS)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that consultations take."""
    if consultations := premises.contract("Consultations"):
        polls = Polls.at(premises.rpc, consultations.address, premises.manifest.start_block)
        domain = premises.domain("Consultations", consultations)
        yield CastBallot(consultations, domain, polls, premises.rolls)
        yield TrusteeShare(consultations, domain, polls.ceremonies)
    yield from trustees.kinds(premises)
