"""Redemptions that are owed in euros, and their settlement."""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_utils.address import to_checksum_address

from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.order import Order, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.units import euros


@dataclass(frozen=True, slots=True)
class Settlement:
    """Euros that were paid.

    Attributes:
        redemption: its number, from 1.
        amount_cents: what was transferred.
        ref: the bank transfer, 32 bytes.
    """

    redemption: int
    amount_cents: int
    ref: bytes


@dataclass(frozen=True)
class Settlements:
    """What settling a list would do, before anything is sent.

    Attributes:
        to_settle: owed, the very amount.
        already: settled by the same transfer.
        conflicts: why one cannot be settled, by place in the list.
    """

    to_settle: list[Settlement]
    already: list[Settlement]
    conflicts: dict[int, str]


@dataclass(frozen=True, slots=True)
class Owed:
    """A redemption that is not settled.

    Attributes:
        redemption: its number, from 1.
        account: whose it is, checksummed.
        amount_cents: euro cents.
        ref: the holder's own reference, 32 bytes; zeros for none.
    """

    redemption: int
    account: str
    amount_cents: int
    ref: bytes


def owed(rpc: Rpc, currency: Contract, first: int = 0) -> list[Owed]:
    """Every redemption that is not settled, in order.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        first: a block at or before the currency's own.
    """
    count = currency.read(rpc, "redemptions")
    records = currency.reads(rpc, "redemptionOf", [(number,) for number in range(1, count + 1)])
    refs = {it.args["redemption"]: it.args["ref"] for it in currency.events(rpc, "Redeemed", first=first)}
    return [
        Owed(number, to_checksum_address(account), cents, refs[number])
        for number, (account, cents) in enumerate(records, 1)
        if cents
    ]


def compare(rpc: Rpc, currency: Contract, settlements: Sequence[Settlement], first: int = 0) -> Settlements:
    """What is left to settle, and what does not fit the books.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        settlements: the whole list.
        first: a block at or before the currency's own.
    """
    open_ = {it.redemption: it.amount_cents for it in owed(rpc, currency, first)}
    settled = {
        it.args["redemption"]: Settlement(it.args["redemption"], it.args["amount_cents"], it.args["bankReference"])
        for it in currency.events(rpc, "Settled", first=first)
    }
    used = currency.reads(rpc, "isReferenceUsed", [(it.ref,) for it in settlements])
    found = Settlements([], [], {})
    for place, (it, is_used) in enumerate(zip(settlements, used, strict=True)):
        if settled.get(it.redemption) == it:
            found.already.append(it)
        elif it.redemption in settled:
            found.conflicts[place] = f"redemption {it.redemption} was settled otherwise"
        elif it.redemption not in open_:
            found.conflicts[place] = f"there is no redemption {it.redemption}"
        elif open_[it.redemption] != it.amount_cents:
            due = euros(open_[it.redemption])
            found.conflicts[place] = f"redemption {it.redemption} owes {due}, not {euros(it.amount_cents)}"
        elif is_used:
            found.conflicts[place] = "this reference was used before"
        else:
            found.to_settle.append(it)
    return found


def settle(
    rpc: Rpc,
    currency: Contract,
    treasurer: Signer,
    to_settle: Sequence[Settlement],
    progress: Progress = lambda _: None,
) -> list[Outcome]:
    """Settles what `compare` found owed.

    Raises:
        RevertsError: one would revert, in words; nothing was sent.
        NotFundedError: the treasurer has too little ether for the gas.
        RpcUnreachableError: the node does not answer; start again, nothing is settled twice.
    """
    orders = [
        Order(
            treasurer,
            currency.address,
            currency.encode("settle", it.redemption, it.ref),
            purpose=f"settle redemption {it.redemption}",
        )
        for it in to_settle
    ]
    return carry_out(rpc, orders, progress=progress)
