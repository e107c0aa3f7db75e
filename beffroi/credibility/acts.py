"""What officials and residents sign about promises, as `Promises` and `Appeals` hash it (EIP-712)."""

from collections.abc import Sequence

from beffroi.credibility.mandate import Pledge
from beffroi.eip712 import Slip, SlipType

PLEDGE = SlipType("Pledge(string title,bytes32 textHash,string uri,uint16 weight_bps,uint40 dueAt)")
PLEDGES = SlipType("Pledges(uint256 mandate,uint256 first,Pledge[] pledges,uint256 deadline)", (PLEDGE,))
AMENDMENT = SlipType("Amendment(uint256 mandate,uint256 promiseId,bytes32 textHash,string uri,uint256 deadline)")
EVIDENCE = SlipType("Evidence(uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)")
COUNTER_EVIDENCE = SlipType(
    "CounterEvidence(address resident,uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,"
    "uint256 deadline)"
)
APPEAL = SlipType("Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)")
PETITION = SlipType("Petition(uint256 evaluation,address resident)")


def pledges_slip(mandate: int, pledges: Sequence[Pledge], deadline: int, first: int = 0) -> Slip:
    """What a subject signs so that anyone may post its promises, until `deadline` (unix seconds).

    Args:
        mandate: its number.
        pledges: all of them, or the next part.
        deadline: until when.
        first: how many were pledged before this part.
    """
    return PLEDGES.of(mandate, first, [pledge.as_tuple() for pledge in pledges], deadline)


def appeal_slip(evaluation: int, grounds_hash: bytes, deadline: int) -> Slip:
    """What a subject signs to appeal against an evaluation, until `deadline` (unix seconds)."""
    return APPEAL.of(evaluation, grounds_hash, deadline)
