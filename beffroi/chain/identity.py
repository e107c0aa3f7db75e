"""Which chain a node answers for."""

from beffroi.chain.rpc import Rpc


def chain_identity(rpc: Rpc) -> tuple[int, str]:
    """The chain's id, and the hash of its first block: a chain that starts again has another.

    Raises:
        RpcError: the node refuses.
    """
    chain_id = int(rpc.call("eth_chainId"), 16)
    return chain_id, str(rpc.call("eth_getBlockByNumber", "0x0", False)["hash"])  # noqa: FBT003
