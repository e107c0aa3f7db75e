"""Units that several modules count in, and how an amount is written for people."""

CENTS_PER_EURO = 100


def euros(cents: int) -> str:
    """An amount of cents as people read it: 1,234.50, -0.05."""
    whole, rest = divmod(abs(cents), CENTS_PER_EURO)
    return f"{'-' if cents < 0 else ''}{whole:,}.{rest:02d}"
