"""Votes to their audited result, by those who vote, vote again, or make a mistake."""

from dataclasses import replace

import pytest

from beffroi.ballots.events import RefusedFor
from beffroi.ballots.receipt import Receipt
from beffroi.ballots.transcript import keccak
from beffroi.consultation import casting, checking, counting
from beffroi.consultation.polls import ConsultationError, PollStatus
from testbed.polls import SUBJECT, hall_of
from tests.support.counted import all_but_one, results, verdict


@pytest.fixture(scope="module")
def hall(foundation):
    with foundation.standing() as town:
        yield hall_of(town)


def test_when_nobody_votes_nothing_is_opened(hall):
    vote = hall.consult()
    assert hall.close(vote) is PollStatus.WITHHELD
    with pytest.raises(ConsultationError, match="it has no result and never will"):
        hall.share(vote.number, hall.trustees[0], vote.roll)
    found = verdict(hall, vote)
    assert (found.outcome, found.ballots) == ("withheld", 0)


def test_below_the_minimum_nothing_is_opened(hall):
    vote = hall.consult(minimum=6)
    hall.post(vote, all_but_one(vote, 0))
    assert hall.close(vote) is PollStatus.WITHHELD
    with pytest.raises(ConsultationError, match="too few ballots"):
        counting.finalise(hall.polls, vote.number, hall.clerk)
    assert verdict(hall, vote).outcome == "withheld"


@pytest.mark.parametrize("option", range(len(SUBJECT.options)))
def test_when_all_choose_the_same_it_has_every_ballot(hall, option):
    vote = hall.consult()
    hall.post(vote, [vote.slip(index, option) for index in range(6)])
    assert results(hall, vote, hall.count(vote)) == [6 * (option == it) for it in range(3)]
    assert verdict(hall, vote).outcome == "confirmed"


def test_one_ballot_cast_by_its_voter_and_then_again_counts_as_cast_last(hall):
    vote = hall.consult()
    voter = vote.keys[5]
    hall.polls.rpc.call("anvil_setBalance", voter.address, hex(10**18))
    receipts = []
    for choice in (0, 2, 1):
        index, ballot = casting.prepare(
            hall.polls, vote.params, vote.roll, voter.address, SUBJECT.asked.messages(choice), hall.panels
        )
        casting.cast(hall.polls, vote.params, vote.roll, voter, index, ballot)
        receipts.append(Receipt.of(vote.params, index, ballot))
    hall.post(vote, all_but_one(vote, 0)[:4])
    assert results(hall, vote, hall.count(vote)) == [4, 1, 0]
    found = verdict(hall, vote)
    assert (found.outcome, found.signed, found.replaced) == ("confirmed", 7, 2)
    fates = [checking.check_receipt(hall.polls, receipt).fate for receipt in receipts]
    assert fates == ["replaced", "replaced", "counted"]


def test_a_bad_ballot_is_named_and_left_out_and_its_voter_may_still_vote(hall):
    vote = hall.consult()
    slips = [vote.slip(index, 0) for index in range(4)]
    worse = slips[1].ballot[:-1] + bytes([slips[1].ballot[-1] ^ 1])
    digest = vote.params.slip_digest(slips[1].voter, 0, keccak(worse))
    slips[1] = replace(slips[1], ballot=worse, signature=vote.keys[1].sign(digest))
    slips[2] = replace(slips[2], signature=slips[3].signature)
    known = hall.post(vote, slips[1:3])
    assert known.unsent == {1: "has a false proof", 2: "is not signed by its voter"}
    assert not known.outcomes
    posted = hall.post(vote, slips[::-1], check=False)
    assert posted.refused == {1: RefusedFor.PROOF, 2: RefusedFor.SIGNATURE}
    assert posted.counted == 2
    again = hall.post(vote, [vote.slip(1, 1), vote.slip(2, 1), slips[0]])
    assert (again.counted, again.unsent) == (2, {0: "is counted already"})
    assert hall.post(vote, [vote.slip(0, 1, seq=1), vote.slip(3, 1, seq=2), vote.slip(5, 1)]).counted == 2
    assert results(hall, vote, hall.count(vote)) == [1, 4, 0]
    found = verdict(hall, vote)
    assert (found.outcome, found.refused, found.signed) == ("confirmed", 2, 6)
