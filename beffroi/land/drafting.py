"""Terms of sale, drawn up from what the chain says today."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from beffroi.chain.rpc import RpcError
from beffroi.land import shares
from beffroi.land.deeds import Loan, Payoff, Right, SalePayment, SaleTerms
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import Charge, LandContracts, LandError
from beffroi.land.shares import RightKind, Share
from beffroi.units import BASIS_POINTS, DAY_S, euros


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


@dataclass(frozen=True)
class TitleStanding:
    """What the chain says of a title on the day of a draft, at a price.

    Attributes:
        title: the token id.
        version: of the title.
        rights: all that are recorded on it.
        charges: those on it, by rank.
        price_cents: the price.
        tax_cents: the tax in force on the price.
        now_s: the chain's clock, unix seconds.
        retraction_s: the least time that buyers have to retract.
    """

    title: int
    version: int
    rights: tuple[Right, ...]
    charges: tuple[Charge, ...]
    price_cents: int
    tax_cents: int
    now_s: int
    retraction_s: int

    @classmethod
    def read(cls, offices: LandContracts, parcel: ParcelId, price_cents: int) -> "TitleStanding":
        """Asks the chain.

        Raises:
            LandError: there is no such title, or no tax rate covers the sale.
        """
        title, now_s = offices.title(parcel), offices.now_s()
        tax_cents = sum(assess(offices, price_cents, now_s // DAY_S))
        least_s = offices.conveyance.read(offices.rpc, "retraction_s")
        rights, charges = offices.rights(parcel), offices.charges_on(parcel)
        return cls(title.id, title.version, rights, charges, price_cents, tax_cents, now_s, least_s)


def draw_up(
    standing: TitleStanding,
    bought: Sequence[Right],
    *,
    document_hash: bytes,
    sold: Sequence[Right] | None = None,
    funding: Sequence[SalePayment] | None = None,
    fees: Sequence[SalePayment] = (),
    loan: Loan | None = None,
    deposit_cents: int = 0,
    conditions: int = 0,
    usufruct_bps: int = 0,
    timetable: Timetable | None = None,
) -> SaleTerms:
    """Terms that hold together today: the title's version, its charges paid in full by rank, the tax in force.

    Args:
        standing: of the title that is sold, at the price.
        bought: by whom, in the shares of the title's whole.
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
        LandError: the charges take more than the price.
    """
    days, now_s = timetable or Timetable(), standing.now_s
    if (owed_cents := sum(it.amount_cents for it in standing.charges)) > standing.price_cents:
        parcel = ParcelId.from_token_id(standing.title)
        raise LandError(
            f"the charges on {parcel} secure {owed_cents} cents, more than the price of {standing.price_cents}"
        )
    terms = SaleTerms(
        title=standing.title,
        version=standing.version,
        price_cents=standing.price_cents,
        tax_cents=standing.tax_cents,
        deposit_cents=deposit_cents,
        usufruct_bps=usufruct_bps,
        conditions=conditions,
        deposit_by=now_s + days.deposit * DAY_S,
        # The buyer may retract for whole days, counted from the day after (CCH L271-1).
        retract_until=now_s + max(days.retract * DAY_S, standing.retraction_s + DAY_S),
        conditions_by=now_s + days.conditions * DAY_S if conditions else 0,
        settle_by=now_s + days.settle * DAY_S,
        document_hash=document_hash,
        loan=loan or Loan(),
        sold=tuple(sold) if sold is not None else standing.rights,
        bought=tuple(bought),
        fees=tuple(fees),
        payoffs=tuple(Payoff(it.number, it.amount_cents) for it in standing.charges),
        funding=(),
    )
    return replace(terms, funding=tuple(funding) if funding is not None else funded(terms))


def assess(offices: LandContracts, price_cents: int, day: int) -> tuple[int, int, int]:
    """The tax on a price on a day (days since 1970), in cents: to the département, the commune, the State.

    Raises:
        LandError: no rate covers that day or that price.
    """
    try:
        departement, commune, state = offices.tax.read(offices.rpc, "assess", price_cents, day)
    except RpcError as error:
        date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
        raise LandError(
            f"no rate of the tax on sales covers {euros(price_cents)} on {date}: the clerk puts rates in force "
            "with `ape run land tax rates`"
        ) from error
    return departement, commune, state


def funded(terms: SaleTerms) -> tuple[SalePayment, ...]:
    """The lender pays the loan, the first buyer the rest."""
    loan = [SalePayment(terms.loan.lender, terms.loan.amount_cents)] if terms.loan.amount_cents else []
    return (SalePayment(terms.bought[0].holder, terms.due_cents - terms.loan.amount_cents), *loan)


def pledged(terms: SaleTerms, given: Mapping[str, int]) -> tuple[SalePayment, ...]:
    """Each buyer in turn, then the lender, to the cent.

    Args:
        terms: what is bought, the loan and the price.
        given: what buyers bring who said how much, in cents; the others share the rest by what they receive.

    Raises:
        LandError: what is given is more than there is to pay, or less where nobody shares the rest.
    """
    rest = terms.due_cents - terms.loan.amount_cents - sum(given.values())
    weights: dict[str, int] = {}
    for right in terms.bought:
        if right.holder not in given:
            weights[right.holder] = weights.get(right.holder, 0) + _weight(terms, right)
    if rest < 0 or (rest and not any(weights.values())):
        raise LandError(f"what the buyers bring differs by {rest} cents from what there is to pay")
    parts = shares.pro_rata(rest, list(weights.values())) if any(weights.values()) else [0] * len(weights)
    brought = {**given, **dict(zip(weights, parts, strict=True))}
    buyers = dict.fromkeys(right.holder for right in terms.bought)
    payments = [SalePayment(buyer, brought[buyer]) for buyer in buyers]
    loan = SalePayment(terms.loan.lender, terms.loan.amount_cents)
    return tuple(payment for payment in (*payments, loan) if payment.amount_cents)


def _weight(terms: SaleTerms, right: Right) -> int:
    """What a share of a kind weighs, as `SaleTerms.weight`."""
    worth_bps = {RightKind.FULL: BASIS_POINTS, RightKind.USUFRUCT: terms.usufruct_bps}
    return right.shares * worth_bps.get(right.kind, BASIS_POINTS - terms.usufruct_bps)


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
    bare = sum((it.shares for it in rights if it.kind is not RightKind.USUFRUCT), 0)
    return (Right(holder, RightKind.FULL, bare),)
