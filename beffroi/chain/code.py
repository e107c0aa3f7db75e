"""Which accounts are contracts, as a node tells."""

from collections.abc import Sequence

from beffroi.chain.rpc import Rpc


def with_code(rpc: Rpc, accounts: Sequence[str]) -> list[str]:
    """Those of the accounts that have code, in their order.

    Raises:
        RpcError: the node does not answer.
    """
    codes = rpc.batch([("eth_getCode", [account, "latest"]) for account in accounts])
    return [account for account, code in zip(accounts, codes, strict=True) if code != "0x"]
