"""Where someone acts in a circle: a member, the treasurer, the auditor, or anyone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import click

from beffroi import amounts, csvfile
from beffroi.cli.bureau import Bureau
from beffroi.credit.circle import CIRCLE, Circle, shown, written
from beffroi.errors import InputError
from beffroi.town.session import NotDeployedError, open_session

MOST_MINUTES = 2**32 - 1


def circle_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--circle`, for a town that has several."""
    words = "Its name in the town, where it has several, as `instance` in its file; the first by default."
    return click.option("--circle", metavar="NAME", help=words)(command)


@dataclass(frozen=True)
class CreditBureau(Bureau):
    """Where someone acts in a circle.

    Attributes:
        circle: on chain.
    """

    circle: Circle

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any, *, circle: str | None = None) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.
            circle: its contract's name in the town; the first by default.

        Raises:
            NotDeployedError: the town does not stand there, or has no such circle.
        """
        session = open_session(town, str(provider.http_uri))
        there = [section.contract for section in session.config.credit]
        name = circle or next(iter(there), CIRCLE)
        if name not in there:
            known = ", ".join(there) or "none"
            raise NotDeployedError(f"{session.config.name} has no circle {name} in its file: it has {known}")
        at = Circle.of(session.rpc, session.deployed("Residents", name), name)
        return cls(session.rpc, session.chain_id, session.config, ecosystem, circle=at)

    @cached_property
    def is_in_minutes(self) -> bool:
        """Whether amounts are minutes, and not cents."""
        return self.circle.is_in_minutes

    def shown(self, amount: int) -> str:
        """An amount, in words."""
        return shown(amount, in_minutes=self.is_in_minutes)

    def written(self, amount: int) -> str:
        """The same in a file, where it is a number."""
        return written(amount, in_minutes=self.is_in_minutes)

    def owing(self, balance: int) -> str:
        """What a member owes or is owed, in words."""
        return f"{'owes' if balance < 0 else 'is owed'} {self.shown(abs(balance))}"

    @property
    def amount(self) -> Callable[[str], int]:
        """Reads an amount of this circle that is more than 0."""
        return _some_minutes if self.is_in_minutes else amounts.amount_cents

    @property
    def limit(self) -> Callable[[str], int]:
        """Reads a limit of this circle, which may be 0."""
        return csvfile.number if self.is_in_minutes else amounts.amount_or_nothing_cents


def _some_minutes(text: str) -> int:
    """Minutes, more than 0.

    Raises:
        InputError: it is no such number.
    """
    minutes = csvfile.number(text)
    if not 0 < minutes <= MOST_MINUTES:
        raise InputError(f"{text} is no number of minutes between 1 and {MOST_MINUTES:,}")
    return minutes
