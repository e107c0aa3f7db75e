"""Signs ACT, as an issuer that its fact names: says in words what it states, and adds a signature to the file.

Asks nothing of the chain but its number and its time, and sends nothing. What may be posted for more than a year yet is
not signed: it would be kept back until it suits. --source checks the document that you were given against
the hash that you sign. Sign one act of a number: of two, whoever posts chooses.

\b
Example:
  ape run facts sign act.json --source bulletin.pdf --account weigher --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.facts import MOST_DAYS, FactsBureau, moment, show_fact_act
from beffroi.cli.land import document_hash
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.errors import InputError
from beffroi.records.factact import FactAct
from beffroi.units import DAY_S


@click.command(cls=TownCommand, help=__doc__)
@click.argument("act", type=EXISTING)
@click.option("--source", type=EXISTING, help="The document, to be compared with what is signed.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, act: Path, source: Path | None, town: str, account: str | None
) -> None:
    bureau = FactsBureau.open(town, provider, ecosystem)
    read = FactAct.read(act)
    bureau.facts.require_here(read)
    if source is not None and document_hash(source) != read.source:
        raise InputError(f"{source} is not the document that the act names: it was changed, or is another")
    if read.deadline_s > clock_s(bureau.rpc) + MOST_DAYS * DAY_S:
        raise InputError(f"the act may be posted until {moment(read.deadline_s)}: more than {MOST_DAYS} days from now")
    show_fact_act(read)
    signed = read.signed(bureau.chosen(account, None))
    signed.write(act)
    click.echo(f"Signed by {len(signed.signers)}; it takes {read.fact.m}.")
