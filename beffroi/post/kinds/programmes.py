"""Slips of programmes: spends, in batches, with their places on the roll; what merchants give back; grants."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NotRequired

from eth_utils.address import to_checksum_address
from pydantic import Field, with_config
from typing_extensions import TypedDict, override

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.eip712 import SlipType
from beffroi.post.json_types import CLOSED, Address, Bytes32, Signature, UInt256, unsigned
from beffroi.post.kinds.base import SlipKind, mismatch
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.patrons import without_strangers
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import UNTOLD, of_revert
from beffroi.post.kinds.till import ToOffice, Withdrawal
from beffroi.post.model import QueuedSlip, Refusal
from beffroi.programmes.programmeslips import GRANT, SPEND, refund_purpose, spend_slip
from beffroi.slips import till_nonce

SPENDS_AT_ONCE = 100
BATCH_GAS = 450_000
"""Of a transaction itself, what the contract wants left when it comes to the last spend, and its payment."""
GAS_PER_SPEND = 90_000
"""With room for a first spend at a merchant of its own."""
GRANT_GAS = 200_000
DEEPEST = 40
"""Hashes in a proof: no roll has 2^40 keys."""


@with_config(CLOSED)
class SpendExtra(TypedDict):
    """The holder's place on the published roll, whole or left out: the contract asks for it before her first spend."""

    index: NotRequired[UInt256]
    each: NotRequired[Annotated[int, unsigned(32)]]
    proof: NotRequired[Annotated[list[Bytes32], Field(max_length=DEEPEST)]]


@dataclass
class ProgrammeSpend(SlipKind):
    """A holder spends: those of one programme in one transaction, which leaves out what it must and names it."""

    residents: Contract

    base_name: ClassVar[str] = "spend"
    slip_type: ClassVar[SlipType] = SPEND
    extra_type: ClassVar[Any] = SpendExtra
    done_events: ClassVar[tuple[str, ...]] = ("UnitsSpent",)
    most_in_batch: ClassVar[int] = SPENDS_AT_ONCE
    gas_base: ClassVar[int] = BATCH_GAS
    gas_each: ClassVar[int] = GAS_PER_SPEND

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The holder's own key."""
        return str(message["holder"])

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The holder's own key, in a programme of somebody whom the town knows."""
        return without_strangers(rpc, self.contract, self.residents, drafts, [draft.account for draft in drafts])

    @override
    def agree(self, draft: Draft) -> None:
        """A place is whole, or left out."""
        if len(draft.extra) not in {0, 3}:
            raise mismatch(
                "extra is the holder's whole place on the roll, {index, each, proof}, or {} once it is shown"
            )

    @override
    def lane(self, message: Mapping[str, Any]) -> str:
        """All spends of one programme share batches."""
        return f"{self.name}:{message['programme'].hex()}"

    @override
    def done_topic(self, draft: Draft) -> int:
        """The programme."""
        return int.from_bytes(draft.message["programme"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One spend."""
        return self.call("spend", draft.message["programme"], _spend(draft), [*_places([draft])])

    @override
    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """Many spends, in the order in which they came."""
        drafts = [self.opened(queued) for queued in queued_slips]
        spends = [_spend(draft) for draft in drafts]
        return self.call("spendBatch", drafts[0].message["programme"], spends, [*_places(drafts)])

    @override
    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """What the contract left out, for which error."""
        found: dict[int, Refusal] = {}
        for event in self.contract.logged(receipt, "SpendRefused"):
            reason = event.args["reason"]
            found[int(event.args["place"])] = of_revert(reason) if reason else UNTOLD
        return found


@with_config(CLOSED)
class RefundExtra(TypedDict):
    """The spend that is given back, as its holder signed it, and how many of its units."""

    programme: Bytes32
    holder: Address
    spent: Annotated[int, unsigned(32)]
    nonce: Annotated[int, unsigned(16)]
    deadline: Annotated[int, unsigned(40)]
    signature: Signature
    units: Annotated[int, unsigned(32)]
    salt: Bytes32


@dataclass
class ProgrammeRefund(ToOffice):
    """A merchant gives back units of what was spent at it, and their money."""

    base_name: ClassVar[str] = "refund"
    extra_type: ClassVar[Any] = RefundExtra
    done_events: ClassVar[tuple[str, ...]] = ("UnitsRefunded",)

    @override
    def nonce(self, draft: Draft) -> bytes:
        """`slipNonce` of the refund's purpose: of that spend, of so many units."""
        extra = draft.extra
        spend = spend_slip(extra["programme"], *self._spend(draft)[:-1])
        return till_nonce(refund_purpose(spend, extra["units"]), extra["salt"])

    @override
    def done_topic(self, draft: Draft) -> int:
        """The programme."""
        return int.from_bytes(draft.extra["programme"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One payment."""
        said, extra = draft.message, draft.extra
        paid = said["validAfter"], said["validBefore"], extra["salt"], draft.signature
        return self.call("refundBySlip", extra["programme"], self._spend(draft), extra["units"], *paid)

    @staticmethod
    def _spend(draft: Draft) -> tuple[Any, ...]:
        extra = draft.extra
        when = extra["nonce"], extra["deadline"], extra["signature"]
        return extra["holder"], draft.message["from"], extra["spent"], *when


@dataclass
class ProgrammeGrant(SlipKind):
    """A granter adds to what a key may spend, once for an act."""

    residents: Contract

    base_name: ClassVar[str] = "grant"
    slip_type: ClassVar[SlipType] = GRANT
    done_events: ClassVar[tuple[str, ...]] = ("UnitsGranted",)
    gas_each: ClassVar[int] = GRANT_GAS

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Of the granter's current key, which is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The granters' current keys, in a programme of somebody whom the town knows."""
        asked = [(draft.message["granter"],) for draft in drafts]
        keys = [str(to_checksum_address(it)) for it in self.residents.reads(rpc, "currentKeyOf", asked)]
        return without_strangers(rpc, self.contract, self.residents, drafts, keys)

    @override
    def done_topic(self, draft: Draft) -> int:
        """The programme."""
        return int.from_bytes(draft.message["programme"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One grant."""
        programme, *rest = self.slip_type.ordered(draft.message)
        return self.call("grant", programme, (*rest, draft.signature))


KINDS: tuple[type[SlipKind], ...] = (ProgrammeSpend, ProgrammeRefund, ProgrammeGrant)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that Programmes takes; what is given back is signed for the currency that it is given back in."""
    programmes, residents = premises.contract("Programmes"), premises.contract("Residents")
    if programmes is None or residents is None:
        return
    here = premises.domain("Programmes", programmes)
    token = to_checksum_address(programmes.read(premises.rpc, "token"))
    yield ProgrammeSpend(programmes, here, residents)
    yield ProgrammeRefund(programmes, premises.money(Contract.built("LocalCurrency", token)))
    yield ProgrammeGrant(programmes, here, residents)
    yield Withdrawal(programmes, here, residents, instance="Programmes")


def _spend(draft: Draft) -> tuple[Any, ...]:
    said = draft.message
    return said["holder"], said["merchant"], said["units"], said["nonce"], said["deadline"], draft.signature


def _places(drafts: Sequence[Draft]) -> Iterator[tuple[Any, ...]]:
    """Each holder's place once; one that was shown meanwhile the contract passes over."""
    shown: set[str] = set()
    for draft in drafts:
        holder, extra = draft.message["holder"], draft.extra
        if extra and holder not in shown:
            shown.add(holder)
            yield holder, extra["index"], extra["each"], extra["proof"]
