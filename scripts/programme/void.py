"""Voids the key at INDEX of PROGRAMME's roll, whose sheet was lost or copied; by its sponsor.

\b
ROLL is the roll as it was published, which has each key by its INDEX. The sheet shows it in small print:
whoever hands sheets out notes who was given which, for a sheet that is lost is not there to be read.
What the key had left goes back in the end; what its household still needs is granted to another key.

\b
Example:
  ape run programme void 0x… food.csv 17 --account ccas --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau
from beffroi.errors import InputError
from beffroi.programmes.programmeroll import read_roll


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@click.argument("roll_path", metavar="ROLL", type=EXISTING)
@click.argument("index", type=click.IntRange(0))
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, roll_path: Path, index: int, town: str,
    account: str | None,
) -> None:  # fmt: skip
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    roll = read_roll(roll_path, programme)
    roll.require(bureau.book.terms(programme).sealed)
    if index >= len(roll.entries):
        raise InputError(f"the roll has no index {index}: 0 to {len(roll.entries) - 1}")
    key, _ = roll.entries[index]
    done = bureau.acts.void(bureau.signer(account, resumes=True), programme, key)
    click.echo(f"{key}, index {index}, {'is void' if done else 'was void already'}")
