"""EPCIS 2.0 documents, in the one form that the rest reads: events as JSON has them, by the standard's fixed keys.

Nothing is fetched: of a document's contexts the standard's own and plain prefixes are known, any other is refused by
name. XML is read for the same events (`epcisxml`); declarations of types and entities are refused before anything else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from beffroi.errors import InputError
from beffroi.plain import STRANGE
from beffroi.records.lots.epcisxml import SCHEMES, document_of_xml
from beffroi.textfile import json_of, read_text

CONTEXT: Final = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
_CONTEXTS: Final = {CONTEXT, "https://gs1.github.io/EPCIS/epcis-context.jsonld"}
PREFIXES: Final[Mapping[str, str]] = {
    "cbv": "https://ref.gs1.org/cbv/",
    "cbvmda": "urn:epcglobal:cbv:mda:",
    "epcis": "https://ref.gs1.org/epcis/",
    "gs1": "https://gs1.org/voc/",
}
"""Those that the standard's context declares, of which events make use."""
EVENT_TYPES: Final = ("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent")
_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
_NAMING: Final = {"name", "descriptionShort", "productName", "organizationName"}
"""Attributes of master data that give a name, without what stands before them."""

Event = dict[str, Any]
"""An event, as JSON has it: its strings move nothing that is shown, its numbers are finite."""


class EpcisError(InputError):
    """What was given is no EPCIS document, or not one that can be read without asking anybody."""


@dataclass(frozen=True)
class EpcisDocument:
    """Events, in the order of the document.

    Attributes:
        events: as JSON has them.
        prefixes: of extensions' names: by prefix, the IRI.
        names: what its master data call something, by its URI as it stands there.
    """

    events: tuple[Event, ...]
    prefixes: Mapping[str, str]
    names: Mapping[str, str]


def read_epcis(path: Path) -> EpcisDocument:
    """The events of a file, in XML or in JSON-LD; errors as of `epcis_of`.

    Raises:
        EpcisError: see there, or it is no text.
    """
    return epcis_of(read_text(path, EpcisError), path.name)


def epcis_of(text: str, name: str) -> EpcisDocument:
    """The events of a document, in XML or in JSON-LD.

    Args:
        text: of the document.
        name: of the file, for errors.

    Raises:
        EpcisError: it is none, names a context or a prefix that is not known, declares types or entities, or holds
            characters that move what is shown.
    """
    try:
        value = document_of_xml(text) if text.lstrip().startswith("<") else json_of(text)
        return _document(value)
    except InputError as error:
        raise EpcisError(f"{name}: {error}") from error


def _document(value: Any) -> EpcisDocument:
    if not isinstance(value, dict) or value.get("type") != "EPCISDocument":
        raise EpcisError("it is no EPCIS document: an object whose type is EPCISDocument, or the XML of one")
    prefixes = _prefixes(value.get("@context", []))
    body = value.get("epcisBody")
    if not isinstance(body, dict) or not isinstance(body.get("eventList", body.get("event")), list | dict):
        raise EpcisError("it has no epcisBody with an eventList")
    listed = body.get("eventList", [body.get("event")])
    events = listed if isinstance(listed, list) else [listed]
    if not events:
        raise EpcisError("its eventList is empty")
    if any(key.startswith("@") for key in body):
        raise EpcisError("its epcisBody has a context of its own, which only JSON-LD's own reader would find")
    for number, event in enumerate(events, 1):
        if not isinstance(event, dict) or event.get("type") not in EVENT_TYPES:
            raise EpcisError(f"event {number} is none of {', '.join(EVENT_TYPES)}")
        _require_plain(event, f"event {number}", prefixes)
    return EpcisDocument(tuple(events), prefixes, _names(value.get("epcisHeader", {})))


def _prefixes(context: Any) -> Mapping[str, str]:
    found = dict(PREFIXES)
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, str):
            if part not in _CONTEXTS:
                raise EpcisError(f"the context {part!r:.200} is not known here, and is fetched from nowhere")
        elif not isinstance(part, dict):
            raise EpcisError("a context is a URL or an object")
        else:
            for prefix, iri in part.items():
                if not _PREFIX.fullmatch(prefix) or prefix.lower() in SCHEMES or not isinstance(iri, str):
                    raise EpcisError(f"the context's {prefix!r:.60} is no prefix of an IRI: only these are known here")
                if found.setdefault(prefix, iri) != iri:
                    raise EpcisError(f"the context gives the prefix {prefix!r} two meanings")
    return found


def _require_plain(value: Any, where: str, prefixes: Mapping[str, str]) -> None:
    """Lets nothing pass that moves what is shown, or that only a context from elsewhere would explain."""
    if isinstance(value, str):
        if STRANGE.search(value.replace("\n", "").replace("\t", "")):
            raise EpcisError(f"{where}: {value!r:.60} holds a character that moves what is shown")
    elif isinstance(value, list):
        for it in value:
            _require_plain(it, where, prefixes)
    elif isinstance(value, dict):
        for key, it in value.items():
            _require_plain(key, where, prefixes)
            if key.startswith("@"):
                raise EpcisError(f"{where}: {key!r:.60} has a meaning that only JSON-LD's own reader would find")
            prefix, colon, _ = key.partition(":")
            if key in prefixes:
                raise EpcisError(f"{where}: the context gives {key!r:.60} another meaning than the standard does")
            if colon and prefix not in prefixes and prefix.lower() not in SCHEMES:
                raise EpcisError(f"{where}: no context declares the prefix of {key!r:.60}")
            _require_plain(it, f"{where}, {key:.60}", prefixes)


def expanded(text: str, prefixes: Mapping[str, str]) -> str:
    """A name with its prefix's IRI, as the standard's hash has it."""
    prefix, colon, local = text.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else text


def _names(header: Any) -> Mapping[str, str]:
    """What master data call something; what cannot be shown as a name is left out."""
    found: dict[str, str] = {}
    for element in _elements(header):
        for attribute in element.get("attributes", ()):
            said = attribute.get("attribute") if isinstance(attribute, dict) else None
            if isinstance(said, str) and re.split("[:/#]", str(attribute.get("id")))[-1] in _NAMING:
                found[element["id"]] = said.strip()
    return {uri: name for uri, name in found.items() if name and not STRANGE.search(uri + name)}


def _elements(header: Any) -> Iterator[dict[str, Any]]:
    lists = header.get("epcisMasterData", {}).get("vocabularyList", []) if isinstance(header, dict) else []
    for vocabulary in lists if isinstance(lists, list) else []:
        for element in vocabulary.get("vocabularyElementList", []) if isinstance(vocabulary, dict) else []:
            if isinstance(element, dict) and isinstance(element.get("id"), str):
                yield element
