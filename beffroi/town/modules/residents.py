"""The register of residents."""

from typing import Annotated

from pydantic import Field, StrictInt

from beffroi.town.conversions import days_to_seconds
from beffroi.town.fields import Office, Section
from beffroi.town.site import Site


class ResidentsSection(Section):
    """The register of residents."""

    recovery_delay_days: Annotated[
        StrictInt,
        Field(
            ge=1,
            le=365,
            description="days between the proposal to replace a lost key and its replacement: time for a veto",
        ),
    ]


def lay(residents: ResidentsSection, site: Site) -> None:
    """Residents, kept by the registrar; the court has its word where a recovery was vetoed."""
    delay_s = days_to_seconds(residents.recovery_delay_days)
    site.place("Residents", authority=site.town, recoveryDelay_s_=delay_s)
    site.allow(
        "Residents",
        Office.REGISTRAR,
        "enrol",
        "suspend",
        "reinstate",
        "depart",
        "proposeRecovery",
        "withdrawRecovery",
    )
    site.allow("Residents", Office.COURT, "confirmRecovery")
    site.expect("Residents", "authority", site.town)
    site.expect("Residents", "recoveryDelay_s", delay_s)
    site.expect("Residents", "followers", site.followers)
