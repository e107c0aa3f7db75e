"""Changes money of the signer's account back into euros, where its kind may.

\b
AMOUNT is 1234.50 or 1234,50. The fee goes to the commons, the rest is burnt and owed
in euros under a number; the treasurer settles it by `ape run currency settle`.

\b
Example:
  ape run currency redeem 500.00 --account shop --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand

from beffroi.csvfile import amount_cents
from beffroi.office import at_work, euros, office_options


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.argument("amount")
@office_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, amount: str, town: str, account: str | None) -> None:
    try:
        cents = amount_cents(amount)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="AMOUNT") from error
    with at_work(town, provider, ecosystem) as office:
        receipt = office.act(office.signer(account), "redeem", cents, purpose=f"redeem {euros(cents)}")
        (redeemed,) = office.currency.logged(receipt, "Redeemed")
        click.echo(
            f"redemption {redeemed.args['redemption']}: {euros(redeemed.args['owed_cents'])} euros are owed, "
            f"{euros(redeemed.args['fee_cents'])} went to the commons ({receipt['transactionHash']})"
        )
