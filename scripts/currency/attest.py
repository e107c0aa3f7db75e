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
from eth_utils.crypto import keccak

from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import AMOUNT_OR_NOTHING, EXISTING, bureau_options, currency_option
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("cents", metavar="AMOUNT", type=AMOUNT_OR_NOTHING)
@click.argument("statement", type=EXISTING)
@bureau_options
@currency_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, cents: int, statement: Path, town: str, account: str | None,
    currency: str | None,
) -> None:  # fmt: skip
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    document = keccak(statement.read_bytes())
    receipt = bureau.act(
        bureau.signer(account, "auditor"), "attestReserve", cents, document, purpose="attest the reserve"
    )
    click.echo(f"{euros(cents)} attested by 0x{document.hex()} ({receipt['transactionHash']})")
