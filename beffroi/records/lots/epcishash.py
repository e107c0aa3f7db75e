"""An event's standard hash (CBV 2.0, section 8.9.2), by the library of those who wrote it.

The library takes an event in the shape that XML has; from JSON that shape is made here, key by key, for its own reader
of JSON-LD asks the network. It drops an event that it cannot read: here that is an error, with the event's number.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from epcis_event_hash_generator import jsonld
from epcis_event_hash_generator.hash_generator import calculate_hashes_from_pre_hashes, derive_prehashes_from_events

from beffroi.records.lots.epcis import EpcisDocument, EpcisError, Event, expanded

Node = tuple[Any, ...]
"""A name, a text and what stands in it; or a pair of such, which keeps its order."""
_EPCS: Final = {"epcList", "inputEPCList", "outputEPCList", "childEPCs"}
_QUANTITIES: Final = {"quantityList", "inputQuantityList", "outputQuantityList", "childQuantityList"}
_TYPED: Final = {
    "bizTransactionList": ("bizTransaction", "BTT-"),
    "sourceList": ("source", "SDT-"),
    "destinationList": ("destination", "SDT-"),
}
_CBV: Final = "https://ref.gs1.org/cbv/"
_WORDS: Final = {
    "bizStep": f"{_CBV}BizStep-", "disposition": f"{_CBV}Disp-", "set": f"{_CBV}Disp-", "unset": f"{_CBV}Disp-",
    "component": f"{_CBV}Comp-", "type": "https://gs1.org/voc/", "exception": "https://gs1.org/voc/",
}  # fmt: skip
"""What stands before a word of the standard's vocabulary, by the key of which it is the value."""
_ASIDE: Final = {"type", "eventID", "recordTime", "errorDeclaration"}


def _refused(url: str, _: Any = None) -> None:
    raise EpcisError(f"the context {url!r:.200} is not known here, and is fetched from nowhere")


# The library, once imported, has everything that is loaded by pyld fetched from where it says.
jsonld.set_document_loader(_refused)


def event_hashes(document: EpcisDocument) -> list[bytes]:
    """The SHA-256 of each event of a document, 32 bytes: the digits of `ni:///sha-256;…?ver=CBV2.0`.

    Raises:
        EpcisError: an event has a shape that the standard's hash does not know; which, and where.
    """
    return [_hash_of(number, event, document.prefixes) for number, event in enumerate(document.events, 1)]


def prehash(event: Event, prefixes: Mapping[str, str]) -> str:
    """What is hashed of an event.

    Raises:
        EpcisError: it has a shape that the standard's hash does not know.
    """
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # what it drops, it logs; here it is an error
    try:
        told = derive_prehashes_from_events(("EventList", "", [_event(event, prefixes)]))
    finally:
        logging.disable(level)
    if len(told) != 1:
        raise EpcisError("a time or a number in it is out of what the standard's hash can read")
    return str(told[0])


def _hash_of(number: int, event: Event, prefixes: Mapping[str, str]) -> bytes:
    try:
        (told,) = calculate_hashes_from_pre_hashes([prehash(event, prefixes)])
    except EpcisError as error:
        raise EpcisError(f"event {number}: {error}") from error
    return bytes.fromhex(str(told).removeprefix("ni:///sha-256;").removesuffix("?ver=CBV2.0"))


def _event(event: Event, prefixes: Mapping[str, str]) -> Node:
    children: list[Node] = []
    for key, value in event.items():
        if key not in _ASIDE:
            children += _member(key, value, prefixes)
    return (event["type"], "", sorted(children, key=lambda it: str(it[0])))


def _member(key: str, value: Any, prefixes: Mapping[str, str]) -> list[Node]:
    if key in _EPCS:
        return [(key, "", [("epc", _text(it, prefixes), []) for it in _list(key, value)])]
    if key in _QUANTITIES:
        return [(key, "", [("quantityElement", "", _object(it, prefixes)) for it in _list(key, value)])]
    if key in _TYPED:
        return [(key, "", [_pair(key, it, prefixes) for it in _list(key, value)])]
    if key == "sensorElementList":
        return [(key, "", [("sensorElement", "", _object(it, prefixes)) for it in _list(key, value)])]
    return _plain(key, value, prefixes)


def _plain(key: str, value: Any, prefixes: Mapping[str, str]) -> list[Node]:
    """A key and its value, or each of its values."""
    name = _name(key, prefixes)
    if isinstance(value, list):
        return [node for it in value for node in _plain(key, it, prefixes)]
    if isinstance(value, dict):
        return [(name, _text(value.get("#text", ""), prefixes), _object(value, prefixes))]
    return [(name, _word(key, value, prefixes), [])]


def _object(value: Any, prefixes: Mapping[str, str]) -> list[Node]:
    if not isinstance(value, dict):
        raise EpcisError(f"{value!r:.60} stands where the standard has an object")
    nodes = [node for key, it in value.items() if key != "#text" for node in _plain(key, it, prefixes)]
    return sorted(nodes, key=lambda it: (it[0], it[1]))


def _pair(key: str, value: Any, prefixes: Mapping[str, str]) -> Node:
    name, before = _TYPED[key]
    if not isinstance(value, dict) or value.keys() != {"type", name}:
        raise EpcisError(f"{key}: each has a type and a {name}, and nothing else")
    kind = _text(value["type"], prefixes)
    return (("type", kind if ":" in kind else f"{_CBV}{before}{kind}", []), (name, _text(value[name], prefixes), []))


def _word(key: str, value: Any, prefixes: Mapping[str, str]) -> str:
    text = _text(value, prefixes)
    return text if ":" in text or not text or key not in _WORDS else _WORDS[key] + text


def _name(key: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = key.partition(":")
    return f"{{{prefixes[prefix]}}}{local}" if colon and prefix in prefixes else key


def _text(value: Any, prefixes: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, list | dict):
        raise EpcisError(f"{value!r:.60} stands where the standard has a text or a number")
    return expanded(str(value), prefixes)


def _list(key: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise EpcisError(f"{key} is no list")
    return value
