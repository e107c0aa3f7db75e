"""What is asked: a question, its options, what a ballot may hold; and the hashes by which the chain refers to them."""

import base64
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.ballots.params import Params
from beffroi.ballots.rules import (
    MOST_CHOICES,
    MOST_CIPHERTEXTS,
    MOST_POINTS,
    Question,
    RuleError,
    approval,
    counters,
    points,
    single_choice,
)
from beffroi.ballots.transcript import keccak
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.plain import STRANGE
from beffroi.textfile import json_of, read_json, text_of

DATA_URI = "data:application/json;base64,"
KINDS = ("single", "approval", "points")
_NUMBERS = ("minimum", "maximum", "total")
_UNSEEN = re.compile("[\\u00ad\\u200b-\\u200f\\u2060\\ufeff]")
"""Hyphens that only a line's end shows, spaces of no width, marks of direction."""
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
"""Control characters too: they show nothing else."""


@dataclass(frozen=True)
class Subject:
    """A question put to the vote.

    Attributes:
        question: its text.
        options: their texts, in the order of the ballot; of a single choice, a blank one included.
        kind: `single`, `approval` or `points`.
        minimum: of approvals.
        maximum: of approvals; of points, what one option may get. None for no bound.
        total: of points, all that a voter may give.
    """

    question: str
    options: tuple[str, ...]
    kind: str = "single"
    minimum: int = 0
    maximum: int | None = None
    total: int | None = None

    @cached_property
    def asked(self) -> Question:
        """The rule, with the meaning of its counters.

        Raises:
            ConsultationError: no ballot can have this form.
        """
        size = len(self.options)
        try:
            match self.kind:
                case "single":
                    return single_choice(size)
                case "approval":
                    return approval(size, self.minimum, self.maximum)
                case "points" if self.maximum is not None and self.total is not None:
                    return points(size, self.maximum, self.total)
        except RuleError as error:
            raise ConsultationError(f"the question: {error}") from error
        raise ConsultationError("the question's kind is single, approval, or points with a maximum and a total")

    @property
    def question_hash(self) -> bytes:
        """keccak256 of the question's text in UTF-8."""
        return keccak(self.question.encode())

    @property
    def options_hash(self) -> bytes:
        """keccak256 of the options as a JSON list without spaces, in UTF-8."""
        return keccak(json.dumps(self.options, ensure_ascii=False, separators=(",", ":")).encode())

    @property
    def data_uri(self) -> str:
        """The whole subject as a URI that needs no server: it stands in the event that opens the consultation."""
        return DATA_URI + base64.b64encode(json.dumps(asdict(self), ensure_ascii=False).encode()).decode()

    def is_of(self, params: Params) -> bool:
        """Whether this is what the consultation asks."""
        texts = (self.question_hash, self.options_hash)
        return texts == (params.question_hash, params.options_hash) and self.asked.rule.hash == params.rule.hash

    def messages(self, choice: str) -> tuple[int, ...]:
        """What a ballot encrypts for a choice in words.

        Args:
            choice: options by number from 1 or by text, between `;`; of points, `option=points` between `;`.

        Raises:
            ConsultationError: an option is unknown, or the rule does not allow the choice.
        """
        parts = [part.strip() for part in choice.split(";") if part.strip()]
        try:
            if self.kind == "single":
                if len(parts) != 1:
                    raise ConsultationError("choose one option")
                return self.asked.messages(self._option(parts[0]))
            if self.kind == "approval":
                return self.asked.messages(self._once([self._option(part) for part in parts]))
            named = [part.rpartition("=") for part in parts]
            places = self._once([self._option(name.strip()) for name, _, _ in named])
            given = dict.fromkeys(range(len(self.options)), 0)
            given |= {place: int(number) for place, (_, _, number) in zip(places, named, strict=True)}
            return self.asked.messages(list(given.values()))
        except ValueError as error:
            raise ConsultationError(f"{choice!r}: {error}") from error

    @property
    def shown(self) -> str:
        """What a voter reads before her ballot is made."""
        return self.question

    def got(self, totals: Sequence[tuple[int, int]], ballots: int) -> list[str]:
        """What each option got, in words.

        Raises:
            RuleError: the counters cannot be those of so many ballots.
        """
        return [f"{it:,}" for it in self.asked.results(totals, ballots)]

    def held(self, messages: Sequence[int]) -> str:
        """What a ballot of these messages says, in words."""
        held = self.asked.results(list(map(counters, messages)), 1)
        named = zip(self.options, held, strict=True)
        return "; ".join(f"{it} ({count})" if count > 1 else it for it, count in named if count) or "nothing"

    def _once(self, places: list[int]) -> list[int]:
        if twice := next((self.options[place] for place in places if places.count(place) > 1), None):
            raise ConsultationError(f"{twice!r} is chosen twice: name each once")
        return places

    def _option(self, name: str) -> int:
        if name in self.options:
            return self.options.index(name)
        if name.isdigit() and 1 <= int(name) <= len(self.options):
            return int(name) - 1
        raise ConsultationError(f"there is no option {name!r}; there are: {'; '.join(self.options)}")


def parse(values: Mapping[str, Any]) -> Subject:
    """The subject of a JSON object.

    Raises:
        ConsultationError: a key is missing, unknown, of another kind, or out of bounds.
    """
    known = set(Subject.__dataclass_fields__)
    if unknown := set(values) - known:
        raise ConsultationError(f"a question has no {', '.join(sorted(unknown))}: it has {', '.join(sorted(known))}")
    if not _is_text(values.get("question")):
        raise ConsultationError("a question needs `question`, a text that says something")
    options = values.get("options")
    if not isinstance(options, list | tuple) or not options or not all(map(_is_text, options)):
        raise ConsultationError("a question needs `options`, a list of texts of which none is empty")
    for key, text in [("question", values["question"]), *(("options", it) for it in options)]:
        if strange := STRANGE.search(text):
            raise ConsultationError(
                f"`{key}` holds the character U+{ord(strange[0]):04X}, which shows nothing and moves what is shown: "
                "leave it out"
            )
    if len(set(map(_as_read, options))) != len(options):
        raise ConsultationError(
            "an option stands twice in `options`: spaces, or an accent written apart, make no other for who reads it"
        )
    kind = values.get("kind", "single")
    if kind not in KINDS:
        raise ConsultationError("the question's kind is single, approval or points")
    for name in _NUMBERS:
        number = values.get(name, 0)
        may_miss = number is None and name != "minimum"
        if not may_miss and (not isinstance(number, int) or isinstance(number, bool)):
            raise ConsultationError(f"the question's {name} is {json.dumps(number)}: a whole number, without quotes")
    subject = Subject(**{**values, "options": tuple(options)})
    _require_bounds(subject)
    return subject


def _require_bounds(subject: Subject) -> None:
    """Lets no number pass that a ballot of its kind cannot prove, or would pass over in silence."""
    kind, size = subject.kind, len(subject.options)
    least, most = (2, MOST_CHOICES) if kind == "single" else (1, MOST_CIPHERTEXTS)
    if not least <= size <= most:
        raise ConsultationError(f"`options` are {size:,}: kind {kind} takes {least} to {most}")
    bounds = {
        "approval": {"minimum": (0, size), "maximum": (subject.minimum, size)},
        "points": {"maximum": (1, MOST_POINTS), "total": (1, MOST_POINTS)},
    }.get(kind, {})
    for name in _NUMBERS:
        number = getattr(subject, name)
        low, high = bounds.get(name, (0, 0))
        if number is None and (kind == "approval" or name not in bounds):
            continue
        if number is None or not low <= number <= high:
            meant = f"from {low} to {high}" if name in bounds else "left out"
            raise ConsultationError(f"the question's {name} is {json.dumps(number)}: for kind {kind} it is {meant}")


def _as_read(text: str) -> str:
    """A text as whoever reads it tells it from another: NFC, one space for several, nothing that shows nothing."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip()


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(_as_read(value))


def read(path: Path) -> Subject:
    """The subject of a JSON file.

    Raises:
        ConsultationError: it is not one.
    """
    values = read_json(path, ConsultationError)
    if not isinstance(values, dict):
        raise ConsultationError(f"{path.name} does not hold a question")
    return parse(values)


def subject_of(polls: Polls, params: Params, path: Path | None = None) -> Subject | None:
    """What a consultation asks, by the text on the chain or by a file; None when the text is elsewhere.

    Args:
        polls: the contracts.
        params: those that a ballot is made for, or was checked by: asked anew, a node could exchange the options.
        path: of the file.

    Raises:
        ConsultationError: the text is not what the consultation's hashes say.
    """
    if path is not None:
        subject = read(path)
    else:
        opened = polls.consultations.events(polls.rpc, "ConsultationOpened", first=polls.first)
        uri = next((it.args["terms"][9] for it in opened if it.args["consultation"] == params.consultation), "")
        if not uri.startswith(DATA_URI):
            return None
        subject = _of_uri(uri)
    if not subject.is_of(params):
        raise ConsultationError(f"the text is not the one that consultation {params.consultation} puts to the vote")
    return subject


def told_of(polls: Polls, params: Params, path: Path | None = None) -> tuple[Subject | None, str]:
    """What a consultation asks, or why its opener's text does not say: nobody's words take a count away.

    The arguments are `subject_of`'s.

    Raises:
        ConsultationError: the file holds another question.
    """
    try:
        return subject_of(polls, params, path), ""
    except ConsultationError as error:
        if path is not None:
            raise
        return None, str(error)


def _of_uri(uri: str) -> Subject:
    """Whoever opened the consultation wrote it: it may hold anything."""
    try:
        values = json_of(text_of(base64.b64decode(uri.removeprefix(DATA_URI), validate=True)))
    except ValueError as error:
        raise ConsultationError(f"the text on the chain is no question: {error}") from error
    if not isinstance(values, dict):
        raise ConsultationError("the text on the chain is no question")
    return parse(values)
