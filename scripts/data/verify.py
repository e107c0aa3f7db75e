"""Says which version of which data set FILE is: the latest or not, revoked, disowned, whose; or that it is none.

\b
FILE is a file that somebody got, or a row or a sensor's reading that somebody shows alone.
FOLDER is the town's, as it is published; nothing in it is believed that the chain does not confirm.
A CSV that is no version is told by what it is like: the same rows in another order, with other line
ends, or most of them. Exits with 0 for the latest version, 3 for an older one, 1 otherwise.
The chain proves when and by whom, not that it is true.

\b
Example:
  ape run data verify march.csv dist/town --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.opendata import read_standing, tell_shown, tell_version, warn
from beffroi.cli.options import EXISTING, FOLDER, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.records.opendata.compared import compared
from beffroi.records.opendata.dataversion import DataFile


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.argument("folder", type=FOLDER)
@town_option
@click.pass_context
def cli(
    context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, folder: Path, town: str
) -> None:
    bureau, mine = RecordsBureau.open(town, provider, ecosystem), DataFile.read(file)
    found, known = read_standing(bureau, folder)
    for problem in (*found.problems, *known.problems):
        warn([f"In the folder: {problem}."])
    if same := known.find(mine.sha256):
        context.exit(tell_version(known, *same[0]))
    if (shown := tell_shown(known, file)) is not None:
        context.exit(shown)
    warn([f"{file.name} is none of the {sum(len(it.versions) for it in known.histories)} published versions."])
    warn(f"But {it}." for it in compared(mine, known.histories, found))
    context.exit(1)
