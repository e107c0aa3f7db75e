"""What whoever runs the node gets today, attack by attack, with real contracts and the tools as people use them."""

import pytest

from beffroi.ballots.group import INFINITY
from beffroi.ballots.parallel import Here
from beffroi.ballots.proofs import pair
from beffroi.ballots.verdict import AuditOutcome
from beffroi.chain.keys import Key
from beffroi.consultation import checking
from beffroi.consultation.polls import PollStatus
from beffroi.roll import Roll
from tests.adversaries.vote import (
    altered_deal,
    altered_totals,
    claimed_contract,
    false_election,
    rogue_address,
    swapped_keys,
    voters_key,
)
from tests.adversaries.vote.false_election import feigned
from tests.adversaries.vote.lies import answers_from, hides, swaps
from tests.adversaries.vote.lying_node import LyingNode

ROLL = Roll.of([Key.derived("voter", number).address for number in range(6)])


def test_swapped_encryption_keys_are_not_those_that_trustees_signed_and_nobody_deals_for_them(station):
    assert swapped_keys.attack(station) is None
    assert station.polls.ceremony(1).deals == {}
    refusals = [it for it in station.told if "did not sign what is shown as hers (enrol)" in it]
    assert len(refusals) == 6
    assert all("nothing of your key has left this computer" in it for it in refusals)


def test_a_trustee_signs_whatever_a_node_says_of_her_account_and_nobody_deals_for_another_key(station):
    assert claimed_contract.attack(station) is None
    assert set(station.polls.ceremony(1).deals) == set()
    refusals = [it for it in station.told if "did not sign what is shown as hers (" in it]
    assert len(refusals) == len(station.told) == 4
    assert all("nothing of your key has left this computer" in it for it in refusals)


def test_an_altered_masked_share_is_not_what_its_dealer_signed_and_nobody_complains_of_it(station):
    assert altered_deal.attack(station) is None
    refusals = [it for it in station.told if "did not sign what is shown as hers (deal)" in it]
    assert len(refusals) == 6
    assert station.polls.ceremony(1).excluded == set()
    assert sum("All 3 shares sent to you are right." in said for said in station.told) == 3


def test_totals_of_the_nodes_choice_are_not_those_that_a_trustee_sums_herself(station):
    assert altered_totals.attack(station) is None
    refusals = [it for it in station.told if "6 ballots announced, 6 found; or the sums differ" in it]
    assert len(refusals) == 2
    assert all("nothing of your key has left this computer" in it for it in refusals)


def test_another_address_that_names_the_true_ceremony_is_not_what_a_key_file_was_made_for(station):
    assert rogue_address.attack(station) is None
    assert station.polls.status(1) is PollStatus.OPEN
    refusals = [it for it in station.told if "the contract Consultations is 0x" in it and "Nothing was sent" in it]
    assert len(refusals) == len(station.told) == 2


def test_no_ballot_is_made_for_a_key_that_the_trustees_did_not_sign(station):
    assert voters_key.attack(station) is None
    (told,) = station.told
    assert "is not one that the trustees whom your town published have signed. No ballot was made" in told
    assert station.polls.consultations.read(station.polls.rpc, "turnout", 1, voters_key.VOTER) == (True, 0)


def test_an_election_that_nobody_signed_is_not_confirmed(station, foundation):
    assert false_election.attack(station, foundation, ROLL) is None
    (told,) = station.told
    assert "REFUTED" in told
    assert "trustees 1, 2, 3 are smart accounts, of which only the contract" in told
    assert station.polls.consultations.read(station.polls.rpc, "consultations") == 0


def test_an_election_of_people_whom_the_node_invented_is_not_confirmed_without_the_roll(station, foundation):
    people = [Key.derived("invented", number) for number in range(6)]
    roll = Roll.of([it.address for it in people])
    with feigned(foundation, roll, people) as (url, vote), station.node(answers_from(url)) as node:
        unlisted, listed = (checking.audit(station.by(node), vote.number, it, Here()) for it in (None, ROLL))
    assert (unlisted.outcome, unlisted.signed, unlisted.vouched) == (AuditOutcome.REFUTED, 6, 0)
    assert "are smart accounts, of which only the contract" in unlisted.text()
    assert listed.outcome is AuditOutcome.REFUTED


def test_a_result_that_a_node_hides_reads_as_too_few_ballots_of_that_node_alone(station):
    vote, _ = station.consult(station.hall.key())
    station.hall.count(vote)
    contract = station.polls.consultations
    lies = [hides(contract, it) for it in ("BallotsCast", "ShareSubmitted", "ConsultationTallied")]
    nobody = {"ballots": 0, "totals": [pair(INFINITY)] * 2}
    with station.node(*lies, swaps(contract, "ConsultationClosed", lambda it: it | nobody)) as node:
        verdict = checking.audit(station.by(node), vote.number, vote.roll, Here())
    assert "NO RESULT. This node shows 0 ballots" in verdict.text()
    assert "A node can hide ballots and a result" in verdict.text()


LIARS = (swapped_keys, altered_deal, altered_totals, voters_key, false_election)


@pytest.mark.parametrize("attack", LIARS, ids=lambda it: it.__name__.rpartition(".")[2])
def test_all_that_the_node_gets_it_gets_by_lying(station, foundation, monkeypatch, attack):
    def honestly(node, asked):
        node.heard.append(asked)
        return node.truth(asked)

    monkeypatch.setattr(LyingNode, "answer", honestly)
    more = (foundation, ROLL) if attack is false_election else ()
    assert attack.attack(station, *more) is None
