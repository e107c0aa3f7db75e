"""The town of all tests, founded once; on which node it stands; the people of it by name.

`town` is the library's: whatever a test does to it is undone. `estate` is the same with people who own land. `commune`
is ape's, where each test has a snapshot of its own.
"""

from pathlib import Path

import pytest
from ape import networks
from hypothesis import HealthCheck, settings

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from testbed import estate as estates
from testbed.town import Foundation, clear_pool, undone
from tests.support import commune as by_ape
from tests.support import mailroom

INSTALLED = ROOT / ".venv"

# How long an example takes says how loaded the machine is, and nothing of the code.
settings.register_profile("beffroi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("beffroi")


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(call, report):
    """Tells a failure by our own lines: after ape, which prints the locals of every library on the way."""

    def ours(error):
        return error.traceback.filter(lambda it: ROOT in (at := Path(it.path).parents) and INSTALLED not in at)

    if call.excinfo and not isinstance(report, pytest.CollectReport):
        report.longrepr = call.excinfo.getrepr(style="short", tbfilter=ours)


@pytest.fixture(scope="session")
def foundation():
    return Foundation.lay()


@pytest.fixture(scope="session")
def standing(foundation):
    with foundation.standing() as town:
        yield town


@pytest.fixture
def town(standing):
    """The town with nobody enrolled but its commons and the contract that holds deposits."""
    with undone(standing.rpc):
        yield standing


@pytest.fixture
def rpc(town):
    """A node."""
    return town.rpc


@pytest.fixture(scope="session")
def settled(foundation):
    with foundation.standing() as town:
        yield estates.settle(town)


@pytest.fixture
def estate(settled):
    """The town with people who own land."""
    with undone(settled.rpc):
        yield settled


@pytest.fixture(scope="session")
def furnished(foundation):
    with foundation.standing() as town:
        yield mailroom.furnish(town)


@pytest.fixture
def room(furnished):
    """The town with what a post office needs."""
    with undone(furnished.rpc):
        yield furnished


@pytest.fixture(scope="session")
def people(accounts):
    return by_ape.people(accounts)


@pytest.fixture(scope="session")
def commune(foundation, project, people):
    """The town by ape, where citizen and merchant hold 100.00 each."""
    return by_ape.settle(foundation.on(Rpc(networks.provider.uri)), project, people)


@pytest.fixture(autouse=True)
def _nothing_under_way(request):
    """Before ape takes its node back to where it was."""
    yield
    if "commune" in request.fixturenames:
        clear_pool(request.getfixturevalue("commune").at.rpc)


@pytest.fixture(scope="session")
def currency(commune):
    return commune.currency


@pytest.fixture(scope="session")
def residents(commune):
    return commune.residents


@pytest.fixture(scope="session")
def mayor(people):
    return people["mayor"]


@pytest.fixture(scope="session")
def registrar(people):
    return people["registrar"]


@pytest.fixture(scope="session")
def treasurer(people):
    return people["treasurer"]


@pytest.fixture(scope="session")
def auditor(people):
    return people["auditor"]


@pytest.fixture(scope="session")
def court(people):
    return people["court"]


@pytest.fixture(scope="session")
def guardian(people):
    return people["guardian"]


@pytest.fixture(scope="session")
def commons(people):
    return people["commons"]


@pytest.fixture(scope="session")
def citizen(people):
    return people["citizen"]


@pytest.fixture(scope="session")
def merchant(people):
    return people["merchant"]


@pytest.fixture(scope="session")
def stranger(people):
    return people["stranger"]


@pytest.fixture(scope="session")
def newcomer(people):
    return people["newcomer"]
