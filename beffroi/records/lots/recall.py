"""A recall: a lot and all that was made of it, with who has how much of each. Iterative, linear."""

from dataclasses import dataclass
from fractions import Fraction

from beffroi.records.lots.event import LotError
from beffroi.records.lots.stock import Spot
from beffroi.records.lots.walk import Story


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


def recall(story: Story, lot: str) -> list[Recalled]:
    """What was made of a lot at any depth, and the lot itself first; the others by name.

    Raises:
        LotError: nothing is told of it.
    """
    require_lot(story, lot)
    reached = {lot: None}
    ways = [lot]
    for name in ways:
        for place in story.makes.get(name, ()):
            new = [it.name for it in story.events[place].event.outputs if it.name not in reached]
            reached |= dict.fromkeys(new)
            ways += new
    named = [lot, *sorted(reached.keys() - {lot})]
    return [Recalled(it, story.ledger.kinds.get(it), tuple(story.ledger.holdings(it))) for it in named]


def require_lot(story: Story, lot: str) -> None:
    """Lets no lot pass of which nothing is told.

    Raises:
        LotError: nothing is.
    """
    if lot not in story.made_by and lot not in story.ledger.stock:
        raise LotError(f"nothing is told of {lot:.200}: see `lots check` for the lots that there are")
