"""What idle money loses, to the unit: the mirror of `Demurrage.sol`, held to it by shared vectors."""

from decimal import Decimal, localcontext
from fractions import Fraction

from beffroi.errors import InputError

ONE = 1 << 128
FRACTION = 1 << 64
DAYS_PER_FOUR_YEARS = 1_461


def kept_per_day(yearly_rate: Decimal) -> int:
    """γ·2¹²⁸, what a balance keeps after a day: γ = (1 − rate)^(1/365.25), rounded up; 0 for no demurrage.

    Exact: the smallest integer K with (K/2¹²⁸)^1461 ≥ (1 − rate)^4, since four years are 1,461 days. A decimal
    approximation comes first and integers decide. Circles' 7 % a year is γ = 0.93^(1/365.25).

    Args:
        yearly_rate: lost in a year of 365.25 days, 0 ≤ rate < 1.

    Raises:
        InputError: the rate is outside.
    """
    if not 0 <= yearly_rate < 1:
        raise InputError(f"a yearly demurrage of {yearly_rate} is not between 0 and 1")
    if yearly_rate == 0:
        return 0
    numerator, denominator = (1 - yearly_rate).as_integer_ratio()
    target: int = numerator**4 << (128 * DAYS_PER_FOUR_YEARS)
    scale: int = denominator**4

    def enough(kept: int) -> bool:
        power: int = kept**DAYS_PER_FOUR_YEARS
        return power * scale >= target

    with localcontext(prec=80):
        rate = Decimal(numerator) / Decimal(denominator)
        kept = int(rate ** (Decimal(4) / DAYS_PER_FOUR_YEARS) * ONE)
    while not enough(kept):
        kept += 1
    while enough(kept - 1):
        kept -= 1
    return min(ONE - 1, kept)


def kept(kept_per_day_: int, elapsed_days: int) -> int:
    """γᵈ·2¹²⁸ by repeated squaring, each product rounded up; at most ONE."""
    result, power, left = ONE, kept_per_day_, elapsed_days
    while left:
        if left & 1:
            result = _product_up(result, power)
        power = _product_up(power, power)
        left >>= 1
    return result


def loss(balance_cents: int, fraction: int, kept_per_day_: int, elapsed_days: int) -> tuple[int, int]:
    """(cents lost, fraction left): ⌊balance·(1 − γᵈ) + fraction⌋ and what remains of it, in cents·2⁻⁶⁴.

    Args:
        balance_cents: at most 2⁸⁰ − 1.
        fraction: owed from before, in cents·2⁻⁶⁴, below one cent.
        kept_per_day_: γ·2¹²⁸.
        elapsed_days: since demurrage was last taken.
    """
    owed = (balance_cents * (ONE - kept(kept_per_day_, elapsed_days)) >> 64) + fraction
    return owed // FRACTION, owed % FRACTION


def law(balance_cents: int, kept_per_day_: int, elapsed_days: int) -> Fraction:
    """balance·(1 − γᵈ) without any rounding, in cents: what `loss` never exceeds."""
    return balance_cents * (1 - Fraction(kept_per_day_, ONE) ** elapsed_days)


def _product_up(a: int, b: int) -> int:
    return -(-a * b // ONE)
