"""Circles whose members pay each other by owing."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from beffroi.chain.abi import encode_call
from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.artifacts import artifact
from beffroi.residents import ResidentKind, Standing
from beffroi.town.conversions import redeemable_kinds_mask
from beffroi.town.fields import Address, InstanceName, KindName, Office, Section, ShortName
from beffroi.town.laid import Link, Probe
from beffroi.town.site import Site
from beffroi.units import DAY_S

CONTRACT = "MutualCredit"
MOST_UNITS = 2**32 - 1


class CreditSection(Section):
    """A circle whose members pay each other by owing, up to limits."""

    name: Annotated[ShortName, Field(description="the circle's name, as wallets show it; 31 bytes of UTF-8 at most")]
    unit: Annotated[
        Literal["cents", "minutes"],
        Field(description="what amounts count: cents, mixed with the town's money, or minutes, which are not"),
    ] = "cents"
    currency: Annotated[
        InstanceName | None, Field(description="the currency that mixed payments draw first; the first by default")
    ] = None
    commons: Annotated[Address, Field(description="the account that bears what departed members owe")]
    member_kinds: Annotated[
        tuple[KindName, ...], Field(min_length=1, description="the kinds of residents that are members")
    ] = ("citizen", "professional")
    floor: Annotated[
        StrictInt, Field(ge=0, le=MOST_UNITS, description="the most that a new member may owe: 0, and no trade begins")
    ]
    ceiling: Annotated[StrictInt, Field(ge=0, le=MOST_UNITS, description="the most that a new member may be owed")]
    growth_bps: Annotated[
        StrictInt,
        Field(ge=0, le=10_000, description="how much of what she earns her limit grows by, in basis points"),
    ] = 0
    most_growth: Annotated[StrictInt, Field(ge=0, le=MOST_UNITS, description="the most that it grows by")] = 0
    write_off_days: Annotated[
        StrictInt, Field(ge=1, le=3_650, description="days between a departure and the end of an account")
    ] = 90
    cleared: Annotated[
        StrictBool, Field(description="whether members settle at the bank, as public bodies do each month")
    ] = False
    instance: InstanceName | None = None

    @property
    def contract(self) -> str:
        """Its contract's name in the town."""
        return self.instance or CONTRACT

    @model_validator(mode="after")
    def _minutes_are_no_money(self) -> Self:
        if self.unit == "minutes" and (self.currency or self.cleared):
            raise PydanticCustomError(
                "said", "minutes are not mixed with money, nor settled at the bank: leave `currency` and `cleared` out"
            )
        return self

    @model_validator(mode="after")
    def _debts_can_be_earned_back(self) -> Self:
        if self.floor > self.ceiling:
            why = "a floor above the ceiling, {ceiling}, is a debt that could not be earned back"
            raise PydanticCustomError("said", why, {"ceiling": self.ceiling})
        return self


def lay(circle: CreditSection, site: Site) -> None:
    """MutualCredit, which follows the register of residents, and takes money from the currency by allowance."""
    name = circle.contract
    money = site.instance("LocalCurrency", circle.currency) if circle.unit == "cents" else ZERO_ADDRESS
    kinds = {int(ResidentKind[kind.upper()]) for kind in circle.member_kinds}
    site.place(
        CONTRACT,
        as_=name,
        charter={
            "name": circle.name,
            "authority": site.town,
            "residents": site.address("Residents"),
            "currency": money,
            "commons": circle.commons,
            "memberKinds": redeemable_kinds_mask(tuple(kinds)),
            "floor": circle.floor,
            "ceiling": circle.ceiling,
            "growth_bps": circle.growth_bps,
            "mostGrowth": circle.most_growth,
            "writeOffDelay_s": circle.write_off_days * DAY_S,
            "isCleared": circle.cleared,
        },
    )
    site.allow(name, Office.TREASURER, "setLimits", "net")
    site.allow(name, Office.AUDITOR, "attestTransfer")
    site.follow_residents(name)
    site.enrol_account(circle.commons, ResidentKind.COMMONS, f"the commons of {name}, {circle.commons},")
    site.links.append(_telling(name, circle.commons, site))

    members = redeemable_kinds_mask(tuple(kinds | {int(ResidentKind.COMMONS)}))
    rule = circle.floor, circle.ceiling, circle.growth_bps, circle.most_growth, members
    site.expect(name, "authority", site.town)
    site.expect(name, "residents", site.address("Residents"))
    site.expect(name, "currency", money)
    site.expect(name, "name", circle.name)
    site.expect(name, "commons", circle.commons)
    site.expect(name, "limitRule", rule)
    site.expect(name, "writeOffDelay_s", circle.write_off_days * DAY_S)
    site.expect(name, "isCleared", circle.cleared)


def _telling(name: str, commons: str, site: Site) -> Link:
    """The circle is told of its commons, which may be enrolled already.

    Where the commons has another key by then, nobody is told of the old one: anyone has the register inform of the new.
    """
    circle, residents, abi = site.address(name), site.address("Residents"), artifact("Residents").abi
    # Active, and never left: the last two of what `memberOf` answers, under whatever key since.
    is_told = int(Standing.ACTIVE).to_bytes(32) + bytes(32)
    is_replaced = int(ResidentKind.COMMONS).to_bytes(32) + int(Standing.REPLACED).to_bytes(32)
    return Link(
        purpose=f"{name} is told of its commons",
        target=residents,
        data=encode_call(abi, "inform", circle, [commons]),
        probes=(
            Probe(circle, encode_call(artifact(CONTRACT).abi, "memberOf", commons), is_told),
            Probe(residents, encode_call(abi, "residentOf", commons), is_replaced),
        ),
    )
