"""A notarised sale, party by party: a file goes from desk to desk until everybody has signed.

\b
  draft    the notary writes the terms of a sale to a file
  sign     each seller and buyer signs the compromis; at the end, with the lender, the deed
  open     the notary opens the sale: the title is locked
  fund     whoever the terms name pays in
  declare  where the town may pre-empt: the notary tells it; the town may renounce or preempt, its silence renounces
  condition  the notary states that the loan or the permit came, or did not
  settle   the notary settles: charges, tax, fees, sellers, title and new charge in one transaction
Any state has a way out: retract, cancel; then refund. `status` tells where a sale stands and who is next.

\b
Example:
  ape run land sell draft sale.json 59999000AB0001 250000 deed.pdf --buyer 0x… --deposit 25000 --account notary …
  ape run land sell sign sale.json --account seller …     and the buyer
  ape run land sell open sale.json --account notary …
  ape run land sell fund sale.json 25000 --account buyer …
  ape run land sell sign sale.json --act deed --account seller …     and the buyer, and the lender
  ape run land sell settle sale.json --account notary …
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.crypto import keccak

from beffroi.chain.signers import sign_typed
from beffroi.cli.connected import TownCommand
from beffroi.cli.land import LandBureau, at_sale, document_hash
from beffroi.cli.options import ACCOUNT, AMOUNT, DAY, EXISTING, FILE, PARCEL, SHARE, bureau_options, town_option
from beffroi.land.deeds import LOAN, PERMIT, Loan, SalePayment
from beffroi.land.drafting import Timetable, TitleStanding, draw_up, rights_bought
from beffroi.land.levying import EPOCH
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from beffroi.land.sale import SaleState
from beffroi.land.salefile import SaleAct, SaleFile
from beffroi.land.shares import Share
from beffroi.units import DAY_S, euros

CONDITIONS = {"loan": LOAN, "permit": PERMIT}
FILE_ARGUMENT = click.argument("file", type=EXISTING)


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("file", type=FILE)
@click.argument("parcel", type=PARCEL)
@click.argument("price", type=AMOUNT)
@click.argument("document", type=EXISTING)
@town_option
@click.option("--buyer", "buyers", type=SHARE, multiple=True, required=True, help="ACCOUNT, ACCOUNT=1/2, …; for each.")
@click.option("--deposit", type=AMOUNT, default=0, help="To be paid first.")
@click.option("--fee", "fees", nargs=2, type=(ACCOUNT, AMOUNT), multiple=True, help="The notary's, an agent's.")
@click.option("--lender", type=ACCOUNT, help="Who lends to the buyer against a charge.")
@click.option("--loan", type=AMOUNT, help="How much.")
@click.option("--loan-due", type=DAY, help="The last day on which the loan is due.")
@click.option("--condition", "conditions", type=click.Choice(list(CONDITIONS)), multiple=True)
@click.option("--days", nargs=4, type=int, default=(10, 11, 60, 120), show_default=True,
              help="Until the deposit, the end of retraction, of conditions, of the sale.")  # fmt: skip
def draft(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, parcel: ParcelId, price: int, document: Path,
    town: str, buyers: tuple[Share, ...], deposit: int, fees: tuple[tuple[str, int], ...],
    lender: str | None, loan: int | None, loan_due: dt.datetime | None, conditions: tuple[str, ...],
    days: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """Writes the terms of the sale of PARCEL at PRICE, by the deed DOCUMENT, to FILE; sends nothing."""
    bureau = LandBureau.open(town, provider, ecosystem)
    if (lender is None, loan is None, loan_due is None) not in ((True,) * 3, (False,) * 3):
        raise LandError("a loan takes --lender, --loan and --loan-due together")
    terms = draw_up(
        TitleStanding.read(bureau.offices, parcel, price),
        rights_bought(buyers, parcel, bureau.offices.title(parcel).whole),
        document_hash=document_hash(document),
        fees=[SalePayment(*fee) for fee in fees],
        loan=Loan(lender, loan, (loan_due.date() - EPOCH).days) if lender and loan and loan_due else None,
        deposit_cents=deposit,
        conditions=sum(CONDITIONS[it] for it in set(conditions)),
        timetable=Timetable(*days),
    )
    sale = SaleFile(bureau.chain_id, bureau.offices.conveyance.address, terms)
    sale.write(file)
    click.echo(f"{file}: {euros(terms.due_cents)} in all, of which {euros(terms.tax_cents)} of tax.")
    for payment in terms.funding:
        click.echo(f"  {payment.account} pays {euros(payment.amount_cents)}")
    _missing(bureau, sale, SaleAct.COMPROMIS, f"sell open {file}")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@bureau_options
@click.option("--act", type=click.Choice(list(SaleAct)), default=SaleAct.COMPROMIS, show_default=True)
def sign(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None, act: str
) -> None:
    """Signs an act of the sale, into FILE; sends nothing, and costs nothing."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    sale = sale.signed(SaleAct(act), bureau.signer(account), bureau.sales)
    sale.write(file)
    click.echo(f"The {act} is signed.")
    _missing(bureau, sale, SaleAct(act), f"the notary's next command on {file}")


@cli.command("open", cls=TownCommand)
@FILE_ARGUMENT
@bureau_options
def open_(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    """The notary opens the sale, once the compromis is signed by all."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    if sale.conveyance != (opening := bureau.offices.conveyances[0].address):
        raise LandError(
            f"{file} was drawn up for {sale.conveyance}, which opens no sale any more: {opening} took over. Draw it "
            "up anew by `sell draft`; everybody signs again"
        )
    number = bureau.sales.open(bureau.signer(account, "notary"), sale.terms, sale.signatures.get(SaleAct.COMPROMIS, {}))
    replace(sale, sale=number).write(file)
    click.echo(f"Sale {number} is open, and {sale.terms.parcel} is locked.")
    _purged(bureau, sale)


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@click.argument("amount", type=AMOUNT)
@bureau_options
def fund(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, amount: int, town: str, account: str | None
) -> None:
    """Pays AMOUNT into the sale, as far as the terms say that one pays."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    payer, offices = bureau.signer(account), bureau.offices
    left = bureau.sales.left_to_pay(sale.number, sale.terms)
    keys = offices.residents.reads(offices.rpc, "currentKeyOf", [(pledged,) for pledged in left])
    own = [it for it, key in zip(left, keys, strict=True) if key.lower() == str(payer.address).lower()]
    pledged = max(own, key=left.__getitem__, default=str(payer.address))
    if amount > (mine := left.get(pledged, 0)):
        raise LandError(f"the terms leave {payer.address} {euros(mine)} to pay, not {euros(amount)}")
    salt = keccak(text=f"{payer.address} {mine}")
    slip = bureau.sales.funding_slip(sale.terms.hash, str(payer.address), amount, salt, offices.now_s() + DAY_S)
    signature = sign_typed(payer, offices.domain(offices.money).separator, slip.struct_hash)
    bureau.sales.fund_by_slip(payer, sale.number, slip, salt, signature, pledged)
    click.echo(f"{euros(amount)} paid in; {euros(sum(left.values()) - amount)} still awaited from all.")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@bureau_options
def declare(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    """The notary declares the terms to the town, which may pre-empt."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    bureau.sales.declare(bureau.signer(account, "notary"), sale.terms)
    click.echo(f"Declared: the town answers 0x{sale.terms.hash.hex()}, or its silence renounces.")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@click.argument("answer", type=click.Choice(["renounce", "preempt"]))
@click.argument("document", type=EXISTING)
@bureau_options
def answer(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, answer: str, document: Path, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """The clerk renounces the town's right, or pre-empts, by the decision DOCUMENT."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    given = (sale.terms.hash, document_hash(document))
    if bureau.clerk_acts(account, bureau.offices.planning, answer, *given, purpose=answer):
        click.echo("The town renounced." if answer == "renounce" else "The town pre-empted: now `sell cancel`.")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@click.argument("which", type=click.Choice(list(CONDITIONS)))
@click.argument("outcome", type=click.Choice(["met", "failed"]))
@click.argument("document", type=EXISTING)
@bureau_options
def condition(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, which: str, outcome: str, document: Path, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """The notary states by DOCUMENT that a condition is met, or failed, which ends the sale."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    state = bureau.sales.meet_condition if outcome == "met" else bureau.sales.fail_condition
    state(bureau.signer(account, "notary"), sale.number, CONDITIONS[which], document_hash(document))
    click.echo(f"The condition of the {which} is {outcome}.")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@bureau_options
def settle(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    """The notary settles the sale, once the deed is signed by all and everything is paid in."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    signatures = sale.signatures.get(SaleAct.DEED, {})
    receipt = bureau.sales.settle(bureau.signer(account, "notary"), sale.number, sale.terms, signatures)
    for event in bureau.offices.conveyance.logged(receipt, "PaidOut", "Credited"):
        done = "is paid" if event.name == "PaidOut" else "could not be paid and may take"
        click.echo(f"  {event.args['payee']} {done} {euros(event.args['amount_cents'])}")
    click.echo(f"{sale.terms.parcel} is settled for {int(receipt['gasUsed'], 16):,} gas.")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@bureau_options
def retract(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    """A buyer withdraws in time: its own call, or anyone's where FILE holds its signature (sign --act retraction)."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    who = bureau.signer(account)
    signed = next(iter(sale.signatures.get(SaleAct.RETRACTION, {}).items()), (str(who.address), b""))
    bureau.sales.retract(who, sale.number, sale.terms, *signed)
    click.echo("The sale is over; `sell refund` gives back what was paid.")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@bureau_options
@click.option("--why", type=click.Choice(["rescinded", "expired", "preempted"]), required=True)
def cancel(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None, why: str
) -> None:
    """Ends a sale that all gave up (sign --act rescission), that is overdue, or that the town pre-empted."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    who = bureau.signer(account)
    if why == "rescinded":
        bureau.sales.rescind(who, sale.number, sale.terms, sale.signatures.get(SaleAct.RESCISSION, {}))
    elif why == "expired":
        bureau.sales.expire(who, sale.number)
    else:
        bureau.sales.cancel_preempted(who, sale.number)
    click.echo("The sale is over; `sell refund` gives back what was paid.")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@bureau_options
def refund(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None) -> None:
    """Gives everybody back what they paid into a sale that is over; anyone may."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    who, offices = bureau.signer(account, resumes=True), bureau.offices
    for payer in dict.fromkeys(funding.account for funding in sale.terms.funding):
        if offices.conveyance.read(offices.rpc, "shareOf", sale.number, payer)[1]:
            cents, is_paid = bureau.sales.refund(who, sale.number, payer)
            done = (
                "has {} back."
                if is_paid
                else "cannot receive {} now: `land withdraw --to` sends it where its holder says."
            )
            click.echo(f"{payer} {done.format(euros(cents))}")


@cli.command(cls=TownCommand)
@FILE_ARGUMENT
@town_option
def status(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str,
) -> None:  # fmt: skip
    """Where the sale stands, and what is awaited from whom."""
    bureau, sale = at_sale(LandBureau.open(town, provider, ecosystem), file)
    if sale.sale is None:
        _missing(bureau, sale, SaleAct.COMPROMIS, f"sell open {file}")
        return
    now = bureau.sales.status(sale.sale)
    click.echo(f"Sale {sale.sale}: {now.state.name.lower()}, {euros(now.escrow_cents)} in escrow.")
    if now.state not in (SaleState.AGREED, SaleState.DEPOSITED):
        return
    for name in (name for name, bit in CONDITIONS.items() if now.pending & bit):
        click.echo(f"  the condition of the {name} is pending until {_day(now.conditions_by)}")
    for payer, cents in filter(lambda it: it[1], bureau.sales.left_to_pay(sale.sale, sale.terms).items()):
        click.echo(f"  {payer} still pays {euros(cents)}")
    _purged(bureau, sale)
    _missing(bureau, sale, SaleAct.DEED, f"sell settle {file}, from {_day(sale.terms.retract_until)} on")
    click.echo(f"  anyone may end it after {_day(now.settle_by)}")


def _missing(bureau: LandBureau, sale: SaleFile, act: SaleAct, then: str) -> None:
    missing = sale.missing(act, bureau.sales)
    click.echo(f"  the {act} awaits {', '.join(missing)}" if missing else f"  the {act} is signed by all: {then}")


def _purged(bureau: LandBureau, sale: SaleFile) -> None:
    if not bureau.offices.planning.read(bureau.offices.rpc, "isPurged", sale.terms.title, sale.terms.hash):
        click.echo("  the town may pre-empt: `sell declare`, then its answer or its silence")


def _day(moment_s: int) -> str:
    return f"{dt.datetime.fromtimestamp(moment_s, dt.UTC):%d %B %Y %H:%M} UTC"
