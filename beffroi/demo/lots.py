"""A cheese from two farms' milk to a canteen, school meals with the school's receipt; its labels, and its recall."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from beffroi.chain.keys import Key
from beffroi.demo.stage import Stage
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition
from beffroi.records.lots import naming
from beffroi.records.lots.epcis import PREFIXES, EpcisDocument
from beffroi.records.lots.epcisout import epcis_event
from beffroi.records.lots.epcisread import read_events
from beffroi.records.lots.event import EVENT, Amount, EventKind, Yield
from beffroi.records.lots.eventpapers import SealedEvent, events_of, seal_events
from beffroi.records.lots.labels import doubts, label
from beffroi.records.lots.lotsfolder import tell_lots
from beffroi.records.lots.lotstanding import known_lots
from beffroi.records.lots.quantities import shown
from beffroi.records.lots.recall import recall
from beffroi.records.lots.stock import Spot, State
from beffroi.records.lots.story import follow
from beffroi.records.openbatch import OpenBatch, OpenDraft, seal_open
from beffroi.records.paper import PaperRef
from beffroi.records.paperslips import issue_slip
from beffroi.units import DAY_S

YEAR_S = 365 * DAY_S
_HOLDER, _ITEM = "https://id.gs1.org/417/30123450000", "https://id.gs1.org/01/0301234500"
MEADOWS, HILL, DAIRY, KITCHEN, SCHOOL = (f"{_HOLDER}{it}" for it in ("17", "24", "31", "48", "55"))
MILK, GOAT, CHEESE, MEAL = (f"{_ITEM}{it}" for it in ("0017", "0024", "0031", "0048"))
MORNING, EVENING, WHEEL, LUNCH = f"{MILK}/10/2026-A", f"{GOAT}/10/2026-B", f"{CHEESE}/10/T-118", f"{MEAL}/10/M-JEUDI"
CRATE = "https://id.gs1.org/00/130123450000000014"
NAMES: Mapping[str, str] = {
    MEADOWS: "GAEC des Prés", HILL: "Ferme de la Côte", DAIRY: "Fromagerie du Lys", KITCHEN: "Cuisine centrale",
    SCHOOL: "École du Lavoir", MILK: "Lait cru de vache", GOAT: "Lait cru de chèvre", CHEESE: "Tomme mêlée du Lys",
    MEAL: "Gratin à la tomme",
}  # fmt: skip
YIELDS = (Yield("KGM", "LTR", Fraction("0.12")), Yield("C62", "KGM", Fraction(10)))
BIO, PASTURE = label("Agriculture biologique"), label("Lait de pâturage")
_SAID = {State.HELD: "at", State.TRANSIT: "on the way to", State.CONSUMED: "consumed at", State.PACKED: "in",
         State.CLAIMED: "claimed by"}  # fmt: skip


def tell(stage: Stage, attested: Attested) -> None:
    """Lives the story of a cheese, from milk to canteen, and of its recall."""
    events = attested.open_schema(stage.office("mayor"), EVENT)
    batches: list[OpenBatch] = []
    documents = [*_documents(stage.now_s())]
    certified = [_certify(stage, attested, it) for it in (BIO, PASTURE)]
    known: list[SealedEvent] = []
    for holder, document in documents:
        batch = _sealed(stage, attested, SeriesName(events, _key(holder).address), document, known)
        batches.append(batch)
        known += events_of(batch)
    batches += certified
    _labels(stage, attested, batches)
    pasture = batches[-1]
    attested.revoke(stage.office("commons"), SeriesName(pasture.schema, pasture.issuer), {1})
    stage.narrator.tell("The certifier of pastures revokes what it gave the Ferme de la Côte.")
    _labels(stage, attested, batches)
    _recall(stage, attested, batches)
    _second_name(stage, known)
    stage.papers.lots = tell_lots(attested, batches, [document for _, document in documents])


def _certify(stage: Stage, attested: Attested, definition: Definition) -> OpenBatch:
    """Certificates of a label, before lots are told: what is issued later says nothing of them."""
    mayor, certifier = stage.office("mayor"), stage.office("commons")
    schema = attested.open_schema(mayor, definition)
    attested.accredit(mayor, SeriesName(schema, certifier.address), stage.now_s() + YEAR_S)
    drafts = [_certificate(stage, it, product) for it, product in ((MEADOWS, MILK), (HILL, GOAT))]
    certified = seal_open(attested.home, definition, schema, certifier.address, 0, drafts)
    attested.issue(certifier, certified)
    return certified


def _sealed(
    stage: Stage, attested: Attested, series: SeriesName, document: EpcisDocument, known: Sequence[SealedEvent]
) -> OpenBatch:
    """A maker's events, signed by the maker, who has no ether, and sent by the clerk."""
    key = next(it for it in map(_key, NAMES) if it.address == series.issuer)
    if series.issuer not in {it.ref.issuer for it in known}:
        attested.accredit(stage.office("mayor"), series, stage.now_s() + YEAR_S)
    first = attested.next_number(series)
    batch = seal_events(attested.home, series.schema, series.issuer, first, read_events(document, YIELDS), known)
    deadline = stage.now_s() + DAY_S
    signature = key.sign(issue_slip(batch, "", deadline).digest(attested.home.domain))
    attested.issue(stage.office("clerk"), batch, "", deadline, signature)
    return batch


def _documents(now_s: int) -> Sequence[tuple[str, EpcisDocument]]:
    """What each maker's software wrote, in the order of the days."""
    start = dt.datetime.fromtimestamp(now_s - 20 * DAY_S, dt.timezone(dt.timedelta(hours=1))).replace(
        hour=6, minute=0, second=0, microsecond=0
    )

    def at(days: int, hours: int) -> dt.datetime:
        return start + dt.timedelta(days=days, hours=hours)

    milk, goat, wheel = _of(MORNING, 100, "LTR"), _of(EVENING, 60, "LTR"), _of(WHEEL, 19, "KGM")
    some, lunch, crate = _of(WHEEL, 6, "KGM"), _of(LUNCH, 58, "C62"), _of(CRATE, 1, "C62")
    told: list[tuple[str, list[dict[str, object]]]] = [
        (MEADOWS, [
            epcis_event(EventKind.COMMISSION, at(0, 0), MEADOWS, outputs=[milk]),
            epcis_event(EventKind.SHIP, at(0, 2), MEADOWS, partner=DAIRY, inputs=[milk]),
        ]),
        (HILL, [
            epcis_event(EventKind.COMMISSION, at(0, 1), HILL, outputs=[goat]),
            epcis_event(EventKind.SHIP, at(0, 3), HILL, partner=DAIRY, inputs=[goat]),
        ]),
        (DAIRY, [
            epcis_event(EventKind.RECEIVE, at(0, 4), DAIRY, partner=MEADOWS, inputs=[milk]),
            epcis_event(EventKind.RECEIVE, at(0, 5), DAIRY, partner=HILL, inputs=[goat]),
            epcis_event(EventKind.TRANSFORM, at(1, 0), DAIRY, inputs=[milk, goat], outputs=[wheel]),
            epcis_event(EventKind.SHIP, at(15, 0), DAIRY, partner=KITCHEN, inputs=[some]),
        ]),
        (KITCHEN, [
            epcis_event(EventKind.RECEIVE, at(15, 2), KITCHEN, partner=DAIRY, inputs=[some]),
            epcis_event(EventKind.TRANSFORM, at(16, 1), KITCHEN, inputs=[some], outputs=[lunch]),
            epcis_event(EventKind.PACK, at(16, 3), KITCHEN, container=CRATE, inputs=[_of(LUNCH, 55, "C62")]),
            epcis_event(EventKind.SHIP, at(16, 4), KITCHEN, partner=SCHOOL, inputs=[crate]),
        ]),
        (SCHOOL, [
            epcis_event(EventKind.RECEIVE, at(16, 5), SCHOOL, partner=KITCHEN, inputs=[crate]),
            epcis_event(EventKind.UNPACK, at(16, 6), SCHOOL, container=CRATE),
            epcis_event(EventKind.CONSUME, at(16, 7), SCHOOL, inputs=[_of(LUNCH, 52, "C62")]),
        ]),
    ]  # fmt: skip
    return [(holder, EpcisDocument(tuple(events), PREFIXES, NAMES)) for holder, events in told]


def _labels(stage: Stage, attested: Attested, batches: Sequence[OpenBatch]) -> None:
    known = known_lots(attested, stage.manifest, batches)
    for name, certificates in known.labels.values():
        why = doubts(known.story, WHEEL, certificates)
        stage.narrator.tell(f"{name}: {'; '.join(map(_plainly, why)) if why else 'every milk in the cheese bears it'}.")


def _recall(stage: Stage, attested: Attested, batches: Sequence[OpenBatch]) -> None:
    story = known_lots(attested, stage.manifest, batches).story
    told = recall(story, EVENING)
    rows = [(_called(it.lot), f"{shown(quantity)} {it.unit}", _where(spot)) for it in told for spot, quantity in it.at]
    stage.narrator.tell(f"The goat's milk is recalled; {len(story.findings)} findings in {len(story.events)} events.")
    stage.narrator.table(("lot", "how much", "where"), rows)


def _second_name(stage: Stage, known: Sequence[SealedEvent]) -> None:
    """A lot under another name, which a recall would not reach: it is named before anything is sealed."""
    base = known[-1].event.at_ms // 1000
    moment = dt.datetime.fromtimestamp(base + DAY_S, dt.UTC)
    forged = epcis_event(EventKind.COMMISSION, moment, DAIRY, outputs=[_of(f"{CHEESE}/10/T-119", 13, "KGM")])
    read = read_events(EpcisDocument((forged,), PREFIXES, {}))
    second = SealedEvent(read[0], PaperRef(known[0].ref.schema, _key(DAIRY).address, len(known), bytes(32)), ())
    for finding in follow([*known, second]).findings:
        stage.narrator.tell(f"{_plainly(finding.words)}.", mark="A second name for what is left is named:")


def _certificate(stage: Stage, holder: str, product: str) -> OpenDraft:
    said = {"maker": _key(holder).address.lower(), "product": product, "party": NAMES[holder]}
    return OpenDraft(said, (), from_s=stage.now_s() - YEAR_S, until_s=stage.now_s() + YEAR_S)


def _key(holder: str) -> Key:
    return Key.derived("demo", NAMES[holder])


def _of(name: str, quantity: int, unit: str) -> Amount:
    return Amount(name, Fraction(quantity), unit)


def _called(uri: str) -> str:
    return f"{NAMES.get(naming.product(uri), uri)} {uri.rpartition('/')[2]}"


def _where(spot: Spot) -> str:
    return f"{_SAID[spot.state]} {NAMES.get(spot.who, spot.who)}"


def _plainly(words: str) -> str:
    """With what people call lots and products, instead of their URIs."""
    for uri in (MORNING, EVENING, WHEEL, LUNCH, f"{CHEESE}/10/T-119"):
        words = words.replace(uri, _called(uri))
    return words
