"""Certificates of title with the history that the events tell."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from beffroi.chain.keys import Key
from beffroi.land import deeds
from beffroi.land.certificate import Burden, TitleEvent, TitleStatus, render
from beffroi.land.certificate.facts import CertificateError
from beffroi.land.certifying import certify, read_facts
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.land.shares import RightKind
from beffroi.units import DAY_S
from testbed.estate import FIELD, HOUSE, PAPER
from testbed.town import COURT, NOTARY, REGISTRAR

LEFT, RIGHT = ParcelId("59999000AB0101"), ParcelId("59999000AB0102")


def facts_of(estate, parcel=HOUSE, block=None):
    return read_facts(estate.offices, parcel, block)


def events_of(estate, parcel=HOUSE):
    return [line.event for line in facts_of(estate, parcel).history]


def inscribe(estate, amount_cents=50_000_00):
    due_day = estate.offices.now_s() // DAY_S + 3650
    estate.concur(estate.offices.charges, "inscribe", HOUSE.token_id, estate.bank.address, amount_cents, due_day, PAPER)


def divide(estate):
    version = estate.offices.title(HOUSE).version
    children = [(LEFT.token_id, 300, PAPER), (RIGHT.token_id, 200, PAPER)]
    estate.concur(estate.offices.register, "divide", HOUSE.token_id, version, children, PAPER)


def test_a_sale_is_in_the_history_with_what_it_paid_off(estate):
    inscribe(estate)
    terms = estate.terms()
    sale = estate.sales.open(NOTARY, terms, estate.sign(deeds.compromis(terms), estate.ada, estate.bob))
    assert facts_of(estate).status is TitleStatus.UNDER_SALE
    estate.pay_in(sale, estate.bob, terms.due_cents)
    estate.pass_days(12)
    estate.sales.settle(NOTARY, sale, terms, estate.sign(deeds.deed(sale, terms), estate.ada, estate.bob))

    facts = facts_of(estate)
    assert [line.event for line in facts.history] == [
        TitleEvent.REGISTERED,
        TitleEvent.CHARGED,
        TitleEvent.SALE_OPENED,
        TitleEvent.CONVEYED,
        TitleEvent.DISCHARGED,
    ]
    (holder,) = facts.holders
    assert (holder.account, holder.fraction, holder.since) == (estate.bob.address, 1, facts.block_time.date())
    assert facts.charges == ()
    assert facts.status is TitleStatus.FREE


def test_a_certificate_of_an_earlier_block_says_what_was_true_then(estate):
    before = int(estate.rpc.call("eth_blockNumber"), 16)
    inscribe(estate)
    assert facts_of(estate, block=before).charges == ()
    (charge,) = facts_of(estate).charges
    assert (charge.amount_cents, charge.creditor, charge.document_hash) == (50_000_00, estate.bank.address, PAPER)


def test_a_division_is_told_on_both_sides_and_carries_the_charge(estate):
    inscribe(estate)
    divide(estate)
    parent, child = facts_of(estate), facts_of(estate, LEFT)
    assert parent.status is TitleStatus.RETIRED
    assert parent.holders == ()
    assert (parent.history[-1].event, parent.history[-1].detail) == (TitleEvent.DIVIDED, "→ AB 101, AB 102")
    assert (child.history[0].event, child.history[0].detail) == (TitleEvent.DIVIDED, "← AB 1")
    assert [it.document_hash for it in child.charges] == [PAPER]
    with pytest.raises(LandError, match="divided or merged away"):
        estate.offices.title(HOUSE)


def test_a_merger_is_told_on_both_sides(estate):
    divide(estate)
    whole = ParcelId("59999000AB0103")
    versions = [estate.offices.title(it).version for it in (LEFT, RIGHT)]
    merged = ([LEFT.token_id, RIGHT.token_id], versions, (whole.token_id, 500, PAPER), PAPER)
    estate.concur(estate.offices.register, "merge", *merged)
    assert facts_of(estate, LEFT).history[-1].detail == "→ AB 103"
    assert facts_of(estate, whole).history[0].detail == "← AB 101, AB 102"


def test_co_owners_hold_since_the_act_that_gave_them_their_share(estate):
    rights = [(estate.ada.address, 1, 1), (estate.bob.address, 2, 1)]
    version = estate.offices.title(HOUSE).version
    estate.concur(estate.offices.register, "enact", 1, HOUSE.token_id, version, 1, rights, PAPER)
    given = facts_of(estate).block_time.date()
    estate.pass_days(40)
    rights = [(estate.ada.address, 1, 2), (estate.bob.address, 2, 1), (estate.cleo.address, 2, 1)]
    version = estate.offices.title(HOUSE).version
    estate.concur(estate.offices.register, "enact", 0, HOUSE.token_id, version, 2, rights, PAPER)

    facts = facts_of(estate)
    assert events_of(estate) == [TitleEvent.REGISTERED, TitleEvent.GIFT, TitleEvent.SUCCESSION]
    held = {(it.account, it.kind): (it.fraction, it.since) for it in facts.holders}
    assert held[estate.ada.address, RightKind.BARE] == (1, given)
    assert held[estate.bob.address, RightKind.USUFRUCT] == (Fraction(1, 2), facts.block_time.date())
    assert held[estate.cleo.address, RightKind.USUFRUCT] == (Fraction(1, 2), facts.block_time.date())


def test_a_caveat_and_a_freeze_bar_the_title_while_they_last(estate):
    until = estate.offices.now_s() + 30 * DAY_S
    estate.act(REGISTRAR, estate.offices.register, "caveat", HOUSE.token_id, until, PAPER)
    facts = facts_of(estate)
    assert (facts.status, [it.kind for it in facts.burdens]) == (TitleStatus.BARRED, [Burden.CAVEAT])
    estate.pass_days(31)
    assert facts_of(estate).status is TitleStatus.FREE
    estate.act(COURT, estate.offices.register, "setFrozenTokens", estate.ada.address, HOUSE.token_id, True)
    assert facts_of(estate).status is TitleStatus.FROZEN
    assert events_of(estate) == [TitleEvent.REGISTERED, TitleEvent.BURDENED, TitleEvent.FROZEN]
    assert events_of(estate, FIELD) == [TitleEvent.REGISTERED]


def test_a_recovered_key_holds(estate):
    successor = Key.derived("estate", "ada's new phone")
    residents = estate.offices.residents
    estate.act(REGISTRAR, residents, "proposeRecovery", estate.ada.address, successor.address, PAPER)
    estate.pass_days(15)
    estate.act(REGISTRAR, residents, "recover", estate.ada.address)
    assert [it.account for it in facts_of(estate).holders] == [successor.address]


def test_the_page_is_drawn_from_the_cadastre_that_was_registered(estate, parcels):
    drawn = next(it for it in parcels if str(it.id) == "59999000AB0017")
    registered = (drawn.id.token_id, drawn.area_m2, drawn.keccak256)
    estate.act(REGISTRAR, estate.offices.register, "register", registered, estate.ada.address)
    facts = facts_of(estate, drawn.id)
    options = {"commune": "Valombre", "chain": "Anvil", "url": "https://registre.example/{parcel}?bloc={block}"}
    certificate = certify(estate.offices, facts, parcels, issued=datetime(2026, 1, 1, tzinfo=UTC), **options)
    html = render(certificate)
    assert f"https://registre.example/59999000AB0017?bloc={facts.block}" in html
    assert estate.ada.address in html.replace("<wbr>", "")

    with pytest.raises(CertificateError, match="does not hold"):
        certify(estate.offices, facts, parcels[:1], **options)
    other = replace(drawn, keccak256=PAPER)
    with pytest.raises(CertificateError, match="otherwise than it was registered"):
        certify(estate.offices, facts, [other], **options)


def test_what_was_never_registered_has_no_certificate(estate):
    with pytest.raises(CertificateError, match="is not registered at block"):
        facts_of(estate, LEFT)
