"""Charges on titles: inscribed by registrar and notary, ceded, reduced and released by their creditors.

\b
Examples:
  ape run land charge inscribe 59999000AB0001 0x… 150000 2045-06-30 deed.pdf --attest --account notary --network …
  ape run land charge inscribe 59999000AB0001 0x… 150000 2045-06-30 deed.pdf --account registrar --network …
  ape run land charge release 59999000AB0001 7 --account bank --network …
"""

import datetime as dt
from pathlib import Path
from typing import Any

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, document_hash
from beffroi.cli.options import ACCOUNT, AMOUNT, DAY, EXISTING, PARCEL, bureau_options, concurring
from beffroi.land.levying import EPOCH
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.units import euros

NUMBER = click.argument("number", type=int)


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@click.argument("creditor", type=ACCOUNT)
@click.argument("amount", type=AMOUNT)
@click.argument("due", type=DAY)
@click.argument("document", type=EXISTING)
@bureau_options
@concurring
def inscribe(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, creditor: str, amount: int, due: dt.datetime,
    document: Path, town: str, account: str | None, attest: bool,
) -> None:  # fmt: skip
    """Inscribes a charge of AMOUNT in favour of CREDITOR, due on the day DUE, after all others."""
    bureau = LandBureau.open(town, provider, ecosystem)
    title, due_day = bureau.offices.title(parcel), (due.date() - EPOCH).days
    given = (title.id, creditor, amount, due_day, document_hash(document))
    purpose = f"inscribe {euros(amount)} on {parcel}"
    done = bureau.concur(bureau.offices.charges, "inscribe", *given, account=account, attest=attest, purpose=purpose)
    if done is None:
        click.echo("Attested: now the registrar gives the same command without --attest.")
        return
    (inscribed,) = bureau.offices.charges.logged(done, "Inscribed")
    rank = len(bureau.offices.charges_on(parcel))
    click.echo(f"Charge {inscribed.args['number']} of {euros(amount)} is inscribed on {parcel}, at rank {rank}.")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@NUMBER
@click.argument("document", type=EXISTING)
@bureau_options
@concurring
def discharge(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, number: int, document: Path, town: str,
    account: str | None, attest: bool,
) -> None:  # fmt: skip
    """Ends charge NUMBER on a judgment or a receipt, DOCUMENT."""
    bureau = LandBureau.open(town, provider, ecosystem)
    given = (_on(bureau, parcel, number), number, document_hash(document))
    purpose = f"discharge charge {number}"
    done = bureau.concur(bureau.offices.charges, "discharge", *given, account=account, attest=attest, purpose=purpose)
    click.echo(f"Charge {number} on {parcel} is {'discharged' if done else 'attested: now the registrar'}.")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@NUMBER
@click.argument("to", type=ACCOUNT)
@bureau_options
def cede(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, number: int, to: str, **options: Any
) -> None:
    """The creditor cedes charge NUMBER to another, TO."""
    _creditor_acts((provider, ecosystem), options, parcel, number, "cede", to, done=f"is ceded to {to}")


@cli.command("reduce", cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@NUMBER
@click.argument("amount", type=AMOUNT)
@bureau_options
def reduce_(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, number: int, amount: int, **options: Any
) -> None:
    """The creditor states that charge NUMBER secures AMOUNT only."""
    _creditor_acts(
        (provider, ecosystem), options, parcel, number, "reduce", amount, done=f"secures {euros(amount)} from now on"
    )


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@NUMBER
@bureau_options
def release(*, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, number: int, **options: Any) -> None:
    """The creditor releases charge NUMBER."""
    _creditor_acts((provider, ecosystem), options, parcel, number, "release", done="is released")


@cli.command(cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@NUMBER
@bureau_options
def lapse(*, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, number: int, **options: Any) -> None:
    """Anyone states that charge NUMBER has lapsed, long enough after its due day."""
    _creditor_acts((provider, ecosystem), options, parcel, number, "lapse", done="has lapsed")


@cli.command("offer-rank", cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@NUMBER
@click.argument("junior", type=int)
@bureau_options
def offer_rank(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, number: int, junior: int, **options: Any
) -> None:
    """The creditor of NUMBER offers its rank to charge JUNIOR, right after it."""
    _creditor_acts(
        (provider, ecosystem), options, parcel, number, "offerRank", junior, done=f"offers its rank to {junior}"
    )


@cli.command("take-rank", cls=TownCommand)
@click.argument("parcel", type=PARCEL)
@NUMBER
@click.argument("junior", type=int)
@bureau_options
def take_rank(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, parcel: ParcelId, number: int, junior: int, **options: Any
) -> None:
    """The creditor of JUNIOR takes the rank that NUMBER offered."""
    _creditor_acts((provider, ecosystem), options, parcel, number, "takeRank", junior, done=f"comes after {junior} now")


def _creditor_acts(
    at: tuple[ProviderAPI, EcosystemAPI],
    options: dict[str, Any],
    parcel: ParcelId,
    number: int,
    function: str,
    *args: Any,
    done: str,
) -> None:
    bureau = LandBureau.open(options["town"], *at)
    given = (_on(bureau, parcel, number), number, *args)
    who, purpose = bureau.signer(options["account"]), f"{function} charge {number}"
    bureau.offices.send(who, bureau.offices.charges, function, *given, purpose=purpose)
    click.echo(f"Charge {number} on {parcel} {done}.")


def _on(bureau: LandBureau, parcel: ParcelId, number: int) -> int:
    """The title's id, where that charge lies on it."""
    listed = [it.number for it in bureau.offices.charges_on(parcel)]
    if number not in listed:
        raise LandError(f"charge {number} is not on {parcel}: it has {', '.join(map(str, listed)) or 'none'}")
    return bureau.offices.title(parcel).id
