"""An evaluation's ballots, an appeal of its subject, a petition of residents: by slips from the opening to the jury."""

import pytest

from beffroi import slips
from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import to_address
from beffroi.chain.keys import Key
from beffroi.consultation import casting, counting
from beffroi.credibility.acts import PETITION, appeal_slip
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.evaluation import messages, open_round
from beffroi.units import DAY_S
from testbed.estate import PAPER
from testbed.polls import hall_of
from testbed.town import CLERK
from tests.post.test_api_kinds import ballot_request, carried_out, mandate, pledges, seal_roll  # noqa: F401

VOTERS = 60
"""Enough that with the estate's people two petitioners are more than 2 % of them, and one is not."""


@pytest.fixture
def judged(counter, mandate):  # noqa: F811
    """An evaluation with its result published, judged by slips."""
    carried_out(counter, pledges(counter, mandate))
    counter.estate.pass_days(401)
    counter.office.intake.checker.clock.forget()
    hall, promises = hall_of(counter.estate.town), counter.contract("Promises")
    by_address = {key.address: key for key in (Key.derived("judge", number) for number in range(VOTERS))}
    by_address |= {key.address: key for key in counter.estate.people.values()}
    roll = hall.seal_roll(*by_address.values())
    keys = [by_address[it] for it in roll.accounts()]
    seal_roll(counter, roll)
    key, calendar = hall.key(), voting_terms(hall.polls, promises).soonest(hall.polls.now_s())
    opened = open_round(
        hall.polls, promises, hall.officer, mandate=mandate.number, chosen=[0, 1], ceremony=key, roll=roll,
        calendar=calendar,
    )  # fmt: skip
    hall.pass_until(calendar.opens_at)
    counter.office.intake.checker.clock.forget()
    params = hall.polls.params(opened.consultation)
    voted = []
    for index in range(5):
        ballot = make_ballot(params, to_address(keys[index].address), 0, messages([4, None]))
        voted.append(counter.take(ballot_request(params, casting.sign(params, index, ballot, keys[index]), index)))
    assert {it["state"] for it in counter.works(*voted)} == {"confirmed"}
    hall.pass_until(calendar.closes_at)
    counting.close(hall.polls, opened.consultation, CLERK)
    for trustee in hall.trustees[:2]:
        hall.share(opened.consultation, trustee, roll)
    counting.finalise(hall.polls, opened.consultation, CLERK)
    counter.estate.act(CLERK, promises, "publish", opened.evaluation)
    return opened.evaluation, keys


def petition(counter, evaluation, who):
    return counter.request("petition", PETITION.of(evaluation, who.address), who)


def test_residents_petition_together(counter, judged):
    evaluation, keys = judged
    appeals = counter.contract("Appeals")
    assert counter.refused(petition(counter, evaluation, Key.derived("a stranger"))) == (404, "not_on_roll")
    assert counter.refused(petition(counter, 99, keys[0])) == (409, "refused_by_contract")
    ids = [counter.take(petition(counter, evaluation, key)) for key in (keys[5], keys[2])]
    first, second = counter.works(*ids)
    assert first["state"] == second["state"] == "confirmed"
    assert first["transaction"] == second["transaction"]
    assert appeals.read(counter.rpc, "petitioners", evaluation) == 2
    assert appeals.read(counter.rpc, "appealOf", evaluation)[1], "two of some sixty are enough: the jury is seized"
    carried_out(counter, petition(counter, evaluation, keys[7]))
    assert appeals.read(counter.rpc, "petitioners", evaluation) == 3, "whoever joins later counts"


def test_a_subject_appeals_once_and_shuts_no_petition_out(counter, judged, mandate):  # noqa: F811
    evaluation, keys = judged

    def appeal(who, deadline=slips.FOREVER):
        return counter.request("appeal", appeal_slip(evaluation, PAPER, deadline), who)

    assert counter.refused(appeal(counter.estate.bob)) == (403, "invalid_signature")
    carried_out(counter, appeal(mandate.official))
    assert counter.refused(appeal(mandate.official, slips.FOREVER - 1)) == (409, "slip_used")
    carried_out(counter, petition(counter, evaluation, keys[0]))
    nothing = counter.request("appeal", appeal_slip(99, PAPER, slips.FOREVER), mandate.official)
    assert counter.refused(nothing) == (409, "refused_by_contract")


def test_an_appeal_too_late_is_refused(counter, judged, mandate):  # noqa: F811
    evaluation, _ = judged
    counter.rpc.call("evm_increaseTime", 16 * DAY_S)
    counter.rpc.call("evm_mine")
    counter.office.intake.checker.clock.forget()
    late = counter.request("appeal", appeal_slip(evaluation, PAPER, slips.FOREVER), mandate.official)
    assert counter.refused(late) == (409, "refused_by_contract")
