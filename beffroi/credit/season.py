"""A season of a circle before there is one: what given limits let people pay, and what they refuse. Pure.

The rule is `CreditLedger._owe`'s, among active members who vouch for nobody: a payer may owe her floor and what it has
grown by, a payee may be owed her ceiling, and the floor is asked first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from beffroi.errors import InputError

BASIS_POINTS = 10_000
MOST_EARNED = 2**32 - 1
"""What the contract counts of a member's sales."""


class SeasonError(InputError):
    """Limits cannot be drawn from what was given."""


class CreditRefusal(StrEnum):
    """Why a payment is not made, by the contract's error."""

    FLOOR = "MutualCredit_BelowFloor"
    CEILING = "MutualCredit_AboveCeiling"


@dataclass(frozen=True)
class LimitRule:
    """What every member begins with, in the circle's unit.

    Attributes:
        floor: the most that she may owe.
        ceiling: the most that she may be owed.
        growth_bps: how much of what she earns her floor grows by, in basis points, rounded down.
        most_growth: the most that it grows by.
    """

    floor: int
    ceiling: int
    growth_bps: int = 0
    most_growth: int = 0

    @classmethod
    def drawn_from(cls, paid: Sequence[int], *, percent: int, ceiling_times: int) -> "LimitRule":
        """Limits by which so many in a hundred may pay once, as much as they are used to, from their first day.

        Args:
            paid: what each is used to pay at once, in any order.
            percent: 1 to 100: the floor is the amount that so many do not exceed (nearest rank).
            ceiling_times: floors that the ceiling holds, at least 1.

        Raises:
            SeasonError: nobody pays anything, or a number is out of its bounds.
        """
        if not paid or not 1 <= percent <= 100 or ceiling_times < 1:
            raise SeasonError("limits are drawn from somebody's payments, for 1 to 100 in a hundred, and 1 floor more")
        floor = sorted(paid)[-(-len(paid) * percent // 100) - 1]
        return cls(floor, floor * ceiling_times)


@dataclass
class CreditSeason:
    """A circle as it is played.

    Attributes:
        rule: its limits.
        members: how many, named by their places from 0.
        balances: above 0 what each is owed, below what she owes; they sum to 0.
        earned: by each, as far as the contract counts.
        paid: in sum.
        payments: how many were made.
        refused: how many were not, by cause.
    """

    rule: LimitRule
    members: int
    balances: list[int] = field(init=False)
    earned: list[int] = field(init=False)
    paid: int = 0
    payments: int = 0
    refused: Counter[CreditRefusal] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.balances, self.earned = [0] * self.members, [0] * self.members

    def most_debt(self, member: int) -> int:
        """What a member may owe today."""
        grown = self.earned[member] * self.rule.growth_bps // BASIS_POINTS
        return self.rule.floor + min(grown, self.rule.most_growth)

    def pay(self, payer: int, payee: int, amount: int) -> CreditRefusal | None:
        """Has one pay another, who are two; why it is not done, if so."""
        if amount > self.balances[payer] + self.most_debt(payer):
            return self._refuse(CreditRefusal.FLOOR)
        if amount > self.rule.ceiling - self.balances[payee]:
            return self._refuse(CreditRefusal.CEILING)
        self.balances[payer] -= amount
        self.balances[payee] += amount
        self.earned[payee] = min(self.earned[payee] + amount, MOST_EARNED)
        self.paid += amount
        self.payments += 1
        return None

    def play(self, payments: Iterable[tuple[int, int, int]]) -> list[CreditRefusal | None]:
        """The same for many, in order: payer's place, payee's, amount."""
        return [self.pay(*payment) for payment in payments]

    def _refuse(self, why: CreditRefusal) -> CreditRefusal:
        self.refused[why] += 1
        return why
