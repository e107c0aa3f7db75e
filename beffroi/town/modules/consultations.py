"""Consultations: rolls that two offices seal, the trustees' key ceremonies, ballots, and what the town asks of all."""

from typing import Annotated

from pydantic import Field, StrictInt

from beffroi.chain.abi import encode_call
from beffroi.chain.artifacts import artifact
from beffroi.town.conversions import days_to_seconds, minutes_to_seconds
from beffroi.town.fields import InstanceName, Office, Section
from beffroi.town.laid import Link, Probe
from beffroi.town.site import Site

Minutes = Annotated[StrictInt, Field(le=60 * 24 * 366)]
Days = Annotated[StrictInt, Field(ge=1, le=366)]
RULEBOOK = "Rulebook"


class ConsultationsSection(Section):
    """Secret consultations; each one's trustees, dates and secrecy minimum are chosen when it is opened.

    The bounds within which anything opens are for ever, unless another Rulebook succeeds: under another name.
    """

    rulebook: Annotated[
        InstanceName,
        Field(description="what the Rulebook with these bounds is called; others come under another name, by ADMIN"),
    ] = RULEBOOK
    phase_minutes: Annotated[Minutes, Field(ge=10, description="that each phase of a key ceremony lasts, at least")] = (
        1_440
    )
    notice_minutes: Annotated[
        Minutes, Field(ge=0, description="between the opening of a consultation and its first vote, at least")
    ] = 1_440
    duration_minutes: Annotated[Minutes, Field(ge=1, description="that a vote lasts, at least")] = 1_440
    secrecy_minimum: Annotated[
        StrictInt, Field(ge=5, le=10_000, description="ballots below which no consultation is opened, at least")
    ] = 20
    secrecy_share_bps: Annotated[
        StrictInt,
        Field(
            ge=1,
            le=10_000,
            description="the part of the roll, in basis points, that a secrecy minimum may ask for at most: a higher "
            "one would let whoever opens a consultation have its result withheld",
        ),
    ] = 2_000
    longest_phase_days: Annotated[Days, Field(description="that each phase of a key ceremony lasts, at most")] = 31
    longest_notice_days: Annotated[
        Days, Field(description="between the opening of a consultation and its first vote, at most")
    ] = 92
    longest_duration_days: Annotated[Days, Field(description="that a vote lasts, at most")] = 92
    longest_tally_days: Annotated[
        Days, Field(description="after a vote until its trustees are late, at most: what never ends is never decided")
    ] = 92

    @property
    def floors(self) -> dict[str, int]:
        """As the Rulebook takes them; in seconds where they are `_s`."""
        return {
            "phase_s": minutes_to_seconds(self.phase_minutes),
            "notice_s": minutes_to_seconds(self.notice_minutes),
            "duration_s": minutes_to_seconds(self.duration_minutes),
            "secrecyMinimum": self.secrecy_minimum,
            "secrecyShare_bps": self.secrecy_share_bps,
        }

    @property
    def ceilings(self) -> dict[str, int]:
        """As the Rulebook takes them, in seconds."""
        return {
            "phase_s": days_to_seconds(self.longest_phase_days),
            "notice_s": days_to_seconds(self.longest_notice_days),
            "duration_s": days_to_seconds(self.longest_duration_days),
            "tally_s": days_to_seconds(self.longest_tally_days),
        }


def lay(section: ConsultationsSection, site: Site) -> None:
    """Rolls, sealed by two offices; KeyCeremony and Consultations, opened by one of them within the Rulebook."""
    site.place("Rolls", authority=site.town, residents_=site.address("Residents"))
    site.place("KeyCeremony", authority=site.town)
    site.place("Consultations", authority=site.town, ceremonies=site.address("KeyCeremony"))
    site.allow("Rolls", Office.REGISTRAR, "proposeRoll")
    site.allow("Rolls", Office.RETURNING_OFFICER, "sealRoll")
    site.allow("KeyCeremony", Office.RETURNING_OFFICER, "open")
    site.allow("Consultations", Office.RETURNING_OFFICER, "open")
    site.allow("Consultations", Office.CALLER, "call")
    _rule(section, site)

    site.expect("Rolls", "authority", site.town)
    site.expect("Rolls", "residents", site.address("Residents"))
    site.expect("KeyCeremony", "authority", site.town)
    site.expect("Consultations", "authority", site.town)


def _rule(section: ConsultationsSection, site: Site) -> None:
    """The Rulebook, which ADMIN gives to Consultations."""
    rolls = site.address("Rolls")
    bounds = {"floors_": section.floors, "ceilings_": section.ceilings}
    rulebook = site.place(RULEBOOK, as_=section.rulebook, rolls_=rolls, **bounds)
    consultations, abi = site.address("Consultations"), artifact("Consultations").abi
    site.links.append(
        Link(
            purpose=f"{section.rulebook} says what consultations may be",
            target=consultations,
            data=encode_call(abi, "setRulebook", rulebook),
            probes=(Probe(consultations, encode_call(abi, "rulebook"), bytes.fromhex(rulebook[2:])),),
        )
    )
    site.expect("Consultations", "rulebook", rulebook)
    site.expect(section.rulebook, "rolls", rolls)
    site.expect(section.rulebook, "floors", tuple(section.floors.values()))
    site.expect(section.rulebook, "ceilings", tuple(section.ceilings.values()))
