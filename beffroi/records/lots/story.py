"""What events tell together: who has what of which lot, what was made of what, and where it does not add up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from beffroi.records.lots.event import MAKING, EventKind, LotEvent
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.lotstory import Story, touched
from beffroi.records.lots.naming import likeness
from beffroi.records.lots.sequence import cycles, in_order
from beffroi.records.lots.speaking import hear
from beffroi.records.lots.walk import walk


def follow(sealed: Sequence[SealedEvent], keys: Mapping[str, str] | None = None) -> Story:
    """Follows lots through events.

    Args:
        sealed: the events, each with its paper; in no order.
        keys: by issuer, the account that signs for it.
    """
    story = Story(sealed)
    heard = hear(story)
    story.heard = [heard[it] for it in in_order([sealed[place].event for place in heard])]
    walk(story)
    transformed = [(taken, [it.name for it in sealed[place].event.outputs]) for place, taken in story.of.items()]
    for knot in cycles(transformed):
        story.say(Doubt.CYCLE, knot, None, f"{', '.join(knot)}: made of itself")
    for place, it in enumerate(sealed):
        if it.standing is not PaperStanding.STANDS:
            _not_standing(story, place, it)
    _alike(story)
    _one_key(story, keys or {})
    _parents(story)
    story.findings.sort(key=lambda it: (-1 if it.place is None else it.place, it.doubt, it.about))
    return story


def _not_standing(story: Story, place: int, sealed: SealedEvent) -> None:
    doubt, words = {
        PaperStanding.REVOKED: (Doubt.TAKEN_BACK, "its issuer took it back"),
        PaperStanding.DISOWNED: (Doubt.TAKEN_BACK, "the accreditor disowned it"),
        PaperStanding.UNSEALED: (Doubt.UNSEALED, "its batch is not on the chain"),
        PaperStanding.STRANGER: (Doubt.STRANGER, "no office of the town opened its schema"),
    }[sealed.standing]
    told = f"paper {sealed.ref.number} of {sealed.ref.issuer}, a {sealed.event.kind}: {words}"
    story.say(doubt, touched(sealed.event), place, told)


def _alike(story: Story) -> None:
    groups: dict[str, list[str]] = defaultdict(list)
    for lot in story.lots:
        groups[likeness(lot)].append(lot)
    for lots in groups.values():
        if len(lots) > 1:
            story.say(Doubt.ALIKE, lots, None, f"{', '.join(lots)}: names that a reader takes for one another")


def _one_key(story: Story, keys: Mapping[str, str]) -> None:
    issuers: dict[str, set[str]] = defaultdict(set)
    for sealed in story.events:
        if sealed.ref.issuer in keys and not sealed.is_aside:
            issuers[keys[sealed.ref.issuer]].add(sealed.ref.issuer)
    for key, several in issuers.items():
        if len(several) > 1:
            words = f"{', '.join(sorted(several))} sign with one key, {key}: they are one"
            story.say(Doubt.ONE_KEY, [*several], None, words)


def _parents(story: Story) -> None:
    asked = [(place, it) for place, it in enumerate(story.events) if not it.is_aside]
    known = {(it.ref.schema, it.ref.issuer, it.ref.number): it for _, it in asked}
    for place, sealed in asked:
        made: set[str] = set()
        for parent in sealed.parents:
            found = known.get((parent.schema, parent.issuer, parent.number))
            if found is not None and found.ref.leaf == parent.leaf:
                made |= _made(found.event)
            else:
                words = f"it rests on paper {parent.number} of {parent.issuer}, which is not published so"
                story.say(Doubt.PARENTS, touched(sealed.event), place, words)
        for name in _rests_on(sealed.event):
            if name not in made:
                words = f"none of the papers that it rests on made or packed {name}"
                story.say(Doubt.PARENTS, [name], place, words)


def _made(event: LotEvent) -> set[str]:
    if event.kind is EventKind.PACK and event.container is not None:
        return {event.container}
    return {it.name for it in event.outputs} if event.kind in MAKING else set()


def _rests_on(event: LotEvent) -> list[str]:
    if event.kind is EventKind.OBSERVE:
        return []
    boxes = [event.container] if event.kind is EventKind.UNPACK and event.container is not None else []
    return boxes or [it.name for it in event.inputs]
