"""Taxes on land: rates of the tax on sales, valuations, the yearly roll and its payment with a receipt.

\b
Examples:
  ape run land tax rates deliberation.pdf --from 2026-06-01 --account clerk --network …
  ape run land tax assess 250000 --network …
  ape run land tax publish 2026 bills.csv --account clerk --network …
  ape run land tax pay 2026 bills.csv 59999000AB0001 --account me --network …

A roll is a CSV file: parcel, account, amount. Its order belongs to it: publish it as it is. Where the clerk's acts
must wait, the first run announces and the same command acts after the delay: a first day of rates lies beyond it.
"""

import datetime as dt
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.signers import sign_typed
from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, document_hash
from beffroi.cli.options import ACCOUNT, AMOUNT, DAY, EXISTING, PARCEL, bureau_options, town_option
from beffroi.land import levying
from beffroi.land.drafting import assess
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.units import DAY_S, euros


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("document", type=EXISTING)
@click.option("--from", "first_day", type=DAY, required=True, help="The first day on which they hold.")
@bureau_options
def rates(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, document: Path, first_day: dt.datetime, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """Puts the rates of the town's file in force from a day on, by the deliberation DOCUMENT."""
    bureau = LandBureau.open(town, provider, ecosystem)
    if bureau.section.transfer_tax is None:
        raise LandError("the town's file has no rates: add `land.transfer_tax`")
    table = levying.brackets(bureau.section.transfer_tax)
    given = levying.rates_call(first_day.date(), table, document_hash(document))
    if bureau.clerk_acts(account, bureau.offices.tax, "setRates", *given, purpose="put rates in force"):
        per_cent = sum((table[0].departement, table[0].commune, table[0].state)) / 100_000
        click.echo(f"{per_cent:g} % of the price from {first_day:%d %B %Y} on.")


@cli.command("assess", cls=TownCommand)
@click.argument("price", type=AMOUNT)
@town_option
def assess_(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    price: int,
    town: str,
) -> None:
    """The tax on a sale at PRICE today, in its three parts."""
    bureau = LandBureau.open(town, provider, ecosystem)
    parts = assess(bureau.offices, price, bureau.offices.now_s() // DAY_S)
    for name, part in zip(("département", "commune", "State"), parts, strict=True):
        click.echo(f"{name:<12}{euros(part):>14}")
    click.echo(f"{'in all':<12}{euros(sum(parts)):>14}")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("amount", type=AMOUNT)
@click.argument("document", type=EXISTING)
@bureau_options
def value(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, amount: int, document: Path, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """Records that PARCEL is worth AMOUNT by DOCUMENT, in the clerk's name; earlier valuations stay."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given = (bureau.offices.title(parcel).id, amount, document_hash(document))
    if bureau.clerk_acts(account, bureau.offices.tax, "value", *given, purpose=f"value {parcel}"):
        click.echo(f"{parcel} is valued at {euros(amount)}.")


@cli.command(cls=TownCommand)
@click.argument("year", type=int)
@click.argument("bills", type=EXISTING)
@bureau_options
def publish(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, year: int, bills: Path, town: str, account: str | None
) -> None:
    """Publishes the roll of YEAR, the CSV file BILLS; once."""
    bureau = LandBureau.open(town, provider, ecosystem)
    roll = levying.read_bills(bills, year)
    given = (year, roll.root, roll.total_cents)
    if bureau.clerk_acts(account, bureau.offices.tax, "publishRoll", *given, purpose=f"publish the roll of {year}"):
        click.echo(f"{len(roll.bills)} bills, {euros(roll.total_cents)} in all, under the root 0x{roll.root.hex()}.")


@cli.command(cls=TownCommand)
@click.argument("year", type=int)
@click.argument("bills", type=EXISTING)
@click.argument("parcel", type=PARCEL)
@click.option("--of", "owing", type=ACCOUNT, help="Pays another's bill.")
@bureau_options
def pay(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, year: int, bills: Path, parcel: ParcelId, owing: str | None,
    town: str, account: str | None,
) -> None:  # fmt: skip
    """Pays one's bill of YEAR for PARCEL, on the published roll BILLS, and prints the receipt."""
    bureau = LandBureau.open(town, provider, ecosystem)
    offices, roll, payer = bureau.offices, levying.read_bills(bills, year), bureau.signer(account, resumes=True)
    levying.require_published(offices, roll)
    place = levying.bill_on(roll, parcel, owing or str(payer.address))
    if offices.tax.read(offices.rpc, "isPaid", roll.receipt(place)):
        click.echo(f"Paid already: receipt 0x{roll.receipt(place).hex()}.")
        return
    slip = levying.payment_slip(offices, roll, place, str(payer.address), offices.now_s() + DAY_S)
    signature = sign_typed(payer, offices.domain(offices.money).separator, slip.struct_hash)
    receipt = levying.pay(offices, payer, roll, place, slip, signature)
    click.echo(f"{euros(roll.bills[place].amount_cents)} paid: receipt 0x{receipt.hex()}.")
