"""An EPCIS 2.0 document in XML as the JSON that says the same: types and entities are refused before it is read."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from beffroi.errors import InputError

MAX_DEPTH: Final = 64
SCHEMES: Final = frozenset({"data", "did", "geo", "http", "https", "ni", "tag", "tel", "urn"})
"""What stands before the colon of a URI, and is no prefix."""
_RESERVED: Final = SCHEMES | {"cbv", "cbvmda", "dcterms", "epcis", "gs1", "owl", "rdfs", "xsd"}
"""Those, and prefixes that the standard's own context declares."""
_LISTS: Final = {"epcList", "inputEPCList", "outputEPCList", "childEPCs"}
_QUANTITIES: Final = {"quantityList", "inputQuantityList", "outputQuantityList", "childQuantityList"}
_TYPED: Final = {"bizTransactionList": "bizTransaction", "sourceList": "source", "destinationList": "destination"}
_WRAPPERS: Final = {"extension", "baseExtension"}
_VOCABULARY: Final = re.compile(r"urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):")
_PUBLISHED: Final = re.compile(r"https://ref\.gs1\.org/cbv/(?:BizStep|Disp|BTT|SDT|ER)-")
_SPELT: Final = {"bizStep", "disposition", "type", "set", "unset", "reason"}
_MEASURES: Final = {
    "quantity", "value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue",
}  # fmt: skip
_NUMBERS: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def document_of_xml(text: str) -> dict[str, Any]:
    """The JSON of a document.

    Raises:
        InputError: it is no XML, declares types or entities, or is no EPCIS document.
    """
    root, declared = _parsed(text)
    if _local(root.tag) != "EPCISDocument":
        raise InputError(f"it is {_local(root.tag)!r:.60}, no EPCISDocument")
    found = root.find("EPCISBody/EventList")
    listed = [] if found is None else _flat(found)
    prefixes = _used(listed, declared)
    return {
        "@context": [{prefix: iri for iri, prefix in prefixes.items()}],
        "type": "EPCISDocument",
        "epcisHeader": _header(root),
        "epcisBody": {"eventList": [_event(it, prefixes) for it in listed]},
    }


def _parsed(text: str) -> tuple[Element, list[tuple[str, str]]]:
    """The root, and each prefix that is declared with its namespace."""
    declared: list[tuple[str, str]] = []
    root: Element | None = None
    depth = 0
    # The declaration's encoding is that of the bytes; the text is UTF-8 by now.
    source = io.BytesIO(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode())
    try:
        for what, it in iterparse(source, ("start-ns", "start", "end"), forbid_dtd=True):
            if what == "start-ns":
                declared.append(it)
            elif what == "start":
                root = it if root is None else root
                depth += 1
                if depth > MAX_DEPTH:
                    raise InputError(f"nested too deeply, more than {MAX_DEPTH} times")
            else:
                depth -= 1
    except DefusedXmlException as error:
        raise InputError(
            "it declares a document type or entities: an EPCIS document has none; take them out"
        ) from error
    except ParseError as error:
        raise InputError(f"it is no XML: {error}") from error
    if root is None:
        raise InputError("it is no XML: it is empty")
    return root, declared


def _used(events: Sequence[Element], declared: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """By namespace that names in events stand in, its prefix; one of our own where the document's has a meaning."""
    inside = [it for event in events for it in event.iter()]
    names = {name[1:].partition("}")[0] for it in inside for name in (it.tag, *it.attrib) if name.startswith("{")}
    prefixes: dict[str, str] = {}
    for prefix, iri in declared:
        if iri in names and iri not in prefixes:
            taken = not prefix or prefix in prefixes.values() or prefix.lower() in _RESERVED
            prefixes[iri] = f"ns{len(prefixes) + 1}" if taken else prefix
    return prefixes


def _flat(element: Element) -> list[Element]:
    """Its children, without the wrappers by which older documents keep what came later."""
    found: list[Element] = []
    for child in element:
        found += _flat(child) if child.tag in _WRAPPERS else [child]
    return found


def _event(element: Element, prefixes: Mapping[str, str]) -> dict[str, Any]:
    event: dict[str, Any] = {"type": _local(element.tag)}
    for child in _flat(element):
        name = _name(child.tag, prefixes)
        _put(event, name, _member(child, name, prefixes))
    return event


def _member(element: Element, name: str, prefixes: Mapping[str, str]) -> Any:
    if name in _LISTS:
        return [_text(it) for it in element]
    if name in _QUANTITIES:
        return [_members(quantity) for quantity in element]
    if name in _TYPED:
        return [_typed(it, _TYPED[name]) for it in element]
    if name == "persistentDisposition":
        found: dict[str, Any] = {}
        for it in element:
            found.setdefault(_local(it.tag), []).append(_value(_local(it.tag), _text(it)))
        return found
    if name == "sensorElementList":
        return [_sensor(it, prefixes) for it in element]
    said = _any(element, prefixes)
    return _value(name, said)


def _members(element: Element) -> dict[str, Any]:
    return {_local(it.tag): _value(_local(it.tag), _text(it)) for it in element}


def _typed(element: Element, name: str) -> dict[str, Any]:
    said = {name: _text(element)}
    kind = element.get("type")
    return said if kind is None else {"type": _value("type", kind)} | said


def _sensor(element: Element, prefixes: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in _flat(element):
        name = _name(child.tag, prefixes)
        value = _any(child, prefixes)
        if name == "sensorReport":
            report = value if isinstance(value, dict) else {}
            found.setdefault(name, []).append({key: _value(key, it) for key, it in report.items()})
        else:
            _put(found, name, value)
    return found


def _any(element: Element, prefixes: Mapping[str, str]) -> Any:
    """What an element of an extension says, or one whose members are all its own."""
    if not len(element) and not element.attrib:
        return _text(element)
    found: dict[str, Any] = {_name(key, prefixes): value for key, value in element.attrib.items()}
    for child in element:
        _put(found, _name(child.tag, prefixes), _any(child, prefixes))
    if text := _text(element):
        found["#text"] = text
    return found


def _put(found: dict[str, Any], name: str, value: Any) -> None:
    """A second one of a name makes a list of both."""
    if name not in found:
        found[name] = value
    elif isinstance(found[name], list):
        found[name].append(value)
    else:
        found[name] = [found[name], value]


def _value(name: str, text: Any) -> Any:
    """As JSON has it: a number, a word of the standard's vocabulary by itself, anything else as it is."""
    if name == "errorDeclaration" and isinstance(text, dict):
        return {key: _value(key, it) for key, it in text.items()}
    if not isinstance(text, str):
        return text
    if name == "booleanValue":
        return text in {"true", "1"}
    if name in _MEASURES and _NUMBERS.fullmatch(text):
        return int(text) if re.fullmatch("[+-]?[0-9]+", text) else float(text)
    if name in _SPELT:
        return _PUBLISHED.sub("", _VOCABULARY.sub("", text))
    return text


def _header(root: Element) -> dict[str, Any]:
    vocabularies = []
    for vocabulary in root.iter("Vocabulary"):
        elements = [
            {
                "id": it.get("id", ""),
                "attributes": [{"id": at.get("id", ""), "attribute": _text(at)} for at in it.iter("attribute")],
            }
            for it in vocabulary.iter("VocabularyElement")
        ]
        vocabularies.append({"type": vocabulary.get("type", ""), "vocabularyElementList": elements})
    return {"epcisMasterData": {"vocabularyList": vocabularies}} if vocabularies else {}


def _name(tag: str, prefixes: Mapping[str, str]) -> str:
    if not tag.startswith("{"):
        return tag
    iri, _, local = tag[1:].partition("}")
    return f"{prefixes[iri]}:{local}" if iri in prefixes else local


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _text(element: Element) -> str:
    return (element.text or "").strip()
