"""Sales on a chain, from the draft to the money, as the library drives them."""

from dataclasses import replace

import pytest
from eth_account import Account

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.chain.sender import TransactionFailedError
from beffroi.land import deeds
from beffroi.land.deeds import LOAN, Loan, Payoff, Right, SaleTerms, TermsError
from beffroi.land.drafting import all_rights, assess
from beffroi.land.registry import LandError
from beffroi.land.sale import SaleState
from beffroi.land.shares import RightKind
from beffroi.units import DAY_S
from testbed.estate import HOUSE, PAPER, PRICE_CENTS
from testbed.town import NOTARY, POSTER, REGISTRAR


def charge(estate, creditor, amount_cents, parcel=HOUSE):
    due_day = estate.offices.now_s() // DAY_S + 3650
    inscribed = (parcel.token_id, creditor.address, amount_cents, due_day, PAPER)
    estate.concur(estate.offices.charges, "inscribe", *inscribed)


def opened(estate, terms):
    return estate.sales.open(NOTARY, terms, estate.sign(deeds.compromis(terms), estate.ada, estate.bob))


@pytest.fixture
def rich_terms(estate):
    """Terms with something in every member."""
    charge(estate, estate.bank, 100_000_00)
    terms = estate.terms(conditions=LOAN, loan=Loan(estate.lender.address, 90_000_00, 30_000), usufruct_bps=4_000)
    halves = (Right(estate.bob.address, RightKind.BARE, 1), Right(estate.cleo.address, RightKind.USUFRUCT, 1))
    return replace(terms, bought=halves)


def test_digests_are_the_contracts_and_a_wallets(estate, rich_terms):
    offices, terms = estate.offices, rich_terms
    domain, conveyance = offices.domain(offices.conveyance), offices.conveyance

    def digest(function, *args):
        return conveyance.read(offices.rpc, function, *args)

    assert terms.hash == digest("hashTerms", terms.as_tuple())
    expected = [
        (deeds.compromis(terms), digest("compromisDigest", terms.as_tuple())),
        (deeds.deed(7, terms), digest("deedDigest", 7, terms.hash)),
        (deeds.amendment(7, PAPER, terms), digest("amendmentDigest", 7, PAPER, terms.hash)),
        (deeds.rescission(7), digest("rescissionDigest", 7)),
        (deeds.retraction(7), digest("retractionDigest", 7)),
    ]
    for slip, theirs in expected:
        assert slip.digest(domain) == theirs, slip.purpose
        by_wallet = Account.sign_typed_data(estate.ada.secret, full_message=slip.typed_data(domain))
        assert bytes(by_wallet.signature) == estate.ada.sign(theirs), slip.purpose


def test_terms_survive_json_and_events(estate, rich_terms):
    assert SaleTerms.parse(rich_terms.plain()) == rich_terms
    terms = estate.terms()
    assert estate.sales.terms_of(opened(estate, terms)) == terms


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("price_cents",), "-1", "terms.price_cents is no uint256"),
        (("price_cents",), True, "terms.price_cents is no uint256"),
        (("documentHash",), "0x12", "terms.documentHash is no bytes32"),
        (("loan", "lender"), "0x12", "terms.loan.lender is no address"),
        (("sold", 0, "kind"), "3", "terms.sold.0.kind is no uint8"),
        (("payoffs", 0, "stays"), "no", "terms.payoffs.0.stays is no bool"),
        (("funding",), 5, r"terms.funding is no Payment\[\]"),
        (("extra",), 5, "terms has not exactly the members title, version"),
    ],
)
def test_terms_that_are_wrong_are_named(rich_terms, path, value, message):
    plain = rich_terms.plain()
    *way, last = path
    inner = plain
    for step in way:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(TermsError, match=message):
        SaleTerms.parse(plain)


def test_a_house_with_a_mortgage_is_sold_on_credit(estate):
    charge(estate, estate.bank, 100_000_00)
    terms = estate.terms(loan=Loan(estate.lender.address, 90_000_00, 30_000), conditions=LOAN)
    assert terms.tax_cents == 11_613_30  # 5.80665 %
    sale = opened(estate, terms)
    estate.pay_in(sale, estate.bob, 20_000_00)
    assert estate.sales.status(sale).state is SaleState.DEPOSITED
    estate.pay_in(sale, estate.lender, 90_000_00)
    estate.sales.meet_condition(NOTARY, sale, LOAN, PAPER)
    estate.pay_in(sale, estate.bob, estate.sales.left_to_pay(sale, terms)[estate.bob.address], salt=PAPER)
    assert set(estate.sales.left_to_pay(sale, terms).values()) == {0}

    estate.pass_days(12)
    signers = (estate.ada, estate.bob, estate.lender)
    assert estate.sales.deed_parties(terms) == tuple(key.address for key in signers)
    estate.sales.settle(NOTARY, sale, terms, estate.sign(deeds.deed(sale, terms), *signers))

    assert estate.offices.title(HOUSE).owner == estate.bob.address
    assert [it.creditor for it in estate.offices.charges_on(HOUSE)] == [estate.lender.address]
    assert estate.balance(estate.bank.address) == 100_000_00
    assert estate.balance(estate.ada.address) == PRICE_CENTS - 100_000_00
    assert estate.balance(NOTARY.address) == 3_000_00
    assert estate.balance(estate.offices.conveyance.address) == 0


def test_nobody_is_forgotten_among_the_signatures(estate):
    terms = estate.terms()
    with pytest.raises(LandError, match=f"the compromis lacks the signatures of {estate.bob.address}"):
        estate.sales.open(NOTARY, terms, estate.sign(deeds.compromis(terms), estate.ada))


def test_a_mortgage_that_stays_needs_its_creditor(estate):
    charge(estate, estate.bank, 100_000_00)
    terms = estate.terms()
    terms = replace(terms, payoffs=(Payoff(terms.payoffs[0].charge, 0, stays=True),))
    assert estate.sales.deed_parties(terms) == (estate.ada.address, estate.bob.address, estate.bank.address)


def test_mortgages_above_the_price_are_told_before_anybody_signs(estate):
    charge(estate, estate.bank, PRICE_CENTS + 1)
    with pytest.raises(LandError, match="more than the price"):
        estate.terms()


def test_a_buyer_retracts_by_a_slip_and_takes_the_deposit_back(estate):
    terms = estate.terms()
    sale = opened(estate, terms)
    estate.pay_in(sale, estate.bob, 20_000_00)
    (signature,) = estate.sign(deeds.retraction(sale), estate.bob).values()
    estate.sales.retract(POSTER, sale, terms, estate.bob.address, signature)

    assert estate.sales.refund(POSTER, sale, estate.bob.address) == (20_000_00, True)
    assert estate.balance(estate.bob.address) == 1_000_000_00
    with pytest.raises(TransactionFailedError, match="NothingOwed"):
        estate.sales.refund(POSTER, sale, estate.bob.address)


def test_a_seller_who_cannot_receive_has_the_price_paid_to_another_by_its_slip(estate):
    terms = estate.terms()
    sale = opened(estate, terms)
    estate.pay_in(sale, estate.bob, terms.due_cents)
    estate.pass_days(12)
    estate.act(REGISTRAR, estate.offices.residents, "suspend", estate.ada.address, PAPER)
    estate.sales.settle(NOTARY, sale, terms, estate.sign(deeds.deed(sale, terms), estate.ada, estate.bob))
    assert estate.balance(estate.ada.address) == 0

    slip = slips.withdrawal(estate.ada.address, estate.cleo.address, estate.offices.now_s() + DAY_S)
    before = estate.balance(estate.cleo.address)
    (forged,) = estate.sign(slip, estate.bob).values()
    with pytest.raises(TransactionFailedError, match="NotSignedBy"):
        estate.sales.withdraw_to(POSTER, slip, forged)
    (signature,) = estate.sign(slip, estate.ada).values()
    assert estate.sales.withdraw_to(POSTER, slip, signature) == terms.price_cents
    assert estate.balance(estate.cleo.address) - before == terms.price_cents


def test_a_sale_left_alone_expires_and_both_may_give_it_up(estate):
    terms = estate.terms()
    sale = opened(estate, terms)
    with pytest.raises(TransactionFailedError, match="TooEarly"):
        estate.sales.expire(POSTER, sale)
    estate.pass_days(11)
    estate.sales.expire(POSTER, sale)
    assert estate.sales.status(sale).state is SaleState.CANCELLED

    again = estate.terms()
    sale = opened(estate, again)
    estate.sales.rescind(POSTER, sale, again, estate.sign(deeds.rescission(sale), estate.ada, estate.bob))
    assert estate.sales.status(sale).state is SaleState.CANCELLED


def test_a_buyer_who_lost_her_key_pays_signs_and_is_refunded_by_the_new_one(estate):
    terms, successor = estate.terms(), Key.derived("estate", "bob's new phone")
    sale = opened(estate, terms)
    residents = estate.offices.residents
    estate.act(REGISTRAR, residents, "proposeRecovery", estate.bob.address, successor.address, PAPER)
    estate.rpc.call("evm_increaseTime", 15 * DAY_S)
    estate.rpc.call("evm_mine")
    estate.act(REGISTRAR, residents, "recover", estate.bob.address)
    later = replace(terms, deposit_by=terms.settle_by, retract_until=estate.offices.now_s() + 11 * DAY_S)
    signatures = estate.sign(deeds.amendment(sale, terms.hash, later), estate.ada, successor)
    signatures[estate.bob.address] = signatures[successor.address]
    estate.sales.amend(NOTARY, sale, terms, later, signatures)

    slip = estate.sales.funding_slip(
        estate.sales.status(sale).terms_hash, successor.address, 20_000_00, PAPER, estate.offices.now_s() + DAY_S
    )
    signature = successor.sign(slip.digest(estate.offices.domain(estate.offices.money)))
    with pytest.raises(TransactionFailedError, match="NotPledged"):
        estate.sales.fund_by_slip(POSTER, sale, slip, PAPER, signature)
    estate.sales.fund_by_slip(POSTER, sale, slip, PAPER, signature, estate.bob.address)
    assert estate.sales.status(sale).state is SaleState.DEPOSITED
    (retracted,) = estate.sign(deeds.retraction(sale), successor).values()
    estate.sales.retract(POSTER, sale, later, estate.bob.address, retracted)
    assert estate.sales.refund(POSTER, sale, estate.bob.address) == (20_000_00, True)
    assert estate.balance(successor.address) == 1_000_000_00


def test_terms_change_with_everybodys_signature(estate):
    old = estate.terms()
    sale = opened(estate, old)
    new = replace(old, settle_by=old.settle_by + 30 * DAY_S)
    signatures = estate.sign(deeds.amendment(sale, old.hash, new), estate.ada, estate.bob)
    estate.sales.amend(NOTARY, sale, old, new, signatures)
    assert estate.sales.terms_of(sale) == new


def test_the_town_preempts_what_was_declared(estate):
    offices = estate.offices
    estate.of_clerk(offices.planning, "openZone", True, 62 * DAY_S, PAPER)
    estate.of_clerk(offices.planning, "place", 1, [HOUSE.token_id])
    terms = estate.terms()
    sale = opened(estate, terms)
    estate.pay_in(sale, estate.bob, 20_000_00)
    estate.sales.declare(NOTARY, terms)
    estate.of_clerk(offices.planning, "preempt", terms.hash, PAPER)
    estate.sales.cancel_preempted(POSTER, sale)
    assert estate.sales.refund(POSTER, sale, estate.bob.address) == (20_000_00, True)


def test_everything_that_several_sell_is_bought_by_one(estate):
    rights = [Right(estate.ada.address, RightKind.FULL, 1), Right(estate.bob.address, RightKind.BARE, 1)]
    rights.append(Right(estate.cleo.address, RightKind.USUFRUCT, 1))
    assert all_rights(estate.lender.address, rights) == (Right(estate.lender.address, RightKind.FULL, 2),)


def test_a_price_without_a_rate_is_refused_in_words(estate):
    with pytest.raises(LandError, match="land tax rates"):
        assess(estate.offices, PRICE_CENTS, 1)
