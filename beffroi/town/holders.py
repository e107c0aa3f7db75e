"""Who holds offices, as a town's file names them: of the whole town, or of one contract alone."""

from typing import Annotated

from pydantic import Field, StrictInt

from beffroi.town.conversions import hours_to_seconds
from beffroi.town.fields import Address, Office, Section

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


class Roster(Section):
    """Offices with their holders, each under its name in lower case."""

    def held(self) -> dict[Office, dict[str, int]]:
        """For each office its holders, each with a delay in seconds."""
        return {
            Office[name.upper()]: {
                holder.account: hours_to_seconds(holder.delay_hours) for holder in getattr(self, name)
            }
            for name in type(self).model_fields
        }


class Offices(Roster):
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
    admin_guardian: Holders = ()
