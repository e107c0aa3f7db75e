"""No share while people vote: not of ballots shown between two openings, nor of a closing shown too early."""

from dataclasses import replace

import pytest

from beffroi.ballots.ballot import split
from beffroi.ballots.events import BallotsCast
from beffroi.ballots.proofs import pair
from beffroi.ballots.records import EMPTY_LEAF, Record, batch_root, records
from beffroi.ballots.tally import total
from beffroi.ballots.transcript import keccak
from beffroi.chain.abi import decode_event, entry, topic
from beffroi.consultation.polls import PollStatus
from tests.adversaries.vote.lies import alters, log_of, loses, shows
from tests.adversaries.vote.lying_node import overheard
from tests.adversaries.vote.station import CHOICES

TARGET = 3
RUBBISH_BYTES = 65_000
"""Of a signature that is refused: five of these and the auditor sends a chunk of ballots to be verified."""


@pytest.fixture
def vote(station):
    """A vote that goes on, in which all have voted, its minimum five."""
    hall = station.hall
    vote = hall.consult(len(CHOICES), key=hall.key(), minimum=5)
    hall.post(vote, [vote.slip(index, choice) for index, choice in enumerate(CHOICES)])
    return vote


@pytest.fixture
def said(station, vote):
    """What Consultations said of the vote, by event."""
    contract = station.polls.consultations
    logs = station.polls.rpc.call("eth_getLogs", {"address": contract.address, "fromBlock": "0x0", "toBlock": "latest"})

    def said(event):
        return next(it for it in logs if it["topics"][0] == topic(entry(contract.abi, "event", event)))

    return said


def closing(contract, vote, like, sums, ballots):
    totals = [pair(point) for ciphertext in sums for point in ciphertext]
    return log_of(contract, "ConsultationClosed", like, 901, consultation=vote.number, ballots=ballots, totals=totals)


def shared(station, logs):
    """What two trustees hand in who are shown these logs alone, and that the vote is closed."""
    contract = station.polls.consultations
    closed = alters(contract, "status", lambda _: [PollStatus.CLOSED])
    return station.node(shows(contract, logs), closed, loses("eth_estimateGas"))


def test_trustees_open_no_single_ballot_when_a_second_opening_is_shown(station, vote, said):
    polls, contract = station.polls, station.polls.consultations
    opened, cast = said("ConsultationOpened"), said("BallotsCast")
    (event,) = [it for it in polls.votes(vote.number) if isinstance(it, BallotsCast)]
    rule = vote.params.rule
    target = list(records(event.records, rule.ballot_length))[TARGET]
    ciphertexts = target.ballot[: 64 * 2 * rule.size]
    rubbish = Record(0, 0, bytes(20), bytes(RUBBISH_BYTES), bytes(rule.ballot_length))
    root = batch_root([vote.params.leaf(target.index, target.seq, keccak(ciphertexts)), *[EMPTY_LEAF] * 5])
    data = b"".join(it.encode() for it in (target, *[rubbish] * 5))
    terms = [1 if it == vote.params.secrecy_minimum else it for it in decode_event(_item(contract), opened)["terms"]]
    lowered = {"paramsHash": replace(vote.params, secrecy_minimum=1).hash, "terms": terms}
    names = {it["name"]: it for it in _item(contract)["inputs"]}
    second = dict(zip(names, (vote.number, vote.params.ceremony, *lowered.values()), strict=True))
    logs = [
        opened,
        *(
            log_of(contract, "BallotRefused", cast, 100 + at, consultation=vote.number, batch=0, position=at, index=0,
                   reason=3)
            for at in range(1, 6)
        ),
        log_of(contract, "BallotsCast", cast, 200, consultation=vote.number, batch=0, root=root, records=data),
        log_of(contract, "ConsultationOpened", cast, 900, **second),
        closing(contract, vote, cast, split(ciphertexts, rule.size), 1),
    ]  # fmt: skip
    with shared(station, logs) as node:
        _pass_the_end(station)
        for trustee in station.hall.trustees[:2]:
            station.share(vote, trustee, node)
    assert all("the consultation is opened twice" in told for told in station.told)
    assert len(station.told) == 2
    assert not overheard(node.heard, contract, "submitShare")


def test_trustees_open_no_partial_count_while_people_vote(station, vote, said):
    contract = station.polls.consultations
    sums = [total(pairs) for pairs in zip(*station.ballots(vote).values(), strict=True)]
    logs = [said("ConsultationOpened"), said("BallotsCast"), closing(contract, vote, said("BallotsCast"), sums, 6)]
    with shared(station, logs) as node:
        for trustee in station.hall.trustees[:2]:
            station.share(vote, trustee, node)
        assert all("this computer's clock says" in told for told in station.told)
        assert not overheard(node.heard, contract, "submitShare")
        _pass_the_end(station)
        station.share(vote, station.hall.trustees[0], node)
        assert overheard(node.heard, contract, "submitShare")


def _item(contract):
    return entry(contract.abi, "event", "ConsultationOpened")


def _pass_the_end(station):
    station.hall.pass_s(3_600)
