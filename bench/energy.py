"""What a month of shared energy takes: 64 meters of 2,976 quarter hours sealed and verified, one's own month checked.

The processor's time of one core, and the most memory that the one process had that did nothing else.
"""

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from beffroi.flows.energy.privatefile import verify_own
from beffroi.flows.energy.publicfile import public_bytes, public_of
from beffroi.flows.energy.verifyperiod import verify_period
from bench.row import Row
from testbed.energy import sealed_street, street_curves

MODULE = "energy"
CONSUMERS, PRODUCERS, QUARTERS = 48, 16, 31 * 96


def rows() -> list[Row]:
    """Every figure."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(_measured).result()


def _measured() -> list[Row]:
    curves = street_curves(CONSUMERS, PRODUCERS, QUARTERS, step_s=900)
    seal_s, it = _timed(lambda: sealed_street(curves))
    write_s, data = _timed(lambda: public_bytes(it.file))
    verify_s, found = _timed(lambda: verify_period(public_of(data, "energy.json.gz"), it.stated))
    month = it.month(0)
    own_s, own = _timed(lambda: [*verify_own(month, it.period)])
    if found or own:
        raise AssertionError(f"a true month is found false: {found}, {own}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [
        Row(MODULE, "seal a month of 64 meters, 190,464 commitments", "s", round(seal_s, 1), ceiling=40),
        Row(MODULE, "write its public file", "s", round(write_s, 1)),
        Row(MODULE, "its public file", "MiB", round(len(data) / 2**20, 1)),
        Row(MODULE, "verify it: every total, sum and bill, from its file", "s", round(verify_s, 1), ceiling=15),
        Row(MODULE, "check one's own 2,976 readings in it", "s", round(own_s, 2), ceiling=3),
        Row(MODULE, "the most memory of all that", "MiB", round(peak / (2**20 if sys.platform == "darwin" else 2**10))),
    ]  # fmt: skip


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    made = act()
    return time.process_time() - started, made
