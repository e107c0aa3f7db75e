"""Writes tests/vectors/credibility.json by rational arithmetic, independent of the formula in Python and Solidity."""

import json
import math
import random
from fractions import Fraction
from pathlib import Path

BURNS, CUTS = 300, 40
MOST_VOTERS = (1 << 24) - 1


def burnt(stake: int, opinions: int, missing: int, roll: int, floor_bps: int) -> int:
    """S·U / (4·max(n, K)), as a fraction, then rounded down."""
    floor = max(1, math.ceil(Fraction(roll * floor_bps, 10_000)))
    return math.floor(Fraction(stake) * Fraction(missing, 4) / max(opinions, floor))


def unjudged(stake: int, opinions: int, roll: int, floor_bps: int) -> int:
    """S·(K - n) / K where n < K, as a fraction, then rounded up; else 0."""
    floor = max(1, math.ceil(Fraction(roll * floor_bps, 10_000)))
    return math.ceil(Fraction(stake) * Fraction(max(0, floor - opinions), floor))


def cut(supply: int, weights_bps: list[int]) -> list[int]:
    """What each leaves of the whole units that it and those before it have not reached."""
    parts: list[int] = []
    share = Fraction(0)
    for weight in weights_bps:
        share += Fraction(supply * weight, 10_000)
        parts.append(math.floor(share) - sum(parts))
    return parts


def vectors(chance: random.Random) -> dict[str, dict[str, list[object]]]:
    """The edges first, then anything."""
    burns = [(5_000_000, 600, 1_200, 2_000, 100), (0, 0, 0, 1, 0), (7, 1, 4, 1, 0),
             (10**9, 1, 4, 1_000_000, 100), (10**9, 0, 0, MOST_VOTERS, 10_000),
             (2**96 - 1, MOST_VOTERS, 4 * MOST_VOTERS, MOST_VOTERS, 100)]  # fmt: skip
    while len(burns) < BURNS:
        roll = chance.randint(1, 10 ** chance.randint(0, 7))
        opinions = chance.randint(0, roll)
        stake, floor_bps = chance.randint(0, 10 ** chance.randint(0, 28)), chance.choice((0, 1, 100, 500, 10_000))
        burns.append((stake, opinions, chance.randint(0, 4 * opinions), roll, floor_bps))
    cuts: list[tuple[int, list[int]]] = [(50_000_000, [1_000] * 10), (7, [3_334, 3_333, 3_333]), (1, [5_000, 5_000])]
    while len(cuts) < CUTS:
        marks = sorted(chance.randint(0, 10_000) for _ in range(chance.randint(0, 63)))
        weights = [b - a for a, b in zip([0, *marks], [*marks, 10_000], strict=True)]
        cuts.append((chance.randint(0, 10 ** chance.randint(0, 20)), weights))
    names = ("stake", "opinions", "missing", "roll", "floor_bps")
    # As text: JSON numbers beyond 2⁵³ are not the same to every reader.
    return {
        "burns": {name: [str(case[place]) for case in burns] for place, name in enumerate(names)}
        | {"burnt": [str(burnt(*case)) for case in burns]}
        | {"unjudged": [str(unjudged(case[0], case[1], *case[3:])) for case in burns]},
        "cuts": {
            "supply": [str(supply) for supply, _ in cuts],
            "weights_bps": [[str(weight) for weight in weights] for _, weights in cuts],
            "stakes": [[str(part) for part in cut(supply, weights)] for supply, weights in cuts],
        },
    }


if __name__ == "__main__":
    text = json.dumps(vectors(random.Random(2018)), indent=0, separators=(",", ":"))
    Path(__file__).with_name("credibility.json").write_text(text + "\n", encoding="utf-8")
