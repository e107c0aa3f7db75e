"""What departed members leave: their vouchers are called, then the commons bears the rest. Anyone may; once each."""

from dataclasses import dataclass

from beffroi.chain.headers import clock_s
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.credit.circle import Circle
from beffroi.errors import StateError
from beffroi.residents import Standing

VOUCHERS_AT_ONCE = 100


class NotGoneError(StateError):
    """Whoever would be written off is there, or left too lately."""


@dataclass(frozen=True)
class Departure:
    """What a departed member leaves, in the circle's unit.

    Attributes:
        key: that was in force when she left, whose account is ended.
        balance: below 0 what she owes.
        vouchers: for each name under which others vouch for her, what each of them still does.
        due_s: unix seconds from which her account may be ended.
    """

    key: str
    balance: int
    vouchers: dict[str, dict[str, int]]
    due_s: int


def departure(circle: Circle, member: str) -> Departure:
    """What a member leaves, by whatever name of hers, as the chain has it.

    Raises:
        NotGoneError: she has not left.
    """
    now, key = circle.standing(member), circle.key_of(member)
    if now.standing is not Standing.LEFT:
        raise NotGoneError(f"{member} has not left the circle: the registrar strikes off who leaves the town")
    pairs = list(dict.fromkeys((it.args["voucher"], it.args["member"]) for it in circle.told("Vouched")))
    keys = circle.keys_of([name for _, name in pairs])
    hers = [pair for pair, its in zip(pairs, keys, strict=True) if its == key]
    vouchers: dict[str, dict[str, int]] = {}
    for (voucher, name), amount in zip(hers, circle.contract.reads(circle.rpc, "vouchOf", hers), strict=True):
        if amount:
            vouchers.setdefault(name, {})[voucher] = amount
    delay_s = circle.contract.read(circle.rpc, "writeOffDelay_s")
    return Departure(key, now.balance, vouchers, now.left_at_s + delay_s)


def write_off(circle: Circle, anyone: Signer, left: Departure) -> int:
    """Calls her vouchers and ends her account; how many transactions that took. Done once, it takes none.

    Raises:
        NotGoneError: her delay is not over.
        TransactionFailedError: somebody came before, or vouched for her since.
    """
    if clock_s(circle.rpc) < left.due_s:
        raise NotGoneError(f"{left.key} left too lately: her account may be ended from {left.due_s} on (unix time)")
    parts = [
        (name, list(vouched)[start : start + VOUCHERS_AT_ONCE])
        for name, vouched in left.vouchers.items()
        for start in range(0, len(vouched), VOUCHERS_AT_ONCE)
    ]
    for name, some in parts:
        _send(circle, anyone, "call", name, some, purpose=f"call the vouchers of {name}")
    if circle.standing(left.key).balance == 0:
        return len(parts)
    _send(circle, anyone, "writeOff", left.key, purpose=f"write off {left.key}")
    return len(parts) + 1


def _send(circle: Circle, anyone: Signer, function: str, *args: object, purpose: str) -> None:
    call = Call(circle.contract.address, circle.contract.encode(function, *args), purpose)
    Sender(circle.rpc, anyone).send(call)
