"""Terms worked out without a chain, and the file that holds the dApp to them: frontend/tests/desks/wish.test.ts."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from beffroi.land.deeds import SaleTerms
from beffroi.land.drafting import pledged
from beffroi.land.registry import LandError
from tests.vectors import make_land_drafts

FILE = Path(make_land_drafts.__file__).with_name("land-drafts.json")
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
ADA, BOB = make_land_drafts.BUYERS[:2]


def test_the_file_is_what_the_maker_writes():
    assert make_land_drafts.vectors(random.Random(1789)) == VECTORS


@pytest.fixture
def terms():
    """Two buyers by halves, a thousand to pay."""
    drawn = SaleTerms.parse(VECTORS["drafts"][0]["terms"])
    bought = tuple(replace(drawn.bought[0], holder=who, kind=drawn.bought[0].kind, shares=1) for who in (ADA, BOB))
    return replace(drawn, bought=bought, price_cents=1_001, tax_cents=0, fees=(), loan=make_land_drafts.Loan())


def test_buyers_who_say_nothing_share_the_rest_to_the_cent(terms):
    assert [it.amount_cents for it in pledged(terms, {})] == [500, 501]
    assert [it.amount_cents for it in pledged(terms, {BOB: 100})] == [901, 100]


@pytest.mark.parametrize("given", [{ADA: 1_002}, {ADA: 500, BOB: 500}, {ADA: 501, BOB: 501}])
def test_what_buyers_bring_is_what_there_is_to_pay(terms, given):
    with pytest.raises(LandError, match="differs by"):
        pledged(terms, given)


def test_a_buyer_who_brings_everything_leaves_the_other_nothing_to_pay(terms):
    assert [(it.account, it.amount_cents) for it in pledged(terms, {ADA: 1_001})] == [(ADA, 1_001)]
