"""What the reading of a cadastre found: the parcels that may be registered, and why the others may not."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from beffroi.land.geometry import Geometry
from beffroi.land.parcels import ParcelId


@dataclass(frozen=True)
class Tolerances:
    """How far a drawing may be from what it should be.

    The area of record is fiscal: it is never taken from the drawing.

    Attributes:
        area_factor: the drawn area and the area of record may differ by this factor before the parcel is refused, which
            catches another unit or another parcel's figure. On the real cadastre of a commune the worst was 3.85.
        area_floor_m2: a difference below this refuses nothing: slivers of 1 m² are drawn twice as wide.
        boundary_m: how well boundaries are known. A difference beyond perimeter x boundary is noted.
        overlap_m2: two parcels may share this much ground, from the rounding of their corners.
        overlap_fraction: nor may they share more than this fraction of the smaller one.
    """

    area_factor: float = 5.0
    area_floor_m2: float = 10.0
    boundary_m: float = 0.5
    overlap_m2: float = 0.5
    overlap_fraction: float = 0.1


class CadastreRule(StrEnum):
    """What a finding is about."""

    STRUCTURE = "structure"
    PARCEL_ID = "parcel id"
    DUPLICATE = "duplicate"
    COMMUNE = "commune"
    POSITION = "position"
    RING = "ring"
    ORIENTATION = "orientation"
    AREA_MISSING = "area missing"
    AREA = "area"
    OVERLAP = "overlap"
    DATE = "date"


@dataclass(frozen=True)
class Finding:
    """Something that the reader of a cadastre must know.

    Attributes:
        subject: the parcel's id as the file has it, or "feature 12" when it has none.
        rule: what it is about.
        message: the fact, in plain words.
        refuses: whether the parcel is left out for it; a note otherwise.
    """

    subject: str
    rule: CadastreRule
    message: str
    refuses: bool = True


@dataclass(frozen=True)
class Parcel:
    """A parcel that passed every check.

    Attributes:
        id: its id.
        area_m2: its area of record (*contenance*).
        drawn_m2: the area of its drawing, on the ground.
        surveyed: whether a surveyor measured it (*arpentée*).
        created: when it entered the cadastre.
        updated: when it last changed there.
        geometry: its shape, as published.
        sha256: the hash of its canonical geometry, as published beside the cadastre.
        keccak256: the hash of the same text that goes on chain.
    """

    id: ParcelId
    area_m2: int
    drawn_m2: float
    surveyed: bool
    created: date | None
    updated: date | None
    geometry: Geometry = field(repr=False)
    sha256: bytes
    keccak256: bytes


@dataclass(frozen=True)
class CadastreReport:
    """A cadastre, read whole.

    Attributes:
        parcels: those that may be registered, by id.
        findings: refusals and notes, in the order of the file.
        features: how many features the file holds.
    """

    parcels: tuple[Parcel, ...]
    findings: tuple[Finding, ...]
    features: int

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that leave a parcel out."""
        return tuple(finding for finding in self.findings if finding.refuses)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings that leave none out."""
        return tuple(finding for finding in self.findings if not finding.refuses)

    @property
    def area_m2(self) -> int:
        """The sum of the areas of record."""
        return sum(parcel.area_m2 for parcel in self.parcels)

    @property
    def sections(self) -> dict[str, int]:
        """How many parcels each section has."""
        return dict(sorted(Counter(parcel.id.prefix + parcel.id.section for parcel in self.parcels).items()))

    def lines(self, most: int = 20) -> list[str]:
        """The report in plain words, with the first findings of each rule.

        Args:
            most: how many findings of one rule are told before the rest are counted.
        """
        registrable = f"{len(self.parcels):,} parcels ({self.area_m2:,} m² in {len(self.sections)} sections)"
        refused = self.features - len(self.parcels)
        told = [f"{self.features:,} features read: {registrable} may be registered, {refused:,} refused."]
        for kind, findings in (("refused", self.refusals), ("noted", self.notes)):
            for rule, count in Counter(finding.rule for finding in findings).items():
                of_rule = [finding for finding in findings if finding.rule == rule]
                told += [f"{kind} · {rule} · {finding.subject}: {finding.message}" for finding in of_rule[:most]]
                if count > most:
                    told.append(f"{kind} · {rule} · and {count - most:,} more")
        return told

    def csv(self) -> str:
        """Every finding as a line of CSV; a cell that a spreadsheet would take for a formula is quoted."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["parcel", "refused", "rule", "finding"])
        for finding in self.findings:
            kind = "yes" if finding.refuses else "no"
            writer.writerow([_cell(finding.subject), kind, finding.rule, _cell(finding.message)])
        return text.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
