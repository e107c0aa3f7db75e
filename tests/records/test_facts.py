"""Facts on a chain: opened, signed by issuers apart, gathered and posted, read, taken back; each bad file refused."""

import dataclasses
import json

import pytest

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.chain.sender import Sender, TransactionFailedError
from beffroi.chain.transaction import Call
from beffroi.errors import InputError, StateError
from beffroi.records.fact import Fact, FactError, fact_id
from beffroi.records.factact import FactAct, StatedValue, gathered
from beffroi.records.statedfacts import NoFactError, NoValueError, OpenedFact, StatedFacts
from beffroi.slips import FOREVER, sign
from testbed.town import CLERK, POSTER, fund

WEIGHERS = sorted((Key.derived("facts", f"weigher {at}") for at in range(3)), key=lambda it: int(it.address, 16))
STRANGER = Key.derived("stranger")
SOURCE = b"bulletin".ljust(32, b"\0")
SAID = {
    "format": "beffroi-fact-1", "name": "Wheat", "unit": "EUR/t", "decimals": 2, "uri": "",
    "issuers": [it.address for it in WEIGHERS], "m": 2,
}  # fmt: skip


@pytest.fixture
def facts(town):
    fund(town.rpc, [POSTER, WEIGHERS[0]])
    return StatedFacts.of(town.rpc, town.manifest)


@pytest.fixture
def wheat(facts):
    fact = Fact.of(SAID)
    facts.open(CLERK, fact)
    return fact


@pytest.fixture
def now_s(town):
    return clock_s(town.rpc)


def states(facts, fact, value, at_s, *issuers):
    act = facts.statement(fact, StatedValue(value, at_s), SOURCE, FOREVER)
    for issuer in issuers:
        act = act.signed(issuer)
    facts.post(POSTER, act)


def test_two_of_three_state_a_value_that_anyone_reads(facts, wheat, now_s):
    assert facts.fact(wheat.id) == wheat
    assert OpenedFact(wheat, (CLERK.address,)) in facts.opened()
    assert facts.record(wheat).stated is None
    states(facts, wheat, 23_150, now_s - 60, WEIGHERS[0], WEIGHERS[2])
    record = facts.record(wheat)
    assert record.stands
    assert record.stated == StatedValue(23_150, now_s - 60)
    assert record.signers == (WEIGHERS[0].address, WEIGHERS[2].address)
    assert facts.fresh_value(wheat, 3_600) == 23_150
    with pytest.raises(NoValueError, match="no value of the last 30 seconds"):
        facts.fresh_value(wheat, 30)


def test_issuers_sign_copies_apart_and_whoever_gathers_them_posts(facts, wheat, now_s, tmp_path):
    drawn, copies = facts.statement(wheat, StatedValue(1, now_s), SOURCE, now_s + 3_600), []
    for at, weigher in enumerate(WEIGHERS[:2]):
        copies.append(tmp_path / f"{at}.json")
        drawn.signed(weigher).write(copies[-1])
    act = gathered([FactAct.read(it) for it in copies])
    assert act.signers == [it.address for it in WEIGHERS[:2]]
    facts.post(POSTER, act)
    with pytest.raises(TransactionFailedError, match="Facts_NotNext"):
        facts.post(POSTER, act)
    other = facts.statement(wheat, StatedValue(2, now_s), SOURCE, FOREVER).signed(WEIGHERS[2])
    with pytest.raises(InputError, match="different acts"):
        gathered([act, other])


def test_what_will_not_do_is_refused_before_anything_is_sent(facts, wheat, now_s):
    act = facts.statement(wheat, StatedValue(1, now_s), SOURCE, FOREVER).signed(WEIGHERS[0])
    with pytest.raises(InputError, match="1 issuers signed, and it takes 2"):
        facts.accepted(act)
    with pytest.raises(FactError, match="no issuer of Wheat"):
        act.signed(STRANGER)
    forged = sign(STRANGER.secret, act.slip, act.domain)
    with pytest.raises(InputError, match=f"the signature of {WEIGHERS[1].address} is not its own"):
        facts.accepted(dataclasses.replace(act, signatures={**act.signatures, WEIGHERS[1].address: forged}))
    with pytest.raises(InputError, match="the act is of"):
        facts.accepted(dataclasses.replace(act, chain_id=1))


def test_a_withdrawn_value_is_read_by_nobody(facts, wheat, now_s):
    with pytest.raises(NoValueError, match="no value that could be withdrawn"):
        facts.statement(wheat, None, SOURCE, FOREVER)
    states(facts, wheat, 1, now_s, *WEIGHERS)
    act = facts.statement(wheat, None, SOURCE, FOREVER)
    facts.post(POSTER, act.signed(WEIGHERS[1]).signed(WEIGHERS[2]))
    assert not facts.record(wheat).stands
    with pytest.raises(NoValueError, match="has no value now"):
        facts.fresh_value(wheat, 3_600)
    stated, withdrawn = facts.history(wheat)
    assert (stated.what, stated.number, stated.stated) == ("Stated", 1, StatedValue(1, now_s))
    assert (withdrawn.what, withdrawn.number, withdrawn.signers) == (
        "Withdrawn", 2, (WEIGHERS[1].address, WEIGHERS[2].address),
    )  # fmt: skip
    with pytest.raises(StateError, match="of a later time already"):
        facts.statement(wheat, StatedValue(2, now_s - 1), SOURCE, FOREVER)


def test_who_resigns_takes_the_word_back_and_anyone_posts_the_slip(facts, wheat, now_s):
    states(facts, wheat, 1, now_s, *WEIGHERS[:2])
    facts.resign(WEIGHERS[0], wheat, WEIGHERS[0].address)
    assert not facts.record(wheat).stands
    act = facts.statement(wheat, StatedValue(1, now_s), SOURCE, FOREVER)
    with pytest.raises(TransactionFailedError, match="Facts_NotSeated"):
        facts.post(POSTER, act.signed(WEIGHERS[0]).signed(WEIGHERS[1]))
    facts.post(POSTER, act.signed(WEIGHERS[2]).signed(WEIGHERS[1]))
    assert facts.record(wheat).stands
    who = WEIGHERS[1].address
    slip = wheat.resign_slip(who, FOREVER)
    facts.resign(POSTER, wheat, who, FOREVER, sign(WEIGHERS[1].secret, slip, act.domain))
    with pytest.raises(StateError, match="1 issuers of Wheat are left, and it takes 2"):
        facts.statement(wheat, StatedValue(1, now_s), SOURCE, FOREVER)
    with pytest.raises(FactError, match="no issuer"):
        facts.resign(POSTER, wheat, STRANGER.address)
    assert [it.what for it in facts.history(wheat)] == ["Stated", "Resigned", "Stated", "Resigned"]


def test_there_is_no_fact_that_nobody_opened(facts):
    other = Fact.of(SAID | {"name": "Barley"})
    with pytest.raises(NoFactError):
        facts.fact(other.id)
    with pytest.raises(NoFactError):
        facts.record(other)


def test_a_strangers_fact_whose_name_is_no_utf8_is_left_out(facts):
    call = facts.contract.encode("open", Fact.of(SAID | {"name": "zzzz"}).as_tuple)
    strange = Call(facts.contract.address, call.replace(b"zzzz", b"\xff\xfe\xff\xfe"), "open a fact")
    Sender(facts.rpc, CLERK).send(strange)
    *_, opened = facts.contract.events(facts.rpc, "FactOpened", first=facts.start_block)
    assert opened.args["definition"][0] == "\ufffd" * 4
    assert opened.args["fact"] not in {it.fact.id for it in facts.opened()}


@pytest.mark.parametrize(("change", "words"), [
    ({"name": ""}, "has a name"), ({"name": "a\u202eb"}, "move what is shown"), ({"decimals": 19}, "18 at most"),
    ({"m": 1}, "more than half"), ({"m": 4}, "more than half"), ({"issuers": []}, "1 to 24 issuers"),
    ({"issuers": [WEIGHERS[0].address] * 2}, "named twice"), ({"issuers": ["0x" + "0" * 40]}, "zero address"),
    ({"extra": 1}, "nothing else"), ({"decimals": "2"}, "whole number"),
])  # fmt: skip
def test_a_definition_that_the_contract_would_refuse_or_nobody_could_read_is_refused(change, words):
    with pytest.raises(InputError, match=words):
        Fact.of(SAID | change)


def test_issuers_of_a_definition_come_in_any_order():
    assert Fact.of(SAID | {"issuers": SAID["issuers"][::-1]}) == Fact.of(SAID)


@pytest.mark.parametrize(("said", "value"), [
    ("231.5", 23_150), ("-0.05", -5), ("0", 0), ("231", 23_100), ("231.50", 23_150),
])  # fmt: skip
def test_a_value_is_read_as_it_is_written(said, value):
    fact = Fact.of(SAID)
    assert fact.value(said) == value
    assert fact.value(fact.written(value)) == value


@pytest.mark.parametrize("said", [
    "", "1,5", "1 000", "01", "1.234", "1e3", "--1", ".5", "1.", "\u0661", "9" * 40, "NaN",
])  # fmt: skip
def test_what_is_no_value_is_refused(said):
    with pytest.raises(FactError):
        Fact.of(SAID).value(said)


def test_a_value_is_shown_with_all_its_decimals_and_its_unit():
    assert Fact.of(SAID).shown(-5) == "-0.05 EUR/t"
    assert Fact.of(SAID | {"decimals": 0, "unit": ""}).shown(12) == "12"


@pytest.mark.parametrize(("change", "words"), [
    ({"value": None}, "both there, or neither"), ({"at": None}, "both there, or neither"),
    ({"number": 0}, "begin with 1"), ({"signatures": {STRANGER.address: "0x00"}}, "is no issuer"),
    ({"value": "1.234"}, "more than the 2 decimals"), ({"signatures": []}, "no object"), ({"chain": "1"}, "whole"),
])  # fmt: skip
def test_a_file_of_an_act_is_read_whole_or_refused(tmp_path, change, words):
    act = FactAct(31337, "0x5FbDB2315678afecb367f032d93F642f64180aa3", Fact.of(SAID), 1, SOURCE, 2, StatedValue(3, 4))
    path = tmp_path / "act.json"
    path.write_text(json.dumps(act.json | change))
    with pytest.raises(InputError, match=words):
        FactAct.read(path)


def test_a_facts_name_is_0x_and_64_digits():
    assert fact_id("0x" + "ab" * 32) == b"\xab" * 32
    with pytest.raises(FactError, match="names no fact"):
        fact_id("wheat")
