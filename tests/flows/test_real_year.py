"""A year of seventeen real homes with panels, cleared on a chain: twelve periods settled by a stranger, all taken out.

August is sealed and verified from its file and the chain alone; what is sealed of a month says nothing of how it is
settled, and sealing takes seconds: the eleven other months' lines are of the same readings, and their roots are words.
"""

from dataclasses import replace

import pytest

from beffroi.flows.energy.bills import bills
from beffroi.flows.energy.curves import allocated, shared
from beffroi.flows.energy.energyrules import slots
from beffroi.flows.energy.exposure import exposures
from beffroi.flows.energy.header import keccak
from beffroi.flows.energy.publicfile import public_bytes, public_of
from beffroi.flows.energy.verifyperiod import given, verify_period
from beffroi.flows.operation import StatedLine, leave_slip
from beffroi.flows.periodonchain import period_on_chain, statement_of
from beffroi.slips import FOREVER
from beffroi.units import DAY_S
from testbed.operation import ORGANISER, neighbour, neighbours
from testbed.town import POSTER, fund
from tests.flows.energy.street import rules
from tests.flows.energy.test_real_homes import HOMES, REAL, YEAR_S, drawn_and_injected, homes, months
from tests.flows.test_clearing import signed

TOLD = rules(timezone="UTC")
PURSE_CENTS, PREPAID_CENTS, CAP_CENTS, ADVANCED_CENTS = 1_500_00, 1_200_00, 120_00, 100_00
PEOPLE = [*map(neighbour, range(HOMES)), ORGANISER]
DRAWN_WH, INJECTED_WH, SHARED_WH = 112_120_884, 45_902_568, 17_695_676
"""In the source's year."""
AUGUST_WH = 1_402_081
"""Of it, that the source says is shared in August."""


@pytest.fixture
def street(town):
    """The homes and their organiser, who have joined under rules in the hours of the source."""
    fund(town.rpc, [POSTER])
    street = neighbours(town, HOMES, PURSE_CENTS)
    street = replace(street, terms=replace(street.terms, rules_hash=TOLD.rules_hash))
    street.acts.open(POSTER, street.terms)
    for home in PEOPLE[:-1]:
        street.joins(home, PREPAID_CENTS, CAP_CENTS)
    street.joins(ORGANISER, ADVANCED_CENTS, 0)
    return street


def purses(street, *others):
    """Money that people have outside the operation, cents."""
    addresses = [*(it.address for it in PEOPLE), *others]
    return street.clearings.money.reads(street.town.rpc, "balanceOf", [(it,) for it in addresses])


def settled_by_a_stranger(street, lines):
    """What each balance moved by, cents: above 0 what was paid."""
    before = [street.balance(it) for it in PEOPLE]
    street.passes_window()
    street.acts.settle(POSTER, street.terms, lines)
    return [then - street.balance(who) for then, who in zip(before, PEOPLE, strict=True)]


def allocated_in(curves):
    """What each meter was given, or gave, by the readings."""
    return allocated(curves, slots(TOLD, curves), len(TOLD.slots))


def verified(street, file):
    """What a stranger with the file's bytes and the chain finds of it, and what it gives to whom."""
    read = public_of(public_bytes(file), "august.json.gz")
    there = period_on_chain(street.clearings, street.book, read, statement_of(street.clearings, read))
    return verify_period(read, there), given(read.period)


@REAL
def test_twelve_months_of_real_homes_are_settled_to_the_cent_and_everybody_takes_all_that_is_hers(street):
    here, year_wh, owed_cents = street.clearings.contract.address, [0, 0, 0], [0] * len(PEOPLE)
    held_cents = HOMES * PREPAID_CENTS + ADVANCED_CENTS
    *_, held_before = purses(street, here)
    assert held_before == held_cents

    for place, (month, first, end) in enumerate(months()):
        curves, period = homes(first, end), (202_500 if month >= 8 else 202_600) + month
        if place == 0:
            metered = street.meters(curves, YEAR_S - DAY_S)
        named = zip(curves.columns, metered.columns, strict=True)
        curves = replace(curves, columns=tuple(replace(it, id=by.id, member=by.member) for it, by in named))
        shares = allocated_in(curves)
        lines = tuple(StatedLine(*it) for it in bills(TOLD, shares, ORGANISER.address).lines)
        if place == 0:
            file = street.commits(curves, period, TOLD)
            assert file.lines == lines
            assert sum(shared(curves)) == AUGUST_WH
            assert exposures(file.period, curves) == []
            street.states(file)
            assert verified(street, file) == ([], shares)
        else:
            roots = keccak(b"readings of %d" % period), keccak(b"totals of %d" % period)
            drawn = street.acts.next_statement(street.terms, period, lines, *roots, "")
            street.acts.state(ORGANISER, street.terms, drawn)

        rows = zip(*(it[first:end] for it in drawn_and_injected()), strict=True)
        shared_wh = sum(min(sum(demand), sum(supply)) for demand, supply in rows)
        for kind in ("draws", "injects"):
            assert sum(sum(it.wh) for it in shares if it.kind == kind) == shared_wh
        due = {it.member: it.amount_cents for it in lines}
        assert sum(due.values()) == 0
        assert due.keys() == {it.address for it in PEOPLE}
        moved = settled_by_a_stranger(street, lines)
        assert moved == [due[it.address] for it in PEOPLE]
        assert sum(street.balance(it) for it in PEOPLE) == held_cents
        owed_cents = [sum(it) for it in zip(owed_cents, moved, strict=True)]
        wh = sum(curves.demand), sum(curves.supply), shared_wh
        year_wh = [sum(it) for it in zip(year_wh, wh, strict=True)]

    assert (place, year_wh) == (11, [DRAWN_WH, INJECTED_WH, SHARED_WH])
    # a margin of 1 ct/kWh and 17 fees of 1 € a month, each with 20 % of VAT: within a cent a month
    assert -owed_cents[-1] == pytest.approx(SHARED_WH * 12 / 10_000 + 12 * HOMES * 120, abs=12)
    for who in PEOPLE:
        slip = leave_slip(street.terms, who.address, FOREVER)
        street.acts.leave(POSTER, street.terms, who.address, signed(who, slip, street))
    assert purses(street, here) == [*(PURSE_CENTS - it for it in owed_cents), 0]
    assert {street.balance(it) for it in PEOPLE} == {0}
