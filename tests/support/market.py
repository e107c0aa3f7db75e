"""A market in land: sales on random terms, driven to every kind of end, beside a book kept by arithmetic alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from random import Random

from eth_utils import keccak

from beffroi.chain.bulk import carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.land import deeds
from beffroi.land.deeds import LOAN, SaleTerms
from beffroi.land.parcels import ParcelId
from beffroi.land.sale import SaleState
from beffroi.land.shares import RightKind
from beffroi.residents import ResidentKind
from testbed.estate import PAPER, Estate
from testbed.town import AUDITOR, CLERK, COURT, NOTARY, POSTER, REGISTRAR, TREASURER
from tests.support.bargain import Bargains
from tests.support.book import Book, Deal, Fate

CITIZENS, BANKS, WHOLE = 24, 3, 60
FUNDS_CENTS = 50_000_000_00


class Market:
    """Citizens with money, banks, and parcels to sell.

    Args:
        estate: the town.
        parcels: those that are sold and sold again.
        preemptible: those of them where the town may pre-empt.
        seed: of all that is random.
    """

    def __init__(self, estate: Estate, parcels: Sequence[ParcelId], preemptible: Iterable[ParcelId], seed: int) -> None:
        self.estate, self.offices, self.sales = estate, estate.offices, estate.sales
        self.parcels, self.preemptible = list(parcels), set(preemptible)
        self.chance, self.book, self.deals = Random(seed), Book(), []
        people = [Key.derived("market", number) for number in range(CITIZENS + BANKS)]
        self.keys = {key.address: key for key in people}
        self.citizens, self.banks = (
            [key.address for key in people[:CITIZENS]],
            [key.address for key in people[CITIZENS:]],
        )
        self.bodies = [self.read("LandTax", "beneficiaries")[place] for place in range(3)]
        self._domains = {it.address: self.offices.domain(it) for it in (self.offices.conveyance, self.offices.money)}
        self._bargains = Bargains(self.offices, self.citizens, self.banks, self.chance)
        self._salts = iter(range(1, 1 << 32))

    def settle_in(self) -> None:
        """Enrols everybody, gives them money, and cuts every title in sixty."""
        act = self.estate.act
        act(REGISTRAR, self.offices.residents, "enrol", int(ResidentKind.CITIZEN), self.citizens, [])
        act(REGISTRAR, self.offices.residents, "enrol", int(ResidentKind.PROFESSIONAL), self.banks, [])
        everyone = [*self.citizens, *self.banks]
        act(AUDITOR, self.offices.money, "attestReserve", 2 * len(everyone) * FUNDS_CENTS, PAPER)
        act(TREASURER, self.offices.money, "issueBatch", everyone, [FUNDS_CENTS] * len(everyone), keccak(text="market"))
        self.book.balances.update(dict.fromkeys(everyone, FUNDS_CENTS))
        self.book.balances.update({who: self.estate.balance(who) for who in {*self.bodies, NOTARY.address}})
        self.post((REGISTRAR, self.offices.register, "rescale", it.token_id, WHOLE) for it in self.parcels)
        for parcel in self.parcels:
            self.book.rights[parcel] = Counter({(it.holder, it.kind): it.shares for it in self.offices.rights(parcel)})

    def wave(self, fates: Sequence[Fate]) -> list[Deal]:
        """So many sales, each to its end: a hundred and thirty days of them."""
        deals = self._agree(fates)
        self._pay(deals, lambda deal: deal.terms.deposit_cents - (deal.fate is Fate.UNPAID))
        self._answer([deal for deal in deals if deal.parcel in self.preemptible and deal.fate is not Fate.UNPAID])
        for deal in self._those(deals, Fate.RETRACTED):
            buyer = deal.terms.bought[0].holder
            slip = deeds.retraction(deal.sale)
            self._cancel(deal, POSTER, "retract", deal.terms.as_tuple(), buyer, self._signed(slip, [buyer])[0])
        for deal in self._those(deals, Fate.RESCINDED):
            signatures = self._signed(deeds.rescission(deal.sale), deal.terms.parties)
            self._cancel(deal, POSTER, "rescind", deal.terms.as_tuple(), signatures)
        for deal in self._those(deals, Fate.PREEMPTED):
            self._cancel(deal, POSTER, "cancelPreempted")
        self._pay([it for it in deals if not it.over and it.fate is not Fate.UNPAID and it.fate is not Fate.UNSETTLED],
                  lambda deal: deal.terms.due_cents)  # fmt: skip

        self.estate.pass_days(10)
        for deal in self._those(deals, Fate.FAILED):
            self._cancel(deal, NOTARY, "failCondition", LOAN, PAPER)
        met = [it for it in deals if not it.over and it.terms.conditions and it.fate is not Fate.UNPAID]
        self.post((NOTARY, self.offices.conveyance, "meetCondition", it.sale, LOAN, PAPER) for it in met)
        for deal in self._those(deals, Fate.ORDERED):
            self._cancel(deal, COURT, "cancelByOrder", PAPER)

        self.estate.pass_days(62)
        self._settle(self._those(deals, Fate.SETTLED))
        self.estate.pass_days(60)
        for deal in [*self._those(deals, Fate.UNPAID), *self._those(deals, Fate.UNSETTLED)]:
            self._cancel(deal, POSTER, "expire")
        self.refund(deals, most=2)
        self.deals += deals
        return deals

    def refund(self, deals: Iterable[Deal], most: int | None = None) -> None:
        """Payers of sales that came to nothing take back what they paid; so many of each at most."""
        owed = [(deal, payer) for deal in deals if deal.over for payer in list(deal.paid)[:most] if deal.paid[payer]]
        self.post((POSTER, self.offices.conveyance, "refund", deal.sale, payer) for deal, payer in owed)
        for deal, payer in owed:
            self.book.refund(deal, payer)

    def withdraw(self) -> None:
        """Everyone takes what a settlement could not pay."""
        payees = [payee for payee, amount in self.book.owed.items() if amount]
        self.post((POSTER, self.offices.conveyance, "withdraw", payee) for payee in payees)
        for payee in payees:
            self.book.withdraw(payee)

    def check(self) -> None:
        """The chain says what the book says, to the cent and to the share."""
        accounts = list(self.book.balances)
        found = self.offices.money.reads(self.offices.rpc, "balanceOf", [(it,) for it in accounts])
        assert dict(zip(accounts, found, strict=True)) == dict(self.book.balances)
        escrow_cents = self.estate.balance(self.offices.conveyance.address)
        open_cents = sum(self.sales.status(it.sale).escrow_cents for it in self.deals)
        unclaimed_cents = sum(sum(it.paid.values()) for it in self.deals)
        assert escrow_cents == self.book.escrow_cents == open_cents + unclaimed_cents + sum(self.book.owed.values())
        for parcel in self.parcels:
            rights = self.offices.rights(parcel)
            assert {(it.holder, it.kind): it.shares for it in rights} == dict(self.book.rights[parcel])
            for other in (RightKind.USUFRUCT, RightKind.BARE):
                assert sum(it.shares for it in rights if it.kind is not other) == WHOLE
        assert not any(
            self.offices.register.reads(self.offices.rpc, "isUnderSale", [(it.token_id,) for it in self.parcels])
        )

    def read(self, contract: str, function: str, *args: object) -> tuple[str, ...]:
        """What a contract of the town answers."""
        at = Contract.built(contract, self.estate.manifest.address(contract))
        return at.read(self.offices.rpc, function, *args)

    def post(self, acts: Iterable[tuple[object, ...]]) -> list[dict]:
        """Carries acts (signer, contract, function, arguments …) out, in order; their receipts."""
        orders = [Order(who, to.address, to.encode(name, *args), 0, name) for who, to, name, *args in acts]
        outcomes = carry_out(self.offices.rpc, orders)
        assert [it.reason for it in outcomes if it.state != OrderState.DONE] == []
        return [it.receipt for it in outcomes]

    def _those(self, deals: Iterable[Deal], fate: Fate) -> list[Deal]:
        return [deal for deal in deals if deal.fate is fate and not deal.over]

    def _agree(self, fates: Sequence[Fate]) -> list[Deal]:
        """Terms for a parcel each, some of them mortgaged first, opened by the notary."""
        zoned = self.chance.sample(sorted(self.preemptible), sum(fate is Fate.PREEMPTED for fate in fates))
        others = iter(self.chance.sample([it for it in self.parcels if it not in zoned], len(fates) - len(zoned)))
        chosen = [(zoned.pop() if fate is Fate.PREEMPTED else next(others), fate) for fate in fates]
        self._mortgage([parcel for parcel, _ in chosen if self.chance.random() < 0.5])
        deals = [
            Deal(parcel, fate, self._draw(parcel, fate), self.offices.charges_on(parcel)) for parcel, fate in chosen
        ]
        receipts = self.post(
            (NOTARY, self.offices.conveyance, "open", it.terms.as_tuple(),
             self._signed(deeds.compromis(it.terms), it.terms.parties))
            for it in deals
        )  # fmt: skip
        for deal, receipt in zip(deals, receipts, strict=True):
            (opened,) = self.offices.conveyance.logged(receipt, "SaleOpened")
            deal.sale = opened.args["sale"]
        return deals

    def _draw(self, parcel: ParcelId, fate: Fate) -> SaleTerms:
        return self._bargains.draw(parcel, on_a_loan=fate is Fate.FAILED)

    def _mortgage(self, parcels: Iterable[ParcelId]) -> None:
        free = [it for it in parcels if len(self.offices.charges_on(it)) < 4]
        charges, due_day = self.offices.charges, self.offices.now_s() // 86_400 + 7_300
        acts = [
            (it.token_id, self.chance.choice(self.banks), self.chance.randint(1, 15_000_00), due_day, PAPER)
            for it in free
        ]
        until = self.offices.now_s() + 86_400
        self.post((NOTARY, charges, "attest", keccak(charges.encode("inscribe", *act)), until) for act in acts)
        self.post((REGISTRAR, charges, "inscribe", *act) for act in acts)

    def _pay(self, deals: Iterable[Deal], up_to: Callable[[Deal], int]) -> None:
        """By slips that a stranger posts, each funder in turn, until so much is in."""
        acts = []
        before_s = self.offices.now_s() + 86_400
        for deal in deals:
            for payment in deal.terms.funding:
                missing_cents = up_to(deal) - sum(deal.paid.values())
                amount_cents = min(missing_cents, payment.amount_cents - deal.paid[payment.account])
                if amount_cents <= 0:
                    continue
                salt, payer = next(self._salts).to_bytes(32), payment.account
                slip = self.sales.funding_slip(deal.terms.hash, payer, amount_cents, salt, before_s)
                signature = self.keys[payer].sign(slip.digest(self._domains[self.offices.money.address]))
                paid = (deal.sale, payer, amount_cents, 0, before_s, salt, signature)
                acts.append((POSTER, self.offices.conveyance, "fundBySlip", *paid))
                self.book.pay_in(deal, payer, amount_cents)
        self.post(acts)

    def _answer(self, deals: Sequence[Deal]) -> None:
        """Declared by the notary; the clerk announces its answers, and gives them two days later; or is silent."""
        planning = self.offices.planning
        self.post((NOTARY, planning, "declare", it.terms.title, it.terms.hash, it.terms.price_cents) for it in deals)
        answers = [
            ("preempt" if it.fate is Fate.PREEMPTED else "renounce", it.terms.hash, PAPER)
            for it in deals
            if it.fate is Fate.PREEMPTED or self.chance.random() < 0.5
        ]
        calls = [planning.encode(*answer) for answer in answers]
        self.post((CLERK, self.offices.town, "schedule", planning.address, call, 0) for call in calls)
        self.estate.pass_days(2)
        self.post((CLERK, planning, *answer) for answer in answers)

    def _settle(self, deals: Sequence[Deal]) -> None:
        """All signed, all at once, with one seller whose account a court froze."""
        frozen = self.chance.choice(deals).terms.sold[0].holder
        self.post([(COURT, self.offices.money, "freeze", frozen, PAPER)])
        self.post(
            (NOTARY, self.offices.conveyance, "settle", it.sale, it.terms.as_tuple(),
             self._signed(deeds.deed(it.sale, it.terms), self.sales.deed_parties(it.terms)))
            for it in deals
        )  # fmt: skip
        day = datetime.fromtimestamp(self.offices.now_s(), UTC).date()
        for deal in deals:
            assert self.sales.status(deal.sale).state is SaleState.SETTLED
            self.book.settle(deal, day, self.bodies, [frozen])
        self.post([(COURT, self.offices.money, "unfreeze", frozen, PAPER)])

    def _cancel(self, deal: Deal, who: object, function: str, *args: object) -> None:
        self.post([(who, self.offices.conveyance, function, deal.sale, *args)])
        assert self.sales.status(deal.sale).state is SaleState.CANCELLED
        deal.over = True

    def _signed(self, slip: deeds.Slip, parties: Iterable[str]) -> list[bytes]:
        digest = slip.digest(self._domains[self.offices.conveyance.address])
        return [self.keys[party].sign(digest) for party in parties]
