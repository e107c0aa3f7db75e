"""Slips of whoever a contract owes money that it could not pay: where it is to go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from eth_utils.address import to_checksum_address
from typing_extensions import override

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.eip712 import SlipType
from beffroi.post.kinds.base import SlipKind
from beffroi.post.kinds.draft import Draft
from beffroi.post.model import Refusal
from beffroi.slips import WITHDRAWAL


@dataclass
class Withdrawal(SlipKind):
    """What a till owes its payee, paid to another account that the payee names."""

    residents: Contract

    base_name: ClassVar[str] = "withdrawal"
    done_events: ClassVar[tuple[str, ...]] = ("Withdrawn",)
    done_about: ClassVar[str] = "payee"
    slip_type: ClassVar[SlipType] = WITHDRAWAL

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Of the payee's current key, which is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The payees' current keys."""
        asked = [(draft.message["payee"],) for draft in drafts]
        return [str(to_checksum_address(it)) for it in self.residents.reads(rpc, "currentKeyOf", asked)]

    @override
    def alone(self, draft: Draft) -> Call:
        """One withdrawal."""
        message = draft.message
        return self.call("withdrawTo", message["payee"], message["to"], message["deadline"], draft.signature)
