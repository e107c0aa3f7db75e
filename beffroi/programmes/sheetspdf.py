"""Sheets to print: a PDF of A4 pages, three sheets each, with the code in letters and as a QR code."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from beffroi import qr
from beffroi.programmes.programmekeys import code_of
from beffroi.programmes.programmeroll import ProgrammeRoll
from beffroi.programmes.programmesheets import Sheets, SheetsError

A_PAGE = 3
MOST_LINES = 8
_WIDTH, _HEIGHT = A4
_MARGIN, _QR = 12 * mm, 48 * mm
_SHEET = (_HEIGHT - 2 * _MARGIN) / A_PAGE
_LEFT, _RIGHT = _MARGIN + _QR + 8 * mm, _WIDTH - _MARGIN
_FONTS = {"Vera": "Vera.ttf", "VeraBd": "VeraBd.ttf"}
"""They come with the library, and are embedded: what is printed is what was drawn."""

Line = tuple[str, int, str]
"""Font, its size in points, and the words."""


def sheets_pdf(sheets: Sheets, roll: ProgrammeRoll, words: str) -> bytes:
    """The PDF of all sheets.

    Args:
        sheets: whose codes it shows.
        roll: as it was published, which has each sheet's index.
        words: what a sheet says besides, to whoever has it.

    Raises:
        ProgrammeRollError: a sheet does not stand there.
        SheetsError: the font has no such letter, or the words find no room.
    """
    for font, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(font, file))
    head, foot = _lines(("VeraBd", 15, sheets.title)), _lines(("Vera", 10, words))
    if len(head) + len(foot) > MOST_LINES:
        raise SheetsError(f"title and words fill {len(head) + len(foot)} lines of a sheet, and {MOST_LINES} find room")
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=A4, invariant=1)
    canvas.setTitle(sheets.title)
    for place, (seed, key) in enumerate(zip(sheets.seeds, sheets.keys, strict=True)):
        if place and not place % A_PAGE:
            canvas.showPage()
        top, code = _HEIGHT - _MARGIN - place % A_PAGE * _SHEET, code_of(seed)
        _draw_code(canvas, f"{code} 0x{sheets.programme.hex()}", top - (_SHEET - _QR) / 2)
        _write(canvas, [*head, ("VeraBd", 11, code), *foot, ("Vera", 8, str(roll.index_of(key)))], top - 16 * mm)
        canvas.setDash(2, 2)
        canvas.line(_MARGIN, top - _SHEET, _RIGHT, top - _SHEET)
    canvas.save()
    return drawn.getvalue()


def _lines(line: Line) -> list[Line]:
    font, size, words = line
    known = TTFont(font, _FONTS[font]).face.charToGlyph
    if unknown := {it for it in words if ord(it) not in known and it != "\n"}:
        raise SheetsError(f"no sheet can be printed with {', '.join(sorted(unknown))}: the font has no such letter")
    return [(font, size, it) for it in simpleSplit(words, font, size, _RIGHT - _LEFT)]


def _write(canvas: Canvas, lines: list[Line], top: float) -> None:
    for font, size, words in lines:
        canvas.setFont(font, size)
        canvas.drawString(_LEFT, top, words)
        top -= 1.6 * size


def _draw_code(canvas: Canvas, text: str, top: float) -> None:
    """Each row's dark runs as rectangles: a printer's own dots are its edges."""
    rows = qr.rows(text)
    module, path = _QR / len(rows), canvas.beginPath()
    for row, runs in enumerate(rows):
        for start, length in runs:
            path.rect(_MARGIN + start * module, top - (row + 1) * module, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)
