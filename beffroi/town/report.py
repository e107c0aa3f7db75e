"""What the scripts print about a town."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from beffroi.chain.rpc import Rpc
from beffroi.town.check import Check
from beffroi.town.plan import Plan
from beffroi.town.steps import Deploy, Step


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
    for drift in plan.drift:
        console.print(f"[red]drift[/] {drift.subject}: {escape(drift.what)}")


def print_step(step: Step, transaction: str | None, console: Console) -> None:
    """A line for a step that is confirmed."""
    console.print(
        f"[green]✓[/] {escape(step.description)} " + (f"[dim]{transaction}" if transaction else "[dim]already")
    )


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
