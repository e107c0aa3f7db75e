"""What a programme is, for good, and the file in which its sponsor writes it. Pure but for the reading of that file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Self

from eth_utils.crypto import keccak
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)
from pydantic_core import PydanticCustomError

from beffroi.chain.announcing import moment
from beffroi.errors import InputError
from beffroi.plain import plain, plain_lines
from beffroi.programmes.programmeroll import MOST_UNITS, ProgrammeRoll, SealedProgramme
from beffroi.units import CENTS_PER_EURO, DAY_S, HOUR_S
from beffroi.yamlfile import read_yaml

MOST_AHEAD_S = 366 * DAY_S
MOST_S = 3 * 366 * DAY_S
MOST_CATEGORIES = 24
DAY_HOURS = 24
_MOST_TOTAL = 2**48 - 1
"""As contracts/currency/Programmes.sol has them."""


class ProgrammeError(InputError):
    """The contract would refuse a programme of these terms."""


@dataclass(frozen=True)
class ProgrammeTerms:
    """What `Programmes.open` takes.

    Attributes:
        sponsor: who rules it, and is given what is left.
        salt: 32 bytes, which tell its programmes apart.
        opens_at_s: unix seconds; days and periods are counted from it.
        period_h: hours that an allowance lasts.
        periods: how many there are.
        unit_cents: what a merchant is paid for a unit; 0 for stamps.
        daily_cap: the most units that a key spends a day; 0 for no cap.
        categories: of merchants, a bit each.
        total: units a period that the roll allows in sum.
        root: of the roll, 32 bytes; zeros for a programme of grants alone.
        rule_hash: of the rule by which the roll was made, 32 bytes.
        uri: where roll and rule are published.
    """

    sponsor: str
    salt: bytes
    opens_at_s: int
    period_h: int
    periods: int
    unit_cents: int
    daily_cap: int
    categories: int
    total: int
    root: bytes
    rule_hash: bytes
    uri: str

    @property
    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)

    @property
    def sealed(self) -> SealedProgramme:
        """What is sealed of the roll."""
        return SealedProgramme(self.root, self.total, self.rule_hash)

    @property
    def announced(self) -> int:
        """Units that the roll allows in all periods."""
        return self.total * self.periods

    @property
    def ends_at_s(self) -> int:
        """The first unix second at which it is over."""
        return self.opens_at_s + self.period_h * self.periods * HOUR_S

    def period_at(self, at_s: int) -> int:
        """The period that runs at a moment, from 0; `periods` once it is over."""
        return min((at_s - self.opens_at_s) // (self.period_h * HOUR_S), self.periods)

    def differing(self, other: "ProgrammeTerms") -> list[str]:
        """What is not the same in both."""
        return [it for it in self.__dataclass_fields__ if getattr(self, it) != getattr(other, it)]

    def require_opens(self, now_s: int) -> None:
        """Lets no terms pass that the contract refuses.

        Args:
            now_s: the chain's clock.

        Raises:
            ProgrammeError: they open in the past or too far ahead, last too long, or allow more than is counted.
        """
        if self.opens_at_s < now_s:
            raise ProgrammeError(
                f"it opens {moment(self.opens_at_s)}, and it is {moment(now_s)} on the chain: open it later"
            )
        if self.opens_at_s > now_s + MOST_AHEAD_S:
            raise ProgrammeError(f"it opens {moment(self.opens_at_s)}: a year ahead at most")
        if self.ends_at_s - self.opens_at_s > MOST_S:
            raise ProgrammeError(f"it lasts until {moment(self.ends_at_s)}: three years at most")
        if self.announced > _MOST_TOTAL:
            raise ProgrammeError(f"it allows {self.announced:,} units in all: {_MOST_TOTAL:,} at most")


def _opening(value: Any) -> int:
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        read = None
    if read is None or read.tzinfo is not None:
        raise PydanticCustomError(
            "said", "{value} is no moment: 2026-12-01, or 2026-12-01T08:00, in UTC", {"value": str(value)}
        )
    return int(read.replace(tzinfo=UTC).timestamp())


def _cents(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("said", "{value} is no amount in euros", {"value": str(value)})
    cents = value * CENTS_PER_EURO
    if not 0 <= cents <= MOST_UNITS or cents != int(cents):
        raise PydanticCustomError("said", "{value} euros: whole cents are allowed, 0 for stamps", {"value": str(value)})
    return int(cents)


def _still(as_shown: Callable[[str], str]) -> AfterValidator:
    def check(text: str) -> str:
        if as_shown(text) != text:
            raise PydanticCustomError("said", "a character in it would move what is shown, or turn its direction")
        return text

    return AfterValidator(check)


Line = Annotated[StrictStr, Field(min_length=1, max_length=80), _still(plain)]
"""What a sheet, a page and a terminal show."""


class ProgrammeFile(BaseModel):
    """A programme as its sponsor writes it; docs/programmes.md shows one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line
    opens: Annotated[int, BeforeValidator(_opening)]
    period_days: Annotated[StrictInt, Field(ge=1, le=1_098)]
    periods: Annotated[StrictInt, Field(ge=1, le=1_098)]
    unit: Annotated[int, BeforeValidator(_cents)]
    meals: StrictBool = False
    units: Annotated[StrictInt | None, Field(ge=1, le=MOST_UNITS)] = None
    daily_cap: Annotated[StrictInt, Field(ge=0, le=MOST_UNITS)] = 0
    categories: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST_CATEGORIES)]
    rule: Annotated[StrictStr, Field(min_length=1), _still(plain_lines)]
    uri: StrictStr = ""

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if self.meals and self.unit <= 1:
            raise PydanticCustomError("said", "meals: a meal has a price, which unit says; stamps have none")
        return self

    @property
    def salt(self) -> bytes:
        """32 bytes: a sponsor's programmes have titles of their own."""
        return keccak(text=self.title)

    @property
    def rule_hash(self) -> bytes:
        """Of the rule's text, 32 bytes."""
        return keccak(text=self.rule)

    def terms(self, sponsor: str, roll: ProgrammeRoll | None) -> ProgrammeTerms:
        """What the contract takes; without a roll, a programme of grants alone."""
        mask = (1 << len(self.categories)) - 1
        times = self.opens, self.period_days * DAY_HOURS, self.periods
        sealed = (roll.total, roll.root) if roll else (0, bytes(32))
        return ProgrammeTerms(
            sponsor, self.salt, *times, self.unit, self.daily_cap, mask, *sealed, self.rule_hash, self.uri
        )


def read_programme(path: Path) -> ProgrammeFile:
    """A programme from its sponsor's file.

    Raises:
        ConfigError: the file cannot be read, or says something that is not allowed: on which line.
    """
    return read_yaml(path, ProgrammeFile, "the programme")
