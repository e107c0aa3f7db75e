"""Key ceremonies and counts, with trustees who are absent, late or lying."""

from dataclasses import replace

import pytest

from beffroi.ballots.proofs import pair
from beffroi.ballots.tally import decryption_share
from beffroi.chain.sender import TransactionFailedError
from beffroi.chain.signers import sign_typed
from beffroi.consultation import ceremony, counting, trustee_steps
from beffroi.consultation.phases import Phase
from beffroi.consultation.polls import ConsultationError, PollStatus
from beffroi.consultation.promised import Memory
from testbed.polls import HOUR_S, hall_of
from tests.support.counted import all_but_one, results, verdict
from tests.support.signatures import forms


@pytest.fixture(scope="module")
def hall(foundation):
    with foundation.standing() as town:
        yield hall_of(town)


def phase(hall, number):
    return ceremony.progress(hall.polls, number).phase


# The key ceremony


def test_when_a_trustee_never_enrols_the_others_make_the_key_and_open_the_result(hall):
    first, second, absent = hall.trustees
    number = hall.open_ceremony()
    hall.step(number, first, second)
    assert "ended" in hall.deadline(number)
    for _ in range(2):
        hall.step(number, first, second)
    hall.deadline(number)
    assert hall.step(number, absent) == [["You hold no share of the key that was made: nothing to acknowledge."]]
    hall.step(number, first, second)
    assert phase(hall, number) is Phase.KEY_READY
    assert hall.step(number, absent) == [["The key is ready, as this node shows it. You hold no share of it."]]
    vote = hall.consult(key=number)
    hall.post(vote, all_but_one(vote, 1))
    hall.close(vote)
    with pytest.raises(ConsultationError, match="of no trustee who holds a share"):
        hall.share(vote.number, absent, vote.roll)


def test_slips_are_posted_whatever_the_form_of_their_signatures(hall):
    vote = hall.consult()
    slips = []
    for place, form in enumerate(["v of 0 and 1", "compact (EIP-2098)", "high s"]):
        slip = vote.slip(place, 1)
        slips.append(replace(slip, signature=forms(slip.signature)[form]))
    posted = hall.post(vote, slips)
    assert (posted.counted, posted.refused, posted.unsent) == (3, {}, {})


def test_a_trustee_who_deals_late_is_left_behind_and_still_holds_a_share(hall):
    first, second, late = hall.trustees
    number = hall.open_ceremony()
    for _ in range(2):
        hall.step(number)
    hall.step(number, first, second)
    hall.pass_s(HOUR_S + 1)
    (told,) = hall.step(number, late)
    assert told[0] == "Time was over: the deal phase is ended."
    assert "All 2 shares sent to you are right" in told[1]
    hall.deadline(number)
    hall.step(number)
    vote = hall.consult(key=number)
    hall.post(vote, [*all_but_one(vote, 0), vote.slip(5, 1)])
    assert results(hall, vote, hall.count(vote, late, first)) == [5, 1, 0]
    assert verdict(hall, vote).outcome == "confirmed"


def test_a_trustee_who_deals_a_wrong_share_is_excluded_and_the_key_is_made_without_her(hall):
    liar, victim, third = hall.trustees
    number = hall.open_ceremony()
    hall.step(number)
    hall.lie(number, liar, victim)
    hall.step(number, victim, third)
    hall.lie(number, liar, victim)
    hall.step(number, victim, third)
    ((told, rest),) = hall.step(number, victim)
    assert told == "Trustee 1 sent you a wrong share: your complaint proved it, and it is excluded."
    assert rest.startswith("The other shares sent to you are right.")
    assert hall.step(number, liar)[0][0].startswith("You were excluded")
    hall.deadline(number)
    hall.step(number, victim, third)
    vote = hall.consult(key=number)
    hall.post(vote, all_but_one(vote, 0))
    assert results(hall, vote, hall.count(vote, victim, third)) == [5, 0, 0]
    assert verdict(hall, vote).outcome == "confirmed"


def test_a_trustee_who_complains_of_a_right_share_is_excluded_herself(hall):
    honest, second, accuser = hall.trustees
    number = hall.open_ceremony()
    for _ in range(3):
        hall.step(number)
    hall.complain_falsely(number, accuser, honest)
    at = ceremony.progress(hall.polls, number)
    assert at.excluded == {accuser.index}
    hall.deadline(number)
    hall.step(number, honest, second)
    vote = hall.consult(key=number)
    hall.post(vote, all_but_one(vote, 1))
    assert results(hall, vote, hall.count(vote, honest, second)) == [0, 5, 0]
    assert verdict(hall, vote).outcome == "confirmed"


def test_a_trustee_whose_share_does_not_open_acknowledges_nothing_and_the_others_make_do(hall):
    liar, victim, third = hall.trustees
    number = hall.open_ceremony()
    hall.step(number)
    for _ in range(2):
        hall.lie(number, liar, victim)
        hall.step(number, victim, third)
        if phase(hall, number) is Phase.COMPLAINTS:
            break
    hall.deadline(number)
    with pytest.raises(ConsultationError, match="your share cannot be opened: dealer 1 sent this trustee a wrong"):
        hall.step(number, victim)
    hall.step(number, third)
    assert phase(hall, number) is Phase.ACKNOWLEDGEMENT
    assert "ended" in hall.deadline(number)
    assert phase(hall, number) is Phase.KEY_FAILED, "one of the two that are needed"


def test_a_trustee_without_ether_signs_and_whoever_posts_can_change_nothing(hall):
    number = hall.open_ceremony()
    first, second, _ = hall.trustees
    signed = []
    told = ceremony.take_step(hall.polls, number, first.account, hall.key_file(number, first), Memory(), signed.append)
    assert "it is not done: it counts once it is posted" in told[0]
    (enrolment,) = signed
    assert ceremony.progress(hall.polls, number).enrolled == set()
    ((_, read),) = trustee_steps.from_lines(hall.polls, trustee_steps.to_line(hall.polls, enrolment))
    assert read == enrolment
    hall.step(number, second)
    other = hall.polls.ceremony(number).enrolled[2]
    altered = replace(read, arguments=(pair(other), *read.arguments[1:]))
    with pytest.raises(TransactionFailedError, match="NotSigned"):
        altered.post(hall.polls, hall.clerk, "post another key")
    assert not ceremony.has_taken(hall.polls, read)
    read.post(hall.polls, hall.clerk, "post what she signed")
    assert ceremony.has_taken(hall.polls, read)
    assert hall.polls.ceremony(number).disbelief() == ""


def test_when_too_few_enrol_there_is_no_key_and_no_consultation(hall):
    number = hall.open_ceremony()
    hall.step(number, hall.trustees[0])
    hall.deadline(number)
    assert phase(hall, number) is Phase.KEY_FAILED
    assert hall.step(number, hall.trustees[0]) == [
        ["The ceremony has failed, as this node shows it: too few trustees took part. Open a new one."]
    ]
    with pytest.raises(ConsultationError, match="has no key: it stands at key failed"):
        hall.consult(key=number)


def test_each_step_repeated_sends_nothing_and_the_wrong_key_file_or_account_says_so(hall):
    first, second, _ = hall.trustees
    number = hall.open_ceremony()
    for word in ("enrolled already", "committed already", "dealt already", "shares sent to you are right"):
        hall.step(number, first)
        before = hall.polls.rpc.call("eth_blockNumber")
        assert word in hall.step(number, first)[0][0]
        assert hall.polls.rpc.call("eth_blockNumber") == before
        hall.step(number, *hall.trustees[1:])
    hall.deadline(number)
    hall.step(number, first)
    assert "acknowledged the key already" in hall.step(number, first)[0][0]
    with pytest.raises(ConsultationError, match="not the key file with which trustee 1 enrolled"):
        ceremony.take_step(hall.polls, number, first.account, hall.key_file(number, second), Memory())
    with pytest.raises(ConsultationError, match="is no trustee of ceremony"):
        ceremony.take_step(hall.polls, number, hall.clerk, hall.key_file(number, first), Memory())
    with pytest.raises(ConsultationError, match="no key ceremony 99"):
        ceremony.take_step(hall.polls, 99, first.account, hall.key_file(number, first), Memory())


# The count


def test_a_late_share_is_accepted_after_the_day_of_the_result(hall):
    vote = hall.consult()
    hall.post(vote, all_but_one(vote, 2))
    hall.close(vote)
    hall.share(vote.number, hall.trustees[2], vote.roll)
    with pytest.raises(ConsultationError, match="1 of the 2 shares needed"):
        counting.finalise(hall.polls, vote.number, hall.clerk)
    hall.pass_s(2 * HOUR_S)
    assert hall.polls.status(vote.number) is PollStatus.STALLED
    hall.share(vote.number, hall.trustees[1], vote.roll)
    assert results(hall, vote, counting.finalise(hall.polls, vote.number, hall.clerk)) == [0, 0, 5]
    assert verdict(hall, vote).outcome == "confirmed"


def test_a_wrong_share_is_refused_and_an_honest_one_still_counts(hall):
    vote = hall.consult()
    hall.post(vote, all_but_one(vote, 0))
    hall.close(vote)
    closing = counting.closing_of(hall.polls, vote.params)
    share = decryption_share(closing, 1, 123_456_789)
    account = hall.trustees[0].account
    lie = (*share.as_arguments(), sign_typed(account, closing.separator, closing.slip(share)))
    with pytest.raises(TransactionFailedError, match=r"Consultations_BadShare\(trustee=1, ciphertext=0\)"):
        hall.polls.act(hall.clerk, hall.polls.consultations, "submitShare", vote.number, 1, *lie, purpose="lie")
    for trustee in hall.trustees[:2]:
        hall.share(vote.number, trustee, vote.roll)
    assert results(hall, vote, counting.finalise(hall.polls, vote.number, hall.clerk)) == [5, 0, 0]


def test_when_every_trustee_hands_in_a_share_those_needed_open_the_result(hall):
    vote = hall.consult()
    hall.post(vote, all_but_one(vote, 1))
    assert results(hall, vote, hall.count(vote, *hall.trustees)) == [0, 5, 0]
    assert verdict(hall, vote).outcome == "confirmed"


def test_closing_sharing_and_finalising_again_send_nothing(hall):
    vote = hall.consult()
    hall.post(vote, all_but_one(vote, 1))
    counts = hall.count(vote)
    before = hall.polls.rpc.call("eth_blockNumber")
    assert counting.close(hall.polls, vote.number, hall.clerk) is PollStatus.TALLIED
    assert hall.share(vote.number, hall.trustees[0], vote.roll) == 1
    assert counting.finalise(hall.polls, vote.number, hall.clerk) == counts
    assert hall.polls.rpc.call("eth_blockNumber") == before


def test_each_act_in_the_wrong_phase_says_where_the_consultation_stands(hall):
    vote = hall.consult()
    for act in (counting.close, counting.finalise):
        with pytest.raises(ConsultationError, match="is open: people are voting"):
            act(hall.polls, vote.number, hall.clerk)
    with pytest.raises(ConsultationError, match="is open: people are voting"):
        hall.share(vote.number, hall.trustees[0], vote.roll)
    slips = all_but_one(vote, 0)
    hall.post(vote, slips)
    hall.close(vote)
    with pytest.raises(ConsultationError, match="is closed and waits for the trustees' shares"):
        hall.post(vote, slips)
