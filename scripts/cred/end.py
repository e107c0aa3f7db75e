"""Ends mandate NUMBER before its time: death, resignation. What was due is still judged; DOCUMENT says why.

With --cancel the clerk cancels a mandate of which nothing was judged, and all its Cred is burnt.

\b
Example:
  ape run cred end 1 letter.pdf --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.crypto import keccak

from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau
from beffroi.cli.options import EXISTING, bureau_options


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("document", type=EXISTING)
@bureau_options
@click.option("--cancel", is_flag=True, help="Cancel it, where nothing was judged.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, document: Path, town: str, account: str | None,
    cancel: bool,
) -> None:  # fmt: skip
    bureau = CredBureau.open(town, provider, ecosystem)
    bureau.mandates.end(bureau.signer(account, "clerk"), number, keccak(document.read_bytes()), cancel=cancel)
    click.echo(f"Mandate {number} is {'cancelled' if cancel else 'ended'}.")
