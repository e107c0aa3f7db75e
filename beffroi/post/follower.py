"""What became of batches: blocks that took them, confirmations, reorganisations, nonces that others used."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from beffroi.chain.rpc import Rpc, RpcError, RpcUnreachableError
from beffroi.chain.transaction import MAX_GAS, request
from beffroi.post.elsewhere import carried_out
from beffroi.post.kinds import SlipKind
from beffroi.post.kinds.reasons import of_error
from beffroi.post.model import Batch, BatchState, Kind, QueuedSlip, Refusal, Taken
from beffroi.post.outbox import Mined, Outbox
from beffroi.post.privacy import log_failure
from beffroi.post.sending import SendingTerms, View

log = logging.getLogger(__name__)

AGAIN_S = 1.0
SLOWEST_AGAIN_S = 5.0
SLOWEST_UNTOLD_S = 300.0
MOST_ATTEMPTS = 10
"""Transactions that a slip is given at the town's expense; in the last of them it travelled alone."""
LONG_DOUBT = 10
"""For so many times `SendingTerms.doubt_s`, a slip whose transaction was given up is not refused for good."""

Receipt = Mapping[str, Any]


@dataclass
class Follower:
    """Follows the batches of one sender.

    Args:
        rpc: the node.
        outbox: where they are recorded.
        kinds: by name.
        sender: whose they are.
        terms: when they count.
        clock: unix seconds.

    Attributes:
        undone: how many a reorganisation undid.
        reverted: how many reverted in their block.
    """

    rpc: Rpc
    outbox: Outbox
    kinds: Mapping[str, Kind]
    sender: str
    terms: SendingTerms
    clock: Callable[[], float] = time.time
    undone: int = field(default=0, init=False)
    reverted: int = field(default=0, init=False)
    _doubted: dict[int, float] = field(default_factory=dict, init=False)
    _started_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._started_at = self.clock()

    def follow(self, view: View) -> int:
        """Enters what the chain says; how many batches were settled.

        Raises:
            RpcUnreachableError: the node does not answer.
        """
        watched, abroad = self.outbox.watched(self.sender), self.outbox.watched_abroad()
        self._doubted = {it.number: since for it in [*watched, *abroad] if (since := self._doubted.get(it.number))}
        undone = self._undone([it for it in watched if it.state != BatchState.OPEN], view)
        for batch in undone:
            log.warning("batch %d: block %d was undone", batch.number, batch.block)
            self.undone += 1
            self.outbox.reopen(batch.number)
        for batch in self._undone(abroad, view):
            log.warning("%s, which somebody else sent, was undone: its slips are queued again", batch.transaction)
            self.undone += 1
            self.outbox.void(batch.number)
        pending = [it for it in watched if it.state != BatchState.CONFIRMED and it not in undone]
        settled = self._pending(pending, view)
        confirmed = [it.block for it in [*watched, *abroad] if it.state == BatchState.CONFIRMED]
        if view.head - min(confirmed, default=view.head) >= self.terms.watched:
            self.outbox.finalize(self.sender, view.head - self.terms.watched + 1)
        return settled

    def elsewhere(self, ids: Sequence[bytes]) -> tuple[set[bytes], set[bytes]]:
        """Those of these slips that an earlier batch of ours, given up meanwhile, has carried out after all.

        They are that batch's again, and are confirmed with it. Second, those of which the node could not say it.
        """
        carried: dict[int, dict[bytes, int]] = {}
        for id_, places in self.outbox.strays(ids).items():
            for number, place in places:
                carried.setdefault(number, {})[id_] = place
        found: set[bytes] = set()
        doubtful: set[bytes] = set()
        known, unsaid = self._receipts(list(carried))
        for number, queued_slips in carried.items():
            if number in unsaid:
                doubtful |= queued_slips.keys()
            receipt = known.get(number)
            if receipt is None or not int(receipt["status"], 16):
                continue
            if (kind := self.kinds.get(self.outbox.batch(number).kind)) is None:
                doubtful |= queued_slips.keys()
                continue
            refused = kind.refused([it.queued for it in self.outbox.queued_slips(number)[0]], receipt)
            done = {id_: place for id_, place in queued_slips.items() if place not in refused and id_ not in found}
            if done:
                self.outbox.revive(number, done)
                found |= set(done)
        return found, doubtful - found

    def abroad(self, queued_slips: Sequence[QueuedSlip], head: int) -> tuple[set[bytes], set[bytes]]:
        """Those of these slips that somebody else's transaction carried out: they are confirmed by it.

        Second, those of which it cannot be said yet: the transaction is not deep enough, or the node does not tell.
        One that is out of time for its logs, all else it may answer: it is asked of none of the others.
        """
        done: set[bytes] = set()
        doubtful: set[bytes] = set()
        for place, queued in enumerate(queued_slips):
            kind = self.kinds.get(queued.kind)
            if not isinstance(kind, SlipKind):
                continue
            try:
                found = carried_out(self.rpc, kind, kind.opened(queued))
            except RpcError:
                doubtful.add(queued.id)
                continue
            except RpcUnreachableError as error:
                log.warning("the node does not tell who posted slips: %s", error)
                return done, doubtful | {it.id for it in queued_slips[place:]}
            if found is None:
                continue
            deep = head - found.block + 1 >= self.terms.confirmations
            if deep and self.outbox.done_abroad(queued.kind, found, [queued.id]):
                log.info("%s was posted by somebody else: %s", queued.kind, found.transaction)
                done.add(queued.id)
            else:
                doubtful.add(queued.id)
        return done, doubtful

    def _undone(self, batches: Sequence[Batch], view: View) -> list[Batch]:
        """Those whose block is not the chain's any more."""
        blocks = sorted({it.block for it in batches})
        answers = self.rpc.batch([("eth_getBlockByNumber", [hex(number), False]) for number in blocks])
        known = dict(zip(blocks, answers, strict=True))
        undone = []
        for batch in batches:
            answer = known[batch.block]
            if isinstance(answer, RpcError):
                continue
            if answer is not None:
                if answer["hash"] != batch.block_hash:
                    undone.append(batch)
                self._doubted.pop(batch.number, None)
            elif view.head < batch.block and self._is_sure(batch):  # it may only lag
                undone.append(batch)
        return undone

    def _pending(self, batches: Sequence[Batch], view: View) -> int:
        receipts, unsaid = self._receipts([it.number for it in batches])
        settled = 0
        for batch in batches:
            if batch.number in unsaid:
                continue
            if batch.kind and batch.kind not in self.kinds:
                log.error(
                    "batch %d is of %s, which is not served any more: it is left as it is", batch.number, batch.kind
                )
                continue
            receipt = receipts.get(batch.number)
            if receipt is None:
                self._missing(batch, view)
                continue
            self._doubted.pop(batch.number, None)
            block = int(receipt["blockNumber"], 16)
            if max(view.head, block) - block + 1 >= self.terms.confirmations:
                settled += self._settled(batch, receipt, view.head)
            elif (block, receipt["blockHash"]) != (batch.block, batch.block_hash):
                self.outbox.mined(batch.number, _mined(receipt))
        return settled

    def _receipts(self, numbers: Sequence[int]) -> tuple[dict[int, Receipt], set[int]]:
        """By batch, the receipt of whichever of its transactions is in a block; and of which the node did not say."""
        asked = [(number, it.hash) for number, its in self.outbox.envelopes(numbers).items() for it in its]
        answers = self.rpc.batch([("eth_getTransactionReceipt", [hash_]) for _, hash_ in asked])
        told = list(zip((number for number, _ in asked), answers, strict=True))
        known = {number: answer for number, answer in told if answer and not isinstance(answer, RpcError)}
        return known, {number for number, answer in told if isinstance(answer, RpcError)} - known.keys()

    def _missing(self, batch: Batch, view: View) -> None:
        """No block has it. When blocks have another of that nonce, it will never be."""
        if batch.state != BatchState.OPEN:
            return
        if view.nonce <= batch.nonce:
            self._doubted.pop(batch.number, None)
        elif self._is_sure(batch):
            log.warning("batch %d: another transaction used nonce %d", batch.number, batch.nonce)
            self.outbox.void(batch.number)

    def _is_sure(self, batch: Batch) -> bool:
        """The node has said so for long enough."""
        now = self.clock()
        return now - self._doubted.setdefault(batch.number, now) >= self.terms.doubt_s

    def _settled(self, batch: Batch, receipt: Receipt, head: int) -> bool:
        """Whether a batch could be settled: one that cannot keeps no other from it, and is tried again."""
        try:
            self._settle(batch, receipt, head)
        except (RpcUnreachableError, SQLAlchemyError):
            raise
        except Exception as error:  # noqa: BLE001, whatever a receipt brings about is its own batch's
            log_failure(f"settling a batch of {batch.kind}", error)
            return False
        return True

    def _settle(self, batch: Batch, receipt: Receipt, head: int) -> None:
        taken, own = self.outbox.queued_slips(batch.number)
        told: dict[int, Refusal] = {}
        if taken and int(receipt["status"], 16):
            told = self.kinds[batch.kind].refused([it.queued for it in taken], receipt)
        elif taken:
            self.reverted += 1
            told = self._reverted(batch, taken, receipt)
        by_slip = {taken[place].queued.id: (taken[place], why) for place, why in told.items()}
        mine = {id_: it for id_, it in by_slip.items() if id_ in own}
        ours, doubtful = self.elsewhere(list(mine))
        final = [it for id_, (it, why) in mine.items() if id_ not in ours and not (why.passing or why.untold)]
        theirs, unsure = self.abroad([it.queued for it in final], head)
        ours, doubtful = ours | theirs, doubtful | unsure
        refused: dict[bytes, Refusal] = {}
        again: dict[bytes, float] = {}
        for id_, (it, why) in mine.items():
            if id_ in ours:
                continue
            if why is _COMPANY or id_ in doubtful or self.is_tried_again(it, why):
                again[id_] = again_s(it)
            else:
                refused[id_] = _NEVER_ENOUGH if why.untold else why
        self.outbox.confirm(batch.number, _mined(receipt), refused, again)
        log.info("batch %d: confirmed in block %s, %d refused", batch.number, receipt["blockNumber"], len(refused))

    def is_tried_again(self, taken: Taken, why: Refusal) -> bool:
        """Whether a refusal may pass, and the slip has not waited for it long enough; or is none at all."""
        if why.untold and taken.attempts < MOST_ATTEMPTS:
            return True
        since = max(taken.received_at, self._started_at)
        if why.passing and self.clock() - since < self.terms.patience_s:
            return True
        # A transaction that was given up may be in a pool still, and be what the refusal is about.
        doubtful = self.clock() - taken.changed_at < LONG_DOUBT * self.terms.doubt_s
        return doubtful and taken.attempts > 0 and self.outbox.was_given_up(taken.queued.id)

    def _reverted(self, batch: Batch, taken: Sequence[Taken], receipt: Receipt) -> dict[int, Refusal]:
        """The whole transaction reverted: all its slips are tried again, in smaller company; one alone is refused."""
        if len(taken) > 1:
            return dict.fromkeys(range(len(taken)), _COMPANY)
        call = request(self.sender, batch.call.to, batch.call.data, MAX_GAS)
        (answer,) = self.rpc.batch([("eth_call", [call, receipt["blockNumber"]])])
        return {0: of_error(answer) if isinstance(answer, RpcError) else _NO_REASON}


_COMPANY = Refusal("refused_by_contract", message="its batch reverted", passing=True)
_NEVER_ENOUGH = Refusal("refused_by_contract", message="it ran out of gas in each transaction that carried it")
_NO_REASON = Refusal("refused_by_contract", message="its transaction reverted, and would not now", passing=True)


def again_s(taken: Taken) -> float:
    """After how long a slip is tried again: each time later, that none turns in circles."""
    return float(min(AGAIN_S * 2**taken.attempts, SLOWEST_AGAIN_S))


def untold_s(taken: Taken, now: float) -> float:
    """After how long one that the node says nothing of is tried again: it may be so until its deadline."""
    return min(max(AGAIN_S, (now - taken.received_at) / 4), SLOWEST_UNTOLD_S)


def _mined(receipt: Receipt) -> Mined:
    gas_used = int(receipt["gasUsed"], 16)
    price = int(receipt["effectiveGasPrice"], 16)
    where = receipt["transactionHash"], int(receipt["blockNumber"], 16), receipt["blockHash"]
    return Mined(*where, int(receipt["status"], 16) == 1, gas_used, gas_used * price)
