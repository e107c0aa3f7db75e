"""Opens a fact, as FILE defines: a value that so many of named issuers sign, for contracts to read. Anyone may.

\b
FILE is JSON:
  {"format": "beffroi-fact-1", "name": "Wheat, Valombre market", "unit": "EUR/t", "decimals": 2,
   "uri": "", "issuers": ["0x…", "0x…", "0x…"], "m": 2}
It stands for good: other issuers make another fact. It takes more than half of them, so that no
two values can stand. Read whom you name: that two accounts are two people, no chain can see.
The town publishes what an office of it has opened, and so what others opened before may be opened again.

\b
Example:
  ape run facts open wheat.json --account clerk --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.facts import FactsBureau
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.records.fact import Fact
from beffroi.records.paperfile import hexed
from beffroi.textfile import read_text


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    fact = Fact.parse(read_text(file))
    bureau = FactsBureau.open(town, provider, ecosystem)
    bureau.facts.open(bureau.signer(account), fact)
    click.echo(f"The fact {fact.name} is {hexed(fact.id)}: {fact.m} of {len(fact.issuers)} issuers state it.")
