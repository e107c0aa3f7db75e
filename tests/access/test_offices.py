"""Every privileged act × everybody: only its office may."""

import pytest

from beffroi.town.fields import Office
from tests.support.commune import COMMONS_KIND, HASH
from tests.support.refusals import refusal, refusal_of_nothing

OFFICES = {office.name.lower(): int(office) for office in Office if 0 < office <= Office.GUARDIAN}
ACTS = {
    ("residents", "registrar"): ("enrol", "suspend", "reinstate", "depart", "proposeRecovery", "withdrawRecovery"),
    ("currency", "treasurer"): ("issue", "issueBatch", "settle", "settleMany"),
    ("currency", "auditor"): ("attestReserve",),
    ("currency", "court"): ("freeze", "unfreeze", "seize", "withdrawSeizure"),
    ("currency", "guardian"): ("pause", "resume", "suspendSeizure"),
    ("currency", "mayor"): ("resumeSeizure", "annulSeizure", "retire"),
    ("residents", "court"): ("confirmRecovery",),
    ("residents", "mayor"): ("addFollower", "removeFollower", "enrolInstitution"),
}
ARGUMENTS = {
    "enrol": lambda people: (COMMONS_KIND, [people["newcomer"]], []),
    "suspend": lambda people: (people["citizen"], HASH),
    "reinstate": lambda people: (people["citizen"], HASH),
    "depart": lambda people: (people["citizen"],),
    "proposeRecovery": lambda people: (people["citizen"], people["newcomer"], HASH),
    "withdrawRecovery": lambda people: (people["citizen"],),
    "confirmRecovery": lambda people: (people["citizen"], people["newcomer"], HASH),
    "addFollower": lambda people: (people["citizen"],),
    "removeFollower": lambda people: (people["citizen"],),
    "enrolInstitution": lambda people: (people["citizen"],),
    "issue": lambda people: (people["citizen"], 1, HASH),
    "issueBatch": lambda people: ([people["citizen"]], [1], HASH),
    "settle": lambda people: (1, HASH),
    "settleMany": lambda people: ([1], HASH),
    "attestReserve": lambda people: (1, HASH),
    "freeze": lambda people: (people["citizen"], HASH),
    "unfreeze": lambda people: (people["citizen"], HASH),
    "seize": lambda people: (people["citizen"], people["treasurer"], 1, HASH),
    **dict.fromkeys(("withdrawSeizure", "suspendSeizure", "resumeSeizure", "annulSeizure"), lambda people: (1, HASH)),
    "retire": lambda people: (people["citizen"],),
    "pause": lambda people: (),
    "resume": lambda people: (),
}
CASES = [(contract, office, act) for (contract, office), acts in ACTS.items() for act in acts]


@pytest.mark.parametrize("name", ["currency", "residents"])
def test_every_restricted_act_is_in_the_table(commune, stranger, name):
    contract = getattr(commune, name)
    restricted = set()
    for abi in contract.contract_type.mutable_methods:
        answer = refusal_of_nothing(contract, abi.selector, sender=stranger)
        if answer == ("AccessManagedUnauthorized", (stranger.address,)):
            restricted.add(abi.name)
    assert restricted == {act for listed_in, _, act in CASES if listed_in == name} | (
        {"setAuthority"}  # the authority's own
    )


@pytest.mark.parametrize(("contract", "office", "act"), CASES)
def test_only_its_office_may(commune, people, contract, office, act):
    method = getattr(getattr(commune, contract), act)
    for name, person in people.items():
        answer = refusal(method, *ARGUMENTS[act](people), sender=person)
        barred = answer == ("AccessManagedUnauthorized", (person.address,))
        assert barred == (name != office), f"{name} and {act}: {answer}"


@pytest.mark.parametrize("office", OFFICES)
def test_no_office_rules_the_town(commune, people, office):
    answer = refusal(commune.town.grantRole, 2, people["stranger"], 0, sender=people[office])
    assert answer == ("AccessManagerUnauthorizedAccount", (people[office].address, 0))


def test_who_left_an_office_may_no_longer(commune, currency, citizen, treasurer, mayor):
    commune.town.revokeRole(OFFICES["treasurer"], treasurer, sender=mayor)
    answer = refusal(currency.issue, citizen, 1, HASH, sender=treasurer)
    assert answer == ("AccessManagedUnauthorized", (treasurer.address,))


def test_the_offices_have_names_on_chain(commune):
    labels = {log.roleId: log.label for log in commune.town.RoleLabel.range(0, 10**6)}
    assert {number: labels[number] for number in OFFICES.values()} == {
        number: name.upper() for name, number in OFFICES.items()
    }


def test_an_auditor_who_may_issue_may_not_attest(commune, currency, auditor, mayor):
    commune.town.grantRole(OFFICES["treasurer"], auditor, 0, sender=mayor)
    refused = ("LocalCurrency_AuditorIssues", (auditor.address,))
    assert refusal(currency.attestReserve, 1, HASH, sender=auditor) == refused


def test_an_auditor_who_may_issue_later_may_not_attest(commune, currency, auditor, mayor):
    commune.town.grantRole(OFFICES["treasurer"], auditor, 3600, sender=mayor)
    refused = ("LocalCurrency_AuditorIssues", (auditor.address,))
    assert refusal(currency.attestReserve, 1, HASH, sender=auditor) == refused


def test_an_auditor_may_not_hide_behind_the_authority(commune, currency, auditor, mayor):
    commune.town.grantRole(OFFICES["treasurer"], auditor, 0, sender=mayor)
    attest = currency.attestReserve.encode_input(10**9, HASH)
    refused = ("InPerson_ThroughTheAuthority", ())
    assert refusal(commune.town.execute, currency, attest, sender=auditor) == refused


def test_only_the_register_tells_the_currency(commune, currency, people):
    for person in people.values():
        refused = ("LocalCurrency_OnlyResidents", (person.address,))
        assert refusal(currency.follow, [person], 1, 1, sender=person) == refused
        assert refusal(currency.move, people["citizen"], person, sender=person) == refused
