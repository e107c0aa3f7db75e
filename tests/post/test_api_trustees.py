"""A key ceremony whose trustees have no ether: each step goes through the post office, which can change none."""

import pytest

from beffroi.consultation import ceremony, trustee_steps
from beffroi.consultation.phases import Phase
from beffroi.consultation.promised import Memory
from testbed.polls import hall_of


@pytest.fixture
def hall(counter):
    return hall_of(counter.estate.town)


@pytest.fixture
def number(hall):
    return hall.open_ceremony()


def says(hall, number, trustee):
    """What a trustee's tool hands in."""
    signed = []
    ceremony.take_step(hall.polls, number, trustee.account, hall.key_file(number, trustee), Memory(), signed.append)
    (step,) = signed
    return step.request(trustee_steps.domain_of(hall.polls))


def test_a_ceremony_is_held_by_slips_alone(counter, hall, number):
    for phase in (Phase.ENROLMENT, Phase.COMMIT, Phase.DEAL):
        assert ceremony.progress(hall.polls, number).phase is phase
        told = counter.works(*[counter.take(says(hall, number, it)) for it in hall.trustees])
        assert {it["state"] for it in told} == {"confirmed"}
    hall.deadline(number)
    told = counter.works(*[counter.take(says(hall, number, it)) for it in hall.trustees])
    assert {it["state"] for it in told} == {"confirmed"}
    assert ceremony.progress(hall.polls, number).phase is Phase.KEY_READY
    assert hall.polls.ceremony(number).problem() == ""


def test_what_is_said_is_what_was_signed(counter, hall, number):
    first, second, _ = hall.trustees
    step = says(hall, number, first)
    other = says(hall, number, second)
    assert counter.refused(step | {"extra": other["extra"]}) == (409, "content_mismatch")
    assert counter.refused(step | {"extra": {"arguments": "0x00"}}) == (409, "content_mismatch")
    wrong = step["message"] | {"step": "resign"}
    assert counter.refused(step | {"message": wrong}) == (409, "content_mismatch")
    assert counter.refused(step | {"signature": other["signature"]})[0] == 403
    nobody = step["message"] | {"trustee": "9"}
    assert counter.refused(step | {"message": nobody})[1] == "refused_by_contract"


def test_a_step_out_of_its_phase_is_refused_as_the_contract_would(counter, hall, number):
    step = says(hall, number, hall.trustees[0])
    counter.works(counter.take(step))
    hall.step(number, *hall.trustees[1:])
    again = says(hall, number, hall.trustees[0])
    hall.deadline(number)
    status, code = counter.refused(again)
    assert (status, code) == (409, "refused_by_contract")
