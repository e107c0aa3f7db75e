"""The argument of `docs/vote-soundness.md` where its attack can be run, and its figures as the document quotes them."""

import random
from dataclasses import replace
from math import sqrt
from statistics import mean

import pytest

from beffroi.chain.artifacts import ROOT
from bench import ballot_bounds, toy_forgery
from bench.toy_forgery import PLAINTEXT, SIZES, Forger, Toy, measure, predicted, verify

DOCUMENT = (ROOT / "docs" / "vote-soundness.md").read_text(encoding="utf-8")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def altered(part):
    yield replace(part, share=part.share ^ 1)
    yield replace(part, z=part.z + 1)
    for place, seed in enumerate(part.seeds):
        yield replace(part, seeds=(*part.seeds[:place], seed ^ 1, *part.seeds[place + 1 :]))


@pytest.mark.parametrize("size", SIZES)
def test_a_false_ballot_is_found_at_the_price_of_a_collision_whatever_the_number_of_messages(size):
    costs = {bits: measure(bits, size, trials=24) for bits in (12, 16, 20)}
    assert all(0.6 < cost / predicted(bits) < 1.7 for bits, cost in costs.items()), costs


def test_sixteen_messages_are_no_easier_than_three():
    three, sixteen = (mean(measure(bits, size, 24) for bits in (14, 18)) for size in (3, 16))
    assert 0.6 < sixteen / three < 1.7


@pytest.mark.parametrize("size", SIZES)
def test_what_the_forger_makes_is_accepted_for_what_it_is_not_and_nothing_near_it_is(size):
    toy = Toy(16)
    forger = Forger(toy, size, random.Random(size))
    proof = forger.forge()
    assert PLAINTEXT not in forger.what.messages
    assert verify(toy, forger.what, proof)
    for place, part in enumerate(proof):
        for changed in altered(part):
            assert not verify(toy, forger.what, [*proof[:place], changed, *proof[place + 1 :]])
    assert not verify(toy, replace(forger.what, c=forger.what.c * toy.generator % toy.modulus), proof)


def test_two_messages_are_not_attacked():
    with pytest.raises(ValueError, match="a group of three"):
        Forger(Toy(12), 2, random.Random(1))


def test_a_toy_group_has_the_prime_order_it_says():
    toy = Toy(14)
    assert all(toy.order % divisor for divisor in range(2, int(sqrt(toy.order)) + 1))
    assert toy.order.bit_length() == 14
    assert toy.generator != 1
    assert toy.power(toy.generator, toy.order) == 1


@pytest.mark.parametrize("messages", ballot_bounds.SETS)
def test_the_document_says_what_the_bound_evaluates_to(messages):
    proven = int(ballot_bounds.proven(messages))
    row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| {messages} |"))
    assert row.split("|")[2].strip() == f"2{str(proven).translate(SUPERSCRIPTS)}"


def test_the_bound_of_many_messages_is_near_that_of_three():
    three, *more = (ballot_bounds.proven(messages) for messages in ballot_bounds.SETS)
    assert all(three - 4 < bound <= three for bound in more)


def test_the_document_quotes_the_smallest_measured_group(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["toy_forgery", "--trials", "16", "16"])
    toy_forgery.main()
    for line in capsys.readouterr().out.splitlines():
        assert line in DOCUMENT
