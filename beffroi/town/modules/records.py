"""Records: papers in numbered batches, and the register of the town's acts, which are papers about nobody."""

from beffroi.town.fields import Section
from beffroi.town.site import Site


class RecordsSection(Section):
    """Papers and acts; who certifies what is said on chain by each schema's accreditor, not by the town."""


def lay(_: RecordsSection, site: Site) -> None:
    """Attestations, which asks no office."""
    site.place("Attestations")
