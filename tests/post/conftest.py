"""A post office of a small town, on a node of its own."""

import pytest

from beffroi.chain.rpc import Rpc
from beffroi.post.store import Store
from testbed.anvil import anvil
from tests.post.town import counter, estate, founded  # noqa: F401, fixtures
from tests.support import mailroom


@pytest.fixture(scope="session")
def post_node():
    with anvil() as url:
        yield Rpc(url)


@pytest.fixture(scope="session")
def _room(post_node):
    return mailroom.found(post_node)


@pytest.fixture
def room(_room):
    """The town as it was founded; what a test does to the chain is undone."""
    rpc = _room.rpc
    before = rpc.call("evm_snapshot")
    yield _room
    rpc.call("anvil_dropAllTransactions")
    rpc.call("evm_setAutomine", True)
    rpc.call("evm_revert", before)


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/post.db")
    yield store
    store.close()
