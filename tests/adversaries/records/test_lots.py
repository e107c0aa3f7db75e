"""Lots attacked: by issuers who turn out to be none, or one, by names that hide, by whoever serves the files.

Against each stands the chain, or the sum of what all makers told; what no sum shows is not promised.
"""

import datetime as dt
import json
from fractions import Fraction

import pytest

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import DefinitionError
from beffroi.records.lots.epcis import EpcisDocument, EpcisError, epcis_of
from beffroi.records.lots.epcisout import document_text, epcis_event
from beffroi.records.lots.epcisread import read_events
from beffroi.records.lots.event import EVENT, EventKind, LotError, event_of
from beffroi.records.lots.eventpapers import events_of, seal_events
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.labels import doubts, label
from beffroi.records.lots.lotsfolder import document_problems, find_lots, tell_lots
from beffroi.records.lots.lotstanding import known_lots
from beffroi.records.lots.recall import recall
from beffroi.records.openbatch import OpenDraft, open_of, open_text, seal_open
from beffroi.records.paper import PaperError
from beffroi.records.paperslips import hand_slip
from beffroi.units import DAY_S
from testbed.lots import CHEESE, CURDLING, DAIRY, FARM, MILK, PRODUCTS, amount, lot, school
from testbed.town import COMMONS, MAYOR, fund

FARMER, CHEESEMAKER, MALLORY = (Key.derived("lots", name) for name in ("farmer", "cheesemaker", "mallory"))
BIO = label("Bio")


def document(*events):
    return EpcisDocument(events, {}, {})


DAWN = dt.datetime.now(dt.UTC).replace(hour=6, minute=0, second=0, microsecond=0) - dt.timedelta(days=1)
MILKING = document(
    epcis_event(EventKind.COMMISSION, DAWN, FARM, outputs=[amount(MILK, 100, "LTR")]),
    epcis_event(EventKind.SHIP, DAWN.replace(hour=7), FARM, partner=DAIRY, inputs=[amount(MILK, 100, "LTR")]),
)
CURDLED = document(
    epcis_event(EventKind.RECEIVE, DAWN.replace(hour=8), DAIRY, partner=FARM, inputs=[amount(MILK, 100, "LTR")]),
    epcis_event(
        EventKind.TRANSFORM, DAWN.replace(hour=9), DAIRY,
        inputs=[amount(MILK, 100, "LTR")], outputs=[amount(CHEESE, 12)],
    ),
)  # fmt: skip


@pytest.fixture
def attested(town):
    fund(town.rpc, [FARMER, CHEESEMAKER, MALLORY])
    return Attested.of(town.rpc, town.manifest)


class Market:
    """The town's series of lot events and of one label, and what was issued under them."""

    def __init__(self, attested, manifest):
        self.attested, self.manifest = attested, manifest
        self.events, self.bio = attested.open_schema(MAYOR, EVENT), attested.open_schema(MAYOR, BIO)

    def accredited(self, schema, who, body=MAYOR):
        name = SeriesName(schema, who.address)
        self.attested.accredit(body, name, clock_s(self.attested.rpc) + 300 * DAY_S)
        return name

    def tells(self, who, told, *known):
        name = self.accredited(self.events, who)
        before = [it for batch in known for it in events_of(batch)]
        first = self.attested.next_number(name)
        home = self.attested.home
        batch = seal_events(home, name.schema, name.issuer, first, read_events(told, CURDLING), before)
        self.attested.issue(who, batch)
        return batch

    def certifies(self, who, maker=FARMER, schema=None, body=MAYOR):
        name = self.accredited(schema or self.bio, who, body)
        said = {"maker": maker.address.lower(), "product": PRODUCTS["milk"]}
        batch = seal_open(self.attested.home, BIO, name.schema, name.issuer, 0, [OpenDraft(said)])
        self.attested.issue(who, batch)
        return batch

    def why(self, batches, name=CHEESE):
        known = known_lots(self.attested, self.manifest, batches)
        return doubts(known.story, name, known.labels[self.bio][1])


@pytest.fixture
def market(attested, town):
    return Market(attested, town.manifest)


@pytest.fixture
def told(market):
    """Milk, cheese, and a certificate of the milk, which was there first."""
    bio, milk = market.certifies(COMMONS), market.tells(FARMER, MILKING)
    return [milk, market.tells(CHEESEMAKER, CURDLED, milk), bio]


def test_what_is_told_by_all_of_them_holds(market, attested, told):
    known = known_lots(attested, market.manifest, told)
    assert (known.problems, known.story.findings) == ((), [])
    assert market.why(told) == []


def test_a_maker_of_whom_nothing_is_shown_is_named_by_the_chain(market, attested, told):
    milk, cheese, bio = told
    assert known_lots(attested, market.manifest, told).unshown == ()
    whose = f"series {market.events}:{{}} of the town: 2 of its 2 papers stand on the chain, and are not shown here"
    for shown, hidden in ([milk, bio], CHEESEMAKER), ([cheese, bio], FARMER):
        assert known_lots(attested, market.manifest, shown).unshown == (whose.format(hidden.address),)
    assert len(known_lots(attested, market.manifest, [bio]).unshown) == 2


def test_a_stranger_s_series_is_missed_by_nobody(market, attested, told):
    own = attested.open_schema(MALLORY, EVENT)
    name = market.accredited(own, MALLORY, MALLORY)
    attested.issue(MALLORY, seal_events(attested.home, own, name.issuer, 0, read_events(MILKING)))
    assert known_lots(attested, market.manifest, told).unshown == ()


def test_an_issuer_disowned_after_the_fact_is_said_by_the_label_and_by_the_recall(market, attested, told):
    attested.disown(MAYOR, SeriesName(market.events, FARMER.address), 0, 1)
    assert market.why(told) == [f"{MILK}: the commission that made it is disowned"]
    story = known_lots(attested, market.manifest, told).story
    assert [(it.doubt, it.about) for it in story.findings] == [(Doubt.TAKEN_BACK, (MILK,))]
    assert [it.lot for it in recall(story, MILK)] == [MILK, CHEESE]


def test_a_certificate_that_is_revoked_or_disowned_ends_the_label_of_all_descendants_at_once(market, attested, told):
    attested.disown(MAYOR, SeriesName(market.bio, COMMONS.address), 0, 1)
    assert "is disowned" in market.why(told)[0]
    attested.revoke(COMMONS, SeriesName(market.bio, COMMONS.address), {0})
    assert "is revoked" in market.why(told)[0]
    assert "is revoked" in market.why(told, MILK)[0]


def test_a_maker_who_revokes_its_events_escapes_no_recall(market, attested, told):
    attested.revoke(CHEESEMAKER, SeriesName(market.events, CHEESEMAKER.address), {1})
    story = known_lots(attested, market.manifest, told).story
    assert [it.lot for it in recall(story, MILK)] == [MILK, CHEESE]
    assert any(it.doubt is Doubt.TAKEN_BACK and it.about == (CHEESE,) for it in story.findings)
    assert market.why(told)


def test_a_label_of_a_schema_that_another_opened_under_the_same_name_is_another_label(market, attested, told):
    own = attested.open_schema(MALLORY, BIO)
    forged = market.certifies(MALLORY, schema=own, body=MALLORY)
    known = known_lots(attested, market.manifest, [told[0], told[1], forged])
    assert list(known.labels) == [own]
    assert attested.accreditor(own) == MALLORY.address
    assert attested.accreditor(market.bio) == MAYOR.address
    assert "NOT of the town" in known.problems[0]
    assert doubts(known.story, CHEESE, known.labels[own][1])[0].endswith(
        "is of a label that no office of the town opened"
    )


def test_a_certificate_of_a_certifier_who_is_not_accredited_is_not_on_the_chain_and_says_nothing(
    market, attested, told
):
    said = {"maker": FARMER.address.lower(), "product": PRODUCTS["milk"]}
    forged = seal_open(attested.home, BIO, market.bio, MALLORY.address, 0, [OpenDraft(said)])
    known = known_lots(attested, market.manifest, [told[0], told[1], forged])
    assert "was never accredited" in known.problems[0]
    assert "is not on the chain" in market.why([told[0], told[1], forged])[0]


def test_a_maker_who_was_never_accredited_makes_nothing_and_nothing_rests_on_it(market, attested, told):
    forged = seal_events(attested.home, market.events, MALLORY.address, 0, read_events(MILKING))
    known = known_lots(attested, market.manifest, [forged, told[1]])
    assert {it.doubt for it in known.story.findings} == {Doubt.UNSEALED, Doubt.NOWHERE, Doubt.PARENTS}
    with pytest.raises(LotError, match="was never accredited"):
        tell_lots(attested, [forged], [])


def test_two_issuers_who_are_one_key_are_said(market, attested, told):
    name = SeriesName(market.events, CHEESEMAKER.address)
    deadline = clock_s(attested.rpc) + DAY_S
    signature = FARMER.sign(hand_slip(name.schema, name.issuer, FARMER.address, deadline).digest(attested.home.domain))
    handed = ("hand", name.schema, name.issuer, FARMER.address, deadline, signature)
    attested._send(CHEESEMAKER, *handed, purpose="hand the series on")
    (finding,) = known_lots(attested, market.manifest, told).story.findings
    assert finding.doubt is Doubt.ONE_KEY
    assert finding.about == tuple(sorted([FARMER.address, CHEESEMAKER.address]))


def test_a_lot_that_is_divided_on_paper_takes_its_recall_along_and_one_that_is_renamed_is_named(market, attested, told):
    parts = [amount(lot("cheese", "C1A"), 5), amount(lot("cheese", "C1B"), 7)]
    divided = epcis_event(EventKind.TRANSFORM, DAWN.replace(hour=12), DAIRY, inputs=[amount(CHEESE, 12)], outputs=parts)
    again = market.tells(CHEESEMAKER, document(divided), told[1])
    story = known_lots(attested, market.manifest, [*told, again]).story
    assert {it.lot for it in recall(story, MILK)} == {MILK, CHEESE, parts[0].name, parts[1].name}
    renamed = epcis_event(EventKind.COMMISSION, DAWN.replace(hour=13), DAIRY, outputs=[amount(lot("cheese", "X9"), 7)])
    third = market.tells(CHEESEMAKER, document(renamed))
    (finding,) = known_lots(attested, market.manifest, [*told, third]).story.findings
    assert (finding.doubt, finding.about) == (Doubt.ORIGIN, (lot("cheese", "X9"),))


def test_the_same_lot_by_its_urn_and_by_its_link_is_one(market, attested, told):
    by_urn = "urn:epc:class:lgtin:3012345.000002.C1"
    event = epcis_event(EventKind.SHIP, DAWN.replace(hour=12), DAIRY, partner=FARM, inputs=[amount(by_urn, 12)])
    again = market.tells(CHEESEMAKER, document(event), told[1])
    assert known_lots(attested, market.manifest, [*told, again]).story.findings == []
    assert events_of(again)[0].event.inputs[0].name == CHEESE


def test_an_event_that_is_altered_after_it_was_sealed_is_named_by_its_number(attested, told):
    assert document_problems(told[1], CURDLED) == []
    text = document_text(CURDLED, 0)
    altered = epcis_of(text.replace('"quantity": 12', '"quantity": 13'), "cheese.json")
    (problem,) = document_problems(told[1], altered)
    assert problem.startswith("event 2 of the EPCIS document, paper 1: it was altered after it was sealed")
    with pytest.raises(LotError, match="are those of no batch"):
        tell_lots(attested, told, [altered])


def test_an_event_of_the_same_hash_that_is_read_otherwise_is_named_too(attested, market):
    """The standard's hash puts names one after another: what stands in one may stand for two."""
    one, two = "https://farm.example/milk/1", "https://farm.example/milk/2"
    listed = {"type": "ObjectEvent", "action": "OBSERVE", "eventTime": "2026-03-02T06:00:00Z",
              "eventTimeZoneOffset": "+00:00", "bizStep": "inspecting", "readPoint": {"id": FARM}}  # fmt: skip
    right = document(listed | {"epcList": [one, two]})
    glued = document(listed | {"epcList": [f"{one}epc={two}"]})
    batch = seal_events(attested.home, 1, FARMER.address, 0, read_events(right))
    assert read_events(right)[0].hash == read_events(glued)[0].hash
    (problem,) = document_problems(batch, glued)
    assert problem.endswith("the paper does not say what the event says")


def test_a_published_quantity_that_is_changed_by_whoever_serves_the_file_is_not_on_the_chain(
    market, attested, told, tmp_path
):
    folder = tmp_path / "town"
    published = tell_lots(attested, told, [MILKING, CURDLED])
    for place, text in published.texts.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    found = find_lots([folder])
    assert known_lots(attested, market.manifest, found.batches).problems == ()
    assert [document_problems(*it) for it in found.documents] == [[], []]
    file = folder / json.loads(published.texts["lots.json"])["events"][0]["file"]
    file.write_text(file.read_text().replace("\\t100\\t", "\\t900\\t"))
    known = known_lots(attested, market.manifest, find_lots([folder]).batches)
    assert "is not on the chain, or the file was changed" in known.problems[0]
    assert Doubt.UNSEALED in {it.doubt for it in known.story.findings}
    (folder / "lots.json").write_text('{"format": "beffroi-lots-1", "events": [{"file": "../../etc/passwd"}]}')
    with pytest.raises(LotError, match="by no path within the folder"):
        find_lots([folder])


def test_a_schema_that_says_less_than_a_lot_event_is_none(attested, told):
    text = open_text(told[0])
    with pytest.raises(PaperError, match="moves what is shown"):
        open_of(text.replace('"kind":"commission"', '"kind":"\\u202ekind"'), "lots.json")
    for old, new, why in [
        ('"kind":"commission"', '"kind":"conjure"', "'conjure' is not a valid EventKind"),
        ("\\t100\\tLTR", "\\t1e2\\tLTR", "'1e2' is no quantity"),
        ("\\t100\\tLTR", "\\t-100\\tLTR", "'-100' is no quantity"),
        ("\\t100\\tLTR", "\\tNaN\\tLTR", "'NaN' is no quantity"),
        ("\\t100\\tLTR", f"\\t1{'0' * 400}\\tLTR", "is no quantity"),
        ("\\t100\\tLTR", "\\t100", "each line has 3 parts"),
        ("/10/L1", "/10/L\u0131", "is no URI"),
        (FARM, "urn:epc:id:pgln:3012345.00001", "is written"),
    ]:
        assert old in text
        with pytest.raises(LotError, match=f"paper 0: .*{why}"):
            events_of(open_of(text.replace(old, new), "lots.json"))


@pytest.mark.parametrize("name", ["\x1b[31mred", "\u202egpj", "a\u2028b", "\x9b2J"])
def test_names_that_move_what_is_shown_are_refused_or_left_out(name):
    event = epcis_event(EventKind.COMMISSION, DAWN, FARM, outputs=[amount(f"urn:x:{name}", 1)])
    with pytest.raises(EpcisError, match="is no URI"):
        read_events(document(event))
    with pytest.raises(EpcisError, match="moves what is shown"):
        epcis_of(document_text(document(event), 0), "a.json")
    named = EpcisDocument(MILKING.events, {}, {FARM: name})
    assert epcis_of(document_text(named, 0), "a.json").names == {}
    event, _ = read_events(MILKING)
    with pytest.raises((LotError, DefinitionError)):
        event_of({k: v for k, v in event.values.items() if v is not None} | {"names": f"{FARM}\t{name}"})


def test_quantities_are_exact_however_often_they_are_divided():
    world = school()
    for at in range(70, 80):
        world.ships(at, DAIRY, FARM, amount(CHEESE, "0.7"))
    assert world.story.findings == []
    world.ships(81, DAIRY, FARM, amount(CHEESE, "0.0000000001"))
    (finding,) = world.story.findings
    assert finding.doubt is Doubt.INVENTED
    assert sum(quantity for _, quantity in world.story.ledger.holdings(CHEESE)) == 12 - 4 + Fraction("0.0000000001")
