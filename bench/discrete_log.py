"""Discrete logarithms of totals of two counters: seconds, processor time and memory for growing rolls.

    python bench/discrete_log.py 100000 1000000 11000000

The second counter is at nine tenths of its range, so that most giant steps are taken.
"""

from __future__ import annotations

import resource
import sys
import time

from beffroi.ballots.dlog import two_counters
from beffroi.ballots.group import base
from beffroi.ballots.rules import M


def cpu() -> float:
    """Processor seconds of this process and of its finished workers."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def main(sizes: list[int]) -> None:
    """Search and print each size."""
    print(f"{'voters':>12} {'found in':>9} {'cpu':>9} {'this':>9} {'worker':>9}")
    for size in sizes:
        counters = (size - size * 9 // 10, size * 9 // 10)
        start, before = time.perf_counter(), cpu()
        if two_counters([base(counters[0] + counters[1] * M)], size, size) != [counters]:
            raise SystemExit("wrong")
        seconds = time.perf_counter() - start
        own, worker = (
            resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(f"{size:>12,} {seconds:>8.1f}s {cpu() - before:>8.1f}s {own:>6.0f} MB {worker:>6.0f} MB", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000, 11_000_000])
