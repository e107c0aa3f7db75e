"""Seventeen real homes with panels, a year: what the source's totals say is what is shared and billed.

CityLearn's year begins in the last hour of July; that hour ends the year here, so that each month is whole.
"""

import csv
import os
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest
from eth_utils.address import to_checksum_address

from beffroi.chain.artifacts import ROOT
from beffroi.flows.energy.bills import bills
from beffroi.flows.energy.curves import Curves, MeterColumn, allocated, by_slot, shared
from beffroi.flows.energy.energyrules import slots
from beffroi.units import HOUR_S
from tests.flows.energy.street import ORGANISER, meter_id, rules

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "citylearn-2022"
REAL = pytest.mark.xfail(
    not DATA.exists(), reason=f"NOT RUN: no {DATA.name} in BEFFROI_DATA or ../shared/data", run=False, strict=False
)
YEAR_S = int(datetime(2025, 7, 31, 23, tzinfo=UTC).timestamp())
HOMES = 17


def home_of(number):
    return to_checksum_address(f"0x{number:040x}")


def steps_of(name):
    with (DATA / name).open(newline="") as file:
        return [tuple(map(int, row[1:])) for row in list(csv.reader(file))[1:]]


def clock():
    """Month and hour (1 to 24) of each step, as the source has them."""
    with (DATA / "grid.csv").open(newline="") as file:
        return [(int(row["month"]), int(row["hour"])) for row in csv.DictReader(file)]


def months():
    """Each month of the year with its first step and the one after its last, from August on."""
    first = 1
    for month, steps in groupby([month for month, _ in clock()[1:]] + [clock()[0][0]]):
        end = first + len([*steps])
        yield month, first, end
        first = end


def homes(first, end):
    """The curves of all homes from a step to another."""
    columns = [
        MeterColumn(meter_id(offset + home), home_of(home), kind, tuple(row[home - 1] for row in rows[first:end]))
        for kind, offset, rows in (("draws", 0, drawn_and_injected()[0]), ("injects", 100, drawn_and_injected()[1]))
        for home in range(1, HOMES + 1)
    ]
    return Curves(YEAR_S + first * HOUR_S, HOUR_S, tuple(columns))


def drawn_and_injected():
    """The year's steps, the first of them at the end."""
    if not _READ:
        for name in ("drawn.csv", "injected.csv"):
            rows = steps_of(name)
            _READ.append([*rows, rows[0]])
    return _READ


_READ: list = []


@REAL
def test_the_first_744_hours_share_what_the_source_says():
    august = homes(0, 744)

    assert (sum(august.demand), sum(august.supply), sum(shared(august))) == (11_263_611, 3_288_003, 1_402_081)
    given = allocated(august, [0] * 744, 1)
    assert [sum(it.wh[0] for it in given if it.kind == kind) for kind in ("draws", "injects")] == [1_402_081] * 2


@REAL
def test_twelve_months_make_seventeen_bills_each_to_the_watt_hour_and_the_cent():
    told, drawn, injected, billed = rules(timezone="UTC"), 0, 0, []
    for month, first, end in months():
        curves = homes(first, end)
        local = [datetime.fromtimestamp(curves.start_s + it * HOUR_S, UTC) for it in range(curves.steps)]
        assert [(it.month, it.hour + 1) for it in local] == [*clock(), clock()[0]][first:end]
        in_slots = slots(told, curves)
        given = allocated(curves, in_slots, 2)
        found = bills(told, given, ORGANISER)

        of_slots = by_slot(shared(curves), in_slots, 2)
        for kind in ("draws", "injects"):
            assert [sum(it.wh[slot] for it in given if it.kind == kind) for slot in (0, 1)] == of_slots
        assert sum(cents for _, cents in found.lines) == 0
        assert {it.member for it in found.bills} == {home_of(home) for home in range(1, HOMES + 1)} | {ORGANISER}
        assert all(sum(map(sum, it.cents)) == it.amount_cents for it in found.bills)
        billed.append((month, sum(of_slots), -found.of(ORGANISER).amount_cents))
        drawn, injected = drawn + sum(curves.demand), injected + sum(curves.supply)

    assert (drawn, injected) == (112_120_884, 45_902_568)
    assert [month for month, _, _ in billed] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    assert all(
        # a margin of 1 ct/kWh and 17 fees of 1 €, each with 20 % of VAT: within a cent
        abs(organisers * 10_000 - (wh * 12 + HOMES * 120 * 10_000)) < 10_000
        for _, wh, organisers in billed
    )
