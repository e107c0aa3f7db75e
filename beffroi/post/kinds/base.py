"""What every kind of slip has: how it is read, whose it is, how it is checked on chain, how it is posted.

A kind is one class in the file of its module, which lists it in `KINDS` and tells in `kinds` when a town has it. The
worker uses it as `beffroi.post.model.Kind`; the HTTP half reads and checks with it before anything is stored.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import orjson

from beffroi.chain.abi import entry
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sizing import BASE_GAS
from beffroi.chain.transaction import Call
from beffroi.eip712 import Domain, Slip, SlipType
from beffroi.post.codes import Code, PostError
from beffroi.post.json_types import ADDRESS, SIGNATURE, TYPES, JsonRecord, Schema, small
from beffroi.post.kinds.reasons import of_error
from beffroi.post.model import QueuedSlip, Refusal
from beffroi.slips import FOREVER

BEYOND_S = 2**62
"""A deadline that no clock of ours reaches, and that databases have no room for: none."""
SINGLE = "single"
"""The lane of slips that travel alone."""
URGENT = 10
"""The priority of slips that stop something."""


@dataclass(frozen=True)
class Draft:
    """A slip that was read, and not yet checked.

    Attributes:
        id: its EIP-712 digest.
        kind: the name of its kind.
        account: whose signature it must carry, checksummed; empty when only the chain knows (`Kind.resolve`).
        signature: as it came.
        message: its members, by name.
        extra: what the contract needs besides.
        payload: canonical JSON of the three.
        lane: slips of one lane may share a batch.
        after_s: valid strictly after, unix seconds.
        deadline_s: from this second on the contract refuses it; None for never.
    """

    id: bytes
    kind: str
    account: str
    signature: bytes
    message: dict[str, Any]
    extra: dict[str, Any]
    payload: bytes
    lane: str = SINGLE
    after_s: int = 0
    deadline_s: int | None = None

    def queued(self, signer: str, priority: int, gas: int = 0) -> QueuedSlip:
        """As it is stored once it was checked."""
        return QueuedSlip(self.id, self.kind, self.lane, signer, self.payload, self.deadline_s, priority, gas)

    def signed(self, signature: bytes) -> "Draft":
        """The same with its signature in another form."""
        body = orjson.loads(self.payload)
        payload = canonical(body["message"], "0x" + signature.hex(), body["extra"])
        return replace(self, signature=signature, payload=payload)


NOTHING = JsonRecord({})
DOMAIN = JsonRecord({"chainId": small(2**53 - 1), "verifyingContract": ADDRESS})
"""Where a client says that it signed for: not needed, but with it a slip of elsewhere is told from a false one."""


@dataclass
class SlipKind(ABC):
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
    extra_record: ClassVar[JsonRecord] = NOTHING
    most_in_batch: ClassVar[int] = 1
    gas_base: ClassVar[int] = BASE_GAS
    gas_each: ClassVar[int] = 300_000
    priority: ClassVar[int] = 0
    erc1271_gas: ClassVar[int] = 200_000
    """What the contract lets a smart account spend to answer."""
    done_events: ClassVar[tuple[str, ...]] = ()
    """Of the contract, when it has carried such a slip out, whoever posted it."""
    done_about: ClassVar[str] = ""
    """The member that is these events' first indexed argument."""

    message_record: JsonRecord = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.message_record = JsonRecord({name: TYPES[kind] for kind, name in self.slip_type.fields})

    @property
    def name(self) -> str:
        """By which it is asked for: `transfer`, or `transfer.TimeCredit` for a second currency of that name."""
        return f"{self.base_name}.{self.instance}" if self.instance else self.base_name

    @property
    def schema(self) -> Schema:
        """Of a request that carries such a slip."""
        properties = {
            "kind": {"const": self.name},
            "message": self.message_record.schema,
            "signature": SIGNATURE.schema,
            "domain": DOMAIN.schema,
            "extra": self.extra_record.schema,
        }
        required = ["kind", "message", "signature"] + ["extra"] * bool(self.extra_record.members)
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def read(self, message: Any, signature: Any, extra: Any, known: QueuedSlip | None = None) -> Draft:
        """A slip as it came in JSON; `known` when it was hashed before.

        Raises:
            PostError: a member is missing, unknown or malformed; or two of them contradict each other.
        """
        values = self.message_record.read(message, "message")
        more = self.extra_record.read(extra, "extra")
        signed = SIGNATURE.read(signature, "signature")
        after_s, deadline_s = self.window(values)
        draft = Draft(
            id=known.id if known else self.slip(values).digest(self.domain),
            kind=self.name,
            account=self.account(values, more),
            signature=signed,
            message=values,
            extra=more,
            payload=known.payload if known else canonical(message, signature, extra),
            lane=self.lane(values),
            after_s=after_s,
            deadline_s=None if deadline_s is None or deadline_s > BEYOND_S else deadline_s,
        )
        if known is None:
            self.agree(draft)
        return draft

    def slip(self, message: Mapping[str, Any]) -> Slip:
        """What was signed."""
        return self.slip_type.named(message)

    def opened(self, queued: QueuedSlip) -> Draft:
        """A slip, read again."""
        body = orjson.loads(queued.payload)
        return self.read(body["message"], body["signature"], body["extra"], queued)

    @abstractmethod
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Whose signature it must carry; empty when only the chain knows."""

    def lane(self, message: Mapping[str, Any]) -> str:  # noqa: ARG002, families need it
        """Which slips may share a batch with it."""
        return SINGLE

    def window(self, message: Mapping[str, Any]) -> tuple[int, int | None]:
        """(valid strictly after, refused from), unix seconds."""
        if "validBefore" in message:
            return message["validAfter"], message["validBefore"]
        deadline = message.get("deadline", FOREVER)
        return 0, deadline + 1  # a deadline's own second is in time

    def agree(self, draft: Draft) -> None:  # noqa: B027, most have nothing to say
        """Members and extra must fit each other.

        Raises:
            PostError: they do not.
        """

    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:  # noqa: ARG002, families need it
        """Whose signature each must carry, or why nobody's would do."""
        return [draft.account for draft in drafts]

    def check(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """By place, what the contract would refuse now: it is asked itself, by simulating each alone."""
        return simulated(rpc, [self.alone(draft) for draft in drafts])

    @abstractmethod
    def alone(self, draft: Draft) -> Call:
        """The transaction that carries this slip alone."""

    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """One transaction for slips of one lane."""
        (queued,) = queued_slips
        return self.alone(self.opened(queued))

    def estimate_each(self) -> int:
        """Gas of one slip, with room."""
        return self.gas_each

    def gas_of(self, draft: Draft) -> int:  # noqa: ARG002, families need it
        """Gas of this one, with room, when a key signed it; a smart account's answer comes on top (`erc1271_gas`)."""
        return self.estimate_each()

    def precheck(self, rpc: Rpc, queued_slips: Sequence[QueuedSlip]) -> dict[int, Refusal]:
        """By place, what the chain would refuse now."""
        return self.check(rpc, [self.opened(queued) for queued in queued_slips])

    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:  # noqa: ARG002
        """By place, what was left out of a transaction that succeeded: a slip alone is not."""
        return {}

    def call(self, function: str, *args: Any) -> Call:
        """A call of the contract's function."""
        return Call(self.contract.address, self.contract.encode(function, *args), self.name)


def canonical(message: Any, signature: Any, extra: Any) -> bytes:
    """All that is needed to post a slip, the same bytes each time."""
    return orjson.dumps({"extra": extra, "message": message, "signature": signature}, option=orjson.OPT_SORT_KEYS)


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
