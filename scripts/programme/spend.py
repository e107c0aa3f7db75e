"""Spends UNITS of PROGRAMME at MERCHANT by a sheet's code, which is asked for; the signer posts it and pays the fee.

\b
The code is the sheet's: nobody needs an account to have one. ROLL is the roll as it was published, which
is needed before a key first spends. Where nobody is there to be asked, --code names a file that has it alone.

\b
Example:
  ape run programme spend 0x… 0x… 1250 --roll food.csv --account grocer --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import ACCOUNT, EXISTING, bureau_options
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau, worth
from beffroi.programmes.programmekeys import key_of, seed_of
from beffroi.programmes.programmeroll import MOST_UNITS, read_roll
from beffroi.textfile import read_text


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@click.argument("merchant", type=ACCOUNT)
@click.argument("units", type=click.IntRange(0, MOST_UNITS))
@click.option("--roll", "roll_path", type=EXISTING, help="The roll as it was published.")
@click.option("--code", "code_path", type=EXISTING, help="A file with the code, and nothing else.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, merchant: str, units: int,
    roll_path: Path | None, code_path: Path | None, town: str, account: str | None,
) -> None:  # fmt: skip
    code = read_text(code_path) if code_path else click.prompt("Code", hide_input=True)
    holder = key_of(seed_of(code), programme)
    roll = read_roll(roll_path, programme) if roll_path else None
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    terms = bureau.book.terms(programme)
    bureau.acts.spend(bureau.signer(account), programme, holder, merchant, units, roll)
    click.echo(f"{worth(terms, units)} spent at {merchant}")
