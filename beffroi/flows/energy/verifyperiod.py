"""What anyone finds of a period from its file and the chain: each falsity in words, with what refutes it. Pure.

Nothing found means: every commitment is one that its meter's agent committed to, every total and allocation is what
these add up to, every line is what the rules make of the allocations. What that leaves open: docs/energy-format.md.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import islice

from beffroi.flows.energy.bills import bills
from beffroi.flows.energy.cells import INJECTS, PublicPeriod
from beffroi.flows.energy.curves import STEPS_S, Allocated, EnergyError, allocate
from beffroi.flows.energy.energyfinding import EnergyFinding, Falsehood
from beffroi.flows.energy.energyrules import Rules, rules_of, slots_from
from beffroi.flows.energy.header import PeriodHeader
from beffroi.flows.energy.publicfile import PublicFile
from beffroi.flows.energy.refutations import Refuter
from beffroi.flows.energy.verifycells import false_cells
from beffroi.flows.operation import OperationTerms, PeriodStatement, StatedLine, hash_lines

WATT_HOUR = 1
"""The unit of readings that are summed, as `Meters` numbers it."""
MOST_FINDINGS = 1_000


@dataclass(frozen=True)
class CommittedMeter:
    """A meter on chain, and what was committed of it for the period.

    Attributes:
        member: whose it is, an address.
        unit: of its readings, as `Meters` numbers it.
        kind: as `Meters` numbers it.
        since_s: unix seconds from which it counts.
        until_s: from which it does not; 0 while it does.
        root: what its agent committed to of the period's very steps, 32 bytes; zeros for nothing, any other word for
            something of other steps.
    """

    member: str
    unit: int
    kind: int
    since_s: int
    until_s: int
    root: bytes

    def counts_in(self, header: PeriodHeader) -> bool:
        """Whether it has a second of the period."""
        return self.since_s < header.end_s and (not self.until_s or self.until_s > header.start_s)


@dataclass(frozen=True)
class StatedPeriod:
    """What the chain has of a period.

    Attributes:
        terms: of the operation.
        statement: of the period.
        meters: of the operation, by id: all that were installed.
        now_s: of the chain, unix seconds.
        elsewhere: of meters whose agents committed to readings of the same time under another period's number, that
            number, by id.
    """

    terms: OperationTerms
    statement: PeriodStatement
    meters: Mapping[bytes, CommittedMeter]
    now_s: int
    elsewhere: Mapping[bytes, int] = field(default_factory=dict)


def verify_period(file: PublicFile, stated: StatedPeriod, executor: Executor | None = None) -> list[EnergyFinding]:
    """All that is false of a period, the first first; at most `MOST_FINDINGS`.

    Args:
        file: as it is published.
        stated: what the chain has of it.
        executor: where sums are computed; in this process when None.
    """
    if executor is not None:
        file.period.compute(executor)
    return [*islice(_findings(file, stated), MOST_FINDINGS)]


def given(period: PublicPeriod) -> tuple[Allocated, ...]:
    """What each meter was given, or gave, in whole Wh a slot, from the public allocations.

    Raises:
        EnergyError: they make more than what was shared, or less by more than rounding.
    """
    shared = [0] * period.slots
    for total in period.totals:
        shared[total.slot] += total.shared_wh
    values = [[period.allocation(at, slot).value for slot in range(period.slots)] for at in range(len(period.columns))]
    ids, wh = [it.id for it in period.columns], list[list[int]]()
    for kind in (slice(period.consumers), slice(period.consumers, None)):
        wh += allocate(ids[kind], values[kind], shared if ids[kind] else [0] * period.slots)
    return tuple(
        Allocated(it.id, it.member, "injects" if it.kind == INJECTS else "draws", tuple(slots))
        for it, slots in zip(period.columns, wh, strict=True)
    )


def remarks(period: PublicPeriod, stated: StatedPeriod) -> list[str]:
    """What makes a period not false, and somebody may contest: meters that have no column, or another period's too.

    Anybody installs a meter, as its member and its agent at once: a stranger's is left out rightly, a neighbour's not.
    """
    there, found = {it.id for it in period.columns}, list[str]()
    for id_, meter in stated.meters.items():
        if id_ not in there and meter.counts_in(period.header):
            why = "though its agent committed to its readings" if any(meter.root) else "and its agent committed to none"
            found.append(f"the meter 0x{id_.hex()} of {meter.member} is left out, {why}")
    found += (
        f"the meter 0x{id_.hex()} has readings of the same time in period {number}: let it be billed once"
        for id_, number in stated.elsewhere.items() if id_ in there
    )  # fmt: skip
    return found


def lines_of(rules: Rules, period: PublicPeriod, organiser: str) -> tuple[StatedLine, ...]:
    """What the rules make of a period's public allocations, in the contract's order.

    Raises:
        EnergyError: the allocations are none that can be billed.
    """
    return tuple(StatedLine(*it) for it in bills(rules, given(period), organiser).lines)


def _findings(file: PublicFile, stated: StatedPeriod) -> Iterator[EnergyFinding]:
    unpublished = [*_unpublished(file, stated.statement)]
    yield from unpublished
    if unpublished:
        return
    header, named = file.period.header, (stated.terms.op, stated.statement.period)
    if (header.op, header.period) != named or not header.is_shapely or header.end_s > stated.now_s:
        words = "the header is of another operation or period, of a time that is not over, or out of bounds"
        yield EnergyFinding(Falsehood.HEADER, words, Refuter(file.period).header(*named))
        return
    yield from _columns(file.period, stated)
    yield from false_cells(file.period)
    yield from _billed(file, stated.terms)


def _unpublished(file: PublicFile, statement: PeriodStatement) -> Iterator[EnergyFinding]:
    """A file that is another than what was stated shows nothing of it: as if none were published."""
    period = file.period
    pairs = {
        "readings": (period.header.root, statement.readings_root),
        "totals": (period.totals_tree.root, statement.totals_root),
        "lines": ((hash_lines(file.lines), len(file.lines)), (statement.lines_hash, statement.n)),
    }
    for name, (found, wanted) in pairs.items():
        if found != wanted:
            words = f"the file's {name} are not those that were stated: ask for the right file, and contest without it"
            yield EnergyFinding(Falsehood.UNPUBLISHED, words)


def _columns(period: PublicPeriod, stated: StatedPeriod) -> Iterator[EnergyFinding]:
    refuter, seen = Refuter(period), dict[bytes, int]()
    for at, column in enumerate(period.columns):
        if column.id in seen:
            refutation, words = refuter.twice(seen[column.id], at), f"columns {seen[column.id]} and {at} are one meter"
            yield EnergyFinding(Falsehood.TWICE, words, refutation, column=at)
        seen.setdefault(column.id, at)
        meter = stated.meters.get(column.id)
        if meter is None or not (
            column.kind == period.kind(at) == meter.kind
            and meter.unit == WATT_HOUR
            and column.root == meter.root != bytes(32)
            and meter.counts_in(period.header)
        ):
            words = f"column {at}: its meter is not one of the period, or its agent committed to something else"
            yield EnergyFinding(Falsehood.COLUMN, words, refuter.column(at), column=at)
        elif int(column.member, 16) != int(meter.member, 16):
            words = f"column {at}: its meter is {meter.member}'s, not {column.member}'s"
            yield EnergyFinding(Falsehood.MEMBER, words, column=at)


def _billed(file: PublicFile, terms: OperationTerms) -> Iterator[EnergyFinding]:
    period = file.period
    try:
        rules = rules_of(file.rules)
    except EnergyError as error:
        yield EnergyFinding(Falsehood.RULES, f"the rules are none: {error}")
        return
    if rules.rules_hash != terms.rules_hash:
        yield EnergyFinding(Falsehood.RULES, "the rules are not those of the operation's terms, which members signed")
        return
    if rules.key != "default":
        words = f"the operation shares by the {rules.key} key, whose allocations no sum of commitments shows"
        yield EnergyFinding(Falsehood.RULES, words)
    if period.step_s not in STEPS_S or period.start_s % period.step_s:
        words = f"steps of {period.step_s} s from {period.start_s} on: a meter has them of 5 to 60 whole minutes"
        yield EnergyFinding(Falsehood.SLOTS, words)
    slots = slots_from(rules, period.start_s, period.step_s, period.steps)
    false = [step for step, (slot, it) in enumerate(zip(slots, period.totals, strict=True)) if slot != it.slot]
    if false or len(rules.slots) != period.slots:
        words = f"step {false[0]} is of slot {slots[false[0]]} by the rules" if false else "the rules have other slots"
        yield EnergyFinding(Falsehood.SLOTS, words, step=false[0] if false else None)
        return
    yield from _lines(file, rules, terms.organiser)


def _lines(file: PublicFile, rules: Rules, organiser: str) -> Iterator[EnergyFinding]:
    try:
        lines = lines_of(rules, file.period, organiser)
    except EnergyError as error:
        yield EnergyFinding(Falsehood.SHARES, f"the allocations cannot be billed: {error}")
        return
    due, stated = ({it.member: it.amount_cents for it in found} for found in (lines, file.lines))
    wrong = [it for it in sorted({*due} | {*stated}) if stated.get(it, 0) != due.get(it, 0)]
    for member in wrong:
        words = f"{member} owes {due.get(member, 0)} cents by the rules; {stated.get(member, 0)} were stated"
        yield EnergyFinding(Falsehood.LINES, words)
    if lines != file.lines and not wrong:
        yield EnergyFinding(Falsehood.LINES, "the lines are out of order, or stand twice: nobody settles them")
