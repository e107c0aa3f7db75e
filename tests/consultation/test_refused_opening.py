"""An opening that the chain refuses leaves no roll behind, and none in the place of another."""

from functools import partial

import pytest

from beffroi.chain.keys import Key
from beffroi.chain.sender import TransactionFailedError
from beffroi.cli.consultation import opening_roll
from beffroi.consultation.opening import Calendar, open_consultation, opening
from beffroi.errors import BeffroiError
from beffroi.residents import ResidentKind
from testbed.polls import HOUR_S, SUBJECT, hall_of
from testbed.town import ELSEWHERE

CITIZENS = [Key.derived("citizen", number) for number in range(5)]
STRANGER = ELSEWHERE[0]


@pytest.fixture
def attempt(town, tmp_path):
    """One attempt at opening; its roll is drawn now."""
    town.enrols(ResidentKind.CITIZEN, *CITIZENS)
    hall = hall_of(town)
    path, key = tmp_path / "roll.csv", hall.key()

    def attempt(officer=None, opens_in_s=HOUR_S):
        opens = hall.polls.now_s() + opens_in_s
        calendar = Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S)
        terms = {"ceremony": key, "subject": SUBJECT, "calendar": calendar, "secrecy_minimum": 5}
        act = partial(opening, hall.polls, **terms)
        signer = officer or hall.officer
        roll = opening_roll(
            hall.polls, town.residents, signer, path, [ResidentKind.CITIZEN], lambda it: act(roll=it)
        )  # fmt: skip
        return open_consultation(hall.polls, signer, roll=roll, **terms)

    attempt.path = path
    return attempt


@pytest.mark.parametrize(
    ("refused", "why"),
    [({"officer": STRANGER}, "nothing was sent"), ({"opens_in_s": -HOUR_S}, "the town's Rulebook refuses it")],
    ids=["a stranger opens it", "its first moment is past"],
)
def test_what_is_refused_writes_nothing(attempt, refused, why):
    with pytest.raises(BeffroiError, match=why):
        attempt(**refused)
    assert list(attempt.path.parent.iterdir()) == []


def test_what_is_refused_leaves_the_roll_of_another_consultation_as_it_was(attempt):
    attempt()
    before = attempt.path.read_bytes()
    with pytest.raises(TransactionFailedError, match="nothing was sent"):
        attempt(opens_in_s=2 * HOUR_S)  # the key is taken
    assert attempt.path.read_bytes() == before
