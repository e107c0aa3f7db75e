"""A share is given of what its trustee has counted, not of what a node shows: each refusal, and what was asked."""

from dataclasses import replace

import pytest

from beffroi.ballots.group import add, base, sub
from beffroi.ballots.parallel import Here
from beffroi.ballots.proofs import pair, unpair
from beffroi.ballots.records import records
from beffroi.chain.abi import entry, topic
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.consultation import counting, sharing
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.roll import Roll
from testbed.polls import SUBJECT
from tests.adversaries.vote.lies import answers, hides, loses, swaps
from tests.adversaries.vote.lying_node import overheard
from tests.adversaries.vote.station import CHOICES

MESSAGES = {"eth_estimateGas", "eth_sendRawTransaction"}
"""What tells a node more than a question does."""


@pytest.fixture
def refused(station, vote):
    """What a trustee is told who acts by a node that tells these lies, and that nothing was sent."""

    def refused(*lies):
        with station.node(*lies) as node:
            station.share(vote, station.hall.trustees[0], node)
        (told,) = station.told
        assert "nothing of your key has left this computer" in told
        assert not [it for it in node.heard if it.method in MESSAGES]
        return told

    return refused


@pytest.fixture
def counted(station, vote):
    def counted(rpc=None, roll=None, **options):
        polls = station.polls if rpc is None else Polls.at(rpc, station.polls.consultations.address)
        key = station.hall.key_file(vote.params.ceremony, station.hall.trustees[0])
        now_s = station.polls.now_s()
        return sharing.count(polls, vote.number, key, roll or vote.roll, now_s=now_s, executor=Here(), **options)

    return counted


def test_a_total_with_one_bit_more_is_refused(station, refused):
    def one_more(values):
        first, *rest = values["totals"]
        return values | {"totals": [pair(add(base(1), first[0].to_bytes(32) + first[1].to_bytes(32))), *rest]}

    lie = swaps(station.polls.consultations, "ConsultationClosed", one_more)
    assert "the ballots do not bear out what would be opened" in refused(lie)


def test_another_number_of_ballots_is_refused(station, refused):
    lie = swaps(station.polls.consultations, "ConsultationClosed", lambda it: it | {"ballots": 7})
    assert "7 ballots announced, 6 found" in refused(lie)


def test_hidden_ballots_are_refused(station, refused):
    assert "6 ballots announced, 0 found" in refused(hides(station.polls.consultations, "BallotsCast"))


def test_a_hidden_closing_is_refused(station, refused):
    assert "tells of no closing" in refused(hides(station.polls.consultations, "ConsultationClosed"))


def test_an_altered_ballot_is_refused(station, refused):
    lie = swaps(station.polls.consultations, "BallotsCast", lambda it: it | {"records": it["records"][:-1] + b"\x00"})
    assert "its proof is false" in refused(lie)


def test_without_the_sealed_roll_nothing_is_counted(counted):
    other = Roll.of([Key.derived("stranger", number).address for number in range(len(CHOICES))])
    with pytest.raises(ConsultationError, match="the list given is not the roll that was sealed"):
        counted(roll=other)


def test_two_trustees_by_honest_nodes_read_the_same_number(station, counted):
    with station.node() as node:
        there, here = counted(Rpc(node.url)), counted()
    assert there.phrase == here.phrase
    here.require_compared(there.phrase.replace(" ", ""))
    here.require_same(station.polls)
    with pytest.raises(ConsultationError, match="is not the number of what was counted here"):
        here.require_compared("0000 " * 6)


@pytest.mark.parametrize("lie", ["block", "ballots", "closing"])
def test_a_second_node_that_tells_otherwise_keeps_the_share_back(station, vote, counted, lie):
    consultations = station.polls.consultations
    lies = {
        "block": answers("eth_getLogs", lambda _, true: [it | {"blockHash": "0x" + "ab" * 32} for it in true]),
        "ballots": swaps(consultations, "ConsultationClosed", lambda it: it | {"ballots": 5}),
        "closing": hides(consultations, "ConsultationClosed"),
    }
    with station.node(lies[lie]) as node, pytest.raises(ConsultationError, match=r"tells otherwise|is not closed yet"):
        counted().require_same(station.by(node))


def test_two_counts_of_different_ballots_are_not_both_opened(station):
    hall, polls = station.hall, station.polls
    vote = hall.consult(len(CHOICES), key=hall.key(), minimum=5)
    slips = [vote.slip(index, choice) for index, choice in enumerate(CHOICES)]
    hall.post(vote, slips[:5])
    hall.post(vote, slips[5:])
    hall.close(vote)
    ((c1, c),) = station.ballots(vote)[5]
    trustee, contract = hall.trustees[0], polls.consultations

    def without_last(values):
        (r, s) = map(unpair, values["totals"])
        return values | {"ballots": 5, "totals": [pair(sub(r, c1)), pair(sub(s, c))]}

    lost = loses("eth_estimateGas")
    with station.node(swaps(contract, "ConsultationClosed", without_last), _hides_batch(contract, 1), lost) as node:
        station.share(vote, trustee, node)
        assert overheard(node.heard, contract, "submitShare")
    assert "may know it" in station.told[-1]
    with station.node(lost) as node:
        station.share(vote, trustee, node)
    assert "with this key file you began to open 5 ballots" in station.told[-1]
    assert "and this is 6 ballots" in station.told[-1]
    assert not overheard(node.heard, contract, "submitShare")


def _hides_batch(contract, number):
    words = [topic(entry(contract.abi, "event", "BallotsCast")), f"0x{number:064x}"]
    return answers("eth_getLogs", lambda _, true: [it for it in true if it["topics"][::2] != words])


@pytest.fixture
def over(station):
    """A vote that is over, with as many ballots as its minimum or more, of which the first came alone."""

    def over(ballots, minimum=5):
        vote = station.hall.consult(len(CHOICES), key=station.hall.key(), minimum=minimum)
        station.polls.rpc.call("anvil_setBalance", vote.keys[0].address, hex(10**18))
        station.cast(vote, 0, 1)
        station.hall.post(vote, [vote.slip(index, 0) for index in range(1, ballots)])
        station.hall.close(vote)
        return vote

    return over


def _unsigned(station):
    """The lie that the voter of a batch of one signed something else."""

    def shown(values):
        (first, *more) = records(values["records"], SUBJECT.asked.rule.ballot_length)
        lie = replace(first, signature=bytes(65)).encode() if not more else values["records"]
        return values | {"records": lie}

    return swaps(station.polls.consultations, "BallotsCast", shown)


def test_ballots_that_are_vouched_for_do_not_make_the_minimum(station, over):
    vote = over(5)
    now_s = station.polls.now_s()
    key = station.hall.key_file(vote.params.ceremony, station.hall.trustees[0])
    with (
        station.node(_unsigned(station)) as node,
        pytest.raises(ConsultationError, match=r"4 ballots are shown .* fewer than the 5"),
    ):
        sharing.count(station.by(node), vote.number, key, vote.roll, now_s=now_s, vouched=1, executor=Here())


def test_a_ballot_is_counted_by_its_voters_signature_and_no_other(station, over):
    vote = over(6)
    (first, second, _) = station.hall.trustees
    with station.node(_unsigned(station)) as node:
        station.share(vote, first, node)
    (told,) = station.told
    assert "for 1 ballots only the contract, as this node shows it, vouches" in told
    assert "--vouched 1" in told
    station.share(vote, first)
    assert station.hall.share(vote.number, second, vote.roll) == second.index
    assert len(station.told) == 1


def test_anothers_share_under_her_number_is_not_taken_for_hers(station, vote):
    first, second, _ = station.hall.trustees
    station.hall.share(vote.number, second, vote.roll)
    item = entry(station.polls.consultations.abi, "event", "ShareSubmitted")

    def renumbered(_, logs):
        shares = [it for it in logs if it["topics"][0] == topic(item)]
        return logs + [
            it | {"topics": [*it["topics"][:2], f"0x{first.index:064x}", *it["topics"][3:]]} for it in shares
        ]

    after_the_count = answers(
        "eth_getLogs", lambda asked, logs: renumbered(asked, logs) if _is_of_votes(asked) else logs
    )
    with station.node(after_the_count) as node:
        station.share(vote, first, node)
    assert station.told == []
    assert [it.trustee for it in counting.shares_of(station.polls, vote.number)] == [1, 2], "hers was sent all the same"


def _is_of_votes(asked):
    return len(asked[0]["topics"]) > 1 and len(asked[0]["topics"][1]) == 1
