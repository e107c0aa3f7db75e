"""Programmes: aid, meals, vouchers, stamps and rewards, which whoever funds them opens."""

from typing import Annotated

from pydantic import Field

from beffroi.town.fields import InstanceName, Section
from beffroi.town.site import Site


class ProgrammesSection(Section):
    """Aid, meals, vouchers, stamps and rewards in the town's money; anyone opens a programme."""

    currency: Annotated[
        InstanceName | None, Field(description="the currency that merchants are paid in; the first by default")
    ] = None


def lay(programmes: ProgrammesSection, site: Site) -> None:
    """Programmes, an institution, for it holds what sponsors paid in."""
    residents, money = site.address("Residents"), site.instance("LocalCurrency", programmes.currency)
    site.place("Programmes", token_=money, residents_=residents)
    site.enrol_institution("Programmes")
    site.expect("Programmes", "token", money)
    site.expect("Programmes", "residents", residents)
