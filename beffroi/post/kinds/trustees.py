"""Slips of a key ceremony's trustees: their steps, and the key that they acknowledge at its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from pydantic import with_config
from typing_extensions import TypedDict, override

from beffroi.ballots.trustee_slips import ACKNOWLEDGEMENT, ARGUMENTS, STEP
from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.consultation.trustee_steps import KINDS as NAMES
from beffroi.eip712 import SlipType
from beffroi.post.codes import Code
from beffroi.post.json_types import CLOSED, data
from beffroi.post.kinds.base import SlipKind, mismatch
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import refusal
from beffroi.post.model import Refusal

MOST_SAID = 8_192
"""Bytes: a complaint of sixteen trustees with its deal has some 2,000."""


@with_config(CLOSED)
class SaidExtra(TypedDict):
    """The function's arguments after the two numbers, as `abi.encode` lays them out."""

    arguments: Annotated[bytes, data(1, MOST_SAID)]


@dataclass
class OfTrustee(SlipKind):
    """What a trustee signs in a ceremony."""

    extra_type: ClassVar[Any] = SaidExtra
    gas_each: ClassVar[int] = 1_000_000
    done_about: ClassVar[str] = "id"

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The trustee's account is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The trustees' accounts."""
        asked = [(draft.message["ceremony"], draft.message["trustee"]) for draft in drafts]
        return [
            refusal(Code.REFUSED_BY_CONTRACT, "there is no such trustee")
            if account == ZERO_ADDRESS
            else str(to_checksum_address(account))
            for account in self.contract.reads(rpc, "trustee", asked)
        ]

    @override
    def alone(self, draft: Draft) -> Call:
        """One step; a transaction of its own, for it may start the next phase."""
        function, (ceremony, trustee) = self.function(draft), (draft.message[it] for it in ("ceremony", "trustee"))
        return self.call(function, ceremony, trustee, *decode(ARGUMENTS[function], _said(draft)), draft.signature)

    @override
    def agree(self, draft: Draft) -> None:
        """What is said is what the step says, and nothing else."""
        types = ARGUMENTS.get(self.function(draft))
        if types is None:
            raise mismatch(f"step is none of {', '.join(ARGUMENTS)}")
        try:
            decode(types, _said(draft))
        except (DecodingError, ValueError, OverflowError) as error:
            raise mismatch("extra.arguments are not what this step says") from error

    def function(self, draft: Draft) -> str:
        """Of the contract, which takes it."""
        return str(draft.message["step"])


@dataclass
class TrusteeStep(OfTrustee):
    """A step: enrol, commit, deal or complain."""

    base_name: ClassVar[str] = NAMES[STEP.name]
    slip_type: ClassVar[SlipType] = STEP
    done_events: ClassVar[tuple[str, ...]] = ("Enrolled", "Committed", "Dealt", "DealerExcluded", "AccuserExcluded")

    @override
    def agree(self, draft: Draft) -> None:
        """What is said is what was signed."""
        super().agree(draft)
        if keccak(_said(draft)) != draft.message["messageHash"]:
            raise mismatch("messageHash is not the hash of extra.arguments")


@dataclass
class TrusteeAcknowledgement(OfTrustee):
    """The key, and the trustee's share of it."""

    base_name: ClassVar[str] = NAMES[ACKNOWLEDGEMENT.name]
    slip_type: ClassVar[SlipType] = ACKNOWLEDGEMENT
    done_events: ClassVar[tuple[str, ...]] = ("Acknowledged",)

    @override
    def function(self, draft: Draft) -> str:
        """It has a type of its own."""
        return "acknowledge"


def _said(draft: Draft) -> bytes:
    said: bytes = draft.extra["arguments"]
    return said


KINDS = (TrusteeStep, TrusteeAcknowledgement)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that key ceremonies take."""
    ceremonies = premises.contract("KeyCeremony")
    if ceremonies is not None:
        domain = premises.domain("KeyCeremony", ceremonies)
        yield TrusteeStep(ceremonies, domain)
        yield TrusteeAcknowledgement(ceremonies, domain)
