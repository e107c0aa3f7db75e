"""Which chain a node answers for."""

from beffroi.chain.headers import hash_of
from beffroi.chain.rpc import Rpc


def chain_identity(rpc: Rpc) -> tuple[int, str]:
    """The chain's id, and the hash of its first block: a chain that starts again has another.

    Raises:
        RpcError: the node refuses, or tells no number and no hash.
    """
    return rpc.number("eth_chainId"), hash_of(rpc, "0x0")
