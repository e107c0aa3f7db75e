"""The organiser's own list of meters: which label of the grid operator's files is which meter on chain.

Labels (PRM, PDL) and places are personal data: the file stays with the organiser, and none of it is published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from beffroi import csvfile
from beffroi.csvfile import Column, CsvError
from beffroi.errors import InputError
from beffroi.flows.energy.clockdays import moment_s
from beffroi.flows.energy.curves import MeterKind

Commune = Literal["rural", "periurban", "urban"]
FOREVER_S: Final = 2**40
KINDS: Final = {"draws": "draws", "injects": "injects"}
KINDS_IN_FRENCH: Final = {
    "consumption": "draws", "conso": "draws", "consommation": "draws", "soutirage": "draws",
    "production": "injects", "injection": "injects",
}  # fmt: skip
_COMMUNES: Final = {"rural": "rural", "periurban": "periurban", "urban": "urban"}
_COMMUNES_IN_FRENCH: Final = {"rurale": "rural", "periurbaine": "periurban", "urbaine": "urban"}
_YES: Final = {"yes": True, "no": False}


@dataclass(frozen=True)
class EnergyMeter:
    """A meter of an operation.

    Attributes:
        label: by which readings name it; a home with panels may have one for both of its meters.
        id: on chain, 32 bytes.
        member: her address.
        kind: whether it counts what is drawn or what is injected.
        kw: of its panels (peak), or the power subscribed; None where nobody says.
        place: its longitude and latitude, degrees; None where nobody says.
        commune: of which density (INSEE); None where nobody says.
        is_public: whether its member is a public body, or has a mission of public service.
        since_s: from when on it counts in this operation, unix seconds.
        until_s: until when.
    """

    label: str
    id: bytes
    member: str
    kind: MeterKind
    kw: Decimal | None = None
    place: tuple[float, float] | None = None
    commune: Commune | None = None
    is_public: bool = False
    since_s: int = 0
    until_s: int = FOREVER_S


def read_meters(path: Path) -> list[EnergyMeter]:
    """The meters of a file.

    Its columns are `meter`, `id`, `member`, `kind`; and where they are known `kw`, `longitude`, `latitude`, `commune`,
    `public`, `since`, `until`.

    Raises:
        CsvError: what is wrong, by line.
    """
    rows = csvfile.read(path, [
        Column("meter", csvfile.words, also=("compteur", "prm", "pdl")),
        Column("id", csvfile.bytes32, unique=True),
        Column("member", csvfile.address, also=("membre", "account", "compte")),
        Column("kind", csvfile.one_of(KINDS, KINDS_IN_FRENCH), also=("genre", "sens")),
        Column("kw", _power_kw, required=False, also=("kva", "puissance")),
        Column("longitude", _degrees(180), required=False),
        Column("latitude", _degrees(90), required=False),
        Column("commune", csvfile.one_of(_COMMUNES, _COMMUNES_IN_FRENCH), required=False),
        Column("public", csvfile.one_of(_YES, {"oui": "yes", "non": "no"}), required=False),
        Column("since", moment_s, required=False, also=("depuis",)),
        Column("until", moment_s, required=False, also=("jusque",)),
    ])  # fmt: skip
    problems: list[str] = []
    found: list[EnergyMeter] = []
    for row in rows:
        meter = EnergyMeter(
            row["meter"], row["id"], row["member"], row["kind"], row["kw"], _place(row), row["commune"],
            bool(row["public"]), row["since"] or 0, row["until"] or FOREVER_S,
        )  # fmt: skip
        if (row["longitude"] is None) != (row["latitude"] is None):
            problems.append(f"line {row.line}: longitude and latitude come together")
        if meter.since_s >= meter.until_s:
            problems.append(f"line {row.line}: the meter counts until before it begins to")
        if (other := _same(found, meter)) is not None:
            told = f"meter {other.label} {other.kind} already, and from one moment to another only one counts"
            problems.append(f"line {row.line}: {told}")
        found.append(meter)
    if problems:
        raise CsvError(path, problems)
    return found


def _same(found: Sequence[EnergyMeter], meter: EnergyMeter) -> EnergyMeter | None:
    """One of the same label and kind that counts at the same time."""
    for it in found:
        together = it.since_s < meter.until_s and meter.since_s < it.until_s
        if together and (it.label, it.kind) == (meter.label, meter.kind):
            return it
    return None


def _place(row: Any) -> tuple[float, float] | None:
    return None if None in (row["longitude"], row["latitude"]) else (row["longitude"], row["latitude"])


def decimal(text: str) -> Decimal:
    """A number with a decimal comma or point, exactly.

    Raises:
        InputError: it is none.
    """
    plain = text.replace(",", ".", 1)
    whole, _, parts = plain.removeprefix("-").partition(".")
    if not (whole + parts).isascii() or not (whole + parts).isdigit() or not whole or len(plain) > 30:
        raise InputError(f"{text[:40]!r} is not a number: digits, and a comma or a point before decimals")
    return Decimal(plain)


def _power_kw(text: str) -> Decimal:
    kw = decimal(text)
    if kw <= 0:
        raise InputError(f"{text} kW is no power: more than 0")
    return kw


def _degrees(most: int) -> csvfile.Parse:
    def parse(text: str) -> float:
        degrees = decimal(text)
        if abs(degrees) > most:
            raise InputError(f"{text} degrees are more than {most}")
        return float(degrees)

    return parse
