"""Logs over any range, through nodes that limit how many blocks one question may span or how much one answer holds."""

from collections.abc import Iterator, Sequence
from typing import Any

from beffroi.chain.rpc import Rpc, RpcError

MANY = 1_000
"""Logs in one answer from which on no wider question is tried, so that neither the node nor we hold too much."""


def read_logs(
    rpc: Rpc,
    address: str | Sequence[str],
    topics: Sequence[Sequence[str]] = (),
    *,
    first: int = 0,
    last: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The logs of one or several contracts, in order, asked for as far as they are taken.

    A range that the node refuses is halved; what it takes is remembered for the next question.

    Args:
        rpc: the node.
        address: of the contract, or of several.
        topics: at each place, those of which one must stand there; as `eth_getLogs` takes them.
        first: number of the first block.
        last: of the last; the latest when None.

    Raises:
        RpcError: the node refuses even a single block.
        RpcUnreachableError: it does not answer.
    """
    end = rpc.number("eth_blockNumber") if last is None else last
    learnt = rpc.sizes.blocks
    asked = {"address": address, "topics": topics} if topics else {"address": address}
    start, before = first, learnt.size
    while start <= end:
        until = min(start + learnt.size - 1, end)
        size = until - start + 1
        try:
            logs = _logs(rpc.call("eth_getLogs", {**asked, "fromBlock": hex(start), "toBlock": hex(until)}))
        except RpcError:
            if size == 1:
                learnt.size = before  # its width was not what the node objected to
                raise
            learnt.refused(size)
            continue
        if len(logs) < MANY:
            learnt.taken(size)
        yield from logs
        start, before = until + 1, learnt.size


def contract_logs(rpc: Rpc, address: str, start_block: int = 0) -> list[dict[str, Any]]:
    """Every log of a contract from a block on, in order; errors as of `read_logs`."""
    return list(read_logs(rpc, address, first=start_block))


def _logs(answer: Any) -> list[dict[str, Any]]:
    if isinstance(answer, list) and all(isinstance(it, dict) for it in answer):
        return answer
    raise RpcError("eth_getLogs", -32603, f"the node answers {answer!r:.80}, which are no logs")
