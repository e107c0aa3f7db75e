"""Posts an act that issuers signed, from one file or several copies of it; whoever posts needs be no issuer.

Files are read and signatures checked before anything is sent. An act that another came before must be drawn
up and signed anew.

\b
Example:
  ape run facts post act.json act-from-bob.json --account clerk --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.facts import FactsBureau, show_fact_act
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.records.factact import FactAct, gathered


@click.command(cls=TownCommand, help=__doc__)
@click.argument("acts", type=EXISTING, nargs=-1, required=True)
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, acts: tuple[Path, ...], town: str, account: str | None
) -> None:
    act = gathered([FactAct.read(it) for it in acts])
    bureau = FactsBureau.open(town, provider, ecosystem)
    bureau.facts.require_signed(act)
    bureau.facts.post(bureau.signer(account), act)
    show_fact_act(act)
    click.echo(f"Posted: signed by {', '.join(act.signers)}.")
