"""Tells how the programme that FILE describes is named once SPONSOR opens it; nothing is sent.

\b
FILE is as `programme open` takes it: its title and SPONSOR's account make the name. Households whose
wallets make their keys need it before: the page shows each her key, to be handed to the sponsor, who
lists them for `programme open --households`.

\b
Example:
  ape run programme name food.yaml 0x… --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import ACCOUNT, EXISTING, town_option
from beffroi.cli.programme import ProgrammeBureau
from beffroi.programmes.programmeroll import name_of
from beffroi.programmes.programmeterms import read_programme


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.argument("sponsor", type=ACCOUNT)
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, sponsor: str, town: str) -> None:
    told = read_programme(file)
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    name = name_of(bureau.chain_id, bureau.book.contract.address, sponsor, told.salt).hex()
    click.echo(f"{told.title}: 0x{name}")
    click.echo(f"  in the town's page, a wallet shows its key at #/purse/key?programme=0x{name}")
