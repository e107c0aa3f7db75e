"""Calldata from words that people type: a function's arguments, each by its type."""

from collections.abc import Mapping, Sequence
from typing import Any

from beffroi.chain.abi import Abi, AbiError, encode_call, entry
from beffroi.csvfile import address
from beffroi.errors import InputError
from beffroi.textfile import json_of


def encode_words(abi: Abi, function: str, words: Sequence[str]) -> bytes:
    """The calldata of a function's call.

    Args:
        abi: of the contract.
        function: its name.
        words: an argument each: a number, 0x…, true or false, text; JSON for a list or a struct.

    Raises:
        AbiError: there is no such function, or it takes other arguments.
        InputError: an argument is not of its type.
    """
    inputs = entry(abi, "function", function)["inputs"]
    if len(inputs) != len(words):
        names = ", ".join(f"{it['name']} ({it['type']})" for it in inputs) or "nothing"
        raise AbiError(f"{function} takes {names}, and was given {len(words)} arguments")
    return encode_call(abi, function, *map(_argument, inputs, words))


def _argument(parameter: Mapping[str, Any], word: str) -> Any:
    nested = parameter["type"].endswith("]") or parameter["type"].startswith("tuple")
    try:
        return _value(parameter["type"], parameter, json_of(word) if nested else word)
    except ValueError as error:
        raise InputError(f"{parameter['name']}: {word[:60]!r} is no {parameter['type']}: {error}") from error


def _value(kind: str, parameter: Mapping[str, Any], said: Any) -> Any:
    if kind.endswith("]"):
        return [_value(kind[: kind.rindex("[")], parameter, it) for it in _listed(said)]
    if kind == "tuple":
        components = parameter["components"]
        given = [said.get(it["name"]) for it in components] if isinstance(said, dict) else _listed(said)
        return tuple(_value(it["type"], it, value) for it, value in zip(components, given, strict=True))
    word = str(said).lower() if isinstance(said, bool) else str(said)
    if kind.startswith(("uint", "int")):
        return int(word, 0)
    if kind.startswith("bytes"):
        data = bytes.fromhex(word.removeprefix("0x"))
        if kind != "bytes" and kind != f"bytes{len(data)}":
            raise InputError(f"it has {len(data)} bytes")
        return data
    if kind == "bool":
        return ("false", "true").index(word) == 1
    return address(word) if kind == "address" else word


def _listed(said: Any) -> Sequence[Any]:
    if not isinstance(said, list):
        raise InputError("a list stands in [ and ]")
    return said
