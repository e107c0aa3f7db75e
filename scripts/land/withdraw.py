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
from beffroi.land.sale import Sales
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("payee", type=ACCOUNT)
@bureau_options
@click.option("--to", type=ACCOUNT, help="The account that is paid.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, payee: str, town: str, account: str | None, to: str | None,
) -> None:  # fmt: skip
    bureau = LandBureau.open(town, provider, ecosystem)
    signer, residents, paid = bureau.signer(account, resumes=True), bureau.offices.residents, 0
    for conveyance in bureau.offices.conveyances:
        if not conveyance.read(bureau.rpc, "owedTo", payee):
            continue
        sales = Sales(bureau.offices.through(conveyance.address))
        key = to_checksum_address(residents.read(bureau.rpc, "currentKeyOf", payee))
        if to and signer.address != key:
            raise click.ClickException(f"only {key} sends elsewhere what is owed to {payee}: sign by --account")
        cents = sales.withdraw_to(signer, slips.withdrawal(payee, to, 0), b"") if to else sales.withdraw(signer, payee)
        click.echo(f"{euros(cents)} are paid to {to or key}.")
        paid += cents
    if not paid:
        click.echo(f"Nothing is owed to {payee}.")
