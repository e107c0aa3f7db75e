"""What is small enough is proven for every value, by halmos: tests/forge/proofs."""

import os
import re
import subprocess
import sys

from beffroi.chain.artifacts import ROOT

PROOFS = ROOT / "tests" / "forge" / "proofs"


def test_every_proof_holds():
    """Its own process, which has halmos read only what the proofs import (foundry.toml, profile `proof`)."""
    stated = re.findall(r"function (check_\w+)", "".join(path.read_text() for path in PROOFS.glob("*.sol")))
    halmos = [sys.executable, str(ROOT / "tools" / "prove.py")]
    options = ["--forge-build-out", "build/proof", "--function", "check_", "--solver-timeout-assertion", "30000"]
    environment = os.environ | {"FOUNDRY_PROFILE": "proof", "PATH": f"{ROOT}/.venv/bin:{os.environ['PATH']}"}
    run = subprocess.run(
        [*halmos, *options], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    said = re.sub(r"\x1b\[[0-9;]*m", "", run.stdout + run.stderr)
    assert run.returncode == 0, said
    assert set(re.findall(r"\[PASS\] (check_\w+)", said)) == set(stated), said
