"""Reads a YAML file into a pydantic model; an error names the file, the line, the key, and what is allowed there."""

import difflib
import re
import types
import typing
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from beffroi.errors import InputError
from beffroi.textfile import require_shallow, text_of

Model = TypeVar("Model", bound=BaseModel)
Path_ = tuple[str | int, ...]
Lines = dict[Path_, int]

MOST_VALUES = 20_000
"""In one file; a few aliases of aliases make billions."""


class ConfigError(InputError):
    """A file of settings is not right; the message has a line for each thing to correct."""


def read_yaml(path: Path, model: type[Model], whole: str) -> Model:
    """What a file says.

    Args:
        path: of it.
        model: of what may stand in it.
        whole: what it is about, where no key is to blame: the town.

    Raises:
        ConfigError: the file cannot be read, is not YAML, or says something that is not allowed.
    """
    try:
        text = text_of(path.read_bytes())
        require_shallow(text)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except InputError as error:
        raise ConfigError(f"{path}: {error}") from error
    lines: Lines = {(): 1}
    try:
        node = YAML().compose(text)
        content = _plain(node, (), lines) if node is not None else {}
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: not YAML: {error.problem}") from error
    except YAMLError as error:
        raise ConfigError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deeply, or within itself") from error
    except _PlaceError as error:
        raise ConfigError(f"{path}:{error.line}: {error}") from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        messages = [_message(path, content, lines, details, model, whole) for details in error.errors()]
        raise ConfigError("\n".join(messages)) from error


class _PlaceError(InputError):
    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def _plain(node: Node, path: Path_, lines: Lines) -> Any:
    """The node as plain values: decimals exact, addresses as text even without quotes; notes each key's line."""
    lines.setdefault(path, node.start_mark.line + 1)
    if len(lines) > MOST_VALUES:
        raise _PlaceError(f"more than {MOST_VALUES:,} values, by what it repeats (& and *)", node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, position), lines) for position, item in enumerate(node.value)]
    if not isinstance(node, ScalarNode):
        raise TypeError(node)
    return _scalar(node)


def _mapping(node: MappingNode, path: Path_, lines: Lines) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        inner = (*path, name)
        if name in content:
            raise _PlaceError(f"{_dotted(inner)}: the key is there twice", line)
        lines[inner] = line
        content[name] = _plain(value, inner, lines)
    return content


def _scalar(node: ScalarNode) -> Any:
    kind, text = str(node.tag).rpartition(":")[2], node.value
    if kind == "int" and re.fullmatch(r"[-+]?(0|[1-9][0-9_]{0,99})", text):
        return int(text.replace("_", ""))
    if kind == "float" and text.lstrip("+-")[:1].isdigit():
        return Decimal(text.replace("_", ""))
    if kind == "bool":
        return text.lower() == "true"
    return None if kind == "null" else text


def _message(path: Path, content: Any, lines: Lines, details: ErrorDetails, model: type[BaseModel], whole: str) -> str:
    location: Path_ = tuple(details["loc"])
    context = details.get("ctx", {})
    if details["type"] == "town":
        location = tuple(int(part) if part.isdigit() else part for part in context["key"].split("."))
    location = _as_written(location, content)
    written = location
    while written not in lines:
        written = written[:-1]
    return f"{path}:{lines[written]}: {_dotted(location) or whole}: {_explained(location, details, model)}"


def _as_written(location: Path_, content: Any) -> Path_:
    """The location without the places of sections that may be listed and stand alone in the file."""
    found: list[str | int] = []
    for part in location:
        if isinstance(part, int) and isinstance(content, dict):
            continue
        found.append(part)
        try:
            content = content[part]
        except (IndexError, KeyError, TypeError):
            content = None
    return tuple(found)


def _explained(location: Path_, details: ErrorDetails, model: type[BaseModel]) -> str:
    if details["type"] == "extra_forbidden":
        allowed = _keys_at(location[:-1], model)
        (closest,) = difflib.get_close_matches(str(location[-1]), allowed, n=1, cutoff=0.5) or ("",)
        hint = f", did you mean {closest}?" if closest else "."
        return f"unknown key{hint} Allowed here: {', '.join(allowed)}"
    if details["type"] == "missing":
        return "this key is missing"
    if details["type"] in {"town", "said"}:
        return details["msg"]
    return f"{details['input']!s} is refused: {details['msg'][0].lower()}{details['msg'][1:]}"


def _keys_at(location: Path_, model: Any) -> list[str]:
    for part in location:
        model = _model_in(model.model_fields[part].annotation if isinstance(part, str) else model)
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel]:
    """The model that an annotation holds, alone, optional or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in {tuple, types.UnionType, typing.Union, typing.Annotated}:
        for inner in typing.get_args(annotation):
            if inner is not Ellipsis and inner is not type(None):
                return _model_in(inner)
    raise TypeError(annotation)


def _dotted(location: Path_) -> str:
    return ".".join(str(part) for part in location)
