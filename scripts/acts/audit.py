"""Audits the register of acts SERIES: compares the published FILES with the chain; gaps and lateness in red.

\b
Told are: batches on chain that are published nowhere, files that are not on chain or were
changed, numbers that are missing or given twice, acts published more than a week after the vote
(CGCT L2121-25), acts that were revoked or disowned, acts whose call was not made or was made
before they were published, and calls that no act authorises: issues of money, rates, zones,
mandates; a call of another function is told as not made. A call made through a Safe or the town's
own authority is found, where the node keeps the state of that block and of the one before, and the
Safe did nothing else in it; through another contract it is told as one without an act.
Exits with 1 where anything is wrong.

\b
Example:
  ape run acts audit 3:0x… january.acts.json february.acts.json --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, town_option
from beffroi.cli.records import RecordsBureau, series_name, show_audit
from beffroi.records.actaudit import audit_acts
from beffroi.records.council import read_acts


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("files", type=EXISTING, nargs=-1)
@click.option("--no-calls", is_flag=True, help="Leave calls out.")
@town_option
@click.pass_context
def cli(
    context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, files: tuple[Path, ...],
    no_calls: bool, town: str,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    published = [read_acts(file) for file in files]
    for batch in published:
        bureau.require_home(batch.home)
    name = series_name(series)
    issued = [*bureau.attested.batches(name)]
    places = {act.place for batch in published for act in batch.acts}
    taken_back = bureau.attested.taken_back(name, places)
    audited = audit_acts(issued, published, None if no_calls else bureau.calls(), taken_back)
    show_audit(audited)
    if not audited.is_clean:
        context.exit(1)
    click.echo(f"{len(audited.acts)} acts, numbered without a gap and published in time.")
