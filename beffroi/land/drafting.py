"""Terms of sale, drawn up from what the chain says today."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from beffroi.chain.rpc import RpcError
from beffroi.land import shares
from beffroi.land.deeds import Loan, Payment, Payoff, Right, Terms
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError, LandOffices
from beffroi.land.shares import Kind, Share

DAY_S = 86_400


@dataclass(frozen=True)
class Timetable:
    """The deadlines of a sale, in days from the compromis.

    Attributes:
        deposit: until when the deposit must be paid.
        retract: until when a buyer may retract; the town's least is added to today, so this is a day more.
        conditions: until when conditions must be met.
        settle: until when it must be settled.
    """

    deposit: int = 10
    retract: int = 11
    conditions: int = 60
    settle: int = 120


def draw_up(
    offices: LandOffices,
    parcel: ParcelId,
    bought: Sequence[Right],
    price_cents: int,
    *,
    document_hash: bytes,
    sold: Sequence[Right] | None = None,
    funding: Sequence[Payment] | None = None,
    fees: Sequence[Payment] = (),
    loan: Loan | None = None,
    deposit_cents: int = 0,
    conditions: int = 0,
    usufruct_bps: int = 0,
    timetable: Timetable | None = None,
) -> Terms:
    """Terms that hold together today: the title's version, its charges paid in full by rank, the tax in force.

    Args:
        offices: of the town.
        parcel: whose title is sold.
        bought: by whom, in the shares of the title's whole.
        price_cents: the price.
        document_hash: of the deed on paper.
        sold: all the rights on the title when None.
        funding: who pays how much; the first buyer pays what the lender does not when None.
        fees: the notary's, an agent's.
        loan: the buyer's mortgage.
        deposit_cents: what must be paid first.
        conditions: LOAN and PERMIT of `deeds`, as bits.
        usufruct_bps: what the usufruct is worth, where it is sold apart.
        timetable: the deadlines.

    Raises:
        LandError: there is no such title, no tax rate covers the sale, or the charges take more than the price.
    """
    title, now_s, days = offices.title(parcel), offices.now_s(), timetable or Timetable()
    mortgages = offices.mortgages(parcel)
    if (owed_cents := sum(it.amount_cents for it in mortgages)) > price_cents:
        raise LandError(f"the mortgages on {parcel} secure {owed_cents} cents, more than the price of {price_cents}")
    # The buyer may retract for whole days, counted from the day after (CCH L271-1).
    least_s = offices.conveyance.read(offices.rpc, "retraction_s") + DAY_S
    terms = Terms(
        title=title.id,
        version=title.version,
        price_cents=price_cents,
        tax_cents=sum(assess(offices, price_cents, now_s // DAY_S)),
        deposit_cents=deposit_cents,
        usufruct_bps=usufruct_bps,
        conditions=conditions,
        deposit_by=now_s + days.deposit * DAY_S,
        retract_until=now_s + max(days.retract * DAY_S, least_s),
        conditions_by=now_s + days.conditions * DAY_S if conditions else 0,
        settle_by=now_s + days.settle * DAY_S,
        document_hash=document_hash,
        loan=loan or Loan(),
        sold=tuple(sold) if sold is not None else offices.rights(parcel),
        bought=tuple(bought),
        fees=tuple(fees),
        payoffs=tuple(Payoff(it.number, it.amount_cents) for it in mortgages),
        funding=(),
    )
    return replace(terms, funding=tuple(funding) if funding is not None else funded(terms))


def assess(offices: LandOffices, price_cents: int, day: int) -> tuple[int, int, int]:
    """The tax on a price on a day (days since 1970), in cents: to the département, the commune, the State.

    Raises:
        LandError: no rate covers that day or that price.
    """
    try:
        departement, commune, state = offices.tax.read(offices.rpc, "assess", price_cents, day)
    except RpcError as error:
        date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
        raise LandError(
            f"no rate of the tax on sales covers {price_cents / 100:,.2f} on {date}: the clerk puts rates in force "
            "with `ape run land tax rates`"
        ) from error
    return departement, commune, state


def funded(terms: Terms) -> tuple[Payment, ...]:
    """The lender pays the loan, the first buyer the rest."""
    loan = [Payment(terms.loan.lender, terms.loan.amount_cents)] if terms.loan.amount_cents else []
    return (Payment(terms.bought[0].holder, terms.due_cents - terms.loan.amount_cents), *loan)


def rights_bought(given: Sequence[Share], parcel: ParcelId, whole: int) -> tuple[Right, ...]:
    """Shares of a title in the units of its whole.

    Raises:
        SharesError: they do not make the whole.
        LandError: they cannot be counted in its units.
    """
    finest = shares.denominator(given)
    if whole % finest:
        factor = math.lcm(whole, finest) // whole
        raise LandError(
            f"the title on {parcel} is counted in {whole} and cannot be cut so: the registrar makes its shares finer "
            f"with `ape run land rescale {parcel} {factor}`"
        )
    units = shares.to_units(given, whole)
    return tuple(Right(it.holder, it.kind, count) for it, count in zip(units.shares, units.units, strict=True))


def all_rights(holder: str, rights: Iterable[Right]) -> tuple[Right, ...]:
    """Everything that is sold in these rights, bought by one."""
    bare = sum((it.shares for it in rights if it.kind is not Kind.USUFRUCT), 0)
    return (Right(holder, Kind.FULL, bare),)
