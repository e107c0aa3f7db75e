"""The reserve, what is owed, and the pause that stops everything."""

from ape import chain

from beffroi.slips import FOREVER
from testbed.town import FEE_BPS, RECOVERY_DELAY_S
from tests.support.commune import CITIZEN, COMMONS_KIND, HASH, NOBODY, PROFESSIONAL, PUBLIC_BODY
from tests.support.refusals import refusal

REFERENCE = b"receipt 1".ljust(32)


def transfers(receipt):
    return [(log["from"], log["to"], log.value) for log in receipt.events if log.event_name == "Transfer"]


def test_nothing_is_issued_beyond_the_reserve_less_what_is_owed(currency, citizen, merchant, treasurer):
    """Supply 20,000 of 100,000: redeeming keeps supply + owed, for the fee stays in circulation."""
    currency.redeem(10_000, bytes(32), sender=merchant)
    refused = ("LocalCurrency_ReserveExceeded", (80_001, 80_000))
    assert refusal(currency.issue, citizen, 80_001, REFERENCE, sender=treasurer) == refused
    assert refusal(currency.issueBatch, [citizen, merchant], [80_000, 1], REFERENCE, sender=treasurer) == refused
    assert refusal(currency.issue, citizen, 80_000, REFERENCE, sender=treasurer) is None


def test_when_the_reserve_falls_below_the_supply_nothing_more_is_issued(currency, citizen, auditor, treasurer):
    currency.attestReserve(19_999, HASH, sender=auditor)
    for amount in (0, 1):
        refused = ("LocalCurrency_ReserveExceeded", (amount, 0))
        assert refusal(currency.issue, citizen, amount, REFERENCE, sender=treasurer) == refused


def test_each_reference_serves_once_and_none_is_no_reference(currency, citizen, merchant, treasurer):
    currency.issue(citizen, 1, REFERENCE, sender=treasurer)
    redemption = currency.redeem(1_000, bytes(32), sender=merchant).return_value
    refused = ("LocalCurrency_ReferenceUsed", (REFERENCE,))
    assert currency.isReferenceUsed(REFERENCE)
    assert refusal(currency.issue, citizen, 1, REFERENCE, sender=treasurer) == refused
    assert refusal(currency.issueBatch, [citizen], [1], REFERENCE, sender=treasurer) == refused
    assert refusal(currency.settle, redemption, REFERENCE, sender=treasurer) == refused
    none = ("LocalCurrency_ReferenceUsed", (bytes(32),))
    assert refusal(currency.issue, citizen, 1, bytes(32), sender=treasurer) == none


def test_a_batch_is_whole_or_nothing(currency, citizen, merchant, stranger, treasurer):
    answer = refusal(currency.issueBatch, [citizen, merchant], [1], REFERENCE, sender=treasurer)
    assert answer == ("LocalCurrency_BatchMismatch", (2, 1))
    answer = refusal(currency.issueBatch, [citizen, stranger], [1, 1], REFERENCE, sender=treasurer)
    assert answer == ("LocalCurrency_NotRegistered", (stranger.address,))


def test_a_reserve_beyond_the_books_is_refused(currency, auditor):
    assert refusal(currency.attestReserve, 2**80, HASH, sender=auditor) == ("LocalCurrency_TooLarge", (2**80,))
    assert refusal(currency.attestReserve, 2**80 - 1, HASH, sender=auditor) is None


def test_a_redemption_burns_owes_and_is_settled_once(currency, commons, merchant, treasurer):
    """3 % to the commons, rounded up for the town: of 99.99, 3.00 and not 2.99."""
    receipt = currency.redeem(9_999, bytes(32), sender=merchant)
    fee = -(-9_999 * FEE_BPS // 10_000)
    assert fee == 300
    assert transfers(receipt) == [(merchant, commons, fee), (merchant, NOBODY, 9_999 - fee)]
    assert currency.books() == (20_000 - 9_699, 100_000, 9_699)
    assert currency.redemptionOf(1) == (merchant.address, 9_699)

    currency.settle(1, REFERENCE, sender=treasurer)
    assert currency.books() == (10_301, 90_301, 0)
    assert currency.redemptionOf(1) == (merchant.address, 0)
    for redemption in (0, 1, 2):
        answer = refusal(currency.settle, redemption, b"other".ljust(32), sender=treasurer)
        assert answer == ("LocalCurrency_NotOwed", (redemption,))


def test_a_redemption_and_its_settlement_are_told(currency, merchant, treasurer):
    receipts = [currency.redeem(9_999, REFERENCE, sender=merchant), currency.settle(1, REFERENCE, sender=treasurer)]
    told = {log.event_name: log for receipt in receipts for log in receipt.events}
    redeemed, settled = told["Redeemed"], told["Settled"]
    assert (redeemed.redemption, redeemed.account, redeemed.ref) == (1, merchant.address, REFERENCE)
    assert redeemed.owed_cents + redeemed.fee_cents == 9_999
    assert (settled.redemption, settled.bankReference) == (1, REFERENCE)
    assert settled.amount_cents == redeemed.owed_cents


def test_settling_what_the_auditor_already_left_out_stops_at_no_reserve(currency, auditor, merchant, treasurer):
    currency.redeem(10_000, bytes(32), sender=merchant)
    currency.attestReserve(100, HASH, sender=auditor)
    currency.settle(1, REFERENCE, sender=treasurer)
    assert currency.books().reserve == 0


def test_only_kinds_of_the_charter_change_money_back(currency, residents, registrar, citizen, commons, newcomer):
    residents.enrol(PUBLIC_BODY, [newcomer], [], sender=registrar)
    assert currency.redemptionRule().kinds == 1 << PROFESSIONAL
    for person, kind in ((citizen, CITIZEN), (commons, COMMONS_KIND), (newcomer, PUBLIC_BODY)):
        answer = refusal(currency.redeem, 1, bytes(32), sender=person)
        assert answer == ("LocalCurrency_NotRedeemable", (person.address, kind))


def test_small_change_is_not_changed_back(currency, merchant):
    for amount in (0, 999):
        assert refusal(currency.redeem, amount, bytes(32), sender=merchant) == (
            "LocalCurrency_BelowLeast",
            (amount, 1_000),
        )
    assert refusal(currency.redeem, 1_000, bytes(32), sender=merchant) is None


def test_redemptions_are_settled_together_by_one_transfer_or_none_is(currency, merchant, treasurer):
    for _ in range(3):
        currency.redeem(1_000, bytes(32), sender=merchant)
    answer = refusal(currency.settleMany, [1, 2, 4], REFERENCE, sender=treasurer)
    assert answer == ("LocalCurrency_NotOwed", (4,))
    assert refusal(currency.settleMany, [1, 1], REFERENCE, sender=treasurer) == ("LocalCurrency_NotOwed", (1,))
    answer = refusal(currency.settleMany, [], REFERENCE, sender=treasurer)
    assert answer == ("LocalCurrency_NotOwed", (0,)), "a transfer that settles nothing spends its reference"
    receipt = currency.settleMany([1, 2, 3], REFERENCE, sender=treasurer)
    assert [(it.redemption, it.amount_cents) for it in receipt.decode_logs(currency.Settled)] == [
        (1, 970), (2, 970), (3, 970),
    ]  # fmt: skip
    assert currency.books() == (20_000 - 2_910, 100_000 - 2_910, 0)
    currency.redeem(1_000, bytes(32), sender=merchant)
    answer = refusal(currency.settleMany, [4], REFERENCE, sender=treasurer)
    assert answer == ("LocalCurrency_ReferenceUsed", (REFERENCE,))


def test_nobody_frozen_since_is_paid_in_euros(currency, residents, registrar, court, merchant, newcomer, treasurer):
    currency.redeem(1_000, bytes(32), sender=merchant)
    residents.proposeRecovery(merchant, newcomer, HASH, sender=registrar)
    currency.freeze(merchant, HASH, sender=court)
    frozen = ("LocalCurrency_Frozen", (merchant.address,))
    assert refusal(currency.settle, 1, REFERENCE, sender=treasurer) == frozen
    assert refusal(currency.settleMany, [1], REFERENCE, sender=treasurer) == frozen
    chain.mine(deltatime=RECOVERY_DELAY_S)
    residents.recover(merchant, sender=merchant)
    frozen = ("LocalCurrency_Frozen", (newcomer.address,))
    assert refusal(currency.settle, 1, REFERENCE, sender=treasurer) == frozen
    currency.unfreeze(newcomer, HASH, sender=court)
    currency.settle(1, REFERENCE, sender=treasurer)


def test_wei_forced_in_is_anyones_to_take_unless_everything_is_paused(currency, guardian, stranger):
    chain.provider.set_balance(currency.address, 7)
    before = stranger.balance
    receipt = currency.sweep(sender=stranger)
    assert currency.balance == 0
    assert stranger.balance == before + 7 - receipt.total_fees_paid
    assert [(it.by, it.amount_wei) for it in receipt.decode_logs(currency.Swept)] == [(stranger, 7)]
    currency.pause(sender=guardian, value=1)
    assert refusal(currency.sweep, sender=stranger) == ("LocalCurrency_Paused", ())


def test_a_pause_stops_every_movement(currency, residents, guardian, citizen, merchant, treasurer, registrar, newcomer):
    """CitizenWallet's pause paused nothing."""
    currency.approve(merchant, 10, sender=citizen)
    residents.proposeRecovery(citizen, newcomer, HASH, sender=registrar)
    chain.mine(deltatime=RECOVERY_DELAY_S)
    currency.pause(sender=guardian, value=1)
    paused = ("LocalCurrency_Paused", ())
    slip = (citizen, merchant, 1, 0, FOREVER, HASH, b"")
    parts = (*slip[:-1], 27, HASH, HASH)
    for method, arguments, sender in [
        (currency.transfer, (merchant, 1), citizen),
        (currency.transferFrom, (citizen, merchant, 1), merchant),
        (currency.pay, (merchant, 1, HASH), citizen),
        (currency.payRequest, (merchant, 1, HASH), citizen),
        (currency.transferWithAuthorization, slip, citizen),
        (currency.transferWithAuthorization, parts, citizen),
        (currency.acceptSlip, (slip,), citizen),
        (currency.receiveWithAuthorization, slip, merchant),
        (currency.receiveWithAuthorization, parts, merchant),
        (currency.redeem, (1, HASH), merchant),
        (currency.redeemWithAuthorization, (citizen, 1, HASH, 0, FOREVER, HASH, b""), citizen),
        (currency.issue, (citizen, 1, HASH), treasurer),
        (currency.issueBatch, ([citizen], [1], HASH), treasurer),
        (currency.melt, (citizen,), citizen),
    ]:
        assert refusal(method, *arguments, sender=sender) == paused, method
    assert refusal(residents.recover, citizen, sender=citizen) is None, "a recovery is no payment"
    assert currency.transferWithAuthorizationBatch.call([slip], sender=citizen) == 0
    currency.resume(sender=guardian)
    assert refusal(currency.transfer, merchant, 1, sender=citizen) is None


def test_pausing_brings_a_wei_and_resuming_gives_it_back(currency, guardian):
    assert refusal(currency.pause, sender=guardian) == ("LocalCurrency_PauseWithoutWei", ())
    currency.pause(sender=guardian, value=1)
    assert refusal(currency.pause, sender=guardian, value=1) == ("LocalCurrency_PauseUnchanged", (True,))
    currency.resume(sender=guardian)
    assert chain.provider.get_balance(currency.address) == 0
    assert refusal(currency.resume, sender=guardian) == ("LocalCurrency_PauseUnchanged", (False,))


def test_ether_forced_in_neither_pauses_nor_resumes(currency, guardian, citizen, merchant):
    chain.provider.set_balance(currency.address, 10**18)
    assert refusal(currency.transfer, merchant, 1, sender=citizen) is None
    currency.pause(sender=guardian, value=1)
    assert refusal(currency.transfer, merchant, 1, sender=citizen) == ("LocalCurrency_Paused", ())


def test_in_a_pause_the_court_still_freezes(currency, guardian, court, citizen, merchant):
    currency.pause(sender=guardian, value=1)
    currency.freeze(citizen, HASH, sender=court)
    currency.resume(sender=guardian)
    assert refusal(currency.transfer, merchant, 1, sender=citizen) == ("LocalCurrency_Frozen", (citizen.address,))
