"""The register: who belongs, who leaves, and the journey of a lost key."""

import pytest
from ape import chain

from beffroi import slips
from testbed.town import FEE_BPS, RECOVERY_DELAY_S
from tests.support.commune import CITIZEN, HASH, NOBODY, NONE, OTHERS, PROFESSIONAL
from tests.support.refusals import refusal

ABSENT, ACTIVE, SUSPENDED, AWAITING, LEFT, REPLACED = range(6)
VETOED = 2


def test_residents_are_enrolled_counted_and_committed_to(residents, registrar):
    people = [key.address for key in OTHERS]
    receipt = residents.enrol(PROFESSIONAL, people, [HASH, bytes(32), HASH], sender=registrar)
    logs = [(log.account, bytes(log.commitment)) for log in receipt.events if log.event_name == "Enrolled"]
    assert logs == list(zip(people, [HASH, bytes(32), HASH], strict=True))
    assert residents.population(PROFESSIONAL) == 4
    assert all(residents.isActive(account) for account in people)


def test_an_enrolment_that_makes_no_sense_is_refused(residents, registrar, citizen, newcomer, stranger):
    for arguments, answer in [
        ((NONE, [newcomer], []), ("Residents_NoKind", ())),
        ((CITIZEN, [newcomer], [HASH, HASH]), ("Residents_CommitmentsMismatch", (1, 2))),
        ((CITIZEN, [NOBODY], []), ("Residents_NoAccount", ())),
        ((CITIZEN, [citizen], []), ("Residents_AlreadyKnown", (citizen.address, ACTIVE))),
        ((CITIZEN, [newcomer, newcomer], []), ("Residents_AlreadyKnown", (newcomer.address, ACTIVE))),
    ]:
        assert refusal(residents.enrol, *arguments, sender=registrar) == answer


def test_the_suspended_do_not_count_and_come_back(residents, registrar, citizen):
    residents.suspend(citizen, HASH, sender=registrar)
    assert (residents.population(CITIZEN), residents.isActive(citizen)) == (0, False)
    answer = refusal(residents.suspend, citizen, HASH, sender=registrar)
    assert answer == ("Residents_WrongStanding", (citizen.address, SUSPENDED))
    residents.reinstate(citizen, HASH, sender=registrar)
    assert (residents.population(CITIZEN), residents.isActive(citizen)) == (1, True)
    answer = refusal(residents.reinstate, citizen, HASH, sender=registrar)
    assert answer == ("Residents_WrongStanding", (citizen.address, ACTIVE))


def test_who_leaves_may_come_back_as_another_kind(residents, currency, registrar, citizen, merchant):
    currency.transfer(merchant, 10_000, sender=citizen)
    residents.depart(citizen, sender=registrar)
    assert residents.population(CITIZEN) == 0
    answer = refusal(residents.depart, citizen, sender=registrar)
    assert answer == ("Residents_WrongStanding", (citizen.address, LEFT))
    residents.enrol(PROFESSIONAL, [citizen], [], sender=registrar)
    assert currency.accountOf(citizen).kind == PROFESSIONAL


def test_a_lost_key_is_replaced_after_its_delay_by_anyone(residents, currency, proposed, citizen, newcomer, stranger):
    """Com'Chain's recovery needed the lost key."""
    assert residents.residentOf(newcomer).standing == AWAITING
    assert refusal(residents.recover, citizen, sender=stranger) == ("Residents_TooEarly", (proposed,))
    chain.mine(timestamp=proposed)
    residents.recover(citizen, sender=stranger)
    assert (currency.balanceOf(citizen), currency.balanceOf(newcomer)) == (0, 10_000)
    assert residents.residentOf(citizen).standing == REPLACED
    assert residents.currentKeyOf(citizen) == newcomer
    assert residents.population(CITIZEN) == 1
    assert residents.isActive(newcomer)
    assert refusal(currency.transfer, newcomer, 1, sender=citizen) == (
        "LocalCurrency_NotRegistered", (citizen.address,),
    )  # fmt: skip
    assert refusal(residents.recover, citizen, sender=stranger) == ("Residents_NoRecovery", (citizen.address,))


def test_one_second_before_its_delay_is_over_a_recovery_is_too_early(residents, proposed, citizen, stranger):
    chain.mine(timestamp=proposed - 1)
    assert refusal(residents.recover, citizen, sender=stranger) == ("Residents_TooEarly", (proposed,))


def test_the_old_key_vetoes(residents, currency, proposed, citizen, newcomer, stranger):
    residents.vetoRecovery(sender=citizen)
    chain.mine(timestamp=proposed)
    assert refusal(residents.recover, citizen, sender=stranger) == ("Residents_Vetoed", (citizen.address,))
    assert currency.accountOf(newcomer).suspended
    assert refusal(residents.vetoRecovery, sender=citizen) == ("Residents_Vetoed", (citizen.address,))


def test_the_old_key_vetoes_by_a_slip_that_anyone_posts(commune, residents, proposed, citizen, newcomer, stranger):
    slip = slips.veto_recovery(citizen.address, newcomer.address, proposed)
    key = bytes.fromhex(citizen.private_key.removeprefix("0x"))
    signature = slips.sign(key, slip, commune.register_domain)
    residents.vetoRecovery(citizen, slips.FOREVER, signature, sender=stranger)
    assert residents.residentOf(citizen).recovery == VETOED


def test_a_veto_does_not_serve_against_the_next_proposal(
    commune, residents, proposed, registrar, citizen, newcomer, stranger
):
    slip = slips.veto_recovery(citizen.address, newcomer.address, proposed)
    signature = slips.sign(bytes.fromhex(citizen.private_key.removeprefix("0x")), slip, commune.register_domain)
    arguments = (citizen, slips.FOREVER, signature)
    residents.vetoRecovery(*arguments, sender=stranger)
    residents.withdrawRecovery(citizen, sender=registrar)
    chain.mine(deltatime=10)
    residents.proposeRecovery(citizen, newcomer, HASH, sender=registrar)
    answer = refusal(residents.vetoRecovery, *arguments, sender=stranger)
    assert answer == ("SlipActs_NotSignedBy", (citizen.address,))


def test_a_veto_ends_with_the_delay(commune, residents, proposed, citizen, newcomer, stranger):
    slip = slips.veto_recovery(citizen.address, newcomer.address, proposed)
    signature = slips.sign(bytes.fromhex(citizen.private_key.removeprefix("0x")), slip, commune.register_domain)
    chain.mine(timestamp=proposed - 1)
    assert refusal(residents.vetoRecovery, sender=citizen) is None
    with chain.isolate():
        chain.mine(timestamp=proposed)
        late = ("Residents_VetoTooLate", (proposed,))
        assert refusal(residents.vetoRecovery, sender=citizen) == late
        assert refusal(residents.vetoRecovery, citizen, slips.FOREVER, signature, sender=stranger) == late


@pytest.mark.parametrize("vetoed", [True, False])
def test_a_court_confirms_what_the_registrar_proposed_and_no_veto_counts(
    residents, currency, proposed, registrar, court, citizen, newcomer, stranger, vetoed
):
    """A thief with the old key vetoes for ever; neither registrar nor court passes that alone."""
    if vetoed:
        residents.vetoRecovery(sender=citizen)
    elsewhere = ("Residents_NotProposed", (citizen.address, stranger.address))
    assert refusal(residents.confirmRecovery, citizen, stranger, HASH, sender=court) == elsewhere
    receipt = residents.confirmRecovery(citizen, newcomer, HASH, sender=court)
    anew = chain.blocks[receipt.block_number].timestamp + RECOVERY_DELAY_S
    (log,) = [log for log in receipt.events if log.event_name == "RecoveryConfirmed"]
    assert (log.account, log.successor, log.recoverableAt, bytes(log.orderHash)) == (citizen, newcomer, anew, HASH)
    again = ("Residents_NotProposed", (citizen.address, newcomer.address))
    assert refusal(residents.confirmRecovery, citizen, newcomer, HASH, sender=court) == again
    assert refusal(residents.vetoRecovery, sender=citizen) == ("Residents_Confirmed", (citizen.address,))
    chain.mine(timestamp=anew - 1)
    assert refusal(residents.recover, citizen, sender=stranger) == ("Residents_TooEarly", (anew,))
    chain.mine(timestamp=anew)
    residents.recover(citizen, sender=stranger)
    assert currency.balanceOf(newcomer) == 10_000


def test_the_court_alone_recovers_nobody(residents, court, citizen, stranger):
    answer = refusal(residents.confirmRecovery, citizen, stranger, HASH, sender=court)
    assert answer == ("Residents_NotProposed", (citizen.address, stranger.address))
    nobodys = ("Residents_NotProposed", (citizen.address, NOBODY))
    assert refusal(residents.confirmRecovery, citizen, NOBODY, HASH, sender=court) == nobodys


def test_the_registrar_withdraws_what_was_vetoed_or_confirmed(
    residents, proposed, registrar, court, citizen, newcomer, stranger
):
    residents.vetoRecovery(sender=citizen)
    with chain.isolate():
        residents.withdrawRecovery(citizen, sender=registrar)
        assert residents.residentOf(newcomer).standing == ABSENT
    residents.confirmRecovery(citizen, newcomer, HASH, sender=court)
    residents.withdrawRecovery(citizen, sender=registrar)
    assert residents.residentOf(newcomer).standing == ABSENT
    answer = refusal(residents.recover, citizen, sender=stranger)
    assert answer == ("Residents_NoRecovery", (citizen.address,))


def test_a_stranger_vetoes_nothing(residents, proposed, stranger, newcomer):
    for person in (stranger, newcomer):
        assert refusal(residents.vetoRecovery, sender=person) == ("Residents_NoRecovery", (person.address,))


def test_the_registrar_withdraws(residents, proposed, registrar, citizen, newcomer):
    residents.withdrawRecovery(citizen, sender=registrar)
    assert residents.residentOf(newcomer).standing == ABSENT
    answer = refusal(residents.withdrawRecovery, citizen, sender=registrar)
    assert answer == ("Residents_NoRecovery", (citizen.address,))


def test_while_a_recovery_is_pending_nothing_else_begins(residents, proposed, registrar, citizen, newcomer, stranger):
    pending = ("Residents_RecoveryPending", (citizen.address, newcomer.address))
    assert refusal(residents.proposeRecovery, citizen, stranger, HASH, sender=registrar) == pending
    assert refusal(residents.depart, citizen, sender=registrar) == pending
    awaiting = ("Residents_AlreadyKnown", (newcomer.address, AWAITING))
    assert refusal(residents.enrol, CITIZEN, [newcomer], [], sender=registrar) == awaiting
    for act in (residents.suspend, residents.reinstate):
        answer = refusal(act, newcomer, HASH, sender=registrar)
        assert answer == ("Residents_WrongStanding", (newcomer.address, AWAITING))


def test_a_key_that_is_known_or_was_replaced_replaces_nobody(
    residents, proposed, registrar, citizen, merchant, stranger
):
    chain.mine(timestamp=proposed)
    residents.recover(citizen, sender=stranger)
    for key, standing in ((merchant, ACTIVE), (citizen, REPLACED)):
        answer = refusal(residents.proposeRecovery, merchant, key, HASH, sender=registrar)
        assert answer == ("Residents_AlreadyKnown", (key.address, standing))
    answer = refusal(residents.proposeRecovery, stranger, citizen, HASH, sender=registrar)
    assert answer == ("Residents_WrongStanding", (stranger.address, ABSENT))


def test_the_new_key_receives_nothing_before_it_is_its_time(currency, proposed, newcomer, merchant):
    answer = refusal(currency.transfer, newcomer, 1, sender=merchant)
    assert answer == ("LocalCurrency_Suspended", (newcomer.address,))


def test_the_commons_keeps_its_office_under_its_new_key(residents, currency, registrar, commons, newcomer, merchant):
    residents.proposeRecovery(commons, newcomer, HASH, sender=registrar)
    chain.mine(deltatime=RECOVERY_DELAY_S)
    residents.recover(commons, sender=merchant)
    assert currency.commons() == newcomer
    currency.redeem(1_000, HASH, sender=merchant)
    assert currency.balanceOf(newcomer) == 1_000 * FEE_BPS // 10_000


def test_a_frozen_account_is_recovered_frozen(
    residents, currency, court, proposed, citizen, newcomer, stranger, merchant
):
    currency.freeze(citizen, HASH, sender=court)
    chain.mine(timestamp=proposed)
    residents.recover(citizen, sender=stranger)
    assert refusal(currency.transfer, merchant, 1, sender=newcomer) == ("LocalCurrency_Frozen", (newcomer.address,))
    currency.unfreeze(newcomer, HASH, sender=court)
    assert refusal(currency.transfer, merchant, 10_000, sender=newcomer) is None


def test_a_successor_frozen_by_order_stays_frozen(residents, currency, court, proposed, citizen, newcomer, stranger):
    currency.freeze(newcomer, HASH, sender=court)
    chain.mine(timestamp=proposed)
    residents.recover(citizen, sender=stranger)
    assert currency.accountOf(newcomer).frozen


def test_a_suspension_follows_to_the_new_key(residents, currency, registrar, proposed, citizen, newcomer, stranger):
    residents.suspend(citizen, HASH, sender=registrar)
    chain.mine(timestamp=proposed)
    residents.recover(citizen, sender=stranger)
    assert (residents.residentOf(newcomer).standing, currency.accountOf(newcomer).suspended) == (SUSPENDED, True)


@pytest.mark.parametrize("nonce", [3, 2**100])
def test_a_used_slip_stays_used_after_a_recovery(
    commune, residents, currency, proposed, citizen, merchant, stranger, nonce
):
    slip = slips.transfer(citizen.address, merchant.address, 1, nonce)
    key = bytes.fromhex(citizen.private_key.removeprefix("0x"))
    currency.transferWithAuthorization(*slip.values, slips.sign(key, slip, commune.domain), sender=stranger)
    chain.mine(timestamp=proposed)
    residents.recover(citizen, sender=stranger)
    assert currency.authorizationState(citizen, nonce.to_bytes(32, "big"))
    cancellation = slips.cancel(citizen.address, nonce)
    signature = slips.sign(key, cancellation, commune.domain)
    answer = refusal(currency.cancelAuthorization, *cancellation.values, signature, sender=stranger)
    assert answer == ("LocalCurrency_SlipUsed", (citizen.address, nonce.to_bytes(32, "big")))
