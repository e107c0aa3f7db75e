"""Slips, posted: many payments that their payers signed, in one transaction of the town hall's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from beffroi.chain.abi import entry, selector
from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.order import Order, OrderState, Outcome
from beffroi.chain.reverts import decode_error
from beffroi.chain.rpc import Rpc
from beffroi.chain.sizing import parts
from beffroi.chain.transaction import Signer
from beffroi.eip712 import Slip

SLIPS_AT_ONCE = 200
BATCH_GAS = 360_000
"""Of a transaction itself, and what the contract wants left when it comes to the last slip; unused, it is not paid."""
GAS_PER_SLIP = 75_000
"""A limit, with room for a first nonce, a first day of demurrage and the call's share kept back by EIP-150."""
GAS_PER_ANSWER = 210_000
"""What a smart account may spend to answer for its signature (ERC-1271), besides."""

WORD = 32
"""Bytes."""


@dataclass
class PostedSlips:
    """What became of slips.

    Attributes:
        carried_out: how many.
        refused: why not, by place in the list.
        gas_used: units, of all transactions.
    """

    carried_out: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    gas_used: int = 0


def post(
    rpc: Rpc,
    currency: Contract,
    poster: Signer,
    signed: Sequence[tuple[Slip, bytes]],
    *,
    at_once: int = SLIPS_AT_ONCE,
    progress: Progress = lambda _: None,
) -> PostedSlips:
    """Posts payments in batches; a bad one is named and holds back no other.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        poster: anyone who pays for it.
        signed: `slips.transfer` and its signature, in the order in which they are to happen.
        at_once: how many go in one transaction, at most: fewer where smart accounts may spend its gas.
        progress: called with the number of slips that have ended since the last call.

    Raises:
        NotFundedError: the poster cannot pay.
        RpcUnreachableError: the node does not answer; post again, no slip is paid twice.
    """
    four = selector(entry(currency.abi, "function", "transferWithAuthorizationBatch"))
    sized = parts(signed, _gas_each(rpc, signed), base=BATCH_GAS, most_each=[at_once] * len(signed))
    orders = [Order(poster, currency.address, four + encode_slips(part), gas) for part, gas in sized]
    sizes = iter([len(part) for part, _ in sized])
    outcomes = carry_out(rpc, orders, progress=lambda ended: progress(sum(next(sizes) for _ in range(ended))))
    posted = PostedSlips()
    first = 0
    for (part, _), outcome in zip(sized, outcomes, strict=True):
        _enter(posted, currency, first, len(part), outcome)
        first += len(part)
    return posted


def encode_slips(signed: Sequence[tuple[Slip, bytes]]) -> bytes:
    """The argument of `transferWithAuthorizationBatch`: payments and their signatures, an array of dynamic tuples.

    EIP-712 lays a payment's members out as the ABI does, and a post office encodes each payment three times: by eth-abi
    that took an eighth of its time. Source: Contract ABI Specification, "Use of Dynamic Types".

    Raises:
        ValueError: a value is not of its member's type.
    """
    rows = [_row(slip.encoded_data, signature) for slip, signature in signed]
    offsets = list(accumulate(map(len, rows), initial=WORD * len(rows)))[:-1]
    return b"".join([*map(_word, [WORD, len(rows), *offsets]), *rows])


def _row(members: bytes, signature: bytes) -> bytes:
    padding = bytes(-len(signature) % WORD)
    return members + _word(len(members) + WORD) + _word(len(signature)) + signature + padding


def _word(number: int) -> bytes:
    return number.to_bytes(WORD, "big")


def _gas_each(rpc: Rpc, signed: Sequence[tuple[Slip, bytes]]) -> list[int]:
    """What each slip may need: an account with code may answer for its signature itself."""
    payers = list(dict.fromkeys(str(slip.values[0]) for slip, _ in signed))
    codes = rpc.batch([("eth_getCode", [payer, "latest"]) for payer in payers])
    keys = {payer for payer, code in zip(payers, codes, strict=True) if code == "0x"}
    return [GAS_PER_SLIP + (str(slip.values[0]) not in keys) * GAS_PER_ANSWER for slip, _ in signed]


def _enter(posted: PostedSlips, currency: Contract, first: int, size: int, outcome: Outcome) -> None:
    posted.gas_used += outcome.gas_used
    if outcome.state != OrderState.DONE:
        posted.refused |= dict.fromkeys(range(first, first + size), outcome.reason)
        return
    refused: dict[int, str] = {
        first + event.args["position"]: decode_error(event.args["reason"])
        for event in currency.logged(outcome.receipt, "SlipRefused")
    }
    posted.refused |= refused
    posted.carried_out += size - len(refused)
