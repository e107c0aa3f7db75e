"""What the chain tells of a mandate: its promises, what was brought for and against them, the rounds, the capital."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from beffroi.ballots.transcript import keccak
from beffroi.chain.contract import Contract, Event
from beffroi.chain.rpc import Rpc
from beffroi.credibility.mandate import TEXT_URI, NoMandateError, Pledge, appeals_of
from beffroi.errors import StateError

EVENTS = (
    "MandateOpened",
    "Pledged",
    "Amended",
    "EvidenceBrought",
    "CounterEvidenceBrought",
    "EvaluationAttached",
    "ResultPublished",
    "Released",
    "PromiseSettled",
    "EvaluationSettled",
    "MandateEnded",
    "MandateCancelled",
    "PromiseUnjudged",
)
APPEAL_EVENTS = ("Petitioned", "Appealed", "Ruled")
RULINGS = ("", "confirmed", "annulled")


class OtherPledgeError(StateError):
    """Other promises are fixed than are given."""


@dataclass
class Promised:
    """A promise.

    Attributes:
        number: in its mandate, from 0.
        uri: where its text is.
        stake: Cred that rests on it.
        due_at: unix seconds.
        opinions: of the evaluation that settled it; None before.
        missing: what they found missing, four for each opinion at most.
        burnt: Cred that it cost, by the last finding.
        frozen: Cred that nobody judged, neither kept nor burnt: all that is left of the stake where it is unjudged,
            or what too few opinions leave.
        unjudged: whether nobody judged it, or could.
    """

    number: int
    text_hash: bytes
    uri: str
    weight_bps: int
    stake: int
    due_at: int
    amendments: int = 0
    evidence: int = 0
    counter_evidence: int = 0
    opinions: int | None = None
    missing: int = 0
    burnt: int = 0
    frozen: int = 0
    unjudged: bool = False

    @property
    def text(self) -> str:
        """What is promised, where the URI carries it (RFC 2397); otherwise the URI, which tells where it is.

        Residents judge the text that was sealed: its hash is in the question that their ballots bind, the URI is not.
        """
        carried = self._carried
        if carried is None:
            return self.uri
        return carried if self.sealed_text is not None else f"(not the text that was sealed) {carried}"

    @property
    def sealed_text(self) -> str | None:
        """What is promised, where the URI carries the very text that was sealed."""
        carried = self._carried
        return None if carried is None or keccak(carried.encode()) != self.text_hash else carried

    @property
    def _carried(self) -> str | None:
        head, _, carried = self.uri.partition(",")
        return unquote(carried) if head == TEXT_URI else None


@dataclass
class Judged:
    """An evaluation, or a mid-term round.

    Attributes:
        promises: their numbers, in the order of the ballot.
        results: opinions and missing of each, once published.
        ballots: how many voted; 0 before.
        roll: how many could.
        fate: in a word.
    """

    number: int
    consultation: int
    promises: tuple[int, ...]
    mid_term: bool
    results: list[tuple[int, int]] = field(default_factory=list)
    ballots: int = 0
    roll: int = 0
    petitioners: int = 0
    appealed: bool = False
    fate: str = "under way"


@dataclass
class MandateHistory:
    """All there is to know of a mandate.

    Attributes:
        curve: unix seconds and Cred left, at the pledge and after each settlement.
        fate: empty, or why it is over before its time.
    """

    mandate: int
    subject: str
    ends_at: int
    supply: int
    promises: list[Promised] = field(default_factory=list)
    rounds: dict[int, Judged] = field(default_factory=dict)
    curve: list[tuple[int, int]] = field(default_factory=list)
    fate: str = ""

    @property
    def frozen(self) -> int:
        """The part of what is left that nobody judged: it counts as kept nowhere."""
        return sum(promise.frozen for promise in self.promises)

    @property
    def capital(self) -> int:
        """Cred left; 0 before the pledge."""
        return self.curve[-1][1] if self.curve else 0

    @property
    def burnt(self) -> int:
        """Cred lost so far."""
        return sum(promise.burnt for promise in self.promises)

    def left(self, pledges: Sequence[Pledge]) -> Sequence[Pledge]:
        """Of a mandate's promises in their order, those that are not fixed yet: a run that stopped goes on from there.

        Raises:
            OtherPledgeError: something else is fixed in a place of theirs.
        """
        for number, (fixed, pledge) in enumerate(zip(self.promises, pledges, strict=False), 1):
            _, text_hash, uri, weight_bps, due_at = pledge.as_tuple()
            if (fixed.text_hash, fixed.uri, fixed.weight_bps, fixed.due_at) != (text_hash, uri, weight_bps, due_at):
                raise OtherPledgeError(
                    f"promise {number} of mandate {self.mandate} is fixed otherwise than it is given here. Nothing was "
                    "sent: give the promises as they were given first"
                )
        if len(self.promises) > len(pledges):
            raise OtherPledgeError(
                f"{len(self.promises)} promises of mandate {self.mandate} are fixed, more than are given here: nothing "
                "was sent"
            )
        return pledges[len(self.promises) :]


def read_history(rpc: Rpc, promises: Contract, results: Contract, mandate: int, first: int = 0) -> MandateHistory:
    """The history of a mandate, by events alone; the turnout from the consultations themselves.

    Args:
        rpc: the node.
        promises: the contract Promises.
        results: the contract Consultations.
        mandate: its number.
        first: a block at or before the contract's own.

    Raises:
        NoMandateError: there is none of that number.
    """
    history: MandateHistory | None = None
    times: dict[int, int] = {}
    events = promises.events(rpc, *EVENTS, first=first)
    appeals = appeals_of(rpc, promises).events(rpc, *APPEAL_EVENTS, first=first)
    for event in sorted([*events, *appeals], key=lambda it: (it.block, it.index)):
        if event.name == "MandateOpened" and event.args["mandate"] == mandate:
            history = MandateHistory(mandate, event.args["subject"], event.args["endsAt"], event.args["supply"])
        elif history is not None and _concerns(history, event):
            if event.block not in times:
                block = rpc.call("eth_getBlockByNumber", hex(event.block), False)  # noqa: FBT003, the node's
                times[event.block] = int(block["timestamp"], 16)
            _apply(history, event, times[event.block])
    if history is None:
        raise NoMandateError(f"there is no mandate {mandate}")
    for judged in history.rounds.values():
        judged.roll = results.read(rpc, "rollSize", judged.consultation)
        judged.ballots = results.read(rpc, "ballots", judged.consultation)
    return history


def _concerns(history: MandateHistory, event: Event) -> bool:
    if "mandate" in event.args:
        return bool(event.args["mandate"] == history.mandate)
    return event.args.get("evaluation") in history.rounds


def _apply(history: MandateHistory, event: Event, at_s: int) -> None:
    args: dict[str, Any] = event.args
    match event.name:
        case "Pledged":
            _, text_hash, uri, weight_bps, due_at = args["pledge"]
            history.promises.append(Promised(args["promiseId"], text_hash, uri, weight_bps, args["stake"], due_at))
            history.curve = [(at_s, history.supply)]
        case "MandateEnded":
            history.ends_at, history.fate = at_s, "ended"
        case "MandateCancelled":
            history.curve.append((at_s, 0))
            history.fate = "cancelled"
            for promise in history.promises:
                promise.frozen = 0
        case "EvaluationAttached":
            number = args["evaluation"]
            history.rounds[number] = Judged(number, args["consultation"], tuple(args["promises"]), args["midTerm"])
            for place in () if args["midTerm"] else args["promises"]:
                history.promises[place].unjudged = False
        case "EvaluationSettled":
            history.curve.append((at_s, args["capital"]))
            history.rounds[args["evaluation"]].fate = "settled"
        case name if "promiseId" in args:
            _note(history.promises[args["promiseId"]], name, args)
        case name:
            _follow(history.rounds[args["evaluation"]], name, args)


def _note(promise: Promised, name: str, args: dict[str, Any]) -> None:
    match name:
        case "Amended":
            promise.amendments += 1
        case "EvidenceBrought":
            promise.evidence += 1
        case "CounterEvidenceBrought":
            promise.counter_evidence += 1
        case "PromiseUnjudged":
            promise.unjudged, promise.frozen = True, promise.stake - promise.burnt
        case "PromiseSettled":
            promise.opinions, promise.missing = args["opinions"], args["missing"]
            promise.burnt, promise.frozen = args["burnt"], args["frozen"]


def _follow(judged: Judged, name: str, args: dict[str, Any]) -> None:
    match name:
        case "ResultPublished":
            judged.results = list(zip(args["opinions"], args["missing"], strict=True))
            judged.fate = "informed" if judged.mid_term else "published"
        case "Petitioned":
            judged.petitioners = args["petitioners"]
        case "Appealed":
            judged.appealed, judged.fate = True, "before the jury"
        case "Ruled":
            judged.fate = RULINGS[args["ruling"]]
        case "Released":
            judged.fate = judged.fate if judged.fate == RULINGS[-1] else "released"
