"""The auditor states how many euros are in the reserve's bank account.

\b
AMOUNT is in euros: 12500.00 or 12500,00. STATEMENT is the bank statement itself;
only its hash (keccak-256) goes on chain, so keep the file.

\b
Example:
  ape run currency attest 12500.00 statement-2026-11.pdf --account auditor --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand
from eth_utils.crypto import keccak

from beffroi.csvfile import amount_cents
from beffroi.office import at_work, euros, office_options


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("amount")
@click.argument("statement", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@office_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, amount: str, statement: Path, town: str, account: str | None
) -> None:
    try:
        cents = amount_cents(amount)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="AMOUNT") from error
    with at_work(town, provider, ecosystem) as office:
        document = keccak(statement.read_bytes())
        receipt = office.act(
            office.signer(account, "auditor"), "attestReserve", cents, document, purpose="attest the reserve"
        )
        click.echo(f"{euros(cents)} attested by 0x{document.hex()} ({receipt['transactionHash']})")
