"""Whole numbers that make a whole: largest remainders (Hamilton's method), the first of equals first."""

from collections.abc import Sequence


def topped(floors: Sequence[int], rests: Sequence[int], missing: int) -> list[int]:
    """Numbers rounded down, of which those with the largest rests get one more.

    Args:
        floors: the numbers, rounded down.
        rests: what each lost by that; compared only.
        missing: how many get one more, at most as many as there are.
    """
    order = sorted(range(len(rests)), key=lambda place: -rests[place])
    raised = {*order[:missing]}
    return [floor + (place in raised) for place, floor in enumerate(floors)]


def apportioned(whole: int, weights: Sequence[int]) -> list[int]:
    """A whole number parted pro rata of weights; nothing where all of them are 0.

    Args:
        whole: what is parted, at least 0.
        weights: at least 0.
    """
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    floors, rests = zip(*(divmod(whole * weight, total) for weight in weights), strict=True)
    return topped(floors, rests, whole - sum(floors))
