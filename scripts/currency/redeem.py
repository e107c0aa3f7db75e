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

from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import AMOUNT, bureau_options, currency_option
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("cents", metavar="AMOUNT", type=AMOUNT)
@bureau_options
@currency_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, cents: int, town: str, account: str | None,
    currency: str | None,
) -> None:  # fmt: skip
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    receipt = bureau.act(bureau.signer(account), "redeem", cents, purpose=f"redeem {euros(cents)}")
    (redeemed,) = bureau.currency.logged(receipt, "Redeemed")
    click.echo(
        f"redemption {redeemed.args['redemption']}: {euros(redeemed.args['owed_cents'])} euros are owed, "
        f"{euros(redeemed.args['fee_cents'])} went to the commons ({receipt['transactionHash']})"
    )
