"""Lists whom a recall of LOT must reach: it and all that was made of it, with who has how much of each now.

\b
FILES are batches, or a town's folders. Events that were revoked, or that one tells who may not speak for
that lot or holder, are followed as well; what is packed is where its box is. What is not there and said
to be is claimed: ask who says so. Exits with 1 where a file is not what the chain has, or a town's folder
does not show all that the town's makers told: the list is short. With --csv the list is written as a
table too. What nobody told is not in it.

\b
Example:
  ape run lots recall urn:epc:class:lgtin:3012345.000001.L1 dist/town --csv recall.csv --network …
"""

import csv
import io
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.lots import ANY, LIMIT, lot_name, read_lots, tell_recalled, tell_trust
from beffroi.cli.options import FILE, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.records.lots.quantities import shown
from beffroi.records.lots.recall import Recalls
from beffroi.spreadsheet import guarded
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("lot")
@click.argument("files", type=ANY, nargs=-1, required=True)
@click.option("--csv", "table", type=FILE, help="Write the list there as well.")
@town_option
@click.pass_context
def cli(
    context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, lot: str, files: tuple[Path, ...],
    table: Path | None, town: str,
) -> None:  # fmt: skip
    if table is not None and table.exists():
        raise InputError(f"{table} exists: write the list to another file")
    lots = read_lots(RecordsBureau.open(town, provider, ecosystem), files)
    known, wrong = lots.known, tell_trust(lots)
    recalls, name, names = Recalls(known.story), lot_name(lot), known.story.names
    told = recalls.of(name)
    tell_recalled(names, told)
    for finding in recalls.findings(name):
        click.secho(plain(f"{finding.doubt}: {finding.words}."), fg="red")
    if table is not None:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["lot", "state", "holder", "name", "quantity", "unit"])
        for it in told:
            for spot, quantity in it.at:
                row = (it.lot, str(spot.state), spot.who, names.get(spot.who, ""), shown(quantity), it.unit or "")
                writer.writerow([guarded(cell) for cell in row])
        write_whole(table, text.getvalue())
    click.echo(f"{len(told)} lots. {LIMIT}")
    context.exit(1 if wrong else 0)
