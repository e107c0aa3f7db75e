"""Labels: a lot bears one iff every lot that it was made of bears it now."""

from dataclasses import replace

import pytest

from beffroi.records.lots.event import LotError, Yield
from beffroi.records.lots.eventpapers import PaperStanding
from beffroi.records.lots.labels import LotCertificate, certificates_of, doubts, is_label, label
from beffroi.records.openbatch import OpenDraft, seal_open
from beffroi.records.paper import PaperRef
from testbed.lots import CHEESE, CURDLING, DAIRY, FARM, HOME, ISSUERS, MILK, PRODUCTS, TRADER, World, amount, lot

BIO = label("Agriculture biologique")
CERTIFIER = ISSUERS[TRADER]
RENNET = lot("rennet", "R1")
MADE_S, DAY_S = 1_772_427_600, 86_400


def certificate(product, maker=FARM, number=0, **changes):
    said = {"from_s": MADE_S - DAY_S, "until_s": MADE_S + 300 * DAY_S}
    ref = PaperRef(2, CERTIFIER, number, bytes(32))
    return LotCertificate(ref, ISSUERS[maker].lower(), PRODUCTS[product], **(said | changes))


@pytest.fixture
def world():
    world = World()
    world.commissions(0, FARM, amount(MILK, 100, "LTR"))
    world.commissions(0, DAIRY, amount(RENNET, 10, "GRM"))
    world.ships(1, FARM, DAIRY, amount(MILK, 100, "LTR"))
    world.receives(2, DAIRY, FARM, amount(MILK, 100, "LTR"))
    inputs = [amount(MILK, 100, "LTR"), amount(RENNET, 10, "GRM")]
    world.transforms(3, DAIRY, inputs, [amount(CHEESE, 12)], yields=CURDLING)
    return world


MILK_BIO, RENNET_BIO = certificate("milk"), certificate("rennet", DAIRY, number=1)


def test_a_label_holds_where_every_lot_that_it_began_with_is_certified(world):
    assert doubts(world.story, CHEESE, [MILK_BIO, RENNET_BIO]) == []
    assert doubts(world.story, MILK, [MILK_BIO]) == []


def test_one_input_without_it_is_enough_and_is_named(world):
    (doubt,) = doubts(world.story, CHEESE, [MILK_BIO])
    assert doubt.startswith(f"{RENNET}: no certificate of {PRODUCTS['rennet']}")
    assert doubts(world.story, MILK, [MILK_BIO]) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"standing": PaperStanding.REVOKED}, "certificate 0 of .* is revoked"),
        ({"standing": PaperStanding.DISOWNED}, "certificate 0 of .* is disowned"),
        ({"standing": PaperStanding.UNSEALED}, "is not on the chain"),
        ({"until_s": MADE_S}, "had ended on 2026-03-02"),
        ({"from_s": MADE_S + 1}, "begins on 2026-03-02"),
        (
            {"accredited_until_s": MADE_S},
            "is of a certifier accredited until 2026-03-02 05:00 UTC, not when the lot was made",
        ),
        ({"standing": PaperStanding.STRANGER}, "is of a label that no office of the town opened"),
        ({"issued_s": MADE_S + 3601}, "was issued on .*, after the lot was told of"),
        ({"until_s": MADE_S + 3600}, "had ended on .*, before the lot was told of"),
        ({"maker": ISSUERS[DAIRY].lower()}, "no certificate of"),
        ({"product": PRODUCTS["cheese"]}, "no certificate of"),
    ],
)
def test_each_reason_why_a_certificate_says_nothing_is_said(world, changes, told):
    spoilt = replace(MILK_BIO, **changes)
    with pytest.raises(AssertionError, match=told):
        assert doubts(world.story, CHEESE, [spoilt, RENNET_BIO]) == []
    assert doubts(world.story, CHEESE, [spoilt, RENNET_BIO, replace(MILK_BIO, until_s=0)]) == []


def test_a_certificate_that_ended_after_the_lot_was_told_of_still_says_so(world):
    told = replace(MILK_BIO, until_s=MADE_S + 3601, issued_s=MADE_S + 3600)
    assert doubts(world.story, CHEESE, [told, RENNET_BIO]) == []


def test_an_event_that_was_disowned_or_revoked_after_the_fact_ends_the_labels_of_what_it_made(world):
    both = [MILK_BIO, RENNET_BIO]
    for place, standing, name in [(0, "disowned", MILK), (4, "disowned", CHEESE), (0, "revoked", MILK)]:
        told = doubts(world.now(place, standing).story, CHEESE, both)
        assert any(name in it and standing in it for it in told)
    assert doubts(world.now(4, "disowned").story, MILK, both) == []


def test_what_does_not_add_up_ends_the_label_of_what_its_event_makes_and_of_nothing_else(world):
    both = [MILK_BIO, RENNET_BIO]
    world.ships(5, FARM, TRADER, amount(MILK, 1, "LTR"))
    assert doubts(world.story, CHEESE, both) == []
    other = lot("cheese", "C2")
    world.transforms(6, DAIRY, [amount(MILK, 1, "LTR")], [amount(other, "0.1")], yields=CURDLING)
    (doubt,) = doubts(world.story, other, both)
    assert "1 LTR of them are not at" in doubt
    assert doubts(world.story, CHEESE, both) == []


def test_a_lot_under_another_name_bears_no_label_of_its_own(world):
    second = lot("cheese", "C2")
    world.commissions(6, DAIRY, amount(second, 12))
    (doubt,) = doubts(world.story, second, [certificate("cheese", DAIRY)])
    assert doubt.endswith("a second name")


def test_a_label_is_a_schema_and_its_papers_are_certificates():
    said = {"maker": ISSUERS[FARM].lower(), "product": PRODUCTS["milk"], "party": "GAEC des Prés"}
    batch = seal_open(HOME, BIO, 2, CERTIFIER, 4, [OpenDraft(said, from_s=5, until_s=9)])
    (read,) = certificates_of(batch)
    assert (read.ref, read.maker, read.product, read.from_s, read.until_s) == (
        batch.papers[0].ref, ISSUERS[FARM].lower(), PRODUCTS["milk"], 5, 9,
    )  # fmt: skip
    assert is_label(batch.definition)
    urn = seal_open(HOME, BIO, 2, CERTIFIER, 4, [OpenDraft(said | {"product": "urn:epc:idpat:sgtin:3012345.000001.*"})])
    with pytest.raises(LotError, match=r"paper 4: .* is written 'https://id\.gs1\.org/01/03012345000017'"):
        certificates_of(urn)


def test_yields_are_stated_once_for_each_kind_of_units(world):
    milk, cheese = [amount(lot("milk", "L3"), 1, "LTR")], [amount(lot("cheese", "C3"), 1)]
    world.commissions(7, FARM, *milk)
    with pytest.raises(ValueError, match="stands twice in a list"):
        world.transforms(8, FARM, milk, cheese, yields=(*CURDLING, Yield("GRM", "MLT", CURDLING[0].factor)))
