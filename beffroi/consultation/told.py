"""What a node tells of a vote, refused in a sentence where no contract of ours can have said it."""

import datetime as dt
import re
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final, TypeVar

from eth_abi.exceptions import DecodingError

from beffroi.ballots.ceremony_events import CeremonyOpened, KeyProposed
from beffroi.ballots.events import Decoder, Event
from beffroi.ballots.group import INFINITY, is_point
from beffroi.chain.rpc import RpcError

_Member = TypeVar("_Member", bound=IntEnum)
_UNREAD: Final = (ArithmeticError, AttributeError, DecodingError, LookupError, TypeError, ValueError)
_QUANTITY: Final = re.compile("0x[0-9a-fA-F]{1,16}")
_LAST_S: Final = int(dt.datetime(9999, 12, 31, tzinfo=dt.UTC).timestamp())
_HASH: Final = re.compile("0x[0-9a-fA-F]{64}")
_PLACE: Final = (("blockNumber", _QUANTITY), ("blockHash", _HASH), ("transactionHash", _HASH))


def event_of(decoder: Decoder, log: Mapping[str, Any]) -> Event | None:
    """The event of a log, None when it is of no interest; its block and its transaction can be read then.

    Raises:
        RpcError: it stands in no block, or is not what the contracts can have said.
    """
    try:
        if any(not form.fullmatch(log[name]) for name, form in _PLACE):
            raise ValueError
        event = decoder.event(log)
        if not _can_be(event):
            raise ValueError
    except _UNREAD as error:
        where = f"log {log.get('logIndex')!r:.20} of block {log.get('blockNumber')!r:.20}"
        words = f"{where} is not what the contract can have said: the node lies, or is damaged; ask another"
        raise RpcError("eth_getLogs", -32603, words) from error
    return event


def _can_be(event: Event | None) -> bool:
    """Whether the contract can have said it, of what whoever reads it takes for granted."""
    if isinstance(event, KeyProposed):
        return is_point(event.key) and all(it == INFINITY or is_point(it) for it in event.share_keys)
    if isinstance(event, CeremonyOpened):
        return 2 <= event.threshold <= len(event.trustees) <= 16
    return True


def member(kind: type[_Member], value: int) -> _Member:
    """What a number means.

    Raises:
        RpcError: it means nothing.
    """
    try:
        return kind(value)
    except ValueError as error:
        words = f"the node answers {value}, and no {kind.__name__} has that number"
        raise RpcError("eth_call", -32603, words) from error


def moment(at_s: int) -> str:
    """A time that a node tells, in words.

    Args:
        at_s: unix seconds; of any size.
    """
    if at_s > _LAST_S:
        return f"a time that no calendar has (second {at_s:,})"
    return f"{dt.datetime.fromtimestamp(at_s, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
