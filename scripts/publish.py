"""Writes the town folder that a site serves beside the dApp: manifest, parcels, sealed rolls, bills of the land tax.

\b
Example:
  ape run publish dist/town --town example --parcels cadastre.json --roll roll.csv --bills 2026 bills.csv \\
      --post https://post.example.org --network …
"""

from typing import Any

import click
from ape.api import ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.publish import publish_options, publish_town


@click.command(cls=TownCommand, help=__doc__)
@publish_options
def cli(*, provider: ProviderAPI, **options: Any) -> None:
    click.echo(publish_town(str(provider.http_uri), **options))
