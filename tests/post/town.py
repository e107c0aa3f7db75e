"""A town and a counter for each test that asks for one."""

import pytest

from beffroi.chain.rpc import Rpc
from testbed import estate as estates
from testbed.anvil import anvil
from tests.support.counter import open_counter


@pytest.fixture(scope="package")
def founded(tmp_path_factory):
    with anvil() as url:
        yield estates.found(Rpc(url), tmp_path_factory.mktemp("deployments"))


@pytest.fixture
def estate(founded):
    before = founded.rpc.call("evm_snapshot")
    yield founded
    founded.rpc.call("evm_revert", before)


@pytest.fixture
def counter(estate, tmp_path):
    with open_counter(estate, tmp_path) as counter:
        yield counter
