"""Slips of programmes, from a holder's key to the block: spends in one batch, with places on the roll, and grants."""

import pytest

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.post.kinds.programmes import ProgrammeSpend
from beffroi.programmes.programmeacts import ProgrammeActs
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmekeys import key_of
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeslips import grant_slip, refund_purpose, spend_slip
from beffroi.programmes.programmeterms import ProgrammeTerms
from beffroi.residents import ResidentKind
from beffroi.slips import FOREVER
from beffroi.units import DAY_S, HOUR_S
from testbed.estate import PAPER
from testbed.town import COURT, REGISTRAR
from tests.post.test_api_kinds import carried_out

EACH, GRANTS, SOON_S = 50_00, 30_00, HOUR_S
SHOP, GRANTER = Key.derived("aid", "shop"), Key.derived("aid", "granter")


class Aid:
    """Bob's programme of a month, whose three keys spend at one shop."""

    def __init__(self, counter):
        self.counter, bob = counter, counter.estate.bob
        self.book = ProgrammeBook.of(counter.rpc, counter.estate.manifest)
        self.acts = ProgrammeActs(self.book)
        self.name = name_of(self.book.chain_id, self.book.contract.address, bob.address, PAPER)
        self.keys = [key_of(bytes([number]) * 16, self.name) for number in range(3)]
        self.roll = ProgrammeRoll(self.name, PAPER, {key.address: EACH for key in self.keys})
        opens_s, sealed = self.book.now_s() + SOON_S, (self.roll.total, self.roll.root, PAPER, "")
        self.terms = ProgrammeTerms(bob.address, PAPER, opens_s, 30 * 24, 1, 1, 0, 1, *sealed)
        counter.estate.town.enrols(ResidentKind.PROFESSIONAL, SHOP, GRANTER)
        self.acts.open(bob, self.name, self.terms)
        self.acts.fund(bob, self.name, 3 * EACH + GRANTS)
        self.acts.accredit(bob, self.name, {SHOP.address: 1})
        self.acts.allow(bob, self.name, GRANTER.address, GRANTS)

    def opens(self):
        self.counter.estate.town.pass_s(2 * SOON_S)
        self.counter.office.intake.checker.clock.forget()
        return self

    def place(self, key):
        _, index, each, proof = self.roll.place(key.address)
        return {"index": str(index), "each": str(each), "proof": ["0x" + it.hex() for it in proof]}

    def spend(self, key, units, nonce=1, extra=None, who=None, merchant=SHOP):
        deadline_s = self.terms.opens_at_s + DAY_S
        slip = spend_slip(self.name, key.address, merchant.address, units, nonce, deadline_s)
        return self.counter.request("spend", slip, who or key, self.place(key) if extra is None else extra)

    def refund(self, spend, units, salt=PAPER, who=SHOP, **other):
        said = spend["message"]
        slip = spend_slip(self.name, *(said[it] for it in ("holder", "merchant")), *_numbers(said))
        nonce = int.from_bytes(slips.till_nonce(refund_purpose(slip, units), salt))
        paid = slips.receive(who.address, self.book.contract.address, units, nonce)
        again = {it: said[it] for it in ("programme", "holder", "nonce", "deadline")} | {"spent": said["units"]}
        extra = again | {"signature": spend["signature"], "units": str(units), "salt": "0x" + salt.hex()} | other
        return self.counter.request("refund", paid, who, extra)

    def grant(self, key, units, act, who=GRANTER):
        return self.counter.request(
            "grant", grant_slip(self.name, GRANTER.address, key.address, units, act, FOREVER), who
        )

    def took(self):
        return self.counter.estate.balance(SHOP.address)


def _numbers(said):
    return (int(said[it]) for it in ("units", "nonce", "deadline"))


@pytest.fixture
def aid(counter):
    return Aid(counter)


def test_first_spends_share_a_transaction_with_their_places_and_a_bad_one_is_left_out(counter, aid):
    one, two, three = aid.opens().keys
    requests = [aid.spend(one, 10_00), aid.spend(two, EACH), aid.spend(two, 1, nonce=2), aid.spend(three, 5_00)]
    first, second, spent, third = counter.works(*[counter.take(it) for it in requests])
    assert first["state"] == second["state"] == third["state"] == "confirmed"
    assert first["transaction"] == second["transaction"] == third["transaction"]
    assert (spent["state"], spent["error"]["name"]) == ("rejected", "Programmes_AllowanceExceeded")
    assert aid.took() == 65_00
    carried_out(counter, aid.spend(one, 1_00, nonce=2, extra={}))
    assert counter.refused(aid.spend(one, 1_01, nonce=2, extra={})) == (409, "slip_used")


def test_a_spend_says_whole_where_its_key_stands_and_nothing_false(counter, aid):
    one, two, _ = aid.keys
    assert counter.refused(aid.spend(one, 1)) == (409, "slip_not_yet_valid")
    aid.opens()
    assert counter.refused(aid.spend(one, 1, extra={})) == (409, "refused_by_contract"), "its place was not shown"
    assert counter.refused(aid.spend(one, 1, extra={"index": "0"})) == (409, "content_mismatch")
    more = aid.place(one) | {"each": str(EACH + 1)}
    assert counter.refused(aid.spend(one, 1, extra=more)) == (404, "not_on_roll")
    assert counter.refused(aid.spend(one, 1, extra=aid.place(two))) == (404, "not_on_roll")


def test_nobody_spends_by_anothers_key_nor_elsewhere_nor_when_it_is_void_or_over(counter, aid):
    one, two, three = aid.opens().keys
    assert counter.refused(aid.spend(one, 1, who=two)) == (403, "invalid_signature")
    assert counter.refused(aid.spend(one, 1, merchant=counter.estate.cleo)) == (409, "refused_by_contract")
    assert counter.refused(aid.spend(one, 0)) == (409, "refused_by_contract")
    aid.acts.void(counter.estate.bob, aid.name, three.address)
    assert counter.refused(aid.spend(three, 1)) == (409, "refused_by_contract")
    counter.estate.pass_days(31)
    counter.office.intake.checker.clock.forget()
    assert counter.refused(aid.spend(two, 1)) == (409, "slip_expired")


def test_a_merchant_gives_back_what_was_spent_at_it_and_no_more(counter, aid):
    one, *_ = aid.opens().keys
    spend = aid.spend(one, 10_00)
    assert counter.refused(aid.refund(spend, 1_00)) == (409, "refused_by_contract"), "nobody has spent it yet"
    carried_out(counter, spend)
    assert counter.refused(aid.refund(spend, 10_01)) == (409, "refused_by_contract")
    carried_out(counter, aid.refund(spend, 4_00))
    assert aid.took() == 6_00
    assert aid.book.holder(aid.name, one.address).granted == 0
    assert counter.refused(aid.refund(spend, 6_01, bytes(32))) == (409, "refused_by_contract"), "more than is left"
    carried_out(counter, aid.refund(spend, 6_00, bytes(32)))
    assert aid.took() == 0
    carried_out(counter, aid.spend(one, EACH, nonce=2, extra={}))
    assert aid.took() == EACH, "it went back to her"


def test_a_refund_pays_for_no_other_spend_and_nobody_elses(counter, aid):
    one, two, _ = aid.opens().keys
    spend, other = aid.spend(one, 10_00), aid.spend(two, 10_00)
    counter.works(*[counter.take(it) for it in (spend, other)])
    good = aid.refund(spend, 4_00)
    for changed in ({"units": "300"}, {"holder": two.address}, {"salt": "0x" + "00" * 32}, {"nonce": "2"}):
        assert counter.refused(good | {"extra": good["extra"] | changed}) == (409, "content_mismatch")
    signed = {"signature": other["signature"]}
    assert counter.refused(good | {"extra": good["extra"] | signed}) == (403, "invalid_signature")
    assert counter.refused(aid.refund(spend, 4_00, who=GRANTER)) == (409, "content_mismatch")
    assert aid.took() == 20_00


def test_a_granter_grants_once_for_an_act(counter, aid):
    lost = key_of(b"a sheet printed anew", aid.name)
    assert counter.refused(aid.grant(lost, 10_00, PAPER, who=SHOP)) == (403, "invalid_signature")
    carried_out(counter, aid.grant(lost, 10_00, PAPER))
    assert counter.refused(aid.grant(lost, 5_00, PAPER)) == (409, "slip_used")
    assert counter.refused(aid.grant(lost, GRANTS, bytes(32))) == (409, "refused_by_contract"), "more than is left"
    aid.opens()
    carried_out(counter, aid.spend(lost, 10_00, extra={}))
    assert aid.took() == 10_00


def test_a_merchant_who_could_not_be_paid_says_where_to(counter, aid):
    one, *_ = aid.opens().keys
    money, residents = counter.contract("LocalCurrency"), counter.contract("Residents")
    counter.estate.act(COURT, money, "freeze", SHOP.address, PAPER)
    carried_out(counter, aid.spend(one, 10_00))
    counter.estate.act(COURT, money, "unfreeze", SHOP.address, PAPER)
    counter.estate.act(REGISTRAR, residents, "suspend", SHOP.address, PAPER)
    slip = slips.withdrawal(SHOP.address, GRANTER.address, FOREVER)
    carried_out(counter, counter.request("withdrawal.Programmes", slip, SHOP))
    assert counter.estate.balance(GRANTER.address) == 10_00


def test_a_batch_shows_each_place_once(counter, aid):
    kind = counter.office.kinds["spend"]
    assert isinstance(kind, ProgrammeSpend)
    one, two, _ = aid.keys
    drafts = [kind.read(it) for it in (aid.spend(one, 1), aid.spend(one, 2, nonce=2), aid.spend(two, 3))]
    batch = kind.batch([draft.queued(draft.account, 0) for draft in drafts])
    places = [aid.roll.place(key.address) for key in (one, two)]
    rows = [(*(draft.message[name] for _, name in kind.slip_type.fields[1:]), draft.signature) for draft in drafts]
    assert batch.data == kind.contract.encode("spendBatch", aid.name, rows, places)
