"""The library, installed in a folder of its own, knows the contracts and drives a town: the checkout is not needed."""

import os
import re
import subprocess
import sys
import zipfile

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.residents import ResidentKind
from beffroi.town.manifest import write_manifest
from testbed.town import AUDITOR, REGISTRAR, TREASURER


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the wheel in it and nothing else of the project."""
    folder = tmp_path_factory.mktemp("elsewhere")
    made = subprocess.run(["make", "wheel", f"WHEELS={folder}"], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = folder.glob("beffroi-*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder)
    return folder


@pytest.fixture
def documented():
    """The lines of docs/python.md, as a reader copies them."""
    return re.search(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(), re.DOTALL)[1]


def run(folder, program, *arguments):
    environment = os.environ | {"PYTHONPATH": str(folder)}
    command = [sys.executable, "-W", "ignore", "-c", program, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_outside_the_checkout_the_library_brings_its_contracts_types_and_version(installed):
    told = run(
        installed,
        "import beffroi; from importlib.metadata import version; from beffroi.chain import artifacts\n"
        "print(beffroi.__file__, version('beffroi'), artifacts.ROOT, len(artifacts.artifact('Conveyance').runtime))",
    )
    file, version, root, size = told.split()
    assert file.startswith(str(installed))
    assert version == (ROOT / "VERSION").read_text().strip()
    assert root == str(installed)
    assert int(size) > 10_000
    assert (installed / "beffroi" / "py.typed").exists()


def test_ten_lines_from_elsewhere_read_a_balance_and_pay(installed, documented, town, tmp_path):
    payer, payee = Key.derived("elsewhere", "payer"), Key.derived("elsewhere", "payee")
    for who in payer, payee:
        town.rpc.call("anvil_setBalance", who.address, hex(10**18))
        town.does(REGISTRAR, town.residents, "enrol", ResidentKind.CITIZEN, [who.address], [])
    town.does(AUDITOR, town.currency, "attestReserve", 100_00, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", payer.address, 100_00, b"\2" * 32)
    path = tmp_path / "town.json"
    write_manifest(path, town.manifest)
    lines = [line for line in documented.splitlines() if line and not line.startswith(("import", "from"))]
    assert len(lines) + 1 <= 10
    printed = run(installed, documented, str(path), town.rpc.url, payer.secret.hex(), payee.address)
    assert printed.split() == ["10000", "8750"]
