"""How many acts share a transaction."""

import pytest

from beffroi.chain import sizing
from beffroi.chain.sizing import BatchGas, most_by_sample, parts
from beffroi.chain.transaction import MAX_GAS, TooMuchGasError


def test_a_batch_of_like_acts_is_as_large_as_its_gas_allows():
    gas = BatchGas(each=75_000, base=50_000, limit=1_000_000, margin_percent=10)
    assert (gas.most, gas.cost(gas.most)) == (11, 875_000)
    assert gas.cost(gas.most + 1) > 900_000


def test_gas_too_scarce_for_one_act_is_refused():
    with pytest.raises(TooMuchGasError, match="a batch of one costs 135,000 gas and 90,000 may be used"):
        _ = BatchGas(each=75_000, limit=100_000).most


def test_no_batch_is_larger_than_a_transaction_may_be():
    gas = BatchGas(each=75_000)
    assert gas.cost(gas.most) <= MAX_GAS * 9 // 10 < gas.cost(gas.most + 1)


def test_what_a_few_cost_says_how_many_fit(monkeypatch):
    monkeypatch.setattr(sizing, "TARGET_GAS", 1_000_000)
    assert (most_by_sample(200_000, 10), most_by_sample(3_000_000, 2)) == (50, 1)


def test_acts_of_different_costs_are_parted_in_order():
    found = parts("abcdef", [40, 40, 40, 90, 10, 10], base=10, most_each=[3] * 6, limit=100)
    assert found == [("ab", 90), ("c", 50), ("d", 100), ("ef", 30)]


def test_no_more_share_a_transaction_than_they_may():
    assert parts("abcde", [1] * 5, base=0, most_each=[2] * 5, limit=100) == [("ab", 2), ("cd", 2), ("e", 1)]


def test_an_act_that_takes_little_company_is_given_no_more():
    found = parts("abcdef", [1] * 6, base=0, most_each=[4, 2, 4, 4, 1, 4], limit=100)
    assert [acts for acts, _ in found] == ["ab", "cd", "e", "f"]


def test_an_act_that_needs_too_much_goes_alone():
    assert parts("abc", [10, 500, 10], base=0, most_each=[9] * 3, limit=100) == [("a", 10), ("b", 500), ("c", 10)]


def test_of_nothing_nothing_is_made():
    assert parts([], [], most_each=[]) == []
