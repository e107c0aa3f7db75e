"""Opens a mandate for SUBJECT, whose appointment is the document TERMS; only its hash goes on chain.

Where the clerk's acts must wait, the first run announces it and the same command opens it after the delay.

\b
Example:
  ape run cred mandate 0x… deliberation.pdf --ends 2032-03-31 --supply population --network …
"""

import datetime as dt
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.crypto import keccak

from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau
from beffroi.cli.options import DAY, EXISTING, bureau_options, seconds
from beffroi.credibility.mandate import Supply

SUPPLIES = {it.name.lower().replace("_", "-"): it for it in Supply}


@click.command(cls=TownCommand, help=__doc__)
@click.argument("subject")
@click.argument("terms", type=EXISTING)
@bureau_options
@click.option("--ends", type=DAY, required=True, help="Last day of the mandate, UTC.")
@click.option("--supply", type=click.Choice(list(SUPPLIES)), default="population", show_default=True)
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, subject: str, terms: Path, town: str, account: str | None,
    ends: dt.datetime, supply: str,
) -> None:  # fmt: skip
    bureau = CredBureau.open(town, provider, ecosystem)
    clerk = bureau.signer(account, "clerk")
    number = bureau.mandates.open(clerk, subject, seconds(ends), SUPPLIES[supply], keccak(terms.read_bytes()))
    told = "is announced: run this again when its delay is over" if number is None else f"has number {number}"
    click.echo(f"The mandate of {subject} {told}.")
