"""A list of payments from one account, each with a reference that pays once, whatever happens in between.

A payment is a slip that the payer signs and posts herself, and its reference is the slip's ERC-3009 nonce: the contract
refuses a nonce that is used, so that no run, however it was cut short and started again, pays a line twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from beffroi import slips
from beffroi.chain.bulk import Progress
from beffroi.chain.contract import Contract, Event
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Signer
from beffroi.currency import issuing
from beffroi.currency.movements import LEAST_REFERENCE, payments_by_slip, pays
from beffroi.currency.posting import PostedSlips, post
from beffroi.eip712 import Domain
from beffroi.errors import InputError
from beffroi.units import euros

EVENTS = ("Paid", "AuthorizationUsed", "Transfer")
VALID_S = 86_400
"""A slip that no block took in a day is worth nothing to whoever kept it."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment with a reference.

    Attributes:
        to: checksummed address.
        amount_cents: more than 0.
        ref: 32 bytes: an invoice, a till receipt, a tax; see `reference`.
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
        repeated: what the payer paid under one reference, where that was more than one payment.
    """

    to_pay: list[Payment] = field(default_factory=list)
    already: list[Payment] = field(default_factory=list)
    conflicts: dict[int, str] = field(default_factory=dict)
    repeated: dict[bytes, list[Payment]] = field(default_factory=dict)


def reference(text: str) -> bytes:
    """The 32 bytes that stand for an invoice or a till receipt on chain, as `issuing.reference`.

    Raises:
        InputError: it is no reference in hexadecimal, or so small a number that wallets use it for other slips.
    """
    ref = issuing.reference(text)
    if int.from_bytes(ref) < LEAST_REFERENCE:
        raise InputError(f"{text} is a number that wallets give to slips of their own: take a hash, or plain words")
    return ref


def compare(rpc: Rpc, currency: Contract, payer: str, payments: Sequence[Payment], first: int = 0) -> Payments:
    """What is left to pay: a reference that this payer has used is not paid again.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        payer: checksummed address.
        payments: the whole list.
        first: a block at or before the currency's own.
    """
    spent = currency.reads(rpc, "authorizationState", [(payer, it.ref) for it in payments])
    done: dict[bytes, list[Payment]] = defaultdict(list)
    for paid in _paid(currency.events(rpc, *EVENTS, first=first, about=int(payer, 16))):
        done[paid.ref].append(paid)
    found = Payments(repeated={ref: several for ref, several in done.items() if len(several) > 1})
    places: dict[bytes, int] = {}
    for place, (payment, is_spent) in enumerate(zip(payments, spent, strict=True)):
        if places.setdefault(payment.ref, place) != place:
            found.conflicts[place] = "this reference stands in the list twice"
        elif payment in done[payment.ref]:
            found.already.append(payment)
        elif done[payment.ref]:
            other = done[payment.ref][0]
            found.conflicts[place] = f"this reference already paid {euros(other.amount_cents)} to {other.to}"
        elif is_spent:
            found.conflicts[place] = "this reference is spent: the payer cancelled it, or changed money by it"
        else:
            found.to_pay.append(payment)
    return found


def pay(
    rpc: Rpc, currency: Contract, payer: Signer, to_pay: Sequence[Payment], progress: Progress = lambda _: None
) -> PostedSlips:
    """Pays what `compare` found missing.

    Returns:
        What became of it. A payment that was refused as spent was made by another run meanwhile: `compare` tells.

    Raises:
        NotFundedError: the payer has too little ether for the gas.
        RpcUnreachableError: the node does not answer; start again, nothing is paid twice.
        DeclinedError: the account's holder declined to sign.
    """
    domain = Domain(currency.read(rpc, "name"), rpc.number("eth_chainId"), currency.address)
    now_s = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)  # noqa: FBT003, the node's
    signed = []
    for it in to_pay:
        slip = slips.transfer(payer.address, it.to, it.amount_cents, int.from_bytes(it.ref), before_s=now_s + VALID_S)
        signed.append((slip, sign_typed(payer, domain.separator, slip.struct_hash)))
    return post(rpc, currency, payer, signed, progress=progress)


def _paid(events: Iterable[Event]) -> list[Payment]:
    """What one payer paid, by her own transaction or by a slip."""
    listed = list(events)
    by_slip = payments_by_slip(listed)
    found = []
    for event, after in zip_longest(listed, listed[1:]):
        if event.name == "Paid":
            found.append(Payment(event.args["to"], event.args["amount_cents"], event.args["ref"]))
        elif pays(after, event):
            continue  # the Paid tells it: a request that was paid without a slip spent its nonce too
        elif (nonce := by_slip.get((event.block, event.index))) is not None:
            found.append(Payment(event.args["to"], event.args["value"], nonce))
    return found
