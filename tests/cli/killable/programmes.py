"""Scripts of programmes: the mayor sponsors one."""

import datetime as dt

from beffroi.chain.keys import Key
from beffroi.programmes.programmeacts import ProgrammeActs
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmekeys import code_of, key_of
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeterms import ProgrammeTerms
from beffroi.units import DAY_S
from testbed.estate import PAPER
from testbed.town import MAYOR
from tests.cli.killable.place import PEOPLE, Script, told

SEED = b"sixteen bytes ok"
EACH, GRANTS = 50_00, 20_00
FILE = """
title: Food aid
opens: {opens}
period_days: 1
periods: 1
unit: 0.01
units: 5000
categories: [food]
rule: Whoever is hungry.
"""


class Aid:
    """Of a day, with one sheet: opened, and perhaps funded."""

    def __init__(self, place, *, funded=True):
        book = ProgrammeBook.of(place.rpc, place.town.manifest)
        self.place, self.acts = place, ProgrammeActs(book)
        self.name = name_of(book.chain_id, book.contract.address, MAYOR.address, PAPER)
        self.holder = key_of(SEED, self.name)
        roll = ProgrammeRoll(self.name, PAPER, {self.holder.address: EACH})
        sealed = roll.total, roll.root, PAPER, ""
        self.terms = ProgrammeTerms(MAYOR.address, PAPER, book.now_s() + 60, 24, 1, 1, 0, 1, *sealed)
        self.acts.open(MAYOR, self.name, self.terms)
        if funded:
            self.acts.fund(MAYOR, self.name, EACH + GRANTS)
        self.roll = place.writes("aid.csv", roll.text())

    def words(self, script, *rest):
        return ["programme", script, f"0x{self.name.hex()}", *rest]

    def passes(self, seconds):
        self.place.town.pass_s(seconds)
        return self


def opens(place):
    at = dt.datetime.fromtimestamp(place.hall.polls.now_s() + DAY_S, dt.UTC).replace(tzinfo=None)
    file = place.writes("aid.yaml", FILE.format(opens=at.isoformat(timespec="seconds")))
    out = "--codes", place.folder / "aid.codes", "--roll", place.folder / "aid.csv"
    return ["programme", "open", file, "--sheets", 3, *out]


def funds(place):
    return Aid(place, funded=False).words("fund")


def accredits(place):
    merchants = place.writes("merchants.csv", f"account;categories\n{PEOPLE[0].address};1\n")
    return Aid(place).words("accredit", merchants)


def allows(place):
    return Aid(place).words("grant", PEOPLE[0].address, GRANTS, "--allow")


def grants(place):
    aid = Aid(place)
    aid.acts.allow(MAYOR, aid.name, MAYOR.address, GRANTS)
    return aid.words("grant", Key.derived("another sheet").address, 1_00, "The sheet that was lost")


def voids(place):
    aid = Aid(place)
    return aid.words("void", aid.roll, 0)


def spends(place):
    aid = Aid(place)
    aid.acts.accredit(MAYOR, aid.name, {PEOPLE[0].address: 1})
    code = place.writes("code", code_of(SEED))
    return aid.passes(120).words("spend", PEOPLE[0].address, 10_00, "--roll", aid.roll, "--code", code)


def reclaims(place):
    return Aid(place).passes(2 * DAY_S).words("reclaim")


SCRIPTS = {
    "programme/open.py": Script(opens, told("Programmes", "ProgrammeOpened")),
    "programme/fund.py": Script(funds, told("Programmes", "ProgrammeFunded")),
    "programme/accredit.py": Script(accredits, told("Programmes", "MerchantAccredited")),
    "programme/grant.py --allow": Script(allows, told("Programmes", "GranterAllowed")),
    "programme/grant.py": Script(grants, told("Programmes", "UnitsGranted")),
    "programme/void.py": Script(voids, told("Programmes", "HolderVoided")),
    "programme/spend.py": Script(spends, told("Programmes", "UnitsSpent"), code=1),
    "programme/reclaim.py": Script(reclaims, told("Programmes", "ProgrammeReclaimed")),
}
