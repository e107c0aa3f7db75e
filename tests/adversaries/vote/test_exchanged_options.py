"""Options are named by the terms by which a ballot is made or checked: a node that tells two openings is refused."""

from collections import Counter
from dataclasses import replace

import pytest

from beffroi.ballots.parallel import Here
from beffroi.ballots.verdict import AuditOutcome
from beffroi.chain.abi import decode_event, entry, topic
from beffroi.consultation import checking
from beffroi.consultation.grounds import grounds_of
from beffroi.consultation.polls import ConsultationError
from beffroi.consultation.subject import Subject, subject_of
from testbed.polls import SUBJECT
from tests.adversaries.vote.lies import log_of, shows, swaps

EXCHANGED = Subject(SUBJECT.question, (SUBJECT.options[1], SUBJECT.options[0], *SUBJECT.options[2:]))


@pytest.fixture
def vote(station):
    """A vote whose result is known."""
    vote, _ = station.consult(station.hall.key())
    station.hall.count(vote)
    return vote


@pytest.fixture
def exchange(vote):
    """The values of an opening, with two options exchanged."""
    told = {vote.params.options_hash: EXCHANGED.options_hash, SUBJECT.data_uri: EXCHANGED.data_uri}
    hash_ = replace(vote.params, options_hash=EXCHANGED.options_hash).hash

    def exchange(values):
        terms = tuple(told.get(it, it) if isinstance(it, bytes | str) else it for it in values["terms"])
        return values | {"terms": terms, "paramsHash": hash_}

    return exchange


def test_an_audit_refuses_a_false_opening_shown_before_the_true_one(station, vote, exchange):
    contract = station.polls.consultations
    true = station.polls.rpc.call("eth_getLogs", {"address": contract.address, "fromBlock": "0x0", "toBlock": "latest"})
    item = entry(contract.abi, "event", "ConsultationOpened")
    opened = next(it for it in true if it["topics"][0] == topic(item))
    false = log_of(contract, "ConsultationOpened", opened, 0, **exchange(decode_event(item, opened)))
    with station.node(shows(contract, [false, *true])) as node:
        verdict = checking.audit(station.by(node), vote.number, vote.roll, Here())
    assert verdict.outcome is AuditOutcome.REFUTED
    assert "the consultation is opened twice" in verdict.anomalies


def test_an_audit_names_no_options_by_another_opening_than_it_checked(station, vote, exchange):
    with station.node(swaps(station.polls.consultations, "ConsultationOpened", exchange)) as node:
        shown = station.by(node).params(vote.number)
    verdict = checking.audit(station.polls, vote.number, vote.roll, Here())
    with pytest.raises(ConsultationError, match="the node tells two openings"):
        checking.require_terms(verdict, shown)
    checking.require_terms(verdict, vote.params)


def test_a_voter_is_shown_the_options_of_the_terms_that_her_ballot_is_made_for(station, vote, exchange):
    with station.node(swaps(station.polls.consultations, "ConsultationOpened", exchange)) as node:
        polls = station.by(node)
        with pytest.raises(ConsultationError, match="is not the one that consultation"):
            subject_of(polls, vote.params)
    assert subject_of(station.polls, vote.params) == SUBJECT


def test_other_terms_have_another_number_to_compare(station, vote):
    verdict = checking.audit(station.polls, vote.number, vote.roll, Here())
    found = grounds_of(station.polls, vote.params, Counter())
    others = replace(verdict, terms="0x" + replace(vote.params, options_hash=EXCHANGED.options_hash).hash.hex())
    assert found.phrase(verdict) != found.phrase(others)
