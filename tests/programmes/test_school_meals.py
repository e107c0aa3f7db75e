"""School meals: 1,200 pupils, sixty days, a meal a day each; what is not eaten goes back, a sheet eats once a day."""

import pytest

from beffroi.chain.keys import Key
from beffroi.chain.order import RevertsError
from beffroi.residents import ResidentKind
from testbed.aid import Shape, aid
from testbed.town import POSTER

PUPILS, DAYS, MEAL_CENTS, AT_ONCE = 1_200, 60, 4_50, 100
MEALS = Shape(DAYS, period_h=24, unit_cents=MEAL_CENTS)
SCHOOLS = Key.derived("meals", "schools")
CANTEENS = [Key.derived("meals", f"canteen {number}") for number in range(4)]
SEEDS = {number.to_bytes(16, "big"): 1 for number in range(PUPILS)}


def eat(programme, pupils, nonce, *, is_first=False):
    """One meal each, at the canteen of her school; the errors of those who are refused."""
    refused = []
    for first in range(0, len(pupils), AT_ONCE):
        part = [programme.keys[it] for it in pupils[first : first + AT_ONCE]]
        bought = [(key, CANTEENS[it * 4 // PUPILS], 1, nonce) for it, key in zip(pupils[first:], part, strict=False)]
        refused += programme.spends(bought, shown=part if is_first else ())
    return refused


@pytest.fixture
def programme(town):
    opened = aid(town, SCHOOLS, MEALS, SEEDS)
    town.enrols(ResidentKind.PROFESSIONAL, *CANTEENS)
    opened.accredits(*CANTEENS)
    return opened


def test_a_term_of_meals_is_eaten_and_the_rest_goes_back(programme):
    everybody = list(range(PUPILS))
    programme.reaches(0)
    assert eat(programme, everybody, 0, is_first=True) == []
    assert [programme.balance(it) for it in CANTEENS] == [300 * MEAL_CENTS] * 4
    programme.reaches(DAYS - 1)
    ill = everybody[::10]
    assert eat(programme, [it for it in everybody if it not in ill], 1) == []
    programme.reaches(DAYS)
    programme.does(POSTER, "reclaim")
    eaten = PUPILS + PUPILS - len(ill)
    assert programme.balance(SCHOOLS) == (PUPILS * DAYS - eaten) * MEAL_CENTS
    assert programme.balance(programme.contract) == 0


def test_a_sheet_that_was_photographed_eats_one_meal_a_day_until_it_is_void(programme):
    programme.reaches(0)
    assert eat(programme, [7], 0, is_first=True) == [], "whoever has the photograph, first"
    assert eat(programme, [7], 1) == ["Programmes_AllowanceExceeded"], "and the pupil, for today"
    programme.reaches(1)
    assert eat(programme, [7], 1) == []
    programme.does(SCHOOLS, "void", programme.keys[7].address)
    programme.reaches(2)
    assert eat(programme, [7], 2) == ["Programmes_Voided"]
    assert [programme.balance(it) for it in CANTEENS] == [2 * MEAL_CENTS, 0, 0, 0]


def test_yesterdays_slip_eats_nothing_of_today_and_half_a_meal_is_not_paid_in(programme):
    programme.reaches(0)
    late = programme.spend(programme.keys[3], CANTEENS[0], 1, 0)
    programme.reaches(1)
    place = programme.roll.place(programme.keys[3].address)
    with pytest.raises(RevertsError, match="SlipActs_SlipExpired"):
        programme.does(POSTER, "spend", late, [place])
    with pytest.raises(RevertsError, match="Programmes_NotWholeUnits"):
        programme.does(SCHOOLS, "fund", MEAL_CENTS // 2)
