"""Pays what a sale owes to PAYEE and could not pay: a price, a fee, a refund.

\b
Without --to it goes to PAYEE's own account, once that may receive again; anyone may have it sent.
With --to, PAYEE's key sends it to another account: one's own is suspended, or has left the
town. A frozen account's money stays where it is.

\b
Examples:
  ape run land withdraw 0x… --network …
  ape run land withdraw 0x… --to 0x… --account payee --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.address import to_checksum_address

from beffroi import slips
from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau
from beffroi.cli.options import ACCOUNT, bureau_options
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("payee", type=ACCOUNT)
@bureau_options
@click.option("--to", type=ACCOUNT, help="The account that is paid.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, payee: str, town: str, account: str | None, to: str | None,
) -> None:  # fmt: skip
    bureau = LandBureau.open(town, provider, ecosystem)
    offices, signer = bureau.offices, bureau.signer(account)
    owed = offices.conveyance.read(offices.rpc, "owedTo", payee)
    if not owed:
        click.echo(f"Nothing is owed to {payee}.")
        return
    key = to_checksum_address(offices.residents.read(offices.rpc, "currentKeyOf", payee))
    if to and signer.address != key:
        raise click.ClickException(f"only {key} sends elsewhere what is owed to {payee}: sign by --account")
    if to:
        cents = bureau.sales.withdraw_to(signer, slips.withdrawal(payee, to, 0), b"")
    else:
        cents = bureau.sales.withdraw(signer, payee)
    click.echo(f"{euros(cents)} are paid to {to or key}.")
