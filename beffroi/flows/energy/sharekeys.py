"""The four keys by which French law lets a street share what it produces (Code de l'énergie art. D315-4 and D315-6).

- *dynamique par défaut*: at each step pro rata of what each consumer draws. The one a stranger verifies: bills are sums
  of readings times public coefficients (`curves`, docs/energy-format.md).
- *statique*: each consumer's part of the production is the same at every step.
- *dynamique simple*: the organiser tells each consumer's part of the whole production at each step.
- *dynamique complète*: it tells each consumer's part of each producer's production at each step.

Under the last three nobody gets more than she draws, so a step gives min(part, drawn), which no sum of readings is: a
participant checks her own by her own curve, a stranger checks that the totals agree, and no more.
"""

from collections.abc import Sequence
from typing import Final

from beffroi.flows.energy.apportion import apportioned
from beffroi.flows.energy.curves import Allocated, Curves, EnergyError, allocated, by_slot
from beffroi.flows.energy.energyrules import KeyKind

PARTS: Final = 1_000_000
"""Of a production: 100 %."""
VERIFIED_BY_STRANGERS: Final[frozenset[KeyKind]] = frozenset({"default"})
KEYS_TOLD: Final[dict[KeyKind, str]] = {
    "default": "pro rata of what each draws at each step; anyone verifies every total and every bill",
    "static": "the same part of the production for each at every step; each verifies her own bill alone",
    "simple": "the organiser's part for each at each step; each verifies her own bill alone",
    "full": "the organiser's part for each of each producer at each step; each verifies her own bill alone",
}
"""What each key means, to be said where an operation chooses."""

Pooled = Sequence[Sequence[int]]
"""Millionths of the whole production, by step and consumer."""
PerProducer = Sequence[Sequence[Sequence[int]]]
"""Millionths of each producer's production, by step, producer and consumer; of the whole where it has one row."""


def allocated_pooled(curves: Curves, parts: Pooled, slots: Sequence[int], count: int) -> tuple[Allocated, ...]:
    """What each meter shares under a static or simple dynamic key.

    At each step the whole production is parted in whole Wh by largest remainders, consumers get their part up to what
    they draw, and producers have given it pro rata of what each of them injects.

    Args:
        curves: of the period.
        parts: by step and consumer, at most a million a step.
        slots: the slot of each step, below `count`.
        count: of slots.

    Raises:
        EnergyError: there are parts of other steps or consumers, negative ones, or more than the whole of a step.
    """
    if len(parts) != curves.steps:
        raise EnergyError(f"parts of {len(parts)} steps, for a period of {curves.steps}")
    given: list[list[int]] = [[] for _ in curves.columns]
    for step, row in enumerate(parts):
        _require_parts(row, len(curves.consumers), f"step {step}")
        offered = _offered(curves.supply[step], row)
        taken = [min(part, it.readings[step]) for part, it in zip(offered, curves.consumers, strict=True)]
        gave = apportioned(sum(taken), [it.readings[step] for it in curves.producers])
        for column, wh in zip(given, [*taken, *gave], strict=True):
            column.append(wh)
    return _summed(curves, given, slots, count)


def allocated_full(curves: Curves, parts: PerProducer, slots: Sequence[int], count: int) -> tuple[Allocated, ...]:
    """What each meter shares under a full dynamic key.

    At each step each producer's production is parted in whole Wh by largest remainders; a consumer who is offered more
    than she draws takes pro rata of what each producer offers her.

    Args:
        curves: of the period.
        parts: by step, producer and consumer, at most a million a producer and step.
        slots: the slot of each step, below `count`.
        count: of slots.

    Raises:
        EnergyError: there are parts of other steps, producers or consumers, negative ones, or more than a whole.
    """
    if len(parts) != curves.steps or any(len(rows) != len(curves.producers) for rows in parts):
        raise EnergyError(f"parts are of {curves.steps} steps, and each of {len(curves.producers)} producers")
    given: list[list[int]] = [[] for _ in curves.columns]
    for step, rows in enumerate(parts):
        offers = []
        for place, (row, producer) in enumerate(zip(rows, curves.producers, strict=True)):
            _require_parts(row, len(curves.consumers), f"step {step}, producer {place}")
            offers.append(_offered(producer.readings[step], row))
        takings = [
            apportioned(min(sum(offer), consumer.readings[step]), offer)
            for offer, consumer in zip(zip(*offers, strict=True), curves.consumers, strict=True)
        ]
        gave = [sum(taking) for taking in zip(*takings, strict=True)] or [0] * len(curves.producers)
        for column, wh in zip(given, [*map(sum, takings), *gave], strict=True):
            column.append(wh)
    return _summed(curves, given, slots, count)


def allocated_by(
    key: KeyKind, curves: Curves, slots: Sequence[int], count: int, parts: PerProducer = ()
) -> tuple[Allocated, ...]:
    """What each meter shares under a key.

    Args:
        key: of the rules.
        curves: of the period.
        slots: the slot of each step, below `count`.
        count: of slots.
        parts: that the organiser tells (`partsfile`), of the whole production unless the key is full; none by default.

    Raises:
        EnergyError: the parts are not that key's.
    """
    if key == "full":
        return allocated_full(curves, parts, slots, count)
    if key in {"static", "simple"}:
        return allocated_pooled(curves, [row for (row,) in parts], slots, count)
    if parts:
        raise EnergyError("under the default key nobody tells parts: they follow what each draws")
    return allocated(curves, slots, count)


def _require_parts(row: Sequence[int], consumers: int, where: str) -> None:
    if len(row) != consumers:
        raise EnergyError(f"{where}: {len(row)} parts for {consumers} consumers: one each, 0 for none")
    if min(row, default=0) < 0 or sum(row) > PARTS:
        raise EnergyError(f"{where}: parts of {sum(row):,} millionths: each 0 or more, together at most {PARTS:,}")


def _offered(whole_wh: int, row: Sequence[int]) -> list[int]:
    """Whole Wh of each consumer; the last part, nobody's, stays surplus."""
    return apportioned(whole_wh, [*row, PARTS - sum(row)])[:-1]


def _summed(
    curves: Curves, of_steps: Sequence[Sequence[int]], slots: Sequence[int], count: int
) -> tuple[Allocated, ...]:
    return tuple(
        Allocated(it.id, it.member, it.kind, tuple(by_slot(wh, slots, count)))
        for it, wh in zip(curves.columns, of_steps, strict=True)
    )
