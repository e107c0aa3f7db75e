"""A list of payments from one account, each with a reference, resumed by what the chain already has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.order import Order, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment with a reference.

    Attributes:
        to: checksummed address.
        amount_cents: more than 0.
        ref: 32 bytes: an invoice, a till receipt, a tax.
    """

    to: str
    amount_cents: int
    ref: bytes


@dataclass(frozen=True)
class Payments:
    """What paying a list would do, before anything is sent.

    Attributes:
        to_pay: not on chain.
        already: paid by this payer, to the same payee, the same amount.
        conflicts: why a payment is not made, by place in the list: its reference paid something else.
    """

    to_pay: list[Payment]
    already: list[Payment]
    conflicts: dict[int, str]


def compare(rpc: Rpc, currency: Contract, payer: str, payments: Sequence[Payment], first: int = 0) -> Payments:
    """What is left to pay: a reference that this payer has used is not paid again.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        payer: checksummed address.
        payments: the whole list.
        first: a block at or before the currency's own.
    """
    done: Counter[Payment] = Counter()
    used: dict[bytes, Payment] = {}
    for event in currency.events(rpc, "Paid", first=first):
        if event.args["from"] == payer:
            paid = Payment(event.args["to"], event.args["amount_cents"], event.args["ref"])
            done[paid] += 1
            used[paid.ref] = paid
    found = Payments([], [], {})
    for place, payment in enumerate(payments):
        if done[payment]:
            done[payment] -= 1
            found.already.append(payment)
        elif other := used.get(payment.ref):
            found.conflicts[place] = f"this reference already paid {other.amount_cents / 100:,.2f} to {other.to}"
        else:
            found.to_pay.append(payment)
    return found


def pay(
    rpc: Rpc, currency: Contract, payer: Signer, to_pay: Sequence[Payment], progress: Progress = lambda _: None
) -> list[Outcome]:
    """Pays what `compare` found missing.

    Raises:
        RevertsError: a payment would revert, in words; nothing was sent.
        NotFundedError: the payer has too little ether for the gas.
        RpcUnreachableError: the node does not answer; start again, nothing is paid twice.
    """
    orders = [
        Order(
            payer,
            currency.address,
            currency.encode("pay", it.to, it.amount_cents, it.ref),
            purpose=f"pay {it.amount_cents / 100:,.2f} to {it.to}",
        )
        for it in to_pay
    ]
    return carry_out(rpc, orders, progress=progress)
