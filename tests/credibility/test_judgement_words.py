"""A judgement in words: a level for each promise, what a ballot says, what the totals found."""

import pytest

from beffroi.ballots.rules import RuleError
from beffroi.consultation.polls import ConsultationError
from beffroi.credibility.evaluation import LEVELS, MESSAGES, Judgement, messages

ASKED = Judgement(
    "Mandate 3", ("promise 2: A school", "promise 5: A pool"), numbers=(2, 5), texts=("A school", "A pool")
)


@pytest.mark.parametrize("choice", ["kept; no opinion", "2=kept;5=no opinion", "5 = No opinion; 2 = Kept"])
def test_levels_are_given_in_order_or_by_the_promises_numbers(choice):
    assert ASKED.messages(choice) == messages([4, None])
    assert ASKED.held(ASKED.messages(choice)) == "promise 2: kept; promise 5: no opinion"


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_says_what_it_encrypts(level):
    chosen = ASKED.messages(f"{level}; broken")
    assert chosen[0] == MESSAGES[LEVELS.index(level)]
    assert ASKED.asked.rule.allows(chosen)
    assert ASKED.held(chosen) == f"promise 2: {level}; promise 5: broken"


@pytest.mark.parametrize("choice", ["", "kept", "kept; kept; kept", "2=kept", "2=kept; 2=kept", "1=kept; 2=kept",
                                    "2=kept; kept", "two=kept; 5=kept", "2=kept; 5=kept; 5=broken"])  # fmt: skip
def test_a_choice_that_leaves_a_promise_out_is_refused_with_all_of_them(choice):
    with pytest.raises(ConsultationError, match=r"(?s)one level for each .* promise 2: A school\n .*promise 5: A pool"):
        ASKED.messages(choice)


def test_a_promise_that_is_asked_twice_is_answered_in_order_or_not_at_all():
    twice = Judgement("Mandate 3", ("promise 2: A school",) * 2, numbers=(2, 2), texts=("A school",) * 2)
    assert twice.messages("kept; broken") == messages([4, 0])
    with pytest.raises(ConsultationError, match="one level for each promise"):
        twice.messages("2=kept; 2=broken")


@pytest.mark.parametrize("choice", ["kept; yes", "2=4; 5=kept", "kept; 1"])
def test_what_is_no_level_is_refused_with_all_of_them(choice):
    with pytest.raises(ConsultationError, match=r"there is no level .*broken, .*no opinion"):
        ASKED.messages(choice)


def test_the_totals_are_told_as_how_far_each_promise_is_kept():
    told = ASKED.got([(1_200, 1_200), (0, 0)], 1_300)
    assert told == ["kept at 75.0 %: 1,200 opinions, 1,200 of 4,800 missing", "nobody had an opinion"]


@pytest.mark.parametrize("totals", [[(11, 0), (0, 0)], [(10, 41), (0, 0)], [(0, 1), (0, 0)], [(1, 0)]])
def test_totals_that_so_many_ballots_cannot_hold_are_refused(totals):
    with pytest.raises(RuleError, match="exceed"):
        ASKED.got(totals, 10)
