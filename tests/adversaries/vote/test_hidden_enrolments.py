"""A node that hides from a trustee that another enrolled: what it has her sign is refused, and proves nothing."""

import pytest
from eth_abi.abi import encode

from beffroi.ballots import ceremony as messages
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.ceremony import DEAL_ABI
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.chain.abi import entry, topic
from beffroi.consultation import ceremony, trustee_steps
from tests.adversaries.vote.lies import alters, hides, loses, of_logs
from tests.adversaries.vote.lying_node import overheard

COMMITMENT = ["bytes32", "uint16", "bytes"]
DEAL = [DEAL_ABI, "bytes"]
ENROLMENT = ["(uint256,uint256)", "(uint256,uint256)", "bytes"]


@pytest.fixture
def enrolled(station):
    """A ceremony in which all three have enrolled."""
    number = station.hall.open_ceremony()
    station.hall.step(number)
    return number


def hides_trustee(station, index):
    """Trustee `index` never enrolled, as this node tells."""
    ceremonies = station.polls.ceremonies
    is_hers = says(ceremonies, "Enrolled", index)
    return (
        of_logs(lambda logs: [it for it in logs if not is_hers(it)]),
        alters(ceremonies, "acts", lambda masks: [masks[0] & ~(1 << (index - 1)), *masks[1:]]),
    )


def says(contract, event, index):
    """Whether a log is this trustee's event."""
    words = [topic(entry(contract.abi, "event", event)), f"0x{index:064x}"]
    return lambda log: log["topics"][::2] == words


def saying(log, kinds, *values):
    """The log with other data."""
    return log | {"data": "0x" + encode(kinds, values).hex()}


def test_a_deal_without_a_trustee_who_enrolled_is_refused_and_its_dealer_stays(station, enrolled):
    hall = station.hall
    first = hall.trustees[0]
    with station.node(*hides_trustee(station, 3)) as node:
        station.step(enrolled, first, node)
    assert "KeyCeremony_OtherEnrolled" in station.told[-1]
    assert ceremony.progress(station.polls, enrolled).committed == set()
    for _ in ("commit", "deal"):
        hall.step(enrolled)
    assert hall.step(enrolled)[2][-1].startswith("All 3 shares sent to you are right")
    assert ceremony.progress(station.polls, enrolled).excluded == set()


def test_two_commitments_for_other_enrolled_are_no_proof_of_a_fault(station, enrolled):
    hall = station.hall
    first, second, _ = hall.trustees
    with station.node(loses("eth_estimateGas"), *hides_trustee(station, 3)) as node:
        station.step(enrolled, first, node)
        ((_, _, *said),) = overheard(node.heard, station.polls.ceremonies, "commit")
    hall.step(enrolled)
    is_hers = says(station.polls.ceremonies, "Committed", 1)
    lie = of_logs(lambda logs: [one for it in logs for one in ([saying(it, COMMITMENT, *said)] * is_hers(it) + [it])])
    with station.node(lie) as node:
        assert station.by(node).ceremony(enrolled).faults == []
        station.step(enrolled, second, node)
    assert "trustee 1 is shown to commit for others than are shown to have enrolled" in station.told[-1]
    assert ceremony.progress(station.polls, enrolled).committed == {1, 2, 3}
    hall.step(enrolled)
    assert ceremony.progress(station.polls, enrolled).dealt == {1, 2, 3}


def test_two_deals_for_two_commitments_are_no_proof_of_a_fault(station, enrolled):
    """The node that has a commitment of hers for fewer shows it to her, and has her sign the deal to it, too."""
    hall = station.hall
    first, second, _ = hall.trustees
    hiding = hides_trustee(station, 3)
    with station.node(loses("eth_estimateGas"), *hiding) as node:
        station.step(enrolled, first, node)
        ((_, _, *said),) = overheard(node.heard, station.polls.ceremonies, "commit")
    hall.step(enrolled)
    ceremonies = station.polls.ceremonies
    hers, *others = (says(ceremonies, "Committed", index) for index in (1, 2, 3))
    alone = of_logs(
        lambda logs: [
            saying(it, COMMITMENT, *said) if hers(it) else it for it in logs if not any(is_(it) for is_ in others)
        ]
    )
    with station.node(loses("eth_estimateGas"), alone, hides(ceremonies, "Dealt"), *hiding) as node:
        station.step(enrolled, first, node)
        ((_, _, *deal),) = overheard(node.heard, ceremonies, "deal")
    hall.step(enrolled, first)
    is_deal = says(ceremonies, "Dealt", 1)
    both = of_logs(lambda logs: [*logs, *(saying(it, DEAL, *deal) for it in logs if is_deal(it))])
    with station.node(both) as node:
        assert station.by(node).ceremony(enrolled).faults == []
        station.step(enrolled, second, node)
    assert "the deal of trustee 1 is not the one that she committed to" in station.told[-1]


def test_with_one_key_file_one_commitment_is_signed_for_the_same_enrolled(station, enrolled):
    """Trustee 3 serves the node: she has signed two keys, of which it shows each to whom it likes."""
    first, _, third = station.hall.trustees
    said = station.polls.ceremony(enrolled)
    other = TrusteeKeys(said.ceremony.place(3), TrusteeSecret.generate(b"\x77" * 32))
    message = slips.enrolment(said.ceremony, 3, *messages.enrol(said.ceremony, other))
    enrolment = (*message.arguments, trustee_steps.sign(station.polls, message, third.account).signature)
    hers = says(station.polls.ceremonies, "Enrolled", 3)
    lie = of_logs(lambda logs: [saying(it, ENROLMENT, *enrolment) if hers(it) else it for it in logs])
    with station.node(loses("eth_estimateGas"), lie) as node:
        station.step(enrolled, first, node)
        assert len(overheard(node.heard, station.polls.ceremonies, "commit")) == 1
    with station.node() as node:
        station.step(enrolled, first, node)
        assert overheard(node.heard, station.polls.ceremonies, "commit") == []
    assert "Nothing was signed. One of your nodes lies" in station.told[-1]
