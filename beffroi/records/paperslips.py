"""What issuers and holders sign about papers, as `Attestations` and `Admission` hash it (EIP-712)."""

from beffroi.eip712 import Slip, SlipType
from beffroi.records.paper import Paper
from beffroi.records.paperbatch import IssuableBatch
from beffroi.residents import ResidentKind

HAND = SlipType("Hand(uint256 schema,address issuer,address key,uint256 deadline)")
ISSUE = SlipType(
    "Issue(uint256 schema,address issuer,bytes32 root,uint256 first,uint256 count,string uri,uint256 deadline)"
)
USE = SlipType("Use(uint256 schema,address issuer,uint256 number,bytes32 purpose,uint256 deadline)")

ADMIT = SlipType("Admit(uint8 kind,address account,uint256 schema,uint256 deadline)")


def issue_slip(batch: IssuableBatch, uri: str, deadline_s: int) -> Slip:
    """What an issuer signs so that anyone may issue a batch, until `deadline_s` (unix seconds)."""
    return ISSUE.of(batch.schema, batch.issuer, batch.root, batch.first, len(batch), uri, deadline_s)


def use_slip(paper: Paper, purpose: bytes, deadline_s: int) -> Slip:
    """What a holder signs so that anyone may use a paper for a purpose, until `deadline_s` (unix seconds)."""
    return USE.of(paper.schema, paper.issuer, paper.number, purpose, deadline_s)


def hand_slip(schema: int, issuer: str, key: str, deadline_s: int) -> Slip:
    """What a series' next key signs to take it, until `deadline_s` (unix seconds)."""
    return HAND.of(schema, issuer, key, deadline_s)


def admit_slip(kind: ResidentKind, account: str, schema: int, deadline_s: int) -> Slip:
    """What an account signs so that anyone may have it enrolled by its papers, until `deadline_s` (unix seconds)."""
    return ADMIT.of(int(kind), account, schema, deadline_s)
