"""Who has how much of each lot: what events move, exactly, and what is said to move and was not there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from beffroi.records.lots.event import Amount
from beffroi.records.lots.quantities import measure


class State(StrEnum):
    """How goods are where they are."""

    CLAIMED = "claimed"
    HELD = "held"
    TRANSIT = "transit"
    CONSUMED = "consumed"
    PACKED = "packed"


class Spot(NamedTuple):
    """Where goods are.

    Attributes:
        state: held by a holder, on the way to it, consumed there; packed in a container; or claimed by a holder, who
            took what was not there.
        who: the holder, empty where nobody says to whom; or the container.
    """

    state: State
    who: str


class Ledger:
    """Stocks of lots and places of containers, event after event."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        """Begins with nothing anywhere.

        Args:
            kinds: by lot that is made, the kind of quantity in which it is counted.
        """
        self.stock: dict[str, dict[Spot, Fraction]] = {}
        self.kinds = dict(kinds)
        self._where: dict[str, Spot] = {}
        self._inside: dict[str, dict[str, None]] = defaultdict(dict)

    def is_container(self, name: str) -> bool:
        """Whether something was packed in it."""
        return name in self._where

    def converts(self, amount: Amount) -> bool:
        """Whether so much of a lot is counted as the lot is."""
        kind, _ = measure(amount.quantity, amount.unit)
        return self.kinds.setdefault(amount.name, kind) == kind

    def put(self, amount: Amount, place: Spot) -> None:
        """Adds to what is there."""
        _, quantity = measure(amount.quantity, amount.unit)
        self._add(amount.name, place, quantity)

    def transfer(self, amount: Amount, places: Sequence[Spot], to: Spot | None, claimant: str) -> Fraction:
        """Moves what is there of so much of a lot; gives what was not, which is claimed and nobody's stock.

        Args:
            amount: in a unit that converts.
            places: from which it is taken, in turn.
            to: where it goes; None where something else is made of it.
            claimant: who says so.
        """
        lacking = self._take(amount, places)
        _, quantity = measure(amount.quantity, amount.unit)
        if to is not None and quantity > lacking:
            self._add(amount.name, to, quantity - lacking)
        if lacking:
            claimed = Spot(State.CLAIMED, claimant)
            before = self.stock[amount.name].get(claimed, Fraction(0))
            now = max(before - lacking, Fraction(0)) + (0 if to is None else lacking)
            if now != before:
                self._add(amount.name, claimed, now - before)
        return lacking

    def _take(self, amount: Amount, places: Sequence[Spot]) -> Fraction:
        _, quantity = measure(amount.quantity, amount.unit)
        stock = self.stock.setdefault(amount.name, {})
        for place in places:
            taken = min(stock.get(place, Fraction(0)), quantity)
            if taken:
                self._add(amount.name, place, -taken)
                quantity -= taken
        return quantity

    def move(self, container: str, sources: Sequence[Spot], to: Spot) -> bool:
        """Moves a container with all that is in it, where it is in one of the places; gives whether it was."""
        if self._where.get(container) not in sources:
            return False
        self._put_box(container, to)
        return True

    def begin(self, container: str, at: Spot) -> None:
        """A container in which nothing is, or never was, is where it is packed."""
        inside = Spot(State.PACKED, container)
        names = self._inside.get(container, {})
        if not any(self._where.get(it) == inside or inside in self.stock.get(it, {}) for it in names):
            self._put_box(container, at)

    def _put_box(self, container: str, to: Spot) -> None:
        before = self._where.get(container)
        if before is not None and before.state is State.PACKED:
            self._inside[before.who].pop(container, None)
        self._where[container] = to
        if to.state is State.PACKED:
            self._inside[to.who][container] = None

    def unpacked(self, container: str, to: Spot) -> tuple[list[Amount], list[str]]:
        """Takes what is in a container out of it, to a place: lots, in the first of their units, and containers."""
        lots, boxes = [], []
        for name in [*self._inside.pop(container, {})]:
            inside = Spot(State.PACKED, container)
            if self._where.get(name) == inside:
                self._where[name] = to
                boxes.append(name)
            if quantity := self.stock.get(name, {}).get(inside, Fraction(0)):
                self._add(name, inside, -quantity)
                self._add(name, to, quantity)
                lots.append(Amount(name, quantity, self.kinds[name]))
        return lots, boxes

    def emptied(self, container: str, to: Spot) -> list[Amount]:
        """Takes all that is in a container, and in those in it, to a place."""
        found, boxes = [], [container]
        for box in boxes:
            lots, others = self.unpacked(box, to)
            found += lots
            boxes += others
        return found

    def holdings(self, lot: str) -> list[tuple[Spot, Fraction]]:
        """Who has how much of a lot, in the first of its units: in order, with what is packed where its box is."""
        found: dict[Spot, Fraction] = defaultdict(Fraction)
        for place, quantity in self.stock.get(lot, {}).items():
            found[self._outside(place)] += quantity
        return sorted(found.items())

    def _outside(self, place: Spot) -> Spot:
        while place.state is State.PACKED:
            place = self._where[place.who]
        return place

    def _add(self, lot: str, place: Spot, quantity: Fraction) -> None:
        stock = self.stock.setdefault(lot, {})
        stock[place] = stock.get(place, Fraction(0)) + quantity
        if not stock[place]:
            del stock[place]
        if place.state is State.PACKED and quantity > 0:
            self._inside[place.who][lot] = None
