"""Audits FOLDER, a town's as it is published: catalogue, files and versions against their papers and the chain.

\b
Told are: files whose bytes are not those of their paper, words of the catalogue that their paper
does not say, versions that are not on the chain, papers on the chain that are published nowhere;
two latest versions, forks, gaps, versions that name none before them; data that is not the town's,
series of the town that are left out, a sensors' day told twice. Exits with 1 where anything is wrong.

\b
Example:
  ape run data audit dist/town --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.opendata import read_standing, tell_histories, warn
from beffroi.cli.options import FOLDER, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.plain import plain
from beffroi.records.opendata.catalogue_check import base_of
from beffroi.records.opendata.dataaudit import data_problems


@click.command(cls=TownCommand, help=__doc__)
@click.argument("folder", type=FOLDER)
@town_option
@click.pass_context
def cli(context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, folder: Path, town: str) -> None:
    bureau = RecordsBureau.open(town, provider, ecosystem)
    found, known = read_standing(bureau, folder)
    tell_histories(known)
    problems = data_problems(found, known, bureau.attested.home)
    warn(f"{it}." for it in problems)
    click.echo(plain(f"Links of the catalogue lead below {base_of(found.catalogue) or 'nothing'}: is that the town's?"))
    if problems:
        context.exit(1)
    click.echo("Catalogue, files, papers and chain agree.")
