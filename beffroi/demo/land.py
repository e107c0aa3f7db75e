"""Land lives: a cadastre becomes titles, a house with a mortgage is sold on credit, and its tax is paid."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.chain.sender import TransactionFailedError
from beffroi.currency import issuing
from beffroi.demo.ground import import_parcels
from beffroi.demo.stage import Stage
from beffroi.eip712 import Slip
from beffroi.land import cadastre, deeds, levying, registration, village
from beffroi.land.certificate import render
from beffroi.land.certifying import certify, read_facts
from beffroi.land.deeds import LOAN, Loan, SalePayment, SaleTerms
from beffroi.land.drafting import TitleStanding, all_rights, draw_up
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandContracts
from beffroi.land.roll import TaxRoll
from beffroi.land.sale import Sales
from beffroi.land.tax import Bill
from beffroi.residents import ResidentKind
from beffroi.town.load import load_town
from beffroi.town.modules.land import LandSection
from beffroi.town.session import TOWNS
from beffroi.units import DAY_S, euros
from beffroi.yamlfile import ConfigError

HOUSE, NEXT_DOOR = ParcelId("59999000AB0007"), ParcelId("59999000AB0009")
PRICE_CENTS, CHARGE_CENTS, LOAN_CENTS = 180_000_00, 60_000_00, 110_000_00
DEPOSIT_CENTS, FEE_CENTS, SAVINGS_CENTS = 18_000_00, 2_700_00, 100_000_00
RENT_CENTS_A_M2 = 55
"""What the yearly tax takes of a square metre here."""
CERTIFICATE = ROOT / "build" / "demo" / "titre.html"
VERIFIED_AT = "https://valombre.example/#/parcelle/{parcel}?bloc={block}"


@dataclass(frozen=True)
class _Estate:
    """What the chapters share."""

    stage: Stage
    offices: LandContracts
    sales: Sales
    law: LandSection
    holders: dict[ParcelId, Key]
    bank: Key
    lender: Key

    def clerk(self, *acts: tuple[Any, ...]) -> None:
        """Acts of the clerk, all announced, then done after the delay."""
        for announced in (True, False):
            for contract, function, *args in acts:
                self.offices.act(self.stage.office("clerk"), contract, function, *args, purpose=function)
            if announced:
                self.stage.pass_days(2)

    def sign(self, slip: Slip, *who: Key) -> dict[str, bytes]:
        """Signatures over an act of a sale."""
        domain = self.stage.domain("Conveyance")
        return {key.address: key.sign(slip.digest(domain)) for key in who}

    def pay_in(self, sale: int, who: Key, amount_cents: int) -> None:
        """A payment into a sale by a slip, which the town hall posts."""
        salt = amount_cents.to_bytes(32)
        slip = self.sales.funding_slip(
            self.sales.status(sale).terms_hash, who.address, amount_cents, salt, self.stage.now_s() + DAY_S
        )
        signature = who.sign(slip.digest(self.stage.domain("LocalCurrency")))
        self.sales.fund_by_slip(self.stage.office("clerk"), sale, slip, salt, signature)


def tell(stage: Stage) -> None:
    """Lives the story of a house."""
    estate = _register(stage)
    _council(estate)
    _charge(estate)
    terms, sale = _compromis(estate)
    _conditions(estate, terms, sale)
    _settlement(estate, terms, sale)
    _yearly_tax(estate)
    _certificate(estate)


def _register(stage: Stage) -> _Estate:
    stage.narrator.chapter("The cadastre of the village becomes a register of titles")
    offices, report = LandContracts.at(stage.rpc, stage.manifest), cadastre.check(village.cadastre()["features"])
    stage.papers.parcels = report.parcels
    built = [parcel.id for parcel in report.parcels if parcel.id.section == "AB"]
    citizens = stage.people["citizen"]
    holders = {parcel: citizens[6 + place % (len(citizens) - 6)] for place, parcel in enumerate(built)}
    holders |= {HOUSE: citizens[0], NEXT_DOOR: citizens[3]}
    commune = stage.people["public body"][0].address
    named = {parcel: key.address for parcel, key in holders.items()}
    import_parcels(stage, offices, registration.registrations(report.parcels, commune, named))
    stage.people["bank"] = [Key.derived("demo", "bank", number) for number in range(2)]
    return _estate(stage, offices, holders)


def _estate(stage: Stage, offices: LandContracts, holders: dict[ParcelId, Key]) -> _Estate:
    config = load_town(TOWNS / "example.yaml")
    if config.land is None:
        raise ConfigError("towns/example.yaml has no section `land`")
    return _Estate(stage, offices, Sales(offices), config.land, holders, *stage.people["bank"])


def _council(estate: _Estate) -> None:
    stage, offices, law = estate.stage, estate.offices, estate.law
    stage.narrator.chapter("The council sets the tax, and where the town may pre-empt")
    paper = issuing.reference("deliberation of 12 September")
    if law.transfer_tax is None:
        raise ConfigError("towns/example.yaml has no `land.transfer_tax`")
    rates = levying.brackets(law.transfer_tax)
    per_cent = sum((rates[0].departement, rates[0].commune, rates[0].state)) / 100_000
    day = levying.EPOCH + dt.timedelta(days=stage.now_s() // DAY_S + 3)
    built = [parcel.token_id for parcel in estate.holders]
    rules = [(it.kind, (it.decide_days * DAY_S, it.validity_days * DAY_S, it.annul_days * DAY_S)) for it in law.permits]
    estate.clerk(
        (offices.tax, "setRates", *levying.rates_call(day, rates, paper)),
        (offices.planning, "openZone", True, law.preemption_answer_days * DAY_S, paper),
        (offices.planning, "place", 1, built),
        *((offices.planning, "setPermitRule", *rule) for rule in rules),
    )
    stage.pass_days(2)
    payees = [*law.beneficiaries, stage.office("notary").address]
    registrar = stage.office("registrar")
    banks = [estate.bank.address, estate.lender.address]
    for kind, accounts in ((ResidentKind.PUBLIC_BODY, payees), (ResidentKind.PROFESSIONAL, banks)):
        stage.act(registrar, "Residents", "enrol", kind, accounts, [], purpose="enrol payees")
    stage.narrator.tell(
        f"Announced, and in force two days later: {per_cent:g} % of a price, and a right of pre-emption on "
        f"{len(built)} built parcels; silence renounces after {law.preemption_answer_days} days."
    )


def _charge(estate: _Estate) -> None:
    stage = estate.stage
    stage.narrator.chapter("A mortgage takes two offices")
    due_day = stage.now_s() // DAY_S + 10 * 365
    inscribed = (HOUSE.token_id, estate.bank.address, CHARGE_CENTS, due_day, issuing.reference("deed of loan"))
    charges, notary, registrar = estate.offices.charges, stage.office("notary"), stage.office("registrar")
    try:
        stage.act(registrar, "Charges", "inscribe", *inscribed, purpose="The registrar alone inscribes")
    except TransactionFailedError as refusal:
        stage.narrator.tell(str(refusal), mark="refused")
    estate.offices.concur(notary, registrar, charges, "inscribe", *inscribed, purpose="inscribe a mortgage")
    stage.narrator.tell(
        f"Attested by the notary, then made by the registrar: {euros(CHARGE_CENTS)} on parcel {HOUSE.label}."
    )


def _compromis(estate: _Estate) -> tuple[SaleTerms, int]:
    stage, (seller, buyer) = estate.stage, estate.stage.people["citizen"][:2]
    stage.narrator.chapter("A house is sold: everybody signs, nobody needs ether")
    _, reserve, _ = stage.contract("LocalCurrency").read(stage.rpc, "books")
    more_cents = 4 * (SAVINGS_CENTS + LOAN_CENTS)
    attested = (reserve + more_cents, issuing.reference("statement of the reserve, October"))
    stage.act(stage.office("auditor"), "LocalCurrency", "attestReserve", *attested, purpose="attest the reserve")
    savers = (buyer, stage.people["citizen"][4])
    for who, amount_cents in ((estate.lender, 2 * LOAN_CENTS), *((saver, 2 * SAVINGS_CENTS) for saver in savers)):
        paid = (who.address, amount_cents, issuing.reference(f"euros of {who.address}"))
        stage.act(stage.office("treasurer"), "LocalCurrency", "issue", *paid, purpose="issue")
    terms = _drawn_up(estate, HOUSE, buyer)
    sale = estate.sales.open(stage.office("notary"), terms, estate.sign(deeds.compromis(terms), seller, buyer))
    stage.narrator.tell(
        f"Parcel {HOUSE.label} at {euros(PRICE_CENTS)}, {euros(terms.tax_cents)} of tax, a loan of "
        f"{euros(LOAN_CENTS)}: seller and buyer signed the compromis, the notary opened the sale, the title is locked."
    )
    estate.pay_in(sale, buyer, DEPOSIT_CENTS)
    stage.narrator.tell(
        f"The buyer's deposit of {euros(DEPOSIT_CENTS)} is in the escrow. She may retract for ten days."
    )
    return terms, sale


def _drawn_up(estate: _Estate, parcel: ParcelId, buyer: Key) -> SaleTerms:
    offices, due_day = estate.offices, estate.stage.now_s() // DAY_S + 25 * 365
    return draw_up(
        TitleStanding.read(offices, parcel, PRICE_CENTS), all_rights(buyer.address, offices.rights(parcel)),
        document_hash=issuing.reference(f"deed of {parcel}"), deposit_cents=DEPOSIT_CENTS, conditions=LOAN,
        fees=[SalePayment(estate.stage.office("notary").address, FEE_CENTS)],
        loan=Loan(estate.lender.address, LOAN_CENTS, due_day),
    )  # fmt: skip


def _conditions(estate: _Estate, terms: SaleTerms, sale: int) -> None:
    stage, sales, buyer = estate.stage, estate.sales, estate.stage.people["citizen"][1]
    sales.declare(stage.office("notary"), terms)
    estate.clerk((estate.offices.planning, "renounce", terms.hash, issuing.reference("renunciation")))
    sales.meet_condition(stage.office("notary"), sale, LOAN, issuing.reference("offer of loan"))
    estate.pay_in(sale, estate.lender, LOAN_CENTS)
    estate.pay_in(sale, buyer, sales.left_to_pay(sale, terms)[buyer.address])
    stage.pass_days(10)
    stage.narrator.tell(
        "The notary declared the very terms to the town, which renounced; the bank lent, the buyer paid the rest: "
        f"{euros(sales.status(sale).escrow_cents)} wait in the escrow."
    )


def _settlement(estate: _Estate, terms: SaleTerms, sale: int) -> None:
    stage, sales, (seller, buyer) = estate.stage, estate.sales, estate.stage.people["citizen"][:2]
    deed = deeds.deed(sale, terms)
    forged = dict.fromkeys((seller.address, buyer.address, estate.lender.address), buyer.sign(bytes(32)))
    try:
        sales.settle(stage.office("notary"), sale, terms, forged)
    except TransactionFailedError as refusal:
        stage.narrator.tell(str(refusal), mark="refused")
    receipt = sales.settle(stage.office("notary"), sale, terms, estate.sign(deed, seller, buyer, estate.lender))
    names = {
        seller.address: "the seller", estate.bank.address: "the old mortgage",
        stage.office("notary").address: "the notary",
        **dict(zip(estate.law.beneficiaries, ("the département", "the commune", "the State"), strict=True)),
    }  # fmt: skip
    paid = estate.offices.conveyance.logged(receipt, "PaidOut", "Credited")
    rows = [(names[event.args["payee"]], f"{euros(event.args['amount_cents']):>12}") for event in paid]
    stage.narrator.table(("paid to", "amount"), rows)
    (owner,) = (title.owner for title in estate.offices.titles([HOUSE.token_id]))
    if owner != buyer.address:
        raise AssertionError(f"{owner} holds {HOUSE}, not the buyer")
    stage.narrator.tell(
        f"One transaction of {int(receipt['gasUsed'], 16):,} gas: the title is the buyer's, the old mortgage gone, the "
        "lender's inscribed; the escrow of the sale is empty."
    )


def leave_a_sale(stage: Stage) -> None:
    """A sale that is left under way, for whoever opens the dApp."""
    begin_a_sale(stage, NEXT_DOOR, *stage.people["citizen"][3:5])
    stage.narrator.tell(
        f"Next door, {NEXT_DOOR.label}: a compromis is signed, the deposit paid; the town has not answered yet."
    )


def begin_a_sale(stage: Stage, parcel: ParcelId, seller: Key, buyer: Key) -> int:
    """A compromis that both signed, its deposit paid, declared to the town; the sale's number."""
    estate = _estate(stage, LandContracts.at(stage.rpc, stage.manifest), {})
    terms = _drawn_up(estate, parcel, buyer)
    sale = estate.sales.open(stage.office("notary"), terms, estate.sign(deeds.compromis(terms), seller, buyer))
    estate.pay_in(sale, buyer, DEPOSIT_CENTS)
    estate.sales.declare(stage.office("notary"), terms)
    return sale


def _yearly_tax(estate: _Estate) -> None:
    stage, offices = estate.stage, estate.offices
    stage.narrator.chapter("The yearly tax is a sealed roll, each bill paid by a slip")
    holders = estate.holders | {HOUSE: stage.people["citizen"][1]}
    areas_m2 = {parcel.id: parcel.area_m2 for parcel in stage.papers.parcels}
    year = (levying.EPOCH + dt.timedelta(days=stage.now_s() // DAY_S)).year
    bills = [Bill(it.token_id, key.address, areas_m2[it] * RENT_CENTS_A_M2) for it, key in sorted(holders.items())]
    roll = TaxRoll(year, bills)
    stage.papers.taxes.append(roll)
    estate.clerk((offices.tax, "publishRoll", year, roll.root, roll.total_cents))
    buyer, place = stage.people["citizen"][1], levying.bill_on(roll, HOUSE, stage.people["citizen"][1].address)
    slip = levying.payment_slip(offices, roll, place, buyer.address, stage.now_s() + DAY_S)
    signature = buyer.sign(slip.digest(stage.domain("LocalCurrency")))
    receipt = levying.pay(offices, stage.office("clerk"), roll, place, slip, signature)
    stage.narrator.tell(
        f"{len(bills)} bills, {euros(roll.total_cents)} in all, under one root. The new owner pays "
        f"{euros(bills[place].amount_cents)}; her receipt is 0x{receipt.hex()[:16]}…"
    )


def _certificate(estate: _Estate) -> None:
    stage = estate.stage
    facts = read_facts(estate.offices, HOUSE)
    page = certify(
        estate.offices, facts, stage.papers.parcels, commune=village.NAME, chain="Anvil", url=VERIFIED_AT
    )  # fmt: skip
    CERTIFICATE.parent.mkdir(parents=True, exist_ok=True)
    CERTIFICATE.write_text(render(page), encoding="utf-8")
    stage.narrator.tell(
        f"{len(facts.history)} acts in the life of the title, read from events alone: {CERTIFICATE.relative_to(ROOT)}"
    )
