"""What cannot be followed is refused when it is read, with what to say instead."""

import pytest

from beffroi.records.lots.epcis import EpcisError
from beffroi.records.lots.epcisread import read_events
from testbed.lots import MILK, PRODUCTS, happenings

MISTYPED = MILK.replace("03012345000017", "03012345000107")


@pytest.mark.parametrize(
    ("quantity", "told"),
    [
        (10**400, "out of what the standard's hash can read"),
        (1e300, "is no quantity"),
        (10**15, "is no quantity"),
        (12345678901234.567, "is no quantity"),
        (1e-20, "is no quantity"),
        (0, "is no quantity"),
        (-5, "is no quantity"),
        (True, "True is no quantity"),
        ("5", "'5' is no quantity: a number, without quotes"),
        (None, "None stands where"),
    ],
)
def test_quantities_that_are_none_are_refused_before_anything_is_sealed(quantity, told):
    document = happenings(1, 1)
    document.events[0]["quantityList"][0]["quantity"] = quantity
    with pytest.raises(EpcisError, match=f"event 1: .*{told}"):
        read_events(document)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"quantityList": [{"epcClass": MILK}]}, "state a quantity"),
        ({"quantityList": [{"epcClass": PRODUCTS["milk"], "quantity": 5}]}, "names a product, and no lot of it"),
        ({"quantityList": [{"epcClass": "milk of today", "quantity": 5}]}, "'milk of today' is no URI"),
        ({"quantityList": [{"epcClass": "urn:mi\u0131k:1", "quantity": 5}]}, "is no URI"),
        ({"quantityList": [{"epcClass": MILK, "quantity": 5, "uom": "litre"}]}, "'litre' is no unit"),
        ({"quantityList": [{"epcClass": MILK, "quantity": 5, "uom": "LT"}]}, "'LT' is no unit .*: KGM GRM .*; LTR"),
        ({"quantityList": [{"epcClass": MILK, "quantity": 5, "uom": "KG"}]}, "'KG' is no unit"),
        ({"quantityList": [{"epcClass": MISTYPED, "quantity": 5}]}, "its check digit is 7, and .* make 9"),
        ({"readPoint": {"id": "https://id.gs1.org/414/3012345000016"}}, "417/3012345000016 is mistyped"),
        ({"epcList": ["https://id.gs1.org/00/130123450000000015"]}, "00/130123450000000015 is mistyped"),
        ({"quantityList": []}, "comes out of nothing"),
        ({"quantityList": [{"epcClass": MILK, "quantity": 5}] * 2}, "stands twice in a list"),
        ({"eventTime": "2026-03-02T06:00:00"}, "has no time zone"),
        ({"eventTime": "yesterday"}, "'yesterday' is no time"),
        ({"readPoint": {}}, "it says at whose place by no"),
        ({"action": "MOVE"}, "an ObjectEvent has not the action 'MOVE'"),
        ({"errorDeclaration": {}}, "revoke that one's paper"),
        ({"type": "AggregationEvent"}, "has no parentID"),
    ],
)
def test_an_event_by_which_no_lot_can_be_followed_is_refused_with_what_to_say(changes, told):
    document = happenings(1, 1)
    document.events[0].update(changes)
    with pytest.raises(EpcisError, match=f"event 1: .*{told}"):
        read_events(document)


@pytest.mark.parametrize("unit", ["KGM", "PCE", "WHR", "SET"])
def test_a_unit_of_the_recommendation_is_taken(unit):
    document = happenings(1, 1)
    document.events[0]["quantityList"][0]["uom"] = unit
    (event,) = read_events(document)
    assert event.outputs[0].unit == unit
