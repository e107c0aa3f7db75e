"""What is signed of a circle: the contract takes each, whoever posts it."""

import json
from pathlib import Path

from beffroi.credit.creditslips import cancel_credit_slip, credit_slip, mixed_slip, unvouch_slip, vouch_slip
from beffroi.slips import FOREVER
from testbed.town import AUDITOR, POSTER, TREASURER
from tests.credit.conftest import LEA, MARC, OMAR
from tests.vectors.make_credit import vectors

REF = b"invoice".ljust(32, b"\0")


def test_a_payments_slip_is_carried_out_alone_and_in_a_batch(trade):
    contract = trade.circle.contract
    slips = [credit_slip(LEA.address, OMAR.address, 10_00, nonce, REF) for nonce in (0, 1, 2**255)]
    rows = [(*it.values, trade.signs(LEA, it)) for it in slips]
    trade.town.does(POSTER, contract, "payBySlip", rows[0])
    receipt = trade.town.does(POSTER, contract, "payBatch", rows)
    assert trade.balance(OMAR) == 30_00
    (refused,) = contract.logged(receipt, "CreditSlipRefused")
    assert (refused.args["position"], refused.args["from"], refused.args["nonce"]) == (0, LEA.address, 0)


def test_a_mixed_slip_takes_money_first(trade):
    town, contract = trade.town, trade.circle.contract
    town.does(AUDITOR, town.currency, "attestReserve", 100_00, REF)
    town.does(TREASURER, town.currency, "issue", LEA.address, 40_00, REF)
    town.does(LEA, town.currency, "approve", contract.address, 100_00)
    slip = mixed_slip(LEA.address, OMAR.address, 50_00, 10_00, 0, REF)
    town.does(POSTER, contract, "payMixedBySlip", (*slip.values, trade.signs(LEA, slip)))
    assert (trade.balance(LEA), trade.balance(OMAR)) == (-10_00, 10_00)
    assert town.currency.read(town.rpc, "balanceOf", OMAR.address) == 40_00


def test_a_slip_is_made_worthless(trade):
    slip = cancel_credit_slip(LEA.address, 7)
    trade.town.does(POSTER, trade.circle.contract, "cancelSlip", *slip.values, trade.signs(LEA, slip))
    assert trade.circle.contract.read(trade.circle.rpc, "slipUsed", LEA.address, 7)


def test_a_vouch_is_given_and_taken_back(trade):
    contract = trade.circle.contract
    slip = vouch_slip(MARC.address, LEA.address, 30_00, FOREVER)
    trade.town.does(POSTER, contract, "vouch", *slip.values, trade.signs(MARC, slip))
    assert trade.circle.standing(LEA.address).vouched_for == 30_00
    slip = unvouch_slip(MARC.address, LEA.address, 20_00, FOREVER)
    trade.town.does(POSTER, contract, "unvouch", *slip.values, trade.signs(MARC, slip))
    assert trade.circle.standing(MARC.address).vouched == -10_00


def test_the_vectors_that_the_dapp_signs_by_are_still_ours():
    assert json.loads(Path("tests/vectors/credit.json").read_text(encoding="utf-8")) == vectors()
