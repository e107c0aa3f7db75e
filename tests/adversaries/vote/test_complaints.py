"""A complaint opens a share to everybody: no second one before the chain has shown what the first one did."""

import pytest

from tests.adversaries.vote.lies import hides, swaps


@pytest.fixture
def wronged(station):
    """A ceremony in which the first trustee has dealt the second a wrong share."""
    hall = station.hall
    liar, victim, third = hall.trustees
    number = hall.open_ceremony()
    hall.step(number)
    for _ in range(2):
        hall.lie(number, liar, victim)
        hall.step(number, victim, third)
    return number, victim


def test_when_the_node_hides_what_a_complaint_did_its_trustee_is_told_to_look_elsewhere(station, wronged):
    with station.node(hides(station.polls.ceremonies, "DealerExcluded")) as node:
        station.step(*wronged, node)
    (told,) = station.told
    assert "you complained of trustee 1, and the node does not show that it is excluded" in told


def test_when_the_node_shows_another_deal_after_a_complaint_no_second_one_is_made(station, wronged):
    number, _ = wronged

    def third_is_wrong_too(values):
        commitments, *rest, shares = values["deal"]
        return values | {"deal": (commitments, *rest, [share ^ 1 for share in shares])} if complained else values

    complained = []
    node_lies = swaps(station.polls.ceremonies, "Dealt", third_is_wrong_too)
    with station.node(_after_complaint(complained), node_lies) as node:
        station.step(*wronged, node)
    assert complained
    (told,) = station.told
    assert "shows another deal than before. Nothing more was sent" in told
    at = station.polls.ceremony(number)
    assert at.excluded == {1}


def _after_complaint(complained):
    """Tells the truth, and marks that a transaction was sent."""

    def lie(asked, ask):
        if asked.method == "eth_sendRawTransaction":
            complained.append(asked)
        return ask(asked)

    return lie
