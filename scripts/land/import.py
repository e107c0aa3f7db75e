"""Imports a whole cadastre, FILE as Etalab publishes it (GeoJSON, .gz too): every fit parcel becomes a title.

The file is read whole first; parcels that are not fit (no area, crossed drawing, overlap, a padded id) are left out and
told, with --report into a CSV. --holder gets every parcel of which nothing else is known: usually the commune, until
deeds are brought in; --holders names others (CSV: parcel, account). Stopped halfway, the same command goes on:
nothing is registered twice. Once the `founding_days` of the town's file are over, the notary attests the very batches
first, by the same command with --attest.

\b
Example:
  ape run land import cadastre-91216-parcelles.json.gz --commune 91216 --holder 0x… --account registrar --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi import csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau
from beffroi.cli.options import ACCOUNT, EXISTING, FILE, bureau_options, concurring
from beffroi.cli.printing import progress_bar, require_done
from beffroi.csvfile import Column
from beffroi.land import cadastre, importing, registration
from beffroi.land.parcels import ParcelId

HOLDERS = (Column("parcel", ParcelId.parse, unique=True), Column("account", csvfile.address))


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@bureau_options
@click.option("--holder", type=ACCOUNT, required=True, help="Who holds every parcel of which nothing else is known.")
@click.option("--holders", type=EXISTING, help="A CSV file of those who hold others: parcel, account.")
@click.option("--commune", help="The INSEE code that every parcel must have.")
@click.option("--report", type=FILE, help="Writes every finding as CSV.")
@click.option("--check", is_flag=True, help="Only say what would be done.")
@concurring
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None, holder: str,
    holders: Path | None, commune: str | None, report: Path | None, check: bool, attest: bool,
) -> None:  # fmt: skip
    console = Console()
    bureau = LandBureau.open(town, provider, ecosystem)
    read = cadastre.read(file, commune)
    for line in read.lines():
        console.print(line, highlight=False)
    if report is not None:
        report.write_text(read.csv(), encoding="utf-8")
    named = {row["parcel"]: row["account"] for row in csvfile.read(holders, HOLDERS)} if holders else None
    office, act = ("notary", importing.attest) if attest else ("registrar", importing.register)
    signer = None if check else bureau.signer(account, office, resumes=True)
    found = importing.compare(bureau.offices, registration.registrations(read.parcels, holder, named))
    for parcel, why in found.conflicts.items():
        console.print(f"left as it is · {parcel}: {why}", highlight=False)
    console.print(
        f"{found.already:,} registered before, {found.retired:,} divided or merged since; {found.parcels:,} to "
        f"register in {len(found.batches)} transactions of {found.gas:,} gas at most",
        highlight=False,
    )
    if signer is None or not found.batches:
        return
    with progress_bar(console, "attesting" if attest else "registering", found.parcels) as progress:
        outcomes = act(bureau.offices, signer, found.batches, progress)
    require_done(outcomes)
    gas = sum(it.gas_used for it in outcomes)
    if attest:
        console.print(f"{len(outcomes)} batches attested for {gas:,} gas: now the registrar, within a week")
        return
    console.print(f"{importing.registered(outcomes, bureau.offices):,} parcels registered for {gas:,} gas")
