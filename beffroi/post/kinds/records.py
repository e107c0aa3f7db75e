"""Slips of papers: a batch by its issuer, a use by whom the paper is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from eth_utils.address import to_checksum_address
from pydantic import Field, with_config
from typing_extensions import TypedDict, override

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.eip712 import SlipType
from beffroi.post.codes import Code
from beffroi.post.json_types import CLOSED, Address, Bytes32, unsigned
from beffroi.post.kinds.base import SlipKind
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import refusal
from beffroi.post.model import Refusal
from beffroi.records.paperslips import ISSUE, USE

DEEPEST_PROOF = 32
"""Siblings of a leaf among 2³² − 1."""


@with_config(CLOSED)
class UsedPaper(TypedDict):
    """The rest of the paper, whose schema, issuer and number were signed."""

    root: Bytes32
    subject: Address
    claims: Bytes32
    parents: Bytes32
    starts: Annotated[int, unsigned(40)]
    ends: Annotated[int, unsigned(40)]
    proof: Annotated[list[Bytes32], Field(max_length=DEEPEST_PROOF)]


@dataclass
class PaperIssue(SlipKind):
    """A batch of papers, of any size; the same gas for one as for a million."""

    base_name: ClassVar[str] = "paper_issue"
    slip_type: ClassVar[SlipType] = ISSUE
    done_events: ClassVar[tuple[str, ...]] = ("Issued",)
    done_about: ClassVar[str] = "schema"
    gas_each: ClassVar[int] = 1_500_000

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The series' key is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The current key of each series."""
        asked = [(draft.message["schema"], draft.message["issuer"]) for draft in drafts]
        return [
            refusal(Code.REFUSED_BY_CONTRACT, "nobody was accredited by that name")
            if key == ZERO_ADDRESS
            else str(to_checksum_address(key))
            for key, _, _ in self.contract.reads(rpc, "seriesOf", asked)
        ]

    @override
    def alone(self, draft: Draft) -> Call:
        """One batch; the contract takes the members in the order in which they are signed."""
        return self.call("issue", *(draft.message[name] for _, name in self.slip_type.fields), draft.signature)


@dataclass
class PaperUse(SlipKind):
    """A paper that is used, once."""

    base_name: ClassVar[str] = "paper_use"
    slip_type: ClassVar[SlipType] = USE
    extra_type: ClassVar[Any] = UsedPaper
    done_events: ClassVar[tuple[str, ...]] = ("Used",)
    done_about: ClassVar[str] = "schema"
    gas_each: ClassVar[int] = 150_000

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Whom the paper is about."""
        return str(extra["subject"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One use."""
        said, rest = draft.message, draft.extra
        paper = (
            said["schema"], said["issuer"], rest["root"], said["number"], rest["subject"], rest["claims"],
            rest["parents"], rest["starts"], rest["ends"], rest["proof"],
        )  # fmt: skip
        return self.call("use", paper, said["purpose"], said["deadline"], draft.signature)


KINDS = (PaperIssue, PaperUse)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that papers take."""
    if attestations := premises.contract("Attestations"):
        here = premises.domain("Attestations", attestations)
        for kind in KINDS:
            yield kind(attestations, here)
