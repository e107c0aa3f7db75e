"""Slips of a circle that pays by owing, from the wallet to the block; and what each may be refused for."""

import pytest
from eth_utils.address import to_checksum_address

from beffroi import slips
from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.credit.circle import Circle
from beffroi.credit.creditslips import (
    CREDIT_PAYMENT,
    cancel_credit_slip,
    credit_slip,
    mixed_slip,
    unvouch_slip,
    vouch_slip,
)
from beffroi.eip712 import Domain
from beffroi.residents import ResidentKind
from testbed.circle import Members
from testbed.estate import PAPER
from testbed.town import CLERK, REGISTRAR, TREASURER

BAKER, GARAGE, PRINTER = FIRMS = [Key.derived("credit counter", name) for name in ("baker", "garage", "printer")]
HEIR = Key.derived("credit counter", "heir")


@pytest.fixture
def firms(counter):
    """The baker, the garage and the printer, who may owe 100.00 each in the town's circle."""
    town = counter.estate.town
    town.enrols(ResidentKind.PROFESSIONAL, *FIRMS)
    return Members(town, Circle.of(counter.rpc, counter.estate.manifest))


def carried_out(counter, request):
    """Hands a slip in and has it posted; it must succeed."""
    (told,) = counter.works(counter.take(request))
    assert told["state"] == "confirmed", told
    return told


def paying(counter, payer, payee, amount, nonce=1, **window):
    slip = credit_slip(payer.address, payee.address, amount, nonce, PAPER, **window)
    return counter.request("credit_pay", slip, payer)


def test_payments_share_a_transaction_and_a_bad_one_is_left_out(counter, firms):
    requests = [paying(counter, BAKER, GARAGE, 60_00, nonce) for nonce in (1, 300)]
    requests.append(paying(counter, GARAGE, PRINTER, 5_00))
    one, other, third = counter.works(*[counter.take(it) for it in requests])
    good, bad = (one, other) if one["state"] == "confirmed" else (other, one)
    assert (bad["state"], bad["error"]["name"]) == ("rejected", "MutualCredit_BelowFloor")
    assert good["state"] == third["state"] == "confirmed"
    assert good["transaction"] == third["transaction"]
    assert [firms.balance(it) for it in FIRMS] == [-60_00, 55_00, 5_00]


@pytest.mark.parametrize("nonce", [3, 2**200], ids=["in the account's slot", "in a word of its own"])
def test_a_payment_serves_once_and_one_that_is_cancelled_never(counter, firms, nonce):
    payment = paying(counter, BAKER, GARAGE, 1_00, nonce)
    carried_out(counter, payment)
    again = paying(counter, BAKER, PRINTER, 2_00, nonce)
    assert counter.refused(again) == (409, "slip_used"), "the same nonce"
    other = paying(counter, BAKER, PRINTER, 2_00, nonce + 1)
    carried_out(counter, counter.request("credit_cancel", cancel_credit_slip(BAKER.address, nonce + 1), BAKER))
    assert counter.refused(other) == (409, "slip_used")
    assert [firms.balance(it) for it in FIRMS] == [-1_00, 1_00, 0]


def test_a_payment_that_another_signed_or_for_elsewhere_is_refused(counter, firms):
    slip = credit_slip(BAKER.address, GARAGE.address, 1_00, 1)
    assert counter.refused(counter.request("credit_pay", slip, GARAGE)) == (403, "invalid_signature")
    here = firms.circle.domain()
    for there in (
        Domain(here.name, here.chain_id + 1, here.contract),
        Domain(here.name, here.chain_id, counter.estate.offices.money.address),
    ):
        signed = counter.request("credit_pay", slip, BAKER, domain=there)
        assert counter.refused(signed) == (403, "invalid_signature")
    late = paying(counter, BAKER, GARAGE, 1_00, deadline_s=clock_s(counter.rpc) - 1)
    assert counter.refused(late) == (409, "slip_expired")
    assert firms.balance(GARAGE) == 0


@pytest.mark.parametrize(
    ("amount", "payee", "name"),
    [
        (0, GARAGE, "MutualCredit_NoAmount"),
        (1_00, BAKER, "MutualCredit_Oneself"),
        (100_01, GARAGE, "MutualCredit_BelowFloor"),
        (1_00, HEIR, "MutualCredit_NotActive"),
    ],
)
def test_what_the_circle_would_refuse_is_not_taken(counter, firms, amount, payee, name):
    answer = counter.post(paying(counter, BAKER, payee, amount))
    assert answer.status_code == 409
    assert name in answer.text


def test_a_mixed_payment_takes_money_first_and_owes_no_more_than_was_signed(counter, firms):
    town, circle = firms.town, firms.circle.contract
    town.does(TREASURER, town.currency, "issue", BAKER.address, 30_00, b"\5" * 32)
    slip = mixed_slip(BAKER.address, GARAGE.address, 40_00, 10_00, 7, PAPER)
    request = counter.request("credit_mixed", slip, BAKER)
    assert counter.refused(request)[0] == 409, "the baker has allowed the circle no money"
    permit = slips.permit(BAKER.address, circle.address, 30_00, 0)
    carried_out(counter, counter.request("permit", permit, BAKER))
    greedy = mixed_slip(BAKER.address, GARAGE.address, 40_00, 9_99, 8, PAPER)
    answer = counter.post(counter.request("credit_mixed", greedy, BAKER))
    assert (answer.status_code, "MutualCredit_TooMuchCredit" in answer.text) == (409, True)
    carried_out(counter, request)
    assert [firms.balance(it) for it in (BAKER, GARAGE)] == [-10_00, 10_00]
    assert counter.estate.balance(GARAGE.address) == 30_00
    assert counter.refused(paying(counter, BAKER, PRINTER, 1_00, 7)) == (409, "slip_used"), "one nonce for both kinds"


def test_one_vouches_for_another_and_takes_it_back(counter, firms):
    lent = vouch_slip(GARAGE.address, BAKER.address, 40_00)
    assert counter.refused(counter.request("vouch", lent, BAKER)) == (403, "invalid_signature")
    carried_out(counter, counter.request("vouch", lent, GARAGE))
    assert firms.circle.standing(BAKER.address).most_debt == 140_00
    assert counter.post(counter.request("vouch", lent, GARAGE)).json()["state"] == "confirmed", "it was posted: once"
    too_much = unvouch_slip(GARAGE.address, BAKER.address, 40_01)
    assert counter.refused(counter.request("unvouch", too_much, GARAGE)) == (409, "refused_by_contract")
    back = unvouch_slip(GARAGE.address, BAKER.address, 40_00)
    carried_out(counter, counter.request("unvouch", back, GARAGE))
    assert firms.circle.standing(BAKER.address).most_debt == 100_00


def test_the_successor_of_a_lost_key_vouches_in_its_name(counter, firms):
    residents = counter.contract("Residents")
    counter.estate.act(REGISTRAR, residents, "proposeRecovery", GARAGE.address, HEIR.address, PAPER)
    counter.estate.pass_days(16)
    counter.estate.act(CLERK, residents, "recover", GARAGE.address)
    counter.office.intake.checker.clock.forget()
    lent = vouch_slip(GARAGE.address, BAKER.address, 40_00)
    assert counter.refused(counter.request("vouch", lent, GARAGE)) == (403, "invalid_signature")
    carried_out(counter, counter.request("vouch", lent, HEIR))
    assert firms.circle.contract.read(counter.rpc, "vouchOf", GARAGE.address, BAKER.address) == 40_00


def test_what_is_not_a_payment_is_not_read(counter, firms):
    good = paying(counter, BAKER, GARAGE, 1_00)
    for name, value in (("amount", "-1"), ("amount", "1.5"), ("to", "0x12"), ("nonce", "x")):
        assert counter.refused(good | {"message": good["message"] | {name: value}})[0] == 422, (name, value)
    without = {name: value for name, value in good["message"].items() if name != "ref"}
    assert counter.refused(good | {"message": without})[0] == 422
    assert set(good["message"]) == {name for _, name in CREDIT_PAYMENT.fields}
    assert to_checksum_address(firms.circle.contract.address) == counter.domain("credit_pay").contract
