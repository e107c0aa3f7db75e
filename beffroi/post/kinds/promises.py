"""Slips of the credibility module: promises, what is added to them, evidence, appeals, petitions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from pydantic import Field, with_config
from typing_extensions import TypedDict, override

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.credibility.acts import AMENDMENT, APPEAL, COUNTER_EVIDENCE, EVIDENCE, PETITION, PLEDGES
from beffroi.eip712 import SlipType
from beffroi.post.codes import Code
from beffroi.post.json_types import CLOSED, Bytes32, Text, Whole, unsigned
from beffroi.post.kinds.base import SlipKind, mismatch
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import refusal
from beffroi.post.model import QueuedSlip, Refusal
from beffroi.post.rolls import Rolls

MOST_PROMISES = 64
GAS_WITH_URI = 1_500_000
"""Of an act whose URI holds its document: 40 for a byte of calldata (EIP-7623), 8 in the event."""


@with_config(CLOSED)
class PledgeRow(TypedDict):
    """A promise as the contract takes it."""

    textHash: Bytes32
    uri: Annotated[str, Text()]
    weight_bps: Annotated[int, Whole(10_000)]
    dueAt: Annotated[int, unsigned(40)]


@with_config(CLOSED)
class PledgesExtra(TypedDict):
    """The promises whose hash was signed."""

    pledges: Annotated[list[PledgeRow], Field(min_length=1, max_length=MOST_PROMISES)]


@dataclass
class OfSubject(SlipKind):
    """What the subject of a mandate signs, with the key that it has now."""

    residents: Any

    function: ClassVar[str]

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The mandate's subject is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The current key of each mandate's subject."""
        return self._subjects(rpc, [draft.message["mandate"] for draft in drafts])

    def _subjects(self, rpc: Rpc, numbers: Sequence[int]) -> list[str | Refusal]:
        mandates = self.contract.reads(rpc, "mandateOf", [(number,) for number in numbers])
        subjects = [mandate[0] for mandate in mandates]
        keys = self.residents.reads(rpc, "currentKeyOf", [(subject,) for subject in subjects])
        return [
            refusal(Code.REFUSED_BY_CONTRACT, "there is no such mandate")
            if subject == ZERO_ADDRESS
            else str(to_checksum_address(key))
            for subject, key in zip(subjects, keys, strict=True)
        ]

    @override
    def alone(self, draft: Draft) -> Call:
        """One act of the subject; the contract takes the members in the order in which they are signed."""
        return self.call(self.function, *(draft.message[name] for _, name in self.slip_type.fields), draft.signature)


@dataclass
class Pledges(OfSubject):
    """All the promises of a mandate, once."""

    base_name: ClassVar[str] = "pledges"
    done_events: ClassVar[tuple[str, ...]] = ("Pledged",)
    done_about: ClassVar[str] = "mandate"
    slip_type: ClassVar[SlipType] = PLEDGES
    extra_type: ClassVar[Any] = PledgesExtra
    gas_each: ClassVar[int] = 12_000_000

    @override
    def agree(self, draft: Draft) -> None:
        """The promises are those whose hash was signed."""
        rows = encode(["(bytes32,string,uint16,uint40)[]"], [_rows(draft)])
        if keccak(rows) != draft.message["pledgesHash"]:
            raise mismatch("pledgesHash is not the hash of extra.pledges")

    @override
    def alone(self, draft: Draft) -> Call:
        """One mandate's promises."""
        message = draft.message
        return self.call("pledge", message["mandate"], _rows(draft), message["deadline"], draft.signature)


@dataclass
class Amendment(OfSubject):
    """Words added to a promise."""

    base_name: ClassVar[str] = "amendment"
    done_events: ClassVar[tuple[str, ...]] = ("Amended",)
    done_about: ClassVar[str] = "mandate"
    gas_each: ClassVar[int] = GAS_WITH_URI
    slip_type: ClassVar[SlipType] = AMENDMENT
    function: ClassVar[str] = "amend"


@dataclass
class Evidence(OfSubject):
    """A document for a promise, brought by its subject."""

    base_name: ClassVar[str] = "evidence"
    done_events: ClassVar[tuple[str, ...]] = ("EvidenceBrought",)
    done_about: ClassVar[str] = "mandate"
    gas_each: ClassVar[int] = GAS_WITH_URI
    slip_type: ClassVar[SlipType] = EVIDENCE
    function: ClassVar[str] = "bringEvidence"


@dataclass
class CounterEvidence(SlipKind):
    """A document against a promise, brought by a resident."""

    base_name: ClassVar[str] = "counter_evidence"
    done_events: ClassVar[tuple[str, ...]] = ("CounterEvidenceBrought",)
    done_about: ClassVar[str] = "mandate"
    gas_each: ClassVar[int] = GAS_WITH_URI
    slip_type: ClassVar[SlipType] = COUNTER_EVIDENCE

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The resident's."""
        return str(message["resident"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One document."""
        values = (draft.message[name] for _, name in self.slip_type.fields)
        return self.call("bringCounterEvidence", *values, draft.signature)


@dataclass
class Appeal(OfSubject):
    """The subject seizes the jury."""

    base_name: ClassVar[str] = "appeal"
    done_events: ClassVar[tuple[str, ...]] = ("Appealed",)
    done_about: ClassVar[str] = "evaluation"
    slip_type: ClassVar[SlipType] = APPEAL
    function: ClassVar[str] = "appeal"

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The current key of the subject of each evaluation's mandate."""
        asked = [(draft.message["evaluation"],) for draft in drafts]
        return self._subjects(rpc, [it[0] for it in self.contract.reads(rpc, "evaluationOf", asked)])


@dataclass
class Petition(SlipKind):
    """Residents on the sealed roll seize the jury: many in a transaction."""

    rpc: Rpc
    consultations: Any
    rolls: Rolls

    base_name: ClassVar[str] = "petition"
    done_events: ClassVar[tuple[str, ...]] = ("Petitioned",)
    done_about: ClassVar[str] = "evaluation"
    slip_type: ClassVar[SlipType] = PETITION
    most_in_batch: ClassVar[int] = 100
    gas_each: ClassVar[int] = 70_000

    def __post_init__(self) -> None:
        self._roots: dict[int, bytes] = {}

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The resident's."""
        return str(message["resident"])

    @override
    def lane(self, message: Mapping[str, Any]) -> str:
        """All who petition against one evaluation."""
        return f"{self.name}:{message['evaluation']}"

    @override
    def check(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """On the roll that the evaluation's consultation sealed; then as the contract says."""
        found: dict[int, Refusal] = {}
        self._learn(rpc, {draft.message["evaluation"] for draft in drafts})
        for place, draft in enumerate(drafts):
            root = self._roots.get(draft.message["evaluation"])
            roll = self.rolls.get(root) if root else None
            if root is None:
                found[place] = refusal(Code.REFUSED_BY_CONTRACT, "there is no such evaluation")
            elif roll is None:
                found[place] = refusal(Code.ROLL_UNKNOWN, "the post office does not have this evaluation's roll")
            elif not roll.has(draft.account):
                found[place] = refusal(Code.NOT_ON_ROLL)
        sound = [place for place in range(len(drafts)) if place not in found]
        told = super().check(rpc, [drafts[place] for place in sound])
        return found | {sound[place]: why for place, why in told.items()}

    @override
    def alone(self, draft: Draft) -> Call:
        """One petitioner."""
        return self.call("petition", draft.message["evaluation"], [self._row(draft)])

    @override
    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """Many petitioners against one evaluation."""
        drafts = [self.opened(queued) for queued in queued_slips]
        self._learn(self.rpc, {draft.message["evaluation"] for draft in drafts})
        return self.call("petition", drafts[0].message["evaluation"], [self._row(draft) for draft in drafts])

    def _row(self, draft: Draft) -> tuple[int, str, bytes, list[bytes]]:
        roll = self.rolls.get(self._roots[draft.message["evaluation"]])
        index = roll.index(draft.account) if roll else 0
        return index, draft.account, draft.signature, roll.proof(index) if roll else []

    def _learn(self, rpc: Rpc, evaluations: set[int]) -> None:
        new = [number for number in evaluations if number not in self._roots]
        evaluations_of = self.contract.reads(rpc, "evaluationOf", [(number,) for number in new])
        known = [(number, told[1]) for number, told in zip(new, evaluations_of, strict=True) if told[1]]
        roots = self.consultations.reads(rpc, "rollRoot", [(consultation,) for _, consultation in known])
        self._roots |= {number: root for (number, _), root in zip(known, roots, strict=True)}


def _rows(draft: Draft) -> list[tuple[bytes, str, int, int]]:
    return [(it["textHash"], it["uri"], it["weight_bps"], it["dueAt"]) for it in draft.extra["pledges"]]


KINDS = (Pledges, Amendment, Evidence, CounterEvidence, Appeal, Petition)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that promises take."""
    promises, residents = premises.contract("Promises"), premises.contract("Residents")
    if promises is None or residents is None:
        return
    here = premises.domain("Promises", promises)
    for kind in (Pledges, Amendment, Evidence, Appeal):
        yield kind(promises, here, residents)
    yield CounterEvidence(promises, here)
    if consultations := premises.contract("Consultations"):
        yield Petition(promises, here, premises.rpc, consultations, premises.rolls)
