"""A ballot: accepted where it was made, and refused where it is copied, replayed or moved."""

from dataclasses import replace

import pytest
from ballot_workshop import EVALUATION, PARAMS, RULES, SECRET, VOTER, H, decrypt, params_of
from coincurve._libsecp256k1 import lib
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.ballots import group
from beffroi.ballots.ballot import CIPHERTEXT, make_ballot, split, verify_ballot
from beffroi.ballots.group import G, add, base, mul, neg, random_scalar
from beffroi.ballots.rules import M, Rule, RuleError, single_choice


@pytest.fixture(scope="module")
def ballot():
    return make_ballot(PARAMS, VOTER, 0, [M])


@pytest.mark.parametrize("name", RULES)
def test_a_ballot_of_each_rule_verifies_and_holds_its_messages(name):
    question, choice = RULES[name]
    params = params_of(question.rule)
    messages = question.messages(choice)
    ballot = make_ballot(params, VOTER, 2, messages)
    assert len(ballot.data) == question.rule.ballot_length
    assert verify_ballot(params, VOTER, 2, ballot.data)
    assert [decrypt(c) for c in split(ballot.data, question.rule.size)] == [base(m) for m in messages]


def test_every_message_of_a_set_of_six_is_provable():
    params = params_of(EVALUATION.rule)
    for message in EVALUATION.rule.sets[0]:
        assert verify_ballot(params, VOTER, 0, make_ballot(params, VOTER, 0, [message]).data)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 2**48 - 1), min_size=1, max_size=10, unique=True), st.data())
def test_any_set_is_provable_at_any_of_its_messages(messages, data):
    params = params_of(Rule((tuple(messages),), b"\x00"))
    ballot = make_ballot(params, VOTER, 0, [data.draw(st.sampled_from(messages))])
    assert verify_ballot(params, VOTER, 0, ballot.data)


def test_the_same_entropy_gives_the_same_bytes_and_another_context_none_in_common():
    entropy = b"\x05" * 32
    one, two = (make_ballot(PARAMS, VOTER, 0, [M], entropy) for _ in range(2))
    assert one.data == two.data
    for other in (
        make_ballot(PARAMS, VOTER, 1, [M], entropy),
        make_ballot(PARAMS, VOTER, 0, [1], entropy),
        make_ballot(PARAMS, b"\x01" * 20, 0, [M], entropy),
    ):
        assert other.data[:32] != one.data[:32]
    assert make_ballot(PARAMS, VOTER, 0, [M]).data != make_ballot(PARAMS, VOTER, 0, [M]).data


def test_little_entropy_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        make_ballot(PARAMS, VOTER, 0, [M], b"short")


def test_a_choice_that_the_rule_forbids_is_not_encrypted():
    for messages in ([2], [M + 1], [], [1, 0]):
        with pytest.raises(RuleError):
            make_ballot(PARAMS, VOTER, 0, messages)


def test_a_ballot_shows_neither_its_choice_nor_its_randomness(ballot):
    assert "opening" not in repr(ballot)
    assert str(ballot.opening.randomness[0]) not in repr(ballot)


def test_a_copied_ballot_is_refused(ballot):
    assert verify_ballot(PARAMS, VOTER, 0, ballot.data)
    assert not verify_ballot(PARAMS, b"\xb0" * 20, 0, ballot.data)


@pytest.mark.parametrize(
    "change",
    [
        {"chain_id": 1},
        {"contract": b"\x0d" * 20},
        {"consultation": 2},
        {"ceremonies": b"\xcf" * 20},
        {"ceremony": 2},
        {"h": base(SECRET + 1)},
        {"roll_root": b"\x09" * 32},
        {"roll_size": 101},
        {"opens_at": 0},
        {"closes_at": 9},
        {"tally_by": 9},
        {"secrecy_minimum": 2},
        {"question_hash": b"\x09" * 32},
        {"options_hash": b"\x09" * 32},
        {"rule": Rule(((1, M, 0), (5,)), b"\x00")},
        {"rule": Rule(((M, 1, 0),), b"\x00")},
    ],
)
def test_a_ballot_replayed_under_any_other_parameter_is_refused(ballot, change):
    assert not verify_ballot(replace(PARAMS, **change), VOTER, 0, ballot.data)


def test_a_ballot_replayed_as_a_later_one_is_refused(ballot):
    assert not verify_ballot(PARAMS, VOTER, 1, ballot.data)


def test_a_ballot_rerandomised_negated_or_moved_is_refused(ballot):
    (c1, c), rest = split(ballot.data, 1)[0], ballot.data[CIPHERTEXT:]
    s = random_scalar()
    for moved in (
        add(c1, base(s)) + add(c, mul(s, H)),
        neg(c1) + neg(c),
        c1 + neg(c),
        neg(c1) + c,
        c1 + add(c, G),
        c + c1,
        c1 + c1,
    ):
        assert not verify_ballot(PARAMS, VOTER, 0, moved + rest)


def test_every_choice_of_one_is_drawn_by_the_same_steps(monkeypatch):
    question = single_choice(3)
    params = params_of(question.rule)
    steps = []

    class Told:
        def __getattr__(self, name):
            steps.append(name)
            return getattr(lib, name)

    monkeypatch.setattr(group, "lib", Told())
    taken = []
    for choice in range(3):
        steps.clear()
        make_ballot(params, VOTER, 0, question.messages(choice), bytes(32))
        taken.append(tuple(steps))
    assert len(taken[0]) > 10
    assert len(set(taken)) == 1
