"""Says which labels LOT bears now, by what FILES tell, batches or a town's folders, and by the chain.

\b
A label holds iff every lot that LOT was made of bears it: a certificate of its maker's product,
neither revoked nor disowned, that was in force when it was made and when that was told on the chain;
and no event in between that is taken back or does not add up. Why it does not hold is said, lot by lot.
A label is its body's, whose account is told: anybody may open one of the same name; one that no office
of the town opened is NOT of the town and holds of nothing. Exits with 1 where no label holds, a file
is not what the chain has, or a town's folder does not show all that the town's makers told.

\b
Example:
  ape run lots label urn:epc:class:lgtin:3012345.000002.C1 milk.lots cheese.lots bio-2026.label --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.lots import ANY, LIMIT, lot_name, read_lots, tell_trust
from beffroi.cli.options import town_option
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.records.lots.labels import doubts


@click.command(cls=TownCommand, help=__doc__)
@click.argument("lot")
@click.argument("files", type=ANY, nargs=-1, required=True)
@town_option
@click.pass_context
def cli(
    context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, lot: str, files: tuple[Path, ...],
    town: str,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    lots = read_lots(bureau, files)
    known, wrong = lots.known, tell_trust(lots)
    if not known.labels:
        raise InputError("no file is of a label: give the batches of its certificates as well")
    holding = 0
    for schema, (name, certificates) in known.labels.items():
        why = doubts(known.story, lot_name(lot), certificates)
        holding += not why
        body = f"{bureau.attested.accreditor(schema)}{'' if schema in known.towns else ', NOT of the town'}"
        told = f"{name}, the label of {body}: {'does not hold' if why else 'holds'}."
        click.secho(plain(told), fg="red" if why else None)
        for it in why:
            click.secho(plain(f"   {it}."), fg="red")
    click.echo(LIMIT)
    context.exit(0 if holding and not wrong else 1)
