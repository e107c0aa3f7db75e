"""What the register says of PARCEL: holders, charges by rank, burdens, and its whole history.

With --certificate, writes a page to print, with a plan and a QR code; it takes the cadastre FILE that was registered,
and the address at which the public verifies it. A certificate mirrors the legal register and has no legal force.

\b
Examples:
  ape run land title 59999000AB0001 --network …
  ape run land title 59999000AB0001 --certificate title.html --cadastre village.json --url https://town.example/#/title/{parcel}
"""

from pathlib import Path
from typing import get_args

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console
from rich.table import Table

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, read_cadastre
from beffroi.cli.options import EXISTING, FILE, PARCEL, town_option
from beffroi.land.certificate import render
from beffroi.land.certificate.words import Language
from beffroi.land.certifying import Facts, certify, read_facts
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("parcel", type=PARCEL)
@town_option
@click.option("--block", type=int, help="As it was at the end of this block.")
@click.option("--certificate", type=FILE, help="Writes the certificate here, as HTML.")
@click.option("--cadastre", type=EXISTING, help="The file that was registered, for the plan.")
@click.option("--url", help="Where the public verifies it; {parcel} and {block} in it are filled in.")
@click.option("--language", type=click.Choice(get_args(Language)), default="fr", show_default=True)
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, town: str,
    block: int | None, certificate: Path | None, cadastre: Path | None, url: str | None, language: Language,
) -> None:  # fmt: skip
    bureau = LandBureau.open(town, provider, ecosystem)
    facts = read_facts(bureau.offices, parcel, block)
    _print(facts, Console())
    if certificate is None:
        return
    if cadastre is None or url is None:
        raise LandError("a certificate takes --cadastre, the file that was registered, and --url, to verify it")
    name, chain = bureau.config.name, f"{ecosystem.name}:{provider.network.name}"
    drawn = certify(bureau.offices, facts, read_cadastre(cadastre), commune=name, chain=chain, url=url)
    certificate.write_text(render(drawn, language), encoding="utf-8")
    click.echo(f"{certificate} is written; its fingerprint is {drawn.fingerprint.hex()}.")


def _print(facts: Facts, console: Console) -> None:
    console.print(
        f"[bold]{facts.parcel}[/] · {facts.area_m2:,} m² · {facts.status} · block {facts.block}", highlight=False
    )
    holders = Table("holder", "right", "share", "since", box=None, padding=(0, 2))
    for holder in facts.holders:
        holders.add_row(holder.account, holder.kind, str(holder.fraction), str(holder.since))
    charges = Table("rank", "charge", "creditor", "amount", "due", box=None, padding=(0, 2))
    for rank, charge in enumerate(facts.charges, 1):
        charges.add_row(str(rank), str(charge.number), charge.creditor, euros(charge.amount_cents), str(charge.due))
    burdens = Table("burden", "deed", "until", "serves", box=None, padding=(0, 2))
    for it in facts.burdens:
        burdens.add_row(it.kind, f"0x{it.document_hash.hex()[:16]}…", str(it.until or "—"), str(it.dominant or "—"))
    history = Table("day", "act", "detail", "transaction", box=None, padding=(0, 2))
    for line in facts.history:
        history.add_row(str(line.day), line.event, line.detail, f"0x{line.transaction.hex()}")
    for table in (holders, charges, burdens, history):
        if table.row_count:
            console.print(table)
