"""A trustee's key is of use where it was made for, and nowhere else: nothing is even asked that carries a message."""

import pytest

from beffroi.consultation import ceremony
from beffroi.consultation.polls import ConsultationError
from testbed.polls import HOUR_S
from tests.adversaries.vote.claimed_contract import says_contract
from tests.adversaries.vote.lies import answers, swaps
from tests.adversaries.vote.lying_node import overheard

MESSAGES = {"eth_estimateGas", "eth_sendRawTransaction"}
"""What tells a node more than a question does."""
OTHER = "0x" + "01" * 20

LIES = {
    "its first block is 0xabab": lambda polls: answers("eth_getBlockByNumber", _another_beginning),
    "the chain is 1,": lambda polls: answers("eth_chainId", lambda asked, true: "0x1"),
    "the number of trustees needed is 3": lambda polls: swaps(
        polls.ceremonies, "CeremonyOpened", lambda it: it | {"threshold": 3}
    ),
    f"the list of trustees is {OTHER}": lambda polls: swaps(
        polls.ceremonies, "CeremonyOpened", lambda it: it | {"trustees": [OTHER, *it["trustees"][1:]]}
    ),
}


def _another_beginning(asked, true):
    return true | {"hash": "0x" + "ab" * 32} if asked[0] == "0x0" else true


@pytest.fixture(params=LIES)
def lie(request):
    return request.param


def test_a_step_is_refused_where_anything_is_other_than_it_was_pinned(station, lie):
    number = station.hall.open_ceremony()
    with station.node(LIES[lie](station.polls)) as node:
        station.step(number, station.hall.trustees[0], node)
    _refused(station, node, lie)


def test_a_share_is_refused_where_anything_is_other_than_it_was_pinned(station, lie):
    vote, _ = station.consult(station.hall.key())
    station.hall.close(vote)
    with station.node(LIES[lie](station.polls)) as node:
        station.share(vote, station.hall.trustees[0], node)
    _refused(station, node, lie)


def test_a_deal_is_made_of_what_was_compared_whatever_the_node_tells_next(station):
    hall, polls = station.hall, station.polls
    number = hall.open_ceremony(needed=3)
    hall.step(number)
    first, *others = hall.trustees
    for _ in ("commit", "deal"):
        with station.node(_later(_needs(polls, 2))) as node:
            station.step(number, first, node)
        hall.step(number, *others)
    assert ceremony.progress(polls, number).dealt == {1, 2, 3}
    assert "Step 3 of 4 done" in station.told[1]


def test_nothing_of_the_key_is_said_where_the_node_tells_otherwise_after_a_phase_was_ended(station):
    hall, polls = station.hall, station.polls
    number = hall.open_ceremony(needed=2)
    hall.step(number, *hall.trustees[:2])
    hall.pass_s(HOUR_S + 1)
    with station.node(_later(_needs(polls, 3))) as node:
        station.step(number, hall.trustees[0], node)
    assert "the number of trustees needed is 3" in station.told[-1]
    assert overheard(node.heard, polls.ceremonies, "advance")
    assert not overheard(node.heard, polls.ceremonies, "commit")


def test_the_key_of_one_ceremony_takes_no_step_in_another(station, monkeypatch):
    first, second = station.hall.open_ceremony(), station.hall.open_ceremony()
    (trustee, *_) = station.hall.trustees
    key = station.hall.key_file(first, trustee)
    monkeypatch.setattr(station.hall, "key_file", lambda number, trustee: key)
    station.step(second, trustee)
    (told,) = station.told
    assert "the ceremony's number is 2, and was 1" in told
    assert key.pins.phrase in told


def test_no_key_is_made_nor_ceremony_opened_where_a_node_and_one_trustee_could_hold_it(station):
    hall, (first, second, _) = station.hall, station.hall.trustees
    of_two, of_three = hall.open_ceremony(), hall.open_ceremony(needed=3)
    accounts = [it.account.address for it in hall.trustees]
    with station.node(says_contract(hall.polls.ceremonies, second)) as node:
        polls = station.by(node)
        with pytest.raises(ConsultationError, match="at most 0 may be where 2 open a result"):
            polls.pins(of_two)
        with pytest.raises(ConsultationError, match="at most 0 may be where 2 open a result"):
            ceremony.open_ceremony(polls, hall.officer, accounts, 2, (HOUR_S,) * 5)
        pins = polls.pins(of_three)
        two = says_contract(hall.polls.ceremonies, first), says_contract(hall.polls.ceremonies, second)
        with node.telling(*two), pytest.raises(ConsultationError, match="at most 1 may be where 3 open a result"):
            polls.pins(of_three)
    assert pins.smart == (pins.trustees[1],)
    assert pins.phrase != hall.polls.pins(of_three).phrase, "who was not told so has another number"
    assert [it for it in pins.words() if "is a contract" in it] == [pins.words()[5]]


def test_of_three_who_open_a_result_none_is_believed_unsigned_but_whose_account_was_pinned_as_a_contract(station):
    hall, polls = station.hall, station.polls
    number = hall.open_ceremony(needed=3)
    first, second, _ = hall.trustees
    hall.step(number)
    nobodys = swaps(polls.ceremonies, "Enrolled", lambda it: it | {"key": (7, 8)} if it["index"] == 2 else it)
    with station.node(says_contract(hall.polls.ceremonies, second), nobodys) as node:
        station.step(number, first, node)
    (told,) = station.told
    assert "trustee 2 did not sign what is shown as hers (enrol)" in told
    assert not overheard(node.heard, polls.ceremonies, "commit")


def test_trustees_are_published_as_they_were_appointed_and_never_as_a_node_says(station):
    hall, polls = station.hall, station.polls
    number, (published,) = hall.open_ceremony(), hall.panels
    accounts = [it.account.address for it in hall.trustees]
    puppets = sorted("0x" + bytes([index] * 20).hex() for index in (1, 2, 3))
    assert ceremony.panel(polls, number, accounts[::-1], 2) == published
    for told in ({"trustees": puppets}, {"threshold": 3}):
        with (
            station.node(swaps(polls.ceremonies, "CeremonyOpened", lambda it, told=told: it | told)) as node,
            pytest.raises(ConsultationError, match=f"not the trustees of ceremony {number}, as this node shows it"),
        ):
            ceremony.panel(station.by(node), number, accounts, 2)


def _needs(polls, threshold):
    return swaps(polls.ceremonies, "CeremonyOpened", lambda it: it | {"threshold": threshold})


def _later(lie):
    """The truth about logs the first time, then the lie."""
    told = []

    def later(asked, ask):
        told.extend([asked] * (asked.method == "eth_getLogs"))
        return lie(asked, ask) if len(told) > 1 else ask(asked)

    return later


def _refused(station, node, lie):
    (told,) = station.told
    assert lie in told
    assert "this is not what your key file was made for" in told
    assert not [it for it in node.heard if it.method in MESSAGES]
