"""Three months of food aid: 400 households, 50 shops, three in ten never come; every cent is where arithmetic puts it.

What the shops have, the sponsor's figures and what goes back to the budget are asked of the chain, and nothing of the
households but keys is there.
"""

import random
from collections import Counter

import pytest

from beffroi.chain.keys import Key
from beffroi.residents import ResidentKind
from testbed.aid import Shape, aid
from testbed.town import POSTER

HOUSEHOLDS, SHOPS, MONTHS, BOUGHT_A_MONTH, AT_ONCE = 400, 50, 3, 4, 100
EUROS_BY_SIZE = (40, 70, 95, 120)
"""A month, for one person to four."""
SPONSOR = Key.derived("aid", "association")
SELLERS = [Key.derived("aid", f"shop {number}") for number in range(SHOPS)]


def allowance_cents(household):
    return EUROS_BY_SIZE[household // 10 % len(EUROS_BY_SIZE)] * 100


def comes(household):
    """Three in ten never do, of each size."""
    return household % 10 >= 3


def split(chance, total, parts):
    """So many purchases that make the month's allowance, each of a cent at least."""
    cuts = sorted(chance.sample(range(1, total), parts - 1))
    return [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]


@pytest.fixture(scope="module")
def season(foundation):
    """The programme once it is over, before anything goes back, and what each shop sold."""
    chance = random.Random(400)
    seeds = {number.to_bytes(16, "big"): allowance_cents(number) for number in range(HOUSEHOLDS)}
    with foundation.standing() as town:
        programme = aid(town, SPONSOR, Shape(MONTHS), seeds)
        town.enrols(ResidentKind.PROFESSIONAL, *SELLERS)
        programme.accredits(*SELLERS)
        sold = Counter()
        for month in range(MONTHS):
            programme.reaches(month)
            bought = []
            for household in filter(comes, range(HOUSEHOLDS)):
                for place, cents in enumerate(split(chance, allowance_cents(household), BOUGHT_A_MONTH)):
                    shop = chance.randrange(SHOPS)
                    sold[shop] += cents
                    nonce = month * BOUGHT_A_MONTH + place
                    bought.append((programme.keys[household], SELLERS[shop], cents, nonce))
            chance.shuffle(bought)
            _post(programme, bought, is_first=month == 0)
        programme.reaches(MONTHS)
        yield programme, sold


def _post(programme, bought, *, is_first):
    shown = set()
    for first in range(0, len(bought), AT_ONCE):
        part = bought[first : first + AT_ONCE]
        new = [key for key in dict.fromkeys(it[0] for it in part) if is_first and key.address not in shown]
        shown |= {key.address for key in new}
        assert programme.spends(part, shown=new) == []


def test_every_shop_has_what_it_sold_to_the_cent(season):
    programme, sold = season
    town = programme.town
    balances = town.currency.reads(town.rpc, "balanceOf", [(it.address,) for it in SELLERS])
    assert balances == [sold[place] for place in range(SHOPS)]
    told = Counter()
    for event in programme.contract.events(town.rpc, "UnitsSpent"):
        told[event.args["merchant"]] += event.args["units"]
    assert [told[it.address] for it in SELLERS] == balances
    assert len({event.args["holder"] for event in programme.contract.events(town.rpc, "UnitsSpent")}) == 280


def test_three_tenths_go_back_in_one_transaction_that_anybody_sends(season):
    programme, sold = season
    announced = MONTHS * sum(map(allowance_cents, range(HOUSEHOLDS)))
    spent = MONTHS * sum(allowance_cents(it) for it in range(HOUSEHOLDS) if comes(it))
    assert (announced, spent, sold.total()) == (97_500_00, 68_250_00, 68_250_00)
    assert (programme.balance(programme.contract), programme.balance(SPONSOR)) == (announced - spent, 0)
    receipt = programme.does(POSTER, "reclaim")
    assert programme.balance(SPONSOR) == announced - spent == announced * 3 // 10
    assert programme.balance(programme.contract) == 0
    assert int(receipt["gasUsed"], 16) < 60_000
