"""Readings that sensors sign, and a day of them under one root.

A leaf holds the sensor's signature: whoever lacks the sensor's key, or the reading itself, confirms no guess by it. So
readings are shown one by one to whom they concern, and of the day everybody knows what its paper says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from sha3 import keccak_256

from beffroi import csvfile, signatures
from beffroi.csvfile import Column
from beffroi.eip712 import Domain, SlipType
from beffroi.errors import InputError
from beffroi.records.paperfile import octets
from beffroi.roll.merkle import Tree, hash_leaf

WORD = 32
READING = SlipType("Reading(string quantity,string unit,uint256 at,string value)")
_VALUE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")


@dataclass(frozen=True)
class SensorReading:
    """What one sensor read at one moment.

    Attributes:
        sensor: its account.
        at_s: unix seconds.
        value: as the sensor wrote it, a decimal.
        signature: by its key, r ‖ s ‖ v.
    """

    sensor: str
    at_s: int
    value: str
    signature: bytes

    @property
    def number(self) -> Decimal:
        """The value, exactly."""
        return Decimal(self.value)

    @property
    def leaf(self) -> bytes:
        """What stands for it in the day's tree, 32 bytes."""
        said = keccak_256(self.value.encode()).digest() + keccak_256(self.signature).digest()
        return hash_leaf(bytes.fromhex(self.sensor[2:]).rjust(WORD, b"\0") + self.at_s.to_bytes(WORD) + said)

    def digest(self, domain: Domain, quantity: str, unit: str) -> bytes:
        """What the sensor signs, 32 bytes."""
        return READING.of(quantity, unit, self.at_s, self.value).digest(domain)

    def is_signed(self, domain: Domain, quantity: str, unit: str) -> bool:
        """Whether the sensor's key signed it, in the one form of a signature."""
        digest = self.digest(domain, quantity, unit)
        return signatures.plain(self.signature, digest, self.sensor) == self.signature


@dataclass(frozen=True)
class DayReadings:
    """The readings of a day.

    Attributes:
        readings: by sensor, and by time.
    """

    readings: tuple[SensorReading, ...]

    @cached_property
    def tree(self) -> Tree:
        """Of places."""
        return Tree([it.leaf for it in self.readings], len(self.readings), by_place=True)

    def find(self, sensor: str, at_s: int) -> int:
        """The place of a reading.

        Raises:
            InputError: there is none of that sensor at that moment.
        """
        for place, it in enumerate(self.readings):
            if (it.sensor, it.at_s) == (sensor, at_s):
                return place
        raise InputError(f"there is no reading of {sensor} at {at_s}")


def reading_value(text: str) -> str:
    """A value as a sensor writes it.

    Raises:
        InputError: it is none: no `nan`, no exponent, no comma.
    """
    if not _VALUE.fullmatch(text):
        raise InputError(f"{text[:40]!r} is no value of a sensor: as -3 or 21.50, 12 digits and 9 decimals at most")
    return text


def read_readings(path: Path, domain: Domain, quantity: str, unit: str) -> list[tuple[int, SensorReading]]:
    """The readings of a file, each with its line: `sensor`, `at` (unix seconds), `value`, `signature`.

    Args:
        path: of the CSV.
        domain: where they are signed for.
        quantity: what was read: `energy`.
        unit: of the values: `kWh`.

    Raises:
        CsvError: a line is none; with every line.
    """
    rows = csvfile.read(path, [
        Column("sensor", csvfile.address), Column("at", csvfile.number), Column("value", reading_value),
        Column("signature", octets),
    ])  # fmt: skip
    found = []
    for row in rows:
        told = SensorReading(row["sensor"], row["at"], row["value"], row["signature"])
        own = signatures.plain_or_same(told.signature, told.digest(domain, quantity, unit), told.sensor)
        found.append((row.line, SensorReading(told.sensor, told.at_s, told.value, own)))
    return found


def sum_of(values: Sequence[Decimal]) -> str:
    """Their sum, exactly, in its one form: no exponent, no zero at the end."""
    total = sum((int(it.scaleb(9)) for it in values), 0)
    whole, parts = divmod(abs(total), 10**9)
    decimals = f"{parts:09}".rstrip("0")
    return f"{'-' if total < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"
