"""Lists of residents, grants and payments: done once, resumed from what the chain has, refused when they changed."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from beffroi import residents as register_of
from beffroi import slips
from beffroi.chain import sizing
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.order import OrderState, RevertsError
from beffroi.currency import issuing, movements, paying
from beffroi.currency.issuing import Grant, IssueChangedError, NotCoveredError, reference
from beffroi.eip712 import Domain
from beffroi.errors import InputError
from beffroi.residents import Resident, ResidentKind
from beffroi.roll import verify
from beffroi.units import ETHER
from testbed.town import AUDITOR, MAYOR, REGISTRAR, TREASURER

RECEIPT = reference("bank transfer 2026-11-01")


@pytest.fixture
def keys():
    return [Key.derived("lists", number) for number in range(12)]


@pytest.fixture
def listed(keys):
    kinds = [ResidentKind.CITIZEN, ResidentKind.PROFESSIONAL, ResidentKind.CITIZEN, ResidentKind.COMMONS]
    return [Resident(key.address, kinds[number % 4]) for number, key in enumerate(keys)]


@pytest.fixture
def populated(town, listed):
    register_of.enrol(town.rpc, town.residents, REGISTRAR, listed)
    town.does(AUDITOR, town.currency, "attestReserve", 100_000, b"\1" * 32)
    return town


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(issuing, "GRANTS_IN_PART", 5)


def grants(keys, amount=1_000):
    return [Grant(key.address, amount + number) for number, key in enumerate(keys)]


def issue(town, listed):
    left = issuing.compare(town.rpc, town.currency, listed, RECEIPT)
    return issuing.issue(town.rpc, town.currency, TREASURER, left.to_issue)


def populations(town):
    return Counter({kind: town.residents.read(town.rpc, "population", int(kind)) for kind in ResidentKind})


def test_residents_are_enrolled_by_kind_and_not_twice(town, listed):
    done, before = [], populations(town)
    outcomes = register_of.enrol(town.rpc, town.residents, REGISTRAR, listed, done.append)
    assert (register_of.enrolled(outcomes, town.residents), sum(done)) == (12, 12)
    assert populations(town) - before == {
        ResidentKind.CITIZEN: 6,
        ResidentKind.PROFESSIONAL: 3,
        ResidentKind.COMMONS: 3,
    }
    again = register_of.compare(town.rpc, town.residents, listed)
    assert (again.to_enrol, again.already, again.conflicts) == ([], listed, {})


def test_a_register_that_was_half_filled_is_filled(town, listed):
    register_of.enrol(town.rpc, town.residents, REGISTRAR, listed[:7])
    left = register_of.compare(town.rpc, town.residents, listed)
    assert left.to_enrol == listed[7:]
    register_of.enrol(town.rpc, town.residents, REGISTRAR, left.to_enrol)
    assert register_of.compare(town.rpc, town.residents, listed).already == listed


def test_who_is_enrolled_as_something_else_is_a_conflict(town, listed):
    register_of.enrol(town.rpc, town.residents, REGISTRAR, listed[:1])
    other = Resident(listed[0].account, ResidentKind.PUBLIC_BODY)
    found = register_of.compare(town.rpc, town.residents, [other])
    assert found.conflicts == {other.account: "is on the register: citizen, active"}


def test_commitments_are_in_the_events(town, keys):
    residents = [
        Resident(keys[0].address, ResidentKind.CITIZEN, b"\7" * 32),
        Resident(keys[1].address, ResidentKind.CITIZEN),
    ]
    register_of.enrol(town.rpc, town.residents, REGISTRAR, residents)
    events = {it.args["account"]: it.args["commitment"] for it in town.residents.events(town.rpc, "Enrolled")}
    assert (events[keys[0].address], events[keys[1].address]) == (b"\7" * 32, bytes(32))


def test_whoever_is_not_the_registrar_enrols_nobody(town, listed):
    with pytest.raises(RevertsError, match=r"AccessManagedUnauthorized.*nothing was sent"):
        register_of.enrol(town.rpc, town.residents, TREASURER, listed)


def test_an_enrolment_stays_under_the_gas_of_a_transaction(town, monkeypatch):
    monkeypatch.setattr(sizing, "TARGET_GAS", 500_000)
    many = [Resident(Key.derived("many", number).address, ResidentKind.CITIZEN) for number in range(40)]
    outcomes = register_of.enrol(town.rpc, town.residents, REGISTRAR, many)
    assert len(outcomes) > 3
    assert max(it.gas_used for it in outcomes) <= 500_000
    assert register_of.enrolled(outcomes, town.residents) == 40


def test_the_roll_has_everyone_active_and_nobody_else_whoever_draws_it(populated, keys):
    town = populated
    town.does(REGISTRAR, town.residents, "suspend", keys[0].address, b"\1" * 32)
    town.does(REGISTRAR, town.residents, "depart", keys[2].address)
    block = int(town.rpc.call("eth_blockNumber"), 16)
    town.does(REGISTRAR, town.residents, "depart", keys[4].address)

    roll, seal = register_of.draw_roll(town.rpc, town.residents, {ResidentKind.CITIZEN}, block)

    citizens = sorted((key.address for key in keys[::2] if key not in (keys[0], keys[2])), key=str.lower)
    assert list(roll.accounts()) == citizens
    assert verify(roll.root, 1, citizens[1], roll.proof(1))
    assert (seal.root, seal.size, seal.chain, seal.block) == ("0x" + roll.root.hex(), len(citizens), 31337, block)
    assert (seal.contract, dt.date.fromisoformat(seal.date).year >= 2026) == (town.residents.address, True)


@pytest.mark.usefixtures("small_parts")
def test_grants_are_issued_in_parts_and_not_twice(populated, keys):
    town, listed = populated, grants(keys)
    outcomes = issue(town, listed)
    assert [it.state for it in outcomes] == [OrderState.DONE] * 3
    assert town.currency.reads(town.rpc, "balanceOf", [(it.account,) for it in listed]) == [
        it.amount_cents for it in listed
    ]
    assert issue(town, listed) == []


@pytest.mark.usefixtures("small_parts")
def test_an_issue_that_stopped_midway_issues_the_rest(populated, keys):
    town, listed = populated, grants(keys)
    left = issuing.compare(town.rpc, town.currency, listed, RECEIPT)
    issuing.issue(town.rpc, town.currency, TREASURER, [left.to_issue[0], left.to_issue[2]])
    again = issuing.compare(town.rpc, town.currency, listed, RECEIPT)
    assert (again.to_issue, again.already) == ([left.to_issue[1]], [left.to_issue[0], left.to_issue[2]])
    issue(town, listed)
    assert town.currency.read(town.rpc, "totalSupply") == sum(it.amount_cents for it in listed)


CHANGES = {
    "longer": lambda listed, keys: [*listed, Grant(keys[11].address, 1)],
    "longer by a part": lambda listed, keys: [*listed, *grants(keys[5:], 7)],
    "shorter": lambda listed, _: listed[:-1],
    "in another order": lambda listed, _: listed[::-1],
    "with another amount": lambda listed, _: [*listed[:-1], Grant(listed[-1].account, 1)],
    "with another account": lambda listed, keys: [*listed[:-1], Grant(keys[11].address, listed[-1].amount_cents)],
}


@pytest.mark.parametrize("length", [4, 5, 7])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.usefixtures("small_parts")
def test_a_list_that_changed_after_it_was_begun_issues_nothing_more_under_its_receipt(populated, keys, length, change):
    town, listed = populated, grants(keys)[:length]
    left = issuing.compare(town.rpc, town.currency, listed, RECEIPT)
    issuing.issue(town.rpc, town.currency, TREASURER, left.to_issue[:1])
    with pytest.raises(IssueChangedError, match="use the list of the first run"):
        issuing.compare(town.rpc, town.currency, change(listed, keys), RECEIPT)


@pytest.mark.usefixtures("small_parts")
def test_two_lists_begun_at_once_under_one_receipt_are_not_both_issued(populated, keys):
    town, listed = populated, grants(keys)
    left = [issuing.compare(town.rpc, town.currency, some, RECEIPT).to_issue for some in (listed[:7], listed)]
    first = issuing.issue(town.rpc, town.currency, TREASURER, left[0])
    assert [it.state for it in first] == [OrderState.DONE] * 2
    with pytest.raises(RevertsError, match="ReferenceUsed"):
        issuing.issue(town.rpc, town.currency, TREASURER, left[1])
    assert town.currency.read(town.rpc, "totalSupply") == sum(it.amount_cents for it in listed[:7])


def test_a_receipt_is_used_on_chain_and_refused_when_the_node_lacks_its_issue(populated, keys):
    town, listed = populated, grants(keys)
    issue(town, listed)
    assert town.currency.read(town.rpc, "isReferenceUsed", RECEIPT)
    with pytest.raises(IssueChangedError, match="the node lacks its"):
        issuing.compare(town.rpc, town.currency, listed, RECEIPT, first=town.rpc.number("eth_blockNumber") + 1)


def test_a_receipt_that_a_settlement_used_is_refused(populated, keys):
    town, paid_out, _ = populated, reference("bank transfer 2"), issue(populated, grants(keys))
    town.rpc.call("anvil_setBalance", keys[1].address, hex(ETHER))
    town.does(keys[1], town.currency, "redeem", 1_001, bytes(32))
    town.does(TREASURER, town.currency, "settle", 1, paid_out)
    with pytest.raises(IssueChangedError, match="it settled redemptions"):
        issuing.compare(town.rpc, town.currency, grants(keys), paid_out)


def test_more_than_the_reserve_covers_is_refused_with_what_is_missing(populated, keys):
    with pytest.raises(NotCoveredError, match=r"1,000\.03 is left .* covers 1,000\.00: .* attest 0\.03 more"):
        issuing.compare(populated.rpc, populated.currency, [Grant(keys[0].address, 100_003)], RECEIPT)


@pytest.fixture
def purse(populated, keys):
    """Ada's: 100.00, and ether for gas."""
    issue(populated, [Grant(keys[0].address, 10_000)])
    populated.rpc.call("anvil_setBalance", keys[0].address, hex(10**18))
    return keys[0]


def invoices(keys, count=3):
    return [paying.Payment(keys[1 + place].address, 100 + place, reference(f"F-{place}")) for place in range(count)]


def test_payments_are_made_once_and_a_reference_pays_one_thing(populated, purse, keys):
    town, ada, listed = populated, purse, invoices(keys)
    first = paying.compare(town.rpc, town.currency, ada.address, listed[:2])
    assert paying.pay(town.rpc, town.currency, ada, first.to_pay).carried_out == 2
    again = paying.compare(town.rpc, town.currency, ada.address, listed)
    assert (again.already, again.to_pay, again.conflicts, again.repeated) == (listed[:2], listed[2:], {}, {})

    bob, cid = keys[1], keys[2]
    other = paying.compare(town.rpc, town.currency, ada.address, [paying.Payment(cid.address, 1, reference("F-0"))])
    assert other.conflicts == {0: f"this reference already paid 1.00 to {bob.address}"}
    assert town.currency.read(town.rpc, "balanceOf", ada.address) == 10_000 - 201


def test_a_payment_made_twice_is_refused_by_the_contract_even_when_nothing_was_compared(populated, purse, keys):
    town, listed = populated, invoices(keys)
    paying.pay(town.rpc, town.currency, purse, listed)
    again = paying.pay(town.rpc, town.currency, purse, listed)
    assert again.carried_out == 0
    assert all("SlipUsed" in why for why in again.refused.values())
    assert town.currency.read(town.rpc, "balanceOf", purse.address) == 10_000 - 303


def test_a_reference_that_paid_by_a_wallets_own_transaction_is_not_paid_again(populated, purse, keys):
    town, (bill, *_) = populated, invoices(keys)
    town.does(purse, town.currency, "pay", bill.to, bill.amount_cents, bill.ref)
    found = paying.compare(town.rpc, town.currency, purse.address, [bill])
    assert (found.already, found.to_pay, found.repeated) == ([bill], [], {})


def test_references_that_paid_more_than_once_are_told(populated, purse, keys):
    town, (bill, other, _) = populated, invoices(keys)
    for _ in range(2):
        town.does(purse, town.currency, "pay", bill.to, bill.amount_cents, bill.ref)
    paying.pay(town.rpc, town.currency, purse, [bill, other])
    found = paying.compare(town.rpc, town.currency, purse.address, [bill, other])
    assert found.repeated == {bill.ref: [bill] * 3}


def test_a_reference_that_was_cancelled_pays_nothing(populated, purse, keys):
    town, (bill, *_) = populated, invoices(keys)
    slip = slips.cancel(purse.address, int.from_bytes(bill.ref))
    domain = Domain(town.currency.read(town.rpc, "name"), town.rpc.number("eth_chainId"), town.currency.address)
    by_bytes = [it for it in town.currency.abi if it.get("name") == "cancelAuthorization" and len(it["inputs"]) == 3]
    currency = Contract(town.currency.address, by_bytes)
    town.does(MAYOR, currency, "cancelAuthorization", purse.address, bill.ref, purse.sign(slip.digest(domain)))
    found = paying.compare(town.rpc, town.currency, purse.address, [bill])
    assert (found.to_pay, list(found.conflicts)) == ([], [0])
    assert "is spent" in found.conflicts[0]


def test_a_list_with_one_reference_twice_pays_neither_second(populated, purse, keys):
    bill, other, _ = invoices(keys)
    listed = [bill, replace(other, ref=bill.ref), bill]
    found = paying.compare(populated.rpc, populated.currency, purse.address, listed)
    assert (found.to_pay, list(found.conflicts)) == ([bill], [1, 2])


def test_a_statement_names_the_reference_of_what_was_paid_by_slip(populated, purse, keys):
    town, listed = populated, invoices(keys)
    paying.pay(town.rpc, town.currency, purse, listed)
    last = town.rpc.number("eth_blockNumber")
    moved = movements.movements(town.rpc, town.currency, town.residents, 0, last)
    paid = [(it.nature, it.payee, it.amount_cents, it.ref) for it in moved if it.payer == purse.address]
    assert paid == [(movements.Nature.PAID, it.to, it.amount_cents, it.ref) for it in listed]


def test_a_reference_in_hexadecimal_stands_for_itself():
    assert reference("0x" + "ab" * 32) == b"\xab" * 32
    assert reference("0xab") != reference("0xAB")


@pytest.mark.parametrize("text", ["0x" + "zz" * 32, "0X" + "ab" * 32, "0x" + "ab" * 31 + "é1"])
def test_a_reference_that_only_looks_like_hexadecimal_is_refused(text):
    with pytest.raises(InputError, match="begins like a reference in hexadecimal"):
        reference(text)


@pytest.mark.parametrize("number", [0, 63, 64, 2**64 - 1])
def test_a_number_that_wallets_count_is_no_reference_to_pay_by(number):
    with pytest.raises(InputError, match="wallets give"):
        paying.reference(f"0x{number:064x}")
    assert paying.reference(f"0x{2**64 + number:064x}") == (2**64 + number).to_bytes(32)
