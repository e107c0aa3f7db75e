"""Writes tests/vectors/lots.json: lots as events tell them, for the dApp to find the same.

Each case: events (claims, paper, parents, standing), keys, certificates; findings; who has what; recalls; labels.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from beffroi.records.lots.event import EventKind
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent, seal_events
from beffroi.records.lots.labels import LotCertificate, doubts
from beffroi.records.lots.lotstory import Story
from beffroi.records.lots.quantities import decimal
from beffroi.records.lots.recall import recall
from beffroi.records.lots.story import follow
from beffroi.records.openbatch import open_text, ref_json
from beffroi.records.paper import PaperRef
from beffroi.records.paperfile import compact, hexed
from testbed.lots import (
    CHEESE,
    COOKING,
    CRATE,
    CURDLING,
    DAIRY,
    FARM,
    HOME,
    ISSUERS,
    KITCHEN,
    MEAL,
    MILK,
    PRODUCTS,
    SCHOOL,
    TRADER,
    World,
    amount,
    lot,
    school,
    sealed_day,
)  # fmt: skip

MADE_S, YEAR_S = 1_772_427_600, 365 * 86_400
BIO = LotCertificate(
    PaperRef(2, ISSUERS[TRADER], 0, bytes(32)),
    ISSUERS[FARM].lower(),
    PRODUCTS["milk"],
    MADE_S - 60,
    MADE_S + YEAR_S,
    issued_s=MADE_S,
)


def worlds() -> dict[str, World]:
    """The right one, and each that does not add up in one way."""
    found = {"school": school()}

    def forged(name: str) -> World:
        found[name] = school()
        return found[name]

    forged("invented").ships(40, DAIRY, TRADER, amount(CHEESE, "7.001"))
    world = forged("yield")
    world.commissions(40, FARM, amount(lot("milk", "L2"), 50, "LTR"))
    world.transforms(41, FARM, [amount(lot("milk", "L2"), 50, "LTR")], [amount(lot("cheese", "C2"), "6.1")],
                     yields=CURDLING)  # fmt: skip
    world = forged("unit")
    world.commissions(40, FARM, amount(lot("milk", "L2"), 50, "LTR"))
    world.transforms(41, FARM, [amount(lot("milk", "L2"), 50, "LTR")], [amount(lot("cheese", "C2"), 6)])
    world.ships(42, FARM, SCHOOL, amount(lot("cheese", "C2"), 1, "LTR"))
    found["nowhere"] = World()
    found["nowhere"].transforms(
        1, KITCHEN, [amount(CHEESE, 4)], [amount(MEAL, 40, "C62")], known=school().events, yields=COOKING
    )
    forged("origin").commissions(40, DAIRY, amount(lot("cheese", "C1-bis"), 7))
    forged("alike").commissions(40, FARM, amount(lot("milk", "l1"), 7, "LTR"))
    forged("elsewhere").ships(40, KITCHEN, TRADER, amount(CRATE, 1, "C62"))
    forged("spoken").ships(40, DAIRY, TRADER, amount(CHEESE, 1), issuer=ISSUERS[TRADER])
    found["early"] = World()
    found["early"].commissions(5, FARM, amount(MILK, 100, "LTR"))
    found["early"].transforms(3, FARM, [amount(MILK, 100, "LTR")], [amount(CHEESE, 12)], yields=CURDLING)
    found["cycle"] = _cycle()
    world = forged("twice")
    again = PaperRef(1, ISSUERS[FARM], 7, b"\1" * 32)
    world.events.append(SealedEvent(world.events[0].event, again, (), issued_s=world.events[0].issued_s))
    world = forged("parents")
    world.events[6] = replace(world.events[6], parents=(world.events[0].ref,))
    world = forged("altered")
    world.events[6] = replace(world.events[6], parents=(PaperRef(1, ISSUERS[DAIRY], 1, b"\7" * 32),))
    world = forged("boxes")
    pallet = CRATE.replace("014", "021")
    world.tell(EventKind.PACK, 40, SCHOOL, container=CRATE, inputs=[amount(MEAL, 1, "C62")])
    world.tell(EventKind.PACK, 41, SCHOOL, container=pallet, inputs=[amount(CRATE, 1, "C62")])
    world.ships(42, SCHOOL, TRADER, amount(pallet, 1, "C62"))
    forged("late").commissions(40, FARM, amount(lot("milk", "L2"), 7, "LTR"), issued=40 + 32 * 24)
    forged("ahead").commissions(40, FARM, amount(lot("milk", "L2"), 7, "LTR"), issued=39)
    world = forged("same_hash")
    told = replace(world.events[3].event, kind=EventKind.OBSERVE, outputs=(), yields=())
    world.events.append(SealedEvent(told, PaperRef(1, ISSUERS[TRADER], 7, b"\1" * 32), (world.events[0].ref,),
                                    issued_s=MADE_S))  # fmt: skip
    world = forged("another's lot")
    world.commissions(40, TRADER, amount(MILK, 5, "LTR"))
    world.ships(41, TRADER, DAIRY, amount(MILK, 5, "LTR"))
    world = forged("a thing of a lot")
    world.commissions(40, DAIRY, amount(f"{CHEESE}/21/S7", 1, "C62"))
    world.commissions(41, DAIRY, amount(f"{PRODUCTS['cheese']}/21/S7", 1, "C62"))
    world = forged("shares")
    world.commissions(40, FARM, amount(lot("milk", "L2"), 100, "LTR"))
    both = [amount(lot("cheese", "C2"), 7), amount(lot("milk", "W2"), 50, "LTR")]
    world.transforms(41, FARM, [amount(lot("milk", "L2"), 100, "LTR")], both, yields=CURDLING)
    world = forged("corrected").now(0, "revoked")
    found["corrected"] = world
    world.commissions(0, FARM, amount(MILK, 101, "LTR"), issued=50)
    found["names"] = World([_naming(it, name) for it, name in zip(
        school().events[:3:2], ("GAEC des Prés", "Décharge"), strict=True
    )])  # fmt: skip
    for standing in ("revoked", "disowned", "unsealed", "stranger"):
        found[standing] = school().now(3, standing)
    return found


def _naming(it: SealedEvent, name: str) -> SealedEvent:
    """With what its teller calls the farm, and milk."""
    return replace(it, event=replace(it.event, names=((FARM, name), (PRODUCTS["milk"], name))))


def _cycle() -> World:
    names = [lot("milk", f"X{at}") for at in range(4)]
    world, other = World(), World()
    other.commissions(0, FARM, *(amount(it, 5) for it in names))
    for at in range(3):
        made = [amount(names[(at + 1) % 3], 5)]
        world.transforms(at, FARM, [amount(names[at], 5)], made, known=other.events, parents=())
    world.transforms(5, FARM, [amount(names[1], 5)], [amount(names[3], 5)])
    return world


def case(name: str, events: list[SealedEvent], certificate: LotCertificate = BIO) -> dict[str, Any]:
    """What is found of events, and all that it is found from."""
    keys = {it.ref.issuer: it.ref.issuer for it in events}
    if name == "one_key":
        keys[ISSUERS[KITCHEN]] = ISSUERS[FARM]
    story = follow(events, keys)
    lots = story.lots
    return {
        "name": name,
        "events": [_event(it) for it in events],
        "keys": keys,
        "certificates": [_certificate(certificate)],
        "findings": [{"doubt": it.doubt, "about": it.about, "place": it.place} for it in story.findings],
        "names": dict(story.names),
        "holdings": {it: _holdings(story, it) for it in lots},
        "recalls": {it: [at.lot for at in recall(story, it)] for it in lots},
        "labelled": [it for it in lots if not doubts(story, it, [certificate])],
    }


def _event(it: SealedEvent) -> dict[str, Any]:
    values = {name: value for name, value in it.event.values.items() if value is not None}
    return {"values": values, "paper": ref_json(it.ref), "parents": [*map(ref_json, it.parents)],
            "standing": it.standing, "issued": it.issued_s}  # fmt: skip


def _certificate(it: LotCertificate) -> dict[str, Any]:
    return {"paper": ref_json(it.ref), "maker": it.maker, "product": it.product, "from": it.from_s, "until": it.until_s,
            "standing": it.standing, "accreditedUntil": it.accredited_until_s,
            "issued": it.issued_s}  # fmt: skip


def _holdings(story: Story, name: str) -> list[list[str]]:
    """State, who, quantity as a fraction, unit."""
    unit = story.ledger.kinds.get(name, "")
    return [[place.state, place.who, str(quantity), unit] for place, quantity in story.ledger.holdings(name)]


def vectors() -> dict[str, Any]:
    """All cases; a batch as it is published, with its root and leaves; quantities in their one form, and not."""
    told = worlds()
    cases = [case(name, world.events) for name, world in told.items()]
    cases.append(case("one_key", school().events))
    cases += [case(f"certificate {name}", school().events, replace(BIO, **changes)) for name, changes in (
        ("revoked", {"standing": PaperStanding.REVOKED}), ("ended", {"until_s": MADE_S}),
        ("late", {"from_s": MADE_S + 1}), ("unaccredited", {"accredited_until_s": MADE_S}),
        ("issued later", {"issued_s": MADE_S + 3601}), ("ended before it was told", {"until_s": MADE_S + 3600}),
        ("of a stranger", {"standing": PaperStanding.STRANGER}), ("another's", {"maker": ISSUERS[DAIRY].lower()}),
    )]  # fmt: skip
    issued = [[replace(it, issued_s=it.event.at_ms // 1000) for it in sealed_day(seed, 60)] for seed in range(3)]
    cases += [case(f"random {seed}", events) for seed, events in enumerate(issued)]
    events = [it.event for it in told["school"].events]
    seeds = b"".join(it.hash for it in events)
    batch = seal_events(HOME, 1, ISSUERS[FARM], 3, events, seeds=seeds)
    leaves = [hexed(it.ref.leaf) for it in batch.papers]
    return {
        "batch": {"text": open_text(batch), "root": hexed(batch.root), "leaves": leaves},
        "quantities": {text: str(decimal(text)) for text in ("1", "0.5", "12.000001", "999999999999999")},
        "noQuantities": ["0", "-1", "1.0", "01", "+1", "1e3", ".5", "", "1.", "1000000000000000", "NaN", "１"],
        "cases": cases,
    }  # fmt: skip


if __name__ == "__main__":
    target = Path(__file__).with_name("lots.json")
    target.write_text(compact(vectors()) + "\n", encoding="utf-8")
