"""A town of its own in which commands are given, for those about papers, acts, lots, open data and facts."""

import os

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.residents import ResidentKind
from beffroi.town.manifest import DEPLOYMENTS
from beffroi.town.session import TOWNS
from testbed.anvil import anvil
from testbed.town import MAYOR, found
from tests.support.ape_shell import ApeShell

NAME = f"test-commands-{os.getpid()}"


@pytest.fixture
def chain():
    with anvil() as url:
        yield Rpc(url)


@pytest.fixture
def does(tmp_path, chain):
    """Gives a command in a town of its own, and what it printed."""
    path = tmp_path / "town.yaml"
    path.write_text((TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", NAME))
    found(chain, path, DEPLOYMENTS).enrols(ResidentKind.PROFESSIONAL, MAYOR)
    shell = ApeShell({**os.environ, "APE_DATA_FOLDER": str(tmp_path / "ape"), "COLUMNS": "200"})

    def run(*arguments, code=0, offline=False):
        where = () if offline else ("--town", str(path), "--network", chain.url)
        exit_code, output = shell.run(*map(str, arguments), *where)
        assert exit_code == code, output
        assert "Traceback" not in output
        return output

    yield run
    shell.close()
    for left in (ROOT / "deployments").glob(f"*/{NAME}.json"):
        left.unlink()
