"""Every kind of slip that the merchant may sign: how it is made, and how it is posted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from beffroi import slips
from beffroi.eip712 import Slip
from testbed.town import TREASURER

NONCE = 7
REFERENCE = b"takings of March".ljust(32)
FAR_NONCE = 2**200 + 5


@dataclass(frozen=True)
class Kind:
    """How a kind of slip is made and posted.

    Attributes:
        make: the slip of (commune, window), signed by the merchant.
        post: the method, and the arguments of (slip, signature).
        poster: who posts it.
        used: the error when it is posted again; None where what was signed is no longer what is asked.
    """

    make: Callable[..., Slip]
    method: str
    arguments: Callable[[Slip, bytes], tuple[Any, ...]]
    contract: str = "currency"
    poster: str = "stranger"
    used: str | None = "LocalCurrency_SlipUsed"
    windowed: bool = True

    def domain(self, commune):
        return commune.register_domain if self.contract == "residents" else commune.domain

    def method_of(self, commune):
        return getattr(getattr(commune, self.contract), self.method)

    def sign(self, commune, slip, who="merchant", **elsewhere):
        return slips.sign(key_of(commune.people[who]), slip, replace(self.domain(commune), **elsewhere))


def key_of(person):
    return bytes.fromhex(person.private_key.removeprefix("0x"))


def whole(slip, signature):
    return (*slip.values, signature)


def as_one(slip, signature):
    return (whole(slip, signature),)


def in_parts(slip, signature):
    return (*slip.values, *slips.split(signature))


def without_nonce(slip, signature):
    owner, spender, value, _, deadline = slip.values
    return owner, spender, value, deadline, signature


def without_nonce_in_parts(slip, signature):
    return (*without_nonce(slip, signature)[:-1], *slips.split(signature))


def veto_arguments(slip, signature):
    account, _, _, deadline = slip.values
    return account, deadline, signature


def transfer(commune, **window):
    return slips.transfer(commune.merchant.address, commune.citizen.address, 1_250, NONCE, **window)


def receive(commune, **window):
    return slips.receive(commune.merchant.address, commune.citizen.address, 1_250, FAR_NONCE, **window)


def redeem(commune, **window):
    return slips.redeem(commune.merchant.address, 1_250, NONCE, REFERENCE, **window)


def cancel(commune):
    return slips.cancel(commune.merchant.address, NONCE)


def permit(commune, **window):
    return slips.permit(commune.merchant.address, commune.citizen.address, 500, 0, **window)


def veto(commune, **window):
    at = commune.residents.residentOf(commune.merchant).recoverableAt
    return slips.veto_recovery(commune.merchant.address, commune.newcomer.address, at, **window)


KINDS = {
    "transfer": Kind(transfer, "transferWithAuthorization", whole),
    "transfer as one": Kind(transfer, "acceptSlip", as_one),
    "transfer in parts": Kind(transfer, "transferWithAuthorization", in_parts),
    "receive": Kind(receive, "receiveWithAuthorization", whole, poster="citizen"),
    "receive in parts": Kind(receive, "receiveWithAuthorization", in_parts, poster="citizen"),
    "redeem": Kind(redeem, "redeemWithAuthorization", whole),
    "cancel": Kind(cancel, "cancelAuthorization", whole, windowed=False),
    "cancel in parts": Kind(cancel, "cancelAuthorization", in_parts, windowed=False),
    "permit": Kind(permit, "permit", without_nonce, used=None),
    "permit in parts": Kind(permit, "permit", without_nonce_in_parts, used=None),
    "veto": Kind(veto, "vetoRecovery", veto_arguments, contract="residents", used=None),  # it names the proposal
}
AFTER = {
    name: KINDS[name]
    for name in ("transfer", "transfer as one", "transfer in parts", "receive", "receive in parts", "redeem")
}

_WINDOW = (("validAfter", 1), ("validBefore", 2**40))
_ANOTHER = (("nonce", b"\x42" * 32),)
CHANGES = [
    (name, field, value)
    for name, changes in {
        "transfer": (("to", TREASURER.address), ("value", 1_249), *_WINDOW, *_ANOTHER),
        "transfer in parts": (("to", TREASURER.address), ("value", 1_249), *_WINDOW, *_ANOTHER),
        "receive": (("value", 1_249), *_WINDOW, *_ANOTHER),  # another payee may not post it at all
        "receive in parts": (("value", 1_249), *_WINDOW, *_ANOTHER),
        "redeem": (("value", 1_249), ("ref", bytes(32)), *_WINDOW, *_ANOTHER),
        "cancel": _ANOTHER,
        "cancel in parts": _ANOTHER,
        "permit": (("spender", TREASURER.address), ("value", 499), ("deadline", 2**40)),
        "permit in parts": (("spender", TREASURER.address), ("value", 499), ("deadline", 2**40)),
        "veto": (("deadline", 2**40),),
    }.items()
    for field, value in changes
]
"""(kind, field, value): each word of a slip but its signer, by whom the contract finds it, and what it reads itself."""
