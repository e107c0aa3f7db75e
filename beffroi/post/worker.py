"""The worker: takes slips, posts them with one key, follows them until they count.

What is to be done is always in the store and on the chain, never only here: a worker that is killed at any instant and
started again goes on where the other stopped.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.exc import SQLAlchemyError

from beffroi.chain.rpc import Rpc, RpcError, RpcUnreachableError
from beffroi.chain.transaction import Signer
from beffroi.post.bundles import Bundle, Sorter
from beffroi.post.follower import SLOWEST_UNTOLD_S, Follower, again_s, untold_s
from beffroi.post.locks import SenderTakenError
from beffroi.post.model import EXPIRED, Batch, BatchState, Kind, Refusal, Taken, Vitals
from beffroi.post.outbox import SlipsLostError
from beffroi.post.privacy import log_failure
from beffroi.post.sending import FeeTooHighError, PostSender, SendingTerms, View
from beffroi.post.store import Store
from beffroi.units import ETHER

log = logging.getLogger(__name__)

PACE_S = 0.25
SLOWEST_PACE_S = 10.0
QUEUED_AT_ONCE = 800
"""Slips taken in a pass."""
A_BATCH = 200
LATE_AT_ONCE = 10
"""Of each the chain is asked what became of it."""
TOO_LATE = Refusal(EXPIRED, message="its deadline passed before it could be posted")
REPORT_S = 2.0
ALERT_S = 60.0
ALERT_BATCHES = 4
"""A balance is low when so many full transactions would spend it, or `SendingTerms.low_wei` is more."""


class Worker:
    """Posts the slips of some kinds with one key; several workers, each with a key, share a store.

    Args:
        store: the slips.
        kinds: by name.
        rpc: the node.
        signer: who signs and pays.
        terms: how it sends.
        clock: unix seconds.
    """

    def __init__(
        self,
        store: Store,
        kinds: Mapping[str, Kind],
        rpc: Rpc,
        signer: Signer,
        *,
        terms: SendingTerms | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.terms = terms or SendingTerms()
        self.sender = PostSender(rpc, signer, store.outbox, self.terms, clock)
        self.follower = Follower(rpc, store.outbox, kinds, self.sender.address, self.terms, clock)
        self._store = store
        self._kinds = kinds
        self._sorter = Sorter(rpc, kinds, self.sender.address)
        self._clock = clock
        self._name = self.sender.address
        self._reported_at = 0.0
        self._said_at: dict[str, float] = {}

    def recover(self) -> None:
        """After a start: frees the slips that the last run had in hand. What it recorded, it posts."""
        if freed := self._store.release(self._name):
            log.info("%d slips were in hand when the last run ended", freed)

    def step(self) -> bool:
        """One pass: follows what was posted, posts what waits, ends what is late. Whether more waits than it took.

        Raises:
            RpcError: the node could not say; nothing is lost, step again.
            RpcUnreachableError: likewise.
            SQLAlchemyError: the database does not answer; likewise.
        """
        view = self.sender.look()
        self.follower.follow(view)
        with contextlib.suppress(FeeTooHighError):
            self.sender.tend(self._name, view)
        waiting = [it for it in self._store.outbox.watched(self.sender.address) if it.state == BatchState.OPEN]
        self._report(view, len(waiting))
        more = self._serve(view, waiting)
        self._expire(view)
        return more

    def _serve(self, view: View, waiting: Sequence[Batch]) -> bool:
        """Posts what waits, as far as there is room; whether more waits."""
        room = self.terms.in_flight - len(waiting)
        if room <= 0:
            return False
        try:
            purse = self._purse(view, waiting)
        except FeeTooHighError:
            self._say("fee", "a unit of gas costs more than our limit: nothing is sent")
            return False
        limit = min(QUEUED_AT_ONCE, room * A_BATCH)
        taken = self._store.take(self._name, list(self._kinds), limit, after_s=view.time_s)
        if taken:
            self._post(taken, room, purse, view)
        return len(taken) == limit

    def run(self, stop: threading.Event, *, pace_s: float = PACE_S) -> None:
        """Steps until told to stop; what fails is tried again, ever more slowly.

        Args:
            stop: when set, the pass under way is the last.
            pace_s: between passes: slips that come meanwhile share a batch.

        Raises:
            SenderTakenError: another worker sends with this key.
        """
        with self._store.alone(self.sender.address) as lock:
            self.recover()
            wait_s = pace_s
            while not stop.is_set():
                try:
                    lock.check()
                    more = self.step()
                    wait_s = pace_s
                except (RpcError, RpcUnreachableError, SQLAlchemyError) as error:
                    log.warning("a pass failed and is tried again: %s", _brief(error))
                    more, wait_s = False, min(2 * wait_s, SLOWEST_PACE_S)
                except SenderTakenError:
                    raise
                except Exception as error:  # noqa: BLE001, one fault must not end the town's post
                    log_failure("a pass", error)
                    more, wait_s = False, min(2 * wait_s, SLOWEST_PACE_S)
                if not more:
                    stop.wait(wait_s)

    def _post(self, taken: Sequence[Taken], room: int, purse_gas: int, view: View) -> None:
        """Sorts slips into batches and posts as many as may be; whatever happens, none stays in hand."""
        left = {it.queued.id for it in taken}
        try:
            sorted_ = self._sorter.sort(taken, view.most_gas)
            left -= self._refuse(taken, sorted_.refused, view.head)
            for bundle in sorted_.bundles[:room]:
                if bundle.gas_limit > purse_gas:
                    self._say("purse", f"{self.sender.address} cannot pay for the next batch: fund it")
                    break
                purse_gas -= bundle.gas_limit
                left -= self._send(bundle, view)
        finally:
            if left:
                self._store.put_back(self._name, left)

    def _send(self, bundle: Bundle, view: View) -> set[bytes]:
        """Posts one batch; the slips it took."""
        batch = Batch(self.sender.address, 0, bundle.kind, bundle.lane, bundle.call, bundle.gas_limit)
        ids = [it.queued.id for it in bundle.taken]
        try:
            self.sender.post(self._name, batch, ids, view)
        except SlipsLostError:
            log.warning("%d slips were in hand for too long, and another worker may have them", len(ids))
            return set()
        return set(ids)

    def _refuse(self, taken: Sequence[Taken], refused: Mapping[bytes, Refusal], head: int) -> set[bytes]:
        """Ends the slips that the chain would refuse, but for those that may yet be accepted; all of them."""
        by_id = {it.queued.id: it for it in taken}
        ours, doubtful = self.follower.elsewhere(list(refused))
        busy = self._store.busy({by_id[id_].queued.signer for id_ in refused}, self._name) if refused else set()
        final: dict[bytes, Refusal] = {}
        later: dict[float, list[bytes]] = {}
        for id_, why in refused.items():
            if id_ in ours:
                continue
            # Another slip of the same signer is under way: once it is settled, this one may be in order.
            if why.untold:
                later.setdefault(untold_s(by_id[id_], self._clock()), []).append(id_)
            elif id_ in doubtful or by_id[id_].queued.signer in busy or self.follower.is_tried_again(by_id[id_], why):
                later.setdefault(again_s(by_id[id_]), []).append(id_)
            else:
                final[id_] = why
        theirs, unsure = self.follower.abroad([by_id[id_].queued for id_ in final], head)
        for id_ in theirs | unsure:
            del final[id_]
        for id_ in unsure:
            later.setdefault(untold_s(by_id[id_], self._clock()), []).append(id_)
        for after_s, ids in later.items():
            self._store.put_back(self._name, ids, after_s=after_s)
        self._store.reject(self._name, final)
        return set(refused)

    def _expire(self, view: View) -> None:
        """Ends the slips whose deadline has come, but for those that somebody has carried out, or may have.

        The last of a pass, for the chain may be long in telling what became of them: those in time do not wait for it.
        """
        taken = self._store.take_late(self._name, view.time_s, LATE_AT_ONCE)
        left = {it.queued.id for it in taken}
        try:
            left -= self._refuse(taken, dict.fromkeys(left, TOO_LATE), view.head)
        finally:
            if left:
                self._store.put_back(self._name, left, after_s=SLOWEST_UNTOLD_S)

    def _purse(self, view: View, waiting: Sequence[Batch]) -> int:
        """How much gas the balance pays for at our present limit, once what is under way is paid.

        Raises:
            FeeTooHighError: the chain asks for more than our limit.
        """
        spare_wei = view.balance_wei - self.sender.committed_wei(waiting)
        return spare_wei // max(1, self.sender.fees(view).most_wei)

    def _report(self, view: View, waiting: int) -> None:
        if self._clock() - self._reported_at < REPORT_S:
            return
        self._reported_at = self._clock()
        low_wei = max(self.terms.low_wei, ALERT_BATCHES * view.most_gas * view.market.price_wei)
        counters = self.sender.replaced, self.follower.undone, self.follower.reverted
        vitals = Vitals(self.sender.address, self._reported_at, view.balance_wei, low_wei, waiting, *counters)
        if vitals.is_low:
            held, low = view.balance_wei / ETHER, low_wei / ETHER
            self._say("low", f"{vitals.address} holds {held:.6f} ether, less than {low:.6f}: fund it")
        self._store.report(vitals)

    def _say(self, what: str, alert: str) -> None:
        """An alert, once a minute for as long as it lasts."""
        if self._clock() - self._said_at.get(what, 0.0) >= ALERT_S:
            self._said_at[what] = self._clock()
            log.error("%s", alert)


def _brief(error: Exception) -> str:
    """The first line alone: what follows may quote slips."""
    return str(error).partition("\n")[0][:200]
