"""Consultations: the trustees' key ceremonies, and the ballots that the chain verifies."""

from beffroi.town.fields import Office, Section
from beffroi.town.site import Site


class ConsultationsSection(Section):
    """Secret consultations; each one's trustees, dates and secrecy minimum are chosen when it is opened."""


def lay(_: ConsultationsSection, site: Site) -> None:
    """KeyCeremony and Consultations, opened by the returning officer."""
    site.place("KeyCeremony", authority=site.town)
    site.place("Consultations", authority=site.town, ceremonies=site.address("KeyCeremony"))
    site.allow("KeyCeremony", Office.RETURNING_OFFICER, "open")
    site.allow("Consultations", Office.RETURNING_OFFICER, "open")

    site.expect("KeyCeremony", "authority", site.town)
    site.expect("Consultations", "authority", site.town)
