"""Rules: what a choice encrypts, what a rule forbids, and what totals mean."""

import pytest
from eth_abi import encode
from hypothesis import given
from hypothesis import strategies as st

from beffroi.ballots.rules import M, Question, Rule, RuleError, approval, points, single_choice

ABI = "(uint64[][],bytes,uint8)"


def added(question, choices):
    """The two counters of each total over these choices."""
    columns = zip(*(question.messages(choice) for choice in choices), strict=True)
    return [(sum(column) % M, sum(column) // M) for column in columns]


@given(st.integers(2, 9), st.data())
def test_single_choices_add_up_to_what_each_option_got(options, data):
    question = single_choice(options)
    choices = data.draw(st.lists(st.integers(0, options - 1), min_size=1, max_size=30))
    expected = [choices.count(option) for option in range(options)]
    assert question.results(added(question, choices), len(choices)) == expected


@given(st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=30))
def test_approvals_add_up(choices):
    question = approval(4)
    totals = added(question, [sorted(choice) for choice in choices])
    assert question.results(totals, len(choices)) == [sum(i in c for c in choices) for i in range(4)]


def test_points_add_up():
    question = points(3, 3, 7)
    assert question.results(added(question, [[3, 3, 1], [0, 2, 0]]), 2) == [3, 5, 1]


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        (single_choice(3), 3),
        (single_choice(3), -1),
        (single_choice(3), [0]),
        (approval(3, 1, 2), []),
        (approval(3, 1, 2), [0, 1, 2]),
        (approval(3), [3]),
        (approval(3), [1, 1]),
        (approval(3), 1),
        (points(3, 3, 7), [4, 0, 0]),
        (points(3, 3, 7), [3, 3, 2]),
        (points(3, 3, 7), [1, 1]),
    ],
)
def test_a_choice_that_the_rule_forbids_is_refused(question, choice):
    with pytest.raises(RuleError):
        question.messages(choice)


def test_totals_that_the_ballots_cannot_give_are_refused():
    with pytest.raises(RuleError, match="exceed"):
        single_choice(3).results([(2, 2)], 3)
    with pytest.raises(RuleError, match="exceed"):
        single_choice(2).results([(1, 1)], 3)
    with pytest.raises(RuleError, match="not zero"):
        approval(2).results([(1, 0), (1, 1)], 3)


@pytest.mark.parametrize(
    "fields",
    [
        ((), b"\x00", 0),
        (((1, 0),), b"", 0),
        (((1, 0),), b"\x01", 0),
        (((1, 0),), b"\x00", 2),
        (((),), b"\x00", 0),
        ((tuple(range(65)),), b"\x00", 0),
        (((M * M,),), b"\x00", 0),
        (((-1,),), b"\x00", 0),
        (((1, 0),), b"\x00" * 33, 0),
    ],
)
def test_a_malformed_rule_is_refused(fields):
    with pytest.raises(RuleError):
        Rule(*fields)


@pytest.mark.parametrize("bounds", [(2, 1), (-1, 2), (0, 4)])
def test_impossible_bounds_are_refused(bounds):
    with pytest.raises(RuleError):
        approval(3, *bounds)


@pytest.mark.parametrize("options", [1, 66])
def test_a_single_choice_has_2_to_65_options(options):
    with pytest.raises(RuleError):
        single_choice(options)


@given(
    st.lists(st.lists(st.integers(0, 2**48 - 1), min_size=1, max_size=8).map(tuple), min_size=1, max_size=5),
    st.data(),
)
def test_a_rule_is_encoded_as_the_abi_says(sets, data):
    set_of = bytes(data.draw(st.lists(st.integers(0, len(sets) - 1), min_size=1, max_size=32)))
    rule = Rule(tuple(sets), set_of, data.draw(st.integers(0, len(sets))))
    assert rule.encoded == encode([ABI], [rule.as_tuple()])
    assert Rule.from_tuple(rule.as_tuple()) == rule


def test_sizes_are_those_of_the_format():
    assert single_choice(2).rule.ballot_length == 288
    assert single_choice(3).rule.ballot_length == 320
    assert Rule(((0, 1, 2, 3, 4, 5),), b"\x00").ballot_length == 512


def test_counters_that_could_overflow_do_not_fit():
    rule = points(2, 3, 4).rule
    assert rule.fits((M - 1) // 3)
    assert not rule.fits((M - 1) // 3 + 1)
    assert not Question(Rule(((5 * M,),), b"\x00"), "points", 1).rule.fits(M // 5 + 1)
