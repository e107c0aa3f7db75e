"""What a node tells of a vote, refused in a sentence where no contract of ours can have said it."""

import re
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final, TypeVar

from eth_abi.exceptions import DecodingError

from beffroi.ballots.events import Decoder, Event
from beffroi.chain.rpc import RpcError

_Member = TypeVar("_Member", bound=IntEnum)
_UNREAD: Final = (ArithmeticError, AttributeError, DecodingError, LookupError, TypeError, ValueError)
_QUANTITY: Final = re.compile("0x[0-9a-fA-F]{1,16}")
_HASH: Final = re.compile("0x[0-9a-fA-F]{64}")
_PLACE: Final = (("blockNumber", _QUANTITY), ("blockHash", _HASH), ("transactionHash", _HASH))


def event_of(decoder: Decoder, log: Mapping[str, Any]) -> Event | None:
    """The event of a log, None when it is of no interest; its block and its transaction can be read then.

    Raises:
        RpcError: it stands in no block, or is not what the contracts' ABI says.
    """
    try:
        if any(not form.fullmatch(log[name]) for name, form in _PLACE):
            raise ValueError
        return decoder.event(log)
    except _UNREAD as error:
        where = f"log {log.get('logIndex')!r:.20} of block {log.get('blockNumber')!r:.20}"
        words = f"{where} is not what the contract's ABI says: the node lies, or is damaged; ask another"
        raise RpcError("eth_getLogs", -32603, words) from error


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
