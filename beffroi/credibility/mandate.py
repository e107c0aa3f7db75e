"""Acts of a mandate: the council opens it, its subject promises, anyone settles what was judged."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from urllib.parse import quote

from beffroi.ballots.transcript import keccak
from beffroi.chain.abi import entry, selector
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.sizing import TARGET_GAS
from beffroi.chain.transaction import Call, Signer
from beffroi.consultation.polls import PollStatus
from beffroi.credibility.refusals import in_words
from beffroi.errors import StateError

TITLE_LENGTH = 100
GAS_EACH, GAS_BYTE = 50_000, 60
"""Of a promise: its storage, event and words; and of each byte of its title and URI: calldata, hashes and event."""
TEXT_URI = "data:text/plain;charset=utf-8"
"""Of a text that stands in the URI itself (RFC 2397), percent-encoded."""


class Supply(IntEnum):
    """How much Cred a mandate starts with, as `IPromises.Supply`."""

    POPULATION = 0
    FIFTY_MILLION = 1


class NoMandateError(StateError):
    """The chain knows no mandate of that number."""


@dataclass(frozen=True)
class Pledge:
    """A promise before it is fixed.

    Attributes:
        text: what is promised; its hash goes on chain, and its beginning as the title that whoever signs it reads.
        uri: where the text is.
        weight_bps: its part of the mandate; all weights sum to 10,000.
        due_at: unix seconds from which it may be judged.
    """

    text: str
    uri: str
    weight_bps: int
    due_at: int

    @classmethod
    def in_full(cls, text: str, weight_bps: int, due_at: int) -> "Pledge":
        """A promise whose text stands in the event itself, so that nothing else has to be kept."""
        return cls(text, f"{TEXT_URI},{quote(text)}", weight_bps, due_at)

    @property
    def title(self) -> str:
        """The text in a line of at most so many characters."""
        return textwrap.shorten(self.text, TITLE_LENGTH, placeholder="…")

    def as_tuple(self) -> tuple[str, bytes, str, int, int]:
        """As the contract's ABI takes it, and as it is signed."""
        return self.title, keccak(self.text.encode()), self.uri, self.weight_bps, self.due_at


def in_parts(pledges: Sequence[Pledge]) -> list[Sequence[Pledge]]:
    """The same in parts of which each fits into one transaction."""
    parts: list[list[Pledge]] = []
    left = 0
    for pledge in pledges:
        title, _, uri, *_ = pledge.as_tuple()
        gas = GAS_EACH + GAS_BYTE * len((title + uri).encode())
        if not parts or gas > left:
            parts.append([])
            left = TARGET_GAS
        parts[-1].append(pledge)
        left -= gas
    return list(parts)


def appeals_of(rpc: Rpc, promises: Contract) -> Contract:
    """The contract Appeals that a contract Promises made."""
    return Contract.built("Appeals", promises.read(rpc, "appeals"))


@dataclass(frozen=True)
class Mandates:
    """The contract Promises with the town's authority.

    Attributes:
        rpc: the node.
        town: the AccessManager.
        promises: the contract Promises.
    """

    rpc: Rpc
    town: Contract
    promises: Contract

    @cached_property
    def appeals(self) -> Contract:
        """The contract Appeals, which the contract Promises made."""
        return appeals_of(self.rpc, self.promises)

    def open(self, clerk: Signer, subject: str, ends_at: int, supply: Supply, terms_hash: bytes) -> int | None:
        """Opens a mandate, or announces it where the clerk's acts must wait; the same call again opens it then.

        Args:
            clerk: who acts for the council.
            subject: whose promises they will be.
            ends_at: unix seconds.
            supply: how much Cred it starts with.
            terms_hash: of the document that appoints the subject.

        Returns:
            Its number; None when it is announced and must wait.

        Raises:
            TransactionFailedError: the signer is not the clerk, or the announced act must still wait.
        """
        who, target = str(clerk.address), self.promises.address
        data = self.promises.encode("openMandate", subject, ends_at, int(supply), terms_hash)
        four = selector(entry(self.promises.abi, "function", "openMandate"))
        immediate, delay_s = self.town.read(self.rpc, "canCall", who, target, four)
        if not immediate and delay_s:
            operation = self.town.read(self.rpc, "hashOperation", who, target, data)
            if not self.town.read(self.rpc, "getSchedule", operation):
                announcement = self.town.encode("schedule", target, data, 0)
                Sender(self.rpc, clerk).send_missing(Call(self.town.address, announcement, "announce a mandate"))
                return None
        with in_words():
            receipt = Sender(self.rpc, clerk).send(Call(target, data, "open a mandate"))
        (opened,) = self.promises.logged(receipt, "MandateOpened")
        return int(opened.args["mandate"])

    def pledge(
        self,
        poster: Signer,
        mandate: int,
        pledges: Sequence[Pledge],
        deadline: int = 0,
        signature: bytes = b"",
        *,
        first: int = 0,
    ) -> None:
        """Fixes the promises of a mandate: the subject itself, or whoever posts what it signed (`pledges_slip`).

        Args:
            poster: who sends.
            mandate: its number.
            pledges: all, or the next part (`in_parts`).
            deadline: of the slip, unix seconds; 0 where the subject sends.
            signature: of the slip; empty where the subject sends.
            first: how many were pledged before this part.

        Raises:
            TransactionFailedError: the contract refuses.
        """
        given = [pledge.as_tuple() for pledge in pledges]
        purpose = f"fix promises from {first + 1} on"
        self._send(poster, self.promises, "pledge", mandate, first, given, deadline, signature, purpose=purpose)

    def end(self, clerk: Signer, mandate: int, document: bytes, *, cancel: bool = False) -> None:
        """The clerk ends a mandate before its time, or cancels one of which nothing was judged.

        Raises:
            NoMandateError: there is none of that number: nothing is sent, nor announced.
            TransactionFailedError: the signer is not the clerk, or it is over, judged or cancelled.
            NotAnnouncedError: the clerk's acts wait, and this one was not announced.
        """
        self._require(mandate)
        function = "cancelMandate" if cancel else "endMandate"
        self._send(
            clerk, self.promises, function, mandate, document, purpose=f"{'cancel' if cancel else 'end'} a mandate"
        )

    def call(self, anyone: Signer, mandate: int, chosen: Sequence[int], ceremony: int) -> int:
        """Has promises judged that the returning officer did not put to the vote; the evaluation's number.

        Raises:
            TransactionFailedError: it is too early, no roll is current, or the key is not free.
        """
        receipt = self._send(
            anyone, self.promises, "callEvaluation", mandate, bytes(chosen), ceremony, purpose="call an evaluation"
        )
        (attached,) = self.promises.logged(receipt, "EvaluationAttached")
        return int(attached.args["evaluation"])

    def declare_unjudged(self, anyone: Signer, mandate: int, chosen: Sequence[int]) -> None:
        """Declares promises unjudged that nobody can judge: their stakes are frozen.

        Raises:
            TransactionFailedError: it is too early, or they can be judged.
        """
        self._send(anyone, self.promises, "declareUnjudged", mandate, bytes(chosen), purpose="declare unjudged")

    def bring(
        self, who: Signer, mandate: int, promise: int, document: bytes, uri: str, *, counter: bool = False
    ) -> None:
        """Brings evidence for a promise by its subject, or counter-evidence by a resident; the hash of a document.

        Raises:
            TransactionFailedError: the signer is not who may, or the promise is settled.
        """
        function, by = ("bringCounterEvidence", (str(who.address),)) if counter else ("bringEvidence", ())
        brought = (mandate, promise, document, uri, 0, b"")
        self._send(who, self.promises, function, *by, *brought, purpose="bring evidence")

    def appeal(self, subject: Signer, evaluation: int, grounds_hash: bytes) -> None:
        """The subject appeals to the jury, once.

        Raises:
            TransactionFailedError: it is too late, or done already.
        """
        self._send(subject, self.appeals, "appeal", evaluation, grounds_hash, 0, b"", purpose="appeal")

    def rule(self, jury: Signer, evaluation: int, ruling: int, reasons_hash: bytes) -> None:
        """The jury answers once nobody may appeal any more: 1 confirms, 2 annuls.

        Raises:
            TransactionFailedError: there is nothing to rule, some may still appeal, or the jury's time is over.
        """
        self._send(jury, self.appeals, "rule", evaluation, ruling, reasons_hash, purpose="rule on an appeal")

    def is_published(self, evaluation: int) -> bool:
        """Whether the result of an evaluation is published."""
        return bool(self.promises.read(self.rpc, "evaluationOf", evaluation)[3])

    def has_no_result(self, evaluation: int) -> bool:
        """Whether an evaluation's vote had too few ballots, or its trustees are late."""
        results = Contract.built("Consultations", self.promises.read(self.rpc, "results"))
        consultation = self.promises.read(self.rpc, "evaluationOf", evaluation)[1]
        return PollStatus(results.read(self.rpc, "status", consultation)) in {PollStatus.WITHHELD, PollStatus.STALLED}

    def release(self, anyone: Signer, evaluation: int) -> None:
        """Gives the promises of an evaluation without a result back to a later vote; what is due is frozen till then.

        Raises:
            TransactionFailedError: it has a result, is over, or its trustees may still come.
        """
        self._send(anyone, self.promises, "release", evaluation, purpose="give promises back")

    def publish(self, anyone: Signer, evaluation: int) -> None:
        """Takes note of an evaluation's result: the time to appeal runs from here.

        Raises:
            TransactionFailedError: there is no result yet.
        """
        self._send(anyone, self.promises, "publish", evaluation, purpose="publish a result")

    def settle(self, anyone: Signer, evaluation: int) -> int:
        """Burns what an evaluation says; gives how much, less than nothing where it gives back what was burnt before.

        Raises:
            TransactionFailedError: it may still be appealed, or is over.
        """
        receipt = self._send(anyone, self.promises, "settle", evaluation, purpose="settle an evaluation")
        (settled,) = self.promises.logged(receipt, "EvaluationSettled")
        return int(settled.args["burnt"]) - int(settled.args["givenBack"])

    def _require(self, mandate: int) -> None:
        if not 1 <= mandate <= self.promises.read(self.rpc, "mandates"):
            raise NoMandateError(f"there is no mandate {mandate}: nothing was sent")

    def _send(self, who: Signer, contract: Contract, function: str, *args: object, purpose: str) -> dict[str, object]:
        with in_words():
            return Sender(self.rpc, who).send(Call(contract.address, contract.encode(function, *args), purpose))
