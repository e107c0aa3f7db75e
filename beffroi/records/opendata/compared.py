"""A file that is none of the published ones, told by what it comes nearest to: the same rows, or most of them."""

from collections.abc import Iterator, Sequence

from beffroi.records.opendata.csvrows import Rows, difference
from beffroi.records.opendata.dataversion import DataFile, Version
from beffroi.records.opendata.folder import FoundData
from beffroi.records.opendata.history import History


def compared(file: DataFile, known: Sequence[History], found: FoundData) -> list[str]:
    """What a file is like, a sentence for each data set; nothing where it is like none.

    Rows in another order, and those in the same one, are told by the papers alone; how many others have, by files.

    Args:
        file: that no paper is of.
        known: the versions, by data set.
        found: their folder.
    """
    if file.rows is None:
        return []
    told = (next(_like(file, file.rows, history, found), None) for history in known)
    return [it for it in told if it is not None]


def _like(file: DataFile, rows: Rows, history: History, found: FoundData) -> Iterator[str]:
    """Sentences, the latest versions first, whole likeness before what is like in part."""
    latest_first = history.versions[::-1]
    for version in latest_first:
        name = f"version {version.name} of {version.identifier}"
        if version.rows_root == rows.root:
            around = ", and ".join(file.marks) or "a byte order mark, line ends or empty lines are others"
            yield f"it has the same rows as {name}, and is another file: {around}"
        elif version.rows_unordered == rows.unordered:
            yield f"it has the same rows as {name}, in another order"
    differences = [
        (how, version)
        for version in latest_first
        if (published := _rows(found, version)) and (how := difference(rows, published))
    ]
    for how, version in sorted(differences, key=lambda it: it[0].size):
        yield f"it has most rows of version {version.name} of {version.identifier}, not all: {how.words}"


def _rows(found: FoundData, version: Version) -> Rows | None:
    """Of a version's published file, where it is that file."""
    path = found.path(version)
    if version.rows is None or not path.is_file():
        return None
    file = DataFile.read(path)
    return file.rows if file.sha256 == version.sha256 else None
