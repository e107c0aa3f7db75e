"""Audits consultations of three options, every ballot signed, and prints seconds and memory side by side.

    python bench/audit_ballots.py 10000 100000

Each record is written to a temporary file first, then audited by a fresh process, so that the memory measured is the
audit's own (its peak, and the largest of its workers').
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from beffroi.ballots.audit import PollSite, audit
from beffroi.ballots.ballot import CIPHERTEXT, make_ballot, split
from beffroi.ballots.events import BallotsCast
from beffroi.ballots.parallel import pool
from beffroi.ballots.records import Record, batch_root, sign_slip
from beffroi.ballots.rehearsal import Town, rehearse
from beffroi.ballots.rules import single_choice
from beffroi.ballots.tally import Ciphertext, total
from beffroi.ballots.transcript import keccak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.ballots.events import Event
    from beffroi.ballots.params import Params

BATCH = 100
QUESTION = single_choice(3)


def make_batch(params: Params, first: int, voters: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes, Ciphertext]:
    """The records of a batch of voters (key, account), its root, and the sum of its ciphertexts."""
    parts, leaves, ciphertexts = [], [], []
    for index, (key, account) in enumerate(voters, first):
        ballot = make_ballot(params, account, 0, QUESTION.messages(index % 7 % 3))
        signature = sign_slip(key, params.slip_digest(account, 0, ballot.hash))
        parts.append(Record(index, 0, account, signature, ballot.data).encode())
        leaves.append(params.leaf(index, 0, keccak(ballot.data[:CIPHERTEXT])))
        ciphertexts += split(ballot.data, 1)
    return b"".join(parts), batch_root(leaves), total(ciphertexts)


def write(town: Town, file: BinaryIO) -> None:
    """Hold the whole consultation and write its events."""
    params = town.open(QUESTION.rule)
    people = list(zip(town.voter_keys, town.roll, strict=True))
    for event in town.events:
        pickle.dump(event, file)
    published = len(town.events)
    sums = []
    with pool() as executor:
        spans = range(0, len(people), BATCH)
        jobs = [executor.submit(make_batch, params, first, people[first : first + BATCH]) for first in spans]
        for number, job in enumerate(jobs):
            records, root, subtotal = job.result()
            sums.append(subtotal)
            pickle.dump(BallotsCast(town.site.consultation, number, root, records), file)
    town.totals = [total(sums)]
    town._last = dict.fromkeys(range(len(people)))  # noqa: SLF001 everyone voted
    town.close()
    town.share(1, 2, 3)
    town.finalise()
    for event in town.events[published:]:
        pickle.dump(event, file)


def read(file: BinaryIO) -> Iterator[Event]:
    """The events of a file, one at a time."""
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def peak() -> float:
    """The most memory that this process held, in MB; Linux' getrusage would count its parent's too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def audit_file(name: str, voters: int) -> dict[str, Any]:
    """Audit the events of a file: seconds, processor time, peak MB of this process and of its largest worker."""
    site = PollSite(31337, bytes.fromhex("c0" * 20), bytes.fromhex("ce" * 20), 7)
    roll = pickle.loads(Path(name + ".roll").read_bytes())
    start = time.perf_counter()
    with Path(name).open("rb") as file:
        verdict = audit(read(file), site, roll)
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(u.ru_utime + u.ru_stime for u in used)
    workers = used[1].ru_maxrss / 1024
    if verdict.outcome != "confirmed" or verdict.signed != voters:
        raise SystemExit(verdict.text())
    return {"seconds": seconds, "cpu": cpu, "own": peak(), "workers": workers}


def measure(size: int) -> dict[str, float]:
    """Make a consultation of so many ballots, and audit it: seconds, and peak MB of the audit and of a worker."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{folder}/events"
        start = time.perf_counter()
        town = rehearse(size)
        with Path(name).open("wb") as file:
            write(town, file)
        Path(name + ".roll").write_bytes(pickle.dumps(town.roll))
        made = time.perf_counter() - start
        command = [sys.executable, __file__, "audit", name, str(size)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {"made": made, **found}


def main(sizes: list[int]) -> None:
    """Make, audit and print each size."""
    print(f"{'ballots':>10} {'made in':>9} {'audited in':>11} {'cpu':>9} {'each':>11} {'audit':>8} {'worker':>8}")
    for size in sizes:
        found = measure(size)
        each = found["cpu"] / size * 1e6
        print(
            f"{size:>10,} {found['made']:>8.1f}s {found['seconds']:>10.1f}s {found['cpu']:>8.1f}s {each:>8.0f} µs "
            f"{found['own']:>5.0f} MB {found['workers']:>5.0f} MB"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["audit"]:
        print(json.dumps(audit_file(sys.argv[2], int(sys.argv[3]))))
    else:
        main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
