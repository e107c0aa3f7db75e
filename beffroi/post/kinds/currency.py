"""Slips of the currency: payments in batches, cancellations, redemptions, permits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from beffroi.chain.abi import decode_result, encode_call, entry, selector
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.transaction import Call
from beffroi.currency.posting import BATCH_GAS, GAS_PER_SLIP, SLIPS_AT_ONCE, encode_slips
from beffroi.eip712 import SlipType
from beffroi.post.codes import Code
from beffroi.post.kinds.base import URGENT, SlipKind, overloaded
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import UNTOLD, of_revert, refusal
from beffroi.post.model import QueuedSlip, Refusal
from beffroi.slips import CANCEL, PERMIT, REDEEM, TRANSFER

BATCH = "transferWithAuthorizationBatch"


@dataclass
class Transfer(SlipKind):
    """ERC-3009's payments: many in a transaction, which leaves out what it must and names it."""

    base_name: ClassVar[str] = "transfer"
    slip_type: ClassVar[SlipType] = TRANSFER
    done_events: ClassVar[tuple[str, ...]] = ("AuthorizationUsed",)
    done_about: ClassVar[str] = "from"
    most_in_batch: ClassVar[int] = SLIPS_AT_ONCE
    gas_base: ClassVar[int] = BATCH_GAS
    gas_each: ClassVar[int] = GAS_PER_SLIP

    def __post_init__(self) -> None:
        self._selector = selector(entry(self.contract.abi, "function", BATCH))

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The payer's."""
        return str(message["from"])

    @override
    def lane(self, message: Mapping[str, Any]) -> str:
        """All payments share batches."""
        return self.name

    @override
    def check(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """One simulation of all in their order; each alone only when one of them would be left out."""
        together = self._together(drafts)
        call = {"to": together.to, "data": "0x" + together.data.hex()}
        (answer,) = rpc.batch([("eth_call", [call, "pending"])])
        if not isinstance(answer, RpcError):
            posted = decode_result(self.contract.abi, BATCH, bytes.fromhex(answer[2:]))
            if posted == len(drafts):
                return {}
        return super().check(rpc, drafts)

    @override
    def alone(self, draft: Draft) -> Call:
        """One payment."""
        row = (*(draft.message[name] for _, name in self.slip_type.fields), draft.signature)
        return Call(self.contract.address, encode_call(self.contract.abi, "acceptSlip", row), self.name)

    @override
    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """Many payments."""
        return self._together([self.opened(queued) for queued in queued_slips])

    @override
    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """What the contract left out, for which error."""
        found: dict[int, Refusal] = {}
        for event in self.contract.logged(receipt, "SlipRefused"):
            # Without a reason it ran out of gas in there: that says nothing of the slip.
            reason = event.args["reason"]
            found[int(event.args["position"])] = of_revert(reason) if reason else UNTOLD
        return found

    def _together(self, drafts: Sequence[Draft]) -> Call:
        signed = [(self.slip(draft.message), draft.signature) for draft in drafts]
        return Call(self.contract.address, self._selector + encode_slips(signed), f"{len(drafts)} payments")


@dataclass
class Cancel(SlipKind):
    """ERC-3009's cancellation."""

    base_name: ClassVar[str] = "cancel"
    slip_type: ClassVar[SlipType] = CANCEL
    done_events: ClassVar[tuple[str, ...]] = ("AuthorizationCanceled",)
    done_about: ClassVar[str] = "authorizer"
    priority: ClassVar[int] = URGENT
    gas_each: ClassVar[int] = 150_000

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Of whoever takes a slip back."""
        return str(message["authorizer"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One cancellation."""
        form = overloaded(self.contract, "cancelAuthorization", "bytes")
        values = (draft.message["authorizer"], draft.message["nonce"], draft.signature)
        return Call(form.address, form.encode("cancelAuthorization", *values), self.name)


@dataclass
class Redeem(SlipKind):
    """Local money back into euros."""

    base_name: ClassVar[str] = "redeem"
    slip_type: ClassVar[SlipType] = REDEEM
    done_events: ClassVar[tuple[str, ...]] = ("AuthorizationUsed",)
    done_about: ClassVar[str] = "from"

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The holder's."""
        return str(message["from"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One redemption."""
        values = (draft.message[name] for _, name in self.slip_type.fields)
        return self.call("redeemWithAuthorization", *values, draft.signature)


@dataclass
class Permit(SlipKind):
    """ERC-2612's allowance; its nonces are in order, so that only the next one is taken."""

    base_name: ClassVar[str] = "permit"
    slip_type: ClassVar[SlipType] = PERMIT
    done_events: ClassVar[tuple[str, ...]] = ("Approval",)
    done_about: ClassVar[str] = "owner"
    gas_each: ClassVar[int] = 150_000

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The owner's."""
        return str(message["owner"])

    @override
    def check(self, rpc: Rpc, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """The nonce first: with another the contract sees a false signature, which says too little."""
        found = super().check(rpc, drafts)
        if not found:
            return found
        nonces = self.contract.reads(rpc, "nonces", [(drafts[place].message["owner"],) for place in found])
        for place, expected in zip(list(found), nonces, strict=True):
            given = drafts[place].message["nonce"]
            if given < expected:
                found[place] = refusal(Code.SLIP_USED)
            elif given > expected:
                found[place] = refusal(Code.SLIP_NOT_YET_VALID, f"the owner's next permit has the nonce {expected}")
        return found

    @override
    def alone(self, draft: Draft) -> Call:
        """One permit."""
        form = overloaded(self.contract, "permit", "bytes")
        values = (draft.message[name] for name in ("owner", "spender", "value", "deadline"))
        return Call(form.address, form.encode("permit", *values, draft.signature), self.name)


KINDS: tuple[type[SlipKind], ...] = (Transfer, Cancel, Redeem, Permit)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that each currency of the town takes."""
    for instance, currency in premises.instances("LocalCurrency"):
        money = premises.money(currency)
        for kind in KINDS:
            yield kind(currency, money, instance=instance)
