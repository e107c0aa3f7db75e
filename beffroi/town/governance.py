"""How long appointments and ADMIN's acts wait, who may cancel what was announced, and which offices stand apart."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from beffroi.town.fields import Office, Section
from beffroi.town.holders import MAX_DELAY_HOURS, Offices
from beffroi.units import DAY_S, HOUR_S

LEAST_GRANT_DAYS = 3
"""On a public chain: so long whoever reads the town's events may see an appointment coming."""
OfficeName = Literal[
    "registrar",
    "treasurer",
    "auditor",
    "court",
    "guardian",
    "returning_officer",
    "notary",
    "clerk",
    "jury",
    "admin_guardian",
]


class Governance(Section):
    """What waits before it takes effect."""

    admin_delay_hours: Annotated[
        StrictInt,
        Field(ge=0, le=MAX_DELAY_HOURS, description="hours between announcing an act of ADMIN and carrying it out"),
    ] = 0
    grant_delay_days: Annotated[
        StrictInt, Field(ge=0, le=365, description="days before an appointment to any office takes effect")
    ] = 0
    guardians: Annotated[
        dict[OfficeName, OfficeName],
        Field(description="for an office whose acts wait, the office that may cancel what it announced"),
    ] = Field(default_factory=dict)

    @property
    def admin_delay_s(self) -> int:
        """Between announcing an act of ADMIN and carrying it out."""
        return self.admin_delay_hours * HOUR_S

    @property
    def grant_delay_s(self) -> int:
        """Before an appointment takes effect."""
        return self.grant_delay_days * DAY_S

    def role_guardians(self) -> dict[Office, Office]:
        """For each office that has one, the office that cancels what it announced."""
        return {Office[office.upper()]: Office[guardian.upper()] for office, guardian in self.guardians.items()}


@dataclass(frozen=True)
class Apart:
    """Two offices that no account may hold both.

    Attributes:
        office: of the two, the one whose holder is told.
        other: of the two, the other.
        why: in words.
    """

    office: str
    other: str
    why: str


APART = (
    Apart("auditor", "treasurer", "whoever attests the reserve may not be the one who issues"),
    Apart("notary", "registrar", "the notary attests what the registrar does, which would be one hand's then"),
    Apart("notary", "clerk", "the clerk answers what the notary declares"),
    Apart("court", "registrar", "the court undoes what the registrar did"),
    Apart("court", "notary", "the court undoes what the notary did"),
    Apart("court", "guardian", "the guardian suspends what the court seizes"),
    Apart("returning_officer", "registrar", "the returning officer draws again the roll that the registrar proposes"),
    Apart("jury", "clerk", "the executive hears no appeal"),
    Apart("jury", "returning_officer", "the executive hears no appeal"),
)
"""Checked by address: that two addresses are not one person, the council sees to when it appoints."""


def missing_on_a_public_chain(governance: Governance, offices: Offices) -> list[str]:
    """What a town's file lacks for ADMIN to be watched where its money is worth something, a sentence each."""
    lacks = []
    if not governance.admin_delay_hours:
        lacks.append("governance.admin_delay_hours: 0, and ADMIN could appoint itself to every office at once")
    if governance.grant_delay_days < LEAST_GRANT_DAYS:
        lacks.append(f"governance.grant_delay_days: {LEAST_GRANT_DAYS} at least, for appointments to be seen coming")
    if not offices.held()[Office.ADMIN_GUARDIAN]:
        lacks.append("offices.admin_guardian: nobody holds it, and nobody could cancel what ADMIN announced")
    return lacks
