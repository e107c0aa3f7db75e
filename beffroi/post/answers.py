"""What is answered: the types of answers, from which their description is made."""

from typing import Annotated, Any, Literal

from pydantic import Field, with_config
from typing_extensions import TypedDict

from beffroi.post.codes import ProblemAnswer
from beffroi.post.json_types import CLOSED
from beffroi.post.model import SlipState

Digest = Annotated[str, Field(pattern="^0x[0-9a-f]{64}$")]
Account = Annotated[str, Field(pattern="^0x[0-9a-fA-F]{40}$")]
Decimal = Annotated[str, Field(pattern="^(0|[1-9][0-9]*)$")]
Count = Annotated[int, Field(ge=0)]


@with_config(CLOSED)
class RefusalAnswer(TypedDict):
    """Why a slip was not carried out."""

    code: str
    name: str
    args: Annotated[list[Any], Field(description="Of a custom error, in its order; integers as text, bytes as 0x-hex.")]
    message: str


@with_config(CLOSED)
class SlipAnswer(TypedDict):
    """What became of a slip."""

    id: Digest
    kind: str
    state: SlipState
    receivedAt: Count
    changedAt: Count
    deadline: Decimal | None
    transaction: Digest | None
    block: Count | None
    gas: Count | None
    feeWei: Decimal | None
    error: RefusalAnswer | None


@with_config(CLOSED)
class TakenInBatch(TypedDict):
    """HTTP's status of one slip of several, and what has become of it."""

    status: int
    slip: SlipAnswer


@with_config(CLOSED)
class RefusedInBatch(TypedDict):
    """HTTP's status of one slip of several, and why it was refused."""

    status: int
    error: ProblemAnswer


@with_config(CLOSED)
class BatchAnswer(TypedDict):
    """An answer for each slip, in order."""

    answers: list[TakenInBatch | RefusedInBatch]


@with_config(CLOSED)
class PlaceAnswer(TypedDict):
    """Where an account stands on a sealed roll, and the proof of it."""

    index: Count
    size: Count
    proof: list[Digest]


@with_config(CLOSED)
class TownAnswer(TypedDict):
    """What a post office serves."""

    town: str
    name: str
    chainId: Count
    contracts: dict[str, Account]
    kinds: list[str]
    rolls: list[Digest]
    senders: list[Account]
    limits: dict[str, float]


@with_config(CLOSED)
class HealthAnswer(TypedDict):
    """The process lives."""

    status: Literal["ok"]


@with_config(CLOSED)
class ReadinessAnswer(TypedDict):
    """Whether database and chain answer."""

    ready: bool
    parts: dict[str, str]


@with_config(CLOSED)
class DayCostAnswer(TypedDict):
    """What a service cost on a day, or on all."""

    day: str
    service: str
    slips: Count
    transactions: Count
    gas: Count
    feeWei: Decimal


@with_config(CLOSED)
class SlipCostAnswer(TypedDict):
    """What one transaction cost one slip."""

    slip: Digest
    service: str
    day: str
    transaction: Digest
    block: Count
    gas: Count
    feeWei: Decimal


@with_config(CLOSED)
class CostsAnswer(TypedDict):
    """What posting cost."""

    by: Literal["service", "day", "slip"]
    costs: list[DayCostAnswer] | list[SlipCostAnswer]
