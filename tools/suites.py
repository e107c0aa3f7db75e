"""Every test, in the order that two cores serve best: `make test`.

Forge's compiler keeps one core busy for minutes: it runs beside npm and pytest, its output kept for the end. Tests that
watch a clock come last, alone. A table then says how many seconds each module took. The exit status is 1 when any suite
failed. `BEFFROI_REPORTS` names the folder where each suite leaves what it measured: forge its output, pytest its JUnit
reports.
"""

import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ("python.xml", "clock.xml")
FORGE_OUTPUT = "forge.log"

Seconds = dict[tuple[str, str], float]
"""Seconds by suite and module."""


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


def _make(target: str) -> tuple[bool, float]:
    begun = time.monotonic()
    passed = subprocess.run(["make", "--no-print-directory", target], cwd=ROOT).returncode == 0  # noqa: PLW1510
    return passed, time.monotonic() - begun


def main() -> int:
    """Runs every suite to its end, whatever the others do.

    Returns:
        0 when all passed, else 1.
    """
    kept = Path(os.environ["BEFFROI_REPORTS"])
    kept.mkdir(parents=True, exist_ok=True)
    for stale in REPORTS:
        (kept / stale).unlink(missing_ok=True)
    begun = time.monotonic()
    print(
        f"forge runs beside the other suites; its output is in {kept / FORGE_OUTPUT} and is shown when it ends",
        flush=True,
    )
    with (kept / FORGE_OUTPUT).open("w") as output:
        forge = subprocess.Popen(
            ["make", "--no-print-directory", "test-forge"],
            cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            results = {"npm": _make("test-npm"), "pytest": _make("test-python")}
            if forge.poll() is None:
                print("· waiting for forge", flush=True)
            forge.wait()
        finally:
            forge.kill()
    results["forge"] = forge.returncode == 0, time.monotonic() - begun
    print((kept / FORGE_OUTPUT).read_text(), flush=True)
    results["clock"] = _make("test-clock")

    took: Seconds = of_forge((kept / FORGE_OUTPUT).read_text())
    for report in (kept / name for name in REPORTS):
        for key, seconds in of_pytest(report.read_text()).items() if report.exists() else ():
            took[key] = took.get(key, 0.0) + seconds
    print(f"\nSeconds by module\n{table(took)}")
    print("\nSeconds by suite, forge beside npm and pytest")
    for suite, (passed, seconds) in results.items():
        print(f"  {suite:<24}{seconds:>8.1f} s{'' if passed else '   FAILED'}")
    print(f"  {'in all':<24}{time.monotonic() - begun:>8.1f} s")
    return 0 if all(passed for passed, _ in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
