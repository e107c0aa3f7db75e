"""Slips of operations that are cleared: a member's payment, cap, contest and way out; a meter's agent's commitments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NotRequired

from eth_utils.address import to_checksum_address
from pydantic import with_config
from typing_extensions import TypedDict, override

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.eip712 import SlipType
from beffroi.flows.meterslips import COMMIT
from beffroi.flows.operation import CONTEST, LEAVE, SET_CAP, STATEMENT, TAKE, TERMS, deposit_purpose
from beffroi.post.codes import Code
from beffroi.post.json_types import CLOSED, Address, Bytes32, unsigned
from beffroi.post.kinds.base import SlipKind
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import refusal
from beffroi.post.kinds.till import ToOffice, Withdrawal
from beffroi.post.model import Refusal
from beffroi.slips import till_nonce

PAID_OUT_GAS = 500_000
"""Of an act that pays out, which must leave the payment what it may burn."""
COMMITTED_GAS = 40_000
"""Of a root, with room; besides the transaction."""


@with_config(CLOSED)
class DepositExtra(TypedDict):
    """What is joined; `member` where she joined by a key that the payment's `from` has replaced."""

    op: Bytes32
    capCents: Annotated[int, unsigned(40)]
    salt: Bytes32
    member: NotRequired[Address]


@dataclass
class ClearingDeposit(ToOffice):
    """Joins an operation, mandates up to a cap and pays in, at once."""

    base_name: ClassVar[str] = "clearing_deposit"
    done_events: ClassVar[tuple[str, ...]] = ("Deposited",)
    extra_type: ClassVar[Any] = DepositExtra

    @override
    def nonce(self, draft: Draft) -> bytes:
        """Clearing's `slipNonce` of the deposit's purpose."""
        extra = draft.extra
        return till_nonce(deposit_purpose(extra["op"], self._member(draft), extra["capCents"]), extra["salt"])

    @override
    def done_topic(self, draft: Draft) -> int:
        """The operation."""
        return int.from_bytes(draft.extra["op"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One payment."""
        said, extra = draft.message, draft.extra
        paid = extra["capCents"], said["value"], said["validAfter"], said["validBefore"], extra["salt"]
        return self.call("depositBySlip", extra["op"], self._member(draft), *paid, draft.signature)

    @staticmethod
    def _member(draft: Draft) -> str:
        return str(draft.extra.get("member", draft.message["from"]))


@dataclass
class OfMember(SlipKind):
    """What a member signs over the terms of her operation; the key in force is on chain."""

    residents: Contract

    function: ClassVar[str]

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Of the member's current key, which is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The members' current keys."""
        asked = [(draft.message["member"],) for draft in drafts]
        return [str(to_checksum_address(it)) for it in self.residents.reads(rpc, "currentKeyOf", asked)]

    @override
    def done_topic(self, draft: Draft) -> int:
        """The operation."""
        return int.from_bytes(_operation(draft))

    @override
    def alone(self, draft: Draft) -> Call:
        """One act; the contract takes the operation's name for its terms, and the rest as it is signed."""
        rest = [draft.message[name] for _, name in self.slip_type.fields[1:]]
        return self.call(self.function, _operation(draft), *rest, draft.signature)


@dataclass
class ClearingCap(OfMember):
    """Another cap."""

    base_name: ClassVar[str] = "clearing_cap"
    done_events: ClassVar[tuple[str, ...]] = ("CapSet",)
    slip_type: ClassVar[SlipType] = SET_CAP
    function: ClassVar[str] = "setCap"


@dataclass
class ClearingTake(OfMember):
    """Money out of a member's balance."""

    base_name: ClassVar[str] = "clearing_take"
    done_events: ClassVar[tuple[str, ...]] = ("Taken",)
    slip_type: ClassVar[SlipType] = TAKE
    function: ClassVar[str] = "take"
    gas_each: ClassVar[int] = PAID_OUT_GAS


@dataclass
class ClearingLeave(OfMember):
    """All of it, and no mandate any more."""

    base_name: ClassVar[str] = "clearing_leave"
    done_events: ClassVar[tuple[str, ...]] = ("Left",)
    slip_type: ClassVar[SlipType] = LEAVE
    function: ClassVar[str] = "leave"
    gas_each: ClassVar[int] = PAID_OUT_GAS


@dataclass
class ClearingContest(OfMember):
    """A member contests her line of the statement whose window is open."""

    base_name: ClassVar[str] = "clearing_contest"
    done_events: ClassVar[tuple[str, ...]] = ("LineContested",)
    slip_type: ClassVar[SlipType] = CONTEST
    function: ClassVar[str] = "contest"

    @override
    def alone(self, draft: Draft) -> Call:
        """One contest; the contract takes the statement's hash."""
        said = draft.message
        stated = STATEMENT.hash_struct(STATEMENT.ordered(said["statement"]))
        rest = said["member"], said["reasonHash"], said["deadline"], draft.signature
        return self.call(self.function, _operation(draft), stated, *rest)


@dataclass
class MeterCommit(SlipKind):
    """An agent commits to the readings of its meters of a period."""

    base_name: ClassVar[str] = "meter_commit"
    done_events: ClassVar[tuple[str, ...]] = ("ReadingsCommitted",)
    slip_type: ClassVar[SlipType] = COMMIT

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Of the meters' agent, which is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The agent of each slip's first meter: the contract refuses meters of another."""
        asked = [(_operation(draft), draft.message["roots"][0]["id"]) for draft in drafts]
        agents = [to_checksum_address(it[0]) for it in self.contract.reads(rpc, "meterOf", asked)]
        none = refusal(Code.REFUSED_BY_CONTRACT, "no such meter is installed in this operation")
        return [none if agent == ZERO_ADDRESS else str(agent) for agent in agents]

    @override
    def gas_of(self, draft: Draft) -> int:
        """By the number of meters."""
        return self.estimate_each() + COMMITTED_GAS * len(draft.message["roots"])

    @override
    def done_topic(self, draft: Draft) -> int:
        """The operation."""
        return int.from_bytes(_operation(draft))

    @override
    def alone(self, draft: Draft) -> Call:
        """One period's commitments."""
        _, *rest = self.slip_type.ordered(draft.message)
        return self.call("commit", _operation(draft), *rest, draft.signature)


KINDS = (ClearingDeposit, ClearingCap, ClearingTake, ClearingLeave, ClearingContest, MeterCommit)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that Clearing and Meters take; what is paid in is signed for the currency that it is paid in."""
    clearing, residents = premises.contract("Clearing"), premises.contract("Residents")
    if clearing is None or residents is None:
        return
    token = to_checksum_address(clearing.read(premises.rpc, "token"))
    yield ClearingDeposit(clearing, premises.money(Contract.built("LocalCurrency", token)))
    here = premises.domain("Clearing", clearing)
    for kind in (ClearingCap, ClearingTake, ClearingLeave, ClearingContest):
        yield kind(clearing, here, residents)
    yield Withdrawal(clearing, here, residents, instance="Clearing")
    if meters := premises.contract("Meters"):
        yield MeterCommit(meters, premises.domain("Meters", meters))


def _operation(draft: Draft) -> bytes:
    return TERMS.hash_struct(TERMS.ordered(draft.message["terms"]))
