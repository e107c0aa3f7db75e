"""Flows: who owes whom after each period, and the meters whose readings such statements are made of."""

from typing import Annotated

from pydantic import Field

from beffroi.town.fields import InstanceName, Section
from beffroi.town.site import Site


class FlowsSection(Section):
    """Operations that members prepay and an organiser states, as neighbours who share their sun; anyone opens one."""

    currency: Annotated[
        InstanceName | None, Field(description="the currency that members prepay in; the first by default")
    ] = None


def lay(flows: FlowsSection, site: Site) -> None:
    """Clearing, an institution, for it holds members' money; and Meters, which voids what it states falsely."""
    residents, money = site.address("Residents"), site.instance("LocalCurrency", flows.currency)
    clearing = site.place("Clearing", token_=money, residents_=residents)
    site.place("Meters", clearing_=clearing, residents_=residents)
    site.enrol_institution("Clearing")
    site.expect("Clearing", "token", money)
    site.expect("Clearing", "residents", residents)
    site.expect("Meters", "clearing", clearing)
