"""Units that several modules count in, and how an amount is written for people."""

MINUTE_S = 60
HOUR_S = 3_600
DAY_S = 86_400

GWEI = 10**9
"""In wei."""
ETHER = 10**18
"""In wei."""

BASIS_POINTS = 10_000
"""Of a whole: 1 basis point is 0.01 %."""
CENTS_PER_EURO = 100


def euros(cents: int, *, grouping: str = ",") -> str:
    """An amount of cents as people read it: 1,234.50, -0.05.

    Args:
        cents: the amount.
        grouping: what stands between thousands; nothing in files.
    """
    whole, rest = divmod(abs(cents), CENTS_PER_EURO)
    thousands = f"{whole:,}".replace(",", grouping)
    return f"{'-' if cents < 0 else ''}{thousands}.{rest:02d}"
