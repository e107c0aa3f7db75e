"""What commands print: progress, tables, a town's plan and checks."""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from beffroi.chain.order import OrderState, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.town.check import Check
from beffroi.town.plan import Plan
from beffroi.town.steps import Deploy

SHOWN_FAILURES = 20


@contextmanager
def progress_bar(console: Console, title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that stays when it is full; what it gives is called with how much was done since."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(title, total=total)
        yield functools.partial(progress.advance, task)


@contextmanager
def progress_to(console: Console, title: str, total: int) -> Iterator[Callable[[int], None]]:
    """The same bar; what it gives is called with how much is done in all."""
    with progress_bar(console, title, total) as advance:
        done = 0

        def reach(now: int) -> None:
            nonlocal done
            advance(now - done)
            done = now

        yield reach


def require_done(outcomes: Sequence[Outcome]) -> None:
    """Lists what is not done, and ends the command with status 1.

    Raises:
        click.ClickException: something is not done.
    """
    failures = [
        f"{outcome.order.purpose}: {outcome.state}, {outcome.reason} {outcome.transaction}"
        for outcome in outcomes
        if outcome.state != OrderState.DONE
    ]
    if failures:
        more = [f"… and {len(failures) - SHOWN_FAILURES} more"] if len(failures) > SHOWN_FAILURES else []
        advice = "What is done stays done: correct this and run the same command again."
        raise click.ClickException("\n".join(["not everything is done:", *failures[:SHOWN_FAILURES], *more, advice]))


def print_plan(plan: Plan, rpc: Rpc, console: Console) -> None:
    """Steps with their state; then the calls that a Safe would have to make, and drift."""
    table = Table("step", "what it does", "state", title=f"{plan.config.name} on chain {plan.chain_id}")
    missing = [step for step in plan.steps if not step.is_done(rpc)]
    for step in plan.steps:
        state = "[yellow]missing" if step in missing else "[green]done"
        table.add_row(step.key, escape(step.description), state)
    console.print(table)
    if plan.manifest and not any(isinstance(step, Deploy) for step in missing):
        for step in missing:
            call = step.call(rpc)
            console.print(f"{step.key}: ADMIN calls {call.to} with", style="bold")
            console.print(f"0x{call.data.hex()}", soft_wrap=True)
    for change in plan.wiring.changes(rpc):
        console.print(f"[yellow]change[/] {change.subject}: {escape(change.what)}: {change.found} → {change.wanted}")
    for drift in plan.drift:
        console.print(f"[red]drift[/] {drift.subject}: {escape(drift.what)}")
        if drift.repair:
            console.print(f"  ADMIN undoes it by calling {plan.site.town} with 0x{drift.repair.hex()}", soft_wrap=True)


def print_step(description: str, transaction: str | None, console: Console) -> None:
    """A line for a step that is confirmed."""
    console.print(f"[green]✓[/] {escape(description)} " + (f"[dim]{transaction}" if transaction else "[dim]already"))


def print_checks(checks: Sequence[Check], title: str, console: Console) -> bool:
    """A table of what was compared; whether all of it holds."""
    table = Table("", "", "what", "wanted", "found", title=title)
    for check in checks:
        mark = "[green]✓" if check.holds else "[red]✗"
        table.add_row(
            mark, check.subject, escape(check.what), escape(check.wanted), "" if check.holds else escape(check.found)
        )
    console.print(table)
    wrong = sum(not check.holds for check in checks)
    console.print(f"[red]{wrong} of {len(checks)} differ" if wrong else f"[green]all {len(checks)} hold")
    return not wrong
