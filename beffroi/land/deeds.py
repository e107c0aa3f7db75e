"""What the parties to a sale sign: terms, and the acts upon them, as `DeedSlips.sol` and any wallet hash them.

Pure. `SaleTerms.as_tuple` is the struct as the contract's ABI takes it; `plain` and `parse` are its JSON, by the names
that a wallet shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from eth_utils.address import is_checksum_address, to_checksum_address

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.eip712 import Fields, Slip, SlipType
from beffroi.errors import InputError
from beffroi.land.parcels import ParcelId
from beffroi.land.shares import RightKind

LOAN, PERMIT = 1, 2
"""Conditions of a sale, as bits."""

KINDS = tuple(RightKind)

LOAN_TYPE = SlipType("Loan(address lender,uint256 amount_cents,uint256 dueDay)")
PAYMENT = SlipType("Payment(address account,uint256 amount_cents)")
PAYOFF = SlipType("Payoff(uint256 charge,uint256 paid_cents,bool stays)")
RIGHT = SlipType("Right(address holder,uint8 kind,uint24 shares)")
TERMS = SlipType(
    "Terms(uint256 title,uint256 version,uint256 price_cents,uint256 tax_cents,uint256 deposit_cents,"
    "uint256 usufruct_bps,uint256 conditions,uint256 depositBy,uint256 retractUntil,uint256 conditionsBy,"
    "uint256 settleBy,bytes32 documentHash,Loan loan,Right[] sold,Right[] bought,Payment[] fees,Payoff[] payoffs,"
    "Payment[] funding)",
    (LOAN_TYPE, PAYMENT, PAYOFF, RIGHT),
)
COMPROMIS = SlipType("Compromis(Terms terms)", (TERMS,))
AMENDMENT = SlipType("Amendment(uint256 sale,bytes32 from,Terms terms)", (TERMS,))
DEED = SlipType("Deed(uint256 sale,Terms terms)", (TERMS,))
RESCISSION = SlipType("Rescission(uint256 sale)")
RETRACTION = SlipType("Retraction(uint256 sale)")


class TermsError(InputError):
    """The text does not hold the terms of a sale; the message says what is wrong."""


@dataclass(frozen=True)
class Right:
    """A share of a title, in units of the title's whole."""

    holder: str
    kind: RightKind
    shares: int

    def as_tuple(self) -> tuple[str, int, int]:
        """As the contract takes it."""
        return self.holder, KINDS.index(self.kind), self.shares


@dataclass(frozen=True)
class SalePayment:
    """What an account pays in, or is paid."""

    account: str
    amount_cents: int

    def as_tuple(self) -> tuple[str, int]:
        """As the contract takes it."""
        return self.account, self.amount_cents


@dataclass(frozen=True)
class Payoff:
    """What becomes of a charge: paid, or left on the title, which its creditor must sign."""

    charge: int
    paid_cents: int
    stays: bool = False

    def as_tuple(self) -> tuple[int, int, bool]:
        """As the contract takes it."""
        return self.charge, self.paid_cents, self.stays


@dataclass(frozen=True)
class Loan:
    """The buyer's mortgage; `due_day` in days since 1970."""

    lender: str = ZERO_ADDRESS
    amount_cents: int = 0
    due_day: int = 0

    def as_tuple(self) -> tuple[str, int, int]:
        """As the contract takes it."""
        return self.lender, self.amount_cents, self.due_day


@dataclass(frozen=True)
class SaleTerms:
    """The terms of a sale, as `IConveyance.Terms` describes them; times in unix seconds."""

    title: int
    version: int
    price_cents: int
    tax_cents: int
    deposit_cents: int
    usufruct_bps: int
    conditions: int
    deposit_by: int
    retract_until: int
    conditions_by: int
    settle_by: int
    document_hash: bytes
    loan: Loan
    sold: tuple[Right, ...]
    bought: tuple[Right, ...]
    fees: tuple[SalePayment, ...]
    payoffs: tuple[Payoff, ...]
    funding: tuple[SalePayment, ...]

    @property
    def parcel(self) -> ParcelId:
        """Whose title is sold."""
        return ParcelId.from_token_id(self.title)

    @property
    def due_cents(self) -> int:
        """Price, tax and fees: what has to be paid in."""
        return self.price_cents + self.tax_cents + sum(fee.amount_cents for fee in self.fees)

    @property
    def parties(self) -> tuple[str, ...]:
        """Who signs the compromis, an amendment, a rescission, in the contract's order: each seller, each buyer."""
        return tuple(right.holder for right in (*self.sold, *self.bought))

    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it."""
        return tuple(_contracted(getattr(self, member.name)) for member in fields(self))

    @property
    def hash(self) -> bytes:
        """EIP-712's hashStruct: what the town is told in a declaration; 32 bytes."""
        return TERMS.hash_struct(self.as_tuple())

    def plain(self) -> dict[str, Any]:
        """As JSON: EIP-712's names, integers as decimal text, bytes as 0x-hex."""
        message: dict[str, Any] = _jsonable(TERMS.message(self.as_tuple()))
        return message

    @classmethod
    def parse(cls, message: Mapping[str, Any]) -> Self:
        """The terms that such JSON holds; integers may be numbers too.

        Raises:
            TermsError: a member is missing, unknown, or not of its type.
        """
        return cls.of(_parsed(TERMS.fields, message, "terms"))

    @classmethod
    def of(cls, values: Sequence[Any]) -> Self:
        """The terms that a contract's event or calldata holds, as a tuple."""
        *plain, loan, sold, bought, fees, payoffs, funding = values
        members: list[Any] = [
            *plain,
            Loan(to_checksum_address(loan[0]), *loan[1:]),
            *(
                tuple(Right(to_checksum_address(it[0]), KINDS[it[1]], it[2]) for it in rights)
                for rights in (sold, bought)
            ),
            _payments(fees),
            tuple(Payoff(*payoff) for payoff in payoffs),
            _payments(funding),
        ]
        return cls(*members)


def compromis(terms: SaleTerms) -> Slip:
    """What sellers and buyers sign to open a sale, which locks the title."""
    return COMPROMIS.of(terms.as_tuple())


def amendment(sale: int, from_: bytes, terms: SaleTerms) -> Slip:
    """What they sign to replace the terms whose hash is `from_`."""
    return AMENDMENT.of(sale, from_, terms.as_tuple())


def deed(sale: int, terms: SaleTerms) -> Slip:
    """What everybody signs to settle a sale."""
    return DEED.of(sale, terms.as_tuple())


def rescission(sale: int) -> Slip:
    """What sellers and buyers sign to give a sale up."""
    return RESCISSION.of(sale)


def retraction(sale: int) -> Slip:
    """What a buyer signs to withdraw in time."""
    return RETRACTION.of(sale)


def consenting(terms: SaleTerms, charges: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Who signs the deed, in the contract's order: sellers, buyers, the lender, creditors who are paid short or stay.

    Args:
        terms: of the sale.
        charges: (creditor, amount in cents) of every charge on the title, by rank.
    """
    lender = () if terms.loan.lender == ZERO_ADDRESS else (terms.loan.lender,)
    short = (
        creditor
        for payoff, (creditor, amount_cents) in zip(terms.payoffs, charges, strict=True)
        if payoff.paid_cents != amount_cents
    )
    return (*terms.parties, *lender, *short)


def _payments(values: Sequence[Any]) -> tuple[SalePayment, ...]:
    return tuple(SalePayment(to_checksum_address(account), amount_cents) for account, amount_cents in values)


def _contracted(value: Any) -> Any:
    if isinstance(value, tuple):
        return [member.as_tuple() for member in value]
    return value.as_tuple() if isinstance(value, Loan) else value


def _jsonable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _jsonable(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_jsonable(member) for member in value]
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _parsed(members: Fields, message: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(message, Mapping) or message.keys() != {name for _, name in members}:
        raise TermsError(f"{path} has not exactly the members {', '.join(name for _, name in members)}")
    return tuple(_value(kind, message[name], f"{path}.{name}") for kind, name in members)


def _value(kind: str, value: Any, path: str) -> Any:
    try:
        if kind.endswith("[]"):
            return [_value(kind[:-2], member, f"{path}.{place}") for place, member in enumerate(list(value))]
        if inner := TERMS.known.get(kind):
            return _parsed(inner.fields, value, path)
        return _scalar(kind, value)
    except (TypeError, ValueError) as error:
        raise error if isinstance(error, TermsError) else TermsError(f"{path} is no {kind}: {value!r}") from error


def _scalar(kind: str, value: Any) -> Any:
    if kind == "bool":
        if not isinstance(value, bool):
            raise ValueError(value)
        return value
    if kind == "address":
        if not is_checksum_address(value):
            raise ValueError(value)
        return value
    if kind == "bytes32":
        word = bytes.fromhex(value.removeprefix("0x"))
        if len(word) != 32:
            raise ValueError(value)
        return word
    number, bits = int(value), int(kind.removeprefix("uint"))
    if isinstance(value, bool | float) or not 0 <= number < 1 << bits or (kind == "uint8" and number >= len(KINDS)):
        raise ValueError(value)
    return number
