"""A post office of the town, on a node of its own."""

import pytest

from beffroi.post.store import Store
from testbed.town import undone
from tests.support import mailroom
from tests.support.counter import open_counter


@pytest.fixture(scope="session")
def furnished(foundation):
    with foundation.standing() as town:
        yield mailroom.furnish(town)


@pytest.fixture
def room(furnished):
    with undone(furnished.rpc):
        yield furnished


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/post.db")
    yield store
    store.close()


@pytest.fixture
def counter(estate, tmp_path):
    with open_counter(estate, tmp_path) as counter:
        yield counter
