"""Writes ACT, a file for the issuers of FACT to sign: that its value is taken back; sends nothing.

Until they state another, contracts that read the fact are refused. --source is the document that says
why: its hash is signed. Signed by `facts sign` and posted by `facts post`, as a statement is.

\b
Example:
  ape run facts withdraw 0x… act.json --source error.pdf --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.facts import DAYS, FactsBureau
from beffroi.cli.land import document_hash
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.errors import InputError
from beffroi.records.fact import fact_id
from beffroi.units import DAY_S


@click.command(cls=TownCommand, help=__doc__)
@click.argument("fact")
@click.argument("act", type=FILE)
@click.option("--source", type=EXISTING, required=True, help="The document that says why.")
@click.option("--days", default=7, show_default=True, type=DAYS, help="In which it may be posted.")
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, fact: str, act: Path, source: Path, days: int, town: str
) -> None:
    if act.exists():
        raise InputError(f"{act} exists: issuers may have signed it; write into another file")
    bureau = FactsBureau.open(town, provider, ecosystem)
    of_ = bureau.facts.fact(fact_id(fact))
    drawn = bureau.facts.statement(of_, None, document_hash(source), clock_s(bureau.rpc) + days * DAY_S)
    drawn.write(act)
    click.echo(f"Act {drawn.number}, to be signed by {of_.m} of {', '.join(of_.issuers)}: {act}.")
