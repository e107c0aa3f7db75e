"""What a public file would tell of one home: whether there are enough others, and enough steps, for it to be published.

Totals of each step and allocations of each slot are public, commitments hide the rest. A total of few is nearly a
reading: below `LEAST_MEMBERS` there is no public file. An allocation is Σ k·c with public k, and tells its home's own
readings (`lonereadings`). Two files of one time tell their differences: totals' and allocations', of the few readings
that changed. Of who injects this is said, not refused: there are rarely ten, and sums of few are public anyway.
"""

from collections.abc import Sequence

from beffroi.flows.energy.cells import INJECTS, PublicPeriod
from beffroi.flows.energy.curves import WHOLE, Curves, EnergyError
from beffroi.flows.energy.lonereadings import LEAST_STEPS, lone_readings

LEAST_MEMBERS = 10
_MOST_TOLD = 8


class ExposedError(EnergyError):
    """A public file would lay readings bare: the message says which, and what to do instead."""


def exposures(period: PublicPeriod, curves: Curves, earlier: Sequence[PublicPeriod] = ()) -> list[str]:
    """Why a period has no public file; nothing where it may have one.

    Args:
        period: as it would be published.
        curves: its readings.
        earlier: what was published of the same neighbours.
    """
    return [*_of_few(period), *_of_lone_readings(period, curves), *_of_two_files(period, earlier)]


def remarks(period: PublicPeriod) -> list[str]:
    """What a public file tells of who injects, that they should know before it is published."""
    members = {it.member for it in period.columns[period.consumers :]}
    if not members:
        return []
    few = f"{len(members)} members inject: what they inject together at each step is public, and tells much of each"
    return [few] * (len(members) < LEAST_MEMBERS) + _thin_slots(period)


def require_hidden(period: PublicPeriod, curves: Curves, earlier: Sequence[PublicPeriod] = ()) -> None:
    """Lets no period be published that would lay readings bare; as of `exposures`.

    Raises:
        ExposedError: it would; why.
    """
    if reasons := exposures(period, curves, earlier):
        raise ExposedError(f"no public file: {'; '.join(reasons)}")


def _of_few(period: PublicPeriod) -> list[str]:
    members = {it.member for it in period.columns[: period.consumers]}
    few = f"{len(members)} members draw: a total of fewer than {LEAST_MEMBERS} tells too much of each"
    return [few] * (len(members) < LEAST_MEMBERS)


def _of_lone_readings(period: PublicPeriod, curves: Curves) -> list[str]:
    lone = lone_readings(curves, [it.slot for it in period.totals], period.slots)
    if not lone:
        return []
    told = [
        f"the meter 0x{it.id.hex()} draws at {len(it.steps)} of the steps that slot {it.slot} shares"
        for it in lone[:_MOST_TOLD]
    ] + [f"{len(lone) - _MOST_TOLD} more such"] * (len(lone) > _MOST_TOLD)
    why = (
        "an allocation over so little gives the readings away; let the agent commit anew by `energy commit --rules`, "
        "which counts them as zero, or have fewer slots, or longer periods"
    )
    return [f"{', '.join(told)}: {why}"]


def _of_two_files(period: PublicPeriod, earlier: Sequence[PublicPeriod]) -> list[str]:
    why = (
        "what differs is of the few that changed, and gives them away; state the earlier readings, and mend bills in a "
        "later period"
    )
    return [
        f"the file of period {it.period} that was published before has other readings of the same time: {why}"
        for it in earlier
        if it.start_s < period.end_s and period.start_s < it.end_s and _told(it) != _told(period)
    ]


def _told(period: PublicPeriod) -> tuple[object, ...]:
    """All that hangs on readings: the same commitments are of the same readings."""
    clock = period.start_s, period.step_s, period.consumers, tuple(it.slot for it in period.totals)
    return *clock, period.commitments, tuple(it.value for it in period.allocations)


def _thin_slots(period: PublicPeriod) -> list[str]:
    """Slots whose producers' allocations are of too few steps."""
    found = []
    for slot in range(period.slots):
        pairs = zip(period.weights[INJECTS - 1], period.totals, strict=True)
        weights = [weight for weight, total in pairs if total.slot == slot]
        shared, in_part = sum(it > 0 for it in weights), sum(0 < it < WHOLE for it in weights)
        for steps, how in ((shared, ""), (in_part, " in part")):
            if 0 < steps < LEAST_STEPS:
                found.append(
                    f"in slot {slot} those who inject share{how} at {steps} steps only: an allocation over fewer than "
                    f"{LEAST_STEPS} gives readings away"
                )
                break
    return found
