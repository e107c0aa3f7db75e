"""What everyone must have after a day at the land market, by arithmetic alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from beffroi.land.deeds import SaleTerms
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import Charge
from beffroi.land.shares import RightKind, pro_rata
from beffroi.land.tax import Bracket, TransferRates, transfer_tax
from testbed.estate import RATES

TABLE = [TransferRates(date(2020, 1, 1), tuple(Bracket(*row) for row in RATES))]


class Fate(StrEnum):
    """How a sale is to end."""

    SETTLED = "settled"
    UNPAID = "expired without its deposit"
    UNSETTLED = "expired with it"
    RETRACTED = "retracted"
    RESCINDED = "rescinded"
    FAILED = "failed for want of a loan"
    PREEMPTED = "pre-empted"
    ORDERED = "ended by a court"


HUNDRED = {
    Fate.SETTLED: 48,
    Fate.UNPAID: 8,
    Fate.UNSETTLED: 8,
    Fate.RETRACTED: 8,
    Fate.RESCINDED: 8,
    Fate.FAILED: 8,
    Fate.PREEMPTED: 8,
    Fate.ORDERED: 4,
}


@dataclass
class Deal:
    """A sale, and what it is to come to."""

    parcel: ParcelId
    fate: Fate
    terms: SaleTerms
    charges: tuple[Charge, ...]
    sale: int = 0
    paid: Counter[str] = field(default_factory=Counter)
    over: bool = False


@dataclass
class Book:
    """What everyone must have, by arithmetic alone: it never asks the chain."""

    balances: Counter[str] = field(default_factory=Counter)
    owed: Counter[str] = field(default_factory=Counter)
    escrow_cents: int = 0
    rights: dict[ParcelId, Counter[tuple[str, RightKind]]] = field(default_factory=dict)

    def pay_in(self, deal: Deal, payer: str, amount_cents: int) -> None:
        """From a payer into the escrow."""
        self.balances[payer] -= amount_cents
        self.escrow_cents += amount_cents
        deal.paid[payer] += amount_cents

    def refund(self, deal: Deal, payer: str) -> None:
        """All that a payer put in, and back."""
        self.balances[payer] += deal.paid[payer]
        self.escrow_cents -= deal.paid.pop(payer)

    def settle(self, deal: Deal, day: date, bodies: Sequence[str], frozen: Iterable[str]) -> None:
        """Charges by rank, the tax three ways, fees, sellers pro rata; then the rights."""
        terms = deal.terms
        tax = transfer_tax(terms.price_cents, TABLE, day)
        paid_off = [payoff.paid_cents for payoff in terms.payoffs]
        weights = [right.shares * _weight(right.kind, terms.usufruct_bps) for right in terms.sold]
        payouts = [
            *zip((charge.creditor for charge in deal.charges), paid_off, strict=True),
            *zip(bodies, (tax.departement_cents, tax.commune_cents, tax.state_cents), strict=True),
            *((fee.account, fee.amount_cents) for fee in terms.fees),
            *zip(
                (right.holder for right in terms.sold),
                pro_rata(terms.price_cents - sum(paid_off), weights),
                strict=True,
            ),
        ]
        assert sum(amount for _, amount in payouts) == sum(deal.paid.values())
        for payee, amount_cents in payouts:
            if payee in frozen:
                self.owed[payee] += amount_cents
            else:
                self.balances[payee] += amount_cents
                self.escrow_cents -= amount_cents
        deal.paid.clear()
        held = self.rights[deal.parcel]
        for right in terms.sold:
            held[right.holder, right.kind] -= right.shares
        for right in terms.bought:
            held[right.holder, right.kind] += right.shares
        self.rights[deal.parcel] = Counter({key: shares for key, shares in held.items() if shares})

    def withdraw(self, payee: str) -> None:
        """What a settlement could not pay, taken at last."""
        self.balances[payee] += self.owed[payee]
        self.escrow_cents -= self.owed.pop(payee)


def _weight(kind: RightKind, usufruct_bps: int) -> int:
    return {RightKind.FULL: 10_000, RightKind.USUFRUCT: usufruct_bps, RightKind.BARE: 10_000 - usufruct_bps}[kind]
