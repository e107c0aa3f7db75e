"""Appeals against evaluation NUMBER, by the mandate's subject: GROUNDS is a document, of which the hash goes on chain.

With --ruling it is the jury that answers, once nobody may appeal any more: the document is its reasons.

\b
Examples:
  ape run cred appeal 1 grounds.pdf --account mayor --network …
  ape run cred appeal 1 reasons.pdf --ruling confirmed --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.crypto import keccak

from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.credibility.mandate_history import RULINGS


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("grounds", type=EXISTING)
@bureau_options
@click.option("--ruling", type=click.Choice(RULINGS[1:]), help="The jury's answer.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, grounds: Path, town: str, account: str | None,
    ruling: str | None,
) -> None:  # fmt: skip
    document = keccak(grounds.read_bytes())
    bureau = CredBureau.open(town, provider, ecosystem)
    if ruling is None:
        bureau.mandates.appeal(bureau.signer(account), number, document)
        click.echo(f"Evaluation {number} is before the jury, which rules once nobody may appeal any more.")
    else:
        bureau.mandates.rule(bureau.signer(account, "jury"), number, RULINGS.index(ruling), document)
        click.echo(f"Evaluation {number} is {ruling}.")
