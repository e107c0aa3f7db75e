"""The station that is attacked, on a town of its own; each test's own."""

import pytest

from testbed.polls import hall_of
from testbed.town import undone
from tests.adversaries.vote.station import Station


@pytest.fixture(scope="session")
def polling(foundation):
    with foundation.standing() as town:
        yield town


@pytest.fixture
def station(polling, tmp_path):
    with undone(polling.rpc):
        yield Station(hall_of(polling), tmp_path)


@pytest.fixture
def vote(station):
    """A vote that is over, in which all have voted."""
    vote, _ = station.consult(station.hall.key())
    station.hall.close(vote)
    return vote
