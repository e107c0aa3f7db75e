"""Each kind of slip, from the wallet to the block; and what each kind alone may be refused for."""

import datetime as dt
from dataclasses import dataclass

import pytest
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from beffroi import slips
from beffroi.ballots.params import BALLOT
from beffroi.chain.erc1271 import Claim, false_claims
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.credibility.acts import AMENDMENT, COUNTER_EVIDENCE, EVIDENCE, PLEDGES
from beffroi.residents import ResidentKind
from beffroi.roll import Seal, write_csv
from beffroi.units import DAY_S
from testbed.estate import PAPER
from testbed.polls import hall_of
from testbed.town import COURT, REGISTRAR

GUARDIAN = anvil_account(5)
VETOED = 2


def carried_out(counter, request):
    """Hands a slip in and has it posted; it must succeed."""
    (told,) = counter.works(counter.take(request))
    assert told["state"] == "confirmed", told
    return told


# --- the currency ---


def test_a_payment_moves_money(counter):
    before = counter.estate.balance(counter.estate.cleo.address)
    carried_out(counter, counter.payment(cents=1_234))
    assert counter.estate.balance(counter.estate.cleo.address) == before + 1_234


def test_payments_share_a_transaction_and_a_bad_one_is_left_out(counter):
    bob, cleo = counter.estate.bob, counter.estate.cleo
    whole = counter.estate.balance(bob.address)
    requests = [counter.payment(cents=whole), counter.payment(cents=1), counter.payment(payer=cleo, payee=bob, cents=5)]
    first, second, third = counter.works(*[counter.take(it) for it in requests])
    assert first["state"] == third["state"] == "confirmed"
    assert first["transaction"] == third["transaction"]
    assert second["state"] == "confirmed" or second["error"]["name"] == "ERC20InsufficientBalance"


def test_a_cancelled_payment_is_worthless(counter):
    bob, payment = counter.estate.bob, counter.payment()
    nonce = int(payment["message"]["nonce"], 16)
    carried_out(counter, counter.request("cancel", slips.cancel(bob.address, nonce), bob))
    assert counter.refused(payment) == (409, "slip_used")


def test_a_merchant_changes_money_back(counter):
    shop, money = Key.derived("shop"), counter.contract("LocalCurrency")
    counter.estate.town.enrols(ResidentKind.PROFESSIONAL, shop)
    carried_out(counter, counter.payment(payee=shop, cents=5_000))
    before = money.read(counter.rpc, "redemptions")
    carried_out(counter, counter.request("redeem", slips.redeem(shop.address, 5_000, 9), shop))
    assert money.read(counter.rpc, "redemptions") == before + 1
    bob = counter.estate.bob
    citizen = counter.request("redeem", slips.redeem(bob.address, 5_000, 9), bob)
    told = counter.post(citizen).json()
    assert (told["code"], told["details"]["error"]) == ("refused_by_contract", "LocalCurrency_NotRedeemable")
    assert told["details"]["args"] == [bob.address, "1"], "only professionals may"


def test_a_permit_lets_spend_and_the_next_has_the_next_nonce(counter):
    bob, cleo = counter.estate.bob, counter.estate.cleo

    def permit(nonce):
        return counter.request("permit", slips.permit(bob.address, cleo.address, 700, nonce), bob)

    assert counter.refused(permit(1)) == (409, "slip_not_yet_valid")
    carried_out(counter, permit(0))
    assert counter.contract("LocalCurrency").read(counter.rpc, "allowance", bob.address, cleo.address) == 700
    other = counter.request("permit", slips.permit(bob.address, cleo.address, 701, 0), bob)
    assert counter.refused(other) == (409, "slip_used")


def test_barred_accounts_are_told_why(counter):
    money, residents = counter.contract("LocalCurrency"), counter.contract("Residents")
    bob, cleo, stranger = counter.estate.bob, counter.estate.cleo, Key.derived("stranger")
    assert counter.refused(counter.payment(payer=stranger)) == (403, "not_a_resident")
    assert counter.refused(counter.payment(payee=stranger)) == (403, "not_a_resident")
    counter.estate.act(REGISTRAR, residents, "suspend", cleo.address, PAPER)
    assert counter.refused(counter.payment()) == (403, "account_suspended")
    counter.estate.act(COURT, money, "freeze", bob.address, PAPER)
    assert counter.refused(counter.payment(payee=counter.estate.lender)) == (403, "account_frozen")
    counter.estate.town.pauses(money)
    payment = counter.payment(payer=counter.estate.lender, payee=counter.estate.ada)
    assert counter.refused(payment) == (409, "currency_paused")


def test_a_smart_account_signs_as_it_likes(counter):
    wallet, impostor = "0x" + "5a" * 20, "0x" + "5b" * 20
    # Runtime code that answers ERC-1271's word to any question; and one that answers another.
    yes = "0x7f1626ba7e" + "00" * 28 + "60005260206000f3"
    counter.rpc.call("anvil_setCode", wallet, yes)
    counter.rpc.call("anvil_setCode", impostor, yes.replace("1626ba7e", "ffffffff"))
    residents = counter.contract("Residents")
    counter.estate.act(REGISTRAR, residents, "enrol", 1, [wallet, impostor], [])
    for account in (wallet, impostor):
        slip = slips.transfer(counter.estate.bob.address, account, 500, int(account, 16))
        carried_out(counter, counter.request("transfer", slip, counter.estate.bob))

    def pays(account):
        slip = slips.transfer(account, counter.estate.cleo.address, 200, 1)
        return counter.request("transfer", slip, Key.derived("nobody")) | {"signature": "0xc0ffee"}

    claims = [Claim(account, PAPER, b"any", 100_000) for account in (wallet, impostor, counter.estate.bob.address)]
    assert false_claims(counter.rpc, claims) == {1, 2}, "asked of the accounts themselves"
    carried_out(counter, pays(wallet))
    assert counter.refused(pays(impostor)) == (403, "invalid_signature")


def test_smart_accounts_that_need_all_they_are_promised_share_a_batch_with_others(counter):
    # Runtime code that spends 185,000 gas, then answers ERC-1271's word.
    slow = "0x5a5b5a81036202d2a8116001577f1626ba7e" + "00" * 28 + "60005260206000f3"
    accounts = [f"0x{0x51 + place:040x}" for place in range(6)]
    counter.rpc.batch([("anvil_setCode", [account, slow]) for account in accounts])
    residents, bob, cleo = counter.contract("Residents"), counter.estate.bob, counter.estate.cleo
    counter.estate.act(REGISTRAR, residents, "enrol", 1, accounts, [])
    for place, account in enumerate(accounts):
        carried_out(counter, counter.request("transfer", slips.transfer(bob.address, account, 1, 500 + place), bob))
    requests = [counter.payment(cents=1) for _ in range(14)]
    for account in accounts:
        slip = slips.transfer(account, cleo.address, 1, 1)
        requests.insert(4, counter.request("transfer", slip, bob) | {"signature": "0xc0ffee"})

    told = counter.works(*[counter.take(request) for request in requests])

    assert {it["state"] for it in told} == {"confirmed"}
    assert len({it["transaction"] for it in told}) == 1


# --- the register ---


def test_the_old_key_vetoes_its_recovery(counter):
    residents, bob, thief = counter.contract("Residents"), counter.estate.bob, Key.derived("thief")
    counter.estate.act(REGISTRAR, residents, "proposeRecovery", bob.address, thief.address, PAPER)
    at = residents.read(counter.rpc, "residentOf", bob.address)[2]
    veto = counter.request("veto", slips.veto_recovery(bob.address, thief.address, at), bob)
    carried_out(counter, veto)
    assert residents.read(counter.rpc, "residentOf", bob.address)[4] == VETOED
    again = counter.request("veto", slips.veto_recovery(bob.address, thief.address, at, deadline_s=2**40), bob)
    assert counter.refused(again)[0] in (403, 409)


# --- consultations ---


@pytest.fixture
def vote(counter):
    """A consultation that is open, its roll in the post office's folder."""
    vote = hall_of(counter.estate.town).consult()
    seal_roll(counter, vote.roll)
    return vote


def seal_roll(counter, roll):
    contract = counter.estate.manifest.address("Residents")
    seal = Seal.of(roll, chain=31_337, contract=contract, block=1, date=dt.date(2026, 11, 22), kind="citizen")
    write_csv(roll, seal, counter.office.config.rolls / f"0x{roll.root.hex()}.csv")


def ballot(counter, vote, index, choice=0, seq=0):
    return ballot_request(vote.params, vote.slip(index, choice, seq), index)


def ballot_request(params, record, index):
    """What the dApp sends."""
    message = {
        "consultation": str(params.consultation), "voter": to_checksum_address(record.voter), "seq": str(record.seq),
        "ballotHash": "0x" + keccak(record.ballot).hex(),
    }  # fmt: skip
    extra = {"index": index, "ballot": "0x" + record.ballot.hex()}
    return {"kind": "ballot", "message": message, "signature": "0x" + record.signature.hex(), "extra": extra}


def test_ballots_are_cast_together_and_cast_again_alone(counter, vote):
    ids = [counter.take(ballot(counter, vote, index)) for index in (4, 1, 3)]
    told = counter.works(*ids)
    assert {it["state"] for it in told} == {"confirmed"}
    assert len({it["transaction"] for it in told}) == 1
    carried_out(counter, ballot(counter, vote, 3, 1, seq=1))
    consultations = counter.contract("Consultations")
    turnout = [consultations.read(counter.rpc, "turnout", vote.number, index) for index in range(5)]
    assert [(bool(it[0]), it[1]) for it in turnout] == [(False, 0), (True, 0), (False, 0), (True, 1), (True, 0)]


def test_a_place_on_the_roll_comes_with_its_proof(counter, vote):
    root = "0x" + vote.roll.root.hex()
    told = counter.client.get(f"/v1/rolls/{root}/{vote.keys[2].address.lower()}").json()
    assert told == {"index": 2, "size": 6, "proof": ["0x" + it.hex() for it in vote.roll.proof(2)]}
    assert counter.client.get(f"/v1/rolls/{root}/{counter.estate.bob.address}").json()["code"] == "not_on_roll"
    assert counter.client.get("/v1/town").json()["rolls"] == [root]


def test_ballots_are_checked_as_the_contract_would(counter, vote):
    good, other = ballot(counter, vote, 0), ballot(counter, vote, 1)

    def changed(signer=0, **message):
        request = ballot(counter, vote, 0)
        request["message"] |= message
        slip = vote_slip(request["message"])
        return request | {"signature": "0x" + vote.keys[signer].sign(slip.digest(counter.domain("ballot"))).hex()}

    assert counter.refused(good | {"signature": other["signature"]}) == (403, "invalid_signature")
    assert counter.refused(good | {"extra": good["extra"] | {"index": 1}}) == (404, "not_on_roll")
    assert counter.refused(good | {"extra": other["extra"]}) == (409, "content_mismatch")
    assert counter.refused(changed(seq="1")) == (409, "ballot_out_of_sequence")
    assert counter.refused(changed(consultation="99")) == (404, "consultation_unknown")
    stolen = changed(signer=0)
    stolen["extra"]["ballot"] = other["extra"]["ballot"]
    stolen["message"]["ballotHash"] = other["message"]["ballotHash"]
    slip = vote_slip(stolen["message"])
    stolen["signature"] = "0x" + vote.keys[0].sign(slip.digest(counter.domain("ballot"))).hex()
    assert counter.refused(stolen) == (403, "ballot_proof_invalid"), "another's ballot proves nothing for me"
    carried_out(counter, good)
    assert counter.refused(changed()) == (409, "ballot_counted")
    counter.estate.pass_days(1)
    assert counter.refused(other) == (409, "consultation_not_open")


def test_without_its_roll_a_ballot_cannot_be_checked(counter, vote):
    for file in counter.office.config.rolls.iterdir():
        file.unlink()
    assert counter.refused(ballot(counter, vote, 0)) == (404, "roll_unknown")


def vote_slip(message):
    hash_ = bytes.fromhex(message["ballotHash"][2:])
    return BALLOT.of(int(message["consultation"]), message["voter"], int(message["seq"]), hash_)


# --- promises ---


@dataclass
class Mandate:
    number: int
    official: Key
    ends_at: int


@pytest.fixture
def mandate(counter):
    official, promises = Key.derived("official"), counter.contract("Promises")
    ends_at = counter.estate.offices.now_s() + 400 * DAY_S
    receipt = counter.estate.of_clerk(promises, "openMandate", official.address, ends_at, 0, PAPER)
    (opened,) = promises.logged(receipt, "MandateOpened")
    return Mandate(opened.args["mandate"], official, ends_at)


def pledges(counter, mandate, who=None):
    given = (("a", 4_000), ("b", 6_000))
    rows = [(text, keccak(text=text), "data:,x", weight, mandate.ends_at) for text, weight in given]
    return counter.request("pledges", PLEDGES.of(mandate.number, 0, rows, slips.FOREVER), who or mandate.official)


def test_a_mandate_from_pledges_to_counter_evidence(counter, mandate):
    promises, forever = counter.contract("Promises"), slips.FOREVER
    assert counter.refused(pledges(counter, mandate, counter.estate.bob)) == (403, "invalid_signature")
    wrong = pledges(counter, mandate)
    wrong["message"]["pledges"][0]["weight_bps"] = "4001"
    assert counter.refused(wrong) == (403, "invalid_signature")
    carried_out(counter, pledges(counter, mandate))
    assert promises.read(counter.rpc, "mandateOf", mandate.number)[2] == 2
    about = (mandate.number, 1, keccak(text="paper"), "data:," + "paper" * 3_000, forever)
    carried_out(counter, counter.request("amendment", AMENDMENT.of(*about), mandate.official))
    carried_out(counter, counter.request("evidence", EVIDENCE.of(*about), mandate.official))
    assert promises.read(counter.rpc, "promiseOf", mandate.number, 1)[5]
    bob = counter.estate.bob
    carried_out(counter, counter.request("counter_evidence", COUNTER_EVIDENCE.of(bob.address, *about), bob))
    later = (*about[:-1], forever - 1)
    twice = counter.request("counter_evidence", COUNTER_EVIDENCE.of(bob.address, *later), bob)
    assert counter.refused(twice) == (409, "slip_used")
    expired = counter.request("evidence", EVIDENCE.of(*about[:-1], 1), mandate.official)
    assert counter.refused(expired) == (409, "slip_expired")
    nobody = counter.request("evidence", EVIDENCE.of(99, *about[1:]), mandate.official)
    assert counter.refused(nobody) == (409, "refused_by_contract")
