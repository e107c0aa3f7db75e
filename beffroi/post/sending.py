"""One key that carries batches: it gives each a nonce, signs, records, sends, and raises the fee of what is stuck.

A batch is recorded with its signed transaction before it is sent. From then on it is sent again until a block has it:
the same bytes, or others of the same nonce, so that it is carried out once.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from beffroi.chain.fees import QUESTIONS, Fees, Market, market_of
from beffroi.chain.rpc import Call as Request
from beffroi.chain.rpc import Rpc, RpcError, RpcUnreachableError
from beffroi.chain.transaction import MAX_GAS, Call, Signer, seal
from beffroi.errors import ChainError
from beffroi.post.model import Batch, BatchState, Envelope
from beffroi.post.outbox import Outbox
from beffroi.units import ETHER, GWEI

log = logging.getLogger(__name__)

PLAIN_GAS = 21_000
WIDEST_GAP = 16
"""Missing nonces that are filled at one's own expense; more of them are an operator's to explain."""


@dataclass(frozen=True, slots=True)
class SendingTerms:
    """How a key sends.

    Attributes:
        confirmations: how deep a transaction must be to count, its own block included.
        watched: how deep it must be to be watched no longer.
        most_fee_wei: of a unit of gas, at most, whatever happens.
        most_fee_times: to what multiple of the market's present price the fee of what is stuck is raised, at most.
        stuck_s: after how long the fee of what no block takes is raised.
        resend_s: how often what no block has taken is handed over again.
        doubt_s: for how long a node must say so before we believe that a nonce is lost, or a block gone.
        in_flight: transactions that may wait for a block at the same time.
        low_wei: a balance that is an alert.
        patience_s: for how long a slip whose refusal may pass is tried.
    """

    confirmations: int = 1
    watched: int = 64
    most_fee_wei: int = 500 * GWEI
    most_fee_times: float = 10.0
    stuck_s: float = 30.0
    resend_s: float = 5.0
    doubt_s: float = 15.0
    in_flight: int = 8
    low_wei: int = ETHER // 10
    patience_s: float = 30.0


@dataclass(frozen=True, slots=True)
class View:
    """What the node says of the chain and of our account, in one answer.

    Attributes:
        head: number of the last block.
        time_s: of that block, unix seconds.
        market: what a unit of gas costs.
        nonce: how many of our transactions blocks have.
        balance_wei: ours.
        most_gas: that a transaction may use: EIP-7825's cap, or the block's where it is smaller.
    """

    head: int
    time_s: int
    market: Market
    nonce: int
    balance_wei: int
    most_gas: int = MAX_GAS


class FeeTooHighError(ChainError):
    """The chain asks for more than our limit: nothing is sent until it asks for less."""


def look(rpc: Rpc, address: str, raised: Mapping[int, int] | None = None) -> View:
    """The chain, and an account on it, now.

    Args:
        rpc: the node.
        address: the account.
        raised: tips of ours that make no market, as of `market_of`.

    Raises:
        RpcError: the node could not say.
        RpcUnreachableError: the node does not answer.
    """
    asked: list[Request] = [
        ("eth_getTransactionCount", [address, "latest"]),
        ("eth_getBalance", [address, "latest"]),
    ]
    block, history, tip, nonce, balance = rpc.batch([*QUESTIONS, *asked])
    for answer in (block, nonce, balance):
        if isinstance(answer, RpcError):
            raise answer
    return View(
        int(block["number"], 16),
        int(block["timestamp"], 16),
        market_of(block, history, tip, raised),
        int(nonce, 16),
        int(balance, 16),
        min(MAX_GAS, int(block["gasLimit"], 16)),
    )


class PostSender:
    """A key, and the node through which it sends.

    Args:
        rpc: the node.
        signer: who signs and pays.
        outbox: where batches are recorded.
        terms: how it sends.
        clock: unix seconds.

    Attributes:
        address: the key's.
        replaced: how many transactions were replaced.
    """

    def __init__(
        self, rpc: Rpc, signer: Signer, outbox: Outbox, terms: SendingTerms, clock: Callable[[], float] = time.time
    ) -> None:
        self.rpc = rpc
        self.address = str(signer.address)
        self.terms = terms
        self._signer = signer
        self._outbox = outbox
        self._clock = clock
        self._chain_id = int(rpc.call("eth_chainId"), 16)
        self._sent_at: dict[int, float] = {}
        self._gap_since: float | None = None
        self._raised_tips: dict[int, int] = {}
        self.replaced = 0

    def look(self) -> View:
        """The chain, now.

        Raises:
            RpcError: the node could not say.
            RpcUnreachableError: the node does not answer.
        """
        self._raised_tips |= self._outbox.raised_tips()
        return look(self.rpc, self.address, self._raised_tips)

    def fees(self, view: View) -> Fees:
        """What to offer now: room for the base fee to double, below our limit.

        Raises:
            FeeTooHighError: the base fee and the tip alone are above our limit.
        """
        if view.market.price_wei > self.terms.most_fee_wei:
            raise FeeTooHighError
        fees = view.market.fees
        return Fees(min(fees.most_wei, self.terms.most_fee_wei), fees.tip_wei)

    def post(self, worker: str, batch: Batch, ids: Sequence[bytes], view: View) -> None:
        """Gives a batch its nonce, records it with its slips, and sends it.

        Raises:
            SlipsLostError: a slip is not in the worker's hand any more; nothing was recorded.
            FeeTooHighError: as of `fees`.
        """
        batch = replace(batch, nonce=self._next_nonce(view))
        envelope = self._sealed(batch, self.fees(view))
        number = self._outbox.record(worker, batch, envelope, ids)
        log.info("batch %d: %d of %s, nonce %d, %s", number, len(ids), batch.kind, batch.nonce, envelope.hash)
        self._hand_over([(number, envelope)])

    def tend(self, worker: str, view: View) -> None:
        """Sends again what no block has, raises what is stuck, and fills a gap between nonces that holds them up."""
        now = self._clock()
        waiting = [it for it in self._outbox.watched(self.address) if it.state == BatchState.OPEN]
        sealed = self._outbox.envelopes([it.number for it in waiting])
        again: list[tuple[int, Envelope]] = []
        spare_wei = view.balance_wei - self.committed_wei(waiting)
        for batch in waiting:
            last = sealed[batch.number][-1]
            own_wei = _most_wei(batch, sealed[batch.number])
            if self._is_stuck(batch, last, view, now) and (
                higher := self._raised(batch, last, view, spare_wei + own_wei)
            ):
                self._outbox.add_envelope(batch.number, higher)
                spare_wei -= _most_wei(batch, [higher]) - own_wei
                self.replaced += 1
                log.warning("batch %d is stuck: %s replaces %s", batch.number, higher.hash, last.hash)
                again.append((batch.number, higher))
            elif now - self._sent_at.get(batch.number, 0.0) >= self.terms.resend_s:
                again.extend((batch.number, it) for it in _worth_sending(sealed[batch.number], view.market))
        self._sent_at = {it.number: self._sent_at.get(it.number, 0.0) for it in waiting}
        self._hand_over(again)
        self._fill(worker, waiting, view, now)

    def committed_wei(self, waiting: Sequence[Batch]) -> int:
        """The most that transactions under way may cost, each by the dearest of its envelopes."""
        sealed = self._outbox.envelopes([it.number for it in waiting])
        return sum(_most_wei(it, sealed[it.number]) for it in waiting)

    def _next_nonce(self, view: View) -> int:
        """The lowest that no block has and no batch of ours: the node may lag, and say too little."""
        first = self._believed(view.nonce)
        ours = self._outbox.nonces(self.address, first)
        return next(nonce for nonce in range(first, first + len(ours) + 1) if nonce not in ours)

    def _believed(self, nonce: int) -> int:
        """A nonce beyond our own transactions is another program's with this key, or a node's mistake: ask again."""
        last = self._outbox.last_nonce(self.address)
        if last is not None and nonce <= last + 1:
            return nonce
        answers = [self.rpc.call("eth_getTransactionCount", self.address, "latest") for _ in range(3)]
        return min(nonce, *(int(it, 16) for it in answers))

    def _sealed(self, batch: Batch, fees: Fees) -> Envelope:
        sealed = seal(
            self._signer,
            chain_id=self._chain_id,
            nonce=batch.nonce,
            to=batch.call.to,
            data=batch.call.data,
            gas=batch.gas_limit,
            fees=fees,
        )
        return Envelope(sealed.hash, sealed.raw, fees.most_wei, fees.tip_wei, self._clock())

    def _is_stuck(self, batch: Batch, last: Envelope, view: View, now: float) -> bool:
        """It waits for long; and it is the first to wait, or what it pays is not what the chain asks for now."""
        if now - last.signed_at < self.terms.stuck_s or batch.nonce < view.nonce:
            return False
        underpaid = last.max_fee_wei < view.market.price_wei or last.tip_wei < view.market.tip_wei
        return batch.nonce == view.nonce or underpaid

    def _raised(self, batch: Batch, last: Envelope, view: View, purse_wei: int) -> Envelope | None:
        """The same at a higher fee, unless it is above our limit, what the market may explain, or what we can pay."""
        market_wei = view.market.bound_wei(self.terms.most_fee_times)
        bound_wei = min(self.terms.most_fee_wei, market_wei, purse_wei // batch.gas_limit)
        fees = view.market.raised(Fees(last.max_fee_wei, last.tip_wei), bound_wei)
        if fees is None:
            log.error("batch %d is stuck, and %s pays as much as it may", batch.number, last.hash)
            return None
        return self._sealed(batch, fees)

    def _hand_over(self, envelopes: Sequence[tuple[int, Envelope]]) -> None:
        """Sends what is recorded. What the node answers decides nothing: it is sent again until a block has it."""
        for number, envelope in envelopes:
            self._sent_at[number] = self._clock()
            try:
                self.rpc.call("eth_sendRawTransaction", "0x" + envelope.raw.hex())
            except RpcError as error:
                log.info("batch %d: the node says of %s: %s", number, envelope.hash, error.message)
            except RpcUnreachableError:
                log.warning("batch %d: the node does not answer; %s is sent again later", number, envelope.hash)
                return

    def _fill(self, worker: str, waiting: Sequence[Batch], view: View, now: float) -> None:
        """Spends a missing nonce on nothing when no batch has come to use it and others wait behind it."""
        ours = {it.nonce for it in waiting}
        gap = [nonce for nonce in range(view.nonce, min(ours, default=0)) if nonce not in ours]
        if not gap:
            self._gap_since = None
            return
        self._gap_since = self._gap_since or now
        if now - self._gap_since < self.terms.doubt_s:
            return
        if len(gap) > WIDEST_GAP:
            log.error("%d nonces are missing before %d: look at %s", len(gap), min(ours), self.address)
            return
        nothing = Batch(self.address, 0, "", "", Call(self.address, b"", "fill a gap between nonces"), PLAIN_GAS)
        self.post(worker, nothing, [], view)


def _most_wei(batch: Batch, sealed: Sequence[Envelope]) -> int:
    return batch.gas_limit * max(it.max_fee_wei for it in sealed)


def _worth_sending(sealed: Sequence[Envelope], market: Market) -> list[Envelope]:
    """The dearest, and before it the cheapest that the next block may take: the only one where the balance fell."""
    valid = [it for it in sealed if it.max_fee_wei >= market.base_wei]
    cheapest = min(valid, key=lambda it: it.max_fee_wei, default=sealed[-1])
    return list(dict.fromkeys([cheapest, sealed[-1]]))
