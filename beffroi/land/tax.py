"""The taxes on land, to the cent, as pure functions: what `LandTax` must also find.

Every rate is configuration, dated, and an absent one is an error: nothing is ever taxed at 0 for want of a line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from beffroi.errors import InputError

TEN_MILLIONTHS = 10_000_000
MAX_BRACKETS = 8

Rates = TypeVar("Rates", "TransferRates", "LandRates")


class TaxError(InputError):
    """A tax cannot be worked out; the message says why."""


class MissingRateError(TaxError):
    """No rate covers that day, or that price."""


@dataclass(frozen=True)
class Bracket:
    """The rates for the part of a price up to a bound, in ten-millionths of it: 4.5 % is 450,000.

    Attributes:
        up_to_cents: the bound; the last bracket's is the highest price that can be taxed.
        departement: the département's (CGI art. 1594 D).
        commune: the commune's (CGI art. 1584).
        state: the State's, for assessing and collecting (CGI art. 1647): `collection` works it out.
    """

    up_to_cents: int
    departement: int
    commune: int
    state: int


def collection(departement: int, share: Fraction) -> int:
    """The State's rate on the price, from its share of what the département gets, rounded down to a ten-millionth.

    Args:
        departement: the département's rate, in ten-millionths.
        share: of the département's part, such as 2.37 %.
    """
    return int(departement * share)


@dataclass(frozen=True)
class TransferRates:
    """The rates of the tax on sales (*droits de mutation à titre onéreux*) from a day on.

    Attributes:
        since: the first day on which they hold.
        brackets: by rising bound.

    Raises:
        TaxError: there is no bracket, or more than a contract takes; they don't rise, or tax more than everything.
    """

    since: date
    brackets: tuple[Bracket, ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.brackets) <= MAX_BRACKETS:
            raise TaxError(
                f"the rates from {self.since} on have {len(self.brackets)} brackets, not 1 to {MAX_BRACKETS}"
            )
        bounds = [0, *(bracket.up_to_cents for bracket in self.brackets)]
        if any(bound >= higher for bound, higher in pairwise(bounds)):
            raise TaxError(f"the brackets from {self.since} on don't rise: {bounds[1:]}")
        for bracket in self.brackets:
            rates = (bracket.departement, bracket.commune, bracket.state)
            if min(rates) < 0 or sum(rates) > TEN_MILLIONTHS:
                raise TaxError(f"the rates {rates} are not between nothing and everything")


@dataclass(frozen=True)
class TransferTax:
    """What a sale owes to whom, in cents."""

    departement_cents: int
    commune_cents: int
    state_cents: int

    @property
    def total_cents(self) -> int:
        """What the buyer pays."""
        return self.departement_cents + self.commune_cents + self.state_cents


def transfer_tax(price_cents: int, table: Iterable[TransferRates], day: date) -> TransferTax:
    """The tax on a sale at a price on a day.

    The parts of the price within each bracket bear its rates; each beneficiary's sum is then rounded down to the cent
    on its own, so the buyer never pays more than the rates.

    Args:
        price_cents: the price.
        table: rates by date, in any order; each line holds until the next begins.
        day: of the sale.

    Raises:
        MissingRateError: no rate was in force on that day, or none covers that price.
        TaxError: the price is negative, or two lines begin on the same day.
    """
    if price_cents < 0:
        raise TaxError(f"a price of {price_cents} cents is negative")
    brackets = rates_at(list(table), day).brackets
    if price_cents > brackets[-1].up_to_cents:
        raise MissingRateError(f"no rate covers a price of {price_cents} cents on {day}")
    bounds = [0, *(bracket.up_to_cents for bracket in brackets)]
    parts = [max(0, min(price_cents, upper) - lower) for lower, upper in pairwise(bounds)]

    def due(rates: Iterable[int]) -> int:
        return sum(part * rate for part, rate in zip(parts, rates, strict=True)) // TEN_MILLIONTHS

    return TransferTax(
        departement_cents=due(bracket.departement for bracket in brackets),
        commune_cents=due(bracket.commune for bracket in brackets),
        state_cents=due(bracket.state for bracket in brackets),
    )


@dataclass(frozen=True)
class LandRates:
    """The rates of the yearly land tax from a day on, in ten-millionths.

    Attributes:
        since: the first day on which they hold.
        built_base: the part of the rental value that is taxed on built land (half of it in CGI art. 1388).
        unbuilt_base: the same on unbuilt land (four fifths in CGI art. 1396).
        built: the rate on the base of built land.
        unbuilt: the rate on the base of unbuilt land; it may be above the whole base.

    Raises:
        TaxError: a rate is below 0, or a base above the whole value.
    """

    since: date
    built_base: int
    unbuilt_base: int
    built: int
    unbuilt: int

    def __post_init__(self) -> None:
        if min(self.built_base, self.unbuilt_base, self.built, self.unbuilt) < 0:
            raise TaxError("a rate is below 0")
        if max(self.built_base, self.unbuilt_base) > TEN_MILLIONTHS:
            raise TaxError("a base is above the whole value")


@dataclass(frozen=True)
class Assessed:
    """A parcel's rental value (*valeur locative cadastrale*) for a year, and who owes the tax on it.

    Attributes:
        title: the token id.
        account: who held it on 1 January.
        built_cents: the value of its buildings.
        unbuilt_cents: the value of its land.
    """

    title: int
    account: str
    built_cents: int
    unbuilt_cents: int


@dataclass(frozen=True)
class Bill:
    """A line of the roll, as `LandTax` pays it."""

    title: int
    account: str
    amount_cents: int


def land_tax_roll(values: Iterable[Assessed], table: Iterable[LandRates], year: int) -> list[Bill]:
    """The bills of a year, by title and account: who held what on 1 January owes for the year (CGI art. 1415).

    Built and unbuilt land are each base x rate in one division, rounded down to the cent. Nothing due, no bill.

    Args:
        values: what each owes tax on; co-owners may have a line each.
        table: rates by date, in any order; each line holds until the next begins.
        year: of the roll.

    Raises:
        MissingRateError: no rate was in force on 1 January.
        TaxError: someone is assessed twice on a title, or below 0, or two lines of rates begin on the same day.
    """
    rates = rates_at(list(table), date(year, 1, 1))
    listed = sorted(values, key=lambda value: (value.title, value.account))
    for one, other in pairwise(listed):
        if (one.title, one.account) == (other.title, other.account):
            raise TaxError(f"{one.account} is assessed twice on title {one.title} for {year}")
    bills = [Bill(value.title, value.account, _due_cents(value, rates)) for value in listed]
    return [bill for bill in bills if bill.amount_cents]


def _due_cents(value: Assessed, rates: LandRates) -> int:
    if min(value.built_cents, value.unbuilt_cents) < 0:
        raise TaxError(f"the rental value of title {value.title} is negative")
    built_cents = value.built_cents * rates.built_base * rates.built // TEN_MILLIONTHS**2
    return built_cents + value.unbuilt_cents * rates.unbuilt_base * rates.unbuilt // TEN_MILLIONTHS**2


def rates_at(lines: Sequence[Rates], day: date) -> Rates:
    """The line of rates in force on a day.

    Raises:
        MissingRateError: the table begins later, or is empty.
        TaxError: two lines begin on the same day.
    """
    if len({line.since for line in lines}) != len(lines):
        raise TaxError("two lines of rates begin on the same day")
    in_force = [line for line in lines if line.since <= day]
    if not in_force:
        raise MissingRateError(f"no rate was in force on {day}")
    return max(in_force, key=lambda line: line.since)
