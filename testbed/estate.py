"""A town with its land on a chain of its own, and people to buy and sell in it."""

from dataclasses import dataclass, field

from beffroi.chain.bulk import carry_out
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Slip
from beffroi.land.deeds import Right, SalePayment, SaleTerms
from beffroi.land.drafting import TitleStanding, draw_up
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandContracts
from beffroi.land.sale import Sales
from beffroi.land.shares import RightKind
from beffroi.residents import ResidentKind
from beffroi.town.manifest import Manifest
from beffroi.units import DAY_S
from testbed.town import AUDITOR, CLERK, EXAMPLE, NOTARY, POSTER, REGISTRAR, TREASURER, Town, fund
from testbed.town import found as found_town

HOUSE, FIELD = ParcelId("59999000AB0001"), ParcelId("59999000ZA0001")
PAPER = b"paper".ljust(32, b"\0")
PRICE_CENTS = 200_000_00
RATES = [(2**64 - 1, 450_000, 120_000, 10_665)]


@dataclass
class Estate:
    """Offices, sales, and the keys of people by name."""

    offices: LandContracts
    sales: Sales
    town: Town
    people: dict[str, Key] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Key:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def rpc(self) -> Rpc:
        return self.offices.rpc

    @property
    def manifest(self) -> Manifest:
        return self.town.manifest

    def pass_days(self, days: int) -> None:
        self.rpc.call("evm_increaseTime", days * DAY_S)
        self.rpc.call("evm_mine")

    def balance(self, who: str) -> int:
        return self.offices.money.read(self.rpc, "balanceOf", who)

    def act(self, who, contract, function, *args):
        (outcome,) = carry_out(self.rpc, [Order(who, contract.address, contract.encode(function, *args), 0, function)])
        assert outcome.state == OrderState.DONE, outcome.reason
        return outcome.receipt

    def of_clerk(self, contract, function, *args):
        """An act of the clerk, announced and done after its delay."""
        receipt = self.offices.act(CLERK, contract, function, *args, purpose=function)
        if receipt is None:
            self.pass_days(2)
            receipt = self.offices.act(CLERK, contract, function, *args, purpose=function)
        return receipt

    def concur(self, contract, function, *args):
        return self.offices.concur(NOTARY, REGISTRAR, contract, function, *args, purpose=function)

    def sign(self, slip: Slip, *who: Key) -> dict[str, bytes]:
        domain = self.offices.domain(self.offices.conveyance)
        return {key.address: key.sign(slip.digest(domain)) for key in who}

    def pay_in(self, sale: int, who: Key, amount_cents: int, salt: bytes = bytes(32)) -> None:
        terms_hash, before_s = self.sales.status(sale).terms_hash, self.offices.now_s() + DAY_S
        slip = self.sales.funding_slip(terms_hash, who.address, amount_cents, salt, before_s)
        signature = who.sign(slip.digest(self.offices.domain(self.offices.money)))
        self.sales.fund_by_slip(POSTER, sale, slip, salt, signature)

    def terms(self, parcel: ParcelId = HOUSE, **changed) -> SaleTerms:
        """Ada sells a parcel to Bob."""
        whole = self.offices.title(parcel).whole
        bought = changed.pop("bought", [Right(self.bob.address, RightKind.FULL, whole)])
        options = {"document_hash": PAPER, "deposit_cents": 20_000_00, "fees": [SalePayment(NOTARY.address, 3_000_00)]}
        return draw_up(TitleStanding.read(self.offices, parcel, PRICE_CENTS), bought, **(options | changed))


def found(rpc: Rpc, folder, path=EXAMPLE) -> Estate:
    """Founds the example town, or another, and settles people in it."""
    return settle(found_town(rpc, path, folder))


def settle(town: Town) -> Estate:
    """Ada holds a house and a field, Bob, Cleo and the lender a million."""
    offices = LandContracts.at(town.rpc, town.manifest)
    estate = Estate(offices, Sales(offices), town)
    estate.people.update({name: Key.derived("estate", name) for name in ("ada", "bob", "cleo", "bank", "lender")})
    people, bodies = estate.people, [NOTARY.address, *town.config.land.beneficiaries]
    fund(town.rpc, people.values())
    town.enrols(ResidentKind.CITIZEN, *people.values())
    estate.act(REGISTRAR, offices.residents, "enrol", int(ResidentKind.PUBLIC_BODY), bodies, [])
    estate.act(AUDITOR, offices.money, "attestReserve", 10_000_000_00, PAPER)
    for place, name in enumerate(("bob", "cleo", "lender"), 1):
        issue = (people[name].address, 1_000_000_00, place.to_bytes(32))
        estate.act(TREASURER, offices.money, "issue", *issue)
    rates = (offices.now_s() // DAY_S + 3, RATES, PAPER)
    estate.of_clerk(offices.tax, "setRates", *rates)
    estate.pass_days(3)
    for parcel, area_m2 in ((HOUSE, 500), (FIELD, 5000)):
        registered = (parcel.token_id, area_m2, PAPER)
        estate.act(REGISTRAR, offices.register, "register", registered, people["ada"].address)
    return estate
