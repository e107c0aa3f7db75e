"""A trustee's share of the totals of a consultation that is over: it proves itself, her signature says whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from pydantic import Field, with_config
from typing_extensions import TypedDict, override

from beffroi.ballots.rules import MOST_CIPHERTEXTS
from beffroi.ballots.tally import SHARE
from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.eip712 import SlipType
from beffroi.post.codes import Code
from beffroi.post.json_types import CLOSED, unsigned
from beffroi.post.kinds.base import SlipKind, mismatch
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.reasons import refusal
from beffroi.post.model import Refusal

Word = Annotated[int, unsigned(256)]
GAS_BASE = 250_000
GAS_PER_TOTAL = 150_000
"""Of a share and its proof, with room (docs/vote-gas.md)."""


@with_config(CLOSED)
class SharePoint(TypedDict):
    """A point of the curve; infinity as zeroes."""

    x: Word
    y: Word


@with_config(CLOSED)
class ShareProof(TypedDict):
    """That a point is the trustee's part of a total (`Dleq.Proof`)."""

    e: Word
    w: Word
    p: SharePoint


@with_config(CLOSED)
class ShareExtra(TypedDict):
    """The share of every total, whose hash was signed, and their proofs, in order."""

    points: Annotated[list[SharePoint], Field(min_length=1, max_length=MOST_CIPHERTEXTS)]
    dleqs: Annotated[list[ShareProof], Field(min_length=1, max_length=MOST_CIPHERTEXTS)]


@dataclass
class TrusteeShare(SlipKind):
    """A share that its trustee lets anyone post."""

    ceremonies: Contract

    base_name: ClassVar[str] = "share"
    slip_type: ClassVar[SlipType] = SHARE
    done_events: ClassVar[tuple[str, ...]] = ("ShareSubmitted",)
    done_about: ClassVar[str] = "consultation"
    extra_type: ClassVar[Any] = ShareExtra
    gas_each: ClassVar[int] = GAS_BASE + GAS_PER_TOTAL * MOST_CIPHERTEXTS
    erc1271_gas: ClassVar[int] = 100_000

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The trustee's is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """Her account in the ceremony whose key the consultation uses."""
        terms = self.contract.reads(rpc, "terms", [(draft.message["consultation"],) for draft in drafts])
        asked = [(found[1], draft.message["trustee"]) for found, draft in zip(terms, drafts, strict=True)]
        return [
            refusal(Code.REFUSED_BY_CONTRACT, "there is no such trustee")
            if account == ZERO_ADDRESS
            else str(to_checksum_address(account))
            for account in self.ceremonies.reads(rpc, "trustee", asked)
        ]

    @override
    def agree(self, draft: Draft) -> None:
        """The points are those whose hash was signed."""
        if keccak(encode(["(uint256,uint256)[]"], [_points(draft)])) != draft.message["sharesHash"]:
            raise mismatch("sharesHash is not the hash of extra.points")

    @override
    def gas_of(self, draft: Draft) -> int:
        """By the number of totals, with room."""
        return GAS_BASE + GAS_PER_TOTAL * len(draft.extra["points"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One trustee's share."""
        proofs = [(it["e"], it["w"], (it["p"]["x"], it["p"]["y"])) for it in draft.extra["dleqs"]]
        about = draft.message["consultation"], draft.message["trustee"]
        return self.call("submitShare", *about, _points(draft), proofs, draft.signature)


def _points(draft: Draft) -> list[tuple[int, int]]:
    return [(point["x"], point["y"]) for point in draft.extra["points"]]
