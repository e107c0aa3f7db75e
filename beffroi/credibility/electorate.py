"""A synthetic electorate that stands for a published degree of fulfilment: who would have said what.

There are no ballots for the promises that observatories follow, only a percentage each. The electorate is drawn so that
its mean score is that percentage: each resident has an opinion with a given probability, and then a level from the
binomial law B(4, p), whose mean is 4p. All is kept at 100 %, all is broken at 0 %, and in between opinions differ.
"""

import random
from collections.abc import Sequence

from beffroi.credibility.formula import TOP_LEVEL
from beffroi.errors import InputError

Level = int | None
"""0 (broken) … 4 (kept), or None for no opinion."""


def opinions(
    fulfilment_percent: int, residents: int, chance: random.Random, *, opinion_percent: int = 80
) -> list[Level]:
    """What each resident says of a promise.

    Args:
        fulfilment_percent: p, as published.
        residents: how many are asked.
        chance: a seeded generator, for the same electorate again.
        opinion_percent: how many of a hundred have an opinion.

    Raises:
        InputError: a percentage is none.
    """
    if not (0 <= fulfilment_percent <= 100 and 0 <= opinion_percent <= 100):
        raise InputError(f"{fulfilment_percent} and {opinion_percent} must be percentages")
    return [
        sum(chance.randrange(100) < fulfilment_percent for _ in range(TOP_LEVEL))
        if chance.randrange(100) < opinion_percent
        else None
        for _ in range(residents)
    ]


def count(levels: Sequence[Level]) -> tuple[int, int]:
    """How many opinions (n), and what they find missing (U)."""
    given = [level for level in levels if level is not None]
    return len(given), sum(TOP_LEVEL - level for level in given)
