"""Which accounts are contracts, as a node tells."""

from collections.abc import Sequence

from beffroi.chain.rpc import Rpc

BORROWED = "0xef0100"
"""What the code of an account that borrows another's begins with (EIP-7702): a key's, which signs by itself alone."""


def is_contract(code: str) -> bool:
    """Whether this code, in hex, is an account's own."""
    return code != "0x" and not code.lower().startswith(BORROWED)


def contracts_among(rpc: Rpc, accounts: Sequence[str]) -> list[str]:
    """Those of the accounts that are contracts, in their order.

    Raises:
        RpcError: the node does not answer.
    """
    codes = rpc.batch([("eth_getCode", [account, "latest"]) for account in accounts])
    return [account for account, code in zip(accounts, codes, strict=True) if is_contract(code)]
