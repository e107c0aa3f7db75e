"""Slips are checked and stored, and their senders told what became of them: the post office's counter."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from beffroi.post.answers import RefusedInBatch, SlipAnswer, TakenInBatch
from beffroi.post.checks import Checker
from beffroi.post.codes import Code, PostError, ProblemAnswer
from beffroi.post.kinds import Draft, SlipKind
from beffroi.post.limits import Limiter
from beffroi.post.model import Acknowledgement, QueuedSlip, Refusal, SlipStatus
from beffroi.post.store import Store
from beffroi.units import DAY_S

Answer = Acknowledgement | PostError


@dataclass
class Intake:
    """Checks slips that are new, and stores the good ones.

    Args:
        kinds: by name.
        checker: asks the chain.
        store: of slips.
        signers: how much each may post.
        signer_gas: units of gas that each may use in a day (UTC); 0 for no limit.
        clock: unix seconds.
    """

    kinds: Mapping[str, SlipKind]
    checker: Checker
    store: Store
    signers: Limiter
    signer_gas: int = 0
    clock: Callable[[], float] = time.time

    def draft(self, slip: Mapping[str, Any]) -> Draft:
        """A slip as its request was read.

        Raises:
            PostError: its parts contradict each other, or it is one of another chain or contract.
        """
        kind = self.kinds[slip["kind"]]
        draft = kind.draft(slip)
        if signed_for := slip.get("domain"):
            _require_here(kind, signed_for)
        return draft

    def take(self, drafts: list[Draft]) -> list[Answer]:
        """What became of each, once the new and good ones are durable. Blocks.

        A slip that is known already is neither checked nor counted again.

        Raises:
            RpcUnreachableError: the node does not answer; nothing was stored.
            SQLAlchemyError: the database does not; what was stored is found again.
        """
        known = self.store.statuses({draft.id for draft in drafts})
        new = {draft.id: draft for draft in drafts if draft.id not in known}
        answers: dict[bytes, Answer] = {id_: Acknowledgement(status, new=False) for id_, status in known.items()}
        queued_slips: list[QueuedSlip] = []
        checked = self.checker.check(list(new.values()))
        spent = self._spent({it.signer for it in checked if isinstance(it, QueuedSlip)})
        for id_, it in zip(new, checked, strict=True):
            if isinstance(it, Refusal):
                answers[id_] = refused(it)
            elif self.signer_gas and 0 < spent[it.signer] > self.signer_gas - it.gas:
                answers[id_] = self._too_costly()
            elif wait_s := self.signers.wait_s(it.signer):
                answers[id_] = too_many(wait_s)
            else:
                spent[it.signer] += it.gas
                queued_slips.append(it)
        answers |= {it.status.id: it for it in self.store.receive(queued_slips)}
        return [answers[draft.id] for draft in drafts]

    def _spent(self, signers: set[str]) -> Counter[str]:
        """Gas of each today."""
        if not self.signer_gas or not signers:
            return Counter()
        return Counter(self.store.spent(signers, self.clock() // DAY_S * DAY_S))

    def _too_costly(self) -> PostError:
        words = "the slips of this account have used all the gas that the town gives one account in a day"
        return PostError(Code.RATE_LIMITED, words, retryAfter=int(DAY_S - self.clock() % DAY_S) + 1)


def _require_here(kind: SlipKind, signed_for: Mapping[str, Any]) -> None:
    if signed_for["chainId"] != kind.domain.chain_id:
        raise PostError(Code.OTHER_CHAIN, f"this post office serves chain {kind.domain.chain_id}")
    if signed_for["verifyingContract"] != kind.domain.contract:
        raise PostError(Code.OTHER_CONTRACT, f"slips of kind {kind.name} are signed for {kind.domain.contract}")


def refused(refusal: Refusal) -> PostError:
    """A refusal, as the client is told it."""
    details = {"error": refusal.name, "args": list(refusal.args.values())} if refusal.name or refusal.args else {}
    return PostError(Code(refusal.code), refusal.message, **details)


def too_many(wait_s: float) -> PostError:
    """What whoever posts too much is told."""
    return PostError(Code.RATE_LIMITED, "too many requests from this address", retryAfter=int(wait_s) + 1)


def status_body(status: SlipStatus) -> SlipAnswer:
    """What became of a slip, as JSON has it."""
    error = status.error
    return {
        "id": "0x" + status.id.hex(),
        "kind": status.kind,
        "state": status.state,
        "receivedAt": int(status.received_at),
        "changedAt": int(status.changed_at),
        "deadline": None if status.deadline_s is None else str(status.deadline_s),
        "transaction": status.transaction,
        "block": status.block,
        "gas": status.gas,
        "feeWei": None if status.fee_wei is None else str(status.fee_wei),
        "error": None
        if error is None
        else {"code": error.code, "name": error.name, "args": [*error.args.values()], "message": error.message},
    }


def answer_body(answer: Answer) -> tuple[int, SlipAnswer | ProblemAnswer]:
    """HTTP's status and the JSON of an answer."""
    if isinstance(answer, PostError):
        return answer.status, answer.body
    return 202 if answer.new else 200, status_body(answer.status)


def in_batch(answer: Answer) -> TakenInBatch | RefusedInBatch:
    """The same, of one slip of several."""
    if isinstance(answer, PostError):
        return {"status": answer.status, "error": answer.body}
    return {"status": 202 if answer.new else 200, "slip": status_body(answer.status)}
