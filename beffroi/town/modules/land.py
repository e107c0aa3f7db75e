"""Land: titles, mortgages, sales, planning and taxes."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StrictInt, StrictStr

from beffroi.town.conversions import days_to_seconds
from beffroi.town.fields import Address, InstanceName, Office, Section
from beffroi.town.site import Site

MAX_DAYS = 3_660
Days = Annotated[StrictInt, Field(ge=1, le=MAX_DAYS)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=5)]


class TransferTaxSection(Section):
    """The rates of the tax on sales, which `ape run land tax rates` puts in force."""

    departement_percent: Annotated[Percent, Field(description="of the price, to the département (CGI 1594 D)")]
    commune_percent: Annotated[Percent, Field(description="of the price, to the commune (CGI 1584)")]
    state_percent_of_departement: Annotated[
        Percent, Field(description="of the département's part, to the State for collecting it (CGI 1647 V)")
    ]


class PermitSection(Section):
    """The delays of a kind of permit, which `ape run land permit rule` puts in force."""

    kind: Annotated[StrictInt, Field(ge=1, le=255, description="its number")]
    decide_days: Annotated[Days, Field(description="days that the town has to decide; its silence grants")]
    validity_days: Annotated[Days, Field(description="days that a permit holds")]
    annul_days: Annotated[Days, Field(description="days in which an unlawful permit may still be annulled")]


class Successor(Section):
    """A contract of land that takes over from another, which keeps its offices until nothing is left there."""

    instance: InstanceName
    succeeds: Annotated[
        StrictStr, Field(pattern="^[A-Z][A-Za-z0-9]{1,21}$", description="the contract that this one follows, for ever")
    ]


class LandSection(Section):
    """Titles that only lawful acts move, and the sales, mortgages, permits and taxes on them."""

    currency: Annotated[
        InstanceName | None, Field(description="the currency that sales and taxes are paid in; the first by default")
    ] = None
    conveyance: Annotated[
        Successor | None, Field(description="the contract that opens sales from now on, beside the one that did")
    ] = None
    tax: Annotated[
        Successor | None, Field(description="the contract of taxes on land from now on, which goes with new sales")
    ] = None
    departement: Annotated[Address, Field(description="the account that gets the département's part of the tax")]
    commune: Annotated[Address, Field(description="the account that gets the commune's part, and the yearly tax")]
    state: Annotated[Address, Field(description="the account that gets the State's part")]
    retraction_days: Annotated[
        Days, Field(description="days in which a buyer may retract, at least; the terms of a sale may leave more")
    ] = 10
    longest_sale_days: Annotated[Days, Field(description="days that a sale may lock a title, at most")] = 548
    longest_caveat_days: Annotated[
        Days, Field(description="days that the registrar's caveat may bar a title, at most")
    ] = 180
    founding_days: Annotated[
        StrictInt,
        Field(
            ge=0,
            le=366,
            description="days from the first title on in which the registrar alone registers the cadastre; after them "
            "the notary attests each first registration",
        ),
    ] = 90
    charge_lapses_days: Annotated[Days, Field(description="days after its due day at which a mortgage lapses")] = 365
    preemption_answer_days: Annotated[
        Days, Field(description="days that the town has to answer a declaration; its silence renounces")
    ] = 62
    permits: Annotated[tuple[PermitSection, ...], Field(description="the kinds of permits")] = ()
    transfer_tax: Annotated[TransferTaxSection | None, Field(description="the rates of the tax on sales")] = None

    @property
    def beneficiaries(self) -> tuple[str, str, str]:
        """Who gets the three parts of the tax: département, commune, State."""
        return self.departement, self.commune, self.state


def lay(land: LandSection, site: Site) -> None:
    """LandRegister, what follows it, and Conveyance, which alone moves titles by sale."""
    taxes, conveyances = _place(land, site)
    _allow(site)
    _allow_taxes(site, *taxes)
    opening = () if site.is_succeeded(site.instance("LocalCurrency", land.currency)) else ("open",)
    for conveyance in conveyances:
        _allow_sales(site, conveyance, opening)
        opening = ()
    site.follow_residents("LandRegister")
    site.follow("LandRegister", "Charges")
    site.follow("LandRegister", "Planning")
    for holder_of_money in (*taxes, *conveyances):
        site.enrol_institution(holder_of_money)
        site.expect(holder_of_money, "authority", site.town)
    _expect(land, site, taxes[0], conveyances[0])


def _place(land: LandSection, site: Site) -> tuple[list[str], list[str]]:
    """The names of the contracts of taxes, and of those of sales: the one that serves, then those it took over from."""
    money = site.instance("LocalCurrency", land.currency)
    register = site.place(
        "LandRegister",
        authority=site.town,
        residents_=site.address("Residents"),
        longestCaveat_s_=days_to_seconds(land.longest_caveat_days),
        founding_s=days_to_seconds(land.founding_days),
    )
    charges = site.place("Charges", authority=site.town, register_=register, lapse_days_=land.charge_lapses_days)
    planning = site.place("Planning", authority=site.town, register_=register)
    taxes, conveyances = _line(site, "LandTax", land.tax), _line(site, "Conveyance", land.conveyance)
    tax = site.place(
        "LandTax",
        as_=taxes[0],
        authority=site.town,
        token_=money,
        beneficiaries_={"departement": land.departement, "commune": land.commune, "state": land.state},
    )
    site.place(
        "Conveyance",
        as_=conveyances[0],
        offices={
            "authority": site.town,
            "register": register,
            "charges": charges,
            "planning": planning,
            "tax": tax,
            "token": money,
            "retraction_s": days_to_seconds(land.retraction_days),
            "longestSale_s": days_to_seconds(land.longest_sale_days),
        },
    )
    return taxes, conveyances


def _line(site: Site, contract: str, successor: Successor | None) -> list[str]:
    if successor is None:
        return [contract]
    return [successor.instance, *site.succeed(contract, successor.succeeds, successor.instance)]


def _allow(site: Site) -> None:
    """Every act behind its office; where two concur, the notary attests what the registrar then does."""
    site.allow("LandRegister", Office.REGISTRAR, "register", "registerMany", "registerShared", "rescale", "caveat")
    site.allow("LandRegister", Office.REGISTRAR, "enact", "correctArea", "burden", "lift", "divide", "merge")
    site.allow("LandRegister", Office.NOTARY, "attest")
    site.allow("LandRegister", Office.COURT, "setFrozenTokens", "forcedTransfer")
    site.allow("Charges", Office.REGISTRAR, "inscribe", "discharge")
    site.allow("Charges", Office.NOTARY, "attest")
    site.allow("Planning", Office.NOTARY, "declare")
    site.allow("Planning", Office.CLERK, "openZone", "closeZone", "place", "takeOut", "renounce", "preempt")
    site.allow("Planning", Office.CLERK, "setPermitRule", "recordPermit", "extendPermit")
    site.allow("Planning", Office.CLERK, "grantPermit", "refusePermit", "annulPermit")
    site.allow("LandRegister", Office.CONVEYANCE, "lock", "unlock", "convey")
    site.allow("Charges", Office.CONVEYANCE, "settle")


def _allow_taxes(site: Site, tax: str, *before: str) -> None:
    """By the rates of the contract that another follows, the sales that are still open there are taxed."""
    site.allow(tax, Office.CLERK, "setRates", "setBeneficiaries", "value", "publishRoll")
    for old in before:
        site.allow(old, Office.CLERK, "setRates", "setBeneficiaries")


def _allow_sales(site: Site, conveyance: str, opening: tuple[str, ...]) -> None:
    """Sales, which are opened where none follows and in money that none follows: else nobody could pay them."""
    site.allow(conveyance, Office.NOTARY, *opening, "amend", "settle", "meetCondition", "failCondition")
    site.allow(conveyance, Office.COURT, "cancelByOrder")
    site.appoint(conveyance, Office.CONVEYANCE)


def _expect(land: LandSection, site: Site, tax: str, conveyance: str) -> None:
    register, residents = site.address("LandRegister"), site.address("Residents")
    money = site.instance("LocalCurrency", land.currency)
    followers = [site.address("Charges"), site.address("Planning")]
    expected: dict[str, dict[str, Any]] = {
        "LandRegister": {
            "residents": residents,
            "longestCaveat_s": days_to_seconds(land.longest_caveat_days),
            "followers": followers,
        },
        "Charges": {"register": register, "lapse_days": land.charge_lapses_days},
        "Planning": {"register": register},
        tax: {"token": money},  # its beneficiaries are the clerk's to change
        conveyance: {
            "register": register,
            "charges": followers[0],
            "planning": followers[1],
            "tax": site.address(tax),
            "token": money,
            "residents": residents,
            "retraction_s": days_to_seconds(land.retraction_days),
            "longestSale_s": days_to_seconds(land.longest_sale_days),
        },
    }
    for contract in ("LandRegister", "Charges", "Planning"):
        site.expect(contract, "authority", site.town)
    for contract, answers in expected.items():
        for function, value in answers.items():
            site.expect(contract, function, value)
