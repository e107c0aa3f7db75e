"""Who owns how much of a parcel, exactly.

Full ownership may be divided in two (*démembrement*, Code civil art. 578): the usufruct, to use the parcel and take its
fruits, and the bare ownership, which becomes full again when the usufruct ends (art. 617). So what some own barely,
others use, and for a whole parcel: full + bare = 1 and full + usufruct = 1, as `LandRegister` demands.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, pairwise

from beffroi.errors import InputError

MAX_WHOLE = 2**24 - 1


class RightKind(StrEnum):
    """The kinds of ownership, in which shares are counted apart, in the order of the contract's `RightKind`."""

    FULL = "full"
    BARE = "bare"
    USUFRUCT = "usufruct"


class SharesError(InputError):
    """The shares do not make a parcel; the message says why."""


@dataclass(frozen=True)
class Share:
    """What one holder has of one kind.

    Attributes:
        holder: an address, or any name that is the same each time.
        kind: the kind of ownership.
        fraction: of the whole parcel, above 0 and at most 1.
    """

    holder: str
    kind: RightKind
    fraction: Fraction


def gathered(shares: Iterable[Share]) -> tuple[Share, ...]:
    """The same shares, those of one holder and kind added up, in a settled order.

    Raises:
        SharesError: a share is not above 0.
    """
    sums: dict[tuple[RightKind, str], Fraction] = defaultdict(Fraction)
    for share in shares:
        if share.fraction <= 0:
            raise SharesError(f"{share.holder} holds {share.fraction} of {share.kind} ownership: a share is above 0")
        sums[share.kind, share.holder] += share.fraction
    order = list(RightKind)
    return tuple(
        Share(holder, kind, fraction)
        for (kind, holder), fraction in sorted(sums.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )


def totals(shares: Iterable[Share]) -> dict[RightKind, Fraction]:
    """The sum of each kind."""
    sums = dict.fromkeys(RightKind, Fraction())
    for share in shares:
        sums[share.kind] += share.fraction
    return sums


def check(shares: Iterable[Share]) -> None:
    """Checks that shares make one whole parcel.

    Raises:
        SharesError: a share is not above 0, or a sum is short of the whole or beyond it.
    """
    sums = totals(gathered(shares))
    for divided in (RightKind.BARE, RightKind.USUFRUCT):
        total = sums[RightKind.FULL] + sums[divided]
        if total != 1:
            raise SharesError(
                f"full ownership ({sums[RightKind.FULL]}) and {divided} ({sums[divided]}) make {total}, not 1"
            )


def denominator(shares: Iterable[Share]) -> int:
    """The smallest number of equal parts in which every share is whole: the least common denominator."""
    return math.lcm(*(share.fraction.denominator for share in shares))


@dataclass(frozen=True)
class Units:
    """Shares as a contract counts them.

    Attributes:
        whole: how many units make the parcel.
        units: the units of each share, in the order of `shares`.
        shares: what they stand for, gathered.
    """

    whole: int
    units: tuple[int, ...]
    shares: tuple[Share, ...]

    @property
    def rights(self) -> list[tuple[str, int, int]]:
        """The contract's `Right` of each: holder, place of the kind in `RightKind`, units."""
        order = list(RightKind)
        return [
            (share.holder, order.index(share.kind), count) for share, count in zip(self.shares, self.units, strict=True)
        ]


def to_units(shares: Iterable[Share], whole: int | None = None) -> Units:
    """Shares as integers that sum exactly.

    Args:
        shares: of a whole parcel.
        whole: how many units make the parcel; the least that suffices if None.

    Raises:
        SharesError: they make no whole parcel, a share is no whole number of units, or there are too many of them.
    """
    listed = gathered(shares)
    check(listed)
    whole = whole or denominator(listed)
    if whole % denominator(listed):
        raise SharesError(f"{whole} units cannot be shared exactly: take a multiple of {denominator(listed)}")
    if whole > MAX_WHOLE:
        raise SharesError(f"{whole} units are more than the {MAX_WHOLE} that a title can count")
    return Units(whole, tuple(int(share.fraction * whole) for share in listed), listed)


def moved(shares: Iterable[Share], part: Share, to: str) -> tuple[Share, ...]:
    """The shares after a holder gave a part to another, in the same kind.

    Args:
        shares: as they are.
        part: who gives, which kind, and how much of the whole parcel.
        to: who receives.

    Raises:
        SharesError: the giver has less than that, or gives nothing.
    """
    if part.fraction <= 0:
        raise SharesError(f"{part.holder} gives {part.fraction}: a share is above 0")
    held = {(share.kind, share.holder): share for share in gathered(shares)}
    own = held.pop((part.kind, part.holder), Share(part.holder, part.kind, Fraction()))
    if own.fraction < part.fraction:
        raise SharesError(f"{part.holder} holds {own.fraction} of {part.kind} ownership and gives {part.fraction}")
    left = [replace(own, fraction=own.fraction - part.fraction)] if own.fraction > part.fraction else []
    return gathered([*held.values(), *left, replace(part, holder=to)])


def divided(shares: Iterable[Share], holder: str, usufructuary: str) -> tuple[Share, ...]:
    """The shares after a holder kept the bare ownership of her full share and gave its usufruct (art. 578 and 579).

    Raises:
        SharesError: she has no full share.
    """
    listed = gathered(shares)
    own = next((share for share in listed if (share.kind, share.holder) == (RightKind.FULL, holder)), None)
    if own is None:
        raise SharesError(f"{holder} holds no full ownership")
    rest = [share for share in listed if share != own]
    parts = [replace(own, kind=RightKind.BARE), replace(own, kind=RightKind.USUFRUCT, holder=usufructuary)]
    return gathered([*rest, *parts])


def reunited(shares: Iterable[Share], usufructuary: str, owner: str) -> tuple[Share, ...]:
    """The shares after a usufruct ended: its owner has the full share again (art. 617).

    Raises:
        SharesError: the usufructuary or the bare owner has no such share, or they are not of the same size.
    """
    listed = gathered(shares)
    ending = ((RightKind.USUFRUCT, usufructuary), (RightKind.BARE, owner))
    own = {share.kind: share for share in listed if (share.kind, share.holder) in ending}
    if len(own) != 2 or own[RightKind.BARE].fraction != own[RightKind.USUFRUCT].fraction:
        raise SharesError(f"the usufruct of {usufructuary} and the bare share of {owner} are not of the same size")
    rest = [share for share in listed if share not in own.values()]
    return gathered([*rest, Share(owner, RightKind.FULL, own[RightKind.BARE].fraction)])


def pro_rata(amount_cents: int, weights: Sequence[int]) -> list[int]:
    """An amount among weights, to the cent, as `Conveyance` pays the sellers.

    Each gets what falls between two floors of the running sum, so the sum is the amount and nobody is off by a cent.

    Args:
        amount_cents: not negative.
        weights: of each, in the order of the deed; not negative, and one at least above 0.

    Raises:
        SharesError: the amount or a weight is negative, or nobody has any weight.
    """
    if amount_cents < 0 or not any(weights) or min(weights) < 0:
        raise SharesError("an amount is shared among weights that are not negative and not all 0")
    whole = sum(weights)
    floors = [amount_cents * running // whole for running in accumulate(weights, initial=0)]
    return [upper - lower for lower, upper in pairwise(floors)]
