"""The town's money."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.residents import ResidentKind
from beffroi.town.conversions import kept_per_day_q128, redeemable_kinds_mask
from beffroi.town.fields import Address, InstanceName, KindName, Office, Section, ShortName
from beffroi.town.holders import Holders, Roster
from beffroi.town.site import Site
from beffroi.units import DAY_S

CONTRACT = "LocalCurrency"
SEIZURE_LAPSE_DAYS = 60


class CurrencyOffices(Roster):
    """Who holds the offices of one currency alone; one that nobody holds here is the town's."""

    treasurer: Holders = ()
    auditor: Holders = ()
    court: Holders = ()
    guardian: Holders = ()


class CurrencySection(Section):
    """Money of the town, one unit for one euro in the reserve."""

    name: Annotated[ShortName, Field(description="the currency's name, as wallets show it; 31 bytes of UTF-8 at most")]
    symbol: Annotated[StrictStr, Field(pattern="^[A-Z0-9]{2,8}$", description="2 to 8 capitals or digits")]
    commons: Annotated[Address, Field(description="the account that receives fees and demurrage")]
    redemption_fee_bps: Annotated[
        StrictInt, Field(ge=0, le=10_000, description="what changing money back into euros costs, in basis points")
    ]
    least_redemption_cents: Annotated[
        StrictInt,
        Field(
            ge=1,
            le=100_00,
            description="the least that is changed back, 100.00 at most; who leaves with less keeps it, unspent",
        ),
    ] = 10_00
    redeemable_kinds: Annotated[
        tuple[KindName, ...], Field(description="the kinds of residents that may change money back into euros")
    ] = ("professional",)
    demurrage_percent_per_year: Annotated[
        Decimal,
        Field(ge=0, lt=100, decimal_places=4, description="what idle money loses in a year of 365.25 days; 0 for none"),
    ] = Decimal(0)
    seizure_delay_days: Annotated[
        StrictInt,
        Field(ge=1, le=365, description="days between the announcement of a court's seizure and its being carried out"),
    ] = 31
    instance: InstanceName | None = None
    succeeds: Annotated[
        StrictStr | None,
        Field(
            pattern="^[A-Z][A-Za-z0-9]{1,21}$",
            description="the currency of this town that this one follows, by its contract's name, for ever",
        ),
    ] = None
    offices: Annotated[
        CurrencyOffices, Field(description="offices of this currency alone; those left out are the town's")
    ] = CurrencyOffices()

    @property
    def contract(self) -> str:
        """Its contract's name in the town."""
        return self.instance or CONTRACT


def lay(currency: CurrencySection, site: Site) -> None:
    """LocalCurrency, which follows the register of residents, and what it succeeds, until that is empty."""
    name = currency.contract
    before = site.succeed(CONTRACT, currency.succeeds, name) if currency.succeeds else []
    predecessor = site.address(currency.succeeds) if currency.succeeds else ZERO_ADDRESS
    kinds = tuple(sorted({int(ResidentKind[kind.upper()]) for kind in currency.redeemable_kinds}))
    kept = kept_per_day_q128(currency.demurrage_percent_per_year)
    site.place(
        CONTRACT,
        as_=name,
        charter={
            "name": currency.name,
            "symbol": currency.symbol,
            "authority": site.town,
            "residents": site.address("Residents"),
            "commons": currency.commons,
            "redeemableKinds": redeemable_kinds_mask(kinds),
            "redemptionFee_bps": currency.redemption_fee_bps,
            "leastRedemption_cents": currency.least_redemption_cents,
            "keptPerDay": kept,
            "seizureDelay_s": currency.seizure_delay_days * DAY_S,
            "predecessor": predecessor,
        },
    )
    _staff(name, currency, site)
    site.follow_residents(name)
    site.enrol_account(currency.commons, ResidentKind.COMMONS, f"the commons of {name}, {currency.commons},")
    site.inform_of_commons(name, currency.commons)
    for old, new in zip(before, [name, *before], strict=False):
        _staff(old, currency, site)
        site.follow_residents(old)
        site.expect(old, "authority", site.town)
        site.expect(old, "successor", site.address(new), until=ZERO_ADDRESS)

    site.expect(name, "authority", site.town)
    site.expect(name, "residents", site.address("Residents"))
    site.expect(name, "predecessor", predecessor)
    site.expect(name, "successor", ZERO_ADDRESS)
    site.expect(name, "name", currency.name)
    site.expect(name, "symbol", currency.symbol)
    site.expect(name, "commons", currency.commons, told_by=("CommonsMoved", "to"))
    site.expect(
        name,
        "redemptionRule",
        (redeemable_kinds_mask(kinds), currency.redemption_fee_bps, currency.least_redemption_cents),
    )
    site.expect(name, "keptPerDay", kept)
    site.expect(name, "seizureTimes_s", (currency.seizure_delay_days * DAY_S, SEIZURE_LAPSE_DAYS * DAY_S))


def _staff(name: str, currency: CurrencySection, site: Site) -> None:
    """Who acts on a currency."""
    site.staff(name, currency.offices.held())
    site.allow(name, Office.AUDITOR, "attestReserve")
    site.allow(name, Office.TREASURER, "issue", "issueBatch", "settle", "settleMany")
    site.allow(name, Office.COURT, "freeze", "unfreeze", "seize", "withdrawSeizure")
    site.allow(name, Office.GUARDIAN, "pause", "resume", "suspendSeizure")
