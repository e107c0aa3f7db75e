"""What an audit stood on: two auditors compare one line, with trustees too, and batches out of time are a headline."""

import dataclasses
from collections import Counter

import pytest

from beffroi.ballots.parallel import Here
from beffroi.consultation import checking, sharing
from beffroi.consultation.grounds import grounds_of, grounds_text, warnings_of
from beffroi.roll.sealing import Provenance
from tests.adversaries.vote.lies import answers

WHOLE = Provenance(is_whole=True, words="whole roll of kind citizen at block 9", drawn_at_s=2**40)


@pytest.fixture
def audits(station, vote):
    """What an auditor stands on by a node that tells these lies, and what she reads."""

    def audits(*lies):
        with station.node(*lies) as node:
            polls, cast_in = station.by(node), Counter()
            verdict = checking.audit(polls, vote.number, vote.roll, Here(), cast_in=cast_in)
            found = grounds_of(polls, vote.params, cast_in)
            told = "\n".join([*warnings_of(found, WHOLE), grounds_text(found, verdict, vote.subject, WHOLE)])
            return found.phrase(verdict), told

    return audits


def test_two_auditors_and_a_trustee_have_the_same_number(station, vote, audits):
    key = station.hall.key_file(vote.params.ceremony, station.hall.trustees[0])
    counted = sharing.count(station.polls, vote.number, key, vote.roll, now_s=station.polls.now_s(), executor=Here())
    (one, text), (other, _) = audits(), audits()
    assert one == other == counted.phrase
    assert f"To compare: consultation {vote.number}, 6 ballots, {one}" in text
    assert "0 outside the time of the vote" in text
    assert "WARNING" not in text
    assert all(f"0x{account.hex()}" in text for account in key.pins.trustees)


def test_another_block_has_another_number(audits):
    lie = answers("eth_getLogs", lambda _, true: [it | {"blockHash": "0x" + "ab" * 32} for it in true])
    assert audits(lie)[0] != audits()[0]


@pytest.mark.parametrize("time", ["opens_at", "closes_at"])
def test_batches_outside_the_time_of_the_vote_are_a_headline(vote, audits, time):
    moment = vote.params.opens_at - 1 if time == "opens_at" else vote.params.closes_at
    lie = answers("eth_getBlockByNumber", lambda _, true: true | {"timestamp": hex(moment)})
    assert audits(lie)[1].startswith("WARNING: 1 batches were cast outside the time of the vote.")


def test_before_the_vote_is_closed_there_is_nothing_to_compare(station):
    vote, _ = station.consult(station.hall.key())
    cast_in = Counter()
    verdict = checking.audit(station.polls, vote.number, vote.roll, Here(), cast_in=cast_in)
    found = grounds_of(station.polls, vote.params, cast_in)
    assert (found.block, found.phrase(verdict)) == (None, "")
    assert "closed     not yet" in grounds_text(found, verdict, None, WHOLE)


@pytest.mark.parametrize(
    ("origin", "headline"),
    [
        (None, "nobody has shown that the roll is whole: no file"),
        (
            Provenance(is_whole=False, words="3 and not 4"),
            "nobody has shown that the roll is whole: 3 and not 4.",
        ),
        (dataclasses.replace(WHOLE, drawn_at_s=0), "the roll was "),
    ],
)
def test_a_roll_that_nobody_has_shown_to_be_whole_or_of_this_year_is_a_headline(station, vote, origin, headline):
    (warning,) = warnings_of(grounds_of(station.polls, vote.params, Counter()), origin)
    assert warning.startswith(f"WARNING: {headline}")
