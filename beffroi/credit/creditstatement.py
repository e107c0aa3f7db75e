"""A member's statement: every change of her balance, from the circle's events, as the balance on chain confirms."""

from collections.abc import Iterator
from dataclasses import dataclass

from beffroi.chain.contract import Event
from beffroi.credit.circle import Circle
from beffroi.errors import StateError

CHANGES = ("CreditPaid", "MixedPaid", "VoucherCalled", "WrittenOff", "Netted", "CreditMoved")


class CreditStatementError(StateError):
    """The events do not make the balance that the chain has."""


@dataclass(frozen=True)
class CreditLine:
    """A change of a member's balance, in the circle's unit.

    Attributes:
        block: in which it stands.
        transaction: its hash.
        nature: the event's name.
        other: the other account; empty where the bank is.
        change: above 0 she is owed more.
        balance: after it.
        ref: of a payment or a transfer, 32 bytes; zeros for none.
    """

    block: int
    transaction: str
    nature: str
    other: str
    change: int
    balance: int
    ref: bytes


def credit_statement(circle: Circle, member: str) -> list[CreditLine]:
    """A member's lines, under whatever keys she had, in order.

    Raises:
        CreditStatementError: they do not add up to what the chain has.
    """
    events = list(circle.told(*CHANGES))
    keys = {member, circle.key_of(member)}
    for event in reversed([it for it in events if it.name == "CreditMoved"]):
        if event.args["to"] in keys:
            keys.add(event.args["from"])
    lines: list[CreditLine] = []
    balance = 0
    for event in events:
        for payer, payee, amount, ref in _shifts(event):
            change = amount * ((payee in keys) - (payer in keys))
            if change:
                balance += change
                other = payer if payee in keys else payee
                lines.append(CreditLine(event.block, event.transaction, event.name, other, change, balance, ref))
    if balance != (on_chain := circle.standing(member).balance):
        raise CreditStatementError(f"{member} has {on_chain}, and the events make {balance}: read from an older block")
    return lines


def _shifts(event: Event) -> Iterator[tuple[str, str, int, bytes]]:
    """(who owes more, who is owed more, how much, reference), as each event means it."""
    args = event.args
    if event.name == "CreditPaid":
        yield args["from"], args["to"], args["amount"], args["ref"]
    elif event.name == "MixedPaid":
        yield args["from"], args["to"], args["credit_cents"], args["ref"]
    elif event.name == "VoucherCalled":
        yield args["voucher"], args["member"], args["borne"], bytes(32)
    elif event.name == "WrittenOff":
        yield args["member"], args["commons"], args["balance"], bytes(32)
    elif event.name == "CreditMoved":
        yield args["from"], args["to"], args["balance"], bytes(32)
    else:
        yield args["member"], "", args["amount"], args["bankReference"]
