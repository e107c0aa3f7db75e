"""Nobody, in whatever office, puts a promise out of everybody's reach: silence never counts as kept."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.sender import Sender, TransactionFailedError
from beffroi.chain.transaction import Call
from beffroi.consultation import casting
from beffroi.consultation.opening import Calendar, carry_out, opening
from beffroi.consultation.polls import ConsultationError
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.evaluation import Judgement, Round, judgement, messages, open_round, question_of
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.residents import ResidentKind
from beffroi.roll import Roll
from beffroi.units import DAY_S
from testbed.polls import SUBJECT, Hall, Vote, hall_of
from testbed.town import ELSEWHERE, Town, fund

SILENCE_S, PATIENCE_S = 30 * DAY_S, 60 * DAY_S
OFFICIAL, STRANGER = ELSEWHERE[5], ELSEWHERE[6]
CITIZENS = [Key.derived("citizen", number) for number in range(12)]
PLEDGED, UNDER_EVALUATION, SETTLED, SETTLED_EARLY, UNJUDGED = 1, 2, 3, 4, 5
WHOLE = 50_000_000


class Worded(Judgement):
    """A round whose options' hash is of words that the officer chose."""

    @property
    def options_hash(self) -> bytes:
        return keccak(b"We only promised to study it")


@dataclass
class Council:
    """A town whose official has promised, and everybody who may act on it."""

    town: Town
    hall: Hall
    mandates: Mandates

    @property
    def promises(self) -> Contract:
        return self.mandates.promises

    def mandate(self, *weights: int, due_days: int = 100) -> int:
        polls = self.hall.polls
        terms = (OFFICIAL.address, polls.now_s() + 365 * DAY_S, Supply.FIFTY_MILLION, keccak(b"elected"))
        self.mandates.open(self.hall.clerk, *terms)
        self.hall.pass_s(2 * DAY_S)
        number = self.mandates.open(self.hall.clerk, *terms)
        due_at = polls.now_s() + due_days * DAY_S
        self.mandates.pledge(OFFICIAL, number, [Pledge(f"p{i}", "ipfs://", it, due_at) for i, it in enumerate(weights)])
        return number

    def round(self, mandate: int, roll: Roll, calendar: Calendar, key: int) -> Round:
        return open_round(
            self.hall.polls, self.promises, self.hall.officer, mandate=mandate, chosen=[0], ceremony=key, roll=roll,
            calendar=calendar,
        )  # fmt: skip

    def soon(self) -> Calendar:
        """As soon, and for as short a time, as what burns is put to the vote."""
        return voting_terms(self.hall.polls, self.promises).soonest(self.hall.polls.now_s())

    def votes(self, consultation: int, roll: Roll, level: int | None) -> Vote:
        """Every citizen's ballot is in."""
        params = self.hall.polls.params(consultation)
        by_address = {it.address: it for it in CITIZENS}
        vote = Vote(params, roll, [by_address[account] for account in roll.accounts()], SUBJECT)
        slips = []
        for index, voter in enumerate(vote.keys):
            ballot = make_ballot(params, to_address(voter.address), 0, messages([level]))
            slips.append(casting.sign(params, index, ballot, voter))
        self.hall.post(vote, slips)
        return vote

    def judges(self, mandate: int, level: int | None) -> None:
        """The officer puts the promise to the vote, all citizens are of one opinion, and it settles."""
        roll, key, calendar = self.hall.seal_roll(), self.hall.key(), self.soon()
        opened = self.round(mandate, roll, calendar, key)
        self.hall.pass_until(calendar.opens_at)
        vote = self.votes(opened.consultation, roll, level)
        self.hall.pass_until(calendar.closes_at)
        self.hall.count(vote)
        self.mandates.publish(STRANGER, opened.evaluation)
        self.hall.pass_s(15 * DAY_S)
        self.mandates.settle(STRANGER, opened.evaluation)

    def state(self, mandate: int, promise: int) -> int:
        return self.promises.read(self.town.rpc, "promiseOf", mandate, promise)[4]

    def of(self, mandate: int) -> dict[str, Any]:
        names = ("subject", "endsAt", "count", "pledged", "supply", "capital", "frozen", "judged", "texts")
        return dict(zip(names, self.promises.read(self.town.rpc, "mandateOf", mandate), strict=True))

    def send(self, who, function: str, *args: Any) -> None:
        data = self.promises.encode(function, *args)
        Sender(self.town.rpc, who).send(Call(self.promises.address, data, function))

    def refused(self, error: str, who, function: str, *args: Any) -> None:
        with pytest.raises(TransactionFailedError, match=error):
            self.send(who, function, *args)

    def of_clerk(self, function: str, mandate: int) -> None:
        """Announced, and carried out when its delay is over."""
        data = self.promises.encode(function, mandate, bytes(32))
        self.town.does(self.hall.clerk, self.town.authority, "schedule", self.promises.address, data, 0)
        self.hall.pass_s(2 * DAY_S + 1)
        self.send(self.hall.clerk, function, mandate, bytes(32))

    def consultation(self, evaluation: int) -> int:
        return self.promises.read(self.town.rpc, "evaluationOf", evaluation)[1]


@pytest.fixture
def council(town):
    hall = hall_of(town)
    fund(town.rpc, CITIZENS)
    return Council(town, hall, Mandates(town.rpc, town.authority, town.contract("Promises")))


@pytest.fixture
def citizens(town):
    town.enrols(ResidentKind.CITIZEN, *CITIZENS)


def test_the_officer_puts_no_promise_to_a_vote_that_never_opens_or_never_ends(council, citizens):
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S + 1)
    roll, key, now = council.hall.seal_roll(), council.hall.key(), council.hall.polls.now_s()
    soon, far = now + 15 * DAY_S, 10**12
    for dates, error in (
        ((far, far + 7 * DAY_S, far + 9 * DAY_S), "put off too long"),
        ((soon, far, far + DAY_S), "too long after it opens"),
        ((soon, soon + 7 * DAY_S, 2**40 - 1), "would be late only"),
    ):
        with pytest.raises(ConsultationError, match=error):
            council.round(mandate, roll, Calendar(*dates), key)
    assert council.state(mandate, 0) == PLEDGED


def test_a_list_of_no_promise_keeps_no_mandate_from_being_cancelled(council, citizens):
    mandate = council.mandate(10_000)
    council.refused("Promises_NothingNamed", STRANGER, "declareUnjudged", mandate, b"")
    assert not council.of(mandate)["judged"]
    council.of_clerk("cancelMandate", mandate)
    assert council.of(mandate)["capital"] == 0


def test_where_trustees_stay_away_and_the_officer_is_silent_anyone_has_the_stake_frozen(council, citizens):
    mandate, polls = council.mandate(10_000), council.hall.polls
    council.hall.pass_s(100 * DAY_S + SILENCE_S + 1)
    roll = council.hall.seal_roll()
    evaluation = council.mandates.call(STRANGER, mandate, [0], council.hall.key())
    consultation = council.consultation(evaluation)
    params = polls.params(consultation)
    assert params.opens_at - polls.now_s() == pytest.approx(14 * DAY_S, abs=60), "people hear of it"
    council.hall.pass_s(params.opens_at - polls.now_s() + 1)
    council.votes(consultation, roll, 0)
    council.hall.pass_s(params.tally_by - polls.now_s() + 1)
    council.town.does(STRANGER, polls.consultations, "close", consultation)

    council.refused("Promises_NotLate", STRANGER, "release", evaluation)
    council.hall.pass_s(PATIENCE_S)
    council.send(STRANGER, "release", evaluation)
    assert (council.state(mandate, 0), council.of(mandate)["frozen"]) == (UNJUDGED, WHOLE)
    council.hall.seal_roll()
    council.mandates.call(STRANGER, mandate, [0], council.hall.key())


def test_in_a_village_where_no_vote_is_secret_enough_promises_are_declared_unjudged(council):
    council.town.enrols(ResidentKind.CITIZEN, *CITIZENS[:4])
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S + SILENCE_S + PATIENCE_S + 1)
    council.hall.seal_roll()
    key = council.hall.key()
    council.refused("Rulebook_MinimumTooHigh", STRANGER, "callEvaluation", mandate, b"\0", key)
    council.mandates.declare_unjudged(STRANGER, mandate, [0])
    assert council.of(mandate)["frozen"] == WHOLE


def test_who_resigns_before_the_day_keeps_nothing_of_what_was_due_after(council, citizens):
    mandate = council.mandate(5_000, 5_000)
    council.of_clerk("endMandate", mandate)
    assert [council.state(mandate, it) for it in (0, 1)] == [UNJUDGED, UNJUDGED]
    assert council.of(mandate)["frozen"] == WHOLE


def test_no_vote_is_called_on_a_roll_of_few_of_the_town(council):
    council.town.enrols(ResidentKind.CITIZEN, *CITIZENS[:5])
    mandate = council.mandate(10_000)
    council.hall.seal_roll()
    council.town.enrols(ResidentKind.CITIZEN, *CITIZENS[5:])
    council.hall.pass_s(100 * DAY_S + SILENCE_S + 1)
    key = council.hall.key()
    council.refused("Promises_RollTooSmall", STRANGER, "callEvaluation", mandate, b"\0", key)


def test_while_a_promise_is_voted_on_its_official_rewords_nothing(council, citizens):
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S + SILENCE_S + 1)
    council.hall.seal_roll()
    council.mandates.call(STRANGER, mandate, [0], council.hall.key())
    council.refused("Promises_WrongState", OFFICIAL, "amend", mandate, 0, keccak(b"we said: study"), "", 0, b"")


def test_the_officer_has_promises_judged_on_no_roll_of_its_own_making(council, citizens):
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S + 1)
    council.hall.seal_roll()
    key = council.hall.key()
    puppets = Roll.of([Key.derived("puppet voter", number).address for number in range(12)])
    with pytest.raises(TransactionFailedError, match="Promises_OtherRoll"):
        council.round(mandate, puppets, council.soon(), key)
    assert council.state(mandate, 0) == PLEDGED


def test_the_officer_puts_no_other_words_to_the_vote_than_were_pledged_nor_anothers(council, citizens):
    mandate, polls = council.mandate(10_000), council.hall.polls
    council.hall.pass_s(100 * DAY_S + 1)
    roll = council.hall.seal_roll()
    question = judgement(polls, council.promises, mandate, [0], mid_term=False)
    assert question.question_hash == council.promises.read(polls.rpc, "questionOf", mandate, b"\0", False)
    here = (polls.chain_id, council.promises.address, mandate)
    others = question_of(*here, OFFICIAL.address, [keccak(b"p1")], [0], mid_term=False)
    rivals = question_of(*here, STRANGER.address, [keccak(b"p0")], [0], mid_term=False)
    worded = Worded(question.question, question.options, commitment=question.commitment)
    for subject in (worded, replace(question, commitment=others), replace(question, commitment=rivals)):
        key = council.hall.key()
        terms = {"roll": roll, "calendar": council.soon(), "secrecy_minimum": 5, "uri": ""}
        act = opening(polls, ceremony=key, subject=subject, **terms)
        consultation = carry_out(polls, council.hall.officer, act, key)
        given = (council.hall.officer, "attachEvaluation", mandate, b"\0", consultation, False)
        council.refused("Promises_OtherSubject", *given)


def test_what_is_due_when_its_mandate_ends_is_judged_once_more_by_anyone(council, citizens):
    mandate = council.mandate(10_000, due_days=360)
    council.mandates.bring(OFFICIAL, mandate, 0, bytes(32), "ipfs://")
    council.judges(mandate, 4)
    assert council.state(mandate, 0) == SETTLED_EARLY
    council.hall.pass_s(council.of(mandate)["endsAt"] - council.hall.polls.now_s() + SILENCE_S)
    council.hall.seal_roll()
    council.mandates.call(STRANGER, mandate, [0], council.hall.key())
    assert council.state(mandate, 0) == UNDER_EVALUATION


def test_the_officer_makes_no_early_judgement_final_by_a_vote_that_nobody_counts(council, citizens):
    mandate, polls = council.mandate(10_000), council.hall.polls
    council.mandates.bring(OFFICIAL, mandate, 0, bytes(32), "ipfs://begun")
    council.judges(mandate, 4)
    council.hall.pass_s(100 * DAY_S)
    roll, key, calendar = council.hall.seal_roll(), council.hall.key(), council.soon()
    opened = council.round(mandate, roll, calendar, key)
    council.hall.pass_until(calendar.opens_at)
    council.votes(opened.consultation, roll, 0)
    council.hall.pass_until(calendar.tally_by)
    council.town.does(STRANGER, polls.consultations, "close", opened.consultation)
    council.hall.pass_s(PATIENCE_S)
    council.send(STRANGER, "release", opened.evaluation)
    assert council.state(mandate, 0) == UNJUDGED
    assert council.of(mandate)["frozen"] == WHOLE
    council.hall.seal_roll()
    council.mandates.call(STRANGER, mandate, [0], council.hall.key())
    assert council.state(mandate, 0) == UNDER_EVALUATION


def test_ballots_without_an_opinion_keep_no_promise_and_undo_no_finding(council, citizens):
    mandate = council.mandate(10_000)
    council.mandates.bring(OFFICIAL, mandate, 0, bytes(32), "ipfs://progress")
    council.judges(mandate, 0)
    assert council.of(mandate)["capital"] == 0
    council.hall.pass_s(100 * DAY_S)
    council.judges(mandate, None)
    assert council.state(mandate, 0) == SETTLED
    assert (council.of(mandate)["capital"], council.of(mandate)["frozen"]) == (WHOLE, WHOLE)


def test_a_progress_report_costs_nothing_that_a_later_judgement_does_not_find(council, citizens):
    mandate = council.mandate(10_000)
    council.mandates.bring(OFFICIAL, mandate, 0, bytes(32), "ipfs://progress")
    council.judges(mandate, 0)
    assert council.of(mandate)["capital"] == 0
    roll, key = council.hall.seal_roll(), council.hall.key()
    with pytest.raises(TransactionFailedError, match="Promises_TooEarly"):
        council.round(mandate, roll, council.soon(), key)
    council.hall.pass_s(100 * DAY_S)
    council.judges(mandate, 4)
    assert council.of(mandate)["capital"] == WHOLE
    cred = Contract.built("Cred", council.promises.read(council.town.rpc, "cred"))
    assert cred.read(council.town.rpc, "balanceOf", OFFICIAL.address) == WHOLE
