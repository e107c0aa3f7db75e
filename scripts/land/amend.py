"""Other terms for a sale that is open: proposed into its file, signed by all, put in force by the notary.

Conditions start again; what was paid stays. Rights sold and the title stay the same; the tax follows the price, and the
first buyer pays the difference. Where the town may pre-empt, other terms are declared again.

\b
Example:
  ape run land amend propose sale.json --settle-by 2026-12-31 --network …
  ape run land sell sign sale.json --act amendment --account seller …     and the buyer
  ape run land amend post sale.json --account notary …
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, at_sale
from beffroi.cli.options import AMOUNT, DAY, EXISTING, bureau_options, town_option
from beffroi.land.drafting import assess, funded
from beffroi.land.salefile import SaleAct
from beffroi.units import DAY_S, euros


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("file", type=EXISTING)
@town_option
@click.option("--price", type=AMOUNT)
@click.option("--settle-by", type=DAY, help="To the end of that day, UTC.")
@click.option("--conditions-by", type=DAY, help="To the end of that day, UTC.")
@click.option("--deposit-by", type=DAY, help="To the end of that day, UTC.")
def propose(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str,
    price: int | None, settle_by: dt.datetime | None, conditions_by: dt.datetime | None,
    deposit_by: dt.datetime | None,
) -> None:  # fmt: skip
    """Writes other terms into FILE, for all to sign; sends nothing."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    now_s, terms = bureau.offices.now_s(), sale.terms
    least_s = bureau.offices.conveyance.read(bureau.offices.rpc, "retraction_s") + DAY_S
    price_cents = terms.price_cents if price is None else price
    terms = replace(
        terms,
        price_cents=price_cents,
        tax_cents=sum(assess(bureau.offices, price_cents, now_s // DAY_S)),
        retract_until=now_s + least_s,
        deposit_by=_end(deposit_by, max(terms.deposit_by, now_s + DAY_S)),
        conditions_by=_end(conditions_by, terms.conditions_by),
        settle_by=_end(settle_by, terms.settle_by),
    )
    terms = replace(terms, funding=funded(terms))
    replace(sale, proposed=terms, signatures=sale.signatures | {SaleAct.AMENDMENT: {}}).write(file)
    click.echo(f"Proposed: {euros(terms.due_cents)} in all. Everybody signs it: sell sign {file} --act amendment")


@cli.command(cls=TownCommand)
@click.argument("file", type=EXISTING)
@bureau_options
def post(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    """The notary puts the proposed terms of FILE in force, once everybody signed them."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    signatures = sale.signatures.get(SaleAct.AMENDMENT, {})
    bureau.sales.amend(bureau.signer(account, "notary"), sale.number, sale.terms, sale.amended(), signatures)
    # What was signed over the old terms is void.
    replace(sale, terms=sale.amended(), proposed=None, signatures={}).write(file)
    click.echo("The terms are amended; the deed is signed anew.")


def _end(day: dt.datetime | None, otherwise_s: int) -> int:
    return int(day.replace(tzinfo=dt.UTC).timestamp()) + DAY_S - 1 if day is not None else otherwise_s
