"""Records: papers in numbered batches; the town's acts, which are papers about nobody; enrolment by papers; facts."""

from beffroi.town.fields import Office, Section
from beffroi.town.site import Site


class RecordsSection(Section):
    """Papers and acts; who certifies what is said on chain by each schema's accreditor, not by the town."""


def lay(_: RecordsSection, site: Site) -> None:
    """Attestations and Facts, which ask no office; and Admission, which enrols by papers once ADMIN says by which."""
    asked = {
        "residents": site.address("Residents"),
        "attestations": site.place("Attestations"),
    }
    site.place("Admission", authority=site.town, **{f"{name}_": address for name, address in asked.items()})
    site.appoint("Admission", Office.REGISTRAR)
    site.expect("Admission", "authority", site.town)
    for function, address in asked.items():
        site.expect("Admission", function, address)
    site.place("Facts")
