"""Papers to be sealed, from a CSV file: a column a field, and whom each is about, from when, until when."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from beffroi import csvfile
from beffroi.csvfile import Column
from beffroi.errors import InputError
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paper import NOBODY
from beffroi.records.paperbatch import PaperDraft
from beffroi.spreadsheet import guarded, unguarded
from beffroi.textfile import write_whole
from beffroi.units import DAY_S

MOST_COPIES = 100


def read_drafts(path: Path, definition: Definition) -> list[PaperDraft]:
    """The papers of a file, several copies of one in a row, each salted for itself.

    Columns: the schema's fields; `account`, whom the paper is about; `from` and `until`, days, UTC, the last included;
    `copies`, how many of it are sealed, so that those who see two cannot tell that they are one person's.

    Raises:
        CsvError: a column is unknown or missing, or a value is not of its field's type; with every line.
        InputError: a field of the schema has the name of one of those columns.
    """
    own = (
        Column("account", csvfile.address, required=False),
        Column("from", _day_s, required=False),
        Column("until", _day_s, required=False),
        Column("copies", _copies, required=False),
    )
    if taken := {column.name for column in own} & {field.name for field in definition.fields}:
        raise InputError(f"a list has a column {', '.join(taken)} of its own: name the schema's field otherwise")
    fields = [Column(field.name, _value(field), field.required) for field in definition.fields]
    drafts = []
    for row in csvfile.read(path, [*own, *fields]):
        values: Mapping[str, str | None] = {field.name: row[field.name] for field in definition.fields}
        until_s = row["until"] + DAY_S if row["until"] is not None else 0
        draft = PaperDraft(values, row["account"] or NOBODY, row["from"] or 0, until_s)
        drafts += [draft] * (row["copies"] or 1)
    return drafts


def write_drafts(path: Path, definition: Definition, drafts: Sequence[PaperDraft]) -> None:
    """Writes papers as a file that `read_drafts` reads, and no spreadsheet runs: of their times, the whole days within.

    Raises:
        DefinitionError: a field is unknown, one that is required is missing, or a value is of another type.
        InputError: a paper does not hold for a whole day.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["account", "from", "until", *(field.name for field in definition.fields)])
    for draft in drafts:
        first, after = -(-draft.from_s // DAY_S), draft.until_s // DAY_S
        if draft.until_s and after <= first:
            raise InputError("it does not hold for a whole day, and papers are listed by days")
        days = [_day(first) if draft.from_s else "", _day(after - 1) if draft.until_s else ""]
        subject = "" if draft.subject == NOBODY else draft.subject
        writer.writerow([subject, *days, *(guarded(it or "") for it in definition.values(draft.values))])
    write_whole(path, text.getvalue(), mode=0o600)


def _day(days: int) -> str:
    return (dt.date(1970, 1, 1) + dt.timedelta(days)).isoformat()


def _value(field: SchemaField) -> Callable[[str], str]:
    def parse(text: str) -> str:
        value = text.lower() if field.type in {"address", "hash", "boolean"} else unguarded(text)
        field.require(value)
        return value

    return parse


def _day_s(text: str) -> int:
    try:
        return int(dt.datetime.fromisoformat(f"{text}T00:00Z").timestamp())
    except ValueError as error:
        raise InputError(f"{text[:40]!r} is no day: as 2026-01-31") from error


def _copies(text: str) -> int:
    if not 0 < (count := csvfile.number(text)) <= MOST_COPIES:
        raise InputError(f"{text} copies: 1 to {MOST_COPIES}")
    return count
