"""Lots attacked by those who are let in: one accredited maker takes no label, stops no recall, has nobody's goods."""

from dataclasses import replace

import pytest

from beffroi.chain.keys import Key
from beffroi.records.lots.event import EventKind, LotEvent
from beffroi.records.lots.eventpapers import PaperStanding, events_of, seal_events
from beffroi.records.lots.labels import LotCertificate, doubts
from beffroi.records.lots.naming import product
from beffroi.records.lots.recall import Recalls, recall
from beffroi.records.paper import PaperRef
from testbed.lots import (
    CHEESE,
    CRATE,
    CURDLING,
    DAIRY,
    FARM,
    HOME,
    ISSUERS,
    MEAL,
    MILK,
    SCHOOL,
    TRADER,
    World,
    amount,
    lot,
    school,
)

MALLORY = Key.derived("lots", "mallory").address
SHED = "https://id.gs1.org/417/3012345000062"
BOX = "https://id.gs1.org/00/130123450000000021"
MADE_S = 1_772_427_600
DAY_S = 86_400
HUNDRED = amount(MILK, 100, "LTR")
OTHER = lot("cheese", "mallory")


def certificate(name, who=FARM, **changes):
    ref = PaperRef(9, "0x" + "cc" * 20, 0, b"\1" * 32)
    said = {"from_s": 0, "until_s": 0, "issued_s": MADE_S}
    return LotCertificate(ref, ISSUERS[who].lower(), product(name), **(said | changes))


BIO = [certificate(MILK)]


def bears(world, name, certificates=BIO):
    return doubts(world.story, name, certificates) == []


def reached(world, name):
    return {it.lot for it in recall(world.story, name)} - {BOX}


def found(world):
    return [(it.doubt.value, it.about) for it in world.story.findings]


def mallory_says(world, event, standing="stands"):
    """A paper of an accredited rival, valid in itself, issued in the minute after all others."""
    number = sum(it.ref.issuer == MALLORY for it in world.events)
    known = [it for it in world.events if it.event.hash != event.hash]
    batch = seal_events(HOME, 1, MALLORY, number, [event], known, seeds=Key.derived(MALLORY, number).secret)
    last_s = max(it.issued_s for it in world.events)
    world.events += [replace(it, standing=PaperStanding(standing), issued_s=last_s + 60) for it in events_of(batch)]
    return world


def event(kind, hours, at=1, **said):
    return LotEvent(bytes([at]) * 32, kind, (MADE_S + int(hours * 3600)) * 1000, SHED, **said)


def boxed():
    """Milk that reaches the dairy in a crate, and cheese of it."""
    world = World()
    world.commissions(0, FARM, HUNDRED)
    world.tell(EventKind.PACK, 1, FARM, container=BOX, inputs=[HUNDRED])
    world.ships(2, FARM, DAIRY, amount(BOX, 1, "C62"))
    world.receives(3, DAIRY, FARM, amount(BOX, 1, "C62"))
    world.transforms(4, DAIRY, [amount(BOX, 1, "C62")], [amount(CHEESE, 12)], yields=CURDLING)
    return world


# --- a recall reaches ------------------------------------------------------------------------------------------------


def test_whoever_copies_the_hash_of_an_event_unmakes_nothing_and_both_are_said():
    victim = school().events[3].event
    copy = LotEvent(victim.hash, EventKind.OBSERVE, victim.at_ms - 1, SHED, inputs=(amount("https://x.example/1", 1),))
    attacked = mallory_says(school(), copy)
    assert reached(attacked, MILK) == {MILK, CHEESE, MEAL}
    assert bears(attacked, MEAL)
    assert ("same_hash", (CHEESE,)) in found(attacked)


@pytest.mark.parametrize("place", [1, 4])
def test_who_revokes_what_was_packed_or_made_of_a_crate_escapes_no_recall(place):
    assert found(boxed()) == []
    assert reached(boxed().now(place, "revoked"), MILK) == {MILK, CHEESE}


def test_who_says_that_a_crate_was_used_before_it_was_packed_escapes_no_recall():
    world = World()
    world.commissions(0, DAIRY, HUNDRED)
    world.tell(EventKind.PACK, 2, DAIRY, container=BOX, inputs=[HUNDRED])
    world.transforms(1, DAIRY, [amount(BOX, 1, "C62")], [amount(CHEESE, 12)], yields=CURDLING)
    assert reached(world, MILK) == {MILK, CHEESE}
    assert not bears(world, CHEESE)


def test_things_that_bear_their_lot_s_number_are_reached_with_it_and_the_lot_by_them():
    world = World()
    world.commissions(0, DAIRY, amount(CHEESE, 10, "C62"))
    wheel = f"{CHEESE}/21/S7"
    world.commissions(1, DAIRY, amount(wheel, 1, "C62"))
    assert reached(world, CHEESE) == reached(world, wheel) == {CHEESE, wheel}


def test_what_is_made_of_itself_by_way_of_a_crate_is_a_cycle():
    world, second = World(), lot("milk", "L2")
    world.commissions(0, FARM, amount(MILK, 10))
    world.transforms(1, FARM, [amount(MILK, 10)], [amount(second, 10)])
    world.tell(EventKind.PACK, 2, FARM, container=BOX, inputs=[amount(second, 10)])
    world.transforms(3, FARM, [amount(BOX, 1, "C62")], [amount(MILK, 10)])
    assert ("cycle", (MILK, second)) in found(world)


@pytest.mark.parametrize("standing", ["unsealed", "stranger"])
def test_a_batch_of_nobody_whom_the_town_let_in_moves_no_label_and_no_recall(standing):
    other = lot("rennet", "R1")
    world = school()
    world.commissions(1, TRADER, amount(other, 5))
    forged = event(
        EventKind.TRANSFORM, 38, inputs=(amount(MILK, 1, "LTR"),), outputs=(amount(other, 1), amount(OTHER, 1))
    )
    mallory_says(world, forged, standing)
    assert bears(world, other, [certificate(other, TRADER)])
    assert reached(world, MILK) == {MILK, CHEESE, MEAL}
    assert (standing, tuple(sorted([other, OTHER]))) in found(world)


# --- labels that nobody else takes away ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        event(EventKind.CONSUME, 38, inputs=(amount(MILK, 1, "LTR"),)),
        event(EventKind.SHIP, 38, inputs=(amount(MILK, 1, "KGM"),)),
        event(EventKind.SHIP, -400_000, inputs=(amount(MILK, 1, "KGM"),)),
        event(
            EventKind.TRANSFORM, 38, inputs=(amount(CHEESE, 1),), outputs=(amount(lot("milk", "other"), 1),)
        ),
        event(EventKind.COMMISSION, 38, outputs=(amount(MILK, 1, "LTR"),)),
        event(EventKind.COMMISSION, -1, outputs=(amount(MILK, 1, "KGM"),)),
    ],
    ids=["eats", "ships it in another unit", "in 1980", "makes the farm's product", "makes the lot", "makes it first"],
)  # fmt: skip
def test_a_maker_takes_no_label_by_an_event_about_a_lot_that_is_not_hers(said):
    world = mallory_says(school(), said)
    assert found(world) != []
    assert bears(world, MEAL)
    assert recall(world.story, CHEESE) == recall(school().story, CHEESE) or said.kind is EventKind.TRANSFORM


def test_milk_that_is_filled_from_a_crate_under_its_own_product_is_no_second_name():
    world = World()
    world.commissions(0, FARM, amount(MILK, 10, "LTR"))
    world.tell(EventKind.PACK, 1, FARM, container=BOX, inputs=[amount(MILK, 10, "LTR")])
    world.transforms(2, FARM, [amount(BOX, 1, "C62")], [amount(lot("milk", "L9"), 10, "LTR")])
    assert found(world) == []
    assert bears(world, lot("milk", "L9"))


def test_a_farm_that_corrects_a_wrong_figure_bears_the_label_by_the_right_one():
    world = World()
    world.commissions(0, FARM, amount(MILK, 1000, "LTR"))
    world = world.now(0, "revoked")
    assert not bears(world, MILK)
    world.commissions(0, FARM, HUNDRED)
    assert bears(world, MILK)


def test_names_are_those_of_who_may_speak_for_what_they_name():
    world = school()
    world.events[0] = replace(
        world.events[0], event=replace(world.events[0].event, names=((FARM, "GAEC des Prés"), (SCHOOL, "Décharge")))
    )
    said = event(EventKind.SHIP, 38, inputs=(amount(MILK, 1, "LTR"),), names=((FARM, "Laiterie sous enquête"),))
    assert mallory_says(world, said).story.names == {FARM: "GAEC des Prés"}


# --- whoever speaks first has nothing --------------------------------------------------------------------------------


def test_a_trader_who_says_that_he_received_a_farm_s_milk_has_nothing_of_it_and_its_true_buyer_all():
    world = World()
    world.commissions(0, FARM, HUNDRED)
    world.tell(EventKind.RECEIVE, 1, SHED, issuer=MALLORY, partner=FARM, inputs=[HUNDRED])
    world.transforms(2, SHED, [HUNDRED], [amount(OTHER, 12)], yields=CURDLING, issuer=MALLORY)
    world.ships(3, FARM, DAIRY, HUNDRED)
    world.receives(4, DAIRY, FARM, HUNDRED)
    world.transforms(5, DAIRY, [HUNDRED], [amount(CHEESE, 12)], yields=CURDLING)
    assert found(world) == [("invented", (MILK,)), ("invented", (MILK,))]
    assert (bears(world, OTHER), bears(world, CHEESE)) == (False, True)
    assert reached(world, MILK) == {MILK, CHEESE, OTHER}


def test_what_a_holder_says_it_has_and_is_not_there_is_claimed_and_listed():
    world = World()
    world.commissions(0, FARM, HUNDRED)
    world.tell(EventKind.RECEIVE, 1, SHED, issuer=MALLORY, partner=FARM, inputs=[HUNDRED])
    (milk,) = recall(world.story, MILK)
    assert [(*spot, quantity) for spot, quantity in milk.at] == [("claimed", SHED, 100), ("held", FARM, 100)]
    world.tell(EventKind.CONSUME, 2, SHED, issuer=MALLORY, inputs=[amount(MILK, 60, "LTR")])
    assert recall(world.story, MILK) == [milk]


def test_a_trader_who_makes_cheese_of_a_crate_that_never_left_the_farm_makes_none_with_a_label():
    world = World()
    world.commissions(0, FARM, HUNDRED)
    world.tell(EventKind.PACK, 1, FARM, container=BOX, inputs=[HUNDRED])
    world.transforms(2, SHED, [amount(BOX, 1, "C62")], [amount(OTHER, 12)], yields=CURDLING, issuer=MALLORY)
    world.ships(3, FARM, DAIRY, amount(BOX, 1, "C62"))
    world.receives(4, DAIRY, FARM, amount(BOX, 1, "C62"))
    world.transforms(5, DAIRY, [amount(BOX, 1, "C62")], [amount(CHEESE, 12)], yields=CURDLING)
    assert ("elsewhere", (BOX,)) in found(world)
    assert (bears(world, OTHER), bears(world, CHEESE)) == (False, True)
    assert reached(world, MILK) == {MILK, CHEESE, OTHER}


def test_a_rival_who_says_that_he_ate_the_school_s_crate_is_shown_and_the_recall_sends_to_the_school():
    world = World(school().events[:-2])
    mallory_says(world, event(EventKind.CONSUME, 36, inputs=(amount(CRATE, 1, "C62"),)))
    (meals,) = [it for it in recall(world.story, MILK) if it.lot == MEAL]
    assert {spot.who for spot, _ in meals.at if spot.who in {SCHOOL, SHED}} == {SCHOOL}
    assert [it.doubt.value for it in Recalls(world.story).findings(MILK)] == ["elsewhere"]
    assert bears(world, MEAL)


def test_who_names_another_s_holder_first_is_heard_until_he_is_disowned():
    """A new holder may be named before she speaks herself: the accreditor disowns him, and she is heard."""
    world = World()
    world.ships(-1, DAIRY, SHED, amount(CHEESE, 1), issuer=MALLORY, known=school().events)
    world.events += boxed().events
    assert not bears(world, CHEESE)
    assert ("spoken", (DAIRY,)) in found(world)
    assert bears(world.now(0, "disowned"), CHEESE)


# --- when it was told ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("issued", "late"), [(31 * 24, False), (31 * 24 + 1, True), (-0.25, False), (-0.5, True)])
def test_what_is_told_more_than_a_month_later_or_before_it_happens_makes_nothing_with_a_label(issued, late):
    world = World()
    world.commissions(0, FARM, HUNDRED, issued=issued)
    certified = [certificate(MILK, issued_s=MADE_S - DAY_S)]
    assert (found(world), bears(world, MILK, certified)) == ([("late", (MILK,))] if late else [], not late)


def test_a_certificate_says_nothing_of_what_was_told_before_it_or_after_its_end():
    world = World()
    world.commissions(0, FARM, HUNDRED, issued=24)
    assert bears(world, MILK, [certificate(MILK, issued_s=MADE_S + DAY_S, until_s=MADE_S + DAY_S + 1)])
    assert not bears(world, MILK, [certificate(MILK, issued_s=MADE_S + DAY_S + 1)])
    assert not bears(world, MILK, [certificate(MILK, until_s=MADE_S + DAY_S)])


def test_a_certificate_of_the_year_30000_is_said_in_a_sentence():
    (doubt,) = doubts(school().story, MILK, [certificate(MILK, from_s=2**40 - 1)])
    assert doubt.endswith("begins on after the year 9999")
