"""Nobody judges promises for good by a vote that few heard of, and nobody buries what the rest found of them."""

import pytest

from beffroi.consultation.opening import Calendar, carry_out, opening
from beffroi.consultation.polls import ConsultationError
from beffroi.credibility.evaluation import judgement
from beffroi.credibility.mandate import Mandates
from beffroi.credibility.mandate_history import read_history
from beffroi.residents import ResidentKind
from beffroi.town.fields import Office
from beffroi.units import DAY_S, HOUR_S
from testbed.polls import hall_of
from testbed.town import MAYOR, fund
from tests.adversaries.vote.test_out_of_reach import (
    CITIZENS,
    PATIENCE_S,
    PLEDGED,
    SILENCE_S,
    STRANGER,
    UNDER_EVALUATION,
    UNJUDGED,
    WHOLE,
    Council,
)

FEW, MINUTE_S = 5, 60
"""The secrecy minimum of the example: so many ballots are enough for a result."""
NOTICE_S, VOTING_S = 14 * DAY_S, 7 * DAY_S


@pytest.fixture
def council(town):
    hall = hall_of(town)
    fund(town.rpc, CITIZENS)
    town.enrols(ResidentKind.CITIZEN, *CITIZENS)
    return Council(town, hall, Mandates(town.rpc, town.authority, town.contract("Promises")))


def opened(council, mandate, *, notice_s=NOTICE_S + HOUR_S, voting_s=VOTING_S, minimum=FEW, mid_term=False):
    """The officer opens a vote on the promise, as the Rulebook lets it; the consultation's number."""
    polls, roll, key = council.hall.polls, council.hall.seal_roll(), council.hall.key()
    opens = polls.now_s() + notice_s
    subject = judgement(polls, council.promises, mandate, [0], mid_term=mid_term)
    calendar = Calendar(opens, opens + voting_s, opens + voting_s + HOUR_S)
    act = opening(
        polls, ceremony=key, subject=subject, roll=roll, calendar=calendar, secrecy_minimum=minimum, uri=""
    )  # fmt: skip
    return carry_out(polls, council.hall.officer, act, key)


def test_the_officer_judges_by_no_vote_that_is_named_a_minute_before_it_opens(council):
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S)
    consultation = opened(council, mandate)
    council.hall.pass_until(council.hall.polls.params(consultation).opens_at - MINUTE_S)
    act = (mandate, b"\0", consultation, False)
    council.refused("Promises_NoticeTooShort", council.hall.officer, "attachEvaluation", *act)
    assert council.state(mandate, 0) == PLEDGED


def test_the_officer_judges_by_no_vote_of_an_hour_and_by_none_that_opens_at_once(council):
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S)
    for dates, error in (
        ({"notice_s": HOUR_S}, "Promises_NoticeTooShort"),
        ({"voting_s": HOUR_S}, "Promises_VoteTooShort"),
    ):
        act = (mandate, b"\0", opened(council, mandate, **dates), False)
        council.refused(error, council.hall.officer, "attachEvaluation", *act)
    assert council.state(mandate, 0) == PLEDGED


def test_the_officer_buries_nothing_by_a_minimum_that_the_whole_roll_would_have_to_reach(council):
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S)
    act = (mandate, b"\0", opened(council, mandate, minimum=len(CITIZENS)), False)
    council.refused("Promises_OtherMinimum", council.hall.officer, "attachEvaluation", *act)
    council.hall.pass_s(SILENCE_S)
    council.hall.seal_roll()
    council.mandates.call(STRANGER, mandate, [0], council.hall.key())
    assert council.state(mandate, 0) == UNDER_EVALUATION


def test_a_round_that_informs_is_as_short_as_the_rulebook_lets_it(council):
    mandate = council.mandate(10_000)
    consultation = opened(council, mandate, notice_s=HOUR_S, voting_s=HOUR_S, minimum=len(CITIZENS), mid_term=True)
    council.send(council.hall.officer, "attachEvaluation", mandate, b"\0", consultation, True)
    assert council.promises.read(council.town.rpc, "evaluations") == 1


@pytest.mark.parametrize(("notice_s", "voting_s", "error"), [
    (HOUR_S, VOTING_S, "announced for 14 days from its attaching: not until"),
    (NOTICE_S + HOUR_S, DAY_S, "is open for 7 days: not until"),
])  # fmt: skip
def test_dates_that_the_charter_refuses_are_told_in_words_before_anything_is_sent(council, notice_s, voting_s, error):
    mandate, polls = council.mandate(10_000), council.hall.polls
    council.hall.pass_s(100 * DAY_S)
    roll, key, opens = council.hall.seal_roll(), council.hall.key(), polls.now_s() + notice_s
    with pytest.raises(ConsultationError, match=error):
        council.round(mandate, roll, Calendar(opens, opens + voting_s, opens + voting_s + HOUR_S), key)
    assert polls.consultations.read(polls.rpc, "consultations") == 0


def test_where_no_contract_may_call_votes_any_more_promises_are_declared_unjudged(council):
    mandate, town = council.mandate(10_000), council.town
    council.hall.pass_s(100 * DAY_S + SILENCE_S + PATIENCE_S + 1)
    council.hall.seal_roll()
    key = council.hall.key()
    council.refused("Promises_CanBeJudged", STRANGER, "declareUnjudged", mandate, b"\0")
    town.does(MAYOR, town.authority, "revokeRole", int(Office.CALLER), council.promises.address)
    council.refused("AccessManagedUnauthorized", STRANGER, "callEvaluation", mandate, b"\0", key)
    council.mandates.declare_unjudged(STRANGER, mandate, [0])
    assert council.state(mandate, 0) == UNJUDGED


def test_when_consultations_are_closed_to_all_promises_are_declared_unjudged(council):
    mandate, town = council.mandate(10_000), council.town
    council.hall.pass_s(100 * DAY_S + SILENCE_S + PATIENCE_S + 1)
    council.hall.seal_roll()
    key = council.hall.key()
    town.does(MAYOR, town.authority, "setTargetClosed", council.hall.polls.consultations.address, True)
    council.refused("AccessManagedUnauthorized", STRANGER, "callEvaluation", mandate, b"\0", key)
    council.mandates.declare_unjudged(STRANGER, mandate, [0])
    assert council.of(mandate)["frozen"] == WHOLE


def test_what_nobody_judged_counts_as_kept_neither_on_chain_nor_in_its_history_while_it_is_judged(council):
    mandate, polls = council.mandate(10_000), council.hall.polls
    council.hall.pass_s(100 * DAY_S + SILENCE_S + PATIENCE_S + 1)
    council.hall.seal_roll()
    council.mandates.declare_unjudged(STRANGER, mandate, [0])
    council.mandates.call(STRANGER, mandate, [0], council.hall.key())
    history = read_history(polls.rpc, council.promises, polls.consultations, mandate, polls.first)
    assert (council.state(mandate, 0), history.promises[0].unjudged) == (UNDER_EVALUATION, False)
    assert history.frozen == council.of(mandate)["frozen"] == WHOLE
