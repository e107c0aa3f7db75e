"""Every falsity that `Meters` reaches is found and refuted, and nothing true is."""

import pytest

from beffroi.flows.energy.cells import DRAWS, INJECTS, committed_tree
from beffroi.flows.energy.privatefile import verify_own
from beffroi.flows.energy.publicfile import public_of, public_text
from beffroi.flows.energy.refutations import Refuter
from beffroi.flows.energy.verifyperiod import verify_period
from testbed.energy import curves_of, sealed_street, street
from testbed.energyfalse import reached_by_members, refutable, shifted, unrefuted
from tests.flows.energy.meterstwin import MetersTwin, NotThereError

COURT = street(4, 2, 24, step_s=3600)
TRUE = {
    "half a day": street(2, 1, 12, step_s=3600),
    "equal readings, and none": sealed_street(curves_of(
        [("draws", (0, 900, 0, 700, 1, 0)), ("draws", (0, 900, 0, 300, 2, 9)), ("injects", (500, 0, 0, 1000, 3, 2))],
        step_s=3600,
    )),
    "nobody injects": sealed_street(curves_of([("draws", (5, 0, 7)), ("draws", (0, 0, 9))], step_s=3600)),
    "nobody draws": sealed_street(curves_of([("injects", (5, 0)), ("injects", (0, 0))], step_s=3600)),
    "one reading": sealed_street(curves_of([("draws", (41,))], step_s=3600)),
}  # fmt: skip


def every_refutation(it):
    """All that can be tried on a period, at every place."""
    period = it.period
    refuter, columns, steps = Refuter(period), range(len(period.columns)), range(period.steps)
    yield refuter.header(period.op, period.period)
    for at in columns:
        yield refuter.column(at)
        yield from (refuter.twice(at, other) for other in columns if other != at)
        committed = committed_tree(it.month(at).commitments)
        yield from (refuter.reading(at, step, committed) for step in steps)
        for slot in range(period.slots):
            yield refuter.allocation(at, slot, is_within=True)
            yield from (refuter.last(at, slot, step) for step in steps)
        for step in steps:
            yield from (refuter.point(at, step), refuter.sum(at, step), refuter.column_sum(at, step))
    for step in steps:
        yield from (refuter.range(step), refuter.total(step, DRAWS), refuter.total(step, INJECTS))
        yield from (refuter.order(step, other) for other in steps if other != step)


@pytest.mark.parametrize("name", TRUE)
def test_nothing_is_found_of_a_true_period_and_nothing_refutes_it_anywhere(name):
    it = TRUE[name]
    assert verify_period(it.file, it.stated) == []
    twin = MetersTwin(it.stated)
    tried = [*every_refutation(it)]
    assert len(tried) >= 10
    assert [refutation for refutation in tried if twin.voids(refutation, it.period.header)] == []


@pytest.mark.parametrize("name", refutable())
def test_a_falsity_is_found_first_and_each_call_that_is_named_voids_the_statement(name):
    what, make = refutable()[name]
    it = make(COURT)
    found = verify_period(it.file, it.stated)
    assert found[0].what is what
    twin, refutations = MetersTwin(it.stated), [one.refutation for one in found if one.refutation]
    assert refutations
    assert all(twin.voids(refutation, it.period.header) for refutation in refutations)


def test_an_hour_s_wh_shifted_between_two_members_is_found_by_anyone_and_refuted_by_either_of_them():
    what, make = reached_by_members()["1 Wh shifted between two members"]
    it = make(COURT)
    assert [(one.what, one.refutation) for one in verify_period(it.file, it.stated)] == [(what, None)] * 2
    for member in (0, 1):
        found = [*verify_own(COURT.month(member), it.period)]
        assert found[0].what is what
        assert MetersTwin(it.stated).voids(found[0].refutation, it.period.header)
    assert [*verify_own(COURT.month(2), it.period)] == []


def test_who_shows_the_commitment_that_stands_there_refutes_nothing():
    month = COURT.month(1)
    refutation = next(verify_own(month, shifted(COURT).period)).refutation
    own = COURT.published(COURT.file)
    with pytest.raises(NotThereError):
        MetersTwin(own.stated).voids(refutation, own.period.header)


@pytest.mark.parametrize("name", unrefuted())
def test_what_no_call_reaches_is_found(name):
    what, make = unrefuted()[name]
    it = make(COURT)
    found = verify_period(it.file, it.stated)
    assert found[0].what is what
    assert [one for one in found if one.refutation] == []


@pytest.mark.parametrize("name", {**refutable(), **reached_by_members(), **unrefuted()})
def test_a_false_period_comes_back_from_its_file_as_it_was_stated(name):
    it = {**refutable(), **reached_by_members(), **unrefuted()}[name][1](COURT)
    again = public_of(public_text(it.file).encode(), "7.json")
    assert again == it.file
    assert again.period.header == it.period.header
    assert again.period.totals_tree.root == it.period.totals_tree.root


def test_a_refutation_of_another_statement_s_header_voids_nothing():
    it = refutable()["a false sum"][1](COURT)
    refutation = next(one.refutation for one in verify_period(it.file, it.stated) if one.refutation)
    assert MetersTwin(it.stated).voids(refutation, it.period.header)
    assert not MetersTwin(COURT.stated).voids(refutation, it.period.header)
