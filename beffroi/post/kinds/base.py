"""What every kind of slip has: how it is read, whose it is, how it is checked on chain, how it is posted.

A kind is one class in the file of its module, which lists it in `KINDS` and tells in `kinds` when a town has it. The
worker uses it as `beffroi.post.model.Kind`; the HTTP half reads and checks with it before anything is stored.
"""

import functools
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, NotRequired

import orjson
from pydantic import Field, TypeAdapter, with_config
from typing_extensions import TypedDict, override

from beffroi.chain.abi import entry
from beffroi.chain.contract import Contract
from beffroi.chain.erc1271 import SLIP_GAS
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sizing import BASE_GAS
from beffroi.chain.transaction import Call
from beffroi.eip712 import Domain, Slip, SlipType
from beffroi.post.codes import Code, PostError
from beffroi.post.json_types import CLOSED, TYPES, Address, Signature, Whole, record
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.reasons import of_error
from beffroi.post.model import SINGLE, Kind, QueuedSlip, Refusal
from beffroi.post.reading import Reader
from beffroi.slips import FOREVER

BEYOND_S = 2**62
"""A deadline that no clock of ours reaches, and that databases have no room for: none."""
MOST_ROWS = 200
"""Structs in a list that a message carries."""
URGENT = 10
"""The priority of slips that stop something."""


@with_config(CLOSED)
class NoExtra(TypedDict):
    """Of slips whose message is all that the contract needs."""


@with_config(CLOSED)
class SignedFor(TypedDict):
    """Where a client says that it signed for: not needed, but with it a slip of elsewhere is told from a false one."""

    chainId: Annotated[int, Whole(2**53 - 1)]
    verifyingContract: Address


class SlipRules(ABC):
    """What the HTTP half asks of a kind before it stores a slip."""

    @abstractmethod
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Whose signature it must carry; empty when only the chain knows."""

    @abstractmethod
    def lane(self, message: Mapping[str, Any]) -> str:
        """Which slips may share a batch with it."""

    @abstractmethod
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """Whose signature each must carry, or why nobody's would do."""

    @abstractmethod
    def gas_of(self, draft: Draft) -> int:
        """Gas of this one, with room, when a key signed it; a smart account's answer comes on top (`erc1271_gas`)."""


@dataclass
class SlipKind(SlipRules, Kind):
    """A kind whose slips are posted one in a transaction; families override what differs.

    Attributes:
        contract: that takes the slip.
        domain: EIP-712's, of whoever verifies the signature.
        instance: the contract's name in the town, where it stands there a second time; empty for the first.
    """

    contract: Contract
    domain: Domain
    instance: str = field(default="", kw_only=True)

    base_name: ClassVar[str]
    slip_type: ClassVar[SlipType]
    extra_type: ClassVar[Any] = NoExtra
    most_in_batch: ClassVar[int] = 1
    gas_base: ClassVar[int] = BASE_GAS
    gas_each: ClassVar[int] = 300_000
    priority: ClassVar[int] = 0
    erc1271_gas: ClassVar[int] = SLIP_GAS
    """What the contract lets a smart account spend to answer."""
    done_events: ClassVar[tuple[str, ...]] = ()
    """Of the contract, when it has carried such a slip out, whoever posted it."""
    done_about: ClassVar[str] = ""
    """The member that is these events' first indexed argument."""

    @property
    @override
    def name(self) -> str:
        """By which it is asked for: `transfer`, or `transfer.TimeCredit` for a second currency of that name."""
        return f"{self.base_name}.{self.instance}" if self.instance else self.base_name

    @functools.cached_property
    def request_type(self) -> Any:
        """Of a request that carries such a slip; its kind tells it from others."""
        named: Any = Literal
        extra: Any = self.extra_type
        members = {
            "kind": named[self.name],
            "message": message_type(self.slip_type),
            "signature": Signature,
            "extra": NotRequired[extra] if extra is NoExtra else extra,
            "domain": NotRequired[SignedFor],
        }
        return record(f"{_title(self.base_name)}{self.instance}Slip", members)

    @functools.cached_property
    def reader(self) -> Reader[dict[str, Any]]:
        """Of requests of this kind alone."""
        return Reader(TypeAdapter(self.request_type), "slip")

    def read(self, request: Mapping[str, Any], known: QueuedSlip | None = None) -> Draft:
        """A slip in JSON, which `draft` takes once it is read.

        Raises:
            PostError: a member is missing, unknown or malformed; or as `draft`.
        """
        return self.draft(self.reader.of(request), known)

    def draft(self, request: Mapping[str, Any], known: QueuedSlip | None = None) -> Draft:
        """A slip as its request was read (`request_type`); `known` when it was hashed before.

        Raises:
            PostError: its parts contradict each other.
        """
        message, extra = request["message"], request.get("extra", {})
        after_s, deadline_s = self.window(message)
        draft = Draft(
            id=known.id if known else self.slip(message).digest(self.domain),
            kind=self.name,
            account=self.account(message, extra),
            signature=request["signature"],
            message=message,
            extra=extra,
            payload=known.payload if known else self._payload(request),
            lane=self.lane(message),
            after_s=after_s,
            deadline_s=None if deadline_s is None or deadline_s > BEYOND_S else deadline_s,
        )
        if known is None:
            self.agree(draft)
        return draft

    def _payload(self, request: Mapping[str, Any]) -> bytes:
        """All that is needed to post a slip, the same bytes however it was written."""
        payload: bytes = self.reader.adapter.dump_json(dict(request), exclude={"kind", "domain"})
        return payload

    def slip(self, message: Mapping[str, Any]) -> Slip:
        """What was signed."""
        return self.slip_type.of(*self.slip_type.ordered(message))

    def opened(self, queued: QueuedSlip) -> Draft:
        """A slip, read again."""
        return self.read({"kind": self.name} | orjson.loads(queued.payload), queued)

    @override
    def lane(self, message: Mapping[str, Any]) -> str:
        """It travels alone."""
        return SINGLE

    def window(self, message: Mapping[str, Any]) -> tuple[int, int | None]:
        """(valid strictly after, refused from), unix seconds."""
        if "validBefore" in message:
            return message["validAfter"], message["validBefore"]
        deadline = message.get("deadline", FOREVER)
        return 0, deadline + 1  # a deadline's own second is in time

    def agree(self, draft: Draft) -> None:
        """Members and extra must fit each other.

        Raises:
            PostError: they do not.
        """

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The message tells."""
        return [draft.account for draft in drafts]

    def done_topic(self, draft: Draft) -> int:
        """The first indexed argument of `done_events`, once this slip is carried out."""
        named: str | int = (draft.message | draft.extra)[self.done_about]
        return int(named, 16) if isinstance(named, str) else named

    def check(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """By place, what the contract would refuse now: it is asked itself, by simulating each alone."""
        return simulated(rpc, [self.alone(draft) for draft in drafts])

    @abstractmethod
    def alone(self, draft: Draft) -> Call:
        """The transaction that carries this slip alone."""

    @override
    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """One transaction for slips of one lane."""
        (queued,) = queued_slips
        return self.alone(self.opened(queued))

    @override
    def estimate_each(self) -> int:
        """Gas of one slip, with room."""
        return self.gas_each

    @override
    def gas_of(self, draft: Draft) -> int:
        """As much as any of its kind."""
        return self.estimate_each()

    @override
    def precheck(self, rpc: Rpc, queued_slips: Sequence[QueuedSlip]) -> dict[int, Refusal]:
        """By place, what the chain would refuse now."""
        return self.check(rpc, [self.opened(queued) for queued in queued_slips])

    @override
    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """A slip alone is not left out of a transaction that succeeded."""
        return {}

    def call(self, function: str, *args: Any) -> Call:
        """A call of the contract's function."""
        return Call(self.contract.address, self.contract.encode(function, *args), self.name)


@functools.cache
def message_type(slip_type: SlipType) -> Any:
    """Of the message of such slips in JSON, which follows from what is signed."""
    return record(f"{slip_type.name}Message", {name: _member(slip_type, kind) for kind, name in slip_type.fields})


def _member(slip_type: SlipType, kind: str) -> Any:
    struct = slip_type.known.get(kind.removesuffix("[]"))
    if struct is None:
        return TYPES[kind]
    members = {name: TYPES[inner] for inner, name in struct.fields}
    if not kind.endswith("[]"):
        return record(f"{slip_type.name}{struct.name}", members)
    row: Any = record(struct.name, members)
    return Annotated[list[row], Field(min_length=1, max_length=MOST_ROWS)]


def _title(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def simulated(rpc: Rpc, calls: Sequence[Call]) -> dict[int, Refusal]:
    """By place, what each call would revert with in the next block, and which the node did not simulate."""
    asked = [("eth_call", [{"to": it.to, "data": "0x" + it.data.hex()}, "pending"]) for it in calls]
    answers = rpc.batch(asked)
    return {place: of_error(answer) for place, answer in enumerate(answers) if isinstance(answer, RpcError)}


def mismatch(message: str) -> PostError:
    """What is answered when a slip's parts contradict each other."""
    return PostError(Code.CONTENT_MISMATCH, message)


def overloaded(contract: Contract, name: str, last: str) -> Contract:
    """The contract with, of an overloaded function, only the form whose last input has that type."""
    kept = [
        it
        for it in contract.abi
        if it.get("name") != name or it["type"] != "function" or (it["inputs"] and it["inputs"][-1]["type"] == last)
    ]
    entry(kept, "function", name)
    return Contract(contract.address, kept)
