"""Names in one form, and quantities that come out once."""

import json
from fractions import Fraction

import pytest

from beffroi.records.lots import naming
from beffroi.records.lots.epcis import EpcisError, epcis_of
from beffroi.records.lots.epcisread import read_events
from beffroi.records.lots.event import Yield
from beffroi.records.lots.naming import UriError
from testbed.lots import CHEESE, DAIRY, FARM, MEAL, MILK, PRODUCTS, World, amount

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"


@pytest.mark.parametrize(
    "alias",
    [
        f"{CHEESE}/", f"{CHEESE}#x", "URN:EPC:class:lgtin:3012345.000002.C1",
        f"{PRODUCTS['cheese']}/10/C%31", f"{PRODUCTS['cheese']}/10/C%2f", f"{PRODUCTS['cheese']}/10/C%",
        f"{PRODUCTS['cheese']}/10/%E2%80%AE1C%0A",
    ],
)  # fmt: skip
def test_a_name_that_is_not_in_the_one_form_is_refused(alias):
    with pytest.raises(UriError):
        naming.uri(alias)


def test_a_thing_keeps_its_lot_and_its_product():
    wheel = f"{CHEESE}/21/S7"
    assert naming.uri(wheel) == naming.uri(wheel.replace("id.gs1.org", "shop.example")) == wheel
    assert naming.product(wheel) == PRODUCTS["cheese"]


def test_a_lot_whose_name_ends_with_a_sign_is_said_to_be_alike():
    world = World()
    world.commissions(0, DAIRY, amount(CHEESE, 10))
    world.commissions(1, DAIRY, amount(f"{CHEESE}%2F", 10))
    assert [it.doubt for it in world.story.findings] == ["alike"]


def said(*events, context=(), body=()):
    document = {"@context": [CONTEXT, *context], "type": "EPCISDocument", "epcisBody": {**dict(body)}}
    document["epcisBody"]["eventList"] = [*events]
    return read_events(epcis_of(json.dumps(document), "x.json"))


def commissioned(name):
    return {
        "type": "ObjectEvent", "action": "ADD", "bizStep": "commissioning", "eventTimeZoneOffset": "+00:00",
        "eventTime": "2026-03-02T06:00:00.000Z", "readPoint": {"id": FARM},
        "quantityList": [{"epcClass": name, "quantity": 5, "uom": "KGM"}],
    }  # fmt: skip


def test_a_name_with_a_prefix_is_the_name_that_it_stands_for():
    assert said(commissioned("shop:L1"), context=[{"shop": MILK[:-2]}]) == said(commissioned(MILK))


@pytest.mark.parametrize(
    "where", [{"context": [{"quantityList": "https://x.example/ignored"}]}, {"body": {"@context": {"quantity": None}}}]
)
def test_a_context_that_gives_the_standard_s_keys_another_meaning_is_refused(where):
    with pytest.raises(EpcisError, match=r"another meaning|a context of its own"):
        said(commissioned(MILK), **where)


def test_of_two_kinds_of_quantity_each_takes_its_share():
    world = World()
    world.commissions(0, FARM, amount(MILK, 100))
    by_piece = (Yield("C62", "KGM", Fraction(10)),)
    made = [amount(CHEESE, 60), amount(MEAL, 400, "C62")]
    world.transforms(1, FARM, [amount(MILK, 100)], made, yields=by_piece)
    assert world.story.findings == []
    world = World(world.events[:1])
    world.transforms(1, FARM, [amount(MILK, 100)], [made[0], amount(MEAL, 401, "C62")], yields=by_piece)
    assert [(it.doubt, it.about) for it in world.story.findings] == [("yield", (CHEESE, MEAL))]


@pytest.mark.parametrize("stated", [Yield("KGM", "KGM", Fraction(1000)), Yield("TNE", "KGM", Fraction("0.002"))])
def test_more_than_goes_in_comes_out_of_no_yield_within_a_kind(stated):
    world = World()
    world.commissions(0, FARM, amount(MILK, 1))
    with pytest.raises(EpcisError, match="no more comes out than goes in"):
        world.transforms(1, FARM, [amount(MILK, 1)], [amount(CHEESE, 1)], yields=(stated,))
