"""The town by ape: its contracts as ape has them, and ape's accounts for its people."""

from dataclasses import dataclass
from typing import Any

from ape import Project

from beffroi.eip712 import Domain
from beffroi.residents import ResidentKind
from testbed.town import AUDITOR, COMMONS, COURT, ELSEWHERE, GUARDIAN, MAYOR, REGISTRAR, TREASURER, Town

NONE, CITIZEN, PROFESSIONAL, PUBLIC_BODY, COMMONS_KIND, INSTITUTION = range(6)
NOBODY = "0x0000000000000000000000000000000000000000"
HASH = b"\x11" * 32
PURSE_CENTS = 10_000

NAMED = {
    "mayor": MAYOR, "registrar": REGISTRAR, "treasurer": TREASURER, "auditor": AUDITOR, "court": COURT,
    "guardian": GUARDIAN, "commons": COMMONS, "citizen": ELSEWHERE[0], "merchant": ELSEWHERE[1],
    "stranger": ELSEWHERE[2], "newcomer": ELSEWHERE[3],
}  # fmt: skip
OTHERS = ELSEWHERE[4:]


@dataclass
class Commune:
    """Contracts and people; `people["treasurer"]` holds that office."""

    at: Town
    town: Any
    residents: Any
    currency: Any
    people: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def domain(self) -> Domain:
        """Where slips of the currency are valid."""
        return self.at.domain(self.at.currency)

    @property
    def register_domain(self) -> Domain:
        """Where slips of the register are valid."""
        return self.at.domain(self.at.residents)


def people(accounts: Any) -> dict[str, Any]:
    """Ape's account for each of the people of the town, by name."""
    known = {account.address: account for account in accounts}
    return {name: known[key.address] for name, key in NAMED.items()}


def settle(town: Town, project: Project, people: dict[str, Any]) -> Commune:
    """Enrols citizen and merchant, with a purse each."""
    citizen, merchant = NAMED["citizen"], NAMED["merchant"]
    town.enrols(ResidentKind.CITIZEN, citizen)
    town.enrols(ResidentKind.PROFESSIONAL, merchant)
    town.does(AUDITOR, town.currency, "attestReserve", 100_000, HASH)
    purses = [[citizen.address, merchant.address], [PURSE_CENTS, PURSE_CENTS]]
    town.does(TREASURER, town.currency, "issueBatch", *purses, b"opening".ljust(32))
    contracts = ((name, town.manifest.address(name)) for name in ("Town", "Residents", "LocalCurrency"))
    return Commune(town, *(getattr(project, name).at(address) for name, address in contracts), people)
