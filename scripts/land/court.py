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
from ape.cli import ConnectedProviderCommand

from beffroi.land.desk import ACCOUNT, EXISTING, PARCEL, LandDesk, at_land_desk, document_hash, read_sale
from beffroi.land.parcels import ParcelId
from beffroi.office import office_options


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=ConnectedProviderCommand)
@click.argument("parcel", type=PARCEL)
@click.option("--end", is_flag=True, help="Unfreeze it.")
@office_options
def freeze(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, end: bool, town: str, account: str | None
) -> None:
    """Freezes PARCEL: nothing moves it, a sale included, until the court unfreezes it."""
    with at_land_desk(town, provider, ecosystem) as desk:
        given, words = (_holder(desk, parcel), desk.offices.title(parcel).id, not end), "unfrozen" if end else "frozen"
        court, register = desk.signer(account, "court"), desk.offices.register
        desk.offices.act(court, register, "setFrozenTokens", *given, purpose=f"{parcel} is {words}")
        click.echo(f"{parcel} is {words}.")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("to", type=ACCOUNT)
@office_options
def transfer(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, to: str, town: str, account: str | None
) -> None:
    """Gives the whole of PARCEL to another, TO."""
    with at_land_desk(town, provider, ecosystem) as desk:
        given = (_holder(desk, parcel), to, desk.offices.title(parcel).id)
        court, register = desk.signer(account, "court"), desk.offices.register
        desk.offices.act(court, register, "forcedTransfer", *given, purpose=f"give {parcel} to {to}")
        click.echo(f"{parcel} is given to {to}.")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("file", type=EXISTING)
@click.argument("document", type=EXISTING)
@office_options
def end(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, document: Path, town: str, account: str | None
) -> None:
    """Ends the sale of FILE by the order DOCUMENT; `sell refund` gives back what was paid."""
    with at_land_desk(town, provider, ecosystem) as desk:
        sale = read_sale(desk, file)
        desk.sales.order(desk.signer(account, "court"), sale.number, document_hash(document))
        click.echo("The sale is ended by order.")


def _holder(desk: LandDesk, parcel: ParcelId) -> str:
    """Who answers `ownerOf`: the register itself for those who hold it together."""
    return str(desk.offices.register.read(desk.offices.rpc, "ownerOf", parcel.token_id))
