"""Slips for contracts that keep others' money: what is paid in, and where what could not be paid out is to go."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from eth_utils.address import to_checksum_address
from typing_extensions import override

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.eip712 import SlipType
from beffroi.post.kinds.base import SlipKind, mismatch
from beffroi.post.kinds.draft import Draft
from beffroi.post.model import Refusal
from beffroi.slips import RECEIVE, WITHDRAWAL


@dataclass
class ToOffice(SlipKind):
    """ERC-3009's payment that its payee alone may post: the payee is an office's contract, which anyone may ask to."""

    slip_type: ClassVar[SlipType] = RECEIVE
    gas_each: ClassVar[int] = 400_000

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The payer's."""
        return str(message["from"])

    @override
    def agree(self, draft: Draft) -> None:
        """Paid to this office, for the very thing that the extra names."""
        if draft.message["to"] != self.contract.address:
            raise mismatch(f"the payment is not to {self.contract.address}")
        if draft.message["nonce"] != self.nonce(draft):
            raise mismatch("the nonce is not that of what extra says is paid")

    @abstractmethod
    def nonce(self, draft: Draft) -> bytes:
        """What binds the payment to what it pays."""


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
