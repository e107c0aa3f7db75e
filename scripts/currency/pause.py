"""Stops every movement of the currency in an emergency, or with --end lets money move again.

A stop brings one wei, which tells every movement to look; --end gives it back. Where a town has several currencies, or
one takes over from another, each is stopped by itself: those that still move are named.

\b
Examples:
  ape run currency pause --account guardian --network …
  ape run currency pause --end --account guardian --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import bureau_options, currency_option


@click.command(cls=TownCommand, help=__doc__)
@bureau_options
@currency_option
@click.option("--end", is_flag=True, help="Let money move again.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, town: str, account: str | None, currency: str | None, end: bool
) -> None:
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    function, value_wei, told = ("resume", 0, "moves again") if end else ("pause", 1, "is stopped")
    guardian = bureau.signer(account, "guardian")
    missing = bureau.currency.read(bureau.rpc, "paused") == end
    bureau.act(guardian, function, purpose=f"{function} the currency", value_wei=value_wei, missing=missing)
    click.echo(f"{currency or bureau.money.contract} {told}.")
    for name in [] if end else bureau.moving():
        click.echo(f"{name} still moves: stop it by --currency {name}.")
