"""What is signed of a circle, as `CreditSlips` hashes it. Pure."""

from beffroi.eip712 import Slip, SlipType
from beffroi.slips import FOREVER

CREDIT_PAYMENT = SlipType(
    "CreditPayment(address from,address to,uint256 amount,bytes32 ref,uint256 nonce,uint256 deadline)"
)
MIXED_PAYMENT = SlipType(
    "MixedPayment(address from,address to,uint256 amount_cents,uint256 mostCredit_cents,bytes32 ref,uint256 nonce,"
    "uint256 deadline)"
)
CANCEL_CREDIT = SlipType("CancelCredit(address from,uint256 nonce,uint256 deadline)")
VOUCH = SlipType("Vouch(address voucher,address member,uint256 amount,uint256 deadline)")
UNVOUCH = SlipType("Unvouch(address voucher,address member,uint256 amount,uint256 deadline)")


def credit_slip(
    from_: str, to: str, amount: int, nonce: int, ref: bytes = bytes(32), *, deadline_s: int = FOREVER
) -> Slip:
    """A payment in credit that anyone may post.

    Args:
        from_: who owes more, and signs.
        to: who is owed more.
        amount: in the circle's unit.
        nonce: unordered, below 2²⁵⁶; each serves once, for a payment of either kind. Below 64 it costs nothing to keep.
        ref: an invoice's, 32 bytes; zeros for none.
        deadline_s: the last unix second at which it may be posted.
    """
    return CREDIT_PAYMENT.of(from_, to, amount, ref, nonce, deadline_s)


def mixed_slip(
    from_: str, to: str, amount_cents: int, most_credit_cents: int, nonce: int, ref: bytes = bytes(32), *,
    deadline_s: int = FOREVER,
) -> Slip:  # fmt: skip
    """A payment in money first and in credit for the rest, `most_credit_cents` at most; else as `credit_slip`."""
    return MIXED_PAYMENT.of(from_, to, amount_cents, most_credit_cents, ref, nonce, deadline_s)


def cancel_credit_slip(from_: str, nonce: int, *, deadline_s: int = FOREVER) -> Slip:
    """Makes the payment of that nonce worthless."""
    return CANCEL_CREDIT.of(from_, nonce, deadline_s)


def vouch_slip(voucher: str, member: str, amount: int, deadline_s: int = FOREVER) -> Slip:
    """Lends a member a part of one's own limit, both by the names that they have in the circle."""
    return VOUCH.of(voucher, member, amount, deadline_s)


def unvouch_slip(voucher: str, member: str, amount: int, deadline_s: int = FOREVER) -> Slip:
    """Takes it back."""
    return UNVOUCH.of(voucher, member, amount, deadline_s)
