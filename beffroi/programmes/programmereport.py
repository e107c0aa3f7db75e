"""The file that tells what merchants took in a programme, by period; the dApp writes the same one."""

from collections.abc import Iterable
from pathlib import Path

from beffroi import spreadsheet
from beffroi.programmes.programmebook import ReportLine
from beffroi.programmes.programmeterms import ProgrammeTerms
from beffroi.units import euros

COLUMNS = ("period", "merchant", "spent", "refunded", "euros")


def write_report(path: Path, terms: ProgrammeTerms, lines: Iterable[ReportLine]) -> None:
    """Writes lines as CSV: periods from 1, `after` for what came back once it was over.

    Args:
        path: of the file.
        terms: of the programme.
        lines: as `ProgrammeBook.report` gives them.
    """
    rows = [
        (
            "after" if it.period == terms.periods else it.period + 1,
            it.merchant,
            it.spent,
            it.refunded,
            euros((it.spent - it.refunded) * terms.unit_cents, grouping=""),
        )
        for it in lines
    ]
    spreadsheet.write(path, COLUMNS, rows)
