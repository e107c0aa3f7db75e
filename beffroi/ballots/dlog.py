"""Discrete logarithms of totals: two counters packed in one exponent, ``low + high·M``, by baby-step giant-step.

With both counters below n there are about n² candidates, so that roughly n steps are enough (Shanks 1971). The table
holds the abscissae of ``i·G`` for ``0 ≤ i ≤ ⌈low_max / 2⌉``: the target is moved to the middle of the range of ``low``
and an abscissa does not tell a point from its opposite, which halves the table (Bernstein & Lange, "Two grumpy giants
and a baby", 2012, §2). Both walks are arithmetic progressions of points; ``progression`` computes them around centres
whose ``C + i·Q`` and ``C − i·Q`` share one inverse, all the inverses of a centre costing a single one (Montgomery
1987, §10.3.1). Only 64 bits of each abscissa are kept (12 bytes a step with its index): 66 MB for 11 million voters.
Every hit is verified exactly.
"""

from __future__ import annotations

import math
import tempfile
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from beffroi.ballots.group import INFINITY, G, P, Point, add, base, lincomb, mul, neg, x_of, y_of
from beffroi.ballots.parallel import cores, pool
from beffroi.ballots.rules import M
from beffroi.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from beffroi.ballots.rules import Rule

_HALF: Final = 512
"""Points on each side of a centre of ``progression``."""
_MASK: Final = (1 << 64) - 1
_PARALLEL_FROM: Final = 100_000
"""Steps below which starting processes costs more than it saves."""


class DlogError(InputError):
    """No value in the allowed range has this point: the total or the bounds are wrong."""


@dataclass(frozen=True)
class Table:
    """Sorted abscissae (64 low bits) of ``i·G``, ``0 ≤ i ≤ radius``, and the ``i`` of each."""

    keys: NDArray[np.uint64]
    indices: NDArray[np.uint32]
    radius: int

    @classmethod
    def build(cls, radius: int, executor: Executor | None = None) -> Table:
        """The table that recognises ``v·G`` for every ``|v| ≤ radius``."""
        jobs = [(INFINITY, first, G, count) for first, count in _spans(radius + 1)]
        parts = list(executor.map(_job, jobs) if executor else map(_job, jobs))
        keys = np.concatenate(parts)
        order = np.argsort(keys, kind="stable").astype(np.uint32)
        return cls(keys[order], order, radius)

    def hits(self, keys: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
        """Pairs (position in ``keys``, ``i``) whose abscissae agree on 64 bits."""
        left = np.searchsorted(self.keys, keys, side="left")
        found = np.flatnonzero(self.keys[np.minimum(left, len(self.keys) - 1)] == keys)
        for position in found.tolist():
            at = int(left[position])
            while at < len(self.keys) and self.keys[at] == keys[position]:
                yield position, int(self.indices[at])
                at += 1

    def save(self, folder: Path) -> None:
        """Write the table for other processes to map into memory."""
        np.save(folder / "keys.npy", self.keys)
        np.save(folder / "indices.npy", self.indices)

    @classmethod
    def load(cls, folder: Path, radius: int) -> Table:
        """The table saved in ``folder``, shared between processes through the page cache."""
        return cls(np.load(folder / "keys.npy", mmap_mode="r"), np.load(folder / "indices.npy", mmap_mode="r"), radius)


def progression(start: Point, step: Point, count: int) -> NDArray[np.uint64]:
    """The 64 low bits of the abscissae of ``start + i·step`` for ``0 ≤ i < count`` (0 stands for infinity)."""
    multiples = [step]
    for _ in range(_HALF):
        multiples.append(add(multiples[-1], step))
    xs, ys = [x_of(q) for q in multiples[:_HALF]], [y_of(q) for q in multiples[:_HALF]]
    width = 2 * _HALF + 1
    stride = mul(width, step)
    centre = add(start, multiples[_HALF - 1])
    out = np.empty(-(-count // width) * width, dtype=np.uint64)
    for first in range(0, count, width):
        out[first : first + width] = _around(centre, xs, ys)
        centre = add(centre, stride)
    return out[:count]


def _around(centre: Point, xs: list[int], ys: list[int]) -> list[int]:
    """Abscissae of ``C − i·Q`` for i from _HALF down to 1, of C, and of ``C + i·Q`` for i from 1 up, on 64 bits."""
    cx, cy = x_of(centre), y_of(centre)
    product = 1
    prefixes = []
    for x in xs:
        prefixes.append(product)
        product = product * (cx - x) % P
    if centre == INFINITY or not product:
        return _around_exactly(centre, xs, ys)
    inverse = pow(product, -1, P)
    plus, minus = [], []
    for x, y, prefix in zip(reversed(xs), reversed(ys), reversed(prefixes), strict=True):
        one = inverse * prefix % P
        inverse = inverse * (cx - x) % P
        both = cx + x
        slope = (cy - y) * one % P
        plus.append((slope * slope - both) % P & _MASK)
        slope = (cy + y) * one % P
        minus.append((slope * slope - both) % P & _MASK)
    plus.reverse()
    return [*minus, cx & _MASK, *plus]


def _around_exactly(centre: Point, xs: list[int], ys: list[int]) -> list[int]:
    offsets = [x.to_bytes(32, "big") + y.to_bytes(32, "big") for x, y in zip(xs, ys, strict=True)]
    before = [add(centre, neg(q)) for q in reversed(offsets)]
    after = [add(centre, q) for q in offsets]
    return [x_of(q) & _MASK for q in (*before, centre, *after)]


def _spans(count: int, size: int = 1 << 18) -> list[tuple[int, int]]:
    return [(first, min(size, count - first)) for first in range(0, count, size)]


def _job(job: tuple[Point, int, Point, int]) -> NDArray[np.uint64]:
    start, first, step, count = job
    return progression(add(start, mul(first, step)), step, count)


def _search(table: Table, target: Point, first: int, count: int, middle: int) -> tuple[int, int] | None:
    """(low, high) with ``high`` in [first, first + count) and ``low·G + high·M·G = target``, if there is one."""
    step = neg(base(M))
    start = lincomb(1, target, -middle)
    for position, i in table.hits(progression(add(start, mul(first, step)), step, count)):
        high = first + position
        for low in {middle + i, middle - i}:
            if low >= 0 and base(low + high * M) == target:
                return low, high
    return None


def _search_job(job: tuple[str, int, Point, int, int, int]) -> tuple[int, int] | None:
    folder, radius, target, first, count, middle = job
    return _search(Table.load(Path(folder), radius), target, first, count, middle)


def two_counters(
    targets: list[Point], low_max: int, high_max: int, workers: int | None = None
) -> list[tuple[int, int]]:
    """The counters ``(low, high)`` of each target ``low·G + high·M·G``.

    Args:
        targets: points, INFINITY standing for (0, 0).
        low_max: greatest value of the first counter, below M.
        high_max: greatest value of the second one.
        workers: processes; all cores by default. Small searches stay in this process.

    Raises:
        DlogError: when a target has no such decomposition.
    """
    if not 0 <= low_max < M:
        raise DlogError(f"a counter must stay below M = 2^24, not {low_max}")
    middle = -(-low_max // 2)
    workers = workers or cores()
    if workers == 1 or low_max // 2 + high_max * len(targets) < _PARALLEL_FROM:
        table = Table.build(middle)
        spans = _spans(high_max + 1)
        found = [next((hit for s in spans if (hit := _search(table, t, *s, middle))), None) for t in targets]
    else:
        with tempfile.TemporaryDirectory() as name, pool(workers) as executor:
            Table.build(middle, executor).save(Path(name))
            found = [_first_hit(executor, name, t, high_max, middle) for t in targets]
    results = []
    for hit in found:
        if hit is None or hit[0] > low_max:
            raise DlogError(f"no counters up to ({low_max}, {high_max}) have this total")
        results.append(hit)
    return results


def _first_hit(executor: Executor, folder: str, target: Point, high_max: int, middle: int) -> tuple[int, int] | None:
    pending: set[Future[tuple[int, int] | None]] = {
        executor.submit(_search_job, (folder, middle, target, *span, middle)) for span in _spans(high_max + 1)
    }
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            if (hit := future.result()) is not None:
                for other in pending:
                    other.cancel()
                return hit
    return None


def one_counter(targets: list[Point], maximum: int) -> list[int]:
    """The value ``v`` in [0, maximum] of each target ``v·G``, in about ``√(2·maximum)`` steps.

    Raises:
        DlogError: when a target has no such value.
    """
    radius = math.isqrt(maximum // 2) + 1
    table = Table.build(radius)
    width = 2 * radius + 1
    return [_one(table, target, width, maximum) for target in targets]


def _one(table: Table, target: Point, width: int, maximum: int) -> int:
    giants = progression(lincomb(1, target, -table.radius), neg(base(width)), maximum // width + 1)
    for position, i in table.hits(giants):
        for value in {position * width + table.radius + i, position * width + table.radius - i}:
            if 0 <= value <= maximum and base(value) == target:
                return value
    raise DlogError(f"no value up to {maximum} has this total")


def counts(opened: Sequence[Point], rule: Rule, ballots: int, workers: int | None = None) -> list[tuple[int, int]]:
    """The two counters that each opened total holds when ``ballots`` were counted.

    Raises:
        DlogError: when a total holds more than its ballots can give.
    """
    limits = [tuple(most * ballots for most in rule.maxima(i)) for i in range(rule.size)]
    found: list[tuple[int, int]] = [(0, 0)] * rule.size
    for low, high in set(limits):
        places = [i for i, limit in enumerate(limits) if limit == (low, high)]
        targets = [opened[i] for i in places]
        values = two_counters(targets, low, high, workers) if high else [(v, 0) for v in one_counter(targets, low)]
        for place, value in zip(places, values, strict=True):
            found[place] = value
    return found
