"""What may be wrong with what events tell."""

from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """What may be wrong: docs/provenance.md says when."""

    NOWHERE = "nowhere"
    ORIGIN = "origin"
    CYCLE = "cycle"
    EARLY = "early"
    INVENTED = "invented"
    ELSEWHERE = "elsewhere"
    UNIT = "unit"
    YIELD = "yield"
    LATE = "late"
    ALIKE = "alike"
    TWICE = "twice"
    SAME_HASH = "same_hash"
    SPOKEN = "spoken"
    ONE_KEY = "one_key"
    PARENTS = "parents"
    TAKEN_BACK = "taken_back"
    UNSEALED = "unsealed"
    STRANGER = "stranger"


UNSOUND = frozenset({
    Doubt.NOWHERE, Doubt.ORIGIN, Doubt.CYCLE, Doubt.EARLY, Doubt.INVENTED, Doubt.ELSEWHERE, Doubt.UNIT, Doubt.YIELD,
    Doubt.LATE,
})  # fmt: skip
"""Those by which what their event makes bears no label: what is in it is not what is told."""


@dataclass(frozen=True)
class LotFinding:
    """Something that does not add up.

    Attributes:
        doubt: what.
        about: lots, a container, a holder, issuers: by name, in order.
        place: of the event in the list; None where it is about several.
        words: a sentence.
    """

    doubt: Doubt
    about: tuple[str, ...]
    place: int | None
    words: str
