"""A town's file, as pydantic models: what may be written in it, and within which bounds."""

from typing import Annotated

from pydantic import Field, StrictInt, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from beffroi.town.fields import Address, Office, Section
from beffroi.town.modules import MODULES
from beffroi.town.modules.consultations import ConsultationsSection
from beffroi.town.modules.credibility import CredibilitySection
from beffroi.town.modules.currency import CurrencySection
from beffroi.town.modules.land import LandSection
from beffroi.town.modules.residents import ResidentsSection
from beffroi.town.units import hours_to_seconds

MAX_DELAY_HOURS = 24 * 365


class Holder(Section):
    """Who holds an office."""

    account: Annotated[Address, Field(description="the account that acts for the office")]
    delay_hours: Annotated[
        StrictInt,
        Field(
            ge=0, le=MAX_DELAY_HOURS, description="hours between announcing an act of the office and carrying it out"
        ),
    ] = 0


Holders = Annotated[tuple[Holder, ...], Field(description="whoever holds the office; nobody when empty")]


class Offices(Section):
    """Who holds which office of the town."""

    registrar: Holders = ()
    treasurer: Holders = ()
    auditor: Holders = ()
    court: Holders = ()
    guardian: Holders = ()
    returning_officer: Holders = ()
    notary: Holders = ()
    clerk: Holders = ()
    jury: Holders = ()

    def held(self) -> dict[Office, dict[str, int]]:
        """For each office its holders, each with a delay in seconds."""
        named = {office: getattr(self, office.name.lower()) for office in Office if office.is_named}
        return {
            office: {holder.account: hours_to_seconds(holder.delay_hours) for holder in holders}
            for office, holders in named.items()
        }


class TownConfig(Section):
    """A town: its offices and its modules."""

    town: Annotated[
        StrictStr,
        Field(
            pattern="^[a-z0-9]+(-[a-z0-9]+)*$",
            max_length=40,
            description="short name, from which addresses derive: lower-case letters, digits, hyphens",
        ),
    ]
    name: Annotated[StrictStr, Field(min_length=1, max_length=80, description="the town's name, as people read it")]
    chains: Annotated[
        tuple[StrictInt, ...], Field(min_length=1, description="ids of the chains that this town may be deployed on")
    ]
    admin: Annotated[
        Address | None,
        Field(description="the Safe that governs the town in the end; null leaves that to whoever deploys"),
    ]
    offices: Offices
    residents: ResidentsSection
    currency: CurrencySection | None = None
    consultations: ConsultationsSection | None = None
    credibility: CredibilitySection | None = None
    land: LandSection | None = None

    @model_validator(mode="after")
    def _offices_are_held(self) -> "TownConfig":
        for module in MODULES:
            if getattr(self, module.section) is None:
                continue
            for office in module.offices:
                if not getattr(self.offices, office):
                    raise _error(f"offices.{office}", f"nobody holds it, and `{module.section}` needs someone who does")
        return self

    @model_validator(mode="after")
    def _auditor_does_not_issue(self) -> "TownConfig":
        treasurers = {holder.account for holder in self.offices.treasurer}
        for position, holder in enumerate(self.offices.auditor):
            if holder.account in treasurers:
                raise _error(
                    f"offices.auditor.{position}.account",
                    f"{holder.account} is also treasurer: whoever attests the reserve may not be the one who issues",
                )
        return self

    @model_validator(mode="after")
    def _jury_is_independent(self) -> "TownConfig":
        executive = {
            holder.account: office
            for office in ("clerk", "returning_officer")
            for holder in getattr(self.offices, office)
        }
        for position, holder in enumerate(self.offices.jury):
            if office := executive.get(holder.account):
                raise _error(
                    f"offices.jury.{position}.account",
                    f"{holder.account} is also {office.replace('_', ' ')}: the executive hears no appeal",
                )
        return self

    @model_validator(mode="after")
    def _modules_have_what_they_need(self) -> "TownConfig":
        for module in MODULES:
            for need in module.needs:
                if getattr(self, module.section) is not None and getattr(self, need.section) is None:
                    raise _error(module.section, f"{need.why}: it needs `{need.section}`")
        return self

    @model_validator(mode="after")
    def _no_melting_money_waits_in_escrow(self) -> "TownConfig":
        if self.land is not None and self.currency is not None and self.currency.demurrage_percent_per_year:
            raise _error(
                "currency.demurrage_percent_per_year",
                "money that loses value cannot wait in the escrow of a sale: `land` needs 0 here",
            )
        return self

    @model_validator(mode="after")
    def _each_holds_an_office_once(self) -> "TownConfig":
        for office in (office.name.lower() for office in Office if office.is_named):
            accounts = [holder.account for holder in getattr(self.offices, office)]
            for position, account in enumerate(accounts):
                if account in accounts[:position]:
                    raise _error(f"offices.{office}.{position}.account", f"{account} holds it already")
        return self

    def addresses(self) -> set[str]:
        """Every account that the file names."""
        held = {account for holders in self.offices.held().values() for account in holders}
        paid = set(self.land.beneficiaries) if self.land else set()
        return held | paid | {account for account in (self.admin, self.currency and self.currency.commons) if account}


def _error(key: str, message: str) -> PydanticCustomError:
    """An error that belongs to a key further down; the loader finds its line."""
    return PydanticCustomError("town", "{message}", {"key": key, "message": message})
