"""Opens a schema: what papers of it say, as FILE defines. Anyone may; who opens it accredits under it, for good.

\b
FILE is JSON:
  {"format": "beffroi-schema-1", "name": "diploma", "fields": [
    {"name": "degree", "type": "text", "required": true}, …]}
Types: text, integer, date, boolean, address, hash. The definition stands on chain, in the
schema's URI. Let an account open it that shall outlive a key: a Safe.

\b
Example:
  ape run papers schema diploma.json --account university --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.records.definition import Definition
from beffroi.textfile import read_text


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    definition = Definition.parse(read_text(file))
    bureau = RecordsBureau.open(town, provider, ecosystem)
    number = bureau.attested.open_schema(bureau.signer(account), definition)
    click.echo(f"The schema {definition.name} has number {number}.")
