"""The audit: confirms an honest consultation, and says what it could not ask."""

import json
from dataclasses import replace

import pytest
from audit_workshop import CHOICES, QUESTION, change, check, failed, vote

from beffroi.ballots.audit import audit
from beffroi.ballots.ceremony import secret_share
from beffroi.ballots.ceremony_events import Acknowledged, CeremonyOpened, Committed, Dealt, Enrolled
from beffroi.ballots.events import (
    BallotsCast,
    Closed,
    ShareSubmitted,
)
from beffroi.ballots.keycheck import replay
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.parallel import Here, pool
from beffroi.ballots.records import records
from beffroi.ballots.rehearsal import rehearse
from beffroi.ballots.rules import approval
from beffroi.ballots.transcript import keccak
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.ballots.verdict import AuditOutcome


def test_an_honest_consultation_is_confirmed(town):
    verdict = check(town)
    assert verdict.anomalies == ()
    assert verdict.outcome is AuditOutcome.CONFIRMED
    assert all(c.passed for c in verdict.checks)
    assert (verdict.ballots, verdict.replaced, verdict.refused) == (10, 2, 3)
    assert (verdict.signed, verdict.vouched, verdict.unsigned_shares) == (12, 0, 0)
    pairs = list(zip(verdict.counts[::2], verdict.counts[1::2], strict=True))
    expected = [2, *CHOICES[1:]]
    assert QUESTION.results(pairs, verdict.ballots) == [expected.count(option) for option in range(3)]


def test_processes_find_what_this_process_finds(town):
    progress = []
    with pool(2) as executor:
        verdict = audit(town.events, town.site, town.roll, executor, progress.append)
    assert verdict == check(town)
    assert progress[-1] == 15


def test_the_verdict_reads_as_text_and_as_json(town):
    verdict = check(town)
    text = verdict.text(["For", "Against", "Blank"], [4, 3, 3])
    assert "CONFIRMED" in text
    assert "10 of 12 people" in text
    assert "[yes] Is every ballot counted proven" in text
    assert json.loads(json.dumps(verdict.as_dict()))["outcome"] == "confirmed"


def test_without_the_roll_nothing_is_confirmed(town):
    verdict = check(town, roll=None)
    assert verdict.outcome is AuditOutcome.STRANGERS
    assert "NOT CONFIRMED. The sums are right, but no roll was given" in verdict.text()
    assert next(c for c in verdict.checks if c.name == "roll").passed is None


@pytest.mark.parametrize("signature", [b"", bytes(65), b"a smart account's own"], ids=["none", "nobody's", "another's"])
def test_a_ballot_that_its_voter_did_not_sign_is_vouched_for_at_most(town, signature):
    def unsigned(event):
        (record,) = records(event.records, QUESTION.rule.ballot_length)
        return replace(event, records=replace(record, signature=signature).encode())

    verdict = check(town, change(town, BallotsCast, unsigned, 3))
    assert (verdict.outcome, verdict.signed, verdict.vouched) == (AuditOutcome.VOUCHED, 11, 1)
    assert "NOT CONFIRMED. The sums are right, but for 1 records" in verdict.text()
    assert "only the contract vouches" in verdict.text()


def test_shares_that_no_trustee_signed_confirm_nothing(town):
    def unsigned(event):
        return replace(event, signature=bytes(65)) if isinstance(event, ShareSubmitted) else event

    none = check(town, [unsigned(event) for event in town.events])
    assert (none.outcome, none.unsigned_shares) == (AuditOutcome.VOUCHED, 3)
    assert "0 records and 3 trustees' shares" in none.text()
    one = check(town, change(town, ShareSubmitted, unsigned))
    assert (one.outcome, one.unsigned_shares) == (AuditOutcome.CONFIRMED, 1)
    assert "of whom 3 are needed; 2 signed" in one.text()


def test_a_trustee_of_whom_no_signature_shows_is_a_headline(town):
    said = (Enrolled, Committed, Dealt, Acknowledged)
    events = [
        replace(it, signature=b"a smart account's") if isinstance(it, said) and it.index == 4 else it
        for it in town.events
    ]
    (account,) = [it.trustees[3] for it in town.events if isinstance(it, CeremonyOpened)]
    verdict = audit(events, replace(town.site, smart=frozenset({account})), town.roll, Here())
    assert (verdict.outcome, verdict.vouched_trustees, verdict.anomalies) == (AuditOutcome.VOUCHED, (4,), ())
    assert "NOT CONFIRMED" in verdict.text()
    assert "what 1 trustees said when the key was made" in verdict.text()
    assert f"trustee 4 (0x{account.hex()})" in verdict.text()


def test_another_roll_is_not_the_sealed_one(town):
    assert failed(check(town, roll=town.roll[::-1])) == {"roll"}
    assert failed(check(town, roll=town.roll[:-1])) == {"roll"}


def test_a_ballot_by_another_account_than_the_rolls_is_named(town):
    other = rehearse(12)
    other.open(QUESTION.rule)
    other.roll[1] = other.roll[2]
    other.voter_keys = [*other.voter_keys[:1], other.voter_keys[2], *other.voter_keys[2:]]
    other.cast([vote(other, 1, 0)])
    other.close()
    assert failed(check(other, roll=rehearse(12).roll)) == {"roll"}


def test_before_the_result_there_is_nothing_to_confirm(town):
    closed = next(i for i, e in enumerate(town.events) if isinstance(e, Closed))
    for end in (closed, closed + 1, closed + 2):
        verdict = check(town, town.events[:end])
        assert verdict.outcome is AuditOutcome.UNFINISHED
        assert verdict.anomalies == ()


def test_too_few_ballots_are_never_opened():
    town = rehearse(5)
    town.open(QUESTION.rule, secrecy_minimum=3)
    town.cast([vote(town, 0, 0), vote(town, 1, 1)])
    town.close()
    withheld = check(town)
    assert withheld.outcome is AuditOutcome.WITHHELD
    assert "This node shows 2 ballots, too few" in withheld.text()
    town.share(1)
    assert failed(check(town)) == {"shares"}


def test_a_consultation_without_a_ballot_has_a_result_of_zeros():
    town = rehearse(2)
    town.open(QUESTION.rule, secrecy_minimum=0)
    town.close()
    town.share(1, 2, 4)
    assert town.finalise() == (0, 0)
    assert check(town).outcome is AuditOutcome.CONFIRMED


def test_an_approval_over_several_ciphertexts_is_confirmed():
    question = approval(4, 1, 2)
    town = rehearse(4)
    town.open(question.rule)
    choices = [[0], [0, 1], [3, 1], [1]]
    ballots = [town.ballot(i, question.messages(choice)) for i, choice in enumerate(choices)]
    town.cast([town.record(i, ballot) for i, ballot in enumerate(ballots)])
    town.cast([town.record(2, town.ballot(2, question.messages([2]), seq=1))])
    town.close()
    town.share(2, 3, 4)
    counts = town.finalise()
    assert counts[0::2] == (2, 2, 1, 0)
    assert check(town).outcome is AuditOutcome.CONFIRMED


def test_a_trustee_finds_her_share_again_in_the_events(town):
    found = replay(town.events, town.site.chain_id, town.site.ceremonies, 1)
    assert found.problem() == ""
    assert found.holders == [1, 2, 3, 4, 5]
    keys = TrusteeKeys(found.ceremony.place(2), TrusteeSecret.generate(keccak(town.seed + bytes([2]))))
    assert secret_share(found.ceremony, keys, found.qualified) == town.shares[2]


def test_another_consultation_is_passed_over(town):
    other = [replace(e, consultation=8) if hasattr(e, "consultation") else e for e in town.events]
    mixed = [event for pair in zip(other, town.events, strict=True) for event in pair]
    mixed = [e for i, e in enumerate(mixed) if i % 2 or hasattr(e, "consultation")]
    assert check(town, mixed).outcome is AuditOutcome.CONFIRMED
