"""A cadastre becomes a register of titles: the village's, and a real commune's where one is at hand."""

from collections.abc import Sequence
from pathlib import Path

from beffroi.demo.stage import Stage
from beffroi.land import cadastre, importing, registration
from beffroi.land.registry import LandContracts

FOLDER = "cadastre-91216"


def tell(stage: Stage, data: Path) -> None:
    """Imports a real cadastre, where the folder has one.

    Raises:
        CadastreFileError: the file is not a cadastre.
    """
    files = sorted((data / FOLDER).glob("*parcelles*.json*"))
    if not files:
        return
    stage.narrator.chapter("A real commune: the cadastre of Épinay-sur-Orge, DGFiP and Etalab")
    report, offices = cadastre.read(files[0], "91216"), LandContracts.at(stage.rpc, stage.manifest)
    for line in report.lines(most=2):
        stage.narrator.tell(line)
    import_parcels(stage, offices, registration.registrations(report.parcels, stage.people["public body"][0].address))


def import_parcels(stage: Stage, offices: LandContracts, entries: Sequence[registration.Registration]) -> None:
    """Registers what is not registered yet, on the notary's word too once the founding is over; tells what it cost."""
    found = importing.compare(offices, entries)
    if not offices.is_founding():
        with stage.narrator.progress("the notary attests", found.parcels) as advance:
            importing.attest(offices, stage.office("notary"), found.batches, advance)
    with stage.narrator.progress("registering", found.parcels) as advance:
        outcomes = importing.register(offices, stage.office("registrar"), found.batches, advance)
    gas, count = sum(it.gas_used for it in outcomes), importing.registered(outcomes, offices)
    area_m2 = sum(entry.area_m2 for entry in entries)
    stage.narrator.tell(
        f"{count:,} parcels, {area_m2:,} m², in {len(outcomes)} transactions: {gas // count:,} gas each. The id of a "
        "title is that of its parcel; only lawful acts move it."
    )
