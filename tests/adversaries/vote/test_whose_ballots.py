"""A ballot is its voter's by her signature over it, and by nothing that a node shows beside."""

import pytest

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.parallel import Here
from beffroi.ballots.records import Record, records
from beffroi.ballots.transcript import to_address
from beffroi.consultation import checking
from tests.adversaries.vote.lies import swaps


@pytest.fixture
def vote(station):
    """A vote in which the first voter has posted her ballot herself."""
    vote = station.hall.consult()
    station.polls.rpc.call("anvil_setBalance", vote.keys[0].address, hex(10**18))
    station.cast(vote, 0, 1)
    return vote


@pytest.fixture
def invented(vote):
    """A ballot of hers that the node made, under the signature of the one that she cast."""
    voter = to_address(vote.keys[0].address)

    def invented(seq, told):
        (true,) = records(told["records"], vote.params.rule.ballot_length)
        ballot = make_ballot(vote.params, voter, seq, vote.subject.asked.messages(0))
        return Record(0, seq, voter, true.signature, ballot.data).encode()

    return invented


@pytest.fixture
def shown(station, vote):
    """How many ballots are their voters' by signature, and for how many only the contract vouches."""

    def shown(*lies):
        with station.node(*lies) as node:
            found = checking.audit(station.by(node), vote.number, vote.roll, Here())
        return found.signed, found.vouched

    return shown


def test_a_ballot_that_she_posts_is_hers_as_one_that_is_posted_for_her(station, vote, shown):
    assert shown() == (1, 0)
    station.hall.post(vote, [vote.slip(1, 0)])
    station.cast(vote, 0, 2)
    assert shown() == (3, 0)


def test_a_second_ballot_in_the_batch_of_her_own_is_not_hers(station, shown, invented):
    lie = swaps(
        station.polls.consultations, "BallotsCast", lambda it: it | {"records": it["records"] + invented(1, it)}
    )
    assert shown(lie) == (1, 1)


def test_a_ballot_in_the_place_of_her_own_is_not_hers(station, shown, invented):
    lie = swaps(station.polls.consultations, "BallotsCast", lambda it: it | {"records": invented(0, it)})
    assert shown(lie) == (0, 1)
