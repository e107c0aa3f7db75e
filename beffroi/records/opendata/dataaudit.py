"""All that is wrong with a town's published data: catalogue, files, papers, against each other and the chain."""

from collections import Counter
from collections.abc import Iterator

from beffroi.records.openbatch import OpenBatch
from beffroi.records.opendata.catalogue_check import catalogue_problems
from beffroi.records.opendata.daystold import told_of
from beffroi.records.opendata.folder import FoundData, batch_place, file_problems
from beffroi.records.opendata.issueddata import DataStanding
from beffroi.records.paperfile import Home


def data_problems(found: FoundData, known: DataStanding, home: Home) -> list[str]:
    """What is wrong, a sentence each.

    Args:
        found: the folder.
        known: its batches, as they stand on the chain.
        home: the contract that the town's papers are of.
    """
    towns = [it for it in known.histories if it.schema in known.offices]
    batches = {paper.ref: batch for batch in known.batches for paper in batch.papers}
    places = {version: batch_place(batches[version.ref]) for history in towns for version in history.versions}
    return [
        *found.problems,
        *known.problems,
        *known.left_out,
        *_strangers(known),
        *file_problems(found, towns),
        *catalogue_problems(found.catalogue, towns, home, places),
        *(f"{it.identifier}: {problem}" for it in known.histories for problem in it.problems),
        *_repeated(known.batches),
    ]


def _strangers(known: DataStanding) -> Iterator[str]:
    for schema, issuer in dict.fromkeys((it.schema, it.issuer) for it in known.batches):
        if schema not in known.offices:
            yield f"series {schema}:{issuer} is NOT of the town: no office of it opened that schema"


def _repeated(batches: tuple[OpenBatch, ...]) -> Iterator[str]:
    """Of two papers of one day, the difference is that of whom one leaves out, revoked or not."""
    told = Counter(day for batch in batches for day in told_of(batch))
    for (sensors, day, quantity), count in told.items():
        if count > 1:
            yield f"{quantity} of {sensors} on {day} is told {count} times: the difference may be one person's"
