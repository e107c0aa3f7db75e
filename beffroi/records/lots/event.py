"""What happened to lots, and the claims of the paper that says so. Format: docs/provenance.md."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from beffroi.errors import InputError
from beffroi.plain import STRANGE
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.lots import naming
from beffroi.records.lots.quantities import decimal, decimal_text, kind_of, measure, require_unit
from beffroi.records.openbatch import MOST_PARENTS

EVENT: Final = Definition(
    "lot event",
    (
        SchemaField("event", "hash"),
        SchemaField("kind"),
        SchemaField("at_ms", "integer"),
        SchemaField("holder"),
        SchemaField("partner", required=False),
        SchemaField("container", required=False),
        SchemaField("inputs", required=False),
        SchemaField("outputs", required=False),
        SchemaField("yields", required=False),
        SchemaField("names", required=False),
    ),
)
"""What a paper says of an event."""
LATEST_MS: Final = (1 << 40) * 1000
"""Until which a moment is one that a clock shows."""


class LotError(InputError):
    """What was given is no event of a lot."""


class EventKind(StrEnum):
    """What an event does, in the order in which those of one moment are taken."""

    COMMISSION = "commission"
    TRANSFORM = "transform"
    PACK = "pack"
    UNPACK = "unpack"
    SHIP = "ship"
    RECEIVE = "receive"
    CONSUME = "consume"
    OBSERVE = "observe"


MAKING: Final = frozenset({EventKind.COMMISSION, EventKind.TRANSFORM})
"""What makes lots."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a lot; of a container or of a thing with a number of its own, 1.

    Attributes:
        name: its URI.
        quantity: above 0.
        unit: of Recommendation 20.
    """

    name: str
    quantity: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Yield:
    """At most so much of one unit comes out of one of another that goes in, as the maker states.

    Attributes:
        unit: of what comes out.
        of: of what goes in.
        factor: above 0.
    """

    unit: str
    of: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class LotEvent:
    """What happened, as its paper says.

    Attributes:
        hash: the event's standard hash, 32 bytes.
        kind: what it does.
        at_ms: when, Unix milliseconds.
        holder: at whose place; whom goods leave, or reach.
        partner: whom they are for, or came from; None where nobody says.
        container: in which they are packed.
        inputs: what it takes or moves.
        outputs: what it makes.
        yields: that its maker states.
        names: what people call what it names: URI and name.
    """

    hash: bytes
    kind: EventKind
    at_ms: int
    holder: str
    partner: str | None = None
    container: str | None = None
    inputs: tuple[Amount, ...] = ()
    outputs: tuple[Amount, ...] = ()
    yields: tuple[Yield, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if problem := next(_problems(self), None):
            raise LotError(problem)

    @property
    def values(self) -> Mapping[str, str | None]:
        """Its claims, by field."""
        return {
            "event": f"0x{self.hash.hex()}",
            "kind": str(self.kind),
            "at_ms": str(self.at_ms),
            "holder": self.holder,
            "partner": self.partner,
            "container": self.container,
            "inputs": _lines((it.name, decimal_text(it.quantity), it.unit) for it in self.inputs),
            "outputs": _lines((it.name, decimal_text(it.quantity), it.unit) for it in self.outputs),
            "yields": _lines((it.unit, it.of, decimal_text(it.factor)) for it in self.yields),
            "names": _lines(self.names),
        }


def event_of(values: Mapping[str, str]) -> LotEvent:
    """The event that a paper's claims tell; the inverse of `LotEvent.values`.

    Raises:
        LotError: they tell none, or not in the one form.
    """
    try:
        event = LotEvent(
            bytes.fromhex(values["event"][2:]), EventKind(values["kind"]), int(values["at_ms"]), values["holder"],
            values.get("partner"), values.get("container"), _amounts(values.get("inputs")),
            _amounts(values.get("outputs")), _yields(values.get("yields")), _names(values.get("names")),
        )  # fmt: skip
    except (KeyError, ValueError, InputError) as error:
        raise LotError(f"it is no lot event: {error}") from error
    if {name: value for name, value in event.values.items() if value is not None} != dict(values):
        raise LotError("it is no lot event in the one form: docs/provenance.md")
    return event


def _problems(event: LotEvent) -> Iterator[str]:
    kind, makes = event.kind, event.kind in MAKING
    if not 0 <= event.at_ms < LATEST_MS:
        yield f"{event.at_ms} is no moment: milliseconds since 1970"
    if bool(event.outputs) != makes or (kind is EventKind.COMMISSION and event.inputs):
        yield "what is commissioned comes out of nothing, what is transformed out of something; nothing else comes out"
    if not event.inputs and kind not in {EventKind.COMMISSION, EventKind.UNPACK}:
        yield f"it does not say what of: {kind}"
    if (event.container is not None) != (kind in {EventKind.PACK, EventKind.UNPACK}):
        yield "what is packed or unpacked has a container, and nothing else has"
    if event.partner is not None and kind not in {EventKind.SHIP, EventKind.RECEIVE}:
        yield "only what is shipped or received has a partner"
    if event.yields and kind is not EventKind.TRANSFORM:
        yield "only a transformation states a yield"
    for it in event.yields:
        (into, out), (of, taken) = measure(it.factor, it.unit), measure(Fraction(1), it.of)
        if into == of and out > taken:
            yield f"{it.unit}/{it.of}={decimal_text(it.factor)}: of one kind, no more comes out than goes in"
    yield from _badly_listed(event)


def _badly_listed(event: LotEvent) -> Iterator[str]:
    lists = ([it.name for it in event.inputs], [it.name for it in event.outputs], [uri for uri, _ in event.names])
    for listed in (*lists, [(kind_of(it.unit), kind_of(it.of)) for it in event.yields]):
        if len(listed) > MOST_PARENTS or len(set(listed)) != len(listed):
            yield f"something stands twice in a list of it, or more than {MOST_PARENTS:,} things do"
    for name in (event.holder, event.partner, event.container, *(name for listed in lists for name in listed)):
        if name is not None and naming.uri(name) != name:
            yield f"{name!r:.80} is written {naming.uri(name)!r:.80} here"
    if any(not name.strip() or STRANGE.search(name) for _, name in event.names):
        yield "what people call something is empty, or moves what is shown"


def _lines(rows: Iterable[tuple[str, ...]]) -> str | None:
    return "\n".join("\t".join(row) for row in rows) or None


def _rows(text: str | None, count: int) -> list[list[str]]:
    rows = [line.split("\t") for line in text.split("\n")] if text is not None else []
    if any(len(row) != count for row in rows):
        raise LotError(f"each line has {count} parts, with tabs between them")
    return rows


def _amounts(text: str | None) -> tuple[Amount, ...]:
    return tuple(Amount(name, decimal(quantity), require_unit(unit)) for name, quantity, unit in _rows(text, 3))


def _yields(text: str | None) -> tuple[Yield, ...]:
    rows = _rows(text, 3)
    return tuple(Yield(require_unit(unit), require_unit(of), decimal(factor)) for unit, of, factor in rows)


def _names(text: str | None) -> tuple[tuple[str, str], ...]:
    return tuple((uri, name) for uri, name in _rows(text, 2))
