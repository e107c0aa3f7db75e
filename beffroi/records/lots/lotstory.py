"""What events tell together, as far as they were followed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from beffroi.records.lots.event import EventKind, LotEvent
from beffroi.records.lots.eventpapers import SealedEvent
from beffroi.records.lots.finding import Doubt, LotFinding
from beffroi.records.lots.naming import product
from beffroi.records.lots.stock import Ledger


@dataclass
class Story:
    """What events tell together.

    Attributes:
        events: as they were given.
        ledger: who has how much of what.
        speakers: by holder, the issuer who may speak for it.
        makers: by lot, the issuer who may make it.
        heard: the places of the events that move something, in the order in which they are taken.
        made_by: by lot, the places of the heard events that made it.
        of: by place of a heard transformation, the lots that it took, out of their containers.
        findings: what does not add up.
    """

    events: Sequence[SealedEvent]
    ledger: Ledger = field(default_factory=lambda: Ledger({}))
    speakers: dict[str, str] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    heard: Sequence[int] = ()
    made_by: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    of: dict[int, tuple[str, ...]] = field(default_factory=dict)
    findings: list[LotFinding] = field(default_factory=list)

    @cached_property
    def lots(self) -> list[str]:
        """All lots that are told of, in order."""
        made = {it.name for sealed in self.events if not sealed.is_aside for it in sealed.event.outputs}
        return sorted(made | self.ledger.stock.keys())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What those who may speak for a holder, a lot or a product call it; nothing where they do not agree."""
        told: dict[str, set[str]] = defaultdict(set)
        products = {(maker, product(lot)) for lot, maker in self.makers.items()}
        for place in self.heard:
            issuer = self.events[place].ref.issuer
            for uri, name in self.events[place].event.names:
                if issuer in {self.speakers.get(uri), self.makers.get(uri)} or (issuer, uri) in products:
                    told[uri].add(name)
        return {uri: next(iter(names)) for uri, names in told.items() if len(names) == 1}

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


def touched(event: LotEvent) -> list[str]:
    """What an event makes, else what it takes."""
    return [it.name for it in event.outputs or event.inputs]
