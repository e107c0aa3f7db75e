"""The demo's own town with its site and post office, once for all tests; a fresh browser for each person."""

import contextlib
import itertools
import os

import pytest
from rich.console import Console

from beffroi.chain.keys import Key
from beffroi.cli.narrator import TerminalNarrator
from beffroi.consultation.polls import Polls
from beffroi.demo import trustees
from beffroi.demo.land import HOUSE, NEXT_DOOR
from beffroi.demo.open_house import EARLY_VOTERS, LOSES_HER_KEY
from beffroi.demo.serving import build_site, served
from beffroi.demo.story import tell
from beffroi.land.registry import LandContracts
from beffroi.town.load import load_town
from beffroi.town.session import TOWNS
from beffroi.units import ETHER
from testbed.anvil import anvil
from testbed.browser.chromium import NoChromiumError, chromium
from testbed.browser.person import someone
from testbed.browser.setback import set_back
from tests.browser.harness import shots
from tests.browser.harness.circles import opened as opened_circles
from tests.browser.harness.paths import every_path


@pytest.fixture(scope="session")
def browser():
    try:
        with chromium() as running:
            yield running
    except NoChromiumError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def config():
    return load_town(TOWNS / "example.yaml")


@pytest.fixture(scope="session")
def stage(tmp_path_factory):
    """The town as the demo leaves it."""
    with anvil() as url, open(os.devnull, "w") as silence:
        yield tell(TerminalNarrator(Console(file=silence)), url, folder=tmp_path_factory.mktemp("deployments"))


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The dApp as a static host would have it, without a town."""
    folder = tmp_path_factory.mktemp("site")
    build_site(folder)
    return folder


@pytest.fixture(scope="session")
def town(stage, config, built):
    """Where the town is served, with its post office."""
    with served(stage, config, built) as places:
        yield places


@pytest.fixture
def a_week_later(town, stage):
    """The votes are over; all is as it was when the test is over."""
    with set_back(stage.rpc, town.office):
        stage.pass_days(8)
        yield


@pytest.fixture(scope="session")
def paths(stage, town):
    """Of every view."""
    return every_path(stage, town.post)


@pytest.fixture
def arrives(browser, town, stage):
    """Someone comes to the dApp: `arrives(key=…, language="en", phone=False)`; without a key she has no wallet."""
    with contextlib.ExitStack() as people:

        def arrives(**who):
            origins = {town.post, stage.rpc.url}
            return people.enter_context(someone(browser, town.site, origins, rpc=stage.rpc, **who))

        yield arrives


@pytest.fixture(scope="session")
def _circles(built, tmp_path_factory):
    with opened_circles(built, tmp_path_factory.mktemp("circles")) as circles:
        yield circles


@pytest.fixture
def circles(_circles):
    """A town with two circles of mutual credit, as it was when the test is over."""
    with set_back(_circles.town.rpc, _circles.places.office):
        yield _circles


@pytest.fixture
def joins(browser, circles):
    """Someone of that town at its site, with her wallet: `joins(key)` is a context."""

    def joins(key):
        rpc, places = circles.town.rpc, circles.places
        return someone(browser, places.site, {places.post, rpc.url}, rpc=rpc, key=key)

    return joins


@pytest.fixture
def as_it_was(town, stage):
    """The chain and the post office are so again when the test is over."""
    with set_back(stage.rpc, town.office):
        yield


@pytest.fixture(scope="module")
def offices(stage):
    return LandContracts.at(stage.rpc, stage.manifest)


@pytest.fixture(scope="module")
def _houses(stage, offices):
    """Built parcels free of everything, with their holders' keys; from the first: test_land sells from the last."""
    keys = {key.address: key for key in stage.people["citizen"]}
    built = [it.id for it in stage.papers.parcels if it.id.section == "AB" and it.id not in (HOUSE, NEXT_DOOR)]
    titles = zip(built, offices.titles([it.token_id for it in built]), strict=True)
    return iter([(parcel, keys[title.owner]) for parcel, title in titles if title.owner in keys])


@pytest.fixture
def house(_houses):
    return next(_houses)


@pytest.fixture
def polls(stage):
    return Polls.at(stage.rpc, stage.contract("Consultations").address, stage.manifest.start_block)


@pytest.fixture(scope="session")
def _citizens(stage):
    """Citizens who have money, are on every roll, have not voted yet, and whom no other test uses."""
    return iter(stage.people["citizen"][LOSES_HER_KEY + 1 : -EARLY_VOTERS])


@pytest.fixture(scope="session")
def _merchants(stage):
    return itertools.islice(stage.people["merchant"], 6, None)


@pytest.fixture
def citizen_key(_citizens):
    return next(_citizens)


@pytest.fixture
def other_citizen_key(_citizens):
    return next(_citizens)


@pytest.fixture
def merchant_key(_merchants):
    return next(_merchants)


@pytest.fixture(scope="session")
def office_key(stage):
    """The key of whoever holds an office."""
    return lambda office: Key(bytes(stage.office(office).key))


@pytest.fixture
def free_key(as_it_was, stage, polls):
    """The number of a ceremony whose key serves nothing yet."""
    return trustees.make_key(stage, polls)


@pytest.fixture
def returning_officer(arrives, office_key, stage):
    """The returning officer with her own wallet, before a view."""

    def returning_officer(path, **who):
        person = arrives(key=office_key("returning_officer"), **who).visits("/").connects()
        stage.rpc.call("anvil_setBalance", person.address, hex(ETHER))
        return person.goes(path)

    return returning_officer


@pytest.fixture(scope="session", autouse=True)
def _pictures():
    shots.clear()
    yield
    shots.write_index()
