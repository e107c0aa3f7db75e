"""What an EPCIS event says happened to lots: one of eight kinds, quantities exact, one name for each lot and holder."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from beffroi.errors import InputError
from beffroi.records.lots import naming
from beffroi.records.lots.epcis import EpcisDocument, EpcisError, Event, expanded
from beffroi.records.lots.epcishash import event_hashes
from beffroi.records.lots.event import Amount, EventKind, LotEvent, Yield
from beffroi.records.lots.quantities import MOST_DIGITS, ONE, decimal, kind_of, require_known_unit

_OBSERVED: Final = {"shipping": EventKind.SHIP, "receiving": EventKind.RECEIVE}
_PACKED: Final = {"ADD": EventKind.PACK, "DELETE": EventKind.UNPACK}
_PARTIES: Final = ("possessing_party", "owning_party", "location")
_BOXES: Final = ("https://id.gs1.org/00/", "https://id.gs1.org/8003/")
"""Of names of logistic units and returnable boxes."""
_ROUND: Final = 1000


def read_events(document: EpcisDocument, yields: Sequence[Yield] = ()) -> list[LotEvent]:
    """What happened, in the order of a document.

    Args:
        document: the EPCIS events.
        yields: that the maker states, of every transformation in which their units occur.

    Raises:
        EpcisError: an event says nothing that lots can be followed by; which, and what to say.
    """
    named = {expanded(uri, document.prefixes): name for uri, name in document.names.items()}
    names = {naming.holder(uri): name for uri, name in named.items() if ":" in uri}
    hashes = event_hashes(document)
    told = []
    for number, (event, hash_) in enumerate(zip(document.events, hashes, strict=True), 1):
        try:
            told.append(_event(_expanded(event, document.prefixes), hash_, yields, names))
        except InputError as error:
            raise EpcisError(f"event {number}: {error}") from error
    return told


def _event(event: Event, hash_: bytes, yields: Sequence[Yield], names: Mapping[str, str]) -> LotEvent:
    if "errorDeclaration" in event:
        raise EpcisError("it declares another to be an error: revoke that one's paper, and seal what is right")
    kind = _kind(event)
    holder, partner = _parties(event, kind)
    container = _container(event) if kind in {EventKind.PACK, EventKind.UNPACK} else None
    moved = _amounts(event, ("epcList", "childEPCs", "inputEPCList"), ("quantityList", "childQuantityList"))
    taken = moved + _amounts(event, (), ("inputQuantityList",))
    made = _amounts(event, ("outputEPCList",), ("outputQuantityList",))
    if kind is EventKind.COMMISSION:
        taken, made = (), taken
    named = {holder, partner, container} | {it.name for it in (*taken, *made)}
    for it in sorted(name for name in named if name is not None):
        naming.require_check_digit(it)
    named |= {naming.product(it.name) for it in (*taken, *made)}
    return LotEvent(
        hash_, kind, _at_ms(event), holder, partner, container, taken, made,
        _of_units(yields, taken, made) if kind is EventKind.TRANSFORM else (),
        tuple(sorted((uri, name) for uri, name in names.items() if uri in named)),
    )  # fmt: skip


def _expanded(value: Any, prefixes: Mapping[str, str]) -> Any:
    """With the prefixes of its texts expanded, as the standard's hash reads them."""
    if isinstance(value, dict):
        return {key: _expanded(it, prefixes) for key, it in value.items()}
    if isinstance(value, list):
        return [_expanded(it, prefixes) for it in value]
    return expanded(value, prefixes) if isinstance(value, str) else value


def _kind(event: Event) -> EventKind:
    action, step = event.get("action"), str(event.get("bizStep", "")).removeprefix("https://ref.gs1.org/cbv/BizStep-")
    step = step.removeprefix("urn:epcglobal:cbv:bizstep:")
    match event["type"], action:
        case "TransformationEvent", None:
            return EventKind.TRANSFORM
        case "ObjectEvent", "ADD":
            return EventKind.COMMISSION
        case "ObjectEvent", "DELETE":
            return EventKind.CONSUME
        case "ObjectEvent", "OBSERVE":
            return _OBSERVED.get(step, EventKind.OBSERVE)
        case "AggregationEvent", ("ADD" | "DELETE"):
            return _PACKED[action]
        case (("AggregationEvent" | "TransactionEvent" | "AssociationEvent"), ("ADD" | "OBSERVE" | "DELETE")):
            return EventKind.OBSERVE
    raise EpcisError(f"an {event['type']} has not the action {action!r:.40}")


def _parties(event: Event, kind: EventKind) -> tuple[str, str | None]:
    """Whose place it is, and the other party of a move."""
    source, destination = _party(event, "source"), _party(event, "destination")
    place = next((it for key in ("bizLocation", "readPoint") if (it := _id(event.get(key)))), None)
    own = {EventKind.RECEIVE: destination}.get(kind, source) or place
    if own is None:
        raise EpcisError("it says at whose place by no possessing party, bizLocation or readPoint")
    other = {EventKind.SHIP: destination, EventKind.RECEIVE: source}.get(kind)
    return naming.holder(own), None if other is None else naming.holder(other)


def _party(event: Event, side: str) -> str | None:
    listed = event.get(f"{side}List", [])
    by_type = {str(it["type"]).rpartition("SDT-")[2].rpartition(":")[2]: it[side] for it in listed}
    return next((str(by_type[it]) for it in _PARTIES if it in by_type), None)


def _id(value: Any) -> str | None:
    return value.get("id") if isinstance(value, dict) and isinstance(value.get("id"), str) else None


def _container(event: Event) -> str:
    if not isinstance(parent := event.get("parentID"), str):
        raise EpcisError("it packs or unpacks what has no parentID")
    return naming.uri(parent)


def _amounts(event: Event, things: Iterable[str], quantities: Iterable[str]) -> tuple[Amount, ...]:
    listed = [Amount(_lot(epc), Fraction(1), ONE) for key in things for epc in event.get(key, [])]
    listed += [_amount(it) for key in quantities for it in event.get(key, [])]
    return tuple(listed)


def _amount(element: Mapping[str, Any]) -> Amount:
    name = _lot(element.get("epcClass"))
    quantity = element.get("quantity")
    if quantity is None:
        raise EpcisError(f"it says not how much of {name}: state a quantity")
    if isinstance(quantity, bool) or not isinstance(quantity, int | float):
        raise EpcisError(f"{quantity!r:.60} is no quantity: a number, without quotes, of at most {MOST_DIGITS} digits")
    unit = element.get("uom", ONE)
    return Amount(name, decimal(_digits(quantity)), require_known_unit(str(unit)))


def _digits(number: float) -> str:
    """In the one form of a quantity, as far as it has it."""
    if isinstance(number, int):
        return str(number) if abs(number) < 10**MOST_DIGITS else f"{number:.3e}"
    text = f"{number:.20f}" if "e" in repr(number) else repr(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lot(value: Any) -> str:
    name = naming.uri(str(value))
    if not naming.is_lot(name):
        raise EpcisError(f"{name} names a product, and no lot of it: nobody can be told where it went")
    return name


def _at_ms(event: Event) -> int:
    """As the standard's hash rounds it."""
    text = event.get("eventTime")
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError as error:
        raise EpcisError(f"{text!r:.60} is no time, as 2026-03-14T08:30:00.000+01:00") from error
    if moment.tzinfo is None:
        raise EpcisError(f"{text!r:.60} has no time zone: each machine would read another moment")
    seconds = (moment - dt.datetime.fromtimestamp(0, dt.UTC)) // dt.timedelta(seconds=1)
    return seconds * 1000 + round(moment.microsecond, -3) // _ROUND


def _of_units(yields: Sequence[Yield], taken: Sequence[Amount], made: Sequence[Amount]) -> tuple[Yield, ...]:
    """Those of which both units occur; what goes in may be packed."""
    goes_in, comes_out = {kind_of(it.unit) for it in taken}, {kind_of(it.unit) for it in made}
    packed = any(it.name.startswith(_BOXES) for it in taken)
    return tuple(it for it in yields if (packed or kind_of(it.of) in goes_in) and kind_of(it.unit) in comes_out)
