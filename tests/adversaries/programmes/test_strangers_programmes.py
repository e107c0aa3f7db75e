"""A stranger with a little ether opens a programme of his own, and would have the town pay for all that it does."""

import pytest
from eth_utils.crypto import keccak

from beffroi.chain.keys import Key
from beffroi.programmes.programmeacts import ProgrammeActs
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmekeys import key_of
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeslips import grant_slip, spend_slip
from beffroi.programmes.programmeterms import ProgrammeTerms
from beffroi.residents import ResidentKind
from beffroi.slips import FOREVER
from beffroi.units import DAY_S, HOUR_S
from testbed.town import fund
from tests.support.counter import open_counter

STRANGER = Key.derived("programmes", "a stranger with ether")
SALT = keccak(text="Stamps of nobody's")


class Stamps:
    """Ten keys of the sponsor's own, with stamps that they spend at the sponsor's."""

    def __init__(self, counter, sponsor, total=None):
        self.counter, self.sponsor = counter, sponsor
        fund(counter.rpc, [sponsor])
        book = ProgrammeBook.of(counter.rpc, counter.estate.manifest)
        self.name = name_of(book.chain_id, book.contract.address, sponsor.address, SALT)
        self.keys = [key_of(bytes([number]) * 16, self.name) for number in range(10)]
        self.roll = ProgrammeRoll(self.name, SALT, dict.fromkeys([it.address for it in self.keys], 100))
        self.opens_s = book.now_s() + HOUR_S
        sealed = total or self.roll.total, self.roll.root, SALT, ""
        acts = ProgrammeActs(book)
        acts.open(sponsor, self.name, ProgrammeTerms(sponsor.address, SALT, self.opens_s, 720, 1, 0, 0, 1, *sealed))
        acts.accredit(sponsor, self.name, {sponsor.address: 1})
        acts.allow(sponsor, self.name, sponsor.address, 10)
        counter.estate.town.pass_s(2 * HOUR_S)
        counter.office.intake.checker.clock.forget()

    def spend(self, key):
        _, index, each, proof = self.roll.place(key.address)
        place = {"index": str(index), "each": str(each), "proof": ["0x" + it.hex() for it in proof]}
        slip = spend_slip(self.name, key.address, self.sponsor.address, 1, 1, self.opens_s + DAY_S)
        return self.counter.request("spend", slip, key, place)

    def grant(self, key):
        slip = grant_slip(self.name, self.sponsor.address, key.address, 1, SALT, FOREVER)
        return self.counter.request("grant", slip, self.sponsor)


@pytest.fixture
def counter(estate, tmp_path):
    with open_counter(estate, tmp_path) as counter:
        yield counter


def test_the_town_posts_nothing_of_a_programme_whose_sponsor_it_never_let_in(counter):
    stamps = Stamps(counter, STRANGER)
    for request in (*map(stamps.spend, stamps.keys), stamps.grant(stamps.keys[0])):
        assert counter.refused(request) == (403, "not_a_resident")


def test_it_posts_those_of_a_sponsor_on_its_register_whoever_holds_the_keys(counter):
    counter.estate.town.enrols(ResidentKind.PUBLIC_BODY, STRANGER)
    stamps = Stamps(counter, STRANGER)
    told = counter.works(*[counter.take(stamps.spend(key)) for key in stamps.keys])
    assert {it["state"] for it in told} == {"confirmed"}


def test_a_roll_that_exceeds_what_was_announced_holds_up_nobody_but_its_own_last_holders(counter):
    counter.estate.town.enrols(ResidentKind.PUBLIC_BODY, STRANGER)
    stamps = Stamps(counter, STRANGER, total=300)
    payment = counter.take(counter.payment(cents=1))
    told = counter.works(*[counter.take(stamps.spend(key)) for key in stamps.keys], payment)
    assert told[-1]["state"] == "confirmed"
    assert [it["state"] for it in told[:-1]].count("confirmed") == 3
    assert {it["error"]["name"] for it in told[:-1] if it["error"]} == {"Programmes_RollExceedsTotal"}
