"""A node that says of trustees what they did not sign, or has one sign a key that is not the ceremony's."""

import pytest

from beffroi.ballots import ceremony as messages
from beffroi.ballots.group import INFINITY
from beffroi.ballots.proofs import pair
from beffroi.consultation import ceremony
from beffroi.consultation.phases import Phase
from beffroi.consultation.standing import standing
from tests.adversaries.vote.lies import alters, loses, of_logs, swaps
from tests.adversaries.vote.lying_node import overheard
from tests.adversaries.vote.test_hidden_enrolments import says

ALL = 0b111


@pytest.fixture
def number(station):
    return station.hall.open_ceremony()


def claims(station, *masks):
    return alters(station.polls.ceremonies, "acts", lambda _: [*masks])


def at_phase(station, phase):
    return alters(station.polls.ceremonies, "phase", lambda told: [phase, *told[1:]])


def test_what_a_node_says_that_trustees_did_and_shows_no_signature_of_is_told_as_its_word(station, number):
    station.hall.step(number, station.hall.trustees[0])
    with station.node(claims(station, ALL, ALL, ALL, 0b100, ALL), at_phase(station, Phase.KEY_READY)) as node:
        polls = station.by(node)
        first, doubt, one, two, three = standing(polls.ceremony(number), ceremony.progress(polls, number))
    claimed = "committed, dealt, acknowledged the key"
    assert first == f"Ceremony {number}, as this node tells: key ready"
    assert doubt == "DO NOT RELY ON THIS: the ceremony's events are missing."
    assert one.endswith(f": enrolled; {claimed}, the node says so, and shows no signature")
    assert two.endswith(f": nothing yet; enrolled, {claimed}, the node says so, and shows no signature")
    assert three.endswith(f": nothing yet; enrolled, {claimed}, EXCLUDED, the node says so, and shows no signature")


@pytest.mark.parametrize(
    ("steps", "claimed", "words"),
    [
        (0, (ALL, 0, 0, 0, 0), "enrolled"),
        (1, (ALL, ALL, 0, 0, 0), "committed"),
        (2, (ALL, ALL, ALL, 0, 0), "dealt"),
        (3, (ALL, ALL, ALL, 0b001, 0), "EXCLUDED"),
        (4, (ALL, ALL, ALL, 0, ALL), "acknowledged the key"),
    ],
)
def test_a_trustee_is_not_kept_away_by_a_node_that_says_that_she_has_acted(steps, claimed, words, station, number):
    first = station.hall.trustees[0]
    for step in range(steps):
        if step == 3:
            station.hall.deadline(number)
        else:
            station.hall.step(number)
    with station.node(claims(station, *claimed)) as node:
        station.step(number, first, node)
    assert f"this node says of you: {words}; and it shows nothing signed that bears it out" in station.told[-1]
    assert "look by another node" in station.told[-1]
    with station.node() as node:
        station.step(number, first, node)
    assert "this node says" not in station.told[-1]


def test_who_signed_the_key_of_fewer_deals_signs_the_true_one_too_and_no_fault_is_found(station, number):
    """The node hides a deal, and shows the key that the others give."""
    hall, ceremonies = station.hall, station.polls.ceremonies
    for _ in range(3):
        hall.step(number)
    hall.deadline(number)
    said = station.polls.ceremony(number)
    false = messages.conclude({index: said.deals[index] for index in (1, 2)}, said.holders)
    values = {"key": pair(false.h), "shareKeys": [pair(false.shares.get(j, INFINITY)) for j in (1, 2, 3)]}
    is_third = says(ceremonies, "Dealt", 3)
    hiding = of_logs(lambda logs: [it for it in logs if not is_third(it)])
    proposing = swaps(ceremonies, "KeyProposed", lambda told: told | values)
    with station.node(loses("eth_estimateGas"), hiding, proposing) as node:
        station.step(number, hall.trustees[0], node)
        ((_, _, proof, signature),) = overheard(node.heard, ceremonies, "acknowledge")
    with station.node() as node:
        station.step(number, hall.trustees[0], node)
    assert "you have signed the key" in station.told[-1]
    also = {"proof": proof, "signature": signature}
    with station.node(swaps(ceremonies, "Acknowledged", lambda told: told | also)) as node:
        assert station.by(node).ceremony(number).faults == []
    hall.step(number, *hall.trustees[1:])
    assert ceremony.progress(station.polls, number).phase is Phase.KEY_READY
    assert station.polls.ceremony(number).problem() == ""
