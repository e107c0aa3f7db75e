"""What officials and residents sign about promises, as `Promises` hashes it (EIP-712)."""

from collections.abc import Sequence

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi.credibility.mandate import Pledge
from beffroi.eip712 import Slip, SlipType

PLEDGES = SlipType("Pledges(uint256 mandate,bytes32 pledgesHash,uint256 deadline)")
AMENDMENT = SlipType("Amendment(uint256 mandate,uint256 promiseId,bytes32 textHash,string uri,uint256 deadline)")
EVIDENCE = SlipType("Evidence(uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)")
COUNTER_EVIDENCE = SlipType(
    "CounterEvidence(address resident,uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,"
    "uint256 deadline)"
)
APPEAL = SlipType("Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)")
PETITION = SlipType("Petition(uint256 evaluation,address resident)")


def pledges_slip(mandate: int, pledges: Sequence[Pledge], deadline: int) -> Slip:
    """What a subject signs so that anyone may post its promises, until `deadline` (unix seconds)."""
    hash_ = keccak(encode(["(bytes32,string,uint16,uint40)[]"], [[pledge.as_tuple() for pledge in pledges]]))
    return PLEDGES.of(mandate, hash_, deadline)


def appeal_slip(evaluation: int, grounds_hash: bytes, deadline: int) -> Slip:
    """What a subject signs to appeal against an evaluation, until `deadline` (unix seconds)."""
    return APPEAL.of(evaluation, grounds_hash, deadline)
