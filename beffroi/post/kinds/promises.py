"""Slips of the credibility module: promises, what is added to them, evidence, appeals, petitions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from eth_utils.address import to_checksum_address
from typing_extensions import override

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.credibility.acts import AMENDMENT, APPEAL, COUNTER_EVIDENCE, EVIDENCE, PETITION, PLEDGES
from beffroi.eip712 import SlipType
from beffroi.post.codes import Code
from beffroi.post.kinds.base import SlipKind
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import refusal
from beffroi.post.model import QueuedSlip, Refusal
from beffroi.post.rolls import Rolls

_SKIPS = {1: Code.NOT_ON_ROLL, 3: Code.INVALID_SIGNATURE}
"""Why a petitioner does not count, as `IAppeals.Skip`."""
GAS_WITH_URI = 1_500_000
"""Of an act whose URI holds its document: 40 for a byte of calldata (EIP-7623), 8 in the event."""


@dataclass
class OfSubject(SlipKind):
    """What the subject of a mandate signs, with the key that it has now."""

    residents: Any
    promises: Any

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
        mandates = self.promises.reads(rpc, "mandateOf", [(number,) for number in numbers])
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
    """The promises of a mandate, once, or a part of them."""

    base_name: ClassVar[str] = "pledges"
    done_events: ClassVar[tuple[str, ...]] = ("Pledged",)
    done_about: ClassVar[str] = "mandate"
    slip_type: ClassVar[SlipType] = PLEDGES
    gas_each: ClassVar[int] = 12_000_000

    @override
    def alone(self, draft: Draft) -> Call:
        """One mandate's promises."""
        return self.call("pledge", *PLEDGES.ordered(draft.message), draft.signature)


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
        return self._subjects(rpc, [it[0] for it in self.promises.reads(rpc, "evaluationOf", asked)])


@dataclass
class Petition(SlipKind):
    """Residents on the sealed roll seize the jury: many in a transaction."""

    rpc: Rpc
    consultations: Any
    rolls: Rolls
    residents: Any
    promises: Any

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
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The key that each account on the roll has now."""
        keys = self.residents.reads(rpc, "currentKeyOf", [(draft.account,) for draft in drafts])
        return [str(to_checksum_address(key)) for key in keys]

    @override
    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """Who was skipped; whom somebody else had posted before counts all the same."""
        skipped = {
            event.args["index"]: event.args["reason"] for event in self.contract.logged(receipt, "PetitionSkipped")
        }
        reasons = {place: skipped.get(self._row(self.opened(it))[0]) for place, it in enumerate(queued_slips)}
        return {place: refusal(_SKIPS[reason]) for place, reason in reasons.items() if reason in _SKIPS}

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
        evaluations_of = self.promises.reads(rpc, "evaluationOf", [(number,) for number in new])
        known = [(number, told[1]) for number, told in zip(new, evaluations_of, strict=True) if told[1]]
        roots = self.consultations.reads(rpc, "rollRoot", [(consultation,) for _, consultation in known])
        self._roots |= {number: root for (number, _), root in zip(known, roots, strict=True)}


KINDS = (Pledges, Amendment, Evidence, CounterEvidence, Appeal, Petition)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that promises and the appeals against their evaluations take."""
    promises, appeals = premises.contract("Promises"), premises.contract("Appeals")
    residents, consultations = premises.contract("Residents"), premises.contract("Consultations")
    if promises is None or appeals is None or residents is None:
        return
    here, there = premises.domain("Promises", promises), premises.domain("Appeals", appeals)
    for kind in (Pledges, Amendment, Evidence):
        yield kind(promises, here, residents, promises)
    yield CounterEvidence(promises, here)
    yield Appeal(appeals, there, residents, promises)
    if consultations:
        yield Petition(appeals, there, premises.rpc, consultations, premises.rolls, residents, promises)
