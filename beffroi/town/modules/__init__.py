"""What a town may be made of: a record a module, from which everything that goes through all modules is gathered.

A module turns its section of the town's file into contracts, permissions, links and expectations (`Site`); it knows
nothing else of the town. To add one: its file beside these, its section in `TownConfig`, its record in `MODULES`.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Generic, Literal, TypeVar

from beffroi.town.fields import Section
from beffroi.town.modules import (
    consultations,
    credibility,
    credit,
    currency,
    flows,
    land,
    programmes,
    records,
    residents,
)
from beffroi.town.modules.consultations import ConsultationsSection
from beffroi.town.modules.credibility import CredibilitySection
from beffroi.town.modules.credit import CreditSection
from beffroi.town.modules.currency import CurrencySection
from beffroi.town.modules.flows import FlowsSection
from beffroi.town.modules.land import LandSection
from beffroi.town.modules.programmes import ProgrammesSection
from beffroi.town.modules.records import RecordsSection
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
class Without:
    """Says why a module has no such room."""

    why: str


@dataclass(frozen=True)
class Module(Generic[S]):
    """A part of a town. Rooms are Python modules of the layers above, by name: nothing here imports them.

    Attributes:
        section: its key in the town's file; a town without that section goes without the module.
        model: of that section.
        lay: lays it on the site, after those before it.
        contracts: those that it places, by their names in the build; the first is named by an instance.
        offices: the offices that someone must hold for it to work.
        follows: the contracts that tell its own of each change.
        slips: the post office's kinds of slips: `KINDS`, and `kinds` of those that a town's contracts take.
        papers: what is published of it: `facts` of `town.json`, `problems` and `write` of its papers.
        chapter: of the demo: `tell`.
        commands: its folders under `scripts/`.
        needs: the modules that it does not work without.
    """

    section: str
    model: type[S]
    lay: Callable[[S, Site], None]
    contracts: tuple[str, ...]
    offices: tuple[str, ...]
    follows: tuple[str, ...] | Without
    slips: str | Without
    papers: str | Without
    chapter: str | Without
    commands: tuple[str, ...]
    needs: tuple[Need, ...] = ()


MODULES: tuple[Module[Any], ...] = (
    Module(
        section="residents",
        model=ResidentsSection,
        lay=residents.lay,
        contracts=("Residents",),
        offices=("registrar", "court"),
        follows=Without("everything else follows it"),
        slips="beffroi.post.kinds.residents",
        papers="beffroi.publish.residents",
        chapter=Without("residents are enrolled in the currency's chapter, for what they do with their money"),
        commands=("residents",),
    ),
    Module(
        section="currency",
        model=CurrencySection,
        lay=currency.lay,
        contracts=("LocalCurrency",),
        offices=("treasurer", "auditor", "court", "guardian"),
        follows=("Residents",),
        slips="beffroi.post.kinds.currency",
        papers="beffroi.publish.currency",
        chapter="beffroi.demo.currency",
        commands=("currency",),
    ),
    Module(
        section="credit",
        model=CreditSection,
        lay=credit.lay,
        contracts=("MutualCredit",),
        offices=("treasurer", "auditor"),
        follows=("Residents",),
        slips="beffroi.post.kinds.credit",
        papers=Without("balances and limits stand on chain, and whoever owes is nobody's news"),
        chapter="beffroi.demo.credit",
        commands=("credit",),
    ),
    Module(
        section="land",
        model=LandSection,
        lay=land.lay,
        contracts=("LandRegister", "Charges", "Planning", "LandTax", "Conveyance"),
        offices=("registrar", "notary", "court", "clerk"),
        follows=("Residents", "LandRegister"),
        slips="beffroi.post.kinds.land",
        papers="beffroi.publish.land",
        chapter="beffroi.demo.land",
        commands=("land",),
        needs=(Need("currency", "sales and taxes are paid in the town's money"),),
    ),
    Module(
        section="consultations",
        model=ConsultationsSection,
        lay=consultations.lay,
        contracts=("KeyCeremony", "Consultations", "Rolls", "Rulebook"),
        offices=("registrar", "returning_officer"),
        follows=Without("a vote is held on a sealed roll, which no later change of the register touches"),
        slips="beffroi.post.kinds.ballots",
        papers="beffroi.publish.trustees",
        chapter="beffroi.demo.consultation",
        commands=("vote",),
    ),
    Module(
        section="credibility",
        model=CredibilitySection,
        lay=credibility.lay,
        contracts=("Promises", "Appeals"),
        offices=("clerk", "returning_officer", "jury"),
        follows=Without("it asks the register for a subject's current key when a slip comes"),
        slips="beffroi.post.kinds.promises",
        papers=Without("promises and documents stand in events, or behind their URIs"),
        chapter="beffroi.demo.credibility",
        commands=("cred",),
        needs=(Need("consultations", "promises are judged in consultations"),),
    ),
    Module(
        section="records",
        model=RecordsSection,
        lay=records.lay,
        contracts=("Attestations", "Admission", "Facts"),
        offices=(),
        follows=Without("a paper is about one account: what shall go on under another key is issued anew"),
        slips="beffroi.post.kinds.records",
        papers="beffroi.publish.records",
        chapter="beffroi.demo.records",
        commands=("acts", "data", "facts", "lots", "papers"),
    ),
    Module(
        section="flows",
        model=FlowsSection,
        lay=flows.lay,
        contracts=("Clearing", "Meters"),
        offices=(),
        follows=Without("members are named by the account that joined: it asks for their current key when they act"),
        slips="beffroi.post.kinds.flows",
        papers=Without("operations stand in events, and each publishes its own periods behind their URIs"),
        chapter="beffroi.demo.flows",
        commands=("energy",),
        needs=(Need("currency", "members prepay in the town's money"),),
    ),
    Module(
        section="programmes",
        model=ProgrammesSection,
        lay=programmes.lay,
        contracts=("Programmes",),
        offices=(),
        follows=Without("holders are keys of a programme; a sponsor's or granter's current key is asked when one acts"),
        slips="beffroi.post.kinds.programmes",
        papers="beffroi.publish.programmes",
        chapter="beffroi.demo.programmes",
        commands=("programme",),
        needs=(Need("currency", "merchants are paid in the town's money"),),
    ),
)


def module_of(section: str) -> Module[Any]:
    """The module of a section of the town's file.

    Raises:
        StopIteration: there is none.
    """
    return next(module for module in MODULES if module.section == section)


def rooms(kind: Literal["slips", "papers", "chapter"]) -> Iterator[ModuleType]:
    """The Python modules that are that room of a module, in the order of modules; those without are left out."""
    for module in MODULES:
        place = getattr(module, kind)
        if not isinstance(place, Without):
            yield importlib.import_module(place)
