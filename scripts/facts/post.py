"""Posts an act that issuers signed, from one file or several copies of it; whoever posts needs be no issuer.

Files are read and signatures checked before anything is sent; whoever has resigned since, or did not sign so, is left
out and told. An act that another came before must be drawn up and signed anew.

A value stands while enough of those whose signatures were posted keep their seats: gather all before you post, for
nobody adds one later.

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
    accepted = bureau.facts.accepted(act)
    show_fact_act(accepted)
    for who in act.signatures.keys() - accepted.signatures.keys():
        click.secho(f"Left out: {who} has resigned, or did not sign so.", fg="red")
    bureau.facts.post(bureau.signer(account), accepted)
    click.echo(f"Posted: signed by {', '.join(accepted.signers)}.")
