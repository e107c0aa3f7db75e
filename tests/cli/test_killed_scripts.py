"""Each script that sends, its own process killed while no block comes, started again at once: done once.

A fee that rises meanwhile makes what was sent wait for longer, and no more. A script that compares with the chain goes
on from there; any other finds its acts in the journal of its account, and tells how they ended.
"""

import ast
import os

import pytest
from ruamel.yaml import YAML

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.residents import ResidentKind
from beffroi.town.manifest import DEPLOYMENTS, manifest_path
from beffroi.units import DAY_S
from testbed.anvil import anvil
from testbed.estate import HOUSE, PAPER, settle
from testbed.polls import hall_of
from testbed.town import CLERK, COURT, EXAMPLE, MAYOR, TREASURER, found, undone
from tests.cli.killable import SCRIPTS
from tests.cli.killable.place import KEY, PASSPHRASE, PEOPLE, PLEDGED, SILENT, Miner, Place, spike
from tests.support.flaky_proxy import Fault, flaky_proxy
from tests.support.mortal_shell import Death, MortalShell, forget


def town_file(folder, name):
    content = YAML().load(EXAMPLE.read_text())
    content.update(town=f"{name}-{os.getpid()}")
    path = folder / f"{name}.yaml"
    with path.open("w") as file:
        YAML().dump(content, file)
    return path, content["town"]


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    shell = MortalShell(tmp_path_factory.mktemp("shell"), {"BEFFROI_TRUSTEE_PASSPHRASE": PASSPHRASE})
    yield shell
    shell.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A town where the mayor has a house, money, and two mandates, and a key waits for a consultation."""
    path, name = town_file(tmp_path_factory.mktemp("town"), "killed")
    try:
        with anvil() as url:
            estate = settle(found(Rpc(url), path, DEPLOYMENTS))
            town, hall = estate.town, hall_of(estate.town)
            town.enrols(ResidentKind.PROFESSIONAL, MAYOR)
            town.enrols(ResidentKind.CITIZEN, *PEOPLE)
            town.does(TREASURER, town.currency, "issue", MAYOR.address, 50_000_00, b"\2" * 32)
            house, all_of_it = estate.offices.title(HOUSE), [(MAYOR.address, 0, 1)]
            estate.concur(estate.offices.register, "enact", 0, house.id, house.version, 1, all_of_it, PAPER)
            assert hall.key() == KEY
            assert [mandate(estate, number) for number in (PLEDGED, SILENT)] == [PLEDGED, SILENT]
            due_at = estate.offices.now_s() + 100 * DAY_S
            promises = [Pledge(text, "https://t.example", 5_000, due_at).as_tuple() for text in ("school", "pool")]
            town.does(MAYOR, town.contract("Promises"), "pledge", PLEDGED, 0, promises, 0, b"")
            town.does(MAYOR, town.contract("Promises"), "bringEvidence", PLEDGED, 0, PAPER, "", 0, b"")
            yield estate, hall, path
    finally:
        manifest_path(31337, name).unlink(missing_ok=True)


def mandate(estate, number):
    """The mayor's mandate of that number, announced and opened."""
    mandates = Mandates(estate.rpc, estate.town.authority, estate.town.contract("Promises"))
    given = (MAYOR.address, estate.offices.now_s() + 1_000 * DAY_S, Supply.POPULATION, number.to_bytes(32))
    assert mandates.open(CLERK, *given) is None
    estate.pass_days(2)
    return mandates.open(CLERK, *given)


@pytest.fixture
def place(standing, tmp_path):
    estate, hall, path = standing
    with undone(estate.rpc):
        estate.rpc.call("evm_mine")  # the clock stands where the test before left it
        yield Place(estate, hall, path, tmp_path)
    forget(estate.rpc)


CASES = [(name, True) for name in SCRIPTS] + [("currency/pay.py", False), ("currency/redeem.py", False)]
"""A script, and whether the node took its transaction; where none did, what is signed goes out, or nothing did."""


@pytest.mark.parametrize(("name", "heard"), CASES)
def test_killed_at_its_transaction_and_started_again_at_once_a_script_is_done_once(shell, place, name, heard):
    script, rpc = SCRIPTS[name], place.rpc
    words = [*script.words(place), "--town", place.path]
    before = script.measure(place)
    rpc.call("evm_setAutomine", script.moment > 1)
    shell.is_killed(rpc.url, Death(script.moment, heard), words)
    rpc.call("evm_setAutomine", False)
    spike(rpc)
    with Miner(rpc) as miner, flaky_proxy(rpc.url, lambda _: Fault.NONE, miner.once_looked) as node:
        code, printed = shell.run(*words, "--network", f"ethereum:local:{node}")
    assert (code, script.measure(place) - before) == (script.code if heard else 0, script.by), printed


@pytest.mark.parametrize("name", SCRIPTS)
def test_killed_and_started_again_once_its_transaction_is_in_a_block_a_script_is_done_once(shell, place, name):
    script, rpc = SCRIPTS[name], place.rpc
    words = [*script.words(place), "--town", place.path]
    before = script.measure(place)
    shell.is_killed(rpc.url, Death(script.moment, heard=True), words)
    code, printed = shell.run(*words, "--network", f"ethereum:local:{rpc.url}")
    assert (code, script.measure(place) - before) == (script.code, script.by), printed


def test_a_freeze_that_was_cut_short_and_lifted_by_another_hand_is_a_freeze_again(shell, place):
    words = ["land", "court", "freeze", HOUSE, "--town", place.path]
    register, title = place.estate.offices.register, (MAYOR.address, place.estate.offices.title(HOUSE).id)
    shell.is_killed(place.rpc.url, Death(1, heard=True), words)
    place.town.does(COURT, register, "setFrozenTokens", *title, False)
    code, printed = shell.run(*words, "--network", f"ethereum:local:{place.rpc.url}")
    assert (code, register.read(place.rpc, "getFrozenTokens", *title)) == (0, True), printed


@pytest.mark.parametrize(("moment", "heard"), [(4, True)])
def test_a_deployment_that_is_killed_between_two_steps_does_the_rest(shell, tmp_path, moment, heard):
    path, name = town_file(tmp_path, "killed-deploy")
    words = ["deploy", "--town", path]
    try:
        with anvil() as url, Miner(Rpc(url)) as miner:
            miner.begun.set()
            Rpc(url).call("evm_setAutomine", False)
            shell.is_killed(url, Death(moment, heard), words)
            code, printed = shell.run(*words, "--network", f"ethereum:local:{url}")
            assert (code, "stands" in printed) == (0, True), printed
            code, printed = shell.run("check", "--town", path, "--network", f"ethereum:local:{url}")
            assert code == 0, printed
            sent = Rpc(url).number("eth_getTransactionCount", MAYOR.address, "latest")
            shell.run(*words, "--network", f"ethereum:local:{url}")
            assert Rpc(url).number("eth_getTransactionCount", MAYOR.address, "latest") == sent
    finally:
        manifest_path(31337, name).unlink(missing_ok=True)


SIGNING = {"signer", "concur", "clerk_acts", "register"}


def senders():
    """The scripts that sign."""
    for path in sorted((ROOT / "scripts").rglob("*.py")):
        calls = [it for it in ast.walk(ast.parse(path.read_text())) if isinstance(it, ast.Call)]
        if any(isinstance(it.func, ast.Attribute) and it.func.attr in SIGNING for it in calls):
            yield path.relative_to(ROOT / "scripts").as_posix()


ELSEWHERE = {"currency/succeed.py"}
"""It needs a town with two currencies: test_scripts_that_wait.py."""


def test_every_script_that_sends_is_killed_here():
    assert set(senders()) == {name.split()[0] for name in SCRIPTS} | ELSEWHERE
