"""The rules of an operation: when each slot holds, and the one text whose hash the members sign."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from eth_utils.crypto import keccak
from pydantic import ValidationError

from beffroi.flows.energy.curves import EnergyError
from beffroi.flows.energy.energyrules import MeterFee, PriceElement, TariffSlot, rules_of, slots, slots_from
from tests.flows.energy.street import ALWAYS, AMINA, NIGHT, PEAK, curves, draws, rules

PARIS = ZoneInfo("Europe/Paris")
ENERGY = PriceElement(name="energy", to="producers", rates=(1,))


def paris_s(*moment, fold=0):
    return int(datetime(*moment, tzinfo=PARIS, fold=fold).timestamp())


def slot_name(told, *moment):
    return told.slots[told.slot_at(paris_s(*moment))].name


def test_a_step_belongs_to_the_slot_in_which_it_begins():
    assert slot_name(rules(), 2026, 11, 30, 5, 59) == "night"
    assert slot_name(rules(), 2026, 11, 30, 6, 0) == "peak"
    assert slot_name(rules(), 2026, 11, 30, 21, 59) == "peak"
    assert slot_name(rules(), 2026, 11, 30, 22, 0) == "night"


def test_hours_are_local_in_summer_and_in_winter():
    street = curves(draws(AMINA, *[0] * 8), start_s=paris_s(2026, 7, 1, 5))
    assert slots(rules(), street) == (1, 1, 1, 1, 0, 0, 0, 0)
    assert slots_from(rules(), paris_s(2026, 1, 1, 5), 900, 8) == (1, 1, 1, 1, 0, 0, 0, 0)


def test_the_hour_that_comes_twice_counts_twice_and_the_one_that_does_not_come_never():
    dawn = rules(slots=(TariffSlot(name="peak", hours=((120, 180),)), NIGHT))
    october = slots_from(dawn, paris_s(2026, 10, 25), 3_600, 25)
    march = slots_from(dawn, paris_s(2026, 3, 29), 3_600, 23)

    assert [hour for hour, slot in enumerate(october) if slot == 0] == [2, 3]
    assert 0 not in march


def test_the_first_slot_that_holds_is_the_steps():
    told = rules(
        slots=(
            TariffSlot(name="winter sunday", months=(1, 2, 12), days=(7,)),
            TariffSlot(name="winter", months=(1, 2, 12), hours=((0, 60), (1_380, 1_440))),
            ALWAYS,
        ),
        elements=(ENERGY.model_copy(update={"rates": (1, 2, 3)}),),
    )
    assert slot_name(told, 2026, 12, 6, 12) == "winter sunday"
    assert slot_name(told, 2026, 12, 7, 23, 30) == "winter"
    assert slot_name(told, 2026, 12, 7, 12) == "always"
    assert slot_name(told, 2026, 6, 7, 12) == "always"


def test_the_text_is_one_and_tells_the_rules_again():
    text = rules().canonical()

    assert rules_of(text) == rules()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert rules().rules_hash == keccak(text.encode())


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Rue des Ormes"}, {"timezone": "UTC"}, {"key": "static"}, {"fees": ()},
        {"slots": (TariffSlot(name="peak", hours=((6 * 60, 22 * 60 - 1),)), NIGHT)},
        {"fees": (MeterFee(name="membership", by="draws", cents=101, vat_bp=2_000),)},
    ],
)  # fmt: skip
def test_another_rule_has_another_hash(changed):
    assert rules(**changed).rules_hash != rules().rules_hash


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"slots": (PEAK,), "elements": (ENERGY,)}, "no slot holds at 00:00 on day 1 of the week in month 1"),
        ({"slots": (ALWAYS, NIGHT)}, "the slot 'night' never holds"),
        ({"slots": (PEAK, PEAK, NIGHT)}, "have one name"),
        ({"fees": (MeterFee(name="energy", by="each", cents=1),)}, "have one name"),
        ({"elements": (ENERGY,)}, "'energy' has 1 rates for 2 slots: one each"),
        ({"timezone": "Europe/Valombre"}, "no time zone that tzdata names"),
        ({"timezone": "../etc"}, "no time zone that tzdata names"),
        ({"key": "alphabetical"}, "'default', 'static', 'simple' or 'full'"),
        ({"slots": ()}, "at least 1 item"),
        ({"name": "Rue\u202e des Tilleuls"}, "one line of text"),
        ({"name": "Rue\ndes Tilleuls"}, "one line of text"),
        ({"name": " Rue des Tilleuls"}, "one line of text"),
        ({"night": 3}, "Extra inputs"),
    ],
)
def test_rules_that_leave_a_time_or_a_price_open_are_refused(changed, why):
    with pytest.raises(ValidationError, match=why):
        rules(**changed)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"hours": ((1_320, 360),)}, "22:00-06:00 is two"),
        ({"months": (2, 1)}, "rise"),
        ({"days": (1, 1)}, "rise"),
        ({"months": (13,)}, "less than or equal to 12"),
        ({"hours": ((0, 1_441),)}, "less than or equal to 1440"),
        ({"months": ()}, "at least 1 item"),
    ],
)
def test_a_slot_that_is_no_part_of_the_year_is_refused(changed, why):
    with pytest.raises(ValidationError, match=why):
        TariffSlot(name="odd", **changed)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[1", "no JSON"),
        ("{}", "name: Field required"),
        ('{"name":"a","name":"b"}', "stands twice"),
        (rules().canonical() + " ", "not in their canonical text"),
        (rules().canonical().replace('"vat_bp":2000', '"vat_bp":2000.0'), "valid integer|canonical"),
        (rules().canonical().replace("120000", '"120000"'), "elements.0.rates.0: Input should be a valid integer"),
        (rules().canonical().replace("120000", "-1"), "greater than or equal to 0"),
        (rules(fees=()).canonical().replace('"fees":[],', ""), "not in their canonical text"),
    ],
)
def test_a_strangers_text_of_rules_is_read_strictly(text, why):
    with pytest.raises(EnergyError, match=why):
        rules_of(text)
