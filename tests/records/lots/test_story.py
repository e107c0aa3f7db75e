"""Lots as events tell them: quantities that add up, and each way in which they do not, by its own name."""

import pytest

from beffroi.records.lots.event import EventKind, LotError
from beffroi.records.lots.eventpapers import SealedEvent
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.recall import recall
from beffroi.records.lots.stock import Spot, State
from beffroi.records.lots.story import follow
from beffroi.records.paper import PaperRef
from testbed.lots import (
    CHEESE,
    COOKING,
    CRATE,
    CURDLING,
    DAIRY,
    FARM,
    ISSUERS,
    KITCHEN,
    MEAL,
    MILK,
    SCHOOL,
    TRADER,
    World,
    amount,
    lot,
    school,
)


@pytest.fixture
def world():
    return school()


def found(world):
    return [(it.doubt, it.about) for it in world.story.findings]


def held(world, name):
    return {(place.state.value, place.who): quantity for place, quantity in world.story.ledger.holdings(name)}


def test_what_adds_up_has_no_finding(world):
    assert found(world) == []


def test_who_has_how_much_is_known_to_the_gram(world):
    assert held(world, MILK) == {}
    assert held(world, CHEESE) == {("held", DAIRY): 7, ("held", KITCHEN): 1}
    assert held(world, MEAL) == {("held", KITCHEN): 2, ("held", SCHOOL): 2, ("consumed", SCHOOL): 36}


def test_what_is_packed_is_where_its_box_is(world):
    on_the_way = World(world.events[:9])
    assert held(on_the_way, MEAL) == {("held", KITCHEN): 2, ("transit", SCHOOL): 38}
    assert held(World(world.events[:10]), MEAL) == {("held", KITCHEN): 2, ("held", SCHOOL): 38}


def test_a_recall_reaches_what_was_made_of_a_lot_and_who_has_it(world):
    told = recall(world.story, MILK)
    assert [it.lot for it in told] == [MILK, CHEESE, MEAL]
    assert [it.unit for it in told] == ["LTR", "KGM", "C62"]
    assert told[2].at == (
        (Spot(State.CONSUMED, SCHOOL), 36), (Spot(State.HELD, KITCHEN), 2), (Spot(State.HELD, SCHOOL), 2),
    )  # fmt: skip
    assert [it.lot for it in recall(world.story, MEAL)] == [MEAL]
    with pytest.raises(LotError, match="nothing is told of"):
        recall(world.story, lot("milk", "L9"))


def test_the_order_in_which_events_are_given_does_not_matter(world):
    turned = World(world.events[::-1])
    assert found(turned) == []
    assert held(turned, MEAL) == held(world, MEAL)


def test_at_one_moment_what_makes_comes_before_what_takes():
    world = World()
    world.commissions(0, FARM, amount(MILK, 10, "LTR"))
    world.transforms(0, FARM, [amount(MILK, 10, "LTR")], [amount(CHEESE, 1)], yields=CURDLING)
    world.transforms(0, FARM, [amount(CHEESE, 1)], [amount(MEAL, 5, "C62")], yields=COOKING)
    assert found(World(world.events[::-1])) == []


def test_more_of_a_lot_than_its_holder_has_is_invented(world):
    world.ships(40, DAIRY, TRADER, amount(CHEESE, "7.001"))
    (finding,) = world.story.findings
    assert (finding.doubt, finding.about, finding.place) == (Doubt.INVENTED, (CHEESE,), 12)
    assert f"0.001 KGM of them are not at {DAIRY}'s" in finding.words


def test_more_than_the_yield_is_named_with_what_could_be(world):
    world.commissions(40, FARM, amount(lot("milk", "L2"), 50, "LTR"))
    out = [amount(lot("cheese", "C2"), 4), amount(lot("cheese", "C3"), "2.1")]
    world.transforms(41, FARM, [amount(lot("milk", "L2"), 50, "LTR")], out, yields=CURDLING)
    (finding,) = world.story.findings
    assert (finding.doubt, finding.about) == (Doubt.YIELD, (lot("cheese", "C2"), lot("cheese", "C3")))
    assert "6.1 KGM where at most 6 KGM can come out" in finding.words


def test_without_a_yield_a_kind_of_quantity_is_kept():
    world = World()
    world.commissions(0, FARM, amount(CHEESE, 2), amount(lot("rennet", "R1"), 500, "GRM"))
    world.transforms(1, FARM, [amount(CHEESE, 2), amount(lot("rennet", "R1"), 500, "GRM")], [amount(MEAL, "2.5")])
    assert found(world) == []
    world.commissions(2, FARM, amount(lot("cheese", "C4"), 2))
    world.transforms(3, FARM, [amount(lot("cheese", "C4"), 2)], [amount(lot("meal", "M2"), "2.000001")])
    assert found(world) == [(Doubt.YIELD, (lot("meal", "M2"),))]


def test_units_that_do_not_convert_are_refused_unless_the_yield_says_how():
    world = World()
    world.commissions(0, FARM, amount(MILK, 100, "LTR"))
    world.transforms(1, FARM, [amount(MILK, 100, "LTR")], [amount(CHEESE, 1)])
    (finding,) = world.story.findings
    assert (finding.doubt, finding.about) == (Doubt.UNIT, (CHEESE,))
    assert "state the yield" in finding.words
    world.ships(2, FARM, DAIRY, amount(CHEESE, 1, "LTR"))
    assert [it.doubt for it in world.story.findings] == [Doubt.UNIT] * 2
    assert held(world, CHEESE) == {("held", FARM): 1}


def test_a_lot_from_nowhere_is_named_and_not_sealed():
    world = World()
    with pytest.raises(LotError, match=f"{CHEESE} comes from nowhere"):
        world.transforms(1, KITCHEN, [amount(CHEESE, 4)], [amount(MEAL, 40, "C62")])
    other = World()
    other.commissions(0, FARM, amount(CHEESE, 4))
    world.transforms(1, KITCHEN, [amount(CHEESE, 4)], [amount(MEAL, 40, "C62")], known=other.events, yields=COOKING)
    assert found(world) == [(Doubt.NOWHERE, (CHEESE,)), (Doubt.PARENTS, (CHEESE,)), (Doubt.PARENTS, (MEAL,))]


def test_a_lot_under_another_name_is_named(world):
    second = lot("cheese", "C1-bis")
    world.commissions(40, DAIRY, amount(second, 7))
    assert found(world) == [(Doubt.ORIGIN, (second,))]
    world.commissions(41, FARM, amount(lot("milk", "L2"), 7, "LTR"))
    assert found(world) == [(Doubt.ORIGIN, (second,))]


def test_a_raw_lot_that_is_divided_does_not_make_others_of_its_product_suspect():
    world = World()
    world.commissions(0, FARM, amount(MILK, 100, "LTR"), amount(lot("milk", "L2"), 5, "LTR"))
    halves = [amount(lot("milk", "L1A"), 50, "LTR"), amount(lot("milk", "L1B"), 50, "LTR")]
    world.transforms(1, FARM, [amount(MILK, 100, "LTR")], halves)
    assert found(world) == []


def test_names_that_a_reader_takes_for_one_another_are_named(world):
    other = lot("milk", "l1")
    world.commissions(40, FARM, amount(other, 7, "LTR"))
    assert found(world) == [(Doubt.ALIKE, tuple(sorted([MILK, other])))]


def test_a_lot_that_is_made_of_itself_is_a_cycle_and_the_rest_is_followed():
    names = [lot("milk", f"X{at}") for at in range(4)]
    world, other = World(), World()
    other.commissions(0, FARM, *(amount(it, 5) for it in names))
    for at in (0, 1, 2):
        made = [amount(names[(at + 1) % 3], 5)]
        world.transforms(at, FARM, [amount(names[at], 5)], made, known=other.events, parents=())
    world.transforms(5, FARM, [amount(names[1], 5)], [amount(names[3], 5)])
    cycles = [it.about for it in world.story.findings if it.doubt is Doubt.CYCLE]
    assert cycles == [tuple(names[:3])]
    assert {it.lot for it in recall(world.story, names[1])} == set(names)


def test_what_is_taken_before_it_is_made_is_early():
    world = World()
    world.commissions(5, FARM, amount(MILK, 100, "LTR"))
    world.transforms(3, FARM, [amount(MILK, 100, "LTR")], [amount(CHEESE, 12)], yields=CURDLING)
    assert found(world) == [(Doubt.EARLY, (MILK,))]


def test_a_box_that_is_not_there_and_one_in_which_nothing_was_packed_are_named(world):
    world.ships(40, KITCHEN, TRADER, amount(CRATE, 1, "C62"))
    assert found(world) == [(Doubt.ELSEWHERE, (CRATE,))]
    world.ships(41, TRADER, SCHOOL, amount(CRATE, 1, "C62"))
    other = World(world.events[:1])
    with pytest.raises(LotError, match=f"{CRATE} comes from nowhere"):
        other.tell(EventKind.UNPACK, 50, SCHOOL, container=CRATE)
    other.tell(EventKind.UNPACK, 50, SCHOOL, container=CRATE, known=world.events)
    assert (Doubt.NOWHERE, (CRATE,)) in found(other)


def test_boxes_in_boxes_move_together_and_come_out_one_by_one(world):
    pallet = CRATE.replace("014", "021")
    world = World(world.events[:8])
    world.tell(EventKind.PACK, 34, KITCHEN, container=pallet, inputs=[amount(CRATE, 1, "C62")])
    world.ships(35, KITCHEN, SCHOOL, amount(pallet, 1, "C62"))
    assert held(world, MEAL) == {("held", KITCHEN): 2, ("transit", SCHOOL): 38}
    world.receives(36, SCHOOL, KITCHEN, amount(pallet, 1, "C62"))
    world.tell(EventKind.UNPACK, 37, SCHOOL, container=pallet)
    world.tell(EventKind.UNPACK, 38, SCHOOL, container=CRATE, inputs=[amount(MEAL, 8, "C62")])
    assert found(world) == []
    world.tell(EventKind.CONSUME, 39, SCHOOL, inputs=[amount(MEAL, 9, "C62")])
    assert found(world) == [(Doubt.INVENTED, (MEAL,))]
    assert held(World(world.events[:-1]), MEAL) == {("held", KITCHEN): 2, ("held", SCHOOL): 38}


def test_a_box_that_is_cooked_or_thrown_away_is_so_with_all_that_is_in_it(world):
    world = World(world.events[:6])
    world.tell(EventKind.PACK, 33, KITCHEN, container=CRATE, inputs=[amount(CHEESE, 5)])
    cooked, thrown = World([*world.events]), world
    cooked.transforms(34, KITCHEN, [amount(CRATE, 1, "C62")], [amount(MEAL, 50, "C62")], yields=COOKING)
    thrown.tell(EventKind.CONSUME, 34, KITCHEN, inputs=[amount(CRATE, 1, "C62")])
    assert found(cooked) == found(thrown) == []
    assert [it.lot for it in recall(cooked.story, CHEESE)] == [CHEESE, MEAL]
    assert held(thrown, CHEESE) == {("held", DAIRY): 7, ("consumed", KITCHEN): 5}


def test_boxes_that_are_packed_into_each_other_end_nothing(world):
    pallet = CRATE.replace("014", "021")
    world.tell(EventKind.PACK, 40, SCHOOL, container=CRATE, inputs=[amount(MEAL, 1, "C62")])
    world.tell(EventKind.PACK, 41, SCHOOL, container=pallet, inputs=[amount(CRATE, 1, "C62")])
    world.tell(EventKind.PACK, 42, SCHOOL, container=CRATE, inputs=[amount(pallet, 1, "C62")])
    world.tell(EventKind.PACK, 43, SCHOOL, container=CRATE, inputs=[amount(CRATE, 1, "C62")])
    assert found(world) == [(Doubt.ELSEWHERE, (CRATE,)), (Doubt.CYCLE, (CRATE,)), (Doubt.ELSEWHERE, (CRATE,))]
    assert held(world, MEAL)["held", SCHOOL] == 2


def test_the_same_event_sealed_twice_counts_once(world):
    first = world.events[0]
    again = PaperRef(1, ISSUERS[FARM], 7, b"\1" * 32)
    world.events.append(SealedEvent(first.event, again, ()))
    assert found(world) == [(Doubt.TWICE, (MILK,))]
    with pytest.raises(LotError, match="was sealed before"):
        world.commissions(0, FARM, amount(MILK, 100, "LTR"))


def test_another_issuer_who_speaks_for_a_holder_is_named_and_moves_nothing(world):
    before = held(world, CHEESE)
    world.ships(40, DAIRY, TRADER, amount(CHEESE, 1), issuer=ISSUERS[TRADER])
    assert found(world) == [(Doubt.SPOKEN, (DAIRY,))]
    assert held(world, CHEESE) == before


def test_two_issuers_with_one_key_are_said_to_be_one(world):
    keys = {ISSUERS[FARM]: "0xaa", ISSUERS[DAIRY]: "0xbb", ISSUERS[KITCHEN]: "0xaa"}
    (finding,) = follow(world.events, keys).findings
    assert (finding.doubt, finding.about) == (Doubt.ONE_KEY, tuple(sorted([ISSUERS[FARM], ISSUERS[KITCHEN]])))


def test_a_revoked_event_moves_nothing_and_the_recall_still_follows_it(world):
    revoked = world.now(3, "revoked")
    kinds = {it.doubt for it in revoked.story.findings}
    assert kinds == {Doubt.TAKEN_BACK, Doubt.NOWHERE}
    assert [it.lot for it in recall(revoked.story, MILK)] == [MILK, CHEESE, MEAL]
    assert held(revoked, MILK) == {("held", DAIRY): 100}


def test_what_is_disowned_happened_and_is_said(world):
    (finding,) = world.now(3, "disowned").story.findings
    assert (finding.doubt, finding.about) == (Doubt.TAKEN_BACK, (CHEESE,))
    assert "the accreditor disowned it" in finding.words
    assert held(world.now(3, "disowned"), CHEESE) == held(world, CHEESE)


def test_what_is_not_on_the_chain_is_said_first(world):
    (finding,) = World(world.events[:1]).now(0, "unsealed").story.findings
    assert (finding.doubt, finding.about) == (Doubt.UNSEALED, (MILK,))


def test_a_paper_that_rests_on_others_than_those_that_made_its_inputs_is_named(world):
    cooking = world.events[6]
    world.events[6] = SealedEvent(cooking.event, cooking.ref, (world.events[0].ref,))
    assert found(world) == [(Doubt.PARENTS, (CHEESE,))]
    altered = PaperRef(1, ISSUERS[DAIRY], 1, b"\7" * 32)
    world.events[6] = SealedEvent(cooking.event, cooking.ref, (altered,))
    assert found(world) == [(Doubt.PARENTS, (CHEESE,)), (Doubt.PARENTS, (MEAL,))]
