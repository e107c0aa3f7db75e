"""What the money does and whom it refuses; ERC-20's promises, and the defects of the field as tests of ours."""

import pytest
from ape import chain
from eth_utils.crypto import keccak

from beffroi.slips import FOREVER
from testbed.town import MONEY
from tests.support.commune import CITIZEN, HASH, NOBODY, NONE, PROFESSIONAL
from tests.support.refusals import refusal

REFERENCE = b"receipt 1".ljust(32)


def transfers(receipt):
    return [(log["from"], log["to"], log.value) for log in receipt.events if log.event_name == "Transfer"]


def test_a_transfer_that_answers_true_has_moved_the_money(currency, citizen, merchant):
    """StableCredit answered true and moved nothing."""
    assert currency.transfer.call(merchant, 250, sender=citizen) is True
    receipt = currency.transfer(merchant, 250, sender=citizen)
    assert transfers(receipt) == [(citizen, merchant, 250)]
    assert (currency.balanceOf(citizen), currency.balanceOf(merchant)) == (9_750, 10_250)
    assert currency.totalSupply() == 20_000


def test_a_transfer_to_oneself_and_of_nothing_changes_nothing(currency, citizen):
    for amount in (0, 10_000):
        currency.transfer(citizen, amount, sender=citizen)
        assert currency.balanceOf(citizen) == 10_000


def test_it_calls_itself_by_its_name_and_counts_cents(currency):
    assert (currency.name(), currency.symbol(), currency.decimals()) == (MONEY.name, MONEY.symbol, 2)


def test_nobody_spends_more_than_they_have(currency, citizen, merchant):
    answer = refusal(currency.transfer, merchant, 10_001, sender=citizen)
    assert answer == ("ERC20InsufficientBalance", (citizen.address, 10_000, 10_001))


def test_an_allowance_is_spent_down_and_an_endless_one_is_not(currency, citizen, merchant, stranger):
    currency.approve(stranger, 300, sender=citizen)
    currency.transferFrom(citizen, merchant, 200, sender=stranger)
    assert currency.allowance(citizen, stranger) == 100
    answer = refusal(currency.transferFrom, citizen, merchant, 101, sender=stranger)
    assert answer == ("ERC20InsufficientAllowance", (stranger.address, 100, 101))
    currency.approve(stranger, FOREVER, sender=citizen)
    currency.transferFrom(citizen, merchant, 200, sender=stranger)
    assert currency.allowance(citizen, stranger) == FOREVER


def test_only_who_is_registered_allows(currency, registrar, residents, citizen, newcomer):
    """What somebody allowed before the currency knew of her would outlive her departure."""
    unknown = ("LocalCurrency_NotRegistered", (newcomer.address,))
    assert refusal(currency.approve, citizen, 300, sender=newcomer) == unknown
    residents.enrol(CITIZEN, [newcomer], [], sender=registrar)
    assert refusal(currency.approve, citizen, 300, sender=newcomer) is None


def test_nobody_allows_the_zero_address(currency, citizen):
    assert refusal(currency.approve, NOBODY, 1, sender=citizen) == ("ERC20InvalidSpender", (NOBODY,))


def test_paying_carries_its_reference(currency, citizen, merchant):
    receipt = currency.pay(merchant, 990, REFERENCE, sender=citizen)
    (paid,) = [log for log in receipt.events if log.event_name == "Paid"]
    assert (paid["from"], paid.to, paid.amount_cents, bytes(paid.ref)) == (citizen, merchant, 990, REFERENCE)


def test_only_who_is_registered_spends_or_receives(currency, citizen, stranger, treasurer):
    refused = ("LocalCurrency_NotRegistered", (stranger.address,))
    assert refusal(currency.transfer, stranger, 1, sender=citizen) == refused
    assert refusal(currency.transfer, citizen, 0, sender=stranger) == refused
    assert refusal(currency.issue, stranger, 1, REFERENCE, sender=treasurer) == refused
    assert refusal(currency.melt, stranger, sender=citizen) == refused
    assert refusal(currency.transfer, NOBODY, 1, sender=citizen) == ("LocalCurrency_NotRegistered", (NOBODY,))


def test_who_is_suspended_spends_and_does_not_receive(currency, residents, registrar, citizen, merchant):
    residents.suspend(citizen, HASH, sender=registrar)
    refused = ("LocalCurrency_Suspended", (citizen.address,))
    assert refusal(currency.transfer, citizen, 1, sender=merchant) == refused
    assert refusal(currency.transfer, merchant, 10_000, sender=citizen) is None
    residents.reinstate(citizen, HASH, sender=registrar)
    assert refusal(currency.transfer, citizen, 1, sender=merchant) is None


def test_who_is_frozen_neither_spends_nor_receives(currency, court, citizen, merchant):
    receipt = currency.freeze(citizen, HASH, sender=court)
    assert [bytes(log.orderHash) for log in receipt.events if log.event_name == "Frozen"] == [HASH]
    refused = ("LocalCurrency_Frozen", (citizen.address,))
    assert refusal(currency.transfer, merchant, 1, sender=citizen) == refused
    assert refusal(currency.transfer, citizen, 1, sender=merchant) == refused
    assert refusal(currency.melt, citizen, sender=merchant) == refused
    assert refusal(currency.freeze, citizen, HASH, sender=court) == (
        "LocalCurrency_FreezeUnchanged", (citizen.address, True),
    )  # fmt: skip
    currency.unfreeze(citizen, HASH, sender=court)
    assert refusal(currency.transfer, merchant, 10_000, sender=citizen) is None
    assert refusal(currency.unfreeze, citizen, HASH, sender=court) == (
        "LocalCurrency_FreezeUnchanged", (citizen.address, False),
    )  # fmt: skip


def test_the_commons_always_receives(currency, residents, registrar, court, commons):
    refused = ("LocalCurrency_CommonsMustReceive", (commons.address,))
    assert refusal(currency.freeze, commons, HASH, sender=court) == refused
    assert refusal(residents.suspend, commons, HASH, sender=registrar) == refused
    assert refusal(residents.depart, commons, sender=registrar) == refused


def test_nobody_leaves_with_money(currency, residents, registrar, citizen, merchant):
    answer = refusal(residents.depart, citizen, sender=registrar)
    assert answer == ("LocalCurrency_BalanceRemains", (citizen.address, 10_000))
    currency.transfer(merchant, 10_000, sender=citizen)
    residents.depart(citizen, sender=registrar)
    assert currency.accountOf(citizen).kind == NONE


def test_a_strangers_cent_holds_nobody(currency, residents, registrar, commons, citizen, merchant):
    currency.transfer(merchant, 10_000, sender=citizen)
    currency.transfer(citizen, 1, sender=merchant)
    before = currency.balanceOf(commons)
    residents.depart(citizen, sender=registrar)
    assert (currency.balanceOf(citizen), currency.balanceOf(commons) - before) == (1, 0)


def test_what_was_allowed_before_leaving_is_allowed_no_more(
    currency, residents, registrar, treasurer, citizen, merchant, stranger
):
    currency.approve(stranger, 10_000, sender=citizen)
    currency.transfer(merchant, 10_000, sender=citizen)
    residents.depart(citizen, sender=registrar)
    residents.inform(currency, [citizen], sender=stranger)
    residents.enrol(CITIZEN, [citizen], [], sender=registrar)
    currency.issue(citizen, 500, HASH[::-1], sender=treasurer)

    assert currency.allowance(citizen, stranger) == 0
    answer = refusal(currency.transferFrom, citizen, merchant, 1, sender=stranger)
    assert answer == ("ERC20InsufficientAllowance", (stranger.address, 0, 1))
    currency.approve(stranger, 5, sender=citizen)
    currency.transferFrom(citizen, merchant, 5, sender=stranger)


def test_a_frozen_account_does_not_thaw_by_leaving_and_coming_back(
    currency, residents, registrar, court, citizen, merchant
):
    currency.transfer(merchant, 10_000, sender=citizen)
    currency.freeze(citizen, HASH, sender=court)
    residents.depart(citizen, sender=registrar)
    residents.enrol(CITIZEN, [citizen], [], sender=registrar)
    assert currency.accountOf(citizen).frozen


@pytest.mark.parametrize(("commons_name", "fee"), [(None, 500), ("commons", 10_001)])
def test_a_charter_without_commons_or_with_a_fee_above_all_is_refused(project, people, commune, commons_name, fee):
    who = people[commons_name] if commons_name else NOBODY
    charter = ("B", "B", commune.town, commune.residents, who, 1 << PROFESSIONAL, fee, 0, 0, 86_400, NOBODY)
    initcode = project.LocalCurrency.constructor.encode_input(charter)
    code = project.LocalCurrency.contract_type.deployment_bytecode.bytecode + initcode.hex().removeprefix("0x")
    with pytest.raises(Exception, match=r"(?i)0x[0-9a-f]{8}") as refused:
        chain.provider.web3.eth.call({"from": people["mayor"].address, "data": code})
    assert keccak(text="LocalCurrency_InvalidCharter()")[:4].hex() in str(refused.value)


def test_nobody_burns_so_that_supply_leaves_what_is_owed(currency):
    """Others: a public burn that broke supply = debt; a `seal()` open to anyone. Ours burns only what it then owes."""
    names = {abi.name.lower() for abi in currency.contract_type.mutable_methods}
    assert not {name for name in names if "burn" in name or "mint" in name or "seal" in name}


def test_no_list_grows_by_others_so_that_paying_gets_dearer(currency, residents, registrar, citizen, merchant, people):
    """Com'Chain: up to 823,000 gas. What others approve changes nothing in what a payment costs."""
    currency.transfer(merchant, 1, sender=citizen)
    before = currency.transfer(merchant, 1, sender=citizen).gas_used
    others = [it for it in people.values() if not residents.isActive(it)]
    residents.enrol(CITIZEN, others, [], sender=registrar)
    for other in others:
        currency.approve(citizen, 5, sender=other)
        currency.approve(merchant, 5, sender=other)
    assert currency.transfer(merchant, 1, sender=citizen).gas_used == before
