"""What a secret ballot costs beside a public vote and an anonymous one, how fast a consultation is audited and opened.

Gas is that of receipts, all included: roll proof, signature, ballot proof, totals, event. `BENCH_BALLOTS` sets the
size of the audit, `BENCH_VOTERS` those of the discrete logarithms (separated by commas); 0 leaves them out.
"""

import os
import random
import time
from collections.abc import Iterator

from beffroi.ballots import dlog
from beffroi.ballots.group import base
from beffroi.ballots.records import Record
from beffroi.ballots.rules import M
from bench import audit_ballots, vote_curve, vote_peers, vote_stations
from bench.ground import open_ground
from bench.row import Row
from bench.vote_ground import Hall

MODULE = "vote"
GAS = "gas"
BATCH = 100
BALLOTS = int(os.environ.get("BENCH_BALLOTS", "100000"))
VOTERS = [int(it) for it in os.environ.get("BENCH_VOTERS", "1000000,11000000").split(",") if int(it)]
LIMITS = {  # (options, bits of the roll): ceiling, aim
    (2, 10): (65_000, 48_000),
    (3, 10): (80_000, 60_000),
    (2, 17): (90_000, 60_000),
    (3, 17): (106_000, 72_000),
}
ALONE = {2: 165_000, 3: 180_000}
WORDS = {2: "two options", 3: "three options"}
EXPONENTS = range(7, 25)


def rows() -> list[Row]:
    """Every figure of the vote, measured now."""
    with open_ground() as ground:
        hall = Hall(ground)
        peers = vote_peers.governor(ground) | vote_peers.semaphore(ground)
        measured = [*_ballots(hall, peers), *_sizes(hall, peers)]
    return [*measured, *vote_stations.rows(), *_audit(), *_logarithms()]


def _ballots(hall: Hall, peers: dict[str, float]) -> Iterator[Row]:
    for (options, bits), (ceiling, aim) in LIMITS.items():
        poll = hall.poll(options, 1 << bits, 2 * BATCH + 20)
        where = f"{WORDS[options]}, roll of 2^{bits}"
        for turn, start in (("a consultation's first batch", 0), ("a later batch", BATCH)):
            gas = poll.post(poll.slips[start : start + BATCH]) / BATCH
            yield Row(MODULE, f"ballot, each of {BATCH}: {where}, {turn}", GAS, gas, peers, ceiling, aim)
        near, fresh = _neighbours(poll.slips[: 2 * BATCH], poll.slips[2 * BATCH :])
        yield Row(MODULE, f"ballot alone, in a batch of one: {where}", GAS, poll.post(near[:1]), {}, ALONE[options])
        yield Row(MODULE, f"ballot alone, by `cast`: {where}", GAS, poll.cast(near[1]), peers, ALONE[options])
        if fresh:
            words = f"ballot alone, in a batch of one, none of 256 neighbours having voted: {where}"
            yield Row(MODULE, words, GAS, poll.post(fresh[:1]))


def _neighbours(voted: list[Record], others: list[Record]) -> tuple[list[Record], list[Record]]:
    """Those whose word of the bitmap holds a vote, and those whose word is empty: a zero costs 17,100 more to fill."""
    full = {it.index >> 8 for it in voted}
    near = [it for it in others if it.index >> 8 in full]
    return near, [it for it in others if it.index >> 8 not in full]


def _sizes(hall: Hall, peers: dict[str, float]) -> Iterator[Row]:
    """Gas against the roll's size, as rows and as a drawing; 2^24 − 1 is the most that a roll may have."""
    batch, alone = [], []
    for bits in EXPONENTS:
        poll = hall.poll(3, min(1 << bits, M - 1), BATCH + 1)
        batch.append(poll.post(poll.slips[:BATCH]) / BATCH)
        alone.append(float(poll.post(poll.slips[BATCH:])))
        words = f"ballot, each of {BATCH}: three options, roll of 2^{bits}, a consultation's first batch"
        if (3, bits) not in LIMITS:
            yield Row(MODULE, words, GAS, batch[-1])
    lines = {f"Beffroi, secret, each of {BATCH}": batch, "Beffroi, secret, alone": alone}
    vote_curve.write(list(EXPONENTS), lines, {**peers})


def _audit() -> Iterator[Row]:
    if not BALLOTS:
        return
    found = audit_ballots.measure(BALLOTS)
    ceiling = 60.0 if BALLOTS == 100_000 else None
    what = f"audit of {BALLOTS:,} signed three-option ballots"
    yield Row(MODULE, what, "s", found["seconds"], ceiling=ceiling)
    yield Row(MODULE, f"{what}, its memory", "MiB", found["own"])
    yield Row(MODULE, f"{what}, the memory of its largest worker", "MiB", found["workers"])


def _logarithms() -> Iterator[Row]:
    chance = random.Random(2002)
    for voters in VOTERS:
        low = chance.randint(0, voters)
        high = chance.randint(0, voters - low)
        started = time.perf_counter()
        if dlog.two_counters([base(low + high * M)], voters, voters) != [(low, high)]:
            raise AssertionError("the logarithm is wrong")
        yield Row(MODULE, f"logarithm of two counters, {voters:,} voters", "s", time.perf_counter() - started)
