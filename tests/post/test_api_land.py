"""Slips of the land register: the deeds that several sign, money for a sale, retractions, the land tax."""

from dataclasses import replace

import pytest

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.land import deeds
from beffroi.land.deeds import Loan
from beffroi.land.roll import Bill, TaxRoll
from beffroi.land.sale import SaleState
from beffroi.post.deedbook import KEPT_S, UNSIGNED_S, DeedBook
from beffroi.units import DAY_S
from testbed.estate import HOUSE, PAPER
from testbed.town import CLERK, NOTARY, POSTER, REGISTRAR
from tests.support.signatures import forms

CENTS = 20_000_00


@pytest.fixture
def people(counter):
    return counter.estate.ada, counter.estate.bob


def drafted(counter, act, terms, **more):
    answer = counter.post({"act": act, "terms": terms.plain()} | more, "/v1/deeds")
    assert answer.status_code == 201, answer.text
    return answer.json()


def signature_of(counter, id_, who, party=None):
    message = {"deed": id_, "party": (party or who).address}
    return {"kind": "deed", "message": message, "signature": "0x" + who.sign(bytes.fromhex(id_[2:])).hex()}


def signed(counter, id_, *who):
    for key in who:
        counter.take(signature_of(counter, id_, key))
    return counter.client.get(f"/v1/deeds/{id_}").json()


def given(deed):
    return dict(zip(deed["parties"], (bytes.fromhex(it[2:]) for it in deed["signatures"]), strict=True))


def opened(counter, terms, *who):
    deed = signed(counter, drafted(counter, "compromis", terms)["id"], *who)
    return counter.estate.sales.open(NOTARY, terms, given(deed))


def funding(counter, sale, who, cents=CENTS, salt=bytes(32)):
    sales, before_s = counter.estate.sales, counter.estate.offices.now_s() + DAY_S
    terms_hash = sales.status(sale).terms_hash
    slip = sales.funding_slip(terms_hash, who.address, cents, salt, before_s)
    extra = {"sale": str(sale), "termsHash": "0x" + terms_hash.hex(), "salt": "0x" + salt.hex()}
    return counter.request("fund", slip, who, extra)


def confirmed(counter, id_):
    (told,) = counter.works(id_)
    assert told["state"] == "confirmed", told


def test_a_compromis_is_signed_by_each_and_opened_by_the_notary(counter, people):
    terms = counter.estate.terms()
    draft = drafted(counter, "compromis", terms)
    assert draft["id"] == "0x" + deeds.compromis(terms).digest(counter.domain("retraction")).hex()
    assert (draft["parties"], draft["signed"], draft["complete"]) == ([it.address for it in people], [], False)
    assert counter.post({"act": "compromis", "terms": terms.plain()}, "/v1/deeds").status_code == 200, "the same one"
    half = signed(counter, draft["id"], people[1])
    assert (half["signed"], half["complete"], half["signatures"][0]) == ([people[1].address], False, None)
    assert counter.follow(draft["id"])["state"] == "received"
    assert counter.post(signature_of(counter, draft["id"], people[1])).status_code == 200, "signed already"
    whole = signed(counter, draft["id"], people[0])
    assert whole["complete"]
    assert [it["id"] for it in counter.client.get(f"/v1/deeds?party={people[0].address}").json()["deeds"]] == [
        draft["id"]
    ]
    sale = counter.estate.sales.open(NOTARY, terms, given(whole))
    assert counter.estate.sales.status(sale).state is SaleState.AGREED


def test_signatures_come_in_a_batch_too(counter, people):
    id_ = drafted(counter, "compromis", counter.estate.terms())["id"]
    both = {"slips": [signature_of(counter, id_, people[0]), counter.payment(), signature_of(counter, id_, people[1])]}
    answers = counter.post(both, "/v1/slips/batch").json()["answers"]
    assert [it["slip"]["kind"] for it in answers] == ["deed", "transfer", "deed"]
    assert counter.client.get(f"/v1/deeds/{id_}").json()["complete"]


def test_strangers_and_forgers_sign_no_deed(counter, people):
    id_ = drafted(counter, "compromis", counter.estate.terms())["id"]
    assert counter.refused(signature_of(counter, id_, counter.estate.cleo)) == (403, "not_a_party")
    forged = signature_of(counter, id_, counter.estate.cleo, party=people[0])
    assert counter.refused(forged) == (403, "invalid_signature")
    assert counter.refused(signature_of(counter, "0x" + "12" * 32, people[0])) == (404, "deed_unknown")
    assert counter.refused(signature_of(counter, id_, people[0]) | {"extra": {}}) == (422, "malformed_request")
    batch = counter.post({"slips": [forged, counter.payment()]}, "/v1/slips/batch").json()["answers"]
    assert [it["status"] for it in batch] == [403, 202]


def test_a_sale_from_the_compromis_to_the_deed(counter, people):
    ada, bob = people
    terms = counter.estate.terms(loan=Loan(counter.estate.lender.address, 90_000_00, 30_000))
    sale = opened(counter, terms, *people)
    confirmed(counter, counter.take(funding(counter, sale, bob)))
    assert counter.estate.sales.status(sale).escrow_cents == CENTS

    new = replace(terms, settle_by=terms.settle_by + 30 * DAY_S)
    amendment = drafted(counter, "amendment", new, sale=str(sale), **{"from": "0x" + terms.hash.hex()})
    amendment = signed(counter, amendment["id"], *people)
    counter.estate.sales.amend(NOTARY, sale, terms, new, given(amendment))

    deed = drafted(counter, "deed", new, sale=str(sale))
    assert deed["parties"] == [ada.address, bob.address, counter.estate.lender.address]
    assert deed["id"] == "0x" + deeds.deed(sale, new).digest(counter.domain("retraction")).hex()
    body = {"act": "deed", "sale": str(sale), "terms": terms.plain()}
    answer = counter.post(body, "/v1/deeds")
    assert (answer.status_code, answer.json()["code"]) == (409, "content_mismatch"), "the terms in force are others"
    body = {"act": "deed", "sale": "1", "terms": terms.plain()}
    assert counter.post(body, "/v1/deeds").json()["code"] == "refused_by_contract"


def test_money_for_a_sale_is_bound_to_it(counter, people):
    ada, bob = people
    sale = opened(counter, counter.estate.terms(), *people)
    good = funding(counter, sale, bob)
    other = {"termsHash": "0x" + PAPER.hex()}
    assert counter.refused(good | {"extra": good["extra"] | other}) == (409, "content_mismatch")
    assert counter.refused(good | {"extra": good["extra"] | {"sale": str(sale + 1)}}) == (409, "refused_by_contract")
    slip = slips.receive(bob.address, ada.address, 5, 7)
    assert counter.refused(counter.request("fund", slip, bob, good["extra"])) == (409, "content_mismatch")
    assert counter.refused(funding(counter, sale, counter.estate.cleo)) == (409, "refused_by_contract"), "not pledged"
    confirmed(counter, counter.take(good))


def test_the_successor_of_a_lost_key_pays_what_that_key_pledged(counter, people):
    bob, successor = people[1], Key.derived("successor")
    residents = counter.contract("Residents")
    counter.estate.act(REGISTRAR, residents, "proposeRecovery", bob.address, successor.address, PAPER)
    counter.estate.pass_days(14)
    sale = opened(counter, counter.estate.terms(), *people)
    counter.estate.pass_days(1)
    counter.estate.act(CLERK, residents, "recover", bob.address)
    counter.office.intake.checker.clock.forget()
    request = funding(counter, sale, successor)
    assert counter.refused(request) == (409, "refused_by_contract"), "the terms name the old key"
    confirmed(counter, counter.take(request | {"extra": request["extra"] | {"payer": bob.address}}))
    assert counter.estate.sales.status(sale).escrow_cents == CENTS


def test_a_buyer_retracts(counter, people):
    ada, bob = people
    terms = counter.estate.terms()
    sale = opened(counter, terms, *people)
    confirmed(counter, counter.take(funding(counter, sale, bob)))

    def retracting(who, buyer, number=sale):
        return counter.request("retraction", deeds.retraction(number), who, {"buyer": buyer.address})

    assert counter.refused(retracting(ada, bob)) == (403, "invalid_signature")
    assert counter.refused(retracting(ada, ada)) == (403, "not_a_party")
    assert counter.refused(retracting(bob, bob, sale + 1)) == (409, "refused_by_contract")
    confirmed(counter, counter.take(retracting(bob, bob)))
    assert counter.estate.sales.status(sale).state is SaleState.CANCELLED


def test_a_payer_who_is_suspended_has_her_refund_sent_where_she_says(counter, people):
    bob, lender, estate = people[1], counter.estate.lender, counter.estate
    sale = opened(counter, estate.terms(), *people)
    confirmed(counter, counter.take(funding(counter, sale, bob)))
    confirmed(counter, counter.take(counter.request("retraction", deeds.retraction(sale), bob, {"buyer": bob.address})))
    estate.act(REGISTRAR, estate.offices.residents, "suspend", bob.address, PAPER)
    assert estate.sales.refund(POSTER, sale, bob.address) == (CENTS, False)

    slip = slips.withdrawal(bob.address, lender.address, estate.offices.now_s() + DAY_S)
    before = estate.balance(lender.address)
    assert counter.refused(counter.request("withdrawal", slip, lender)) == (403, "invalid_signature")
    confirmed(counter, counter.take(counter.request("withdrawal", slip, bob)))
    assert estate.balance(lender.address) == before + CENTS
    late = slips.withdrawal(bob.address, lender.address, estate.offices.now_s() - 1)
    assert counter.refused(counter.request("withdrawal", late, bob)) == (409, "slip_expired")


def test_a_sale_that_all_give_up_is_rescinded_by_the_office(counter, people):
    terms = counter.estate.terms()
    sale = opened(counter, terms, *people)
    rescission = drafted(counter, "rescission", terms, sale=str(sale))
    signed(counter, rescission["id"], *people)
    confirmed(counter, rescission["id"])
    assert counter.estate.sales.status(sale).state is SaleState.CANCELLED
    assert counter.follow(rescission["id"])["kind"] == "rescission"


def test_a_deed_is_signed_in_every_form_and_given_to_the_notary_in_the_contracts(counter, people):
    ada, bob = people
    terms = counter.estate.terms()
    id_ = drafted(counter, "compromis", terms)["id"]
    for who, form in ((ada, "v of 0 and 1"), (bob, "compact (EIP-2098)")):
        request = signature_of(counter, id_, who)
        signature = forms(bytes.fromhex(request["signature"][2:]))[form]
        counter.take(request | {"signature": "0x" + signature.hex()})
    deed = counter.client.get(f"/v1/deeds/{id_}").json()
    assert deed["signatures"] == [signature_of(counter, id_, it)["signature"] for it in people]
    assert counter.estate.sales.open(NOTARY, terms, given(deed))


@pytest.mark.parametrize("form", forms(bytes(31) + b"\1" + bytes(31) + b"\1\x1b"))
def test_a_sales_file_may_hold_signatures_in_every_form(counter, people, form):
    terms = counter.estate.terms()
    digest = deeds.compromis(terms).digest(counter.domain("retraction"))
    assert counter.estate.sales.open(NOTARY, terms, {it.address: forms(it.sign(digest))[form] for it in people})


def test_a_deed_too_late_to_settle_is_not_drafted(counter):
    terms = counter.estate.terms()
    counter.estate.pass_days(600)
    counter.office.intake.checker.clock.forget()
    answer = counter.post({"act": "compromis", "terms": terms.plain()}, "/v1/deeds")
    assert (answer.status_code, answer.json()["code"]) == (409, "slip_expired")


def test_unsigned_deeds_are_forgotten_first(counter):
    now = [1_000.0]
    book = DeedBook(counter.office.store.engine, clock=lambda: now[0])
    body = {"terms": {}}
    for id_ in (b"a" * 32, b"b" * 32):
        assert book.draft(id_, "compromis", body, ["0xA"])
    assert book.sign(b"b" * 32, "0xA", b"sig")
    assert not book.sign(b"b" * 32, "0xA", b"other"), "the first one stays"
    now[0] += UNSIGNED_S + 1
    book.draft(b"c" * 32, "compromis", body, ["0xA"])
    assert [it.id[:1] for it in book.of("0xA")] == [b"c", b"b"]
    now[0] += KEPT_S
    book.draft(b"d" * 32, "compromis", body, ["0xA"])
    assert [it.id[:1] for it in book.of("0xA")] == [b"d"]


def test_the_land_tax_is_paid_by_slip(counter):
    ada, bob, tax = counter.estate.ada, counter.estate.bob, counter.contract("LandTax")
    title, year = HOUSE.token_id, 2027
    roll = TaxRoll(year, [Bill(title, ada.address, 650_00), Bill(title, counter.estate.cleo.address, 1_00)])
    counter.estate.of_clerk(tax, "publishRoll", year, roll.root, roll.total_cents)
    cents = 650_00
    receipt = roll.receipt(0)

    def paying(amount=cents, after_s=0):
        slip = slips.receive(bob.address, tax.address, amount, int.from_bytes(receipt), after_s=after_s)
        proof = ["0x" + it.hex() for it in roll.proof(0)]
        extra = {"year": str(year), "title": str(title), "account": ada.address, "proof": proof}
        return counter.request("land_tax", slip, bob, extra)

    assert counter.refused(paying(amount=1)) == (409, "content_mismatch")
    assert counter.refused(paying(after_s=1)) == (409, "content_mismatch")
    confirmed(counter, counter.take(paying()))
    other = slips.receive(counter.estate.lender.address, tax.address, cents, int.from_bytes(receipt))
    again = counter.request("land_tax", other, counter.estate.lender, paying()["extra"])
    assert counter.refused(again) == (409, "refused_by_contract"), "this bill is paid"


def test_a_lost_keys_successor_signs_its_deeds(counter, people):
    ada, successor = people[0], Key.derived("successor")
    residents = counter.contract("Residents")
    counter.estate.act(REGISTRAR, residents, "proposeRecovery", ada.address, successor.address, PAPER)
    counter.estate.pass_days(16)
    counter.estate.act(CLERK, residents, "recover", ada.address)
    deed = drafted(counter, "compromis", counter.estate.terms())
    seller = deed["parties"][0]

    def by(key):
        return signature_of(counter, deed["id"], key) | {"message": {"deed": deed["id"], "party": seller}}

    assert counter.refused(by(ada)) == (403, "invalid_signature")
    counter.take(by(successor))
