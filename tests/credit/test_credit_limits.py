"""Limits from a list: what differs is set, once; what cannot be set is told by line."""

from beffroi.chain.order import OrderState
from beffroi.credit import creditlimits
from beffroi.credit.creditlimits import CreditLimits, compare_limits, set_limits
from testbed.circle import FLOOR
from testbed.town import POSTER, REGISTRAR, TREASURER
from tests.credit.conftest import LEA, MARC, NORA, OMAR

LIST = [CreditLimits(LEA.address, 50_00, 60_00), CreditLimits(OMAR.address, 0, 900_00)]


def test_what_differs_is_set_and_a_second_run_sets_nothing(trade):
    trade.pays(OMAR, LEA, 20_00)
    assert trade.circle.standing(LEA.address).most_debt == FLOOR + 2_00, "a tenth of what she earned"
    plan = compare_limits(trade.circle, LIST)
    assert (plan.to_set, plan.already, plan.conflicts) == (LIST, [], {})
    told = []
    outcomes = set_limits(trade.circle, TREASURER, plan.to_set, told.append)
    assert [it.state for it in outcomes] == [OrderState.DONE]
    assert sum(told) == len(LIST)
    now = trade.circle.standing(LEA.address)
    assert (now.floor, now.ceiling, now.earned) == (50_00, 60_00, 0)
    trade.pays(NORA, LEA, 1)
    again = compare_limits(trade.circle, LIST)
    assert (again.to_set, again.already) == ([], LIST)
    assert trade.circle.standing(LEA.address).earned == 1, "and growth goes on"


def test_a_run_that_was_cut_short_goes_on_with_the_rest(trade, monkeypatch):
    monkeypatch.setattr(creditlimits, "LIMITS_IN_PART", 1)
    set_limits(trade.circle, TREASURER, LIST[:1])
    plan = compare_limits(trade.circle, LIST)
    assert plan.to_set == LIST[1:]
    assert len(set_limits(trade.circle, TREASURER, [*LIST, CreditLimits(NORA.address, 1, 2)])) == 3


def test_who_is_beyond_her_new_limits_is_named(trade):
    trade.pays(LEA, OMAR, 90_00)
    beyond = [CreditLimits(LEA.address, 40_00, 500_00), CreditLimits(OMAR.address, 0, 40_00)]
    within = CreditLimits(MARC.address, 1, 1)
    assert compare_limits(trade.circle, [*beyond, within]).cut == beyond


def test_what_cannot_be_set_is_told_by_line(trade):
    trade.town.does(REGISTRAR, trade.town.residents, "suspend", MARC.address, bytes(32))
    listed = [
        CreditLimits(LEA.address, 2, 1),
        CreditLimits(NORA.address, 1, 2**32),
        CreditLimits(OMAR.address, 1, 2),
        CreditLimits(OMAR.address, 1, 3),
        CreditLimits(MARC.address, 1, 2),
        CreditLimits(POSTER.address, 1, 2),
    ]
    plan = compare_limits(trade.circle, listed)
    assert plan.to_set == [listed[2]]
    assert [why.partition(":")[0] for why in plan.conflicts.values()] == [
        "the floor is above the ceiling",
        "a limit above 4,294,967,295 does not fit the contract",
        "this member stands in the list twice",
        f"{MARC.address} is no active member of the circle",
        f"{POSTER.address} is no active member of the circle",
    ]
    assert list(plan.conflicts) == [0, 1, 3, 4, 5]
