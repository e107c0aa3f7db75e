"""Random terms of sale that hold together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from eth_utils import keccak

from beffroi.land.deeds import LOAN, Loan, Payoff, Right, SalePayment, SaleTerms
from beffroi.land.drafting import TitleStanding, draw_up
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandContracts
from beffroi.land.shares import RightKind
from testbed.town import NOTARY


@dataclass
class Bargains:
    """What citizens and banks may agree upon."""

    offices: LandContracts
    citizens: Sequence[str]
    banks: Sequence[str]
    chance: Random

    def draw(self, parcel: ParcelId, *, on_a_loan: bool) -> SaleTerms:
        """Terms for a parcel: all the rights on it or one of them, at a price above what it secures."""
        chance, rights = self.chance, self.offices.rights(parcel)
        sold = rights if chance.random() < 0.6 else (chance.choice(rights),)
        owed_cents = sum(it.amount_cents for it in self.offices.charges_on(parcel))
        price_cents = owed_cents + chance.randint(100_000_00, 900_000_00)
        bank = chance.choice(self.banks)
        terms = draw_up(
            TitleStanding.read(self.offices, parcel, price_cents),
            self._bought(sold),
            document_hash=keccak(text=f"deed {chance.random()}"),
            sold=sold,
            fees=[SalePayment(NOTARY.address, chance.randint(1, 9_000_00))],
            loan=Loan(bank, price_cents // 2, self.offices.now_s() // 86_400 + 9_125)
            if chance.random() < 0.3
            else None,
            deposit_cents=price_cents // 10,
            conditions=LOAN if on_a_loan or chance.random() < 0.3 else 0,
            usufruct_bps=chance.randint(1_000, 9_000),
        )
        return replace(terms, payoffs=tuple(self._payoffs(terms)), funding=tuple(self._funders(terms)))

    def _bought(self, sold: Sequence[Right]) -> list[Right]:
        """By one, by two in random shares, or apart as bare ownership and usufruct."""
        bare = sum(it.shares for it in sold if it.kind is not RightKind.USUFRUCT)
        use = sum(it.shares for it in sold if it.kind is not RightKind.BARE)
        first, second = self.chance.sample(self.citizens, 2)
        if bare == use and self.chance.random() < 0.7:
            cut = self.chance.randint(1, bare)
            parts = (Right(first, RightKind.FULL, cut), Right(second, RightKind.FULL, bare - cut))
        else:
            parts = (Right(first, RightKind.BARE, bare), Right(second, RightKind.USUFRUCT, use))
        return [it for it in parts if it.shares]

    def _payoffs(self, terms: SaleTerms) -> Iterator[Payoff]:
        """Most charges are paid; some in part and some not at all, with the creditor's word."""
        for payoff in terms.payoffs:
            luck = self.chance.random()
            if luck < 0.15:
                yield replace(payoff, paid_cents=0, stays=True)
            else:
                yield replace(payoff, paid_cents=payoff.paid_cents // 2) if luck < 0.3 else payoff

    def _funders(self, terms: SaleTerms) -> Iterator[SalePayment]:
        """What the buyer pays, among the buyer and up to two relatives; the lender as drawn up."""
        buyer, *lender = terms.funding
        relatives = self.chance.sample([it for it in self.citizens if it != buyer.account], self.chance.randint(0, 2))
        left_cents = buyer.amount_cents
        for relative in relatives:
            amount_cents = self.chance.randint(1, left_cents // 4)
            left_cents -= amount_cents
            yield SalePayment(relative, amount_cents)
        yield SalePayment(buyer.account, left_cents)
        yield from lender
