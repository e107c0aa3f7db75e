"""Events taken one by one: what each moves, and what speaks against it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from beffroi.records.lots.event import Amount, EventKind, LotEvent
from beffroi.records.lots.eventpapers import SealedEvent
from beffroi.records.lots.finding import Doubt, LotFinding
from beffroi.records.lots.naming import product
from beffroi.records.lots.quantities import kind_of, measure, shown
from beffroi.records.lots.stock import Ledger, Spot, State


@dataclass
class Story:
    """What events tell together.

    Attributes:
        events: as they were given.
        ledger: who has how much of what.
        made_by: by lot, the places of the events that made it, those taken back as well.
        makes: by lot, the places of the transformations that took it, those taken back as well.
        of: by place of a transformation, the lots that it took, out of their containers.
        findings: what does not add up.
    """

    events: Sequence[SealedEvent]
    ledger: Ledger = field(default_factory=Ledger)
    made_by: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    makes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    of: dict[int, tuple[str, ...]] = field(default_factory=dict)
    findings: list[LotFinding] = field(default_factory=list)

    @property
    def lots(self) -> list[str]:
        """All lots that are told of, in order."""
        return sorted({*self.made_by, *self.ledger.stock})

    def say(self, doubt: Doubt, about: Sequence[str], place: int | None, words: str) -> None:
        """Takes note of what does not add up."""
        self.findings.append(LotFinding(doubt, tuple(sorted(set(about))), place, words))

    def made(self, place: int, taken: Sequence[str]) -> None:
        """Takes note of what an event made, and of what."""
        event = self.events[place].event
        for output in event.outputs:
            self.made_by[output.name].append(place)
        if event.kind is EventKind.TRANSFORM:
            self.of[place] = tuple(dict.fromkeys(taken))
            for name in self.of[place]:
                self.makes[name].append(place)


@dataclass
class _Walk:
    """What is known of all events while each is taken."""

    story: Story
    first_ms: dict[str, int]
    packed: set[str]
    derived: set[str]
    hashes: set[bytes] = field(default_factory=set)
    speakers: dict[str, str] = field(default_factory=dict)


def walk(story: Story, order: Sequence[int]) -> None:
    """Takes events in their order, by their places: moves what they move, and says what speaks against them."""
    events = [story.events[place].event for place in order]
    first_ms: dict[str, int] = {}
    for event in events:
        for output in event.outputs:
            first_ms.setdefault(output.name, event.at_ms)
    packed = {it.container for it in events if it.kind is EventKind.PACK and it.container is not None}
    known = _Walk(story, first_ms, packed, _derived(events))
    for place in order:
        _step(known, place)


def _derived(events: Sequence[LotEvent]) -> set[str]:
    """Products that are made of other products."""
    found = set()
    for event in events:
        if event.kind is EventKind.TRANSFORM:
            found |= {product(it.name) for it in event.outputs} - {product(it.name) for it in event.inputs}
    return found


def _step(walk: _Walk, place: int) -> None:
    sealed = walk.story.events[place]
    event = sealed.event
    if event.hash in walk.hashes:
        walk.story.say(Doubt.TWICE, touched(event), place, f"the event {event.hash.hex()} is sealed twice")
        return
    walk.hashes.add(event.hash)
    if event.kind is not EventKind.OBSERVE:
        _speaks(walk, place, sealed)
        _STEPS[event.kind](walk, place, event)


def _ship(walk: _Walk, place: int, event: LotEvent) -> None:
    _move(
        walk,
        place,
        event.inputs,
        [Spot(State.HELD, event.holder)],
        Spot(State.TRANSIT, event.partner or ""),
    )


def _receive(walk: _Walk, place: int, event: LotEvent) -> None:
    sources = [Spot(State.TRANSIT, event.holder), Spot(State.TRANSIT, "")]
    sources += [Spot(State.HELD, event.partner)] if event.partner else []
    _move(walk, place, event.inputs, sources, Spot(State.HELD, event.holder))


def _consume(walk: _Walk, place: int, event: LotEvent) -> None:
    gone = Spot(State.CONSUMED, event.holder)
    _move(walk, place, event.inputs, [Spot(State.HELD, event.holder)], gone)
    for it in event.inputs:
        if walk.story.ledger.is_container(it.name):
            walk.story.ledger.emptied(it.name, gone)


def _commission(walk: _Walk, place: int, event: LotEvent) -> None:
    for output in event.outputs:
        if product(output.name) in walk.derived:
            words = f"{output.name} comes from nowhere, and others of its product are made of something: a second name"
            walk.story.say(Doubt.ORIGIN, [output.name], place, words)
    _put(walk.story, place, event)
    walk.story.made(place, ())


def _transform(walk: _Walk, place: int, event: LotEvent) -> None:
    story, ledger, held = walk.story, walk.story.ledger, Spot(State.HELD, event.holder)
    boxes = [it for it in event.inputs if ledger.is_container(it.name)]
    loose = [it for it in event.inputs if not ledger.is_container(it.name) or it.name in walk.first_ms]
    _move(walk, place, boxes, [held], held)
    content = [it for box in boxes for it in ledger.emptied(box.name, held)]
    taken = [*loose, *content]
    for it in taken:
        _take(walk, place, it, [held], None)
    story.made(place, [it.name for it in taken])
    _require_balance(story, place, event, taken)
    _put(story, place, event)


def _put(story: Story, place: int, event: LotEvent) -> None:
    for output in event.outputs:
        if story.ledger.converts(output):
            story.ledger.put(output, Spot(State.HELD, event.holder))
        else:
            words = f"{output.name} is made in {output.unit}, and was made in {story.ledger.kinds[output.name]}"
            story.say(Doubt.UNIT, [output.name], place, words)


def _pack(walk: _Walk, place: int, event: LotEvent) -> None:
    story, held, box = walk.story, Spot(State.HELD, event.holder), event.container or ""
    if box not in walk.packed:
        story.say(Doubt.NOWHERE, [box], place, f"{box} is unpacked, and nothing was packed in it")
        return
    if not story.ledger.move(box, [held], held):
        story.say(Doubt.ELSEWHERE, [box], place, f"{box} is not at {event.holder}'s, who is said to have it")
    inside = Spot(State.PACKED, box)
    others = [it for it in event.inputs if it.name != box]
    if len(others) != len(event.inputs):
        story.say(Doubt.CYCLE, [box], place, f"{box} is packed in itself")
    if event.kind is EventKind.PACK:
        _move(walk, place, others, [held], inside)
    elif event.inputs:
        _move(walk, place, others, [inside], held)
    else:
        story.ledger.unpacked(box, held)


def _move(walk: _Walk, place: int, amounts: Sequence[Amount], sources: Sequence[Spot], to: Spot) -> None:
    for amount in amounts:
        boxed = walk.story.ledger.is_container(amount.name)
        if boxed and not walk.story.ledger.move(amount.name, sources, to):
            words = f"{amount.name} is not {_where(sources)}, from where it is said to go"
            walk.story.say(Doubt.ELSEWHERE, [amount.name], place, words)
        if not boxed or amount.name in walk.first_ms:
            _take(walk, place, amount, sources, to)


def _take(walk: _Walk, place: int, amount: Amount, sources: Sequence[Spot], to: Spot | None) -> None:
    """Moves so much of a lot, and says what speaks against it."""
    story, event, name = walk.story, walk.story.events[place].event, amount.name
    if not story.ledger.converts(amount):
        words = f"{name} is counted in {story.ledger.kinds[name]}, to which {amount.unit} does not convert"
        story.say(Doubt.UNIT, [name], place, words)
        return
    lacking = story.ledger.take(amount, sources)
    told = f"{shown(amount.quantity)} {amount.unit} of {name}"
    if name not in walk.first_ms:
        story.say(Doubt.NOWHERE, [name], place, f"{told}: no event that counts made it")
    elif walk.first_ms[name] > event.at_ms:
        story.say(Doubt.EARLY, [name], place, f"{told}: taken before it was made")
    elif lacking:
        words = f"{told} go, and {shown(lacking)} {story.ledger.kinds[name]} of them are not {_where(sources)}"
        story.say(Doubt.INVENTED, [name], place, words)
    if to is not None:
        story.ledger.put(amount, to)


def _require_balance(story: Story, place: int, event: LotEvent, taken: Sequence[Amount]) -> None:
    out: dict[str, Fraction] = defaultdict(Fraction)
    for output in event.outputs:
        kind, quantity = measure(output.quantity, output.unit)
        out[kind] += quantity
    for kind, quantity in out.items():
        about = [it.name for it in event.outputs if kind_of(it.unit) == kind]
        most = _most(event, taken, kind)
        if most is None:
            words = f"nothing that goes in is counted in {kind} as {', '.join(about)}: state the yield, as {kind}/KGM=…"
            story.say(Doubt.UNIT, about, place, words)
        elif quantity > most:
            words = f"{shown(quantity)} {kind} come out as {', '.join(about)}, {shown(most)} {kind} at most can"
            story.say(Doubt.YIELD, about, place, words)


def _most(event: LotEvent, taken: Sequence[Amount], kind: str) -> Fraction | None:
    """How much of a kind can come out at most; None where nothing that goes in counts."""
    stated = {kind_of(it.of): it for it in event.yields if kind_of(it.unit) == kind}
    found = []
    for amount in taken:
        of, quantity = measure(amount.quantity, amount.unit)
        if of in stated:
            _, one = measure(Fraction(1), stated[of].of)
            found.append(quantity / one * measure(stated[of].factor, stated[of].unit)[1])
        elif not stated and of == kind:
            found.append(quantity)
    return sum(found, Fraction(0)) if found else None


def _speaks(walk: _Walk, place: int, sealed: SealedEvent) -> None:
    holder, issuer = sealed.event.holder, sealed.ref.issuer
    before = walk.speakers.setdefault(holder, issuer)
    if before != issuer:
        words = f"{issuer} speaks for {holder}, for which {before} spoke before"
        walk.story.say(Doubt.SPOKEN, [holder], place, words)


def touched(event: LotEvent) -> list[str]:
    """What an event makes, else what it takes."""
    return [it.name for it in event.outputs or event.inputs]


def _where(places: Sequence[Spot]) -> str:
    said = {State.HELD: "at {}'s", State.TRANSIT: "on the way to {}", State.PACKED: "in {}", State.CONSUMED: "{}"}
    return ", nor ".join(said[it.state].format(it.who or "nobody named") for it in places)


_STEPS = {
    EventKind.COMMISSION: _commission, EventKind.TRANSFORM: _transform, EventKind.PACK: _pack, EventKind.UNPACK: _pack,
    EventKind.SHIP: _ship, EventKind.RECEIVE: _receive, EventKind.CONSUME: _consume,
}  # fmt: skip
