"""Slips of circles: payments in credit in batches, mixed ones, vouches, and what makes a payment worthless."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from eth_utils.address import to_checksum_address
from typing_extensions import override

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.credit.creditslips import CANCEL_CREDIT, CREDIT_PAYMENT, MIXED_PAYMENT, UNVOUCH, VOUCH
from beffroi.eip712 import SlipType
from beffroi.post.kinds.base import URGENT, SlipKind
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import UNTOLD, of_revert
from beffroi.post.model import QueuedSlip, Refusal

SLIPS_AT_ONCE = 150
BATCH_GAS = 360_000
"""Of a transaction itself, and what the contract wants left when it comes to the last slip."""
GAS_PER_SLIP = 85_000
"""With room for a first nonce and a warning."""


@dataclass
class OfPayer(SlipKind):
    """What a payer signs, whoever is paid."""

    function: ClassVar[str]

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The payer's."""
        return str(message["from"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One payment."""
        return self.call(self.function, self._row(draft))

    def _row(self, draft: Draft) -> tuple[Any, ...]:
        return (*(draft.message[name] for _, name in self.slip_type.fields), draft.signature)


@dataclass
class CreditPay(OfPayer):
    """A payment in credit: many in a transaction, which leaves out what it must and names it."""

    base_name: ClassVar[str] = "credit_pay"
    slip_type: ClassVar[SlipType] = CREDIT_PAYMENT
    done_events: ClassVar[tuple[str, ...]] = ("CreditPaid",)
    done_about: ClassVar[str] = "from"
    most_in_batch: ClassVar[int] = SLIPS_AT_ONCE
    gas_base: ClassVar[int] = BATCH_GAS
    gas_each: ClassVar[int] = GAS_PER_SLIP
    function: ClassVar[str] = "payBySlip"

    @override
    def lane(self, message: Mapping[str, Any]) -> str:
        """All payments of a circle share batches."""
        return self.name

    @override
    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """Many payments."""
        return self.call("payBatch", [self._row(self.opened(queued)) for queued in queued_slips])

    @override
    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """What the contract left out, for which error."""
        found: dict[int, Refusal] = {}
        for event in self.contract.logged(receipt, "CreditSlipRefused"):
            reason = event.args["reason"]
            found[int(event.args["position"])] = of_revert(reason) if reason else UNTOLD
        return found


@dataclass
class CreditMixed(OfPayer):
    """A payment in money first, and in credit for the rest."""

    base_name: ClassVar[str] = "credit_mixed"
    slip_type: ClassVar[SlipType] = MIXED_PAYMENT
    done_events: ClassVar[tuple[str, ...]] = ("MixedPaid",)
    done_about: ClassVar[str] = "from"
    function: ClassVar[str] = "payMixedBySlip"


@dataclass
class CreditCancel(OfPayer):
    """Makes a payment's slip worthless, of either kind."""

    base_name: ClassVar[str] = "credit_cancel"
    slip_type: ClassVar[SlipType] = CANCEL_CREDIT
    done_events: ClassVar[tuple[str, ...]] = ("CreditSlipCancelled",)
    done_about: ClassVar[str] = "from"
    priority: ClassVar[int] = URGENT
    function: ClassVar[str] = "cancelSlip"

    @override
    def alone(self, draft: Draft) -> Call:
        """One cancellation."""
        return self.call(self.function, *self._row(draft))


@dataclass
class OfVoucher(SlipKind):
    """What a voucher signs by whatever key is in force."""

    residents: Contract

    function: ClassVar[str]

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Of the voucher's current key, which is on chain."""
        return ""

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The vouchers' current keys."""
        asked = [(draft.message["voucher"],) for draft in drafts]
        return [str(to_checksum_address(it)) for it in self.residents.reads(rpc, "currentKeyOf", asked)]

    @override
    def alone(self, draft: Draft) -> Call:
        """One vouch, or its end."""
        return self.call(self.function, *(draft.message[name] for _, name in self.slip_type.fields), draft.signature)


@dataclass
class CreditVouch(OfVoucher):
    """Lends a part of one's own limit."""

    base_name: ClassVar[str] = "vouch"
    slip_type: ClassVar[SlipType] = VOUCH
    done_events: ClassVar[tuple[str, ...]] = ("Vouched",)
    done_about: ClassVar[str] = "voucher"
    function: ClassVar[str] = "vouch"


@dataclass
class CreditUnvouch(OfVoucher):
    """Takes it back."""

    base_name: ClassVar[str] = "unvouch"
    slip_type: ClassVar[SlipType] = UNVOUCH
    done_events: ClassVar[tuple[str, ...]] = ("Unvouched",)
    done_about: ClassVar[str] = "voucher"
    function: ClassVar[str] = "unvouch"


KINDS: tuple[type[SlipKind], ...] = (CreditPay, CreditMixed, CreditCancel, CreditVouch, CreditUnvouch)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that each circle of the town takes; one without a currency mixes nothing."""
    residents = premises.contract("Residents")
    if residents is None:
        return
    for instance, circle in premises.instances("MutualCredit"):
        here = premises.money(circle)
        mixes = int(circle.read(premises.rpc, "currency"), 16) != 0
        for kind in (CreditPay, *((CreditMixed,) if mixes else ()), CreditCancel):
            yield kind(circle, here, instance=instance)
        yield CreditVouch(circle, here, residents, instance=instance)
        yield CreditUnvouch(circle, here, residents, instance=instance)
