"""Credibility: the mandates of officials, their promises, and the Cred that broken ones burn."""

from typing import Annotated

from pydantic import Field, StrictInt

from beffroi.town.conversions import days_to_seconds
from beffroi.town.fields import Office, Section
from beffroi.town.site import Site

_OF_APPEALS = {"petition_bps", "appealPeriod_s", "juryPeriod_s"}


class CredibilitySection(Section):
    """Promises judged in secret consultations, and the appeal against them."""

    turnout_floor_bps: Annotated[
        StrictInt,
        Field(
            ge=0,
            le=10_000,
            description="opinions count as at least this part of the roll, in basis points: a handful burns little, "
            "and what they leave is frozen",
        ),
    ] = 100
    petition_bps: Annotated[
        StrictInt,
        Field(ge=1, le=10_000, description="the part of the roll that may appeal to the jury, in basis points"),
    ]
    roll_bps: Annotated[
        StrictInt,
        Field(ge=0, le=10_000, description="the part of the town's citizens on an evaluation's roll, at least"),
    ] = 5_000
    silence_days: Annotated[
        StrictInt, Field(ge=1, le=365, description="days after a promise is due from which anyone has it judged")
    ] = 30
    patience_days: Annotated[
        StrictInt,
        Field(
            ge=1,
            le=365,
            description="days after that from which it is declared unjudged, where nobody can judge it; and days that "
            "trustees are late before anyone gives back what they leave: voting_days at least",
        ),
    ] = 60
    notice_days: Annotated[
        StrictInt,
        Field(ge=14, le=92, description="days that an evaluation which burns is announced: people hear of it"),
    ] = 14
    voting_days: Annotated[StrictInt, Field(ge=1, le=60, description="days that an evaluation which burns is open")] = 7
    appeal_days: Annotated[
        StrictInt, Field(ge=1, le=365, description="days after its publication in which a result may be appealed")
    ] = 15
    jury_days: Annotated[
        StrictInt,
        Field(ge=1, le=365, description="days that the jury has after appeal_days; its silence confirms the result"),
    ]


def lay(section: CredibilitySection, site: Site) -> None:
    """Promises, which makes its Cred and its Appeals itself: for the clerk, the returning officer and the jury."""
    charter = {
        "authority": site.town,
        "residents": site.address("Residents"),
        "results": site.address("Consultations"),
        "turnoutFloor_bps": section.turnout_floor_bps,
        "petition_bps": section.petition_bps,
        "rollFloor_bps": section.roll_bps,
        "appealPeriod_s": days_to_seconds(section.appeal_days),
        "juryPeriod_s": days_to_seconds(section.jury_days),
        "silence_s": days_to_seconds(section.silence_days),
        "patience_s": days_to_seconds(section.patience_days),
        "notice_s": days_to_seconds(section.notice_days),
        "voting_s": days_to_seconds(section.voting_days),
    }
    promises = site.place("Promises", charter=charter)
    appeals = site.find("Appeals", "Promises", 2, promises_=promises, charter=charter)
    site.allow("Promises", Office.CLERK, "openMandate", "endMandate", "cancelMandate")
    site.allow("Promises", Office.RETURNING_OFFICER, "attachEvaluation")
    site.allow("Appeals", Office.JURY, "rule")
    site.appoint("Promises", Office.CALLER)

    for function, value in charter.items():
        site.expect("Appeals" if function in _OF_APPEALS else "Promises", function, value)
    site.expect("Promises", "appeals", appeals)
    site.expect("Appeals", "promises", promises)
    site.expect("Appeals", "authority", site.town)
