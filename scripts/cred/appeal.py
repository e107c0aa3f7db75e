"""Appeals against evaluation NUMBER, by the mandate's subject: GROUNDS is a document, of which the hash goes on chain.

With --ruling it is the jury that answers: the document is its reasons.

\b
Examples:
  ape run cred appeal 1 grounds.pdf --account mayor --network …
  ape run cred appeal 1 reasons.pdf --ruling confirmed --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand
from eth_utils.crypto import keccak

from beffroi.consultation.desk import EXISTING
from beffroi.credibility.desk import at_cred_desk
from beffroi.credibility.history import RULINGS
from beffroi.office import office_options


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("grounds", type=EXISTING)
@office_options
@click.option("--ruling", type=click.Choice(RULINGS[1:]), help="The jury's answer.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, grounds: Path, town: str, account: str | None,
    ruling: str | None,
) -> None:  # fmt: skip
    document = keccak(grounds.read_bytes())
    with at_cred_desk(town, provider, ecosystem) as it:
        if ruling is None:
            it.mandates.appeal(it.desk.signer(account), number, document)
            click.echo(f"Evaluation {number} is before the jury.")
        else:
            it.mandates.rule(it.desk.signer(account, "jury"), number, RULINGS.index(ruling), document)
            click.echo(f"Evaluation {number} is {ruling}.")
