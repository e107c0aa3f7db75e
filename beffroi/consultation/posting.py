"""Posting: the slips of many voters in batches, at the expense of whoever posts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from beffroi.ballots import records as box
from beffroi.ballots.ballot import verify_ballot
from beffroi.ballots.events import RefusedFor
from beffroi.ballots.params import Params
from beffroi.ballots.records import Record, signer
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.bulk import carry_out, estimated
from beffroi.chain.order import Order, OrderState, Outcome
from beffroi.chain.sizing import TARGET_GAS
from beffroi.chain.transaction import MAX_GAS, Signer
from beffroi.consultation.casting import replaced_by
from beffroi.consultation.polls import Polls, PollStatus
from beffroi.roll import Roll
from beffroi.signatures import plain_or_same

MOST_BYTES = 120_000
"""Of records in a batch: nodes pass on no transaction above 128 KiB (go-ethereum's txMaxSize)."""
SAMPLE = 20
ANSWER_GAS = 105_000
"""What a smart account may spend to answer for a ballot (ERC-1271), and what EIP-150 keeps back of it."""
BATCHES_AT_ONCE = 4
"""Batches in one request to the node: about a megabyte, where nodes refuse what is larger than a few."""

Progress = Callable[[int], object]


@dataclass(frozen=True)
class PostedBallots:
    """What became of slips.

    Attributes:
        outcomes: of each transaction.
        sizes: how many slips each held.
        refused: why the contract left one out, by place on the roll.
        unsent: why a slip was not even sent, by place on the roll.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    refused: dict[int, RefusedFor] = field(default_factory=dict)
    unsent: dict[int, str] = field(default_factory=dict)

    @property
    def gas_used(self) -> int:
        """Units of gas, of all transactions."""
        return sum(it.gas_used for it in self.outcomes)

    @property
    def counted(self) -> int:
        """How many ballots were counted."""
        sent = sum(size for it, size in zip(self.outcomes, self.sizes, strict=True) if it.state == OrderState.DONE)
        return sent - len(self.refused)


def problem(params: Params, roll: Roll, record: Record) -> str:
    """Why the contract would refuse this slip; empty when it would not, or when only it can tell (ERC-1271)."""
    if record.index >= len(roll) or to_address(roll.account(record.index)) != record.voter:
        return "is not of the voter who stands there on the roll"
    if len(record.ballot) != params.rule.ballot_length:
        return "has a ballot of another length"
    if len(record.signature) == 65 and not _is_by_key(params, record):
        return "is not signed by its voter"
    return "" if verify_ballot(params, record.voter, record.seq, record.ballot) else "has a false proof"


def post(
    polls: Polls,
    params: Params,
    roll: Roll,
    poster: Signer,
    slips: Iterable[Record],
    *,
    check: bool = True,
    progress: Progress = lambda _: None,
) -> PostedBallots:
    """Posts slips in batches sorted by roll index; safe to repeat: what is counted is not sent again.

    Args:
        polls: the contracts.
        params: of the consultation.
        roll: its sealed roll.
        poster: who pays; needs no permission.
        slips: in any order; of one voter's first votes only one is sent.
        check: leave out what the contract would refuse, before it costs gas.
        progress: called with the number of slips that have ended since the last call.

    Raises:
        ConsultationError: the vote is not open.
        RevertsError: a batch would revert as a whole.
    """
    polls.require(params.consultation, PollStatus.OPEN)
    posted = PostedBallots()
    first, again = _sorted(polls, params, roll, slips, posted, check=check)
    tree = box.RollTree([to_address(it) for it in roll.accounts()]) if first else None
    if tree is not None:
        each = _gas_each(polls, params, tree, poster, first)
        batches = list(_split(first, lambda it: each + (0 if _is_by_key(params, it) else ANSWER_GAS)))
        for start in range(0, len(batches), BATCHES_AT_ONCE):
            group = batches[start : start + BATCHES_AT_ONCE]
            # A limit that was estimated for each would cost the node ten times the verification.
            limits = [min(MAX_GAS, max(each * SAMPLE, gas) * 3 // 2) if check else MAX_GAS for _, gas in group]
            sizes = [len(batch) for batch, _ in group]
            orders = [_order(polls, params, tree, poster, it, gas) for (it, _), gas in zip(group, limits, strict=True)]
            posted.outcomes.extend(carry_out(polls.rpc, orders))
            posted.sizes.extend(sizes)
            progress(sum(sizes))
    for record in again:
        replaced = replaced_by(polls, params, record.index)
        voter = roll.account(record.index)
        data = polls.consultations.encode(
            "castAgain", params.consultation, record.index, voter, record.ballot, record.signature,
            roll.proof(record.index), replaced,
        )  # fmt: skip
        order = Order(poster, polls.consultations.address, data, purpose=f"replace the ballot of voter {record.index}")
        posted.outcomes.extend(carry_out(polls.rpc, [order]))
        posted.sizes.append(1)
        progress(1)
    for outcome in posted.outcomes:
        for event in polls.consultations.logged(outcome.receipt, "BallotRefused") if outcome.receipt else ():
            posted.refused[event.args["index"]] = RefusedFor(event.args["reason"])
    return posted


def _sorted(
    polls: Polls, params: Params, roll: Roll, slips: Iterable[Record], posted: PostedBallots, *, check: bool
) -> tuple[list[Record], list[Record]]:
    ordered = sorted((_brought(params, it) for it in slips), key=lambda it: (it.index, it.seq))
    known = [(params.consultation, it.index) for it in ordered]
    turnout = polls.consultations.reads(polls.rpc, "turnout", known)
    first: list[Record] = []
    again: list[Record] = []
    taken: dict[int, int] = {}
    for record, (voted, seq) in zip(ordered, turnout, strict=True):
        expected = taken.get(record.index, seq if voted else -1) + 1
        if record.seq < expected:
            posted.unsent[record.index] = "is counted already"
        elif record.seq > expected:
            posted.unsent[record.index] = f"is ballot {record.seq}, and ballot {expected} is missing"
        elif check and (why := problem(params, roll, record)):
            posted.unsent[record.index] = why
        else:
            taken[record.index] = record.seq
            (again if record.seq else first).append(record)
    return first, again


def _brought(params: Params, record: Record) -> Record:
    """A slip with its signature in the form that the contract takes."""
    digest = params.slip_digest(record.voter, record.seq, keccak(record.ballot))
    return replace(record, signature=plain_or_same(record.signature, digest, "0x" + record.voter.hex()))


def _gas_each(polls: Polls, params: Params, tree: box.RollTree, poster: Signer, slips: list[Record]) -> int:
    """What a slip costs in a batch of a few, spread over all: in a larger one it is less."""
    sample = slips[:: max(1, len(slips) // SAMPLE)][:SAMPLE]
    (order,) = estimated(polls.rpc, [_order(polls, params, tree, poster, sample)])
    return order.gas // len(sample) + 1


def _is_by_key(params: Params, record: Record) -> bool:
    return signer(params.slip_digest(record.voter, record.seq, keccak(record.ballot)), record.signature) == record.voter


def _split(slips: list[Record], gas_of: Callable[[Record], int]) -> Iterator[tuple[list[Record], int]]:
    """Batches, and what each may use: an account that answers for itself tells in a call nothing of what it burns."""
    batch: list[Record] = []
    size = gas = 0
    for record in slips:
        length, more = len(record.encode()), gas_of(record)
        if batch and (gas + more > TARGET_GAS or size + length > MOST_BYTES):
            yield batch, gas
            batch, size, gas = [], 0, 0
        batch.append(record)
        size, gas = size + length, gas + more
    yield batch, gas


def _order(
    polls: Polls, params: Params, tree: box.RollTree, poster: Signer, batch: Sequence[Record], gas: int = 0
) -> Order:
    data = b"".join(record.encode() for record in batch)
    call = polls.consultations.encode("castBatch", params.consultation, data, tree.proof([it.index for it in batch]))
    return Order(poster, polls.consultations.address, call, gas, f"post {len(batch)} ballots")
