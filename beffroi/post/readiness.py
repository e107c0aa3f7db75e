"""Whether the node answers what a worker asks, and what the check of a slip asks: not only whether it answers."""

from collections.abc import Mapping, Sequence

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.transaction import request
from beffroi.errors import ChainError
from beffroi.post.kinds import SlipKind
from beffroi.post.sending import look

DOMAIN = bytes.fromhex("84b0196e")
"""ERC-5267's `eip712Domain()`, which every contract that verifies slips answers."""
SIMULATION_GAS = 1_000_000
NO_TRANSACTION = "0x" + "00" * 32


class NotReadyError(ChainError):
    """The node answers, and a worker could not work with what it says."""


def require_chain(rpc: Rpc, chain_id: int, senders: Sequence[str], kinds: Mapping[str, SlipKind]) -> None:
    """Does nothing where everything is answered.

    Args:
        rpc: the node.
        chain_id: the town's.
        senders: the accounts that pay; without any, nobody's balance is asked.
        kinds: of slips that are served.

    Raises:
        NotReadyError: it is the node of another chain, or of one where the town's contracts are not.
        RpcError: it refuses one of the questions.
        RpcUnreachableError: it does not answer.
    """
    if (found := rpc.number("eth_chainId")) != chain_id:
        raise NotReadyError(f"the node is of chain {found}, and the town of {chain_id}")
    for sender in senders or [ZERO_ADDRESS]:
        look(rpc, sender)
    verifiers = sorted({kind.domain.contract for kind in kinds.values()})
    asked = [request(ZERO_ADDRESS, it, DOMAIN, SIMULATION_GAS) for it in verifiers]
    answers = rpc.batch(
        [("eth_call", [call, block]) for call in asked for block in ("latest", "pending")]
        + [("eth_getTransactionReceipt", [NO_TRANSACTION])]
    )
    for answer in answers:
        if isinstance(answer, RpcError):
            raise answer
    if "0x" in answers:
        raise NotReadyError("the town's contracts are not on the node's chain")
