"""How many hashes a forged ballot proof is proven to cost, by the argument of `docs/vote-soundness.md`.

    python -m bench.ballot_bounds

Every quantity is a base-2 logarithm, and ``x`` that of the number of hashes asked for. The names are the document's.
"""

from math import ceil, inf, lgamma, log, log2

from beffroi.ballots.rules import GROUP

ORDER = 256
"""Bits of the group's order and of the strings."""
ADDRESS = 160
SETS = (3, 6, 16, 64)


def _times(expected: float, space: int) -> int:
    """The greatest m for which m-fold coincidences in 2^space are to be expected, of 2^expected things: at least 1."""
    m = 1
    while m < ORDER and (m + 1) * expected - lgamma(m + 2) / log(2) - space * m > 0:
        m += 1
    return m


def tuples(x: float) -> float:
    """T for one group of three: strings that add up to an answer of the hash.

    By Cauchy–Schwarz T² ≤ E₁₂·E₃ with E₁₂ ≤ (|S₁||S₂|)^1.5 and E₃ ≤ |S₃|(|Y| + 2m·|S₃|), at its greatest when the
    queries are split 0.3, 0.3, 0.4 and hardly any is left for Y: 0.066·√(2m)·Q^2.5.
    """
    m = _times(2 * x - 1, ORDER)
    return 2.5 * x + log2(0.0657 * (2 * m) ** 0.5)


def choices(x: float) -> float:
    """4r: shares of one group that a commitment may have been made for, its addresses read in two ways each."""
    most = tuples(x)
    if most >= ORDER:
        return inf
    independent = ceil(ORDER / (ORDER - most))
    if x + independent >= ORDER:
        return inf
    extra = ceil(x * independent / (ORDER - independent + 1 - x))
    return log2(independent + extra) + 2 * log2(_times(x, ADDRESS))


def chance(x: float, messages: int) -> float:
    """The greatest chance of a forgery for a set of three messages or more."""
    others = ceil(messages / GROUP) - 1
    free = ORDER - x - (others * choices(x) if others else 0)
    if free <= 0:
        return inf
    same = max(1, int(ORDER / free))
    return tuples(x) + 2 * log2(_times(x, ADDRESS)) + log2(same) - ORDER


def proven(messages: int) -> float:
    """The number of hashes up to which the chance is below one half."""
    low, high = 0.0, float(ORDER)
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if chance(middle, messages) < -1 else (low, middle)
    return low


def main() -> None:
    """Print the bound of each size of set."""
    for messages in SETS:
        print(f"{messages:3} messages: 2^{proven(messages):.1f}")


if __name__ == "__main__":
    main()
