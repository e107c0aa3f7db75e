"""A town is built whole, whatever interrupts it, and never twice."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from eth_account import Account

from beffroi.chain.artifacts import ROOT
from beffroi.chain.create2 import PROXY, NoProxyError, code_at
from beffroi.chain.pending import TransactionPendingError
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import TestAccountError, anvil_account
from beffroi.town.apply import FundsError, NotAdminError, WrongChainError, apply_plan
from beffroi.town.check import check_town
from beffroi.town.manifest import ChainResetError, ManifestError, manifest_path
from beffroi.town.plan import PlanError, make_plan
from beffroi.town.steps import is_admin
from testbed.anvil import anvil
from tests.town.conftest import Deployer, town

SAFE = "0x5aFE3855358E112B5647B952709E6165e1c1eEEe"
STEPS = 4
STEPS_WITH_SAFE = 6
COUNCIL = [Account.from_key(bytes([position]) * 32).address for position in range(1, 12)]


class PowerCutError(Exception):
    """The machine stops."""


def public_town(**changes):
    """The example town with accounts of its own and an ADMIN who is watched, as on a public chain."""
    offices = ["registrar", "treasurer", "auditor", "court", "guardian", "returning_officer", "notary", "clerk", "jury"]
    named = zip([*offices, "admin_guardian"], COUNCIL, strict=False)
    holders = {office: [{"account": account}] for office, account in named}
    watched = {"governance": {"admin_delay_hours": 72, "grant_delay_days": 3}}
    return town(offices=holders, currency={"commons": COUNCIL[-1]}, **(watched | changes))


def put_safe(rpc: Rpc) -> None:
    rpc.call("anvil_setCode", SAFE, "0x00")


def differing(deployer: Deployer, config=None):
    config = config or town()
    return [check for check in check_town(deployer.rpc, config, deployer.manifest(config)) if not check.holds]


def test_a_fresh_chain_gets_the_whole_town(deployer):
    manifest = deployer.deploy()

    assert deployer.sent() == STEPS
    assert list(manifest.contracts) == ["Town", "Residents", "LocalCurrency"]
    assert differing(deployer) == []
    written = json.loads(manifest_path(31337, manifest.town, deployer.folder).read_text())
    assert written["contracts"]["Town"]["address"] == manifest.address("Town")
    assert written["startBlock"] == 1


def test_addresses_are_known_before_anything_is_sent(deployer):
    plan = deployer.plan()
    planned = {contract.name: contract.address for contract in plan.site.contracts.values()}

    assert deployer.sent() == 0
    manifest = deployer.deploy()
    assert {name: record.address for name, record in manifest.contracts.items()} == planned


def test_the_second_run_sends_nothing(deployer):
    first = deployer.deploy()
    path = manifest_path(31337, first.town, deployer.folder)
    written_at = path.stat().st_mtime_ns

    assert deployer.deploy() == first
    assert deployer.sent() == STEPS
    assert path.stat().st_mtime_ns == written_at


@pytest.mark.parametrize("last", range(1, STEPS_WITH_SAFE + 1))
def test_when_stopped_after_a_step_the_next_run_does_the_rest(deployer, last):
    config, done = town(admin=SAFE), []
    put_safe(deployer.rpc)

    def stop(step, transaction):
        done.append(step.key)
        if len(done) == last:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        deployer.deploy(config, progress=stop)
    assert deployer.sent() == last
    deployer.deploy(config)

    assert deployer.sent() == STEPS_WITH_SAFE
    assert differing(deployer, config) == []


@pytest.mark.parametrize("last", range(1, STEPS + 1))
def test_when_killed_after_a_step_the_next_run_does_the_rest(deployer, last):
    process = deploying(deployer, last)
    for _ in range(last):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert deployer.sent() == last

    deployer.deploy()
    assert deployer.sent() == STEPS
    assert differing(deployer) == []


def test_when_killed_while_its_transaction_waits_for_a_block_it_is_not_sent_again(deployer):
    deployer.rpc.call("evm_setAutomine", False)
    process = deploying(deployer, STEPS)
    while int(deployer.rpc.call("txpool_status")["pending"], 16) == 0:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    with pytest.raises(TransactionPendingError, match="pending"):
        deployer.deploy(timeout_s=0.3)
    deployer.rpc.call("evm_mine")
    deployer.rpc.call("evm_setAutomine", True)
    deployer.deploy()

    assert deployer.sent() == STEPS


def deploying(deployer: Deployer, last: int) -> "subprocess.Popen[str]":
    """Another process that deploys, prints each step's key, and stands still after step `last`."""
    program = (
        "import sys, time; from pathlib import Path; from tests.town.conftest import Deployer; done = []\n"
        "def wait(step, transaction):\n"
        "    print(step.key, flush=True); done.append(step)\n"
        "    if len(done) == int(sys.argv[3]): time.sleep(600)\n"
        "Deployer(sys.argv[1], Path(sys.argv[2])).deploy(progress=wait)"
    )
    command = [sys.executable, "-c", program, deployer.url, str(deployer.folder), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_when_the_manifest_is_lost_it_is_written_anew_from_the_chain(deployer):
    first = deployer.deploy()
    manifest_path(31337, first.town, deployer.folder).unlink()

    again = deployer.deploy()

    assert deployer.sent() == STEPS
    assert again.contracts == first.contracts


def test_an_unreadable_manifest_is_refused_with_what_to_do(deployer):
    path = manifest_path(31337, deployer.deploy().town, deployer.folder)
    path.write_text(path.read_text()[:100])

    with pytest.raises(ManifestError, match="move it away"):
        deployer.deploy()


def test_admin_goes_to_the_safe_and_the_deployer_keeps_nothing(deployer):
    put_safe(deployer.rpc)
    manifest = deployer.deploy(town(admin=SAFE))

    assert is_admin(deployer.rpc, manifest.address("Town"), SAFE)
    assert not is_admin(deployer.rpc, manifest.address("Town"), deployer.signer.address)


def test_when_the_safe_governs_a_change_is_its_to_make(deployer):
    put_safe(deployer.rpc)
    config = town(admin=SAFE)
    deployer.deploy(config)
    second = config.offices.model_copy(update={"court": (*config.offices.court, *config.offices.clerk)})

    with pytest.raises(NotAdminError, match="is not ADMIN"):
        deployer.deploy(config.model_copy(update={"offices": second}))
    assert deployer.sent() == STEPS_WITH_SAFE


def test_an_admin_without_code_is_refused(deployer):
    with pytest.raises(PlanError, match="no code"):
        deployer.deploy(town(admin=SAFE))
    assert deployer.sent() == 0


def test_a_stranger_who_resumes_is_told_who_must_sign(deployer):
    with pytest.raises(PowerCutError):
        deployer.deploy(progress=stop_at_once)
    deployer.signer = anvil_account(1)

    with pytest.raises(NotAdminError, match="is not ADMIN"):
        deployer.deploy()
    assert deployer.sent() == 0


def stop_at_once(step, transaction):
    raise PowerCutError


def test_a_chain_that_is_not_the_towns_is_refused(deployer):
    with pytest.raises(PlanError, match=r"chain 31337, and valombre-sur-lys may be deployed on 11155111"):
        deployer.deploy(town(chains=[11155111]))


def test_when_the_node_changes_chain_after_the_plan_nothing_is_sent(deployer):
    plan = deployer.plan()
    with anvil(chain_id=1337) as other, pytest.raises(WrongChainError, match="now answers for chain 1337"):
        apply_plan(plan, Rpc(other), deployer.signer, folder=deployer.folder)


def test_when_the_node_changes_chain_midway_nothing_more_is_sent(deployer):
    plan, moving = deployer.plan(), Rpc(deployer.url)
    with anvil(chain_id=1337) as other:

        def move(*_):
            moving.url = other

        with pytest.raises(WrongChainError, match="nothing more is sent"):
            apply_plan(plan, moving, deployer.signer, folder=deployer.folder, progress=move)
        assert Deployer(other, deployer.folder).sent() == 0
    assert deployer.sent() == 1


def test_an_account_without_funds_is_told_how_much_it_needs(deployer):
    deployer.signer = Account.from_key(b"\x77" * 32)

    with pytest.raises(FundsError, match=r"holds 0\.000000 ETH .* the 4 steps .* send it 0\.\d+ ETH"):
        deployer.deploy()
    assert not deployer.folder.exists()


def test_an_anvil_account_may_not_deploy_on_a_public_chain(tmp_path):
    with anvil(chain_id=11155111) as url:
        deployer = Deployer(url, tmp_path)
        with pytest.raises(TestAccountError, match="public chain 11155111"):
            deployer.deploy(public_town())
        assert deployer.sent() == 0


def test_an_anvil_account_may_hold_no_office_on_a_public_chain(tmp_path):
    with anvil(chain_id=11155111) as url:
        deployer = Deployer(url, tmp_path)
        deployer.signer = Account.from_key(b"\x77" * 32)
        with pytest.raises(TestAccountError, match="0x70997970C51812dc3A010C7d01b50e0d17dc79C8"):
            deployer.deploy(town())


def test_an_anvil_account_may_not_sign_another_deployers_plan_on_a_public_chain(tmp_path):
    with anvil(chain_id=11155111) as url:
        rpc, founder = Rpc(url), Account.from_key(b"\x77" * 32)
        plan = make_plan(rpc, public_town(), founder.address)
        with pytest.raises(TestAccountError, match="public chain"):
            apply_plan(plan, rpc, anvil_account(), folder=tmp_path)


def test_accounts_of_its_own_deploy_on_a_public_chain(tmp_path):
    with anvil(chain_id=11155111) as url:
        deployer = Deployer(url, tmp_path)
        deployer.signer = Account.from_key(b"\x77" * 32)
        deployer.rpc.call("anvil_setBalance", deployer.signer.address, hex(10**18))
        manifest = deployer.deploy(public_town())
    assert manifest_path(11155111, manifest.town, tmp_path).exists()


def test_a_chain_that_was_reset_is_refused_with_what_to_do(deployer):
    deployer.deploy()
    with (
        anvil("--timestamp", "1700000000") as fresh,
        pytest.raises(ChainResetError, match=r"the chain was reset.*move the file away"),
    ):
        Deployer(fresh, deployer.folder).deploy()


def test_a_chain_without_the_proxy_is_refused(deployer):
    deployer.rpc.call("anvil_setCode", PROXY, "0x")

    with pytest.raises(NoProxyError, match="no canonical CREATE2 proxy"):
        deployer.deploy()


def test_two_blocks_confirm_where_two_are_asked_for(tmp_path: Path):
    with anvil("--block-time", "1") as url:
        deployer = Deployer(url, tmp_path)
        heads = []
        manifest = deployer.deploy(
            confirmations=2, progress=lambda *_: heads.append(int(deployer.rpc.call("eth_blockNumber"), 16))
        )
        assert heads[0] >= manifest.contracts["Town"].block + 1
        assert code_at(deployer.rpc, manifest.address("LocalCurrency"))
