"""The town's money."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StrictStr

from beffroi.residents import Kind
from beffroi.town.fields import Address, Office, Section
from beffroi.town.site import Site
from beffroi.town.units import kept_per_day_q128, redeemable_kinds_mask

KindName = Literal["citizen", "professional", "public_body", "commons"]


class CurrencySection(Section):
    """The town's money, one unit for one euro in the reserve."""

    name: Annotated[
        StrictStr, Field(min_length=1, max_length=40, description="the currency's name, as wallets show it")
    ]
    symbol: Annotated[StrictStr, Field(pattern="^[A-Z0-9]{2,8}$", description="2 to 8 capitals or digits")]
    commons: Annotated[Address, Field(description="the account that receives fees and demurrage")]
    redemption_fee_bps: Annotated[
        StrictInt, Field(ge=0, le=10_000, description="what changing money back into euros costs, in basis points")
    ]
    redeemable_kinds: Annotated[
        tuple[KindName, ...], Field(description="the kinds of residents that may change money back into euros")
    ] = ("professional",)
    demurrage_percent_per_year: Annotated[
        Decimal,
        Field(ge=0, lt=100, decimal_places=4, description="what idle money loses in a year of 365.25 days; 0 for none"),
    ] = Decimal(0)


def lay(currency: CurrencySection, site: Site) -> None:
    """LocalCurrency, which follows the register of residents."""
    kinds = tuple(sorted({int(Kind[name.upper()]) for name in currency.redeemable_kinds}))
    kept = kept_per_day_q128(currency.demurrage_percent_per_year)
    site.place(
        "LocalCurrency",
        charter={
            "name": currency.name,
            "symbol": currency.symbol,
            "authority": site.town,
            "residents": site.address("Residents"),
            "commons": currency.commons,
            "redeemableKinds": redeemable_kinds_mask(kinds),
            "redemptionFee_bps": currency.redemption_fee_bps,
            "keptPerDay": kept,
        },
    )
    site.allow("LocalCurrency", Office.AUDITOR, "attestReserve")
    site.allow("LocalCurrency", Office.TREASURER, "issue", "issueBatch", "settle")
    site.allow("LocalCurrency", Office.COURT, "freeze", "unfreeze")
    site.allow("LocalCurrency", Office.GUARDIAN, "pause", "resume")
    site.follow_residents("LocalCurrency")

    site.expect("LocalCurrency", "authority", site.town)
    site.expect("LocalCurrency", "residents", site.address("Residents"))
    site.expect("LocalCurrency", "name", currency.name)
    site.expect("LocalCurrency", "symbol", currency.symbol)
    site.expect("LocalCurrency", "commons", currency.commons)
    site.expect("LocalCurrency", "redemptionFee_bps", currency.redemption_fee_bps)
    site.expect("LocalCurrency", "keptPerDay", kept)
    for kind in Kind:
        site.expect("LocalCurrency", "isRedeemable", int(kind) in kinds, int(kind))
