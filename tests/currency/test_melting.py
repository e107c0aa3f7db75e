"""Demurrage on chain: on touch, as a real transfer to the commons, the same however often an account is touched."""

from decimal import Decimal

import pytest
from ape import chain

from beffroi import slips
from beffroi.currency.demurrage import kept_per_day, loss
from testbed.town import MONEY, variant
from tests.support.commune import CITIZEN, HASH, settle
from tests.support.refusals import refusal
from tests.support.slip_kinds import KINDS

DAY_S = 86_400


def transfers(receipt):
    return [(log["from"], log["to"], log.value) for log in receipt.events if log.event_name == "Transfer"]


SEVEN_PERCENT = kept_per_day(Decimal("0.07"))


@pytest.fixture(scope="module")
def melting_town(commune, project):
    """Another town, whose money melts."""
    money = MONEY.model_dump() | {"demurrage_percent_per_year": Decimal(7)}
    without = dict.fromkeys(("consultations", "credibility", "land", "flows", "programmes"))
    town = variant(commune.at.rpc, "melting", currency=money, **without)
    return settle(town, project, commune.people)


@pytest.fixture(scope="module")
def melting(melting_town):
    return melting_town.currency


def test_what_lies_idle_melts_into_the_commons(melting, citizen, commons, stranger):
    chain.mine(deltatime=365 * DAY_S)
    lost, _ = loss(10_000, 0, SEVEN_PERCENT, 365)
    assert melting.balanceOf(citizen) == 10_000 - lost == 9_301
    receipt = melting.melt(citizen, sender=stranger)
    assert transfers(receipt) == [(citizen, commons, lost)]
    assert (melting.balanceOf(citizen), melting.totalSupply()) == (9_301, 20_000)


def test_who_spends_pays_demurrage_first_and_erc20_deltas_stay_exact(melting, citizen, merchant, commons):
    chain.mine(deltatime=100 * DAY_S)
    before = melting.balanceOf(citizen), melting.balanceOf(merchant)
    receipt = melting.transfer(merchant, 1_000, sender=citizen)
    lost = 10_000 - before[0]
    assert transfers(receipt) == [(citizen, commons, lost), (merchant, commons, lost), (citizen, merchant, 1_000)]
    assert (melting.balanceOf(citizen), melting.balanceOf(merchant)) == (before[0] - 1_000, before[1] + 1_000)


def test_what_a_leaver_kept_melts_and_is_there_on_the_return(melting_town, melting, citizen, merchant, registrar):
    residents = melting_town.residents
    melting.transfer(merchant, 9_100, sender=citizen)
    residents.depart(citizen, sender=registrar)
    chain.mine(deltatime=365 * DAY_S)
    kept = 900 - loss(900, 0, SEVEN_PERCENT, 365)[0]
    assert refusal(melting.melt, citizen, sender=merchant) == ("LocalCurrency_NotRegistered", (citizen.address,))
    residents.enrol(CITIZEN, [citizen], [], sender=registrar)
    melting.transfer(merchant, kept, sender=citizen)
    assert melting.balanceOf(citizen) == 0


def test_touching_an_account_every_day_spares_it_nothing(melting, citizen, merchant, stranger):
    """A day's loss on 40.00 is under a cent: rounded down and forgotten each day, it would be nothing for ever."""
    melting.transfer(merchant, 6_000, sender=citizen)
    for _ in range(30):
        chain.mine(deltatime=DAY_S)
        melting.melt(citizen, sender=stranger)
    assert melting.balanceOf(citizen) == 4_000 - loss(4_000, 0, SEVEN_PERCENT, 30)[0] == 3_977


def test_no_money_is_charged_for_the_time_before_it_came(melting, merchant, commons, citizen):
    chain.mine(deltatime=50 * DAY_S)
    melting.transfer(merchant, 5_000, sender=citizen)
    assert melting.balanceOf(merchant) == 10_000 - loss(10_000, 0, SEVEN_PERCENT, 50)[0] + 5_000


def test_what_is_frozen_does_not_melt(melting, court, citizen):
    melting.freeze(citizen, HASH, sender=court)
    chain.mine(deltatime=365 * DAY_S)
    assert melting.balanceOf(citizen) == 10_000
    melting.unfreeze(citizen, HASH, sender=court)
    assert melting.balanceOf(citizen) == 10_000


def test_the_commons_does_not_melt(melting, commons, citizen):
    melting.transfer(commons, 10_000, sender=citizen)
    chain.mine(deltatime=365 * DAY_S)
    assert melting.balanceOf(commons) == 10_000


def test_nobody_melts_for_who_is_not_registered_or_is_frozen(melting, citizen, stranger, court):
    assert refusal(melting.melt, stranger, sender=citizen) == ("LocalCurrency_NotRegistered", (stranger.address,))
    melting.freeze(citizen, HASH, sender=court)
    assert refusal(melting.melt, citizen, sender=stranger) == ("LocalCurrency_Frozen", (citizen.address,))


@pytest.mark.parametrize("name", ["transfer", "transfer in parts", "redeem"])
def test_a_slip_for_all_pays_what_is_there_when_it_is_posted(melting_town, melting, merchant, citizen, people, name):
    kind, all_ = KINDS[name], 2**256 - 1
    made = {
        "transfer": slips.transfer(merchant.address, citizen.address, all_, 5),
        "redeem": slips.redeem(merchant.address, all_, 5),
    }
    slip = made[name.removesuffix(" in parts")]
    signature = kind.sign(melting_town, slip)
    chain.mine(deltatime=100 * DAY_S)
    left = 10_000 - loss(10_000, 0, SEVEN_PERCENT, 100)[0]
    receipt = kind.method_of(melting_town)(*kind.arguments(slip, signature), sender=people[kind.poster])
    assert melting.balanceOf(merchant) == 0
    paid = [value for from_, _, value in transfers(receipt) if from_ == merchant.address]
    assert sum(paid) == 10_000
    assert sum(paid[1:]) == left


def test_a_transfer_of_more_than_there_is_is_refused_though_a_slip_for_all_is_not(melting, merchant, citizen):
    name, _ = refusal(melting.transfer, citizen, 2**256 - 1, sender=merchant)
    assert name == "ERC20InsufficientBalance"
