"""EPCIS 2.0 documents out: JSON-LD that the standard's schema accepts, with events as they came in or as lots tell."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, Final

from beffroi.records.lots import naming
from beffroi.records.lots.epcis import CONTEXT, PREFIXES, EpcisDocument, Event
from beffroi.records.lots.event import Amount, EventKind
from beffroi.records.lots.quantities import ONE

_STEPS: Final = {
    EventKind.COMMISSION: "commissioning", EventKind.TRANSFORM: "commissioning", EventKind.PACK: "packing",
    EventKind.UNPACK: "unpacking", EventKind.SHIP: "shipping", EventKind.RECEIVE: "receiving",
    EventKind.CONSUME: "decommissioning", EventKind.OBSERVE: "inspecting",
}  # fmt: skip
_ACTIONS: Final = {
    EventKind.COMMISSION: "ADD", EventKind.PACK: "ADD", EventKind.UNPACK: "DELETE", EventKind.CONSUME: "DELETE",
    EventKind.SHIP: "OBSERVE", EventKind.RECEIVE: "OBSERVE", EventKind.OBSERVE: "OBSERVE",
}  # fmt: skip
_NAME: Final = "urn:epcglobal:cbv:mda#name"
_PARTY: Final = "urn:epcglobal:epcis:vtype:SourceDest"
_CLASS: Final = "urn:epcglobal:epcis:vtype:EPCClass"


def document_text(document: EpcisDocument, created_ms: int) -> str:
    """A document in JSON-LD, an event a line.

    Args:
        document: its events, in order.
        created_ms: when it was written, Unix milliseconds.
    """
    own = {prefix: iri for prefix, iri in document.prefixes.items() if PREFIXES.get(prefix) != iri}
    head: dict[str, Any] = {
        "@context": [CONTEXT, *([own] if own else [])],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": _time(dt.datetime.fromtimestamp(created_ms / 1000, dt.UTC)),
    }
    if document.names:
        head["epcisHeader"] = {"epcisMasterData": {"vocabularyList": _vocabularies(document)}}
    events = ",\n".join(json.dumps(event, ensure_ascii=False) for event in document.events)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "epcisBody": {{"eventList": [\n{events}\n]}}}}\n'


def epcis_event(
    kind: EventKind, at: dt.datetime, holder: str, *, partner: str | None = None, container: str | None = None,
    inputs: Sequence[Amount] = (), outputs: Sequence[Amount] = (),
) -> Event:  # fmt: skip
    """What happened, as an EPCIS event: the inverse of `epcisread`, for whoever has no software of the field.

    Args:
        kind: what it does.
        at: when, with its time zone.
        holder: see `LotEvent`, as the others.
        partner: of what is shipped or received.
        container: of what is packed or unpacked.
        inputs: what it takes or moves.
        outputs: what it makes.
    """
    event: Event = {"type": _type(kind), "eventTime": _time(at), "eventTimeZoneOffset": at.isoformat()[-6:]}
    if kind is EventKind.TRANSFORM:
        event |= {"inputQuantityList": _quantities(inputs), "outputQuantityList": _quantities(outputs)}
    elif container is not None:
        event |= (
            {"parentID": container, "childQuantityList": _quantities(inputs)} if inputs else {"parentID": container}
        )
    else:
        event["quantityList"] = _quantities(outputs or inputs)
    if kind in _ACTIONS:
        event["action"] = _ACTIONS[kind]
    event |= {"bizStep": _STEPS[kind], "readPoint": {"id": holder}}
    source, destination = {EventKind.SHIP: (holder, partner), EventKind.RECEIVE: (partner, holder)}.get(
        kind, (None, None)
    )
    for side, party in (("source", source), ("destination", destination)):
        if party is not None:
            event[f"{side}List"] = [{"type": "possessing_party", side: party}]
    return event


def _type(kind: EventKind) -> str:
    if kind is EventKind.TRANSFORM:
        return "TransformationEvent"
    return "AggregationEvent" if kind in {EventKind.PACK, EventKind.UNPACK} else "ObjectEvent"


def _quantities(amounts: Sequence[Amount]) -> list[dict[str, Any]]:
    return [_quantity(it) for it in amounts]


def _quantity(amount: Amount) -> dict[str, Any]:
    number = amount.quantity.numerator if amount.quantity.denominator == 1 else float(amount.quantity)
    said = {"epcClass": amount.name, "quantity": number}
    return said if amount.unit == ONE else said | {"uom": amount.unit}


def _vocabularies(document: EpcisDocument) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for uri, name in document.names.items():
        kind = _PARTY if naming.holder(uri).startswith("https://id.gs1.org/417/") else _CLASS
        element = {"id": uri, "attributes": [{"id": _NAME, "attribute": name}]}
        found.setdefault(kind, []).append(element)
    return [{"type": kind, "vocabularyElementList": elements} for kind, elements in found.items()]


def _time(at: dt.datetime) -> str:
    return at.isoformat(timespec="milliseconds")
