"""The town with people who own land, and an adversary in each office, in each pair of them, and in none."""

import pytest

from testbed import estate as estates
from testbed.town import undone
from tests.adversaries.matrix import acts, appoint


@pytest.fixture(scope="session")
def occupied(foundation):
    with foundation.standing() as town:
        estate = estates.settle(town)
        yield estate, appoint(town, estate.bob)


@pytest.fixture(scope="session")
def actors(occupied):
    return occupied[1]


@pytest.fixture(scope="session")
def every_act(occupied):
    return acts(occupied[0].town)


@pytest.fixture
def scene(occupied):
    """Each test's own."""
    with undone(occupied[0].rpc):
        yield occupied[0]
