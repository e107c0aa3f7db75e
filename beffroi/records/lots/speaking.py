"""Who may speak: one issuer for each holder, and one for each lot, by the chain's order and by no teller's clock."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from beffroi.records.lots.event import EventKind
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent
from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.lotstory import Story, touched

LATE_S: Final = 31 * 86_400
"""A month: records of the field are sealed by the month at the latest."""
AHEAD_S: Final = 900
"""A quarter of an hour, for clocks."""


def hear(story: Story) -> list[int]:
    """Finds who speaks for what, and says what is not heard; gives the places of what is, in the chain's order."""
    places = sorted(range(len(story.events)), key=lambda it: story.events[it].chain_order)
    _find_speakers(story, places)
    counting = [it for it in places if story.events[it].counts]
    twice = _twice(story, counting)
    return [it for it in counting if it not in twice and _is_heard(story, it)]


def _find_speakers(story: Story, places: Sequence[int]) -> None:
    """The first in the chain's order; those who were disowned after all others."""
    said = [it for place in places if not (it := story.events[place]).is_aside and it.event.kind != EventKind.OBSERVE]
    for sealed in sorted(said, key=_is_disowned):
        story.speakers.setdefault(sealed.event.holder, sealed.ref.issuer)
        for output in sealed.event.outputs:
            story.makers.setdefault(output.name, sealed.ref.issuer)


def _is_disowned(sealed: SealedEvent) -> bool:
    return sealed.standing is PaperStanding.DISOWNED


def _twice(story: Story, places: Sequence[int]) -> set[int]:
    """Those that say again what their issuer said; says so, and where one hash is of two events."""
    by_hash: dict[bytes, list[int]] = defaultdict(list)
    for place in places:
        by_hash[story.events[place].event.hash].append(place)
    found: set[int] = set()
    for hash_, group in by_hash.items():
        if len(group) == 1:
            continue
        seen = set()
        for place in group:
            said = (story.events[place].event, story.events[place].ref.issuer)
            if said in seen:
                found.add(place)
                story.say(Doubt.TWICE, touched(said[0]), place, f"the event {hash_.hex()} is sealed twice")
            seen.add(said)
        for place in group if len(seen) > 1 else ():
            event = story.events[place].event
            story.say(Doubt.SAME_HASH, touched(event), place, f"not all papers of the event {hash_.hex()} say the same")
    return found


def _is_heard(story: Story, place: int) -> bool:
    """Whether an event moves something, by who says it; says why not."""
    sealed = story.events[place]
    event, issuer = sealed.event, sealed.ref.issuer
    if event.kind is EventKind.OBSERVE:
        return False
    others = [event.holder] if story.speakers[event.holder] != issuer else []
    others += [it.name for it in event.outputs if story.makers[it.name] != issuer]
    if others:
        story.say(Doubt.SPOKEN, others, place, f"{issuer} tells of {', '.join(others)}, for which another speaks")
    elif sealed.issued_s is not None:
        early_ms, late_ms = (sealed.issued_s - LATE_S) * 1000, (sealed.issued_s + AHEAD_S) * 1000
        if not early_ms <= event.at_ms <= late_ms:
            when = "more than 31 days before" if event.at_ms < early_ms else "after"
            story.say(Doubt.LATE, touched(event), place, f"a {event.kind} of {when} {issuer} issued its paper")
    return not others
