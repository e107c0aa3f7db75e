"""What a public file would tell of one home: whether there are enough others, and enough steps, for it to be published.

Totals of each step and allocations of each slot are public, commitments hide the rest. A total of few is nearly a
reading: below `LEAST_MEMBERS` there is no public file. An allocation is Σ k·c with public k: over one step it gives a
reading away, over a few a lattice does (the fractions of 2³² alone are 32 bits of equation). So a slot shares at no
step or at `LEAST_STEPS`, and in part at none or at as many: sixteen readings of ten bits have a hundred bits more than
an allocation tells. Of who injects this is said, not refused: there are rarely ten, and sums of few are public anyway.
"""

from beffroi.flows.energy.cells import DRAWS, INJECTS, PublicPeriod
from beffroi.flows.energy.curves import WHOLE, EnergyError

LEAST_MEMBERS, LEAST_STEPS = 10, 16
_WORDS = {DRAWS: "who draw", INJECTS: "who inject"}


class ExposedError(EnergyError):
    """A public file would lay readings bare: share the bills in private; the message says what is too little."""


def exposures(period: PublicPeriod) -> list[str]:
    """Why a period has no public file; nothing where it may have one."""
    members = {it.member for it in period.columns[: period.consumers]}
    few = f"{len(members)} members draw: a total of fewer than {LEAST_MEMBERS} tells too much of each"
    return [few] * (len(members) < LEAST_MEMBERS) + _thin_slots(period, DRAWS)


def remarks(period: PublicPeriod) -> list[str]:
    """What a public file tells of who injects, that they should know before it is published."""
    members = {it.member for it in period.columns[period.consumers :]}
    if not members:
        return []
    few = f"{len(members)} members inject: what they inject together at each step is public, and tells much of each"
    return [few] * (len(members) < LEAST_MEMBERS) + _thin_slots(period, INJECTS)


def _thin_slots(period: PublicPeriod, kind: int) -> list[str]:
    """Slots whose allocations are of too few steps."""
    found = []
    for slot in range(period.slots):
        pairs = zip(period.weights[kind - 1], period.totals, strict=True)
        weights = [weight for weight, total in pairs if total.slot == slot]
        shared, in_part = sum(it > 0 for it in weights), sum(0 < it < WHOLE for it in weights)
        for steps, how in ((shared, ""), (in_part, " in part")):
            if 0 < steps < LEAST_STEPS:
                found.append(
                    f"in slot {slot} those {_WORDS[kind]} share{how} at {steps} steps only: an allocation over fewer "
                    f"than {LEAST_STEPS} gives readings away; have fewer slots, or longer periods"
                )
                break
    return found


def require_hidden(period: PublicPeriod) -> None:
    """Lets no period be published that would lay readings bare.

    Raises:
        ExposedError: it would; why.
    """
    if reasons := exposures(period):
        raise ExposedError(f"no public file: {'; '.join(reasons)}")
