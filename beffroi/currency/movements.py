"""Movements of money, from the currency's events alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from eth_utils.address import to_checksum_address

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.contract import Contract, Event
from beffroi.chain.rpc import Rpc, RpcError

EVENTS = ("Transfer", "Paid", "Redeemed", "Issued", "AuthorizationUsed")
LEAST_REFERENCE = 2**64
"""Slips' nonces below are numbers that wallets count; above, they are hashes, and name what is paid for."""


class Nature(StrEnum):
    """What a movement was."""

    ISSUED = "issued"
    REDEEMED = "redeemed"
    RECOVERED = "recovered"  # a lost key's money to its successor
    COMMONS = "commons"  # to the commons without a reference: a redemption's fee, demurrage, or a gift
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that moved.

    Attributes:
        at_s: unix seconds of its block.
        block: its number.
        nature: what it was.
        payer: whose it was; the zero address where it was issued.
        payee: whose it is; the zero address where it was given back.
        amount_cents: how much.
        ref: the payment's, the issue's or the redemption's reference; empty for none.
        transaction: its hash.
    """

    at_s: int
    block: int
    nature: Nature
    payer: str
    payee: str
    amount_cents: int
    ref: bytes
    transaction: str


def movements(rpc: Rpc, currency: Contract, residents: Contract, first: int, last: int) -> list[Movement]:
    """Every movement from block `first` to block `last`, in order.

    Raises:
        RpcError: the node refuses.
    """
    events = list(currency.events(rpc, *EVENTS, first=first, last=last))
    recovered = {
        (it.transaction, it.args["account"], it.args["successor"])
        for it in residents.events(rpc, "Recovered", first=first, last=last)
    }
    commons = _commons(rpc, currency, last)
    times = block_times(rpc, {it.block for it in events})
    return [
        Movement(
            times[event.block], event.block, nature, args["from"], args["to"], args["value"], ref, event.transaction
        )
        for event, nature, ref in _natures(events, recovered, commons)
        for args in [event.args]
        if args["value"]
    ]


def block_times(rpc: Rpc, blocks: Iterable[int]) -> dict[int, int]:
    """Unix seconds of each of these blocks.

    Raises:
        RpcError: the node does not have one.
    """
    wanted, times = sorted(set(blocks)), {}
    answers = rpc.batch([("eth_getBlockByNumber", [hex(it), False]) for it in wanted])
    for number, answer in zip(wanted, answers, strict=True):
        if not isinstance(answer, dict):
            raise answer or RpcError("eth_getBlockByNumber", -32000, f"the node has no block {number}")
        times[number] = int(answer["timestamp"], 16)
    return times


def last_block_before(rpc: Rpc, moment_s: int, first: int = 0) -> int:
    """The last block before a moment, by bisection; `first` - 1 when there is none from `first` on."""
    low, high = first - 1, int(rpc.call("eth_blockNumber"), 16)
    while low < high:
        middle = (low + high + 1) // 2
        if block_times(rpc, [middle])[middle] < moment_s:
            low = middle
        else:
            high = middle - 1
    return low


def _natures(
    events: list[Event], recovered: set[tuple[str, str, str]], commons: set[str]
) -> Iterator[tuple[Event, Nature, bytes]]:
    """What each Transfer was: an issue's reference comes before its transfers, a payment's right after its own."""
    issued: dict[str, bytes] = {}
    by_slip = payments_by_slip(events)
    for event, after in zip_longest(events, events[1:]):
        args = event.args
        if event.name == "Issued":
            issued[event.transaction] = args["ref"]
        if event.name != "Transfer":
            continue
        if args["from"] == ZERO_ADDRESS:
            yield event, Nature.ISSUED, issued.get(event.transaction, b"")
        elif args["to"] == ZERO_ADDRESS:
            yield event, Nature.REDEEMED, _reference_of(after)
        elif (event.transaction, args["from"], args["to"]) in recovered:
            yield event, Nature.RECOVERED, b""
        elif pays(after, event):
            yield event, Nature.PAID, after.args["ref"]
        elif int.from_bytes(nonce := by_slip.get((event.block, event.index), b"")) >= LEAST_REFERENCE:
            yield event, Nature.PAID, nonce
        else:
            yield event, Nature.COMMONS if args["to"] in commons else Nature.PAID, b""


def payments_by_slip(events: Iterable[Event]) -> dict[tuple[int, int], bytes]:
    """Of each Transfer that a slip made (block and index of its log): the slip's nonce.

    It is the last that leaves the signer before another slip is used: demurrage that was due goes first.
    """
    found: dict[tuple[int, int], bytes] = {}
    used: Event | None = None
    made: tuple[int, int] | None = None
    for event in events:
        if event.name == "AuthorizationUsed":
            used, made = event, None
        elif event.name == "Transfer" and used is not None and _leaves(event, used):
            if made is not None:
                del found[made]
            made = None if event.args["to"] == ZERO_ADDRESS else (event.block, event.index)
            if made is None:
                used = None  # money was given back: the slip paid nobody
            else:
                found[made] = used.args["nonce"]
    return found


def _reference_of(redeemed: Event | None) -> bytes:
    """Of the Redeemed that follows the Transfer of what was burnt; zeros are none."""
    ref: bytes = redeemed.args["ref"] if redeemed and redeemed.name == "Redeemed" else b""
    return ref if any(ref) else b""


def _leaves(event: Event, used: Event) -> bool:
    return event.transaction == used.transaction and event.args["from"] == used.args["authorizer"]


def pays(paid: Event | None, event: Event) -> bool:
    """Whether the log `paid` after a Transfer is the Paid of the same act."""
    if paid is None or paid.name != "Paid" or (paid.block, paid.index) != (event.block, event.index + 1):
        return False
    return [paid.args[it] for it in ("from", "to", "amount_cents")] == [
        event.args[it] for it in ("from", "to", "value")
    ]


def _commons(rpc: Rpc, currency: Contract, last: int) -> set[str]:
    """Every account that was ever the commons."""
    moved = currency.events(rpc, "CommonsMoved", last=last)
    return {to_checksum_address(currency.read(rpc, "commons", block=last))} | {it.args["from"] for it in moved}
