"""Taxes on land on a chain: rates in force, the yearly roll from a file of bills, and bills paid by slips."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from beffroi import amounts, csvfile, slips
from beffroi.chain.transaction import Signer
from beffroi.csvfile import Column
from beffroi.eip712 import Slip
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandContracts, LandError
from beffroi.land.roll import TaxRoll
from beffroi.land.tax import TEN_MILLIONTHS, Bill, Bracket, collection
from beffroi.town.modules.land import TransferTaxSection
from beffroi.units import euros

EPOCH = dt.date(1970, 1, 1)
EVERYTHING_CENTS = 2**64 - 1
"""The bound of a bracket that covers every price."""
COLUMNS = (
    Column("parcel", ParcelId.parse),
    Column("account", csvfile.address),
    Column("amount", amounts.amount_cents),
)


def brackets(section: TransferTaxSection) -> tuple[Bracket, ...]:
    """The rates of a town's file: one bracket, for every price."""
    departement = _ten_millionths(section.departement_percent)
    commune = _ten_millionths(section.commune_percent)
    state = collection(departement, Fraction(section.state_percent_of_departement) / 100)
    return (Bracket(EVERYTHING_CENTS, departement, commune, state),)


def rates_call(day: dt.date, rates: Sequence[Bracket], document_hash: bytes) -> tuple[int, list[Any], bytes]:
    """The arguments of `LandTax.setRates`."""
    listed = [(it.up_to_cents, it.departement, it.commune, it.state) for it in rates]
    return (day - EPOCH).days, listed, document_hash


def read_bills(path: Path, year: int) -> TaxRoll:
    """The roll of a CSV file: parcel, account, amount. In the file's order, which the root depends on.

    Raises:
        CsvError: the file is wrong, line by line.
        TaxError: someone has two bills for a title.
    """
    rows = csvfile.read(path, COLUMNS)
    return TaxRoll(year, [Bill(row["parcel"].token_id, row["account"], row["amount"]) for row in rows])


def bill_on(roll: TaxRoll, parcel: ParcelId, account: str) -> int:
    """The place of someone's bill for a parcel.

    Raises:
        LandError: the roll has none.
    """
    for place, bill in enumerate(roll.bills):
        if (bill.title, bill.account.lower()) == (parcel.token_id, account.lower()):
            return place
    raise LandError(f"the roll of {roll.year} has no bill of {account} for {parcel}")


def require_published(offices: LandContracts, roll: TaxRoll) -> None:
    """Lets nothing be paid by a file that is not the published roll.

    Raises:
        LandError: the chain has another roll for that year, or none.
    """
    root, *_ = offices.tax.read(offices.rpc, "rollOf", roll.year)
    if root != roll.root:
        published = f"0x{root.hex()}" if any(root) else "none"
        raise LandError(
            f"this is not the roll of {roll.year}: its root is 0x{roll.root.hex()}, published is {published}"
        )


def payment_slip(offices: LandContracts, roll: TaxRoll, place: int, payer: str, before_s: int) -> Slip:
    """What a payer signs, for the currency's domain, to pay one bill, its own or another's, and no other.

    Args:
        offices: of the town.
        roll: of the year.
        place: of the bill.
        payer: who pays.
        before_s: valid strictly before, unix seconds.
    """
    nonce = int.from_bytes(roll.receipt(place))
    return slips.receive(payer, offices.tax.address, roll.bills[place].amount_cents, nonce, before_s=before_s)


def pay(offices: LandContracts, poster: Signer, roll: TaxRoll, place: int, slip: Slip, signature: bytes) -> bytes:
    """Posts a payment that the payer signed; anyone may. The receipt, 32 bytes.

    Raises:
        TransactionFailedError: the contract refuses: paid already, not on the published roll, too little money.
    """
    bill, payer, before_s = roll.bills[place], slip.values[0], slip.values[4]
    paid = (roll.year, bill.title, bill.account, bill.amount_cents, roll.proof(place), payer, before_s, signature)
    offices.send(poster, offices.tax, "payBySlip", *paid, purpose=f"pay {euros(bill.amount_cents)} of land tax")
    return roll.receipt(place)


def _ten_millionths(percent: Any) -> int:
    return int(Fraction(percent) * TEN_MILLIONTHS / 100)
