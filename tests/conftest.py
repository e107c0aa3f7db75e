"""Two towns to test on: one by ape, with the people of the town by name; one on a bare node, for the library.

By ape the town is deployed once, each test on its own snapshot. `node`, `rpc` and `hall`: the same on a bare node.
"""

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from testbed.anvil import anvil
from tests.support import commune as by_ape
from tests.support import hall as by_node

NAMES = [
    "mayor", "registrar", "treasurer", "auditor", "court", "guardian", "commons",
    "citizen", "merchant", "stranger", "newcomer",
]  # fmt: skip

INSTALLED = ROOT / ".venv"


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(call, report):
    """Tells a failure by our own lines: after ape, which prints the locals of every library on the way."""

    def ours(error):
        return error.traceback.filter(lambda it: ROOT in it.path.parents and INSTALLED not in it.path.parents)

    if call.excinfo and not isinstance(report, pytest.CollectReport):
        report.longrepr = call.excinfo.getrepr(style="short", tbfilter=ours)


@pytest.fixture(scope="session")
def people(accounts):
    return dict(zip(NAMES, accounts, strict=False))


@pytest.fixture(scope="session")
def commune(project, people):
    return by_ape.found(project, people)


@pytest.fixture(scope="session")
def currency(commune):
    return commune.currency


@pytest.fixture(scope="session")
def residents(commune):
    return commune.residents


def _person(name):
    @pytest.fixture(scope="session", name=name)
    def person(people):
        return people[name]

    return person


for _name in NAMES:
    globals()[_name] = _person(_name)


@pytest.fixture(scope="session")
def node():
    with anvil() as url:
        yield Rpc(url)


@pytest.fixture
def rpc(node):
    """The node, as it was before the test when the test is over."""
    before = node.call("evm_snapshot")
    yield node
    node.call("anvil_dropAllTransactions")
    node.call("evm_revert", before)


@pytest.fixture
def hall(rpc):
    """A town hall with nobody enrolled but the commons."""
    return by_node.found(rpc)
