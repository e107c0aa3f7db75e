"""Lots for tests and measurements: a world of holders in which events happen, and random ones that add up."""

import datetime as dt
import functools
import random
from dataclasses import dataclass, field, replace
from fractions import Fraction

from beffroi.chain.keys import Key
from beffroi.records.lots import naming
from beffroi.records.lots.epcis import PREFIXES, EpcisDocument
from beffroi.records.lots.epcisout import epcis_event
from beffroi.records.lots.epcisread import read_events
from beffroi.records.lots.event import Amount, EventKind, Yield
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent, events_of, seal_events
from beffroi.records.lots.story import follow
from beffroi.records.paperfile import Home

HOME = Home(31337, "0x5FbDB2315678afecb367f032d93F642f64180aa3")
DAWN = dt.datetime(2026, 3, 2, 6, tzinfo=dt.timezone(dt.timedelta(hours=1)))
PRODUCTS = {
    "milk": "https://id.gs1.org/01/03012345000017",
    "cheese": "https://id.gs1.org/01/03012345000024",
    "meal": "https://id.gs1.org/01/03012345000031",
    "rennet": "https://id.gs1.org/01/03012345000048",
}
FARM, DAIRY, KITCHEN, SCHOOL, TRADER = (f"https://id.gs1.org/417/30123450000{at}" for at in (17, 24, 31, 48, 55))
ISSUERS = {who: Key.derived("lots", who).address for who in (FARM, DAIRY, KITCHEN, SCHOOL, TRADER)}
CRATE = "https://id.gs1.org/00/130123450000000014"


def lot(product, number):
    return f"{PRODUCTS[product]}/10/{number}"


def amount(name, quantity, unit="KGM"):
    return Amount(name, Fraction(str(quantity)), unit)


@dataclass
class World:
    """Events in the order in which they are told, each sealed by the issuer of its holder."""

    events: list[SealedEvent] = field(default_factory=list)

    def tell(self, kind, hours, holder, *, issuer=None, yields=(), known=None, parents=None, issued=None, **said):
        """Seals an event of so many hours after dawn on those before; gives its paper's reference.

        It is issued an hour later, or so many hours after dawn as are given.
        """
        event = epcis_event(kind, DAWN + dt.timedelta(hours=hours), holder, **said)
        document = EpcisDocument((event,), PREFIXES, {})
        who = issuer or ISSUERS.get(holder, ISSUERS[TRADER])
        number = sum(it.ref.issuer == who for it in self.events)
        told = read_events(document, yields)
        seeds = Key.derived(who, number).secret
        batch = seal_events(HOME, 1, who, number, told, self.events if known is None else known, seeds=seeds)
        (sealed,) = events_of(batch)
        issued_s = int(DAWN.timestamp() + 3600 * (hours + 1 if issued is None else issued))
        sealed = replace(sealed, issued_s=issued_s)
        self.events.append(sealed if parents is None else replace(sealed, parents=parents))
        return sealed.ref

    def commissions(self, hours, holder, *outputs, **said):
        return self.tell(EventKind.COMMISSION, hours, holder, outputs=outputs, **said)

    def transforms(self, hours, holder, inputs, outputs, **said):
        return self.tell(EventKind.TRANSFORM, hours, holder, inputs=inputs, outputs=outputs, **said)

    def ships(self, hours, holder, partner, *inputs, **said):
        return self.tell(EventKind.SHIP, hours, holder, partner=partner, inputs=inputs, **said)

    def receives(self, hours, holder, partner, *inputs, **said):
        return self.tell(EventKind.RECEIVE, hours, holder, partner=partner, inputs=inputs, **said)

    def now(self, place, standing):
        """The world in which a paper stands so."""
        changed = [*self.events]
        changed[place] = replace(changed[place], standing=PaperStanding(standing))
        return World(changed)

    @property
    def story(self):
        return follow(self.events)


MILK, CHEESE, MEAL = lot("milk", "L1"), lot("cheese", "C1"), lot("meal", "M1")
CURDLING = (Yield("KGM", "LTR", Fraction("0.12")),)
COOKING = (Yield("C62", "KGM", Fraction(10)),)


def school():
    """Milk of the farm, cheese of the dairy, meals of the kitchen, received and eaten at school."""
    world = World()
    world.commissions(0, FARM, amount(MILK, 100, "LTR"))
    world.ships(1, FARM, DAIRY, amount(MILK, 100, "LTR"))
    world.receives(2, DAIRY, FARM, amount(MILK, 100, "LTR"))
    world.transforms(3, DAIRY, [amount(MILK, 100, "LTR")], [amount(CHEESE, 12)], yields=CURDLING)
    world.ships(30, DAIRY, KITCHEN, amount(CHEESE, 5000, "GRM"))
    world.receives(31, KITCHEN, DAIRY, amount(CHEESE, 5))
    world.transforms(32, KITCHEN, [amount(CHEESE, 4)], [amount(MEAL, 40, "C62")], yields=COOKING)
    world.tell(EventKind.PACK, 33, KITCHEN, container=CRATE, inputs=[amount(MEAL, 38, "C62")])
    world.ships(34, KITCHEN, SCHOOL, amount(CRATE, 1, "C62"))
    world.receives(35, SCHOOL, KITCHEN, amount(CRATE, 1, "C62"))
    world.tell(EventKind.UNPACK, 36, SCHOOL, container=CRATE)
    world.tell(EventKind.CONSUME, 37, SCHOOL, inputs=[amount(MEAL, 36, "C62")])
    return world


def _checked(key):
    """A name of GS1's with its check digit."""
    return f"https://id.gs1.org/{key}{naming.check_digit(key.partition('/')[2])}"


class _Fair:
    """Holders who make, mix, split, ship, pack and consume at random, nothing more than they have."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.holders = [_checked(f"417/3{at:011}") for at in range(1, 40)]
        self.stock, self.boxed, self.told = {}, [], []

    def act(self):
        chance = self.draw.random()
        if chance < 0.25 or len(self.stock) < 5:
            self.commission()
        elif chance < 0.6:
            self.transform()
        elif chance < 0.8:
            self.ship()
        elif chance < 0.95:
            self.pack() if chance < 0.9 or not self.boxed else self.unpack()
        else:
            holder, eaten = self.some()
            self.tell(EventKind.CONSUME, holder, inputs=[eaten])

    def tell(self, kind, holder, **said):
        self.told.append(epcis_event(kind, DAWN + dt.timedelta(minutes=len(self.told)), holder, **said))

    def some(self):
        name, holder = self.draw.choice(list(self.stock))
        quantity = self.stock.pop((name, holder))
        taken = quantity if self.draw.random() < 0.5 else Fraction(self.draw.randint(1, int(quantity)))
        if quantity - taken:
            self.stock[name, holder] = quantity - taken
        return holder, Amount(name, taken, "KGM")

    def put(self, holder, name, quantity):
        self.stock[name, holder] = self.stock.get((name, holder), 0) + quantity

    def commission(self):
        holder, quantity = self.draw.choice(self.holders), Fraction(self.draw.randint(50, 500))
        name = f"{_checked(f'01/0301234500{self.draw.randint(0, 9)}01')}/10/O{len(self.told)}"
        self.put(holder, name, quantity)
        self.tell(EventKind.COMMISSION, holder, outputs=[Amount(name, quantity, "KGM")])

    def transform(self):
        holder, first = self.some()
        others = [it for it, who in self.stock if who == holder and it != first.name][: self.draw.randint(0, 3)]
        inputs = [first, *(Amount(name, self.stock.pop((name, holder)), "KGM") for name in others)]
        total = sum(it.quantity for it in inputs)
        parts = min(self.draw.randint(1, 3), int(total))
        names = [f"{_checked(f'01/0301234501{at}01')}/10/T{len(self.told)}" for at in range(parts)]
        outputs = [Amount(name, total // parts, "KGM") for name in names]
        for it in outputs:
            self.put(holder, it.name, it.quantity)
        self.tell(EventKind.TRANSFORM, holder, inputs=inputs, outputs=outputs)

    def ship(self):
        holder, moved = self.some()
        other = self.draw.choice(self.holders)
        self.tell(EventKind.SHIP, holder, partner=other, inputs=[moved])
        if self.draw.random() < 0.9:
            self.put(other, moved.name, moved.quantity)
            self.tell(EventKind.RECEIVE, other, partner=holder, inputs=[moved])

    def pack(self):
        holder, packed = self.some()
        box = _checked(f"00/1{len(self.told):016}")
        self.boxed.append((box, holder, packed))
        self.tell(EventKind.PACK, holder, container=box, inputs=[packed])

    def unpack(self):
        box, holder, packed = self.boxed.pop(self.draw.randrange(len(self.boxed)))
        self.put(holder, packed.name, packed.quantity)
        self.tell(EventKind.UNPACK, holder, container=box)


def happenings(seed, count):
    """As many random events that add up, as EPCIS has them."""
    fair = _Fair(seed)
    while len(fair.told) < count:
        fair.act()
    return EpcisDocument(tuple(fair.told[:count]), PREFIXES, {})


@functools.cache
def sealed_day(seed, count):
    """A day of random events, sealed by one market."""
    told = read_events(happenings(seed, count))
    seeds = b"".join(it.hash for it in told)
    return events_of(seal_events(HOME, 1, ISSUERS[TRADER], 0, told, seeds=seeds))


def reached_by_force(events, name):
    """The descendants of a lot, by looking through all transformations again until nothing is found."""
    found, before = {name}, 0
    while len(found) != before:
        before = len(found)
        for it in events:
            if it.event.kind is EventKind.TRANSFORM and any(at.name in found for at in it.event.inputs):
                found |= {at.name for at in it.event.outputs}
    return found
