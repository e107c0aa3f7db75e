"""Real participatory budgets, as Pabulib publishes them: projects, and the ballots cast on them.

Format: Stolicki, Szufa & Talmon, "Pabulib: A Participatory Budgeting Library", 2020: three sections, `META`, `PROJECTS`
and `VOTES`, each a table between semicolons under a line that names its columns. A project is known by its
`project_id`, which is a text: towns number theirs with letters, points and strokes.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from beffroi.ballots.rules import MOST_CHOICES, MOST_CIPHERTEXTS
from beffroi.consultation.polls import ConsultationError
from beffroi.consultation.subject import Subject
from beffroi.errors import InputError
from beffroi.textfile import read_text

COLUMNS = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
"""Those that each section cannot do without."""
ADD_UP = "what is opened of a secret vote is a sum of all ballots"
REFUSED = {
    "ordinal": f"its ballots rank projects, and {ADD_UP}, from which no ranks can be read",
    "scoring": f"its ballots score projects without a bound in all, and {ADD_UP}, each proven to stay within bounds",
}
"""Why a kind of ballot cannot be cast in secret here."""

NUMBER = re.compile("[0-9]{1,8}")

Choice = int | tuple[int, ...]
"""A project's place; those of several; or the points of each."""


@dataclass(frozen=True)
class Project:
    """What may be paid for.

    Attributes:
        id: as the town numbers it.
        name: its title; the id where it has none.
        cost: in the currency's units, as the file has it.
    """

    id: str
    name: str
    cost: str


@dataclass(frozen=True)
class Budget:
    """A participatory budget that people voted on.

    Attributes:
        name: of the place and the year.
        subject: what was asked: a single choice, an approval, or points, over the projects in order.
        projects: in the file's order.
        choices: of each voter, as `Question.messages` takes it.
    """

    name: str
    subject: Subject
    projects: tuple[Project, ...]
    choices: tuple[Choice, ...]

    @property
    def results(self) -> list[int]:
        """What each project got: votes, or points."""
        got: Counter[int] = Counter()
        for choice in self.choices:
            if isinstance(choice, int):
                got[choice] += 1
            elif self.subject.kind == "points":
                got.update(dict(enumerate(choice)))
            else:
                got.update(choice)
        return [got[place] for place in range(len(self.projects))]


def read(path: Path) -> Budget:
    """The budget of a file, read whole or refused.

    Raises:
        InputError: it is no such file, its ballots cannot be cast in secret here, or one of them breaks its own rule:
            where, and why.
    """
    try:
        return _File(read_text(path)).budget
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from error


Row = Mapping[str, str]
"""What stands in the columns of a line."""
Table = list[tuple[int, Row]]
"""Rows, each with the number of its line."""


class _File:
    """What the sections of a file say."""

    def __init__(self, text: str) -> None:
        self._tables = _tables(text)
        self._meta = {row["key"].strip().lower(): row["value"].strip() for _, row in self._tables["META"]}
        self._projects = _projects(self._tables["PROJECTS"])
        self._places = {project.id: place for place, project in enumerate(self._projects)}

    @property
    def budget(self) -> Budget:
        kind = self._meta.get("vote_type", "").lower()
        if kind in REFUSED:
            raise InputError(f"vote_type is {kind}: {REFUSED[kind]}")
        kinds: dict[str, Callable[[Row], Choice]] = {
            "approval": self._approval, "choose-1": self._single, "cumulative": self._points,
        }  # fmt: skip
        choice_of = kinds.get(kind)
        if choice_of is None:
            raise InputError(f"vote_type is {kind!r}: approval, choose-1 and cumulative are read")
        self._require("num_projects", len(self._projects))
        self._require("num_votes", len(self._tables["VOTES"]))
        subject, choices = self._subject(kind), list[Choice]()
        try:
            asked = subject.asked
        except ConsultationError as error:
            raise InputError(str(error)) from error
        for line, row in self._tables["VOTES"]:
            try:
                choices.append(choice_of(row))
                asked.messages(choices[-1])
            except InputError as error:
                raise InputError(f"line {line}, voter {row['voter_id']}: {error}") from error
        return Budget(subject.question, subject, self._projects, tuple(choices))

    def _subject(self, kind: str) -> Subject:
        question = " ".join(self._meta[it] for it in ("unit", "instance") if self._meta.get(it))
        named = Counter(it.name for it in self._projects)
        names = tuple(it.name if named[it.name] == 1 else f"{it.name} ({it.id})" for it in self._projects)
        most = MOST_CHOICES if kind == "choose-1" else MOST_CIPHERTEXTS
        if len(names) > most:
            raise InputError(f"{len(names)} projects: {most} at most fit a secret ballot of this kind")
        if kind == "choose-1":
            return Subject(question, names)
        if kind == "approval":
            longest = min(self._number("max_length", len(names)), len(names))
            return Subject(question, names, "approval", self._number("min_length", 0), longest)
        total = self._number("max_sum_points")
        return Subject(question, names, "points", maximum=self._number("max_points", total), total=total)

    def _number(self, key: str, otherwise: int | None = None) -> int:
        said = self._meta.get(key, "")
        if not said and otherwise is not None:
            return otherwise
        if not NUMBER.fullmatch(said):
            raise InputError(f"META has no whole number under {key}")
        return int(said)

    def _require(self, key: str, found: int) -> None:
        if self._number(key, found) != found:
            raise InputError(f"{key} is {self._meta[key]}, and {found} are there")

    def _voted(self, row: Row) -> list[int]:
        ids = _listed(row["vote"])
        if unknown := [it for it in ids if it not in self._places]:
            raise InputError(f"project {unknown[0]} is not in PROJECTS")
        if twice := [it for it, times in Counter(ids).items() if times > 1]:
            raise InputError(f"project {twice[0]} is named twice: nobody can tell what is meant")
        return [self._places[it] for it in ids]

    def _single(self, row: Row) -> int:
        voted = self._voted(row)
        if len(voted) != 1:
            raise InputError(f"{len(voted)} projects are named, where each voter chooses one")
        return voted[0]

    def _approval(self, row: Row) -> tuple[int, ...]:
        return tuple(self._voted(row))

    def _points(self, row: Row) -> tuple[int, ...]:
        voted, given = self._voted(row), _listed(row.get("points", ""))
        if len(given) != len(voted) or not all(map(NUMBER.fullmatch, given)):
            raise InputError("not as many points as projects, or one is no whole number")
        points = dict.fromkeys(range(len(self._places)), 0) | dict(zip(voted, map(int, given), strict=True))
        return tuple(points.values())


def _projects(table: Table) -> tuple[Project, ...]:
    ids = [row["project_id"].strip() for _, row in table]
    if twice := [it for it, times in Counter(ids).items() if times > 1]:
        raise InputError(f"project {twice[0]} stands twice in PROJECTS")
    return tuple(
        Project(id_, row.get("name", "").strip() or id_, row["cost"].strip())
        for id_, (_, row) in zip(ids, table, strict=True)
    )


def _tables(text: str) -> dict[str, Table]:
    """The sections by name.

    Raises:
        InputError: one is missing, or does not name its columns.
    """
    tables: dict[str, Table] = {}
    section, columns = "", None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    for fields in reader:
        line, first = reader.line_num, fields[0].strip().upper() if fields else ""
        if not any(map(str.strip, fields)):
            continue
        if first in COLUMNS and not any(fields[1:]):
            section, columns = first, None
            tables[section] = []
        elif not section:
            raise InputError(f"line {line}: this stands before META, with which such a file begins")
        elif columns is None:
            columns = [it.strip().lower() for it in fields]
            if missing := [it for it in COLUMNS[section] if it not in columns]:
                raise InputError(f"line {line}: {section} begins with its columns' names, and {missing[0]} is none")
        elif any(fields[len(columns) :]):
            raise InputError(f"line {line}: {len(fields)} fields, where {section} has {len(columns)} columns")
        else:
            tables[section].append((line, dict.fromkeys(columns, "") | dict(zip(columns, fields, strict=False))))
    if missing := [it for it in COLUMNS if not tables.get(it)]:
        raise InputError(f"there is nothing under {missing[0]}: a Pabulib file has {', '.join(COLUMNS)}")
    return tables


def _listed(text: str) -> list[str]:
    return [it.strip() for it in text.split(",") if it.strip()]
