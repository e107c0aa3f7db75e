"""A post office of the town, on a node of its own."""

import pytest

from beffroi.post.store import Store
from tests.support.counter import open_counter


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/post.db")
    yield store
    store.close()


@pytest.fixture
def counter(estate, tmp_path):
    with open_counter(estate, tmp_path) as counter:
        yield counter
