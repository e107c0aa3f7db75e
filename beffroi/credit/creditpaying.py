"""A list of payments in credit from one account, each under a reference that pays once.

A payment is a slip that the payer signs and posts herself; its nonce is the hash of payee, amount and reference, which
the contract takes once: no run, however it was cut short and started again, pays a line twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.headers import clock_s
from beffroi.chain.order import Order, Outcome
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Signer
from beffroi.credit.circle import Circle, shown
from beffroi.credit.creditslips import credit_slip
from beffroi.residents import Standing
from beffroi.units import DAY_S


@dataclass(frozen=True)
class CreditPayment:
    """A payment in credit.

    Attributes:
        to: checksummed address.
        amount: more than 0, in the circle's unit.
        ref: 32 bytes: an invoice, a till receipt.
    """

    to: str
    amount: int
    ref: bytes

    @property
    def nonce(self) -> int:
        """keccak(abi.encode(payee, amount, reference)): another payment has another."""
        return int.from_bytes(keccak(encode(["address", "uint256", "bytes32"], [self.to, self.amount, self.ref])))


@dataclass(frozen=True)
class CreditPayments:
    """What paying a list would do, before anything is sent.

    Attributes:
        to_pay: not on chain.
        already: paid by this payer before, or cancelled.
        conflicts: why a payment is not made, by place in the list.
    """

    to_pay: list[CreditPayment] = field(default_factory=list)
    already: list[CreditPayment] = field(default_factory=list)
    conflicts: dict[int, str] = field(default_factory=dict)


def compare_credit_payments(circle: Circle, payer: str, listed: Sequence[CreditPayment]) -> CreditPayments:
    """What is left to pay, and what its payees could not be paid."""
    found = CreditPayments()
    spent = circle.contract.reads(circle.rpc, "slipUsed", [(payer, it.nonce) for it in listed])
    payees = dict(zip([it.to for it in listed], circle.standings([it.to for it in listed]), strict=True))
    rooms = {to: now.ceiling - now.balance for to, now in payees.items()}
    seen: set[int] = set()
    for place, (payment, is_spent) in enumerate(zip(listed, spent, strict=True)):
        if payment.nonce in seen:
            found.conflicts[place] = "this very payment stands in the list twice"
        elif is_spent:
            found.already.append(payment)
        elif payment.to == payer:
            found.conflicts[place] = "nobody pays herself"
        elif payees[payment.to].standing is not Standing.ACTIVE:
            found.conflicts[place] = f"{payment.to} is no active member of the circle, and is not paid"
        elif (room := rooms[payment.to]) < payment.amount:
            more = shown(max(room, 0), in_minutes=circle.is_in_minutes)
            found.conflicts[place] = f"{payment.to} may be owed {more} more, and no further"
        else:
            rooms[payment.to] -= payment.amount
            found.to_pay.append(payment)
        seen.add(payment.nonce)
    return found


def pay_in_credit(
    circle: Circle, payer: Signer, to_pay: Sequence[CreditPayment], progress: Progress = lambda _: None
) -> list[Outcome]:
    """Pays what `compare_credit_payments` found missing, a transaction each.

    Raises:
        RevertsError: a payment cannot be made, in words.
        NotFundedError: the payer has too little ether for the gas.
        DeclinedError: the account's holder declined to sign.
    """
    domain, deadline_s = circle.domain(), clock_s(circle.rpc) + DAY_S
    orders = []
    for it in to_pay:
        slip = credit_slip(str(payer.address), it.to, it.amount, it.nonce, it.ref, deadline_s=deadline_s)
        row = (*slip.values, sign_typed(payer, domain.separator, slip.struct_hash))
        data = circle.contract.encode("payBySlip", row)
        orders.append(Order(payer, circle.contract.address, data, 0, f"pay 0x{it.ref.hex()}"))
    return carry_out(circle.rpc, orders, progress=progress)
