"""Six real polling stations (Orsay and Gy-les-Nonains, 2002): approval over 16 candidates, every ballot encrypted."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import to_address
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.chain.transaction import MAX_GAS
from beffroi.consultation import casting, checking, counting, posting, preflib, sharing
from beffroi.consultation.opening import Calendar, open_consultation
from beffroi.consultation.preflib import Station
from beffroi.consultation.subject import Subject
from beffroi.roll import Roll
from beffroi.units import HOUR_S
from bench.ground import open_ground
from bench.row import Row
from bench.vote_ground import Hall

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "preflib-france-2002"


def rows() -> Iterator[Row]:
    """Gas and seconds of each station; none where the data is not."""
    files = sorted(DATA.glob("*.cat"))
    if not files:
        return
    with open_ground() as ground:
        hall = Hall(ground)
        for file in files:
            yield from _station(hall, preflib.read(file))


def _station(hall: Hall, station: Station) -> Iterator[Row]:
    size, polls = len(station.ballots), hall.polls
    subject = Subject("Whom do you approve of?", station.candidates, "approval")
    keys = [Key.derived("station", number) for number in range(size)]
    roll, key = Roll.of([it.address for it in keys]), hall.key()
    opens = polls.now_s() + HOUR_S
    calendar = Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S)
    number = open_consultation(polls, hall.officer, ceremony=key, subject=subject, roll=roll, calendar=calendar)
    hall.ground.pass_time(HOUR_S)
    params = polls.params(number)

    started = time.perf_counter()
    slips = []
    for index, approved in enumerate(station.ballots):
        ballot = make_ballot(params, to_address(keys[index].address), 0, subject.asked.messages(approved))
        slips.append(casting.sign(params, index, ballot, keys[index]))
    encrypted = time.perf_counter()
    posted = posting.post(polls, params, roll, hall.officer, slips, check=False)
    sent = time.perf_counter()
    hall.ground.pass_time(HOUR_S)
    counting.close(polls, number, hall.officer)
    for account, file in zip(hall.trustees, hall.key_files(key), strict=True):
        sharing.give(polls, account, file, sharing.count(polls, number, file, roll, now_s=polls.now_s()))
    counts = counting.finalise(polls, number, hall.officer)
    counted = time.perf_counter()
    verdict = checking.audit(polls, number, roll)
    audited = time.perf_counter()

    if checking.results(subject, counts, size) != station.approvals or verdict.outcome != "confirmed":
        raise AssertionError(f"{station.name}: the result is not the file's")
    if any(it.gas_used > MAX_GAS for it in posted.outcomes):
        raise AssertionError(f"{station.name}: a batch is over the limit of a transaction")
    what = f"{station.name}, {size} approvals of 16"
    yield Row("vote", f"{what}: a ballot, in {len(posted.outcomes)} transactions", "gas", posted.gas_used / size)
    for words, seconds in (
        ("encrypted and signed", encrypted - started),
        ("posted", sent - encrypted),
        ("closed, opened, counted", counted - sent),
        ("audited", audited - counted),
    ):
        yield Row("vote", f"{what}: {words}", "s", seconds)
