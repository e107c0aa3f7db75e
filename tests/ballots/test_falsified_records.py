"""Falsified records: the audit refutes each, and names the check that fails."""

from dataclasses import replace
from unittest.mock import Mock

import pytest
from audit_workshop import QUESTION, change, check, failed, vote

from beffroi.ballots.ballot import CIPHERTEXT
from beffroi.ballots.ceremony_events import (
    Acknowledged,
    CeremonyOpened,
    Committed,
    Dealt,
    Enrolled,
    KeyProposed,
    KeyReady,
)
from beffroi.ballots.chunks import LoggedBatch, verify_chunk
from beffroi.ballots.events import (
    BallotRefused,
    BallotReplaced,
    BallotsCast,
    Closed,
    Opened,
    RefusedFor,
    ShareSubmitted,
    Tallied,
)
from beffroi.ballots.group import G, add, base
from beffroi.ballots.records import batch_root
from beffroi.ballots.rehearsal import rehearse
from beffroi.ballots.rules import M
from beffroi.ballots.transcript import keccak
from beffroi.ballots.verdict import AuditOutcome


def nothing(_event):
    """Leaves the event out."""


def test_a_ballot_from_beyond_the_roll_is_named():
    town = rehearse(2)
    town.open(QUESTION.rule)
    town.cast([replace(vote(town, 0, 0), index=2)])
    town.close()
    for roll in (town.roll, None):
        assert "batch 0, voter 2: counted, but the roll ends before" in check(town, roll=roll).anomalies


EDITS = {
    "result counts one more": (Tallied, lambda e: replace(e, counts=(e.counts[0] + 1, *e.counts[1:])), 0, {"result"}),
    "result moves a vote": (
        Tallied,
        lambda e: replace(e, counts=(e.counts[0] - 1, e.counts[1] + 1)),
        0,
        {"result"},
    ),
    "result of another number of ballots": (Tallied, lambda e: replace(e, ballots=11), 0, {"result"}),
    "result that overflows": (
        Tallied,
        lambda e: replace(e, counts=(e.counts[0] + M, e.counts[1] - 1)),
        0,
        {"result"},
    ),
    "totals with one vote more": (
        Closed,
        lambda e: replace(e, totals=((e.totals[0][0], add(e.totals[0][1], G)),)),
        0,
        {"totals"},
    ),
    "ballots stuffed in the count": (Closed, lambda e: replace(e, ballots=12), 0, {"totals"}),
    "a batch withheld": (BallotsCast, nothing, 1, {"batches", "totals", "shares", "refused"}),
    "a batch's root altered": (BallotsCast, lambda e: replace(e, root=bytes(32)), 0, {"batches"}),
    "a batch's bytes cut": (
        BallotsCast,
        lambda e: replace(e, records=e.records[:-1]),
        5,
        {"batches", "totals", "shares", "once"},
    ),
    "a refusal forgotten": (BallotRefused, nothing, 0, {"proofs", "batches"}),
    "a refusal of another voter": (BallotRefused, lambda e: replace(e, index=8), 0, {"batches"}),
    "a refusal for another reason": (BallotRefused, lambda e: replace(e, reason=RefusedFor.SEQUENCE), 0, {"refused"}),
    "a refusal for a reason that does not exist": (BallotRefused, lambda e: replace(e, reason=9), 0, {"refused"}),
    "a refusal of no reason": (BallotRefused, lambda e: replace(e, reason=0), 1, {"proofs", "batches"}),
    "a refusal beyond the batch": (
        BallotRefused,
        lambda e: replace(e, position=9),
        0,
        {"batches", "proofs"},
    ),
    "a replacement hidden": (BallotReplaced, nothing, 0, {"once"}),
    "a replacement of another ballot": (BallotReplaced, lambda e: replace(e, replaced=3), 0, {"once"}),
    "a share altered": (
        ShareSubmitted,
        lambda e: replace(e, share=replace(e.share, parts=((add(e.share.parts[0][0], G), e.share.parts[0][1]),))),
        0,
        {"shares"},
    ),
    "a share of a stranger": (
        ShareSubmitted,
        lambda e: replace(e, share=replace(e.share, trustee=9)),
        0,
        {"shares"},
    ),
    "a share missing": (ShareSubmitted, nothing, 0, {"shares"}),
    "a share twice": (ShareSubmitted, lambda e: replace(e, share=replace(e.share, trustee=3)), 0, {"shares"}),
    "parameters with another hash": (Opened, lambda e: replace(e, params_hash=bytes(32)), 0, {"terms"}),
    "no opening": (Opened, nothing, 0, {"terms"}),
    "no key": (KeyProposed, nothing, 0, {"key", "terms"}),
    "a key that is not ready": (KeyReady, nothing, 0, {"key"}),
    "no ceremony": (CeremonyOpened, nothing, 0, {"key", "terms"}),
    "a trustee's key that she did not sign": (Enrolled, lambda e: replace(e, key=base(5)), 1, {"key"}),
    "a promise that its dealer did not sign": (Committed, lambda e: replace(e, deal_hash=bytes(32)), 1, {"key"}),
    "a deal to which nobody committed": (Committed, nothing, 2, {"key"}),
    "a deal signed by another": (Dealt, lambda e: replace(e, index=2), 0, {"key"}),
    "a share key altered": (
        KeyProposed,
        lambda e: replace(e, share_keys=(base(5), *e.share_keys[1:])),
        0,
        {"key", "shares"},
    ),
    "a deal altered": (
        Dealt,
        lambda e: replace(e, deal=replace(e.deal, commitments=(*e.deal.commitments[:2], G))),
        0,
        {"key"},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_falsified_record_is_refuted_and_the_check_named(town, name):
    kind, edit, which, expected = EDITS[name]
    verdict = check(town, change(town, kind, edit, which))
    assert verdict.outcome is AuditOutcome.REFUTED
    assert failed(verdict) == expected
    assert verdict.anomalies
    assert "REFUTED" in verdict.text()


def test_a_key_that_too_few_acknowledged_is_named(town):
    kept = [it for it in town.events if not (isinstance(it, Acknowledged) and it.index > 2)]
    verdict = check(town, kept)
    assert failed(verdict) == {"key"}
    assert "2 trustees acknowledged the key, fewer than 3" in verdict.anomalies[0]


def test_other_terms_than_those_that_ballots_are_bound_to_are_named(town):
    verdict = check(town, change(town, Opened, lambda e: replace(e, closes_at=e.closes_at + 1)))
    assert {"terms", "proofs"} <= failed(verdict)


def test_a_rule_whose_counters_could_overflow_is_named(town):
    big = replace(QUESTION.rule, sets=((2**23, M, 0),))
    assert "terms" in failed(check(town, change(town, Opened, lambda e: replace(e, rule=big))))


def test_the_same_slip_counted_twice_is_named():
    town = rehearse(3)
    town.open(QUESTION.rule)
    record = vote(town, 0, 0)
    town.cast([record])
    town._last.clear()
    town.events.append(BallotReplaced(7, 0, 0, 0))
    town.cast([record])
    town.close()
    verdict = check(town)
    assert "once" in failed(verdict)
    assert any("ballot 0 counted after ballot 0" in anomaly for anomaly in verdict.anomalies)


def test_a_first_ballot_with_another_number_is_named():
    town = rehearse(3)
    town.open(QUESTION.rule)
    town._last[0] = (0, 0, bytes(CIPHERTEXT))
    town._add = Mock()
    town.cast([vote(town, 0, 0, seq=1)])
    events = [event for event in town.events if not isinstance(event, BallotReplaced)]
    assert failed(check(town, events)) == {"once"}


@pytest.mark.parametrize(
    "reason", [RefusedFor.SEQUENCE, RefusedFor.ALREADY_VOTED, RefusedFor.SIGNATURE, RefusedFor.PROOF]
)
def test_a_valid_ballot_left_out_is_named_whatever_the_reason_given(town, reason):
    """The contract seals the batch without a ballot against which nothing can be said."""
    events = list(town.events)
    at = next(i for i, e in enumerate(events) if isinstance(e, BallotsCast))
    entries = verify_chunk(town.params, [LoggedBatch(0, bytes(32), events[at].records, {})]).batches[0].entries
    leaves = [town.params.leaf(e.index, 0, keccak(e.ciphertexts)) for e in entries]
    leaves[0] = leaves[3] = bytes(32)
    events[at] = replace(events[at], root=batch_root(leaves))
    events.insert(at, BallotRefused(7, 0, 0, 0, reason))
    assert "batch 0, voter 0: refused without the reason given" in check(town, events).anomalies


def test_ballots_and_shares_out_of_their_phase_are_named(town):
    events = list(town.events)
    closed = next(i for i, e in enumerate(events) if isinstance(e, Closed))
    early = [*events[:closed], events[closed + 1], events[closed], *events[closed + 2 :]]
    assert failed(check(town, early)) == {"shares"}
    cast = max(i for i, e in enumerate(events) if isinstance(e, BallotsCast))
    late = [*events[:cast], *events[cast + 1 : closed + 1], events[cast], *events[closed + 1 :]]
    assert "batches" in failed(check(town, late))


def test_a_trustee_who_answers_twice_is_named(town):
    share = next(i for i, e in enumerate(town.events) if isinstance(e, ShareSubmitted))
    assert failed(check(town, [*town.events[:share], *town.events[share:-1], town.events[share], town.events[-1]])) == {
        "shares"
    }
