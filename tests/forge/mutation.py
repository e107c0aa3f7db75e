"""Removes checks one at a time, in a copy of the project, to see the named test fail each time."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Mutant(NamedTuple):
    """A check, how to remove it, and the test that must notice."""

    name: str
    file: str
    old: str
    new: str
    suite: str
    test: str


def survives(module: str, mutant: Mutant, copy: Path) -> bool:
    """Whether the named test passes without the check; the file is restored."""
    path = copy / "contracts" / module / f"{mutant.file}.sol"
    source = path.read_text()
    if mutant.old not in source:
        raise SystemExit(f"{mutant.name}: the check isn't in {path.name} any more")
    path.write_text(source.replace(mutant.old, mutant.new))
    chosen = ["--match-path", f"tests/forge/{module}/{mutant.suite}.t.sol", "--match-test", mutant.test]
    try:
        # What tests deploy is built apart from them (foundry.toml).
        for profile, command in (
            ("deployed", ["build", "contracts", "tests/forge/harness"]),
            ("default", ["test", *chosen]),
        ):
            run = subprocess.run(
                [ROOT / ".venv/bin/forge", *command],
                cwd=copy,
                env=os.environ | {"FOUNDRY_PROFILE": profile},
                capture_output=True,
                text=True,
                check=False,
            )
    finally:
        path.write_text(source)
    if "[PASS]" not in run.stdout and "[FAIL" not in run.stdout:
        raise SystemExit(f"{mutant.name}: did not run\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return "[FAIL" not in run.stdout


def main(module: str, mutants: Iterable[Mutant]) -> int:
    """Runs the mutants named on the command line, or all of them; the exit code is the number of survivors."""
    wanted = sys.argv[1:]
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("contracts", "tests"):
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "foundry.toml", copy)
        # What is compiled already need not be again.
        if (built := ROOT / "build" / "forge").exists():
            shutil.copytree(built, copy / "build" / "forge")
            shutil.copytree(ROOT / "build" / "forge-cache", copy / "build" / "forge-cache")
        for name in ("node_modules", ".venv"):
            (copy / name).symlink_to(ROOT / name)
        for mutant in mutants:
            if wanted and mutant.name not in wanted:
                continue
            alive = survives(module, mutant, copy)
            survivors += alive
            print(f"{'SURVIVED' if alive else 'caught':9} {mutant.name} ({mutant.test})", flush=True)
    return survivors
