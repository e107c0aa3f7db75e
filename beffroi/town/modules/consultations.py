"""Consultations: rolls that two offices seal, the trustees' key ceremonies, ballots that the chain verifies."""

from beffroi.town.fields import Office, Section
from beffroi.town.site import Site


class ConsultationsSection(Section):
    """Secret consultations; each one's trustees, dates and secrecy minimum are chosen when it is opened."""


def lay(_: ConsultationsSection, site: Site) -> None:
    """Rolls, sealed by registrar and returning officer; KeyCeremony and Consultations, opened by the latter."""
    site.place("Rolls", authority=site.town, residents_=site.address("Residents"))
    site.place("KeyCeremony", authority=site.town)
    site.place("Consultations", authority=site.town, ceremonies=site.address("KeyCeremony"))
    site.allow("Rolls", Office.REGISTRAR, "proposeRoll")
    site.allow("Rolls", Office.RETURNING_OFFICER, "sealRoll")
    site.allow("KeyCeremony", Office.RETURNING_OFFICER, "open")
    site.allow("Consultations", Office.RETURNING_OFFICER, "open")

    site.expect("Rolls", "authority", site.town)
    site.expect("Rolls", "residents", site.address("Residents"))
    site.expect("KeyCeremony", "authority", site.town)
    site.expect("Consultations", "authority", site.town)
