"""A recall: a lot and all that was made of it, with who has how much of each. Iterative, linear.

It asks no clock, and not who may speak: whatever the town let in and the chain has is followed, revoked or not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from beffroi.records.lots.event import EventKind, LotError
from beffroi.records.lots.eventpapers import SealedEvent
from beffroi.records.lots.finding import LotFinding
from beffroi.records.lots.lotstory import Story
from beffroi.records.lots.stock import Spot

_THING: Final = re.compile(r"(https://id\.gs1\.org/01/[0-9]{14})(/10/[^/]+)(/21/[^/]+)")


@dataclass(frozen=True)
class Recalled:
    """A lot that a recall reaches.

    Attributes:
        lot: its name.
        unit: in which it is counted: the first of its kind; None where nothing that counts made it.
        at: who has how much of it, in order.
    """

    lot: str
    unit: str | None
    at: tuple[tuple[Spot, Fraction], ...]


@dataclass(frozen=True)
class Recalls:
    """Recalls of lots in a story.

    Attributes:
        story: that events tell.
    """

    story: Story

    def of(self, lot: str) -> list[Recalled]:
        """What was made of a lot at any depth, and the lot itself first; the others by name.

        Raises:
            LotError: nothing is told of it.
        """
        reached = self.reached(lot)
        named = [lot, *(it for it in self.story.lots if it in reached and it != lot)]
        kinds, ledger = self.story.ledger.kinds, self.story.ledger
        return [Recalled(it, kinds.get(it), tuple(ledger.holdings(it))) for it in named]

    def reached(self, lot: str) -> set[str]:
        """The names that it reaches, those of containers as well.

        Raises:
            LotError: nothing is told of it.
        """
        if lot not in self._leads:
            require_lot(self.story, lot)
        reached, ways = {lot}, [lot]
        for name in ways:
            new = [it for it in dict.fromkeys(self._leads.get(name, ())) if it not in reached]
            reached.update(new)
            ways += new
        return {it for it in reached if not it.startswith("\n")}

    def findings(self, lot: str) -> list[LotFinding]:
        """Those that are about what it reaches, or were found at an event that names any of it.

        Raises:
            LotError: nothing is told of it.
        """
        reached = self.reached(lot)
        return [it for it in self.story.findings if reached & {*it.about, *self._named_at(it.place)}]

    def _named_at(self, place: int | None) -> Iterator[str]:
        return iter(()) if place is None else _named(self.story.events[place])

    @cached_property
    def _leads(self) -> Mapping[str, Sequence[str]]:
        """From each name what is made of it; by way of the event, so that not each input leads to each output."""
        leads: dict[str, list[str]] = defaultdict(list)
        for place, sealed in enumerate(self.story.events):
            event, knot = sealed.event, f"\n{place}"
            if sealed.is_aside:
                continue
            if event.kind is EventKind.TRANSFORM:
                leads[knot] += [it.name for it in event.outputs]
            elif event.kind is EventKind.PACK and event.container is not None:
                leads[knot] += [event.container]
            for it in event.inputs if knot in leads else ():
                leads[it.name].append(knot)
            for name in _named(sealed):
                if thing := _THING.fullmatch(name):
                    for other in (thing[1] + thing[2], thing[1] + thing[3]):
                        leads[name].append(other)
                        leads[other].append(name)
        return leads


def recall(story: Story, lot: str) -> list[Recalled]:
    """What was made of a lot at any depth, and the lot itself first; the others by name.

    Raises:
        LotError: nothing is told of it.
    """
    return Recalls(story).of(lot)


def require_lot(story: Story, lot: str) -> None:
    """Lets no lot pass of which nothing is told.

    Raises:
        LotError: nothing is.
    """
    if lot not in story.makers and lot not in story.ledger.stock and not _is_named(story, lot):
        raise LotError(f"nothing is told of {lot:.200}: see `lots check` for the lots that there are")


def _is_named(story: Story, lot: str) -> bool:
    return any(lot in _named(it) for it in story.events if not it.is_aside)


def _named(sealed: SealedEvent) -> Iterator[str]:
    """Lots and containers that an event is about."""
    event = sealed.event
    yield from (it.name for it in (*event.inputs, *event.outputs))
    if event.container is not None:
        yield event.container
