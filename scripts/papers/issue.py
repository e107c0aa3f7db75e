"""Issues BATCH, a file that a `seal` made (of papers, acts, lots, data): one slot on chain for one paper or a million.

Whoever has its series' key may; a batch that another has come before must be sealed anew.

\b
Example:
  ape run papers issue diplomas.batch --account rector --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.records.openbatch import read_issuable


@click.command(cls=TownCommand, help=__doc__)
@click.argument("batch", type=EXISTING)
@click.option("--uri", default="", help="Where everybody may read it; without it, nowhere.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, batch: Path, uri: str, town: str, account: str | None
) -> None:
    bureau = RecordsBureau.open(town, provider, ecosystem)
    home, sealed = read_issuable(batch)
    bureau.require_home(home)
    bureau.attested.issue(bureau.signer(account), sealed, uri)
    click.echo(f"Papers {sealed.first} to {sealed.first + len(sealed) - 1} are issued.")
