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
from ape.cli import ConnectedProviderCommand
from eth_utils.crypto import keccak

from beffroi.consultation.desk import EXISTING
from beffroi.credibility.desk import DAY, at_cred_desk, seconds
from beffroi.credibility.mandate import Supply
from beffroi.office import office_options

SUPPLIES = {it.name.lower().replace("_", "-"): it for it in Supply}


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("subject")
@click.argument("terms", type=EXISTING)
@office_options
@click.option("--ends", type=DAY, required=True, help="Last day of the mandate, UTC.")
@click.option("--supply", type=click.Choice(list(SUPPLIES)), default="population", show_default=True)
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, subject: str, terms: Path, town: str, account: str | None,
    ends: dt.datetime, supply: str,
) -> None:  # fmt: skip
    with at_cred_desk(town, provider, ecosystem) as it:
        clerk = it.desk.signer(account, "clerk")
        number = it.mandates.open(clerk, subject, seconds(ends), SUPPLIES[supply], keccak(terms.read_bytes()))
        told = "is announced: run this again when its delay is over" if number is None else f"has number {number}"
        click.echo(f"The mandate of {subject} {told}.")
