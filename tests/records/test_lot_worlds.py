"""Lots told at random, with every doubt, judged by the library and by the dApp.

The library's are tests/vectors/lot-worlds.json, written by BEFFROI_VECTORS; the dApp's, lot-worlds-typescript.json.
"""

import json
import os
import random
from fractions import Fraction
from pathlib import Path

import pytest
from sha3 import keccak_256

from beffroi.chain.keys import Key
from beffroi.records.lots.event import Amount, EventKind, LotEvent, Yield, event_of
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.labels import LotCertificate, doubts
from beffroi.records.lots.recall import recall
from beffroi.records.lots.story import follow
from beffroi.records.openbatch import ref_json, ref_of
from beffroi.records.paper import PaperRef

VECTORS = Path(__file__).parents[1] / "vectors"
WORLDS = 24
ISSUERS = [Key.derived("lot worlds", place).address for place in range(3)]
CERTIFIERS = [Key.derived("lot worlds", f"certifier {place}").address for place in range(2)]
HOLDERS = [f"https://id.gs1.org/417/301234500{place:04}" for place in range(3)]
BOXES = [f"https://id.gs1.org/00/13012345000000{place:04}" for place in range(2)]
PRODUCTS = [f"https://id.gs1.org/01/0301234500{place:04}" for place in range(3)]
LOTS = [f"{product}/10/{name}" for product in PRODUCTS for name in ("A1", "a1", "B")] + [
    "urn:uuid:lot",
    "urn:uuid:L%C3%93T",
]
UNITS = ("KGM", "GRM", "TNE", "LBR", "LTR", "HLT", "C62", "DZN", "XBX")
DAY_MS = 86_400_000


def _amounts(draw, names, most):
    unit = draw.choice(UNITS) if draw.random() < 0.2 else "KGM"
    chosen = draw.sample(names, draw.randint(1, min(most, len(names))))
    return tuple(Amount(it, Fraction(draw.choice(("1", "2.5", "12", "100", "0.001"))), unit) for it in chosen)


def _event(draw, place):
    kind = draw.choice([EventKind.COMMISSION] * 4 + [EventKind.TRANSFORM] * 4 + [*EventKind])
    makes = kind in {EventKind.COMMISSION, EventKind.TRANSFORM}
    moves, packs = kind in {EventKind.SHIP, EventKind.RECEIVE}, kind in {EventKind.PACK, EventKind.UNPACK}
    empty = kind is EventKind.COMMISSION or (kind is EventKind.UNPACK and draw.random() < 0.5)
    stated = kind is EventKind.TRANSFORM and draw.random() < 0.4
    rules = {draw.choice(("KGM", "LTR", "C62")): draw.choice(("KGM", "TNE", "LTR")) for _ in range(2)}
    return LotEvent(
        keccak_256(f"event {draw.randint(0, 3) if draw.random() < 0.15 else place + 100}".encode()).digest(),
        kind,
        draw.randint(0, 6) * DAY_MS,
        draw.choice(HOLDERS),
        draw.choice([*HOLDERS, None]) if moves else None,
        draw.choice(BOXES) if packs else None,
        () if empty else _amounts(draw, LOTS + BOXES, 3),
        _amounts(draw, LOTS, 3) if makes else (),
        tuple(
            Yield(unit, of, Fraction(draw.choice(("0.1", "1") if unit == of else ("0.1", "1", "12"))))
            for unit, of in rules.items()
        )
        if stated
        else (),
    )


def _parents(draw, event, before):
    """Those that made what it takes, but for some that are left out, or named wrongly."""
    found = []
    for it in before:
        made = {at.name for at in it.event.outputs} | {it.event.container}
        if made & {at.name for at in event.inputs} and draw.random() < 0.9:
            found.append(it.ref)
    return tuple(
        PaperRef(it.schema, it.issuer, it.number, bytes(32)) if draw.random() < 0.05 else it for it in found[:4]
    )


def _world(seed):
    """Each third one adds up, more or less."""
    draw, calm = random.Random(seed), seed % 3 == 0
    sealed = []
    for place in range(draw.randint(6, 14)):
        event = _calm_event(draw, place) if calm else _event(draw, place)
        if sealed and not calm and draw.random() < 0.08:
            event = draw.choice(sealed).event
        issuer = ISSUERS[HOLDERS.index(event.holder)] if draw.random() < 0.9 else draw.choice(ISSUERS)
        number = sum(it.ref.issuer == issuer for it in sealed)
        ref = PaperRef(1, issuer, number, keccak_256(f"leaf {seed} {place}".encode()).digest())
        standing = PaperStanding.STANDS if draw.random() < (0.95 if calm else 0.85) else draw.choice([*PaperStanding])
        issued_s = event.at_ms // 1000 + draw.choice(
            (0, 3600, 3600, 86_400, 32 * 86_400 if draw.random() < 0.2 else 7200)
        )
        sealed.append(SealedEvent(event, ref, _parents(draw, event, sealed), standing, issued_s))
    keys = {issuer: draw.choice([*ISSUERS, issuer, issuer]) for issuer in ISSUERS}
    certified = [(maker, product) for maker in ISSUERS for product in PRODUCTS if draw.random() < 0.9] * (
        2 - (not calm)
    )
    return sealed, keys, [_certificate(draw, place, *it) for place, it in enumerate(certified)]


def _calm_event(draw, place):
    """Five lots begin at one holder's, of which others are made, and packed."""
    kind = EventKind.COMMISSION if place < len(LOTS) // 2 else draw.choice((EventKind.TRANSFORM, EventKind.PACK))
    begun, others = LOTS[: len(LOTS) // 2], LOTS[len(LOTS) // 2 :]
    return LotEvent(
        keccak_256(f"calm {place}".encode()).digest(), kind, place * DAY_MS // 2, HOLDERS[0],
        container=BOXES[0] if kind is EventKind.PACK else None,
        inputs=() if kind is EventKind.COMMISSION else tuple(_much(it, "1.5") for it in draw.sample(begun, 2)),
        outputs={EventKind.COMMISSION: (_much(begun[place % len(begun)], "50"),),
                 EventKind.TRANSFORM: (_much(draw.choice(others), "2"),)}.get(kind, ()),
    )  # fmt: skip


def _much(name, quantity):
    return Amount(name, Fraction(quantity), "KGM")


def _certificate(draw, place, maker, product):
    begins, days = draw.choice((0, 0, 0, 3)) * 86_400, draw.choice((0, 0, 2, 9))
    return LotCertificate(
        PaperRef(2, draw.choice(CERTIFIERS), place, bytes(32)), maker.lower(), product, begins,
        begins + days * 86_400 if days else 0, draw.choice([PaperStanding.STANDS] * 9 + [*PaperStanding]),
        draw.choice((2 * 86_400, 2**40 - 1, 2**40 - 1)), draw.choice((0, 0, 0, 86_400)),
    )  # fmt: skip


def _event_json(it):
    return ref_json(it.ref) | {
        "standing": str(it.standing), "issued": it.issued_s, "parents": [*map(ref_json, it.parents)],
        "values": {name: value for name, value in it.event.values.items() if value is not None},
    }  # fmt: skip


def _event_of(told):
    ref = ref_of({name: told[name] for name in ("schema", "issuer", "number", "leaf")})
    return SealedEvent(
        event_of(told["values"]),
        ref,
        tuple(map(ref_of, told["parents"])),
        PaperStanding(told["standing"]),
        told["issued"],
    )


def _certificate_json(it):
    told = {"maker": it.maker, "product": it.product, "from": it.from_s, "until": it.until_s}
    return ref_json(it.ref) | told | {"standing": str(it.standing), "accredited": it.accredited_until_s,
                                 "issued": it.issued_s}  # fmt: skip


def _certificate_of(told):
    ref = ref_of({name: told[name] for name in ("schema", "issuer", "number", "leaf")})
    return LotCertificate(
        ref, told["maker"].lower(), told["product"], told["from"], told["until"], PaperStanding(told["standing"]),
        told["accredited"], told["issued"],
    )  # fmt: skip


def _lot(story, lot, certificates):
    own, *others = recall(story, lot)
    return {
        "bears": not doubts(story, lot, certificates), "unit": own.unit or "", "reaches": [it.lot for it in others],
        "at": [[str(place.state), place.who, str(quantity)] for place, quantity in own.at],
    }  # fmt: skip


def _judged(sealed, keys, certificates):
    """What both must find; fractions as texts."""
    story = follow(sealed, keys)
    return {
        "findings": [{"doubt": str(it.doubt), "about": [*it.about], "place": it.place} for it in story.findings],
        "lots": {lot: _lot(story, lot, certificates) for lot in story.lots},
    }  # fmt: skip


def _made():
    worlds = []
    for seed in range(WORLDS):
        sealed, keys, certificates = _world(seed)
        told = {"events": [*map(_event_json, sealed)], "keys": keys}
        told["certificates"] = [*map(_certificate_json, certificates)]
        worlds.append(told | {"found": _judged(sealed, keys, certificates)})
    return worlds


def test_worlds_drawn_at_random_are_judged_as_they_were_written():
    path = VECTORS / "lot-worlds.json"
    if os.environ.get("BEFFROI_VECTORS") == "write":
        path.write_text("[\n" + ",\n".join(json.dumps(it, ensure_ascii=False) for it in _made()) + "\n]\n")
    assert json.loads(path.read_text()) == _made()


def test_they_have_every_doubt_and_lots_that_bear_the_label_or_do_not():
    worlds = json.loads((VECTORS / "lot-worlds.json").read_text())
    assert {it["doubt"] for world in worlds for it in world["found"]["findings"]} == {*map(str, Doubt)}
    bears = [lot["bears"] for world in worlds for lot in world["found"]["lots"].values()]
    assert min(bears.count(True), bears.count(False)) > 20


@pytest.mark.parametrize("world", json.loads((VECTORS / "lot-worlds-typescript.json").read_text()))
def test_what_the_dapp_draws_and_judges_the_library_judges_alike(world):
    sealed = [*map(_event_of, world["events"])]
    certificates = [*map(_certificate_of, world["certificates"])]
    assert _judged(sealed, world["keys"], certificates) == world["found"]
