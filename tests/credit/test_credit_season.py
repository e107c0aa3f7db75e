"""A season in the model is the season on chain, payment by payment; and Sarafu's, with and without growth."""

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from beffroi import replay
from beffroi import residents as register
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.chain.reverts import decode_error
from beffroi.credit.creditslips import credit_slip
from beffroi.credit.season import CreditRefusal, CreditSeason, LimitRule, SeasonError
from testbed.circle import members
from testbed.town import POSTER, REGISTRAR

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "sarafu-accounts-2020"
TRADES = 75_167
"""Of the accounts in the file."""
MUCH_CENTS = 2**60
AT_ONCE = 200
ON_CHAIN = 5_000

needs_data = pytest.mark.xfail(
    not (DATA / replay.FILE).exists(),
    reason=f"NOT RUN: no {DATA.name} in BEFFROI_DATA or ../shared/data",
    run=False,
    strict=False,
)
PEOPLE = [Key.derived("a season", number) for number in range(20)]
RULE = LimitRule(100_00, 300_00, 1_000, 30_00)


def drawn(count):
    """Between twenty people, of whom two sell to all: some pay too much, some are owed too much."""
    chance = random.Random(17)
    for _ in range(count):
        payer, payee = chance.sample(range(len(PEOPLE)), 2)
        yield payer, payee if payer < 2 or chance.random() < 0.7 else chance.randrange(2), chance.randrange(1, 60_00)


def posted(trade, keys, payments):
    """What became of each on chain, in batches."""
    contract, domain, found = trade.circle.contract, trade.circle.domain(), []
    for first in range(0, len(payments), AT_ONCE):
        slips = []
        for nonce, (payer, payee, amount) in enumerate(payments[first : first + AT_ONCE], first):
            slip = credit_slip(keys[payer].address, keys[payee].address, amount, nonce)
            slips.append((*slip.values, keys[payer].sign(slip.digest(domain))))
        receipt = trade.town.does(POSTER, contract, "payBatch", slips)
        told = contract.logged(receipt, "CreditSlipRefused")
        refused = {it.args["position"]: decode_error(it.args["reason"]).partition("(")[0] for it in told}
        found += [refused.get(place) for place in range(len(slips))]
    return found


def limits(rule):
    """As a circle's charter says them."""
    return {
        "floor": rule.floor,
        "ceiling": rule.ceiling,
        "growth_bps": rule.growth_bps,
        "mostGrowth": rule.most_growth,
    }


def test_a_season_in_the_model_is_the_season_on_chain(town):
    trade, season, payments = members(town, *PEOPLE, **limits(RULE)), CreditSeason(RULE, len(PEOPLE)), list(drawn(600))
    assert posted(trade, PEOPLE, payments) == season.play(payments)
    standings = trade.circle.standings([key.address for key in PEOPLE])
    assert [it.balance for it in standings] == season.balances
    assert [it.earned for it in standings] == season.earned
    assert [it.most_debt for it in standings] == [season.most_debt(place) for place in range(len(PEOPLE))]
    assert set(season.refused) == set(CreditRefusal), "both causes were met"
    assert season.payments + season.refused.total() == 600
    assert any(it.most_debt == RULE.floor + RULE.most_growth for it in standings), "and the growth's cap"


def test_the_model_counts_no_more_sales_than_the_contract():
    season = CreditSeason(LimitRule(2**32 - 1, 2**32 - 1, 1, 2**32 - 1), 3)
    season.play([(0, 1, 2**32 - 1), (1, 2, 2**32 - 1), (2, 1, 2**32 - 1)])
    assert season.earned == [0, 2**32 - 1, 2**32 - 1]
    assert season.balances == [-(2**32) + 1, 2**32 - 1, 0]


def test_limits_are_what_so_many_pay_at_once():
    assert LimitRule.drawn_from([4, 1, 3, 2], percent=75, ceiling_times=5) == LimitRule(3, 15)
    assert LimitRule.drawn_from([4, 1, 3, 2], percent=76, ceiling_times=1) == LimitRule(4, 4)
    assert LimitRule.drawn_from([7], percent=1, ceiling_times=1) == LimitRule(7, 7)
    for paid, percent, times in (([], 50, 1), ([1], 0, 1), ([1], 101, 1), ([1], 50, 0)):
        with pytest.raises(SeasonError, match="limits are drawn"):
            LimitRule.drawn_from(paid, percent=percent, ceiling_times=times)


@pytest.fixture(scope="module")
def sarafu():
    """Its accounts, limits by which three in four pay once, and its trades, whoever has money or not."""
    accounts = replay.read(DATA)
    used_to = [it.mean_trade_cents for it in accounts if it.trades_out]
    rule = LimitRule.drawn_from(used_to, percent=75, ceiling_times=5)
    trades = replay.draw([replace(it, balance_cents=MUCH_CENTS) for it in accounts], TRADES)
    return accounts, rule, [(it.payer, it.payee, it.amount_cents) for it in trades]


@needs_data
@pytest.mark.parametrize(
    ("growth_bps", "made", "floor", "ceiling"), [(0, 31_975, 37_177, 6_015), (1_000, 33_973, 34_531, 6_663)]
)
def test_sarafus_trades_are_refused_by_cause_with_growth_and_without(sarafu, growth_bps, made, floor, ceiling):
    accounts, rule, trades = sarafu
    season = CreditSeason(replace(rule, growth_bps=growth_bps, most_growth=rule.floor), len(accounts))
    season.play(trades)
    assert (rule.floor, rule.ceiling, len(trades)) == (344_00, 1_720_00, TRADES)
    assert (season.payments, season.refused) == (
        made,
        {CreditRefusal.FLOOR: floor, CreditRefusal.CEILING: ceiling},
    )
    assert sum(season.balances) == 0


@needs_data
def test_twelve_thousand_accounts_trade_on_chain_as_in_the_model(town, sarafu):
    accounts, rule, trades = sarafu
    grown = replace(rule, growth_bps=1_000, most_growth=rule.floor)
    kinds = 1 << register.ResidentKind.CITIZEN | 1 << register.ResidentKind.PROFESSIONAL
    kinds |= 1 << register.ResidentKind.PUBLIC_BODY
    trade = members(town, memberKinds=kinds, **limits(grown))
    keys = [it.key() for it in accounts]
    enrolled = [register.Resident(key.address, it.kind) for key, it in zip(keys, accounts, strict=True)]
    register.enrol(town.rpc, town.residents, REGISTRAR, enrolled)
    season, some = CreditSeason(grown, len(accounts)), trades[:ON_CHAIN]
    assert posted(trade, keys, some) == season.play(some)
    assert [it.balance for it in trade.circle.standings([key.address for key in keys])] == season.balances
