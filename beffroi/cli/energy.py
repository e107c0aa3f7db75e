"""The bureau of energy shared next door: a member's, an organiser's, an arbiter's, a meter's agent's, anyone's."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import click

from beffroi.ballots.parallel import pool
from beffroi.chain.address import ZERO_ADDRESS
from beffroi.cli.bureau import TownBureau
from beffroi.cli.facts import moment
from beffroi.cli.options import ACCOUNT, EXISTING, checked
from beffroi.errors import InputError
from beffroi.flows.clearing import Clearings, OpenedOperation, SettledLine, StatementStatus
from beffroi.flows.clearingacts import ClearingActs
from beffroi.flows.energy.energyfinding import EnergyFinding
from beffroi.flows.energy.privatefile import read_private, verify_own
from beffroi.flows.energy.publicfile import PublicFile
from beffroi.flows.energy.verifyperiod import remarks, verify_period
from beffroi.flows.meterfile import MeterFile
from beffroi.flows.meters import MeterBook
from beffroi.flows.operation import PeriodStatement
from beffroi.flows.periodonchain import period_on_chain, statement_of
from beffroi.plain import plain
from beffroi.town.authority import holders_of_offices
from beffroi.units import euros

STATUS = {
    StatementStatus.NONE: "nothing was stated yet",
    StatementStatus.STATED: "stated: members contest until",
    StatementStatus.DUE: "due: anyone settles it until",
    StatementStatus.DEAD: "dead: nobody settled it in time",
    StatementStatus.SETTLED: "settled",
    StatementStatus.VOID: "void: refuted, or taken back",
}

MOST_SHOWN = 20
FEW_READINGS = 50_000
MINUTES = click.Choice(["5", "10", "15", "30", "60"])


class EnergyBureau(TownBureau):
    """Where someone acts in an operation."""

    NEEDS = ("Clearing", "Meters")

    @cached_property
    def clearings(self) -> Clearings:
        """The town's contract Clearing."""
        return Clearings.of(self.rpc, self.manifest)

    @cached_property
    def acts(self) -> ClearingActs:
        """What is done there."""
        return ClearingActs(self.clearings)

    @cached_property
    def meters(self) -> MeterBook:
        """The town's contract Meters."""
        return MeterBook.of(self.rpc, self.manifest)

    def require_meters_here(self, drawn: MeterFile) -> None:
        """Lets no meter of another contract pass.

        Raises:
            InputError: it is of another.
        """
        if (drawn.chain_id, drawn.contract) != (self.chain_id, self.meters.contract.address):
            there = f"{drawn.contract} on chain {drawn.chain_id}"
            raise InputError(f"the meter is of {there}; the town's are of {self.meters.contract.address}")

    @cached_property
    def holders(self) -> set[str]:
        """Who holds an office of the town now."""
        return holders_of_offices(self.rpc, self.manifest)

    def show(self, opened: OpenedOperation) -> None:
        """Shows on which terms an operation stands and where; in red what of them is not the town's."""
        terms, now = opened.terms, self.clearings.standing(opened.terms.op)
        click.echo(f"0x{terms.op.hex()}")
        click.echo(f"  organiser {terms.organiser}, arbiter {terms.arbiter}")
        if self.holders.isdisjoint(opened.openers):
            click.secho(f"  NOT of the town: opened by {', '.join(opened.openers)}", fg="red")
        if terms.refuter != (ours := self.meters.contract.address):
            by = "nobody" if terms.refuter == ZERO_ADDRESS else f"{terms.refuter}, as it likes"
            click.secho(f"  NOT voided where it is false by the town's Meters, {ours}: by {by}", fg="red")
        click.echo(f"  {terms.contest_h} hours to contest, {terms.rule_h} to rule; rules 0x{terms.rules_hash.hex()}")
        told = STATUS[now.status]
        if now.status.is_open:
            told += f" {moment(now.due_at_s if now.status is StatementStatus.STATED else now.dead_at_s)}"
        click.echo(f"  period {now.period}: {told}" if now.number else f"  {told}")

    def show_members(self, op: bytes) -> None:
        """Shows every member's money in an operation, and what is held for the arbiter."""
        members = self.clearings.members(op)
        for member, account in zip(members, self.clearings.accounts(op, members), strict=True):
            held = f", {euros(account.held_cents)} held" if account.held_cents else ""
            click.echo(f"  {member} {euros(account.balance_cents):>12}, cap {euros(account.cap_cents)}{held}")
        for line in self.clearings.held(op):
            until = moment(line.rule_by_s)
            click.echo(f"  period {line.period}, {line.member}: {euros(line.held_cents)} held, ruled on until {until}")


def member_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--member`, for whoever acts by a key that replaced a lost one."""
    words = "By the account that joined, where the signer's key has replaced it; the signer's by default."
    return click.option("--member", type=ACCOUNT, help=words)(command)


class LocalMonth(NamedTuple):
    """A month of the local clock.

    Attributes:
        year: of the calendar.
        month: 1 to 12.
    """

    year: int
    month: int

    @property
    def period(self) -> int:
        """Its number in an operation: 202606."""
        return self.year * 100 + self.month


def local_month(said: str) -> LocalMonth:
    """A month as it is written: 2026-06.

    Raises:
        InputError: it is none.
    """
    match = re.fullmatch("(2[0-9]{3})-(0[1-9]|1[0-2])", said)
    if match is None:
        raise InputError(f"{said[:20]!r} is no month: 2026-06")
    return LocalMonth(int(match[1]), int(match[2]))


MONTH = checked("month", local_month)


def timezone_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--timezone`, by which a month begins."""
    words = "By whose clock the month begins."
    return click.option("--timezone", default="Europe/Paris", show_default=True, help=words)(command)


def own_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--own`, for whoever has her month's file."""
    words = "One's own month, as the meter's agent gave it; several, for several meters."
    return click.option("--own", type=EXISTING, multiple=True, help=words)(command)


def workers(readings: int) -> Executor:
    """Where so many readings are computed with: this process alone where others would take longer to start."""
    return pool(1 if readings < FEW_READINGS else None)


def findings_of(
    bureau: EnergyBureau, published: PublicFile, own: Sequence[Path]
) -> tuple[PeriodStatement, list[EnergyFinding]]:
    """What is false of a published period by the chain, and by one's own months; and the statement that is meant."""
    statement = statement_of(bureau.clearings, published)
    there = period_on_chain(bureau.clearings, bureau.meters, published, statement)
    with workers(len(published.period.columns) * published.period.steps) as executor:
        found = verify_period(published, there, executor)
    show_remarks(remarks(published.period, there))
    for path in own:
        found += verify_own(read_private(path), published.period)
    return statement, found


def show_remarks(said: Sequence[str]) -> None:
    """Shows what is not false, and somebody may contest."""
    for it in said[:MOST_SHOWN]:
        click.secho(plain(f"Note: {it}"), fg="yellow")
    if len(said) > MOST_SHOWN:
        click.secho(f"… and {len(said) - MOST_SHOWN} more", fg="yellow")


def show_findings(findings: Sequence[EnergyFinding]) -> int:
    """Shows in red what is false, with what refutes it; how much that is."""
    for it in findings[:MOST_SHOWN]:
        by = f" ({it.refutation.function})" if it.refutation else " (for a contest: no call refutes it)"
        click.secho(plain(f"FALSE: {it.words}{by}"), fg="red")
    if len(findings) > MOST_SHOWN:
        click.secho(f"… and {len(findings) - MOST_SHOWN} more", fg="red")
    return len(findings)


def require_nothing_false(findings: Sequence[EnergyFinding]) -> None:
    """Lets no period be stated that is false.

    Raises:
        InputError: it is; in what.
    """
    if show_findings(findings):
        raise InputError("nothing was stated: what is false would be refuted, or contested")


def show_settled(lines: list[SettledLine]) -> None:
    """Shows what became of a period's lines."""
    for it in lines:
        held = f", {euros(it.held_cents)} of it held for the arbiter" if it.held_cents else ""
        carried = f", {euros(it.carried_cents)} carried by the organiser" if it.carried_cents else ""
        done = "pays" if it.amount_cents > 0 else "is owed"
        click.echo(f"  {it.member} {done} {euros(abs(it.amount_cents)):>10}{carried}{held}")
