"""Each script that sends, its own process killed while no block comes, started again at once: done once.

A fee that rises meanwhile makes what was sent wait for longer, and no more. A script that compares with the chain goes
on by itself; any other says that its transactions were under way, and sends nothing.
"""

import ast
import os
import signal

import pytest
from ruamel.yaml import YAML

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.residents import ResidentKind
from beffroi.town.manifest import DEPLOYMENTS, manifest_path
from testbed.anvil import anvil
from testbed.town import AUDITOR, EXAMPLE, MAYOR, TREASURER, found, undone
from tests.cli.killable import PEOPLE, REFUSES, RESUMES, Miner, Place
from tests.support.flaky_proxy import Fault, flaky_proxy
from tests.support.mortal_shell import Death, MortalShell

CASES = [(name, True) for name in RESUMES | REFUSES] + [("currency/pay.py", False), ("currency/redeem.py", False)]
"""A script, and whether the node took its transaction; where none did, all of them only start anew."""


def town_file(folder, name):
    content = YAML().load(EXAMPLE.read_text())
    content.update(town=f"{name}-{os.getpid()}")
    path = folder / f"{name}.yaml"
    with path.open("w") as file:
        YAML().dump(content, file)
    return path, content["town"]


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    shell = MortalShell(tmp_path_factory.mktemp("shell"))
    yield shell
    shell.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A town where the mayor has money to pay with."""
    path, name = town_file(tmp_path_factory.mktemp("town"), "killed")
    try:
        with anvil() as url:
            town = found(Rpc(url), path, DEPLOYMENTS)
            town.enrols(ResidentKind.PROFESSIONAL, MAYOR)
            town.enrols(ResidentKind.CITIZEN, *PEOPLE)
            town.does(AUDITOR, town.currency, "attestReserve", 900_000, b"\1" * 32)
            town.does(TREASURER, town.currency, "issue", MAYOR.address, 100_000, b"\2" * 32)
            yield town, path
    finally:
        manifest_path(31337, name).unlink(missing_ok=True)


@pytest.fixture
def place(standing, tmp_path):
    town, path = standing
    with undone(town.rpc):
        yield Place(town, path, tmp_path)


def killed(shell, url, death, words):
    """A script whose node kills it."""
    with flaky_proxy(url, death.faults, death.lies) as node:
        death.process = shell.start(*words, "--network", f"ethereum:local:{node}")
        code, printed = shell.ended()
    assert code == -signal.SIGKILL, printed


def spike(rpc):
    """The base fee is beyond what was signed; with each empty block it falls by an eighth."""
    (block,) = rpc.batch([("eth_getBlockByNumber", ["latest", False])])
    rpc.call("anvil_setNextBlockBaseFeePerGas", hex(4 * int(block["baseFeePerGas"], 16)))


@pytest.mark.parametrize(("name", "heard"), CASES)
def test_killed_at_its_transaction_and_started_again_at_once_a_script_is_done_once(shell, place, name, heard):
    script = (RESUMES | REFUSES)[name]
    words, rpc = [*script.words(place), "--town", place.path], place.town.rpc
    rpc.call("evm_setAutomine", False)
    killed(shell, rpc.url, Death(1, heard), words)
    spike(rpc)
    with Miner(rpc) as miner, flaky_proxy(rpc.url, lambda _: Fault.NONE, miner.once_looked) as node:
        code, printed = shell.run(*words, "--network", f"ethereum:local:{node}")
    under_way = heard and name in REFUSES
    assert (code != 0, "see what they did before you start it again" in printed) == (under_way, under_way), printed
    script.once(place)


@pytest.mark.parametrize(("moment", "heard"), [(4, True)])
def test_a_deployment_that_is_killed_between_two_steps_does_the_rest(shell, tmp_path, moment, heard):
    path, name = town_file(tmp_path, "killed-deploy")
    words = ["deploy", "--town", path]
    try:
        with anvil() as url, Miner(Rpc(url)) as miner:
            miner.begun.set()
            Rpc(url).call("evm_setAutomine", False)
            killed(shell, url, Death(moment, heard), words)
            code, printed = shell.run(*words, "--network", f"ethereum:local:{url}")
            assert (code, "stands" in printed) == (0, True), printed
            code, printed = shell.run("check", "--town", path, "--network", f"ethereum:local:{url}")
            assert code == 0, printed
            sent = Rpc(url).number("eth_getTransactionCount", MAYOR.address, "latest")
            shell.run(*words, "--network", f"ethereum:local:{url}")
            assert Rpc(url).number("eth_getTransactionCount", MAYOR.address, "latest") == sent
    finally:
        manifest_path(31337, name).unlink(missing_ok=True)


ELSEWHERE = {"currency/succeed.py"}
"""It needs a town with two currencies: tests/town/test_succession.py cuts it short after each of its steps."""


def senders():
    """Of each script that signs, whether it says that it resumes."""
    for path in sorted((ROOT / "scripts").rglob("*.py")):
        calls = [it for it in ast.walk(ast.parse(path.read_text())) if isinstance(it, ast.Call)]
        signs = [it for it in calls if isinstance(it.func, ast.Attribute) and it.func.attr == "signer"]
        if signs:
            yield path.relative_to(ROOT / "scripts").as_posix(), any(it.keywords for it in signs)


def test_every_script_that_goes_on_by_itself_is_killed_here_and_one_of_each_folder_that_does_not():
    known = dict(senders())
    assert {name for name, resumes in known.items() if resumes} == RESUMES.keys() | ELSEWHERE
    assert {name.split("/")[0] for name, resumes in known.items() if not resumes} == {
        name.split("/")[0] for name in REFUSES
    }
    assert {name for name in REFUSES if known[name]} == set()
