"""The month's end of a circle that settles at the bank: who pays and is paid, what the auditor saw, what is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi import amounts
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.credit.circle import Circle
from beffroi.credit.creditstatement import CHANGES
from beffroi.errors import InputError, StateError

CLEARED = (1).to_bytes(32)
"""What the contract keeps of a transfer that was entered."""


class NotAttestedError(StateError):
    """The auditor has not seen this transfer, or saw other lines."""


@dataclass(frozen=True)
class BankLine:
    """What one body is paid at the bank, in cents.

    Attributes:
        member: her key in force, checksummed.
        amount: above 0 she is paid, below she pays.
    """

    member: str
    amount: int


def open_balances(circle: Circle) -> list[BankLine]:
    """Every balance of the circle that is not 0, as lines that settle them, by account."""
    named = ("from", "to", "member", "voucher", "commons")
    accounts = {it.args[name] for it in circle.told(*CHANGES) for name in named if name in it.args}
    keys = sorted(set(circle.keys_of(sorted(accounts))), key=lambda key: int(key, 16))
    balances = [it.balance for it in circle.standings(keys)]
    return [BankLine(key, balance) for key, balance in zip(keys, balances, strict=True) if balance]


def lines_hash(lines: Sequence[BankLine]) -> bytes:
    """keccak(abi.encode(lines)), which the auditor attests.

    Raises:
        InputError: they do not sum to zero, or one account stands twice.
    """
    if total := sum(it.amount for it in lines):
        raise InputError(f"the lines sum to {total:,}: what some pay must be what the others are paid")
    rows = [(it.member, it.amount) for it in ordered_bank_lines(lines)]
    return keccak(encode(["(address,int256)[]"], [rows]))


def ordered_bank_lines(lines: Sequence[BankLine]) -> list[BankLine]:
    """By account, as the contract takes them.

    Raises:
        InputError: one account stands twice.
    """
    ordered = sorted(lines, key=lambda it: int(it.member, 16))
    for one, other in pairwise(ordered):
        if one.member == other.member:
            raise InputError(f"{one.member} stands twice: give each body one line")
    return ordered


def attest_transfer(circle: Circle, auditor: Signer, bank_reference: bytes, lines: Sequence[BankLine]) -> bool:
    """The auditor says that a transfer settled these lines; whether anything was sent.

    Raises:
        InputError: the lines are none that could be entered.
        TransactionFailedError: the contract refuses.
    """
    attested = circle.contract.read(circle.rpc, "transferOf", bank_reference)
    if attested in {lines_hash(lines), CLEARED}:
        return False
    data = circle.contract.encode("attestTransfer", bank_reference, lines_hash(lines))
    Sender(circle.rpc, auditor).send(Call(circle.contract.address, data, "attest a transfer"))
    return True


def enter_transfer(circle: Circle, treasurer: Signer, bank_reference: bytes, lines: Sequence[BankLine]) -> bool:
    """Takes the lines off balances; whether anything was sent: a transfer is entered once.

    Raises:
        NotAttestedError: the auditor has not attested these lines.
        InputError: as `lines_hash`.
    """
    attested = circle.contract.read(circle.rpc, "transferOf", bank_reference)
    if attested == CLEARED:
        return False
    if attested != lines_hash(lines):
        raise NotAttestedError("the auditor has not attested these lines of this transfer: `credit net --attest`")
    rows = [(it.member, it.amount) for it in ordered_bank_lines(lines)]
    data = circle.contract.encode("net", rows, bank_reference)
    Sender(circle.rpc, treasurer).send(Call(circle.contract.address, data, "enter a transfer"))
    return True


def signed_cents(text: str) -> int:
    """Cents of either sign: what a body is paid, or, with a minus before it, pays.

    Raises:
        InputError: it is no amount, or nothing.
    """
    plain = text.strip()
    if plain[:1] in {"-", "\u2212"}:
        return -amounts.amount_cents(plain[1:])
    return amounts.amount_cents(plain)
