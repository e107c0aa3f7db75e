"""What papers of a schema say: fields in order, each of one type. Pure; bytes in docs/papers-format.md."""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from sha3 import keccak_256

from beffroi.csvfile import address
from beffroi.errors import InputError
from beffroi.plain import STRANGE
from beffroi.roll.merkle import hash_leaf
from beffroi.textfile import json_of

FORMAT = "beffroi-schema-1"
DATA_URI = "data:application/json;charset=utf-8,"
"""Of a definition that stands in the schema's own URI (RFC 2397), so that nothing else has to be kept."""
MOST_FIELDS = 64
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,77}")
_HASH = re.compile(r"0x[0-9a-f]{64}")


class DefinitionError(InputError):
    """A definition is none, or a value is not of its field's type."""


def _text(text: str) -> bool:
    return bool(text) and not STRANGE.search(re.sub("[\n\t]", "", text))


def _date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _address(text: str) -> bool:
    return text == text.lower() and address(text).lower() == text


TYPES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "text": (_text, "text, not empty, in which nothing moves what is shown but line breaks and tabs"),
    "integer": (lambda text: bool(_INTEGER.fullmatch(text)), "a whole number without spaces or leading zeros"),
    "date": (_date, "a day, as 2026-01-31"),
    "boolean": (lambda text: text in {"true", "false"}, "true or false"),
    "address": (_address, "an address in small letters: 0x and 40 hexadecimal digits"),
    "hash": (lambda text: bool(_HASH.fullmatch(text)), "0x and 64 hexadecimal digits in small letters"),
}
"""By type: whether a text is a value of it in its one form, and how that form is described."""


@dataclass(frozen=True)
class SchemaField:
    """A field of a schema.

    Attributes:
        name: small letters, digits, underscores; the path of its claim.
        type: of `TYPES`.
        required: whether each paper has a value for it.
    """

    name: str
    type: str = "text"
    required: bool = True

    def require(self, value: str) -> None:
        """Lets no value pass that is not of this type, in its one form.

        Raises:
            DefinitionError: it is not.
        """
        accepts, form = TYPES[self.type]
        try:
            right = accepts(value)
        except InputError:
            right = False
        if not right:
            raise DefinitionError(f"{self.name}: {value[:60]!r} is no {self.type}: {form}")


@dataclass(frozen=True)
class Definition:
    """What papers of a schema say.

    Attributes:
        name: what people call them, in one line.
        fields: in order; the place of each binds its claims.
    """

    name: str
    fields: tuple[SchemaField, ...]

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if not self.name or not 0 < len(names) <= MOST_FIELDS:
            raise DefinitionError(f"a schema has a name, and 1 to {MOST_FIELDS} fields")
        if STRANGE.search(self.name):
            raise DefinitionError(f"{self.name[:60]!r} is no schema's name: it moves what is shown")
        for field in self.fields:
            if not _NAME.fullmatch(field.name):
                raise DefinitionError(f"{field.name[:60]!r} is no field's name: small letters, digits, underscores")
            if field.type not in TYPES:
                raise DefinitionError(f"{field.name}: there is no type {field.type[:60]!r}: {', '.join(TYPES)}")
            if names.count(field.name) > 1:
                raise DefinitionError(f"the field {field.name} stands twice")

    @classmethod
    def parse(cls, text: str) -> "Definition":
        """A definition as `json` writes it, or as somebody else laid the same out.

        Raises:
            DefinitionError: it is none.
            InputError: it is no JSON.
        """
        return cls.of(json_of(text))

    @classmethod
    def of(cls, value: Any) -> "Definition":
        """A definition from JSON as it was read.

        Raises:
            DefinitionError: it is none.
        """
        if not isinstance(value, dict) or value.get("format") != FORMAT or value.keys() != {"format", "name", "fields"}:
            raise DefinitionError(f"a schema is an object of format {FORMAT!r}, name and fields")
        listed = value["fields"]
        if not isinstance(value["name"], str) or not isinstance(listed, list) or not all(map(_is_field, listed)):
            raise DefinitionError("each of a schema's fields is an object of name, type and required, and nothing else")
        return cls(value["name"], tuple(SchemaField(**field) for field in listed))

    @classmethod
    def of_uri(cls, uri: str) -> "Definition":
        """The definition that a schema's own URI holds.

        Raises:
            DefinitionError: it holds none: the definition must come as a file.
            InputError: it is no JSON.
        """
        if not uri.startswith(DATA_URI):
            raise DefinitionError(f"the schema stands at {uri[:100]!r}: bring it as a file")
        return cls.parse(unquote(uri.removeprefix(DATA_URI)))

    @cached_property
    def json(self) -> dict[str, Any]:
        """As JSON has it."""
        fields = [{"name": it.name, "type": it.type, "required": it.required} for it in self.fields]
        return {"format": FORMAT, "name": self.name, "fields": fields}

    @cached_property
    def uri(self) -> str:
        """With the definition in it."""
        return DATA_URI + quote(_canonical(self.json))

    @cached_property
    def hash(self) -> bytes:
        """Keccak of its JSON with keys in order and no spaces, 32 bytes."""
        digest: bytes = keccak_256(_canonical(self.json).encode()).digest()
        return digest

    @cached_property
    def leaf(self) -> bytes:
        """What stands before the claims in their tree: keccak(keccak(hash)), 32 bytes."""
        return hash_leaf(self.hash)

    @cached_property
    def hashed_places(self) -> tuple[tuple[bytes, bytes], ...]:
        """Of each field's claim, its place in 32 bytes and the hash of its name."""
        return tuple((at.to_bytes(32), keccak_256(name.encode()).digest()) for name, at in self._places.items())

    def place(self, name: str) -> int:
        """Where a field's claim stands in the tree of claims: from 1 on, the schema's hash being at 0.

        Raises:
            DefinitionError: it has no such field.
        """
        if name not in self._places:
            raise DefinitionError(f"{self.name} has no field {name[:60]!r}: {', '.join(self._places)}")
        return self._places[name]

    def values(self, given: Mapping[str, str | None]) -> tuple[str | None, ...]:
        """The values of a paper in the fields' order, None for one that has none.

        Raises:
            DefinitionError: a field is unknown, one that is required is missing, or a value is of another type.
        """
        for name in given.keys() - self._places.keys():
            self.place(name)
        values = tuple(given.get(name) for name in self._places)
        for field, value in zip(self.fields, values, strict=True):
            if value is not None:
                field.require(value)
            elif field.required:
                raise DefinitionError(f"{field.name}: a value is required")
        return values

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {field.name: place for place, field in enumerate(self.fields, 1)}


def _is_field(field: Any) -> bool:
    kinds = {"name": str, "type": str, "required": bool}
    return (
        isinstance(field, dict)
        and field.keys() == kinds.keys()
        and all(isinstance(field[key], kind) for key, kind in kinds.items())
    )


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
