"""A real polling station votes here: Gy-les-Nonains, 2002, 365 approvals over 16 candidates, blanks among them."""

import os
import time
from pathlib import Path

import pytest

from beffroi.chain.transaction import MAX_GAS
from beffroi.consultation import checking, preflib
from beffroi.consultation.subject import Subject
from testbed.polls import hall_of

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "preflib-france-2002"
FILE = DATA / "00026-00000001.cat"

needs_data = pytest.mark.xfail(
    not FILE.exists(), reason=f"NOT RUN: no {DATA.name} in BEFFROI_DATA or ../shared/data", run=False, strict=False
)


@needs_data
def test_a_polling_station_votes_in_secret_and_every_candidate_has_what_the_file_says(foundation):
    station = preflib.read(FILE)
    assert len(station.ballots) == 365
    assert () in station.ballots
    seconds, started = {}, time.perf_counter()

    def lap(name):
        seconds[name] = round(time.perf_counter() - started - sum(seconds.values()), 1)

    with foundation.standing() as town:
        hall = hall_of(town)
        vote = hall.consult(
            len(station.ballots), subject=Subject("Whom do you approve of?", station.candidates, "approval")
        )
        lap("open")
        slips = [vote.slip(index, approved) for index, approved in enumerate(station.ballots)]
        lap("encrypt")
        posted = hall.post(vote, slips, check=False)
        lap("post")
        assert (posted.counted, posted.refused) == (365, {})
        assert all(outcome.gas_used <= MAX_GAS for outcome in posted.outcomes)
        counts = hall.count(vote)
        lap("count")
        assert checking.results(vote.subject, counts, 365) == station.approvals
        verdict = checking.audit(hall.polls, vote.number, vote.roll)
        lap("audit")
        assert (verdict.outcome, verdict.ballots, verdict.signed) == ("confirmed", 365, 365)
    print(f"\n{seconds}, {len(posted.outcomes)} transactions, {posted.gas_used // 365:,} gas a ballot of 16 proofs")


@pytest.mark.parametrize("line", ["2: {1,2}", "x: 1,2", "1: {3},{1,2}"])
def test_a_line_that_is_no_ballot_is_refused(tmp_path, line):
    path = tmp_path / "station.cat"
    head = (
        "# TITLE: T\n# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 1\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"
    )
    path.write_text(head + line + "\n")
    with pytest.raises(ValueError, match=r"not a ballot|not on the list"):
        preflib.read(path)
