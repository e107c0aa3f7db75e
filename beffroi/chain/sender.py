"""Signed transactions, sent once whatever happens to the answer."""

from collections.abc import Sequence
from typing import Any

from beffroi.chain.announcing import (
    Act,
    NotAnnouncedError,
    announcements,
    authority_of,
    moment,
    must_be_announced,
    schedules,
    waiting,
)
from beffroi.chain.fees import sensible_market
from beffroi.chain.headers import clock_s
from beffroi.chain.journal import ActFate, JournaledSigner, Note, SentBeforeError
from beffroi.chain.pending import TIMEOUT_S, settle, until
from beffroi.chain.reverts import explain
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.transaction import MAX_GAS, Call, Sealed, Signer, gas_limits, request, require_gas, seal
from beffroi.errors import ChainError

JUST_DONE_S = 3_600
"""How old the block of an earlier run's act may be for a command to go on from it, as if it had sent it itself."""


class TransactionFailedError(ChainError):
    """A transaction would revert, or did."""


class Sender:
    """One account that sends transactions one after another.

    Args:
        rpc: the node.
        signer: who signs and pays; one that keeps a journal is not made to do twice what an earlier run sent.
        confirmations: how many blocks deep a transaction must be to count, its own included.
        timeout_s: how long to wait for a block.
    """

    def __init__(self, rpc: Rpc, signer: Signer, *, confirmations: int = 1, timeout_s: float = TIMEOUT_S) -> None:
        self.rpc = rpc
        self.signer = signer
        self.confirmations = confirmations
        self.timeout_s = timeout_s
        self._journal = signer.journal if isinstance(signer, JournaledSigner) else None
        self._next_nonce = 0
        self._chain_id = rpc.number("eth_chainId")

    def settle(self) -> None:
        """Waits for what an earlier run may have sent; see `pending.settle`."""
        settle(self.rpc, self.signer.address, self.timeout_s)

    def fee_wei(self) -> int:
        """The most a unit of gas may cost now."""
        return sensible_market(self.rpc).fees.most_wei

    def balance_wei(self) -> int:
        """What the account holds."""
        return self.rpc.number("eth_getBalance", self.signer.address, "latest")

    def send(self, call: Call) -> dict[str, Any]:
        """Sends a transaction and waits for its receipt; an earlier run's, where that did the very act just before.

        Raises:
            SentBeforeError: an earlier run did that very act longer ago, or what it sent gave way to another
                transaction, perhaps a faster copy; or it sent another act of that function. Told once.
            TransactionFailedError: it would revert, or did; the custom error is named.
            NotAnnouncedError: it is an act of an office with a delay; `announce` it first.
            TransactionPendingError: it is not in a block after the timeout; a rerun finds it.
            TooMuchGasError: it needs more than one may use; nothing was sent.
            AbsurdTipError: the node asks for a tip that no market explains; likewise.
            RpcError: the node refuses it.
            RpcUnreachableError: the node does not answer.
        """
        earlier, receipt = self._taken_up(call)
        if receipt:
            return receipt
        gas, fees = self._gas(call), sensible_market(self.rpc).fees
        # One of several nodes behind an URL may lag behind the receipt that another gave.
        nonce = earlier.nonce if earlier else max(self._nonce("latest"), self._next_nonce)
        sealed = seal(
            self.signer,
            chain_id=self._chain_id,
            nonce=nonce,
            to=call.to,
            data=call.data,
            gas=gas,
            fees=fees,
            value_wei=call.value_wei,
        )
        note = Note.of(call, nonce, (*(earlier.transactions if earlier else ()), sealed.hash))
        if self._journal:
            self._journal.write(note)
        self._publish(sealed)
        self._next_nonce = nonce + 1
        receipt = self._receipt(sealed, note)
        if int(receipt["status"], 16) != 1:
            why = self._replayed(call, receipt)
            if self._journal:
                self._journal.strike(note)
            raise TransactionFailedError(f"{call.purpose}: {why} ({receipt['transactionHash']})")
        return receipt

    def rehearse(self, call: Call) -> None:
        """Asks the chain whether it would take a call now; sends nothing.

        Raises:
            TransactionFailedError: it would revert.
            NotAnnouncedError: it is an act of an office with a delay.
            TooMuchGasError: it needs more than one transaction may use.
        """
        self._gas(call)

    def send_missing(self, call: Call) -> dict[str, Any]:
        """Sends what the chain was asked for and lacks; an earlier run's, if it was ever done, was undone since."""
        if self._journal:
            self._journal.forget(call)
        return self.send(call)

    def _taken_up(self, call: Call) -> tuple[Note | None, dict[str, Any]]:
        """What an earlier run sent of a call: the note of what is in no block, or the receipt of what is just done."""
        note = self._journal.take_up(call) if self._journal else None
        if not (self._journal and note):
            return None, {}
        self.settle()
        fate, receipt = self._journal.outcome(self.rpc, note)
        if fate is ActFate.AWAITED:
            return note, {}
        told = self._told_once(fate, note, receipt)
        if fate is ActFate.DONE and not told:
            return None, receipt
        self._journal.strike(note)
        if told:
            raise SentBeforeError(f"{call.purpose}: {told}")
        return None, {}

    def _told_once(self, fate: ActFate, note: Note, receipt: dict[str, Any]) -> str:
        """What whoever gives a command must know before it is carried out; empty where it is safe to go on."""
        if fate is ActFate.LOST:
            return (
                f"an earlier run sent it as transaction {note.nonce} ({note.transactions[-1]}), and another has that "
                "number now, perhaps a faster copy from your wallet: see there what it did; nothing was sent. Give the "
                "command again if it is still to be done"
            )
        if fate is ActFate.FAILED:
            return ""
        done_at_s = clock_s(self.rpc, receipt["blockNumber"])
        if clock_s(self.rpc) - done_at_s <= JUST_DONE_S:
            return ""
        return (
            f"an earlier run did it in block {int(receipt['blockNumber'], 16):,}, {moment(done_at_s)} "
            f"({receipt['transactionHash']}); nothing was sent. Give the command again if one more is meant"
        )

    def _gas(self, call: Call) -> int:
        (limit,) = gas_limits(self.rpc, [request(self.signer.address, call.to, call.data, value_wei=call.value_wei)])
        if isinstance(limit, RpcError):
            act = Act(self.signer, call)
            if must_be_announced(limit):
                raise NotAnnouncedError(self.rpc, [act]) from limit
            why = waiting(self.rpc, act, limit) or explain(limit)
            raise TransactionFailedError(f"{call.purpose}: {why}; nothing was sent") from limit
        require_gas(limit, call.purpose)
        return limit

    def _nonce(self, block: str) -> int:
        return self.rpc.number("eth_getTransactionCount", self.signer.address, block)

    def _publish(self, sealed: Sealed) -> None:
        """Hands the node the transaction; when it says that it has it, or that the nonce is used, its hash decides."""
        try:
            self.rpc.call("eth_sendRawTransaction", "0x" + sealed.raw.hex())
        except RpcError:
            (known,) = self.rpc.batch([("eth_getTransactionByHash", [sealed.hash])])
            if known is None:  # where the node cannot say it, the receipt decides
                raise

    def _receipt(self, sealed: Sealed, note: Note) -> dict[str, Any]:
        def included() -> dict[str, Any] | None:
            found = (self.rpc.call("eth_getTransactionReceipt", hash_) for hash_ in note.transactions)
            receipt: dict[str, Any] | None = next(filter(None, found), None)
            if receipt is None:
                (known,) = self.rpc.batch([("eth_getTransactionByHash", [sealed.hash])])
                if known is None:
                    self._publish(sealed)  # the node forgot it: the same bytes, so never twice
                return None
            depth = self.rpc.number("eth_blockNumber") - int(receipt["blockNumber"], 16) + 1
            return receipt if depth >= self.confirmations else None

        return until(
            included, f"{note.purpose}: {sealed.hash} is sent and not in a block yet; start again later", self.timeout_s
        )

    def _replayed(self, call: Call, receipt: dict[str, Any]) -> str:
        before = hex(int(receipt["blockNumber"], 16) - 1)
        try:
            asked = request(self.signer.address, call.to, call.data, MAX_GAS, call.value_wei)
            self.rpc.call("eth_call", asked, before)
        except RpcError as error:
            return explain(error)
        return "failed in its block, though it would not have in the one before"


def announce(rpc: Rpc, acts: Sequence[Act]) -> int:
    """Announces acts of offices, those that are announced already left out.

    Returns:
        From when on all of them may be carried out, unix seconds.

    Raises:
        TransactionFailedError: a signer holds no such office.
        RpcUnreachableError: the node does not answer.
    """
    ready_at_s = 0
    by_signer: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        authority = authority_of(rpc, act.call.to)
        by_signer.setdefault((str(act.signer.address), authority), []).append(act)
    for (caller, authority), theirs in by_signer.items():
        wanted = [(act.call.to, act.call.data) for act in theirs]
        known = schedules(rpc, authority, caller, wanted)
        new = [act for act, ready in zip(wanted, known, strict=True) if not ready]
        sender = Sender(rpc, theirs[0].signer)
        for data in announcements(new):
            sender.send_missing(Call(authority, data, f"announce: {theirs[0].call.purpose}"))
        ready_at_s = max(ready_at_s, *schedules(rpc, authority, caller, wanted))
    return ready_at_s
