"""`make bench`: runs every bench, prints one table, writes bench/results.json. `BENCH_ARGS=currency` runs one."""

import importlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.row import Row

TOWNS = {
    "currency": "a register of residents that one currency follows",
    "roll": "none: a list of accounts",
    "vote": "a ballot box with its key ceremony, its rolls made up",
    "cred": "the example town, all of it",
    "post": "a register, one currency, a ballot box and a post office with one key",
    "land": "the example town, all of it",
    "records": "none: one contract, which asks nobody",
    "lots": "none: files alone",
    "facts": "none: one contract, which asks nobody",
    "energy": "none: files alone",
    "flows": "a register of residents that one currency follows",
    "credit": "a register of residents that one currency and one circle follow",
    "programmes": "a register of residents that one currency follows",
    "dapp": "the demo's, as its story leaves it",
}
"""Where each module is measured: what follows the register, and what else is in its way, is part of a figure."""
RESULTS = Path(__file__).parent / "results.json"


def main(names: list[str]) -> int:
    """Run the named benches, or all. The exit status is 1 when a ceiling is broken."""
    console = Console()
    unknown = set(names) - set(TOWNS)
    if unknown:
        console.print(f"no bench named {', '.join(sorted(unknown))}; there are {', '.join(TOWNS)}")
        return 2
    rows: list[Row] = []
    for name in names or TOWNS:
        with console.status(f"measuring {name} …"):
            rows += importlib.import_module(f"bench.{name}").rows()
    if not names:
        RESULTS.write_text(json.dumps([asdict(row) | {"town": TOWNS[row.module]} for row in rows], indent=2) + "\n")
    console.print(_table(rows))
    for name in names or TOWNS:
        console.print(f"[dim]{name}'s town: {TOWNS[name]}[/]")
    broken = [row for row in rows if not row.holds]
    for row in broken:
        console.print(f"[red]over its ceiling[/]: {row.module}, {row.operation}: {row.ours:,} {row.unit}")
    return 1 if broken else 0


def _table(rows: Iterable[Row]) -> Table:
    table = Table(
        "module", "operation", "unit", "ours", "ceiling", "aim", "others, in the same run", title="Beffroi, measured"
    )
    for row in rows:
        peers = " · ".join(f"{name} {_figure(value)}" for name, value in row.peers.items())
        colour = "green" if row.holds else "red"
        ours = f"[{colour}]{_figure(row.ours)}[/]"
        table.add_row(row.module, row.operation, row.unit, ours, _figure(row.ceiling), _figure(row.aim), peers)
    return table


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
