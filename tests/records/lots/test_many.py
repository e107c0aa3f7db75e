"""Lots of thousands of events: against brute force, and without recursion."""

import pytest

from beffroi.records.lots.event import EventKind, LotEvent
from beffroi.records.lots.eventpapers import SealedEvent
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.recall import recall
from beffroi.records.lots.story import follow
from beffroi.records.paper import PaperRef
from testbed.lots import FARM, ISSUERS, amount, lot, reached_by_force, sealed_day


@pytest.mark.parametrize("seed", range(12))
def test_random_events_that_add_up_have_no_finding_and_recalls_reach_all_and_nothing_else(seed):
    events = sealed_day(seed, 300)
    story = follow(events)
    assert story.findings == []
    for name in list(story.made_by)[::7]:
        told = recall(story, name)
        assert {it.lot for it in told} == reached_by_force(events, name)
        assert len(told) == len({it.lot for it in told})


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_and_nothing_is_gained(seed):
    """What was made of a lot, less what went into others, is where somebody has it."""
    events = sealed_day(seed, 300)
    story = follow(events)
    for name in story.made_by:
        made = sum(it.quantity for at in events for it in at.event.outputs if it.name == name)
        used = [
            it for at in events if at.event.kind is EventKind.TRANSFORM for it in at.event.inputs if it.name == name
        ]
        assert sum(quantity for _, quantity in story.ledger.holdings(name)) == made - sum(it.quantity for it in used)


def chain(at, taken, made):
    """The event of a row that takes what the one before made."""
    kind = EventKind.TRANSFORM if taken else EventKind.COMMISSION
    event = LotEvent(at.to_bytes(32), kind, 1_000_000 + at, FARM, inputs=tuple(taken), outputs=tuple(made))
    ref = PaperRef(1, ISSUERS[FARM], at, at.to_bytes(32))
    return SealedEvent(event, ref, (PaperRef(1, ISSUERS[FARM], at - 1, (at - 1).to_bytes(32)),) if at else ())


def test_ten_thousand_events_in_a_row_need_no_recursion():
    lots = [[amount(lot("milk", f"L{at}"), 1)] for at in range(10_000)]
    events = [chain(0, [], lots[0]), *(chain(at, lots[at - 1], lots[at]) for at in range(1, 10_000))]
    story = follow(events)
    assert story.findings == []
    assert len(recall(story, lots[0][0].name)) == 10_000
    ring = follow([*events, chain(10_000, lots[-1], lots[0])])
    (cycle,) = [it for it in ring.findings if it.doubt is Doubt.CYCLE]
    assert len(cycle.about) == 10_000


def test_a_lot_that_many_made_and_many_take_is_followed_in_no_more_than_their_number():
    milk = [amount(lot("milk", "L1"), 1)]
    made = [chain(at, [], milk) for at in range(3_000)]
    taken = [chain(3_000 + at, milk, [amount(lot("cheese", f"C{at}"), 1)]) for at in range(3_000)]
    story = follow([*made, *taken])
    assert {it.doubt for it in story.findings} == {Doubt.PARENTS}
    assert len(recall(story, milk[0].name)) == 3_001
