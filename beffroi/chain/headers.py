"""What a node tells of blocks: their time and hash, refused in a sentence where it is none."""

import re
from collections.abc import Sequence
from typing import Any, Final

from beffroi.chain.rpc import Rpc, RpcError

_METHOD: Final = "eth_getBlockByNumber"
_QUANTITY: Final = re.compile("0x[0-9a-fA-F]{1,9}")
"""A time in it is before the year 4148."""
_HASH: Final = re.compile("0x[0-9a-fA-F]{64}")


def clock_s(rpc: Rpc, block: str = "latest") -> int:
    """The chain's clock at a block, unix seconds.

    Raises:
        RpcError: the node refuses, or tells no time of it.
    """
    return _time_s(block, rpc.call(_METHOD, block, False))  # noqa: FBT003, the node's


def times_s(rpc: Rpc, blocks: Sequence[int]) -> dict[int, int]:
    """The times of blocks, unix seconds, by number.

    Raises:
        RpcError: as of `clock_s`.
    """
    told = rpc.batch([(_METHOD, [hex(block), False]) for block in blocks])
    return {block: _time_s(hex(block), it) for block, it in zip(blocks, told, strict=True)}


def hash_of(rpc: Rpc, block: str) -> str:
    """The hash of a block, `0x…`.

    Raises:
        RpcError: the node refuses, or tells no hash of it.
    """
    return _field(block, rpc.call(_METHOD, block, False), "hash", _HASH)  # noqa: FBT003, the node's


def _time_s(block: str, header: Any) -> int:
    return int(_field(block, header, "timestamp", _QUANTITY), 16)


def _field(block: str, header: Any, name: str, form: re.Pattern[str]) -> str:
    if isinstance(header, RpcError):
        raise header
    value = header.get(name) if isinstance(header, dict) else None
    if not isinstance(value, str) or not form.fullmatch(value):
        raise RpcError(_METHOD, -32000, f"the node tells of block {block} no {name}, but {value!r:.80}")
    return value
