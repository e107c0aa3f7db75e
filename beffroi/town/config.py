"""A town's file, as pydantic models: what may be written in it, and within which bounds."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictInt, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from beffroi.town.conversions import days_to_seconds, hours_to_seconds
from beffroi.town.fields import Address, Section, listed
from beffroi.town.governance import APART, Governance
from beffroi.town.holders import Offices
from beffroi.town.modules import MODULES
from beffroi.town.modules.consultations import RULEBOOK, ConsultationsSection
from beffroi.town.modules.credibility import CredibilitySection
from beffroi.town.modules.credit import CreditSection
from beffroi.town.modules.currency import CurrencySection
from beffroi.town.modules.flows import FlowsSection
from beffroi.town.modules.land import LandSection, Successor
from beffroi.town.modules.programmes import ProgrammesSection
from beffroi.town.modules.records import RecordsSection
from beffroi.town.modules.residents import ResidentsSection
from beffroi.units import DAY_S, HOUR_S, MINUTE_S

_ROLL_PROPOSED_WITHIN_S = DAY_S
_ROLL_SEALED_WITHIN_S = 7 * DAY_S
"""As contracts/residents/Rolls.sol has them: `LATEST_BLOCKS` of twelve seconds, and `LAPSES_S`."""


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
    governance: Governance = Governance()
    offices: Offices
    residents: ResidentsSection
    currency: Annotated[
        tuple[CurrencySection, ...],
        BeforeValidator(listed, json_schema_input_type=CurrencySection | tuple[CurrencySection, ...] | None),
        Field(description="the town's money; a list where it has several, each but the first with an `instance`"),
    ] = ()
    credit: Annotated[
        tuple[CreditSection, ...],
        BeforeValidator(listed, json_schema_input_type=CreditSection | tuple[CreditSection, ...] | None),
        Field(description="circles that pay by owing; a list where there are several, each but one with an `instance`"),
    ] = ()
    consultations: ConsultationsSection | None = None
    credibility: CredibilitySection | None = None
    land: LandSection | None = None
    records: RecordsSection | None = None
    flows: FlowsSection | None = None
    programmes: ProgrammesSection | None = None

    def sections(self, key: str) -> tuple[Any, ...]:
        """The sections under a key: none, one, or several instances."""
        sections: tuple[Any, ...] = listed(getattr(self, key))
        return sections

    def money(self, instance: str | None = None) -> CurrencySection | None:
        """The currency of that name, or that succeeds it; the first by default, None where there is none such."""
        return next((money for money in self.currency if instance in {None, money.contract, money.succeeds}), None)

    @model_validator(mode="after")
    def _offices_are_held(self) -> "TownConfig":
        for module in MODULES:
            if not self.sections(module.section):
                continue
            for office in module.offices:
                if not getattr(self.offices, office):
                    raise _error(f"offices.{office}", f"nobody holds it, and `{module.section}` needs someone who does")
        return self

    @model_validator(mode="after")
    def _some_offices_are_apart(self) -> "TownConfig":
        for rosters in self._rosters():
            for apart in APART:
                others = {account for _, account in rosters.get(apart.other, ())}
                for path, account in rosters.get(apart.office, ()):
                    if account in others:
                        raise _error(path, f"{account} is also {apart.other.replace('_', ' ')}: {apart.why}")
        return self

    @model_validator(mode="after")
    def _guardians_act_at_once(self) -> "TownConfig":
        stopping = ("guardian", "admin_guardian", *self.governance.guardians.values())
        own = ((f"currency.{place}.offices", money.offices) for place, money in enumerate(self.currency))
        for path, roster in (("offices", self.offices), *own):
            for office in stopping:
                for position, holder in enumerate(getattr(roster, office, ())):
                    if holder.delay_hours:
                        key = f"{path}.{office}.{position}.delay_hours"
                        raise _error(key, "whoever stops something acts at once, or comes too late: 0 is allowed here")
        return self

    @model_validator(mode="after")
    def _some_holder_acts_in_time(self) -> "TownConfig":
        for office, within_s, reason in self._times_to_act():
            waits_s = [hours_to_seconds(holder.delay_hours) for holder in getattr(self.offices, office)]
            if waits_s and min(waits_s) >= within_s:
                why = f"{reason}: less than {within_s // HOUR_S} hours, or never"
                raise _error(f"offices.{office}.0.delay_hours", why)
        return self

    @model_validator(mode="after")
    def _the_executive_silences_no_jury(self) -> "TownConfig":
        for apart in APART:
            if apart.office == "jury" and self.governance.guardians.get("jury") == apart.other:
                raise _error("governance.guardians.jury", f"{apart.why}, nor cancels what the jury announced")
        return self

    @model_validator(mode="after")
    def _admin_does_not_guard_itself(self) -> "TownConfig":
        for position, holder in enumerate(self.offices.admin_guardian):
            if holder.account == self.admin:
                why = f"{holder.account} is ADMIN: its guardian cancels what it announced, and must be another"
                raise _error(f"offices.admin_guardian.{position}.account", why)
        for office, guardian in self.governance.guardians.items():
            if office == guardian:
                raise _error(f"governance.guardians.{office}", "an office does not guard itself")
        return self

    @model_validator(mode="after")
    def _each_holds_an_office_once(self) -> "TownConfig":
        for rosters in self._rosters():
            for places in rosters.values():
                accounts = [account for _, account in places]
                for position, (path, account) in enumerate(places):
                    if account in accounts[:position]:
                        raise _error(path, f"{account} holds it already")
        return self

    @model_validator(mode="after")
    def _modules_have_what_they_need(self) -> "TownConfig":
        for module in MODULES:
            for need in module.needs:
                if self.sections(module.section) and not self.sections(need.section):
                    raise _error(module.section, f"{need.why}: it needs `{need.section}`")
        return self

    @model_validator(mode="after")
    def _instances_have_names_of_their_own(self) -> "TownConfig":
        known = {contract for module in MODULES for contract in module.contracts} | {"Town"}
        taken = {money.succeeds for money in self.currency}
        for key in ("currency", "credit"):
            earlier: set[str] = set()
            for place, section in enumerate(self.sections(key)):
                if section.contract in earlier:
                    why = f"the town has a {section.contract} already: give this one a name of its own, as `TimeCredit`"
                    raise _error(f"{key}.{place}.instance", why)
                if section.instance in known:
                    raise _error(f"{key}.{place}.instance", f"{section.instance} is another contract of the town")
                earlier.add(section.contract)
            known |= earlier
        taken |= known
        for key, successor in self._land_successors().items():
            if successor.instance in taken | {successor.succeeds}:
                raise _error(f"land.{key}.instance", f"{successor.instance} is another contract of the town")
            taken |= {successor.instance}
        if self.consultations and self.consultations.rulebook in taken - {RULEBOOK}:
            raise _error("consultations.rulebook", f"{self.consultations.rulebook} is another contract of the town")
        return self

    @model_validator(mode="after")
    def _votes_fit_their_bounds(self) -> "TownConfig":
        if self.consultations is None:
            return self
        floors, ceilings = self.consultations.floors, self.consultations.ceilings
        for name in ("phase", "notice", "duration"):
            if (least_s := floors[f"{name}_s"]) > ceilings[f"{name}_s"]:
                why = f"the floor, {name}_minutes, is {least_s // MINUTE_S:,} minutes: more than this"
                raise _error(f"consultations.longest_{name}_days", why)
        if self.credibility is None:
            return self
        waits_s = [hours_to_seconds(officer.delay_hours) for officer in self.offices.returning_officer]
        notice_s = max(days_to_seconds(self.credibility.notice_days), floors["notice_s"])
        # A vote is attached after it was opened, and announced from there.
        if notice_s + min(waits_s, default=0) + DAY_S > ceilings["notice_s"]:
            why = (
                "longer, with a day and the delay of the returning officer to attach it in, than "
                "consultations.longest_notice_days lets a vote be put off"
            )
            raise _error("credibility.notice_days", why)
        voting_s = days_to_seconds(self.credibility.voting_days)
        if voting_s < floors["duration_s"]:
            raise _error("credibility.voting_days", "shorter than consultations.duration_minutes lets a vote be")
        if voting_s > min(ceilings["duration_s"], ceilings["tally_s"]):
            why = "longer than consultations.longest_duration_days or longest_tally_days lets a vote or its tally be"
            raise _error("credibility.voting_days", why)
        return self

    @model_validator(mode="after")
    def _trustees_have_the_days_of_a_vote(self) -> "TownConfig":
        promises = self.credibility
        if promises and promises.patience_days < promises.voting_days:
            why = (
                f"shorter than voting_days, {promises.voting_days}: the trustees of a vote may have no other days than "
                "these. Give as many at least"
            )
            raise _error("credibility.patience_days", why)
        return self

    @model_validator(mode="after")
    def _currencies_succeed_others(self) -> "TownConfig":
        names = [money.contract for money in self.currency]
        for place, money in enumerate(self.currency):
            if money.succeeds in names:
                why = f"{money.succeeds} is still a currency of the file: whoever succeeds another stands in its place"
                raise _error(f"currency.{place}.succeeds", why)
        return self

    @model_validator(mode="after")
    def _new_sales_have_their_tax_and_money(self) -> "TownConfig":
        successors = self._land_successors()
        if "tax" in successors and "conveyance" not in successors:
            raise _error("land.tax", "a sale is taxed by the contract that its own was made with: name a `conveyance`")
        if successors and self.land and not self.land.currency and any(money.succeeds for money in self.currency):
            there = ", ".join(money.contract for money in self.currency)
            raise _error("land", f"a currency succeeds another: say by `currency` what new sales are paid in: {there}")
        return self

    @model_validator(mode="after")
    def _money_that_waits_keeps_its_worth(self) -> "TownConfig":
        waits = {"land": "in the escrow of a sale", "flows": "until a period is stated", "programmes": "until spent"}
        for key, where in waits.items():
            section = getattr(self, key)
            if section is None or not self.currency:
                continue
            money = self.money(section.currency)
            if money is None:
                there = ", ".join(money.contract for money in self.currency)
                raise _error(f"{key}.currency", f"the town has no currency {section.currency}; it has {there}")
            if money.demurrage_percent_per_year:
                raise _error(
                    f"currency.{self.currency.index(money)}.demurrage_percent_per_year",
                    f"money that loses value cannot wait {where}: `{key}` needs 0 here",
                )
        return self

    @model_validator(mode="after")
    def _credit_is_mixed_with_money_of_the_town(self) -> "TownConfig":
        for place, circle in enumerate(self.credit):
            if circle.unit == "cents" and self.money(circle.currency) is None:
                there = ", ".join(money.contract for money in self.currency) or "none"
                why = f"the town's currencies are {there}: name one of them, or count in minutes (`unit`)"
                raise _error(f"credit.{place}.currency", why)
        return self

    def _times_to_act(self) -> Iterator[tuple[str, int, str]]:
        """Offices that come too late once they wait for so long, in seconds, and why."""
        if self.consultations:
            yield "registrar", _ROLL_PROPOSED_WITHIN_S, "a roll is proposed within a day of the block it is drawn at"
            yield "returning_officer", _ROLL_SEALED_WITHIN_S, "a roll is sealed within a week of its proposal"
        if self.credibility:
            yield "jury", days_to_seconds(self.credibility.jury_days), "its silence confirms after jury_days"

    def _land_successors(self) -> dict[str, Successor]:
        named = {"conveyance": self.land.conveyance, "tax": self.land.tax} if self.land else {}
        return {key: successor for key, successor in named.items() if successor is not None}

    def addresses(self) -> set[str]:
        """Every account that the file names."""
        held = {account for rosters in self._rosters() for places in rosters.values() for _, account in places}
        paid = set(self.land.beneficiaries) if self.land else set()
        commons = {it.commons for it in self.currency} | {it.commons for it in self.credit}
        return held | paid | commons | ({self.admin} if self.admin else set())

    def _rosters(self) -> Iterator[dict[str, list[tuple[str, str]]]]:
        """Who holds each office, of the town and as each contract sees it: (where the file says so, account)."""
        towns = _places("offices", self.offices)
        yield towns
        for place, money in enumerate(self.currency):
            own = _places(f"currency.{place}.offices", money.offices)
            yield towns | {office: held for office, held in own.items() if held}


def _places(path: str, roster: Any) -> dict[str, list[tuple[str, str]]]:
    return {
        office: [(f"{path}.{office}.{place}.account", holder.account) for place, holder in enumerate(holders)]
        for office, holders in roster
    }


def _error(key: str, message: str) -> PydanticCustomError:
    """An error that belongs to a key further down; the loader finds its line."""
    return PydanticCustomError("town", "{message}", {"key": key, "message": message})
