"""Heard events taken one by one: what each moves, and what speaks against it. Only what is there moves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from beffroi.records.lots.event import Amount, EventKind, LotEvent
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.lotstory import Story
from beffroi.records.lots.naming import product
from beffroi.records.lots.quantities import kind_of, measure, shown
from beffroi.records.lots.stock import Ledger, Spot, State


@dataclass(frozen=True)
class _Walk:
    """What is known of all heard events while each is taken."""

    story: Story
    first_ms: dict[str, int]
    packed: set[str]


def walk(story: Story) -> None:
    """Takes the heard events in their order: moves what they move, and says what speaks against them."""
    events = [story.events[place].event for place in story.heard]
    first_ms: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for event in events:
        for output in event.outputs:
            first_ms.setdefault(output.name, event.at_ms)
            kinds.setdefault(output.name, kind_of(output.unit))
    story.ledger = Ledger(kinds)
    packed = {it.container for it in events if it.kind is EventKind.PACK and it.container is not None}
    known = _Walk(story, first_ms, packed)
    for place in story.heard:
        event = story.events[place].event
        _STEPS[event.kind](known, place, event)
    _second_names(story)


def _second_names(story: Story) -> None:
    """Says which lots come from nowhere though their maker makes others of their product of other products."""
    derived: set[tuple[str, str]] = set()
    for place, taken in story.of.items():
        sealed = story.events[place]
        made = {product(it.name) for it in sealed.event.outputs} - {product(it) for it in taken}
        derived |= {(sealed.ref.issuer, it) for it in made if taken}
    for place in story.heard:
        sealed = story.events[place]
        for output in sealed.event.outputs if sealed.event.kind is EventKind.COMMISSION else ():
            if (sealed.ref.issuer, product(output.name)) in derived:
                words = f"{output.name} comes from nowhere, and others of its product are made: a second name"
                story.say(Doubt.ORIGIN, [output.name], place, words)


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
    _move(walk, place, event.inputs, sources, Spot(State.HELD, event.holder))


def _consume(walk: _Walk, place: int, event: LotEvent) -> None:
    gone = Spot(State.CONSUMED, event.holder)
    for box in _move(walk, place, event.inputs, [Spot(State.HELD, event.holder)], gone):
        walk.story.ledger.emptied(box, gone)


def _commission(walk: _Walk, place: int, event: LotEvent) -> None:
    _put(walk.story, place, event)
    walk.story.made(place, ())


def _transform(walk: _Walk, place: int, event: LotEvent) -> None:
    story, ledger, held = walk.story, walk.story.ledger, Spot(State.HELD, event.holder)
    boxes = [it for it in event.inputs if ledger.is_container(it.name)]
    taken = [it for it in event.inputs if it not in boxes or it.name in walk.first_ms]
    for box in boxes:
        if _moves(walk, place, box.name, [held], held):
            taken += ledger.emptied(box.name, held)
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
    others = [it for it in event.inputs if it.name != box]
    if len(others) != len(event.inputs):
        story.say(Doubt.CYCLE, [box], place, f"{box} is packed in itself")
    if event.kind is EventKind.PACK:
        story.ledger.begin(box, held)
    if not _moves(walk, place, box, [held], held):
        return
    inside = Spot(State.PACKED, box)
    if event.kind is EventKind.PACK:
        _move(walk, place, others, [held], inside)
    elif event.inputs:
        _move(walk, place, others, [inside], held)
    else:
        story.ledger.unpacked(box, held)


def _move(walk: _Walk, place: int, amounts: Sequence[Amount], sources: Sequence[Spot], to: Spot) -> list[str]:
    """Moves lots and containers; gives the containers that moved."""
    boxes = []
    for amount in amounts:
        boxed = walk.story.ledger.is_container(amount.name)
        if boxed and _moves(walk, place, amount.name, sources, to):
            boxes.append(amount.name)
        if not boxed or amount.name in walk.first_ms:
            _take(walk, place, amount, sources, to)
    return boxes


def _moves(walk: _Walk, place: int, box: str, sources: Sequence[Spot], to: Spot) -> bool:
    """Whether a container is where it is said to be, and moves."""
    moved = walk.story.ledger.move(box, sources, to)
    if not moved:
        words = f"{box} is not {_where(sources)}, where it is said to be"
        walk.story.say(Doubt.ELSEWHERE, [box], place, words)
    return moved


def _take(walk: _Walk, place: int, amount: Amount, sources: Sequence[Spot], to: Spot | None) -> None:
    """Moves so much of a lot, and says what speaks against it."""
    story, event, name = walk.story, walk.story.events[place].event, amount.name
    if not story.ledger.converts(amount):
        words = f"{name} is counted in {story.ledger.kinds[name]}, to which {amount.unit} does not convert"
        story.say(Doubt.UNIT, [name], place, words)
        return
    lacking = story.ledger.transfer(amount, sources, to, event.holder)
    told = f"{shown(amount.quantity)} {amount.unit} of {name}"
    if name not in walk.first_ms:
        story.say(Doubt.NOWHERE, [name], place, f"{told}: no event that is heard made it")
    elif walk.first_ms[name] > event.at_ms:
        story.say(Doubt.EARLY, [name], place, f"{told}: taken before it was made")
    elif lacking:
        words = f"{told} go, and {shown(lacking)} {story.ledger.kinds[name]} of them are not {_where(sources)}"
        story.say(Doubt.INVENTED, [name], place, words)


def _require_balance(story: Story, place: int, event: LotEvent, taken: Sequence[Amount]) -> None:
    """Says where outputs of all kinds together are more than the inputs can become."""
    out: dict[str, Fraction] = defaultdict(Fraction)
    for output in event.outputs:
        kind, quantity = measure(output.quantity, output.unit)
        out[kind] += quantity
    most = {kind: at_most for kind in out if (at_most := _most(event, taken, kind)) is not None}
    for kind in out.keys() - most.keys():
        about = [it.name for it in event.outputs if kind_of(it.unit) == kind]
        words = f"nothing that goes in is counted in {kind} as {', '.join(about)}: state the yield, as {kind}/KGM=…"
        story.say(Doubt.UNIT, about, place, words)
    if sum(out[kind] / most[kind] for kind in most) > 1:
        about = [it.name for it in event.outputs if kind_of(it.unit) in most]
        told = " and ".join(f"{shown(out[it])} {it} where at most {shown(most[it])} {it} can" for it in sorted(most))
        words = f"{told} come out as {', '.join(about)}"
        story.say(Doubt.YIELD, about, place, words + (", of which each takes its share" if len(most) > 1 else ""))


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


def _where(places: Sequence[Spot]) -> str:
    said = {State.HELD: "at {}'s", State.TRANSIT: "on the way to {}", State.PACKED: "in {}", State.CONSUMED: "{}"}
    return ", nor ".join(said[it.state].format(it.who or "nobody named") for it in places)


_STEPS = {
    EventKind.COMMISSION: _commission, EventKind.TRANSFORM: _transform, EventKind.PACK: _pack, EventKind.UNPACK: _pack,
    EventKind.SHIP: _ship, EventKind.RECEIVE: _receive, EventKind.CONSUME: _consume,
}  # fmt: skip
