"""Grants UNITS of PROGRAMME to KEY for ACT, once for each act; by a granter, whom the sponsor allows by --allow.

\b
ACT is what it is granted for, in words that the granter keeps: its hash goes on chain. Units that were
granted last until the programme is over. With --allow, the sponsor says how many units KEY, a granter,
may grant from now on: they are funded before, by `programme fund PROGRAMME AMOUNT`.

\b
Examples:
  ape run programme grant 0x… 0x… 500 --allow --account ccas --network …
  ape run programme grant 0x… 0x… 5 "Clean-up of the Lys, 3 May, sheet 12" --account granter --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.crypto import keccak

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import ACCOUNT, bureau_options
from beffroi.cli.programme import PROGRAMME, ProgrammeBureau
from beffroi.programmes.programmeroll import MOST_UNITS


@click.command(cls=TownCommand, help=__doc__)
@click.argument("programme", type=PROGRAMME)
@click.argument("key", type=ACCOUNT)
@click.argument("units", type=click.IntRange(0, MOST_UNITS))
@click.argument("act", required=False)
@click.option("--allow", is_flag=True, help="The sponsor's part: how many units KEY may grant.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, programme: bytes, key: str, units: int, act: str | None,
    allow: bool, town: str, account: str | None,
) -> None:  # fmt: skip
    if allow == bool(act):
        raise click.UsageError("a granter says for which ACT; the sponsor gives --allow, and none")
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    bureau.book.terms(programme)
    signer = bureau.signer(account, resumes=True)
    if act is None:
        done = bureau.acts.allow(signer, programme, key, units)
        click.echo(f"{key} may grant {units:,} units{'' if done else ', as before'}")
        return
    done = bureau.acts.grant(signer, programme, key, units, keccak(text=act))
    click.echo(f"{units:,} units granted to {key}" if done else "Something was granted for that act already.")
