"""Slips that somebody else posted: anyone may, and the chain shows it. They are told as done, by that transaction.

What shows it: an event that carrying the slip out leaves, in a transaction whose calldata holds the slip's signature
and which did not name the slip among those that it left out. A signature binds every member of a slip.
"""

from collections.abc import Mapping
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.chain.rpc import Rpc, RpcError
from beffroi.post.kinds import Draft, SlipKind
from beffroi.post.model import Abroad

RECENT_BLOCKS = 50_000
"""A week of twelve seconds: what was posted before, its sender has seen."""
MOST_LOOKED_AT = 20
SIGNATURE_BYTES = 64
"""r and s, which stand together in every form that contracts take; a shorter one proves nothing."""


def carried_out(rpc: Rpc, kind: SlipKind, draft: Draft) -> Abroad | None:
    """The transaction of somebody else that carried a slip out; None when the chain shows none.

    Raises:
        RpcError: the node could not say.
        RpcUnreachableError: it does not answer.
    """
    signature = draft.signature[:SIGNATURE_BYTES]
    if not kind.done_events or len(signature) < SIGNATURE_BYTES:
        return None
    first = max(0, rpc.number("eth_blockNumber") - RECENT_BLOCKS)
    members = draft.message | draft.extra
    events = kind.contract.events(rpc, *kind.done_events, first=first, about=kind.done_topic(draft))
    found = dict.fromkeys(it.transaction for it in events if _speaks_of(members, it.args))
    for transaction in list(found)[-MOST_LOOKED_AT:][::-1]:
        sent, receipt = rpc.batch(
            [("eth_getTransactionByHash", [transaction]), ("eth_getTransactionReceipt", [transaction])]
        )
        for answer in (sent, receipt):
            if isinstance(answer, RpcError):
                raise answer
        if sent and receipt and signature in bytes.fromhex(sent["input"][2:]) and not _left_out(kind, members, receipt):
            sender, nonce = str(to_checksum_address(sent["from"])), int(sent["nonce"], 16)
            return Abroad(transaction, sender, nonce, int(receipt["blockNumber"], 16), receipt["blockHash"])
    return None


def _speaks_of(members: Mapping[str, Any], args: Mapping[str, Any]) -> bool:
    """Whether what an event and a slip both name is the same."""
    return all(members[name] == value for name, value in args.items() if name in members)


def _left_out(kind: SlipKind, members: Mapping[str, Any], receipt: Mapping[str, Any]) -> bool:
    names = [it["name"] for it in kind.contract.abi if it["type"] == "event" and it["name"].endswith("Refused")]
    return any(_speaks_of(members, it.args) for it in kind.contract.logged(receipt, *names))
