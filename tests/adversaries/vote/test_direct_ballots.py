"""A ballot that its voter sends herself is hers by the transaction that she signed for it, and by no other."""

import pytest

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.events import BallotsCast
from beffroi.ballots.parallel import Here
from beffroi.ballots.records import HEADER, Record
from beffroi.ballots.transcript import to_address
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.consultation import checking
from tests.adversaries.vote.lies import answers, swaps

ELSEWHERE = "0x" + "01" * 20


@pytest.fixture
def vote(station):
    """A vote in which the first voter has sent her ballot herself."""
    vote = station.hall.consult(1)
    station.polls.rpc.call("anvil_setBalance", vote.keys[0].address, hex(10**18))
    station.cast(vote, 0, 1)
    return vote


@pytest.fixture
def unsigned(vote):
    """A ballot for her that the node made, as a record."""
    voter = to_address(vote.keys[0].address)

    def unsigned(seq):
        ballot = make_ballot(vote.params, voter, seq, vote.subject.asked.messages(0))
        return Record(0, seq, voter, b"", ballot.data).encode()

    return unsigned


@pytest.fixture
def shown(station, vote):
    """How many ballots are hers by her signature, and for how many only the contract vouches, as an audit finds."""

    def shown(*lies):
        with station.node(*lies) as node:
            found = checking.audit(station.by(node), vote.number, vote.roll, Here())
        return found.sent, found.vouched

    return shown


def test_her_own_ballot_is_hers(shown):
    assert shown() == (1, 0)


def test_a_second_ballot_in_the_batch_of_her_own_is_not_hers(station, shown, unsigned):
    lie = swaps(station.polls.consultations, "BallotsCast", lambda it: it | {"records": it["records"] + unsigned(1)})
    assert shown(lie) == (0, 2)


def test_a_ballot_put_in_the_place_of_her_own_is_not_hers(station, shown, unsigned):
    lie = swaps(station.polls.consultations, "BallotsCast", lambda it: it | {"records": unsigned(0)})
    assert shown(lie) == (0, 1)


def test_her_ballot_in_a_transaction_to_another_account_is_not_cast(station, vote, shown):
    (cast,) = [it for it in station.polls.votes(vote.number) if isinstance(it, BallotsCast)]
    call = Call(ELSEWHERE, cast.records[HEADER:], "show a ballot")
    sent = Sender(station.polls.rpc, vote.keys[0]).send(call)["transactionHash"]
    elsewhere = station.polls.rpc.call("eth_getTransactionByHash", sent)
    assert shown(answers("eth_getTransactionByHash", lambda *_: elsewhere)) == (0, 1)


def test_a_transaction_that_the_node_does_not_show_is_nobodys(shown):
    assert shown(answers("eth_getTransactionByHash", lambda *_: None)) == (0, 1)


@pytest.mark.parametrize("altered", [{"r": "0x1", "s": "0x1"}, {"nonce": "0x63"}, {"type": "0x7f"}])
def test_a_transaction_that_her_signature_does_not_fit_is_nobodys(shown, altered):
    assert shown(answers("eth_getTransactionByHash", lambda _, true: true | altered)) == (0, 1)
