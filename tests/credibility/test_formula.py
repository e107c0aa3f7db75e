"""The burns and cuts of Python are those of the vectors that Solidity reads too."""

import json
import random
from pathlib import Path

import pytest

from beffroi.credibility.electorate import count, opinions
from beffroi.credibility.evaluation import MESSAGES, messages
from beffroi.credibility.formula import FIFTY_MILLION, burn, even_weights, score_percent, stakes, unjudged
from tests.vectors import make_credibility

VECTORS = Path(make_credibility.__file__).with_name("credibility.json")


def test_every_burn_of_the_vectors():
    burns = json.loads(VECTORS.read_text())["burns"]
    names = ("stake", "opinions", "missing", "roll", "floor_bps", "burnt")
    cases = list(zip(*(map(int, burns[name]) for name in names), strict=True))

    assert len(cases) > 100
    assert [burn(*case[:5]) for case in cases] == [case[5] for case in cases]


def test_what_nobody_judged_of_the_vectors_and_it_never_exceeds_what_is_left():
    burns = json.loads(VECTORS.read_text())["burns"]
    names = ("stake", "opinions", "roll", "floor_bps", "unjudged", "burnt")
    cases = list(zip(*(map(int, burns[name]) for name in names), strict=True))

    assert [unjudged(*case[:4]) for case in cases] == [case[4] for case in cases]
    assert any(0 < case[4] < case[0] for case in cases)
    assert all(left + burnt <= stake for stake, *_, left, burnt in cases)


def test_of_a_promise_that_nobody_has_an_opinion_on_all_is_unjudged():
    assert unjudged(1_000_000, 0, 2_000, 100) == 1_000_000
    assert unjudged(1_000_000, 19, 2_000, 100) == 50_000
    assert unjudged(1_000_000, 20, 2_000, 100) == 0
    assert score_percent(0, 0) is None


def test_every_cut_of_the_vectors():
    cuts = json.loads(VECTORS.read_text())["cuts"]

    assert len(cuts["supply"]) > 20
    for supply, weights, parts in zip(cuts["supply"], cuts["weights_bps"], cuts["stakes"], strict=True):
        assert stakes(int(supply), list(map(int, weights))) == tuple(map(int, parts))


def test_the_vectors_are_what_rational_arithmetic_gives():
    assert make_credibility.vectors(random.Random(2018)) == json.loads(VECTORS.read_text())


def test_half_kept_burns_twenty_five_of_fifty_million():
    parts = stakes(FIFTY_MILLION, even_weights(10))
    burnt = [burn(part, 600, 2_400 if place < 5 else 0, 2_000, 100) for place, part in enumerate(parts)]

    assert sum(burnt) == 25_000_000


def test_one_voter_alone_burns_a_twentieth_of_a_promise_at_most_in_a_town_of_two_thousand():
    assert burn(1_000_000, 1, 4, 2_000, 100) == 50_000
    assert burn(1_000_000, 1, 0, 2_000, 100) == 0


@pytest.mark.parametrize("case", [(1, 1, 5, 10, 100), (1, 11, 0, 10, 100), (-1, 1, 1, 10, 100)])
def test_what_no_evaluation_can_say_is_refused(case):
    with pytest.raises(ValueError, match="no evaluation"):
        burn(*case)


@pytest.mark.parametrize("weights", [[9_999], [5_000, 5_001], [10_001, -1]])
def test_weights_that_do_not_sum_to_the_whole_are_refused(weights):
    with pytest.raises(ValueError, match="weights sum"):
        stakes(100, weights)


@pytest.mark.parametrize("percent", [0, 10, 50, 75, 100])
def test_the_electorate_stands_for_the_percentage(percent):
    given, missing = count(opinions(percent, 20_000, random.Random(1)))

    assert given == pytest.approx(16_000, rel=0.02)
    assert score_percent(given, missing) == pytest.approx(percent, abs=1)


def test_an_electorate_of_impossible_percentages_is_refused():
    with pytest.raises(ValueError, match="percentages"):
        opinions(101, 10, random.Random(1))


def test_a_ballot_says_how_many_judged_and_what_they_miss():
    levels = [0, 1, 2, 3, 4, None]
    total = sum(messages(levels))

    assert (total % (1 << 24), total >> 24) == count(levels)
    assert len(set(MESSAGES)) == 6


@pytest.mark.parametrize("level", [-1, 5])
def test_a_level_that_is_none_is_refused(level):
    with pytest.raises(ValueError, match="level"):
        messages([level])
