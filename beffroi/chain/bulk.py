"""Many transactions, of one signer or of thousands, sent as raw bytes in JSON-RPC batches.

Each order's nonce follows from the one before it, so two of a signer can neither swap nor share one. What is sent is
known by its own hash, so an answer that was lost costs nothing: the same bytes are sent again and the receipt
decides. A run that was stopped is started again by whoever knows, from the chain, which orders are already carried
out (a reference, a standing).
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from beffroi.chain.announcing import Act, NotAnnouncedError, must_be_announced, waiting
from beffroi.chain.fees import Fees, sensible_market
from beffroi.chain.order import NotFundedError, Order, OrderState, Outcome, RevertsError
from beffroi.chain.reverts import explain
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.transaction import Call, gas_limits, request, require_gas, seal
from beffroi.units import ETHER

BATCH = 200
IN_FLIGHT = 64  # a signer's, at most: what a public node keeps in its pool for one account
TRANSFER_GAS = 21_000
POLL_S = 0.02
SLOWEST_POLL_S = 2.0
RESEND_S = 10.0
TIMEOUT_S = 300.0

Progress = Callable[[int], object]


@dataclass(slots=True)
class _Sent:
    place: int
    order: Order
    nonce: int
    raw: bytes
    hash: str


def carry_out(
    rpc: Rpc,
    orders: Iterable[Order],
    *,
    batch: int = BATCH,
    timeout_s: float = TIMEOUT_S,
    progress: Progress = lambda _: None,
) -> list[Outcome]:
    """Sends every order and waits for its receipt; one that fails does not stop the others.

    Args:
        rpc: the node.
        orders: in the order in which each signer's are to happen.
        batch: how many go in one request.
        timeout_s: how long to wait for the receipts of a batch.
        progress: called with the number of orders that have ended since the last call.

    Returns:
        What became of each, in the same order.

    Raises:
        TooMuchGasError: one asks for more than 16,777,216 gas.
        NotAnnouncedError: such ones are acts of an office with a delay, to be announced first.
        RevertsError: one whose gas the node was to estimate would revert.
        NotFundedError: a signer cannot pay.
        AbsurdTipError: the node asks for a tip that no market explains.
        RpcUnreachableError: the node does not answer.
    """
    return _Run(rpc, estimated(rpc, list(orders)), timeout_s, progress).all(batch)


def estimated(rpc: Rpc, orders: Sequence[Order]) -> list[Order]:
    """The same orders, those without a gas limit with the node's estimate and a margin.

    Raises:
        NotAnnouncedError: some are acts of an office with a delay, to be announced first.
        RevertsError: one would revert.
    """
    unknown = [order for order in orders if not order.gas]
    answers = gas_limits(rpc, [request(order.signer.address, order.to, order.data) for order in unknown])
    unannounced = [_act(order) for order, answer in zip(unknown, answers, strict=True) if must_be_announced(answer)]
    if unannounced:
        raise NotAnnouncedError(rpc, unannounced)
    known = iter([_known(rpc, order, answer) for order, answer in zip(unknown, answers, strict=True)])
    return [order if order.gas else replace(order, gas=next(known)) for order in orders]


def require_announced(rpc: Rpc, orders: Sequence[Order]) -> None:
    """Lets nothing be sent of an office's acts while the first must be announced, or wait.

    Raises:
        NotAnnouncedError: it was not announced; the error has all of them.
        RevertsError: it was, and must wait.
    """
    for order in orders[:1]:
        (answer,) = gas_limits(rpc, [request(order.signer.address, order.to, order.data)])
        if must_be_announced(answer):
            raise NotAnnouncedError(rpc, [_act(each) for each in orders])
        if isinstance(answer, RpcError) and (why := waiting(rpc, _act(order), answer)):
            raise RevertsError(f"{order.purpose or order.to}: {why}; nothing was sent")


def _act(order: Order) -> Act:
    return Act(order.signer, Call(order.to, order.data, order.purpose or f"an act of {order.to}"))


def _known(rpc: Rpc, order: Order, limit: int | RpcError) -> int:
    if isinstance(limit, RpcError):
        why = waiting(rpc, _act(order), limit) or explain(limit)
        raise RevertsError(f"{order.purpose or order.to}: {why}; nothing was sent")
    return limit


class _Run:
    def __init__(self, rpc: Rpc, orders: list[Order], timeout_s: float, progress: Progress) -> None:
        self._rpc = rpc
        self._orders = orders
        self._timeout_s = timeout_s
        self._progress = progress
        self._outcomes: dict[int, Outcome] = {}
        self._stopped: dict[str, str] = {}
        for order in orders:
            require_gas(order.gas, order.purpose or order.to)

    def all(self, batch: int) -> list[Outcome]:
        if not self._orders:
            return []
        self._chain_id = self._rpc.number("eth_chainId")
        self._check_funds()
        self._nonces = dict(self._of_signers("eth_getTransactionCount", "pending"))

        # Never more under way than one block holds: the base fee cannot outrun the fee that was signed.
        block = self._rpc.call("eth_getBlockByNumber", "latest", False)  # noqa: FBT003, the node's
        for chunk in _chunks(list(enumerate(self._orders)), batch, int(block["gasLimit"], 16)):
            self._await(self._send(self._sign(chunk)))
        return [self._outcomes[place] for place in range(len(self._orders))]

    def _of_signers(self, method: str, block: str) -> Iterator[tuple[str, int]]:
        signers = list(dict.fromkeys(order.signer.address for order in self._orders))
        answers = self._rpc.batch([(method, [signer, block]) for signer in signers])
        for signer, answer in zip(signers, answers, strict=True):
            if isinstance(answer, RpcError):
                raise answer
            yield signer, int(answer, 16)

    def _check_funds(self) -> None:
        price_wei = sensible_market(self._rpc).price_wei
        needed: Counter[str] = Counter()
        for order in self._orders:
            needed[order.signer.address] += order.gas * price_wei
        for signer, has in self._of_signers("eth_getBalance", "latest"):
            if has < needed[signer]:
                raise NotFundedError(
                    f"{signer} has {has / ETHER:.6f} ether and may need {needed[signer] / ETHER:.6f}: "
                    "fund it and start again"
                )

    def _sign(self, chunk: Sequence[tuple[int, Order]]) -> list[_Sent]:
        fees = sensible_market(self._rpc).fees
        signed = []
        for place, order in chunk:
            signer = order.signer.address
            if why := self._stopped.get(signer):
                self._end(place, OrderState.HELD, reason=why)
                continue
            signed.append(self._signed(place, order, self._nonces[signer], fees))
            self._nonces[signer] += 1
        return signed

    def _signed(self, place: int, order: Order, nonce: int, fees: Fees) -> _Sent:
        sealed = seal(
            order.signer, chain_id=self._chain_id, nonce=nonce, to=order.to, data=order.data, gas=order.gas, fees=fees
        )
        return _Sent(place, order, nonce, sealed.raw, sealed.hash)

    def _send(self, signed: list[_Sent]) -> list[_Sent]:
        """Hands the batch over; those that the node took."""
        refused = self._refused(signed)
        taken = []
        for it in signed:
            if it.place in refused:
                self._end(it.place, OrderState.REFUSED, it.hash, reason=refused[it.place])
                self._fill(it)
            elif why := self._stopped.get(it.order.signer.address):
                self._end(
                    it.place, OrderState.HELD, it.hash, reason=f"{why}: the node has it and may carry it out later"
                )
            else:
                taken.append(it)
        return taken

    def _refused(self, signed: list[_Sent]) -> dict[int, str]:
        """Why, by place. Where the node says no, what it knows of the hash decides: an answer may have been lost.

        Where it cannot say what it knows, the receipt decides.
        """
        answers = self._publish(signed)
        doubtful = [(it, answer) for it, answer in zip(signed, answers, strict=True) if isinstance(answer, RpcError)]
        known = self._rpc.batch([("eth_getTransactionByHash", [it.hash]) for it, _ in doubtful])
        return {it.place: explain(answer) for (it, answer), found in zip(doubtful, known, strict=True) if found is None}

    def _fill(self, gap: _Sent) -> None:
        """Spends a refused order's nonce on nothing, so that those behind it do not wait for a stranger to come."""
        signer = gap.order.signer
        if signer.address in self._stopped:
            return
        nothing = Order(signer, signer.address, b"", TRANSFER_GAS)
        if self._refused([self._signed(gap.place, nothing, gap.nonce, sensible_market(self._rpc).fees)]):
            self._stopped[signer.address] = f"waits behind {gap.hash}, which the node refused"

    def _publish(self, sent: list[_Sent]) -> list[Any]:
        return self._rpc.batch([("eth_sendRawTransaction", ["0x" + it.raw.hex()]) for it in sent])

    def _await(self, sent: list[_Sent]) -> None:
        waiting, failed = sent, []
        started = resent = time.monotonic()
        poll_s = POLL_S
        while waiting:
            receipts = self._rpc.batch([("eth_getTransactionReceipt", [it.hash]) for it in waiting])
            for it, receipt in zip(waiting, receipts, strict=True):
                if not isinstance(receipt, dict):
                    continue
                if int(receipt["status"], 16):
                    self._end(it.place, OrderState.DONE, it.hash, receipt=receipt)
                else:
                    failed.append((it, receipt))
            waiting = [it for it, receipt in zip(waiting, receipts, strict=True) if not isinstance(receipt, dict)]
            now = time.monotonic()
            if not waiting or now - started > self._timeout_s:
                break
            if now - resent > RESEND_S:
                self._publish(waiting)  # the node forgot them: the same bytes, so never twice
                resent = now
            time.sleep(poll_s)
            poll_s = min(poll_s * 2, SLOWEST_POLL_S)
        for it in waiting:
            self._end(it.place, OrderState.PENDING, it.hash, reason=f"in no block after {self._timeout_s:.0f} s")
        for (it, receipt), reason in zip(failed, self._reasons(failed), strict=True):
            self._end(it.place, OrderState.FAILED, it.hash, reason=reason, receipt=receipt)

    def _reasons(self, failed: list[tuple[_Sent, dict[str, Any]]]) -> list[str]:
        """Why each reverted: the same call on the state it left behind, which a reverted transaction did not change."""
        calls = [
            (
                "eth_call",
                [request(it.order.signer.address, it.order.to, it.order.data, it.order.gas), receipt["blockNumber"]],
            )
            for it, receipt in failed
        ]
        answers = self._rpc.batch(calls)
        return [explain(it) if isinstance(it, RpcError) else "reverted, but would not now" for it in answers]

    def _end(self, place: int, state: OrderState, transaction: str = "", reason: str = "", **more: Any) -> None:
        self._outcomes[place] = Outcome(self._orders[place], state, transaction, reason, **more)
        self._progress(1)


def _chunks(orders: Sequence[tuple[int, Order]], batch: int, gas: int) -> Iterator[list[tuple[int, Order]]]:
    """Runs of at most `batch` orders and `gas` in which nobody has more than `IN_FLIGHT`."""
    chunk: list[tuple[int, Order]] = []
    load: Counter[str] = Counter()
    for place, order in orders:
        signer = order.signer.address
        full = len(chunk) == batch or load[signer] == IN_FLIGHT or sum(it.gas for _, it in chunk) + order.gas > gas
        if chunk and full:
            yield chunk
            chunk, load = [], Counter()
        chunk.append((place, order))
        load[signer] += 1
    if chunk:
        yield chunk
