"""What an evaluation burns: Cred's rule with a floor under the turnout, in the integers of Burn.sol.

The rule is Pan-Impact Korea's (2018): what is kept is what was scored. Levels go from 0 (broken) to 4 (kept). The two
are held to the same vectors: `tests/vectors/credibility.json`.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from beffroi.errors import InputError
from beffroi.units import BASIS_POINTS

TOP_LEVEL = 4
FIFTY_MILLION = 50_000_000
"""The supply of the original, the preset."""


def turnout_floor(roll: int, floor_bps: int) -> int:
    """K = max(1, ⌈N·k / 10⁴⌉), rounded up: opinions count as at least so many.

    Args:
        roll: N, how many could take part.
        floor_bps: k, in basis points.
    """
    return max(1, -(-roll * floor_bps // BASIS_POINTS))


def burn(stake: int, opinions: int, missing: int, roll: int, floor_bps: int) -> int:
    """B = ⌊S·U / (4·max(n, K))⌋, rounded down, for the official; never more than the stake.

    Args:
        stake: S, the promise's part of the supply.
        opinions: n, how many had an opinion.
        missing: U = Σ (4 - l)·c_l, what they found missing.
        roll: N.
        floor_bps: k.

    Raises:
        InputError: these cannot be the counts of an evaluation.
    """
    if min(stake, opinions, missing, roll, floor_bps) < 0 or missing > TOP_LEVEL * opinions or opinions > roll:
        raise InputError(f"{opinions} opinions of {roll} that find {missing} missing are no evaluation")
    return stake * missing // (TOP_LEVEL * max(opinions, turnout_floor(roll, floor_bps)))


def unjudged(stake: int, opinions: int, roll: int, floor_bps: int) -> int:
    """F = S - ⌊S·min(n, K) / K⌋, rounded up: what rests on the opinions missing to K is neither kept nor burnt.

    Args:
        stake: S, the promise's part of the supply.
        opinions: n, how many had an opinion.
        roll: N.
        floor_bps: k.
    """
    least = turnout_floor(roll, floor_bps)
    return stake - stake * min(opinions, least) // least


def stakes(supply: int, weights_bps: Sequence[int]) -> tuple[int, ...]:
    """Cuts a supply by weights, in order: ⌊S·W / 10⁴⌋ of the weights up to each, less that of those before it.

    Raises:
        InputError: the weights do not sum to 10,000.
    """
    if sum(weights_bps) != BASIS_POINTS or min(weights_bps) < 0:
        raise InputError(f"weights sum to {sum(weights_bps)}, not to {BASIS_POINTS}")
    marks = [supply * sum_bps // BASIS_POINTS for sum_bps in accumulate(weights_bps, initial=0)]
    return tuple(until - before for before, until in pairwise(marks))


def even_weights(count: int) -> tuple[int, ...]:
    """Weights of so many promises that count the same, in basis points; the first get what does not divide."""
    share, left = divmod(BASIS_POINTS, count)
    return tuple(share + (place < left) for place in range(count))


def score_percent(opinions: int, missing: int) -> float | None:
    """The mean score, from 0 (all broken) to 100 (all kept); None without opinions. To show, never to settle."""
    return 100 * (1 - missing / (TOP_LEVEL * opinions)) if opinions else None
