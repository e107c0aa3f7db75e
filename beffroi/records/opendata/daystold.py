"""Which days a series has told: none is told twice, whoever is left out the second time."""

from collections.abc import Collection, Sequence

from beffroi.errors import InputError
from beffroi.plain import folded
from beffroi.records.openbatch import OpenBatch
from beffroi.records.opendata.sensorsday import DAY, Measured
from beffroi.records.paperfile import hexed


def told_of(batch: OpenBatch) -> list[tuple[str, str, str]]:
    """Of which group, day and quantity a batch tells; nothing where it is no batch of days."""
    if batch.definition != DAY:
        return []
    said = [it.values for it in batch.papers]
    return [(folded(it["sensors"]), it["day"], folded(it["quantity"])) for it in said]


def require_untold(measured: Measured, issued: Collection[bytes], earlier: Sequence[OpenBatch]) -> None:
    """Refuses a day that its series has told: of two sums, the difference is that of whom one of them leaves out.

    Args:
        measured: what is to be told.
        issued: the roots of the series' batches.
        earlier: batches, of which those that were issued count, revoked or not.

    Raises:
        InputError: the day was told, or an issued batch is not among the earlier ones.
    """
    own = {it.root: it for it in earlier}
    if missing := [hexed(it) for it in issued if it not in own]:
        raise InputError(
            f"{len(missing)} batches of the series are not given --earlier, as {missing[0]}: give the town's folder, "
            "and those that are not published yet, so that no day is told twice"
        )
    name = (folded(measured.group), measured.day.isoformat(), folded(measured.quantity))
    if any(name in told_of(own[root]) for root in issued):
        raise InputError(
            f"{measured.quantity} of {measured.group} on {measured.day} was told: told again with a reading more or "
            "less, the difference is one person's; leave it as it is"
        )
