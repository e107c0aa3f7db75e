"""Puts the compiled contracts into the wheel: `pip wheel .` after `make compile`."""

import json
from pathlib import Path
from typing import Any

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parents[1]
COMPILED = ROOT / ".build" / "__local__.json"
KEPT = ("contractName", "abi", "deploymentBytecode", "runtimeBytecode")


class BuildWithContracts(build_py):
    """setuptools' `build_py`, which copies of the compiler's output what the library reads of it."""

    def run(self) -> None:
        """Copies the package, then the contracts beside it; an editable install reads the checkout's own build."""
        super().run()
        if self.editable_mode:
            return
        if not COMPILED.exists():
            raise SystemExit("The contracts are not compiled: run `make compile`, then build the wheel again")
        target = Path(self.build_lib) / "beffroi" / "contracts.json"
        target.write_text(json.dumps(slim(json.loads(COMPILED.read_text()))), encoding="utf-8")


def slim(compiled: dict[str, Any]) -> dict[str, Any]:
    """What `beffroi.chain.artifacts` reads of ape's output: ABIs, code, the compilers' versions.

    Args:
        compiled: ape's manifest of the project.
    """
    return {
        "contractTypes": {
            name: {key: contract[key] for key in KEPT if key in contract}
            for name, contract in compiled["contractTypes"].items()
        },
        "compilers": [
            {"version": compiler["version"], "contractTypes": compiler["contractTypes"]}
            for compiler in compiled["compilers"]
        ],
    }
