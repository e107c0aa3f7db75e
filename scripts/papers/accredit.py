"""Lets the issuer of SERIES issue under its schema until a day, or ends that; disowns what it should not have issued.

\b
SERIES is SCHEMA:ISSUER, as 3:0x…: the schema's number, and the account that issues (the one
first accredited, whatever key it has handed the series to). What was issued before the end
holds after it; what is disowned never held.

\b
Examples:
  ape run papers accredit 3:0x… --until 2030-12-31 --account university --network …
  ape run papers accredit 3:0x… --end --disown 17-29 --account university --network …
"""

import datetime as dt

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import DAY, bureau_options, seconds
from beffroi.cli.records import RecordsBureau, paper_numbers, series_name
from beffroi.units import DAY_S, HOUR_S


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.option("--until", type=DAY, help="The last day on which it may issue, UTC.")
@click.option("--end", is_flag=True, help="Ends the accreditation, within the hour.")
@click.option("--disown", metavar="FIRST-LAST", help="The numbers that never held.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, until: dt.datetime | None, end: bool,
    disown: str | None, town: str, account: str | None,
) -> None:  # fmt: skip
    name = series_name(series)
    if (until is not None) == end and not disown:
        raise click.UsageError("say --until DAY or --end, or --disown what")
    bureau = RecordsBureau.open(town, provider, ecosystem)
    signer = bureau.signer(account)
    if until is not None:
        bureau.attested.accredit(signer, name, seconds(until) + DAY_S)
        click.echo(f"{name.issuer} may issue under schema {name.schema} until {until:%d %B %Y}.")
    elif end:
        bureau.attested.accredit(signer, name, clock_s(bureau.rpc) // HOUR_S * HOUR_S + HOUR_S)
        click.echo(f"{name.issuer} issues no more under schema {name.schema} once this hour is over.")
    if disown:
        numbers = paper_numbers(disown)
        bureau.attested.disown(signer, name, min(numbers), max(numbers) + 1)
        click.echo(f"Papers {min(numbers)} to {max(numbers)} never held.")
