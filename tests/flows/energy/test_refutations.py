"""Every falsity that `Meters` reaches is found and refuted, and nothing true is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from beffroi.flows.energy.cells import DRAWS, INJECTS, committed_tree
from beffroi.flows.energy.energyfinding import Falsehood
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


def test_who_has_other_commitments_than_the_agent_s_refutes_nothing_and_is_told_whom_to_ask():
    own = replace(COURT.month(1), seed=b"\7" * 32)
    (found,) = verify_own(own, COURT.period)
    assert (found.what, found.step, found.refutation) == (Falsehood.READING, 0, None)
    assert "its agent committed to others" in found.words


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


def with_meter(it, at, **changes):
    """The street with a meter that stands otherwise on chain."""
    id_ = it.period.columns[at].id
    meters = it.stated.meters | {id_: replace(it.stated.meters[id_], **changes)}
    return replace(it, stated=replace(it.stated, meters=meters))


OTHERWISE = {
    "of another unit": {"unit": 2},
    "that began after the period": {"since_s": COURT.period.header.end_s},
    "that ended before it": {"until_s": COURT.period.start_s},
    "of the other kind": {"kind": 2},
    "whose agent committed to something else": {"root": b"\7" * 32},
    "whose agent committed to nothing": {"root": bytes(32)},
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_the_column_of_a_meter_is_refuted(name):
    it = with_meter(COURT, 0, **OTHERWISE[name])
    found = verify_period(it.file, it.stated)
    assert [(one.what, one.column) for one in found] == [(Falsehood.COLUMN, 0)]
    assert MetersTwin(it.stated).voids(found[0].refutation, it.period.header)


@pytest.mark.parametrize("changes", [{"since_s": COURT.period.header.end_s - 1}, {"until_s": COURT.period.start_s + 1}])
def test_a_meter_that_has_a_second_of_the_period_counts_in_it(changes):
    it = with_meter(COURT, 0, **changes)
    assert verify_period(it.file, it.stated) == []
    assert not MetersTwin(it.stated).voids(Refuter(it.period).column(0), it.period.header)


def test_a_period_that_is_not_over_is_refuted_until_it_is():
    for now_s, findings in ((COURT.period.header.end_s - 1, 1), (COURT.period.header.end_s, 0)):
        stated = replace(COURT.stated, now_s=now_s)
        found = verify_period(COURT.file, stated)
        assert [one.what for one in found] == [Falsehood.HEADER] * findings
        assert all(MetersTwin(stated).voids(one.refutation, COURT.period.header) for one in found)


def test_a_period_is_the_same_wherever_it_is_computed():
    with ThreadPoolExecutor(2) as executor:
        file = public_of(public_text(COURT.file).encode(), "7.json")
        assert verify_period(file, COURT.stated, executor) == []
    assert file.period.cells == COURT.period.cells
