"""What each pays and is paid: zero-sum to the cent, from the rules and the public allocations alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.flows.energy.bills import CENT, bills
from beffroi.flows.energy.curves import Allocated, EnergyError
from beffroi.flows.energy.energyrules import MeterFee, PriceElement, TariffSlot
from tests.flows.energy.street import ALWAYS, AMINA, BRUNO, CLARA, DENIS, ORGANISER, meter_id, rules

RATES = st.one_of(st.just(0), st.integers(0, 400_000))
MEMBERS = (AMINA, BRUNO, CLARA, DENIS)


def gets(member, *wh, number=1):
    return Allocated(meter_id(number), member, "draws", wh)


def gives(member, *wh, number=2):
    return Allocated(meter_id(number), member, "injects", wh)


@st.composite
def worlds(draw):
    """Rules of up to three slots, and what up to six meters share by them."""
    count = draw(st.integers(1, 3))
    hours = [((it * 60, it * 60 + 60),) for it in range(count - 1)]
    slots = (*(TariffSlot(name=f"{it}", hours=it) for it in hours), ALWAYS)
    vat = st.integers(0, 2_500)
    rates = st.lists(RATES, min_size=count, max_size=count).map(tuple)
    payees = [draw(st.sampled_from(["producers", "organiser"])) for _ in range(draw(st.integers(1, 4)))]
    elements = tuple(
        PriceElement(name=f"e{place}", to=payee, rates=draw(rates), vat_bp=draw(vat))
        for place, payee in enumerate(payees)
    )
    by = draw(st.sampled_from(["draws", "injects", "each"]))
    fee = MeterFee(name="fee", by=by, cents=draw(st.integers(0, 999)), vat_bp=draw(vat))
    wh = st.lists(st.integers(0, 500_000), min_size=count, max_size=count)
    consumers = draw(st.lists(st.tuples(st.sampled_from(MEMBERS), wh), min_size=1, max_size=4))
    given = [gets(member, *row, number=9 + place) for place, (member, row) in enumerate(consumers)]
    whole = [sum(column) for column in zip(*(row for _, row in consumers), strict=True)]
    cut = [draw(st.integers(0, it)) for it in whole]
    given.append(gives(draw(st.sampled_from(MEMBERS)), *cut, number=1))
    given.append(gives(draw(st.sampled_from(MEMBERS)), *(a - b for a, b in zip(whole, cut, strict=True)), number=2))
    return rules(slots=slots, elements=elements, fees=(fee,)), given, draw(st.sampled_from([*MEMBERS, ORGANISER]))


def test_a_consumer_pays_energy_margin_fee_and_their_vat():
    # 10 kWh by day: 1.20 € to who gives it, 10 ct of margin and 1 € of fee, each with 20 % of VAT.
    found = bills(rules(), [gets(AMINA, 10_000, 0), gives(BRUNO, 10_000, 0)], ORGANISER)

    assert dict(found.lines) == {AMINA: 120 + 12 + 120, BRUNO: -120, ORGANISER: -132}
    assert found.of(AMINA).cents == ((120, 0), (10, 2), (100, 20))
    assert [(it.name, it.slot, it.wh) for it in found.of(AMINA).items] == [
        ("energy", 0, 10_000), ("margin", 0, 10_000), ("membership", None, 0),
    ]  # fmt: skip
    assert found.of(ORGANISER).cents == ((-10, -2), (-100, -20))


def test_each_slot_has_its_price():
    found = bills(rules(fees=()), [gets(AMINA, 1_000, 2_000), gives(BRUNO, 1_000, 2_000)], ORGANISER)

    assert found.of(BRUNO).amount_cents == -(12 + 18)
    assert [it.slot for it in found.of(BRUNO).items] == [0, 1]


def test_what_producers_are_paid_follows_what_each_of_them_gave():
    given = [gets(AMINA, 4_000, 0), gives(BRUNO, 1_000, 0, number=2), gives(CLARA, 3_000, 0, number=3)]
    found = dict(bills(rules(fees=()), given, ORGANISER).lines)

    assert (found[BRUNO], found[CLARA]) == (-12, -36)


def test_the_vat_of_a_producer_goes_to_her_with_the_price():
    energy = PriceElement(name="energy", to="producers", rates=(100_000,), vat_bp=2_000)
    found = bills(
        rules(slots=(ALWAYS,), elements=(energy,), fees=()), [gets(AMINA, 10_000), gives(BRUNO, 10_000)], AMINA
    )

    assert found.lines == [(AMINA, 120), (BRUNO, -120)]
    assert found.of(BRUNO).cents == ((-100, -20),)


def test_a_home_with_panels_has_one_line_of_both_meters():
    given = [gets(AMINA, 10_000, 0), gives(AMINA, 4_000, 0), gives(BRUNO, 6_000, 0, number=3)]
    found = bills(rules(fees=()), given, ORGANISER)

    assert dict(found.lines)[AMINA] == 120 + 12 - 48
    assert {it.meter for it in found.of(AMINA).items} == {meter_id(1), meter_id(2)}


def test_lines_rise_by_address_whatever_the_capitals_and_none_is_of_nothing():
    given = [gets(DENIS, 0, 0), gets(BRUNO.lower(), 900, 0, number=3), gives(AMINA, 900, 0)]
    found = bills(rules(fees=()), given, BRUNO.upper().replace("X", "x"))

    assert [member for member, _ in found.lines] == [AMINA, BRUNO]
    assert found.of(DENIS).amount_cents == 0
    assert found.of(BRUNO).amount_cents == -found.of(AMINA).amount_cents


@pytest.mark.parametrize(("by", "owed"), [("draws", (120, 0)), ("injects", (0, 120)), ("each", (120, 120))])
def test_a_fee_is_due_by_the_meters_it_is_meant_for(by, owed):
    fee = MeterFee(name="f", by=by, cents=100, vat_bp=2_000)
    found = bills(rules(fees=(fee,)), [gets(AMINA, 0, 0), gives(BRUNO, 0, 0)], ORGANISER)

    assert (found.of(AMINA).amount_cents, found.of(BRUNO).amount_cents) == owed
    assert found.of(ORGANISER).amount_cents == -sum(owed)


@given(worlds())
def test_all_lines_make_nothing_each_within_a_cent_of_what_is_exact_and_of_its_items(world):
    found = bills(*world)

    assert sum(cents for _, cents in found.lines) == 0
    assert sum(it.exact + it.exact_vat for bill in found.bills for it in bill.items) == 0
    for bill in found.bills:
        exact = sum(it.exact + it.exact_vat for it in bill.items)
        assert abs(bill.amount_cents * CENT - exact) < CENT
        assert sum(net + vat for net, vat in bill.cents) == bill.amount_cents
        for (net, vat), it in zip(bill.cents, bill.items, strict=True):
            assert abs(net * CENT - it.exact) < CENT
            assert abs(vat * CENT - it.exact_vat) < CENT


def test_a_shifted_watt_hour_is_refused():
    with pytest.raises(EnergyError, match="peak: 10,000 Wh were given to consumers and 9,999 Wh by producers"):
        bills(rules(), [gets(AMINA, 10_000, 0), gives(BRUNO, 9_999, 0)], ORGANISER)


def test_allocations_of_other_slots_than_the_rules_are_refused():
    with pytest.raises(EnergyError, match="2 slots, as the rules have"):
        bills(rules(), [gets(AMINA, 0), gives(BRUNO, 0)], ORGANISER)


def test_who_has_no_meter_has_no_bill():
    with pytest.raises(EnergyError, match="no meter in this period"):
        bills(rules(), [gets(AMINA, 0, 0)], ORGANISER).of(CLARA)
