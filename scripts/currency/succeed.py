"""Carries what the currency holds over to the one that follows it. Anyone may; started again, it does what is left.

\b
How a succession goes (docs/succession.md):
  1. the town's file names the new currency, with `succeeds: …`; `ape run deploy` creates it
  2. this command tells it of every resident
  3. the guardian stops the old one (`currency pause`), ADMIN retires it (`deploy` again)
  4. this command carries over what the old one holds, account by account, to the cent
  5. redemptions are settled and seizures end where they began; this command again
  6. when nothing is left, `ape run deploy` ends the old one's offices

\b
Example:
  ape run currency succeed --account anyone --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import bureau_options, currency_option
from beffroi.cli.printing import progress_bar, require_done
from beffroi.currency import succession
from beffroi.units import euros


@click.command(cls=TownCommand, help=__doc__)
@bureau_options
@currency_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, town: str, account: str | None, currency: str | None
) -> None:
    console = Console()
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    if bureau.money.succeeds is None:
        raise click.ClickException(f"{bureau.money.contract} follows no other currency: `succeeds` in the town's file")
    old = CurrencyBureau.open(town, provider, ecosystem, currency=bureau.money.succeeds).currency
    poster = bureau.signer(account, resumes=True)
    given = (bureau.rpc, bureau.residents, old, bureau.currency, bureau.start_block)
    before = succession.standing(*given)
    with progress_bar(console, "informing", succession.batches(before.unknown)) as progress:
        informed = succession.inform(bureau.rpc, bureau.residents, bureau.currency, poster, before.unknown, progress)
        require_done(informed)
    console.print(f"{len(before.unknown)} residents told to {bureau.money.contract}")
    if not before.is_retired:
        console.print(f"{bureau.money.succeeds} is not retired yet: nothing is carried over")
        return
    with progress_bar(console, "carrying over", succession.batches(before.held)) as progress:
        require_done(succession.carry_over(bureau.rpc, old, poster, before.held, progress))
    after = succession.standing(*given)
    console.print(f"{euros(before.supply_cents - after.supply_cents)} carried over")
    if after.is_over:
        console.print(f"{bureau.money.succeeds} is empty: `ape run deploy` ends its offices")
        return
    console.print(
        f"left in {bureau.money.succeeds}: {euros(after.supply_cents)} in {len(after.held)} accounts that are seized "
        f"or institutions, {euros(after.owed_cents)} owed by redemptions"
    )
