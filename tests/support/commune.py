"""A small town for tests: its contracts, whoever holds its offices, and what they may do."""

from dataclasses import dataclass
from typing import Any

from ape import Project, chain

from beffroi.eip712 import Domain

RECOVERY_DELAY_S = 14 * 86_400
FEE_BPS = 500
NONE, CITIZEN, PROFESSIONAL, PUBLIC_BODY, COMMONS = range(5)
NOBODY = "0x0000000000000000000000000000000000000000"
HASH = b"\x11" * 32

OFFICES = {"registrar": 1, "treasurer": 2, "auditor": 3, "court": 4, "guardian": 5}
ACTS = {
    ("residents", "registrar"): ("enrol", "suspend", "reinstate", "depart", "proposeRecovery", "withdrawRecovery"),
    ("currency", "treasurer"): ("issue", "issueBatch", "settle"),
    ("currency", "auditor"): ("attestReserve",),
    ("currency", "court"): ("freeze", "unfreeze"),
    ("currency", "guardian"): ("pause", "resume"),
    ("residents", "mayor"): ("addFollower",),
}


@dataclass
class Commune:
    """Contracts and people; `people["treasurer"]` holds that office."""

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
        return Domain("Beffroi", chain.chain_id, self.currency.address)

    @property
    def register_domain(self) -> Domain:
        """Where slips of the register are valid."""
        return Domain("Residents", chain.chain_id, self.residents.address)


def found(project: Project, people: dict[str, Any], kept_per_day: int = 0) -> Commune:
    """Deploys the town, fills its offices, enrols its people; citizen and merchant hold 100.00 each."""
    mayor = people["mayor"]
    town = mayor.deploy(project.Town, mayor)
    residents = mayor.deploy(project.Residents, town, RECOVERY_DELAY_S)
    charter = ("Beffroi", "BEF", town, residents, people["commons"], 1 << PROFESSIONAL, FEE_BPS, kept_per_day)
    currency = mayor.deploy(project.LocalCurrency, charter)
    commune = Commune(town, residents, currency, people)

    residents.addFollower(currency, sender=mayor)
    for (contract, office), acts in ACTS.items():
        if office == "mayor":
            continue
        target = getattr(commune, contract)
        selectors = [abi.selector for abi in _selectors(target, acts)]
        town.setTargetFunctionRole(target, [_four_bytes(text) for text in selectors], OFFICES[office], sender=mayor)
        town.grantRole(OFFICES[office], people[office], 0, sender=mayor)
    for kind, names in ((CITIZEN, ["citizen"]), (PROFESSIONAL, ["merchant"]), (COMMONS, ["commons"])):
        residents.enrol(kind, [people[name] for name in names], [], sender=people["registrar"])
    currency.attestReserve(100_000, HASH, sender=people["auditor"])
    opening = [[people["citizen"], people["merchant"]], [10_000, 10_000]]
    currency.issueBatch(*opening, b"opening".ljust(32), sender=people["treasurer"])
    return commune


def _selectors(contract: Any, acts: tuple[str, ...]) -> list[Any]:
    return [abi for abi in contract.contract_type.mutable_methods if abi.name in acts]


def _four_bytes(signature: str) -> bytes:
    from eth_utils.crypto import keccak  # noqa: PLC0415

    return keccak(text=signature)[:4]
