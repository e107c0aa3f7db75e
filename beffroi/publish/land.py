"""What is published of land: the parcels as the cadastre draws them, and each year's tax roll."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.land import export
from beffroi.land.export import Winding
from beffroi.land.parcels import ParcelId
from beffroi.land.roll import TaxRoll
from beffroi.publish.papers import Papers, PublishedPart
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest

TAX_FORMAT = "beffroi-land-tax-1"


def tax_csv(tax: TaxRoll) -> str:
    """A year's bills in the order that their root seals: whoever reads it can make the proof of any."""
    head = {"format": TAX_FORMAT, "year": tax.year, "root": "0x" + tax.root.hex(), "size": len(tax.bills)}
    lines = [f"# {key}: {value}" for key, value in head.items()]
    lines.append("index,parcel,account,amount_cents")
    lines += [
        f"{index},{ParcelId.from_token_id(bill.title)},{bill.account},{bill.amount_cents}"
        for index, bill in enumerate(tax.bills)
    ]
    return "\n".join(lines) + "\n"


def _facts(_: TownConfig, papers: Papers, manifest: Manifest) -> dict[str, Any]:
    return {
        "paidIn": dict(_paid_in(manifest)),
        "parcels": len(papers.parcels),
        "taxes": [
            {"year": roll.year, "root": "0x" + roll.root.hex(), "bills": len(roll.bills)} for roll in papers.taxes
        ],
    }


def _paid_in(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """The currency in which each contract of sales or taxes is paid, both by their names in the town."""
    names = {record.address: name for name, record in manifest.contracts.items()}
    for name in manifest.instances("Conveyance"):
        yield name, names[manifest.contracts[name].arguments["offices"]["token"]]
    for name in manifest.instances("LandTax"):
        yield name, names[manifest.contracts[name].arguments["token_"]]


def _problems(papers: Papers, _: Manifest) -> Iterator[str]:
    years = [roll.year for roll in papers.taxes]
    if len(set(years)) != len(years):
        yield "a year has two rolls of the land tax"


def _write(draft: Path, papers: Papers) -> None:
    if papers.parcels:
        drawn = export.feature_collection(papers.parcels, winding=Winding.D3)
        (draft / "parcels.geojson").write_text(export.dumps(drawn), encoding="utf-8")
    folder = draft / "taxes"
    folder.mkdir(mode=0o755)
    for tax in papers.taxes:
        (folder / f"{tax.year}.csv").write_text(tax_csv(tax), encoding="utf-8")


PART = PublishedPart(_facts, _problems, _write)
