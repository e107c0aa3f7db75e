"""What the chain has of a period that was published: its statement, its meters, what their agents committed to."""

from collections.abc import Sequence
from pathlib import Path

from beffroi.errors import StateError
from beffroi.flows.clearing import Clearings, NoOperationError
from beffroi.flows.energy.cells import PublicPeriod
from beffroi.flows.energy.curves import EnergyError
from beffroi.flows.energy.publicfile import PublicFile, read_public
from beffroi.flows.energy.verifyperiod import CommittedMeter, StatedPeriod
from beffroi.flows.meters import MeterBook
from beffroi.flows.meterslips import CommittedReadings
from beffroi.flows.operation import PeriodStatement
from beffroi.plain import plain


class UnshownStatementError(StateError):
    """A node does not show, or shows otherwise, what the contract keeps as stated."""


def statements_shown(clearings: Clearings, op: bytes) -> list[PeriodStatement]:
    """All that was stated in an operation: as many as the contract counts, the last as the contract keeps it.

    Raises:
        UnshownStatementError: the node's events are not those.
    """
    stated, now = clearings.statements(op), clearings.standing(op)
    is_last = not stated or stated[-1].hash == now.statement_hash
    if not is_last or [it.number for it in stated] != [*range(1, now.number + 1)]:
        raise UnshownStatementError(
            f"the node shows {len(stated)} statements of the operation 0x{op.hex()}, and they are not the {now.number} "
            "that the contract has: ask again in a minute, or ask another node"
        )
    return stated


def statement_of(clearings: Clearings, file: PublicFile) -> PeriodStatement:
    """The last statement of a file's period.

    Raises:
        NoOperationError: the period was not stated.
        UnshownStatementError: the node's events are not what the contract keeps.
    """
    period = file.period
    stated = [it for it in statements_shown(clearings, period.op) if it.period == period.period]
    if not stated:
        raise NoOperationError(f"period {period.period} of the operation 0x{period.op.hex()} was not stated yet")
    return stated[-1]


def period_on_chain(
    clearings: Clearings, book: MeterBook, file: PublicFile, statement: PeriodStatement
) -> StatedPeriod:
    """What a file is verified against.

    Args:
        clearings: the town's contract Clearing.
        book: the town's contract Meters.
        file: of the period.
        statement: of the period, or the one that is to be stated.

    Raises:
        NoOperationError: nobody opened the operation.
    """
    period = file.period
    terms, installed = clearings.terms(period.op), book.installed(period.op)
    ids = [it.id for it in installed]
    clock = period.start_s, period.step_s, period.steps
    stated = CommittedReadings(period.period, *clock, {it.id: it.root for it in period.columns})
    meters = {}
    for meter, kept in zip(installed, book.commitments(period.op, ids, period.period), strict=True):
        # Of other steps or another root the contract's word is no root of the period: it belies the column.
        is_stated = meter.id in stated.roots and stated.commitment(meter.id) == kept
        root = stated.roots[meter.id] if is_stated else kept
        shape = meter.unit, meter.kind, meter.since_s, meter.until_s
        meters[meter.id] = CommittedMeter(meter.member, *shape, root)
    elsewhere = {
        id_: number for (id_, number), clock in book.clocks(period.op).items()
        if number != period.period and clock.start_s < period.end_s and period.start_s < clock.end_s
    }  # fmt: skip
    return StatedPeriod(terms, statement, meters, clearings.now_s(), elsewhere)


def require_still_committed(there: StatedPeriod, now: StatedPeriod, file: PublicFile) -> None:
    """Lets no agent commit anew unseen between the verification of a file and its statement, which it would belie.

    Args:
        there: what the file was verified against.
        now: the same once it is stated: from then on nobody commits to the period.
        file: of the period.

    Raises:
        EnergyError: an agent did; what to do.
    """
    for column in file.period.columns:
        if now.meters[column.id].root != there.meters[column.id].root:
            raise EnergyError(
                f"the agent of the meter 0x{column.id.hex()} committed anew while the period was stated, and anyone "
                f"refutes it now: take it back (`energy retract 0x{file.period.op.hex()}`), and publish what is "
                "committed, or leave the meter out"
            )


def earlier_files(clearings: Clearings, period: PublicPeriod, paths: Sequence[Path]) -> list[PublicPeriod]:
    """What was published of a period before it is published again.

    Args:
        clearings: the town's contract Clearing.
        period: as it would be published.
        paths: of the files that were published of the same time.

    Raises:
        EnergyError: the period was stated by a file that is none of them: what differs may lay readings bare.
        UnshownStatementError: the node's events are not what the contract keeps.
    """
    files = [read_public(path).period for path in paths]
    roots = {it.header.root for it in (period, *files)}
    for it in statements_shown(clearings, period.op):
        if it.period == period.period and it.readings_root not in roots:
            raise EnergyError(
                f"period {it.period} was stated before, by another file ({plain(it.uri)}): give it by --earlier, so "
                "that what differs from it is looked at"
            )
    return files
