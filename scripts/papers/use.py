"""Uses PAPER for a PURPOSE, once: whoever it is about signs and pays; by slip the post office does.

\b
Example:
  ape run papers use alice.paper "canteen, 3 March" --account alice --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.cli.records import RecordsBureau, purpose_word
from beffroi.records.paperfile import read_paper


@click.command(cls=TownCommand, help=__doc__)
@click.argument("paper", type=EXISTING)
@click.argument("purpose")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, paper: Path, purpose: str, town: str, account: str | None
) -> None:
    bureau = RecordsBureau.open(town, provider, ecosystem)
    home, own = read_paper(paper)
    bureau.require_home(home)
    bureau.attested.use(bureau.signer(account), own.paper, purpose_word(purpose))
    click.echo(f"Paper {own.paper.number} is used: {purpose}.")
