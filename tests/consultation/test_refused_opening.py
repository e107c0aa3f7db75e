"""An opening that the chain refuses leaves no roll behind, and none in the place of another."""

from functools import partial

import pytest

from beffroi.chain.sender import TransactionFailedError
from beffroi.cli.consultation import opening_roll
from beffroi.consultation.opening import Calendar, open_consultation, opening
from beffroi.residents import ResidentKind
from testbed.polls import HOUR_S, SUBJECT, hall_of
from testbed.town import ELSEWHERE

CITIZEN, STRANGER = ELSEWHERE[:2]


@pytest.fixture
def attempt(town, tmp_path):
    """One attempt at opening; its roll is drawn now."""
    town.enrols(ResidentKind.CITIZEN, CITIZEN)
    hall = hall_of(town)
    path, key = tmp_path / "roll.csv", hall.key()

    def attempt(officer=None, opens_in_s=HOUR_S):
        opens = hall.polls.now_s() + opens_in_s
        calendar = Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S)
        terms = {"ceremony": key, "subject": SUBJECT, "calendar": calendar, "secrecy_minimum": 1}
        act = partial(opening, hall.polls, **terms)
        signer = officer or hall.officer
        roll = opening_roll(
            hall.polls, town.residents, signer, path, [ResidentKind.CITIZEN], lambda it: act(roll=it)
        )  # fmt: skip
        return open_consultation(hall.polls, signer, roll=roll, **terms)

    attempt.path = path
    return attempt


@pytest.mark.parametrize(
    "refused",
    [{"officer": STRANGER}, {"opens_in_s": -HOUR_S}],
    ids=["a stranger opens it", "its first moment is past"],
)
def test_what_is_refused_writes_nothing(attempt, refused):
    with pytest.raises(TransactionFailedError, match="nothing was sent"):
        attempt(**refused)
    assert list(attempt.path.parent.iterdir()) == []


def test_what_is_refused_leaves_the_roll_of_another_consultation_as_it_was(attempt):
    attempt()
    before = attempt.path.read_bytes()
    with pytest.raises(TransactionFailedError, match="nothing was sent"):
        attempt()  # the key is taken
    assert attempt.path.read_bytes() == before
