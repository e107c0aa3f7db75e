"""Facts attacked: who opens first, who posts less, who hands on a bad signature, who opens one by the same words."""

import dataclasses
import hashlib

import pytest

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.cli.facts import FactsBureau
from beffroi.errors import InputError
from beffroi.records.fact import Fact
from beffroi.records.factact import StatedValue, gathered
from beffroi.records.factstold import tell_facts
from beffroi.records.statedfacts import NoValueError, StatedFacts
from beffroi.slips import FOREVER
from testbed.town import CLERK, POSTER, fund

WEIGHERS = sorted((Key.derived("facts", f"weigher {at}") for at in range(3)), key=lambda it: int(it.address, 16))
MALLORY = Key.derived("facts", "mallory")
SOURCE = hashlib.sha256(b"bulletin").digest()
SAID = {
    "format": "beffroi-fact-1", "name": "Wheat", "unit": "EUR/t", "decimals": 2, "uri": "",
    "issuers": [it.address for it in WEIGHERS], "m": 2,
}  # fmt: skip


@pytest.fixture
def facts(town):
    fund(town.rpc, [POSTER, MALLORY, *WEIGHERS])
    return StatedFacts.of(town.rpc, town.manifest)


@pytest.fixture
def wheat(facts):
    fact = Fact.of(SAID)
    facts.open(CLERK, fact)
    return fact


def signed(facts, fact, value, at_s, *issuers):
    act = facts.statement(fact, StatedValue(value, at_s), SOURCE, FOREVER)
    for issuer in issuers:
        act = act.signed(issuer)
    return act


def test_a_stranger_who_opens_the_clerks_fact_first_keeps_it_out_of_nothing(town, facts):
    fact = Fact.of(SAID)
    facts.open(MALLORY, fact)
    facts.post(POSTER, signed(facts, fact, 23_150, clock_s(town.rpc), *WEIGHERS))
    assert tell_facts(town.rpc, town.manifest)["facts"] == []
    facts.open(CLERK, fact)
    (told,) = tell_facts(town.rpc, town.manifest)["facts"]
    assert (told["id"], told["stands"]) == (f"0x{fact.id.hex()}", True)
    assert facts.found(fact.id).openers == (MALLORY.address, CLERK.address)


def test_what_one_took_away_by_posting_fewer_and_resigning_the_others_state_again(town, facts, wheat):
    """The poster chooses the signatures that stand: so the guide says, and what is left to the others."""
    now_s = clock_s(town.rpc)
    act = signed(facts, wheat, 23_150, now_s, *WEIGHERS)
    facts.post(WEIGHERS[0], dataclasses.replace(act, signatures={it: act.signatures[it] for it in act.signers[:2]}))
    whole = signed(facts, wheat, 23_150, now_s, *WEIGHERS)
    facts.post(POSTER, whole)
    facts.resign(WEIGHERS[0], wheat, WEIGHERS[0].address)
    assert facts.fresh_value(wheat, 10**6) == 23_150
    facts.resign(WEIGHERS[1], wheat, WEIGHERS[1].address)
    with pytest.raises(NoValueError):
        facts.fresh_value(wheat, 10**6)


def test_one_who_resigns_between_is_left_out_of_the_file_that_all_signed(town, facts, wheat):
    act = signed(facts, wheat, 23_150, clock_s(town.rpc), *WEIGHERS)
    facts.resign(WEIGHERS[0], wheat, WEIGHERS[0].address)
    accepted = facts.accepted(act)
    assert accepted.signers == [it.address for it in WEIGHERS[1:]]
    facts.post(POSTER, accepted)
    facts.resign(WEIGHERS[1], wheat, WEIGHERS[1].address)
    with pytest.raises(InputError, match=f"1 issuers signed, and it takes 2; {WEIGHERS[0].address} has resigned"):
        facts.accepted(act)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_copy_with_a_bad_signature_of_another_takes_the_place_of_no_good_one(town, facts, wheat, is_first):
    good = signed(facts, wheat, 23_150, clock_s(town.rpc), *WEIGHERS[:2])
    spoilt = dataclasses.replace(good, signatures={WEIGHERS[at].address: b"\1" * 65 for at in (0, 2)})
    facts.post(POSTER, facts.accepted(gathered([spoilt, good] if is_first else [good, spoilt])))
    assert facts.record(wheat).signers == tuple(it.address for it in WEIGHERS[:2])


def test_a_strangers_fact_by_the_same_words_is_told_as_not_of_the_town(town, facts, wheat, capsys):
    sly = Fact.of(SAID | {"issuers": [MALLORY.address, facts.contract.address], "m": 2})
    facts.open(MALLORY, sly)
    bureau = FactsBureau(town.rpc, facts.chain_id, None, None, town.manifest)
    bureau.show(facts.found(wheat.id))
    assert "NOT of the town" not in capsys.readouterr().out
    bureau.show(facts.found(sly.id))
    told = capsys.readouterr().out
    assert f"NOT of the town: opened by {MALLORY.address}" in told
    assert f"{facts.contract.address} (a contract) did not sign" in told
    assert f"{MALLORY.address} did not sign" in told
