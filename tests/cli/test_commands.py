"""Every script is a command: what it imports is there."""

import runpy

import click
import pytest

from beffroi.chain.artifacts import ROOT

SCRIPTS = sorted(path for path in (ROOT / "scripts").rglob("*.py") if not path.stem.startswith("_"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT / "scripts")))
def test_a_script_is_a_command(path):
    assert isinstance(runpy.run_path(str(path))["cli"], click.Command)
