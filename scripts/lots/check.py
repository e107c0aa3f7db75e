"""Checks the lots told in FILES, batches or a town's folders, by the chain: what does not add up is named, in red.

\b
Told are: batches that are not on the chain, were changed, or are NOT of the town, papers that were
revoked or disowned, who speaks for another's holder or lot, quantities out of nothing or beyond the
yield, units that do not convert, lots made of themselves or before what they are made of, lots from
nowhere or under a second name, events told long after, papers that rest on others than those that made
what they take, events sealed twice or altered since, two issuers with one key. Exits with 1 where
anything is wrong, or a town's folder does not show all that the town's makers told. A town's folder has
the EPCIS documents with which papers are compared; a batch alone has none. What nobody tells is not seen.

\b
Example:
  ape run lots check milk.lots cheese.lots --network …
  ape run lots check dist/town --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.lots import ANY, LIMIT, called, read_lots, tell_problems, tell_trust
from beffroi.cli.options import town_option
from beffroi.cli.records import RecordsBureau
from beffroi.plain import plain


@click.command(cls=TownCommand, help=__doc__)
@click.argument("files", type=ANY, nargs=-1, required=True)
@town_option
@click.pass_context
def cli(
    context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, files: tuple[Path, ...], town: str
) -> None:
    lots = read_lots(RecordsBureau.open(town, provider, ecosystem), files)
    known, names = lots.known, lots.known.story.names
    for lot in known.story.lots:
        click.echo(plain(called(names, lot)))
    wrong = tell_trust(lots)
    if lots.undocumented:
        click.echo(
            f"To {lots.undocumented} batches of events no EPCIS document is given: that their papers say what the "
            "field's events say was not compared."
        )
    if tell_problems([f"{it.doubt}: {it.words}" for it in known.story.findings]) or wrong:
        context.exit(1)
    click.echo(f"{len(known.story.events)} events of {len(known.story.lots)} lots add up. {LIMIT}")
