"""`ape run plan`, `deploy` and `check`, as a municipality runs them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from eth_account import Account

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from testbed.anvil import anvil
from tests.town.conftest import EXAMPLE
from tests.town.test_deployment import public_town

PASSPHRASE = "the bell of the belfry"


@pytest.fixture
def ape(tmp_path):
    """Runs ape with data of its own, in the checkout."""
    data = tmp_path / "ape"

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("ape")), "run", *arguments]
        settings = {**os.environ, "APE_DATA_FOLDER": str(data), "COLUMNS": "200", **environment}
        return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=300, check=False)

    run.data = data
    return run


@pytest.fixture
def town_file(tmp_path):
    """A town under a name of its own, so that the checkout's manifests stay what they are."""
    name = f"test-{os.getpid()}"
    path = tmp_path / "town.yaml"
    path.write_text(EXAMPLE.read_text().replace("valombre-sur-lys", name))
    yield path
    for manifest in (ROOT / "deployments").glob(f"*/{name}.json"):
        manifest.unlink()


@pytest.mark.parametrize("script", ["plan", "deploy", "check"])
def test_each_script_explains_itself(ape, script):
    shown = ape(script, "--help")
    assert shown.returncode == 0, shown.stderr
    assert "--town" in shown.stdout
    assert "--network" in shown.stdout


def test_a_town_is_planned_deployed_and_checked(ape, town_file, node):
    where = ["--town", str(town_file), "--network", node]

    planned = ape("plan", *where)
    assert planned.stdout.count("missing") == 22, planned.stdout + planned.stderr
    deployed = ape("deploy", *where)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    assert deployed.stdout.count("✓") == 22
    checked = ape("check", *where)
    assert checked.returncode == 0, checked.stdout
    assert "all 124 hold" in checked.stdout

    town_file.write_text(town_file.read_text().replace("bps: 300", "bps: 500"))
    drifted = ape("check", *where)
    assert drifted.returncode == 1
    assert "redemptionFee_bps" in drifted.stdout
    refused = ape("deploy", *where)
    assert refused.returncode == 1
    assert "A contract is never replaced" in refused.stdout + refused.stderr


def test_a_keyfile_account_deploys_unattended_on_a_public_chain(ape, town_file):
    key = Account.from_key(b"\x78" * 32)
    (ape.data / "accounts").mkdir(parents=True)
    (ape.data / "accounts" / "mairie.json").write_text(json.dumps(Account.encrypt(key.key, PASSPHRASE, iterations=2)))
    config = public_town().model_dump(mode="json") | {"town": f"test-{os.getpid()}"}
    town_file.write_text(json.dumps(config))  # YAML reads JSON

    with anvil(chain_id=11155111) as url:
        Rpc(url).call("anvil_setBalance", key.address, hex(10**18))
        deployed = ape(
            "deploy",
            *("--town", str(town_file), "--network", "ethereum:sepolia", "--account", "mairie", "--confirmations", "1"),
            BEFFROI_SEPOLIA_RPC=url,
            APE_ACCOUNTS_mairie_PASSPHRASE=PASSPHRASE,
        )
        assert deployed.returncode == 0, deployed.stdout + deployed.stderr
        assert int(Rpc(url).call("eth_getTransactionCount", key.address, "latest"), 16) == 5
    folder = ROOT / "deployments" / "11155111"
    if not any(path.name != f"test-{os.getpid()}.json" for path in folder.iterdir()):
        shutil.rmtree(folder)


def test_a_wrong_file_is_an_error_without_a_traceback(ape, town_file, node):
    town_file.write_text(town_file.read_text().replace("symbol:", "sybmol:"))
    shown = ape("plan", "--town", str(town_file), "--network", node)
    assert shown.returncode == 1
    assert "sybmol: unknown key, did you mean symbol?" in (shown.stdout + shown.stderr).replace("\n", " ")
    assert "Traceback" not in shown.stdout + shown.stderr


def test_a_network_whose_node_is_not_named_says_which_variable(ape, town_file):
    environment = {name: value for name, value in os.environ.items() if name == "BEFFROI_SEPOLIA_RPC"}
    assert not environment
    shown = ape("plan", "--town", str(town_file), "--network", "ethereum:sepolia")
    assert shown.returncode != 0
    assert "BEFFROI_SEPOLIA_RPC" in shown.stdout + shown.stderr
