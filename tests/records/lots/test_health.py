"""Health supplies: doses in boxes with numbers of their own, from the laboratory to whoever dispenses them."""

from dataclasses import replace

import pytest

from beffroi.records.lots.event import EventKind
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.labels import doubts
from beffroi.records.lots.recall import recall
from testbed.lots import DAIRY as WHOLESALER
from testbed.lots import FARM as LABORATORY
from testbed.lots import ISSUERS, World, amount
from testbed.lots import KITCHEN as PHARMACY
from testbed.lots import SCHOOL as HOSPITAL
from tests.vectors.make_lots import BIO

PRODUCT = "https://id.gs1.org/01/03012345000055"
BULK, PALLET = f"{PRODUCT}/10/V7", "https://id.gs1.org/00/130123450000000038"
BOXES = [f"https://id.gs1.org/01/03012345000062/21/{number}" for number in range(1001, 1005)]


@pytest.fixture
def world():
    """A lot of 40 doses in four boxes of ten: three to the pharmacy on a pallet, one to the hospital."""
    world = World()
    world.commissions(0, LABORATORY, amount(BULK, 40, "C62"))
    world.transforms(1, LABORATORY, [amount(BULK, 40, "C62")], [amount(it, 1, "C62") for it in BOXES])
    world.ships(2, LABORATORY, WHOLESALER, *(amount(it, 1, "C62") for it in BOXES))
    world.receives(3, WHOLESALER, LABORATORY, *(amount(it, 1, "C62") for it in BOXES))
    packed = [amount(it, 1, "C62") for it in BOXES[:3]]
    world.tell(EventKind.PACK, 4, WHOLESALER, container=PALLET, inputs=packed)
    world.ships(5, WHOLESALER, PHARMACY, amount(PALLET, 1, "C62"))
    world.ships(6, WHOLESALER, HOSPITAL, amount(BOXES[3], 1, "C62"))
    world.receives(7, PHARMACY, WHOLESALER, amount(PALLET, 1, "C62"))
    world.tell(EventKind.UNPACK, 8, PHARMACY, container=PALLET)
    world.tell(EventKind.CONSUME, 9, PHARMACY, inputs=[amount(BOXES[0], 1, "C62")])
    return world


def test_a_recall_of_the_lot_lists_each_box_with_whoever_has_it(world):
    assert world.story.findings == []
    told = {it.lot: [(str(spot.state), spot.who) for spot, _ in it.at] for it in recall(world.story, BULK)}
    assert told == {
        BULK: [],
        BOXES[0]: [("consumed", PHARMACY)],
        BOXES[1]: [("held", PHARMACY)],
        BOXES[2]: [("held", PHARMACY)],
        BOXES[3]: [("transit", HOSPITAL)],
    }


def test_a_box_that_is_dispensed_twice_is_invented(world):
    world.tell(EventKind.CONSUME, 10, PHARMACY, inputs=[amount(BOXES[0], 1, "C62")])
    (finding,) = world.story.findings
    assert (finding.doubt, finding.about) == (Doubt.INVENTED, (BOXES[0],))


def test_a_box_that_somebody_makes_beside_the_laboratory_bears_no_label_and_takes_none(world):
    laboratory = replace(BIO, product=PRODUCT)
    forged = BOXES[0].replace("1001", "9999")
    world.commissions(11, WHOLESALER, amount(forged, 1, "C62"))
    assert doubts(world.story, BOXES[0], [laboratory]) == []
    (doubt,) = doubts(world.story, forged, [laboratory])
    assert f"no certificate of {PRODUCT[:-2]}62 for {ISSUERS[WHOLESALER]}" in doubt
    assert world.story.findings == []


def test_a_box_that_the_laboratory_makes_of_nothing_beside_those_of_the_lot_is_named(world):
    second = BOXES[0].replace("1001", "9999")
    world.commissions(11, LABORATORY, amount(second, 1, "C62"))
    (finding,) = world.story.findings
    assert (finding.doubt, finding.about) == (Doubt.ORIGIN, (second,))
