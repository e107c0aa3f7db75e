"""Files that people hand over, read as text or JSON; what is not that is told in a sentence with its place."""

import codecs
import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.errors import BeffroiError, InputError

MAX_DEPTH = 64
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_STRINGS_AND_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""A string that nobody closes goes to the end: looked for again from each quote in it, a file of them took hours."""
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\\ud800-\\udfff]")


def read_text(path: Path, wrong: type[BeffroiError] = InputError) -> str:
    """The text of a file, in UTF-8 with or without a byte order mark.

    Raises:
        InputError: it is in another encoding, or no text; of the class `wrong`.
        OSError: it cannot be read.
    """
    try:
        return text_of(path.read_bytes())
    except InputError as error:
        raise wrong(f"{path.name}: {error}") from error


def read_json(path: Path, wrong: type[BeffroiError] = InputError, what: str = "JSON") -> Any:
    """What the JSON of a file says; see `json_of`.

    Raises:
        InputError: it is not `what` it should be; of the class `wrong`.
        OSError: it cannot be read.
    """
    text = read_text(path, wrong)
    try:
        return json_of(text)
    except InputError as error:
        raise wrong(f"{path.name} is not {what}: {error}") from error


def write_whole(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Writes a file whole or not at all, even if the machine stops midway; it is on the disk when this returns.

    Args:
        path: of the file; what stands there is replaced.
        content: that it holds afterwards; text as UTF-8.
        mode: who may read it, as far as the process's mask allows.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def text_of(data: bytes) -> str:
    """Bytes as text.

    Raises:
        InputError: they are not UTF-8: where, and what they seem to be.
    """
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            raise InputError(
                f"line 1: this is {name} text, not UTF-8 (“Unicode” in some programs): save the file as UTF-8"
            )
    if data.startswith(b"%PDF"):
        raise InputError("line 1: this is a PDF, not text: export the list itself, in UTF-8")
    if data.startswith(b"\x1f\x8b"):
        raise InputError("this is a gzip archive, not text: unpack it first")
    if (place := data.find(b"\0")) != -1:
        raise InputError(f"{_place(data, place)}: a zero byte: this is no text, or UTF-16: save the file as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = data[error.start : error.start + 1]
        meant = wrong.decode("cp1252", "replace")
        shown = f", “{meant}” in Windows-1252" if meant.isprintable() and meant != "\ufffd" else ""
        raise InputError(
            f"{_place(data, error.start)}: byte 0x{wrong.hex()}{shown}, is not UTF-8: save the file as UTF-8"
        ) from error


def json_of(text: str) -> Any:
    """What a JSON text says, strictly: no key twice, no NaN, no half of a character.

    Raises:
        InputError: it is no JSON, or nested deeper than anything of ours: where, and why.
    """
    require_shallow(text)
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise InputError(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except InputError:
        raise
    except ValueError as error:
        raise InputError("a number of thousands of digits is none of ours") from error
    if _SURROGATE.search(text) and (where := next(_halves(value), None)) is not None:
        raise InputError(f"half of a character (a lone surrogate, \\ud800 to \\udfff) is no text: {where}")
    return value


def _halves(value: Any, where: str = "outside any object") -> Iterator[str]:
    """The keys under which a text holds half of a character."""
    if isinstance(value, str) and _HALF.search(value):
        yield where
    elif isinstance(value, list):
        for it in value:
            yield from _halves(it, where)
    elif isinstance(value, dict):
        for key, it in value.items():
            yield from _halves(key, "a key's own name")
            yield from _halves(it, f"under {key!r}")


def require_shallow(text: str) -> None:
    """Lets no text pass whose brackets nest deeper than anything of ours.

    Python's own guard is gone once a library raises the recursion limit, as py_ecc does: the parser crashes.

    Raises:
        InputError: they do: on which line.
    """
    depth = 0
    for match in _STRINGS_AND_BRACKETS.finditer(text):
        if (bracket := match[0]) in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, match.start()) + 1
                raise InputError(f"line {line}: nested too deeply, more than {MAX_DEPTH} times")
        elif bracket in "]}":
            depth -= 1


def _place(data: bytes, place: int) -> str:
    before = data[:place]
    return f"line {before.count(10) + 1}, byte {place - before.rfind(10)}"


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise InputError(f"{text:.80} is too large a number")
    return value


def _no_constant(name: str) -> None:
    raise InputError(f"{name} is not a number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise InputError(f"the key {twice!r} stands twice in one object")
    return members
