"""What an audit found, in words for a journalist and in JSON for a machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_KEPT: Final = 50


class AuditOutcome(StrEnum):
    """The audit in one word."""

    CONFIRMED = "confirmed"
    STRANGERS = "strangers"
    VOUCHED = "vouched"
    REFUTED = "refuted"
    UNFINISHED = "unfinished"
    WITHHELD = "withheld"


_HEADLINES: Final = {
    AuditOutcome.CONFIRMED: (
        "CONFIRMED. The result is the exact sum of the ballots counted, and every check made holds."
    ),
    AuditOutcome.STRANGERS: (
        "NOT CONFIRMED. The sums are right, but no roll was given: nobody knows who these voters are. Give the roll "
        "that the town published (--roll)."
    ),
    AuditOutcome.VOUCHED: (
        "NOT CONFIRMED. The sums are right, but for {vouched:,} records and {shares:,} trustees' shares, and for what "
        "{trustees:,} trustees said when the key was made, only the contract vouches, as this node shows it, that they "
        "are those people's."
    ),
    AuditOutcome.REFUTED: "REFUTED. At least one check fails: the record does not support the result.",
    AuditOutcome.UNFINISHED: "NOT FINISHED. Everything published so far holds, but there is no result to confirm yet.",
    AuditOutcome.WITHHELD: (
        "NO RESULT. This node shows {ballots:,} ballots, too few for votes to stay secret, and that nothing was "
        "opened. A node can hide ballots and a result: compare the number of ballots with who asked another node."
    ),
}


QUESTIONS: Final = {
    "key": "Is the key the one that the trustees made together, so that no one of them can open a ballot alone?",
    "terms": "Are the question, the rule, the roll and the dates those to which every ballot is bound?",
    "roll": "Is everyone counted on the sealed roll?",
    "proofs": "Is every ballot counted proven to obey the rule?",
    "once": "Does nobody count twice, and does a later ballot replace the earlier one?",
    "batches": "Are the batches complete, in order, and sealed as announced?",
    "refused": "Was every ballot left out left out for a reason that holds?",
    "totals": "Are the encrypted totals the sums of the ballots that count?",
    "shares": "Did the trustees open these totals, correctly, and no single ballot?",
    "result": "Is the result what the totals hold?",
}


@dataclass(frozen=True)
class AuditCheck:
    """One question asked of the record.

    Attributes:
        name: machine-readable.
        question: for people.
        passed: ``None`` when it could not be asked.
        detail: how much was checked, or what failed.
    """

    name: str
    question: str
    passed: bool | None
    detail: str


@dataclass
class Findings:
    """Anomalies by check, of which only the first few are kept word for word."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)

    def add(self, check: str, text: str) -> None:
        """Record an anomaly."""
        self.counts[check] += 1
        if len(self.kept) < _MOST_KEPT:
            self.kept.append(text)


def concluded(outcome: AuditOutcome, findings: Findings, *, only_vouched: bool, has_roll: bool) -> AuditOutcome:
    """What remains of an outcome, given all that was found.

    Args:
        outcome: where the record ends.
        findings: the anomalies.
        only_vouched: whether only the contract vouches for a record, for a trustee, or for as many shares as open a
            total.
        has_roll: whether the voters were looked up on a roll that does not come from the node.
    """
    if findings.counts:
        return AuditOutcome.REFUTED
    if outcome is not AuditOutcome.CONFIRMED:
        return outcome
    if not has_roll:
        return AuditOutcome.STRANGERS
    return AuditOutcome.VOUCHED if only_vouched else AuditOutcome.CONFIRMED


def checks_of(findings: Findings, said: Mapping[str, str | None], *, is_open: bool) -> tuple[AuditCheck, ...]:
    """Every question with what was found.

    Args:
        findings: the anomalies.
        said: how much was checked, by question; None or nothing where it could not be asked.
        is_open: whether the consultation's opening was found.
    """
    checks = []
    for name, question in QUESTIONS.items():
        failed, detail = findings.counts[name], said.get(name)
        passed = False if failed else (None if detail is None else True)
        missing = "Not asked: no list was given." if name == "roll" and is_open else "Not yet."
        text = f"{failed:,} anomalies." if failed else (detail if detail is not None else missing)
        checks.append(AuditCheck(name, question, passed, text))
    return tuple(checks)


@dataclass(frozen=True)
class Verdict:
    """What the audit of one consultation found.

    Attributes:
        chain_id: of the chain.
        contract: address of Consultations, ``0x…``.
        consultation: its number there.
        outcome: in one word.
        checks: in the order in which a reader asks.
        roll_size: how many could vote.
        ballots: how many ballots count.
        signed: of the records counted, those whose signature was verified here.
        vouched: those for which only the contract vouches.
        vouched_trustees: those of whom something is believed in the key ceremony that no signature shows, by index.
        unsigned_shares: right shares that show no signature of their trustee's, as a smart account's.
        replaced: ballots that a later one replaced.
        refused: records left out.
        counts: two counters for each ciphertext, once the totals are open.
        anomalies: the first of them, in words.
        trustees: accounts of those who made the key, ``0x…``, in order.
        threshold: how many of them open a total.
        key: h, ``0x…`` of its 64 bytes.
        roll_root: of the sealed roll, ``0x…``.
        terms: hash of the parameters that every ballot is bound to, ``0x…``.
        totals: hash of the totals that were summed here, ``0x…``.
    """

    chain_id: int
    contract: str
    consultation: int
    outcome: AuditOutcome
    checks: tuple[AuditCheck, ...]
    roll_size: int = 0
    ballots: int = 0
    signed: int = 0
    vouched: int = 0
    vouched_trustees: tuple[int, ...] = ()
    unsigned_shares: int = 0
    replaced: int = 0
    refused: int = 0
    counts: tuple[int, ...] = ()
    anomalies: tuple[str, ...] = ()
    trustees: tuple[str, ...] = ()
    threshold: int = 0
    key: str = ""
    roll_root: str = ""
    terms: str = ""
    totals: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Ready for ``json.dumps``."""
        return asdict(self)

    def text(self, options: Sequence[str] = (), results: Sequence[int | str] = ()) -> str:
        """The verdict in plain words.

        Args:
            options: the options' names, in order.
            results: what each got (``Question.results`` reads it off ``counts``), or that in words.
        """
        headline = _HEADLINES[self.outcome].format(
            vouched=self.vouched,
            shares=self.unsigned_shares,
            trustees=len(self.vouched_trustees),
            ballots=self.ballots,
        )
        lines = [
            f"Audit of consultation {self.consultation} of contract {self.contract} (chain {self.chain_id})",
            "",
            headline,
            "",
            f"{self.ballots:,} of {self.roll_size:,} people on the roll have a ballot that counts ({self._turnout()}).",
            f"{self.replaced:,} earlier ballots were replaced by their voters; {self.refused:,} were refused.",
        ]
        if self.vouched:
            lines.append(
                f"For {self.vouched:,} records only the contract vouches that they are their voters': no signature was "
                "found that fits, as for a smart account's. The others were verified again here."
            )
        if self.vouched_trustees:
            told = ", ".join(f"{index} ({self.trustees[index - 1]})" for index in self.vouched_trustees)
            lines.append(
                f"What is told of trustee {told} in the key ceremony shows no signature that fits, as a smart "
                "account's: a node may have invented it. Ask the town whether that account is a contract."
            )
        if options and results:
            width = max(map(len, options))
            words = [got if isinstance(got, str) else f"{got:,}" for got in results]
            lines += ["", *(f"  {name:<{width}}  {got:>10}" for name, got in zip(options, words, strict=True))]
        lines += ["", "What was checked:"]
        for check in self.checks:
            mark = {True: "yes", False: "NO ", None: "-  "}[check.passed]
            lines.append(f"  [{mark}] {check.question} {check.detail}")
        if self.anomalies:
            lines += ["", "What is wrong:", *(f"  * {anomaly}" for anomaly in self.anomalies)]
        return "\n".join(lines)

    def _turnout(self) -> str:
        return f"{100 * self.ballots / self.roll_size:.1f} %" if self.roll_size else "no roll"
