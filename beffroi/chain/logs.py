"""A contract's events, through nodes that limit how many blocks one question may span."""

from typing import Any

from beffroi.chain.rpc import Rpc, RpcError


def contract_logs(rpc: Rpc, address: str, start_block: int = 0) -> list[dict[str, Any]]:
    """Every log of a contract from a block on, in order. A span that the node refuses is halved.

    Raises:
        RpcError: the node refuses even a single block.
    """
    head = int(rpc.call("eth_blockNumber"), 16)
    logs: list[dict[str, Any]] = []
    first, span = start_block, max(head - start_block + 1, 1)
    while first <= head:
        last = min(first + span - 1, head)
        try:
            logs += rpc.call("eth_getLogs", {"address": address, "fromBlock": hex(first), "toBlock": hex(last)})
        except RpcError:
            if span == 1:
                raise
            span //= 2
            continue
        first = last + 1
    return logs
