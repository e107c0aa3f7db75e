"""A ballot that its voter sends herself is hers by the transaction that she signed for it, and by no other."""

import pytest

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.events import BallotsCast
from beffroi.ballots.parallel import Here
from beffroi.ballots.records import HEADER, Record
from beffroi.ballots.transcript import to_address
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.consultation import checking, posting
from tests.adversaries.vote.lies import answers, hides, swaps

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


def test_a_ballot_that_rode_in_a_posters_batch_is_not_the_posters(station):
    vote = station.hall.consult(3)
    polls, poster = station.polls, vote.keys[1]
    polls.rpc.call("anvil_setBalance", poster.address, hex(10**18))
    account = to_address(poster.address)
    never_cast = make_ballot(vote.params, account, 0, vote.subject.asked.messages(1)).data
    rider = Record(0, 0, to_address(vote.keys[0].address), never_cast, vote.slip(0, 0).ballot)
    posting.post(polls, vote.params, vote.roll, poster, [rider, vote.slip(2, 0)], check=False)
    shown = Record(1, 0, account, b"", never_cast).encode()
    lie = swaps(polls.consultations, "BallotsCast", lambda it: it | {"records": shown})
    with station.node(lie, hides(polls.consultations, "BallotRefused")) as node:
        found = checking.audit(station.by(node), vote.number, vote.roll, Here())
    assert (found.sent, found.vouched) == (0, 1)


@pytest.mark.parametrize("answer", [[], "0x", 7, {"hash": "0x1"}, {"to": 7}], ids=str)
def test_a_transaction_of_another_shape_is_nobodys(shown, answer):
    assert shown(answers("eth_getTransactionByHash", lambda *_: answer)) == (0, 1)


def test_her_ballot_again_by_her_own_transaction_is_hers(station, vote, shown):
    station.cast(vote, 0, 2)
    assert shown() == (2, 0)


def test_a_transaction_that_the_node_does_not_show_is_nobodys(shown):
    assert shown(answers("eth_getTransactionByHash", lambda *_: None)) == (0, 1)


@pytest.mark.parametrize("altered", [{"r": "0x1", "s": "0x1"}, {"nonce": "0x63"}, {"type": "0x7f"}])
def test_a_transaction_that_her_signature_does_not_fit_is_nobodys(shown, altered):
    assert shown(answers("eth_getTransactionByHash", lambda _, true: true | altered)) == (0, 1)
