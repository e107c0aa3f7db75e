"""What may be wrong with a period, and what shows it to the contract."""

from dataclasses import dataclass
from enum import StrEnum

from beffroi.flows.energy.refutations import Refutation


class Falsehood(StrEnum):
    """What may be false; those up to `LAST` are named as `Meters` names them."""

    HEADER = "header"
    COLUMN = "column"
    TWICE = "twice"
    READING = "reading"
    POINT = "point"
    SUM = "sum"
    COLUMN_SUM = "column sum"
    TOTAL = "total"
    RANGE = "range"
    ORDER = "order"
    ALLOCATION = "allocation"
    LAST = "last"
    UNPUBLISHED = "unpublished"
    MEMBER = "member"
    LEFT_OUT = "left out"
    SLOTS = "slots"
    SHARES = "shares"
    LINES = "lines"
    RULES = "rules"


@dataclass(frozen=True)
class EnergyFinding:
    """Something false.

    Attributes:
        what: of what kind.
        words: a sentence.
        refutation: what voids the statement; None where no call does, and the window and contests stand.
        column: of which column, where it is of one.
        step: of which step.
        slot: of which slot of the tariff.
    """

    what: Falsehood
    words: str
    refutation: Refutation | None = None
    column: int | None = None
    step: int | None = None
    slot: int | None = None
