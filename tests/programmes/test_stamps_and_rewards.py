"""A shop's stamps, rewards for verified acts, a voucher for bicycles: each with an attack of its own."""

import pytest

from beffroi.chain.bulk import carry_out
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState, RevertsError
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmekeys import key_of
from beffroi.residents import ResidentKind
from testbed.aid import BICYCLES, FOOD, Shape, aid
from testbed.town import POSTER

CAFE, GROCER, MENDER = (Key.derived("uses", name) for name in ("café", "grocer", "bicycle mender"))
LIBRARY, RIVER = (Key.derived("uses", name) for name in ("library", "friends of the river"))
TOWN_HALL = Key.derived("uses", "town hall")
YEAR_H = 365 * 24


GUESTS, HELPERS, RIDERS, AT_ONCE = 100, 100, 500, 100


def _granted(programme, granter, holders, units):
    """Each holder's, for an act of her own, in the order of holders."""
    acts = [number.to_bytes(32) for number in range(1, len(holders) + 1)]
    rows = [programme.grant(granter, holder, units, act) for holder, act in zip(holders, acts, strict=True)]
    contract = programme.contract
    orders = [Order(POSTER, contract.address, contract.encode("grant", programme.name, it), 0, "grant") for it in rows]
    assert {it.state for it in carry_out(programme.town.rpc, orders)} == {OrderState.DONE}


def _spent(programme, holders, shops, units, *, shown=False):
    """Each holder's first spend, at the shops in turn; the errors of those that were refused."""
    refused = []
    for first in range(0, len(holders), AT_ONCE):
        part = holders[first : first + AT_ONCE]
        bought = [(holder, shops[place % len(shops)], units, 0) for place, holder in enumerate(part)]
        refused += programme.spends(bought, shown=part if shown else ())
    return refused


def receipts(count, of="coffee"):
    """Hashes of what units are granted for."""
    return [f"{of} {number}".encode().ljust(32, b"\0") for number in range(count)]


@pytest.fixture
def stamps(town):
    """A café's: a stamp a coffee, ten for one more; there is no roll."""
    opened = aid(town, CAFE, Shape(1, YEAR_H, unit_cents=0), {})
    opened.accredits(CAFE)
    opened.does(CAFE, "allow", CAFE.address, 1_000)
    opened.reaches(0)
    return opened, key_of(b"\x01" * 16, opened.name)


def test_ten_stamps_make_a_coffee_and_no_money_moves(stamps):
    programme, guest = stamps
    for receipt in receipts(10):
        programme.does(POSTER, "grant", programme.grant(CAFE, guest, 1, receipt))
    assert programme.spends([(guest, CAFE, 11, 0)]) == ["Programmes_AllowanceExceeded"]
    assert programme.spends([(guest, CAFE, 10, 0)]) == []
    assert (programme.balance(CAFE), programme.balance(programme.contract)) == (0, 0)
    assert programme.contract.read(programme.town.rpc, "allowanceOf", programme.name, CAFE.address) == 990


def test_a_years_guests_have_their_stamps_and_drink_them(stamps):
    programme, _ = stamps
    guests = [key_of(bytes([place]) * 16, programme.name) for place in range(GUESTS)]
    _granted(programme, CAFE, guests, 10)
    assert _spent(programme, guests, [CAFE], 10) == []
    now = ProgrammeBook.of(programme.town.rpc, programme.town.manifest).standing(programme.name)
    assert (now.spent, programme.balance(programme.contract)) == (10 * GUESTS, 0)


def test_a_till_receipt_is_stamped_once_and_by_nobody_but_the_cafe(stamps):
    programme, guest = stamps
    (receipt, other) = receipts(2)
    programme.does(POSTER, "grant", programme.grant(CAFE, guest, 1, receipt))
    with pytest.raises(RevertsError, match="Programmes_ActGranted"):
        programme.does(POSTER, "grant", programme.grant(CAFE, guest, 1, receipt))
    with pytest.raises(RevertsError, match="Programmes_GranterExceeds"):
        programme.does(POSTER, "grant", programme.grant(GROCER, guest, 1, other))
    forged = (CAFE.address, *programme.grant(GROCER, guest, 1, other)[1:])
    with pytest.raises(RevertsError, match="SlipActs_NotSignedBy"):
        programme.does(POSTER, "grant", forged)


def test_stamps_are_refused_where_money_is_asked(stamps):
    programme, guest = stamps
    programme.does(POSTER, "grant", programme.grant(CAFE, guest, 2, receipts(1)[0]))
    spend = programme.spend(guest, CAFE, 2, 0)
    programme.does(POSTER, "spend", spend, [])
    with pytest.raises(RevertsError, match="Programmes_NoMoney"):
        programme.does(CAFE, "fund", 100)
    with pytest.raises(RevertsError, match="Programmes_NoMoney"):
        programme.does(POSTER, "refundBySlip", spend, 1, 0, 2**40, bytes(32), bytes(65))
    programme.reaches(1)
    with pytest.raises(RevertsError, match="Programmes_NothingLeft"):
        programme.does(POSTER, "reclaim")


@pytest.fixture
def rewards(town):
    """Of the town hall, granted by the library and the friends of the river: money, no score."""
    opened = aid(town, TOWN_HALL, Shape(1, YEAR_H), {})
    town.enrols(ResidentKind.PROFESSIONAL, GROCER)
    opened.accredits(GROCER)
    opened.funds(30_00)
    for granter, cents in ((LIBRARY, 20_00), (RIVER, 10_00)):
        opened.does(TOWN_HALL, "allow", granter.address, cents)
    opened.reaches(0)
    return opened, key_of(b"\x02" * 16, opened.name)


def test_every_helper_of_a_spring_is_rewarded_to_the_last_cent_that_was_allowed(rewards):
    programme, _ = rewards
    helpers = [key_of(bytes([place]) * 16, programme.name) for place in range(HELPERS)]
    _granted(programme, RIVER, helpers, 10_00 // HELPERS)
    assert _spent(programme, helpers, [GROCER], 10_00 // HELPERS) == []
    assert programme.balance(GROCER) == 10_00
    with pytest.raises(RevertsError, match="Programmes_GranterExceeds"):
        programme.does(POSTER, "grant", programme.grant(RIVER, helpers[0], 1, b"one more".ljust(32, b"\0")))


def test_an_act_is_rewarded_once_whoever_saw_it(rewards):
    programme, helper = rewards
    (cleaned, read) = receipts(2, "a morning at the river")
    programme.does(POSTER, "grant", programme.grant(RIVER, helper, 5_00, cleaned))
    with pytest.raises(RevertsError, match="Programmes_ActGranted"):
        programme.does(POSTER, "grant", programme.grant(LIBRARY, helper, 5_00, cleaned))
    programme.does(POSTER, "grant", programme.grant(LIBRARY, helper, 3_00, read))
    assert programme.spends([(helper, GROCER, 8_00, 0)]) == []
    assert programme.balance(GROCER) == 8_00


def test_nobody_grants_more_than_was_funded_nor_allows_it(rewards):
    programme, helper = rewards
    with pytest.raises(RevertsError, match="Programmes_GranterExceeds"):
        programme.does(POSTER, "grant", programme.grant(RIVER, helper, 10_01, receipts(1)[0]))
    with pytest.raises(RevertsError, match="Programmes_NotFunded"):
        programme.does(TOWN_HALL, "allow", RIVER.address, 10_01)
    with pytest.raises(RevertsError, match="Programmes_OnlySponsor"):
        programme.town.does(POSTER, programme.contract, "allow", programme.name, POSTER.address, 1)


@pytest.fixture
def voucher(town):
    """Fifty euros for a bicycle's repair, once, within a year."""
    opened = aid(town, TOWN_HALL, Shape(1, YEAR_H, category=BICYCLES), {b"\x03" * 16: 50_00, b"\x04" * 16: 50_00})
    town.enrols(ResidentKind.PROFESSIONAL, MENDER, GROCER)
    opened.accredits(MENDER)
    opened.accredits(GROCER, category=FOOD)
    opened.reaches(0)
    return opened, opened.keys[0]


def test_a_voucher_for_bicycles_buys_no_cheese(voucher):
    programme, rider = voucher
    assert programme.spends([(rider, GROCER, 10_00, 0)], shown=[rider]) == ["Programmes_NotAccredited"]
    assert programme.spends([(rider, MENDER, 35_00, 0)]) == []
    assert (programme.balance(MENDER), programme.balance(GROCER)) == (35_00, 0)


def test_a_towns_riders_spend_their_vouchers_at_two_menders_and_the_rest_goes_back(town):
    seeds = {number.to_bytes(16, "big"): 50_00 for number in range(RIDERS)}
    programme = aid(town, TOWN_HALL, Shape(1, YEAR_H, category=BICYCLES), seeds)
    town.enrols(ResidentKind.PROFESSIONAL, MENDER, GROCER)
    programme.accredits(MENDER, GROCER)
    programme.reaches(0)
    come = programme.keys[: RIDERS * 4 // 5]
    assert _spent(programme, come, [MENDER, GROCER], 45_00, shown=True) == []
    assert [programme.balance(it) for it in (MENDER, GROCER)] == [len(come) // 2 * 45_00] * 2
    programme.reaches(1)
    programme.does(POSTER, "reclaim")
    assert programme.balance(TOWN_HALL) == RIDERS * 50_00 - len(come) * 45_00


def test_what_the_mender_gives_back_is_the_riders_again_and_no_cent_more(voucher):
    programme, rider = voucher
    town = programme.town
    spend = programme.spend(rider, MENDER, 50_00, 0)
    programme.does(POSTER, "spend", spend, [programme.roll.place(rider.address)])
    town.rpc.call("anvil_setBalance", MENDER.address, hex(10**18))
    town.does(MENDER, town.currency, "approve", programme.contract.address, 50_00)
    programme.does(MENDER, "refund", spend, 20_00)
    with pytest.raises(RevertsError, match="Programmes_RefundExceeds"):
        programme.does(MENDER, "refund", spend, 30_01)
    assert programme.spends([(rider, MENDER, 20_01, 1)]) == ["Programmes_AllowanceExceeded"]
    assert programme.spends([(rider, MENDER, 20_00, 1)]) == []
    assert programme.balance(MENDER) == 50_00
