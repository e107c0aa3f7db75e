"""Court orders: a title is frozen or given to another, a sale is ended.

\b
Examples:
  ape run land court freeze 59999000AB0001 --account court --network …
  ape run land court transfer 59999000AB0001 0x… --account court --network …
  ape run land court end sale.json order.pdf --account court --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, at_sale, document_hash
from beffroi.cli.options import ACCOUNT, EXISTING, PARCEL, bureau_options
from beffroi.land.parcels import ParcelId


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.option("--end", is_flag=True, help="Unfreeze it.")
@bureau_options
def freeze(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, end: bool, town: str, account: str | None
) -> None:
    """Freezes PARCEL: nothing moves it, a sale included, until the court unfreezes it."""
    bureau = LandBureau.open(town, provider, ecosystem)
    title, words = (_holder(bureau, parcel), bureau.offices.title(parcel).id), "unfrozen" if end else "frozen"
    court, register, purpose = bureau.signer(account, "court"), bureau.offices.register, f"{parcel} is {words}"
    missing = register.read(bureau.offices.rpc, "getFrozenTokens", *title) == end
    bureau.offices.act(court, register, "setFrozenTokens", *title, not end, purpose=purpose, missing=missing)
    click.echo(f"{parcel} is {words}.")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("to", type=ACCOUNT)
@bureau_options
def transfer(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, to: str, town: str, account: str | None
) -> None:
    """Gives the whole of PARCEL to another, TO."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given = (_holder(bureau, parcel), to, bureau.offices.title(parcel).id)
    court, register = bureau.signer(account, "court"), bureau.offices.register
    bureau.offices.act(court, register, "forcedTransfer", *given, purpose=f"give {parcel} to {to}")
    click.echo(f"{parcel} is given to {to}.")


@cli.command(cls=TownCommand)
@click.argument("file", type=EXISTING)
@click.argument("document", type=EXISTING)
@bureau_options
def end(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, document: Path, town: str, account: str | None
) -> None:
    """Ends the sale of FILE by the order DOCUMENT; `sell refund` gives back what was paid."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    bureau.sales.order(bureau.signer(account, "court"), sale.number, document_hash(document))
    click.echo("The sale is ended by order.")


def _holder(bureau: LandBureau, parcel: ParcelId) -> str:
    """Who answers `ownerOf`: the register itself for those who hold it together."""
    return str(bureau.offices.register.read(bureau.offices.rpc, "ownerOf", parcel.token_id))
