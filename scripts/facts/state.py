"""Writes ACT, a file for the issuers of FACT to sign: its next VALUE, as of a time, from a source; sends nothing.

\b
FACT is its name on chain, 0x…, as `facts open` and `facts show` tell it. --source is the document
that the value is taken from: its hash is signed, and stands on chain. A value of the same
time as the last corrects it. Each issuer signs the file (`facts sign`), the same or a copy; then
anyone posts it (`facts post`). A negative value comes after --, as in: -- 0x… -1.5 act.json

\b
Example:
  ape run facts state 0x… 231.50 act.json --at 2026-03-02T12:00 --source bulletin.pdf --network …
"""

import datetime as dt
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.facts import DAYS, FactsBureau
from beffroi.cli.land import document_hash
from beffroi.cli.options import EXISTING, FILE, MOMENT, seconds, town_option
from beffroi.errors import InputError
from beffroi.records.fact import fact_id
from beffroi.records.factact import StatedValue
from beffroi.units import DAY_S


@click.command(cls=TownCommand, help=__doc__)
@click.argument("fact")
@click.argument("value")
@click.argument("act", type=FILE)
@click.option("--at", type=MOMENT, required=True, help="When it was so, UTC.")
@click.option("--source", type=EXISTING, required=True, help="The document that says so.")
@click.option("--days", default=7, show_default=True, type=DAYS, help="In which it may be posted.")
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, fact: str, value: str, act: Path, at: dt.datetime, source: Path,
    days: int, town: str,
) -> None:  # fmt: skip
    if act.exists():
        raise InputError(f"{act} exists: issuers may have signed it; write into another file")
    bureau = FactsBureau.open(town, provider, ecosystem)
    stated_of = bureau.facts.fact(fact_id(fact))
    now_s, at_s = clock_s(bureau.rpc), seconds(at)
    if at_s > now_s:
        raise InputError(f"{at}: that time has not come")
    stated = StatedValue(stated_of.value(value), at_s)
    drawn = bureau.facts.statement(stated_of, stated, document_hash(source), now_s + days * DAY_S)
    drawn.write(act)
    click.echo(f"Act {drawn.number}, to be signed by {stated_of.m} of {', '.join(stated_of.issuers)}: {act}.")
