"""Whoever may append to a file of trustees' slips keeps none of the others from being posted (attack B8)."""

import json

import pytest

from beffroi.consultation import ceremony, trustee_steps
from beffroi.consultation.promised import Memory

ELSEWHERE = {"chainId": 5, "verifyingContract": "0x" + "00" * 20}


@pytest.fixture
def number(station):
    return station.hall.open_ceremony()


@pytest.fixture
def line(station, number):
    """What the first trustee signs to enrol, for somebody else to post."""
    (first, *_), lines = station.hall.trustees, []
    keeps = lambda signed: lines.append(trustee_steps.to_line(station.polls, signed))  # noqa: E731
    file = station.hall.key_file(number, first)
    told = ceremony.take_step(station.polls, number, first.account, file, Memory(), keeps)
    assert told[0].startswith("You have signed this step, and it is not done")
    return lines[0]


def changed(line, message=(), **fields):
    values = json.loads(line)
    return json.dumps(values | fields | {"message": values["message"] | dict(message)})


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (lambda line: changed(line, {"ceremony": "-1"}), "'-1' is no uint"),
        (lambda line: changed(line, {"trustee": str(2**300)}), "is no uint"),
        (lambda line: changed(line, {"trustee": "200"}), ""),
        (lambda line: changed(line, {"ceremony": "77"}), ""),
        (lambda line: changed(line, {"step": "acknowledge"}), ""),
        (lambda line: changed(line, {"step": "deal"}), "not a trustee's step"),
        (lambda line: changed(line, {"step": "vote"}), "not a trustee's step: KeyError 'vote'"),
        (lambda line: changed(line, signature="0x" + "11" * 65), "NotSigned"),
        (lambda line: changed(line, signature="0x"), "NotSigned"),
        (lambda line: changed(line, extra={}), "not a trustee's step: KeyError 'arguments'"),
        (lambda line: changed(line, extra={"arguments": "0x"}), "not a trustee's step"),
        (lambda line: changed(line, domain=ELSEWHERE), "of another contract"),
        (lambda _: "5", "not a trustee's step"),
        (lambda _: "[]", "not a trustee's step"),
        (lambda _: '{"kind": "trustee_step\\u001b[2J"}', "not a trustee's step"),
    ],
)
def test_a_hostile_line_is_named_and_left_out_and_the_others_are_posted(station, number, line, hostile, why):
    left_out, posted = ceremony.post_all(station.polls, station.hall.clerk, f"{hostile(line)}\n\n{line}\n")
    assert left_out.startswith("Line 1 is left out: ")
    assert why in left_out
    assert left_out.isprintable()
    assert posted.startswith(f"Trustee 1 of ceremony {number}, enrol: ")
    assert ceremony.progress(station.polls, number).enrolled == {1}
    (told,) = ceremony.post_all(station.polls, station.hall.clerk, line)
    assert told == "Trustee 1, enrol: done already, as this node shows it."
