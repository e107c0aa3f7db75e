"""Every test, in the order that two cores serve best: `make test`.

Three lanes run side by side: forge, whose compiler keeps a core busy for minutes, and then pytest on what everything
stands on; npm's tests, and then pytest on pages and processes, which are waited for; the rest of pytest. Tests that
watch a clock come last, alone. What the lanes print is kept, and shown lane after lane. A table then says how many
seconds each module took. The exit status is 1 when any suite failed. `BEFFROI_REPORTS` names the folder where each
suite leaves what it printed and measured: pytest its JUnit reports.
"""

import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]

Seconds = dict[tuple[str, str], float]
"""Seconds by suite and module."""


class Suite(NamedTuple):
    """A recipe of the Makefile, `make test-NAME`."""

    name: str

    @property
    def output(self) -> str:
        """The file that keeps what it prints."""
        return f"{self.name}.log"

    @property
    def report(self) -> str:
        """The file of pytest's report, where it is pytest's."""
        return f"{self.name}.xml"


class Outcome(NamedTuple):
    """How a suite ended."""

    suite: Suite
    status: int
    took_s: float

    @property
    def passed(self) -> bool:
        """Whether all its tests did."""
        return self.status == 0

    @property
    def is_interrupted(self) -> bool:
        """Whether a signal ended it, as Ctrl-C does."""
        return self.status < 0


FORGE = Suite("forge")
LANES = ((FORGE, Suite("ground")), (Suite("npm"), Suite("pages")), (Suite("python"),))
CLOCK = Suite("clock")
INTERRUPTED = 130
"""A shell's word for Ctrl-C."""
SUITES = (*(suite for lane in LANES for suite in lane), CLOCK)


def of_forge(output: str) -> Seconds:
    """What forge says that its compiler and each folder of tests took.

    Args:
        output: what `forge test` printed.
    """
    took: Seconds = defaultdict(float)
    folder = "?"
    for line in output.splitlines():
        if compiled := re.search(r"^Solc \S+ finished in ([\d.]+)(m?s)\b", line):
            took["forge", "(compiler)"] += _seconds(*compiled.groups())
        elif suite := re.search(r"^Ran \d+ tests? for (\S+):", line):
            folder = _module(Path(suite[1]).parts, below="forge")
        elif result := re.search(r"^Suite result: .*; finished in ([\d.]+)(m?s|µs)", line):
            took["forge", folder] += _seconds(*result.groups())
    return took


def of_pytest(report: str) -> Seconds:
    """What each folder of tests took, set-up and tear-down included.

    Args:
        report: a JUnit report of pytest.
    """
    took: Seconds = defaultdict(float)
    for case in ET.fromstring(report).iter("testcase"):
        took["pytest", _module(case.get("classname", "").split("."), below="tests")] += float(case.get("time", 0))
    return took


def table(took: Seconds) -> str:
    """Seconds by module, the longest first within a suite."""
    rows = sorted(took.items(), key=lambda row: (row[0][0], -row[1]))
    return "\n".join(f"  {suite:<8}{module:<16}{seconds:>8.1f} s" for (suite, module), seconds in rows)


def _module(parts: tuple[str, ...] | list[str], below: str) -> str:
    inside = list(parts[parts.index(below) + 1 :]) if below in parts else list(parts)
    return inside[0] if len(inside) > 1 else "(root)"


def _seconds(figure: str, unit: str) -> float:
    return float(figure) * {"s": 1.0, "ms": 1e-3, "µs": 1e-6}[unit]


def _run(suite: Suite, kept: Path) -> Outcome:
    begun = time.monotonic()
    with (kept / suite.output).open("w") as output:
        recipe = ["make", "--no-print-directory", f"test-{suite.name}"]
        ended = subprocess.run(recipe, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False)
    took_s = time.monotonic() - begun
    print(f"· {suite.name} {'passed' if ended.returncode == 0 else 'FAILED'} after {took_s:.0f} s", flush=True)
    return Outcome(suite, ended.returncode, took_s)


def _run_lane(lane: Sequence[Suite], kept: Path) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for suite in lane:
        outcomes.append(_run(suite, kept))
        if outcomes[-1].is_interrupted:
            break
    return outcomes


def _show(outcomes: Sequence[Outcome], kept: Path) -> None:
    for outcome in outcomes:
        print(f"\n── {outcome.suite.name}\n{(kept / outcome.suite.output).read_text(errors='replace')}", flush=True)


def main() -> int:
    """Runs every suite to its end, whatever the others do.

    Returns:
        0 when all passed, 130 when they were interrupted, else 1.
    """
    kept = Path(os.environ["BEFFROI_REPORTS"])
    kept.mkdir(parents=True, exist_ok=True)
    for suite in SUITES:
        (kept / suite.report).unlink(missing_ok=True)
    begun = time.monotonic()
    side_by_side = "; ".join(" then ".join(suite.name for suite in lane) for lane in LANES)
    print(
        f"side by side, in minutes: {side_by_side}. What they print is in {kept}, and shown when all ended", flush=True
    )
    with ThreadPoolExecutor(len(LANES)) as lanes:
        outcomes = [outcome for ended in lanes.map(_run_lane, LANES, [kept] * len(LANES)) for outcome in ended]
    if any(outcome.is_interrupted for outcome in outcomes):
        return INTERRUPTED
    _show(outcomes, kept)
    clock = _run(CLOCK, kept)
    _show([clock], kept)
    outcomes.append(clock)

    took: Seconds = of_forge((kept / FORGE.output).read_text())
    for report in (kept / suite.report for suite in SUITES):
        for key, seconds in of_pytest(report.read_text()).items() if report.exists() else ():
            took[key] = took.get(key, 0.0) + seconds
    print(f"\nSeconds by module\n{table(took)}")
    print("\nSeconds by suite, side by side but for the clock's")
    for outcome in outcomes:
        print(f"  {outcome.suite.name:<24}{outcome.took_s:>8.1f} s{'' if outcome.passed else '   FAILED'}")
    print(f"  {'in all':<24}{time.monotonic() - begun:>8.1f} s")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
