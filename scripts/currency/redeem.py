"""Changes money of the signer's account back into euros, where its kind may.

\b
AMOUNT is 1234.50 or 1234,50. A reference of one's own, an invoice or a bank account,
is told by statements: any text, whose hash goes on chain. The fee goes to the commons, the rest is burnt and owed
in euros under a number; the treasurer settles it by `ape run currency settle`.

\b
Example:
  ape run currency redeem 500.00 --reference "takings of March" --account shop --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import AMOUNT, bureau_options, currency_option
from beffroi.currency import issuing
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@click.argument("cents", metavar="AMOUNT", type=AMOUNT)
@bureau_options
@currency_option
@click.option("--reference", "text", help="What it is for: any text, or 32 bytes as 0x…")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, cents: int, town: str, account: str | None,
    currency: str | None, text: str | None,
) -> None:  # fmt: skip
    ref = issuing.reference(text) if text else bytes(32)
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    receipt = bureau.act(bureau.signer(account), "redeem", cents, ref, purpose=f"redeem {euros(cents)}")
    (redeemed,) = bureau.currency.logged(receipt, "Redeemed")
    click.echo(
        f"redemption {redeemed.args['redemption']}: {euros(redeemed.args['owed_cents'])} euros are owed, "
        f"{euros(redeemed.args['fee_cents'])} went to the commons ({receipt['transactionHash']})"
    )
