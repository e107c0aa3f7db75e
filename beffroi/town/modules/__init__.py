"""What a town may be made of: one file a module, and one line here.

A module turns its section of the town's file into contracts, permissions, links and expectations (`Site`); it knows
nothing else of the town. To add one: its file beside these, its section in `TownConfig`, its line in `MODULES`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from beffroi.town.fields import Section
from beffroi.town.modules import consultations, credibility, currency, land, residents
from beffroi.town.modules.consultations import ConsultationsSection
from beffroi.town.modules.credibility import CredibilitySection
from beffroi.town.modules.currency import CurrencySection
from beffroi.town.modules.land import LandSection
from beffroi.town.modules.residents import ResidentsSection
from beffroi.town.site import Site

S = TypeVar("S", bound=Section)


@dataclass(frozen=True)
class Need:
    """Another module that one rests on.

    Attributes:
        section: of the other in the town's file.
        why: in words.
    """

    section: str
    why: str


@dataclass(frozen=True)
class Module(Generic[S]):
    """A part of a town.

    Attributes:
        section: its key in the town's file; a town without that section goes without the module.
        model: of that section.
        lay: lays it on the site, after those before it.
        contracts: those that it places, by their names in the build; the first is named by an instance.
        offices: the offices that someone must hold for it to work.
        needs: the modules that it does not work without.
    """

    section: str
    model: type[S]
    lay: Callable[[S, Site], None]
    contracts: tuple[str, ...]
    offices: tuple[str, ...]
    needs: tuple[Need, ...] = ()


MODULES: tuple[Module[Any], ...] = (
    Module("residents", ResidentsSection, residents.lay, ("Residents",), ("registrar",)),
    Module(
        "currency",
        CurrencySection,
        currency.lay,
        contracts=("LocalCurrency",),
        offices=("treasurer", "auditor", "court", "guardian"),
    ),
    Module(
        "consultations",
        ConsultationsSection,
        consultations.lay,
        contracts=("KeyCeremony", "Consultations"),
        offices=("returning_officer",),
    ),
    Module(
        "credibility",
        CredibilitySection,
        credibility.lay,
        contracts=("Promises",),
        offices=("clerk", "returning_officer", "jury"),
        needs=(Need("consultations", "promises are judged in consultations"),),
    ),
    Module(
        "land",
        LandSection,
        land.lay,
        contracts=("LandRegister", "Charges", "Planning", "LandTax", "Conveyance"),
        offices=("registrar", "notary", "court", "clerk"),
        needs=(Need("currency", "sales and taxes are paid in the town's money"),),
    ),
)
