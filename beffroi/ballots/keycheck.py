"""The key ceremony replayed from its events.

For an auditor: is the ballots' key the sum of what the trustees dealt? For a trustee: what must I do next, and with
which deals do I find my share again?
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from beffroi.ballots import ceremony as messages
from beffroi.ballots.ceremony import Ceremony, CeremonyError, Deal, PublicKeys
from beffroi.ballots.events import CeremonyOpened, Dealt, Enrolled, Excluded, KeyReady
from beffroi.ballots.group import INFINITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.ballots.events import CeremonyEvent, Event
    from beffroi.ballots.group import Point


@dataclass
class CeremonyReplay:
    """Everything said in one ceremony."""

    chain_id: int
    address: bytes
    ceremony: Ceremony | None = None
    enrolled: dict[int, Point] = field(default_factory=dict)
    deals: dict[int, Deal] = field(default_factory=dict)
    excluded: set[int] = field(default_factory=set)
    ready: KeyReady | None = None

    def feed(self, event: CeremonyEvent) -> None:
        """Take the next event of this ceremony."""
        match event:
            case CeremonyOpened():
                self.ceremony = Ceremony(self.chain_id, self.address, event.id, event.threshold, event.trustees)
            case Enrolled():
                self.enrolled[event.index] = event.key
            case Dealt():
                self.deals[event.index] = event.deal
            case Excluded():
                self.excluded.add(event.index)
            case KeyReady():
                self.ready = event

    @property
    def qualified(self) -> dict[int, Deal]:
        """The deals that make the key, by dealer: those of the trustees who were not excluded."""
        return {i: deal for i, deal in sorted(self.deals.items()) if i not in self.excluded}

    @property
    def holders(self) -> list[int]:
        """The trustees who hold a share: enrolled and not excluded."""
        return [j for j in sorted(self.enrolled) if j not in self.excluded]

    def keys(self) -> PublicKeys | None:
        """The keys announced; ``None`` before they are."""
        if self.ready is None:
            return None
        shares = {j: key for j, key in enumerate(self.ready.share_keys, 1) if key != INFINITY}
        return PublicKeys(self.ready.key, shares)

    def problem(self) -> str:
        """Empty when every deal is proven and the keys announced are those that the qualified deals give."""
        if self.ceremony is None or self.ready is None:
            return "the ceremony's events are missing"
        qualified = self.qualified
        if len(qualified) < self.ceremony.threshold:
            return f"{len(qualified)} dealers qualified, fewer than {self.ceremony.threshold}"
        for index, deal in qualified.items():
            if not messages.verify_deal(self.ceremony, index, deal):
                return f"the deal of trustee {index} is not proven"
        try:
            keys = messages.conclude(qualified, self.holders)
        except CeremonyError as error:
            return str(error)
        return "" if keys == self.keys() else "the keys announced are not those that were dealt"


def replay(events: Iterable[Event], chain_id: int, address: bytes, ceremony_id: int) -> CeremonyReplay:
    """The replay of one ceremony of the contract at ``address``, out of a stream of events."""
    found = CeremonyReplay(chain_id, address)
    for event in events:
        if isinstance(event, CeremonyOpened | Enrolled | Dealt | Excluded | KeyReady) and event.id == ceremony_id:
            found.feed(event)
    return found
