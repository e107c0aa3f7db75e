"""Sheets as they are printed: what stands on each, and the QR code, module by module."""

import io

import pytest
import segno
from pypdf import PdfReader

from beffroi.programmes.programmekeys import code_of
from beffroi.programmes.programmeroll import ProgrammeRoll, ProgrammeRollError
from beffroi.programmes.programmesheets import Sheets, SheetsError, listed
from beffroi.programmes.sheetspdf import sheets_pdf

PROGRAMME = b"\x0a" * 32
WORDS = "À l’épicerie du Pont, jusqu’au 31 mars."


def drawn(number, title="Aide alimentaire — cœur de l’hiver"):
    sheets = Sheets.drawn(title, PROGRAMME, number)
    return sheets, ProgrammeRoll(PROGRAMME, bytes(32), listed({}, sheets, 5))


def pages(sheets, roll, words=WORDS):
    return PdfReader(io.BytesIO(sheets_pdf(sheets, roll, words))).pages


def modules(page):
    """The dark modules of each QR code of a page, by row and column, as its rectangles fill them."""
    boxes, codes = [], []
    for numbers, operator in page.get_contents().operations:
        if operator == b"re":
            boxes.append([float(it) for it in numbers])
        elif operator in {b"f", b"f*"}:
            codes.append(boxes)
            boxes = []
    feet, heads = ([edge(y for _, y, *_ in boxes) for boxes in codes] for edge in (min, max))
    assert all(foot > head for foot, head in zip(feet, heads[1:], strict=False)), "one stands upon another"
    return [_cells(boxes) for boxes in codes]


def _cells(boxes):
    left, top = min(x for x, *_ in boxes), max(y for _, y, *_ in boxes)
    size = boxes[0][3]
    return {
        (round((top - y) / size), round((x - left) / size) + step)
        for x, y, width, _ in boxes
        for step in range(round(width / size))
    }


def test_three_sheets_a_page_each_with_its_code_its_index_and_what_the_sponsor_says():
    sheets, roll = drawn(4)
    first, second = pages(sheets, roll)
    for page, own in ((first, range(3)), (second, range(3, 4))):
        lines = page.extract_text().splitlines()
        assert [it for it in lines if it.count("-") == 6] == [code_of(sheets.seeds[place]) for place in own]
        assert [it for it in lines if it.isdigit()] == [str(roll.index_of(sheets.keys[place])) for place in own]
        assert lines.count(sheets.title) == lines.count(WORDS) == len(own)


def test_a_qr_code_holds_the_code_a_space_and_the_programmes_name():
    sheets, roll = drawn(2)
    (page,) = pages(sheets, roll)
    for seed, dark in zip(sheets.seeds, modules(page), strict=True):
        meant = segno.make_qr(f"{code_of(seed)} 0x{PROGRAMME.hex()}", error="q", boost_error=True).matrix
        assert dark == {(row, at) for row, line in enumerate(meant) for at, module in enumerate(line) if module}


def test_a_long_title_goes_on_in_the_next_line():
    sheets, roll = drawn(1, "Aide alimentaire " * 5)
    (page,) = pages(sheets, roll)
    assert "".join(page.extract_text().split()).count("Aidealimentaire") == 5


def test_what_no_sheet_can_show_is_refused():
    sheets, roll = drawn(1)
    with pytest.raises(SheetsError, match="printed with 煮"):
        sheets_pdf(sheets, roll, "煮")
    with pytest.raises(SheetsError, match="lines of a sheet, and 8 find room"):
        sheets_pdf(sheets, roll, WORDS * 20)
    with pytest.raises(ProgrammeRollError, match="does not stand on this programme's roll"):
        sheets_pdf(sheets, drawn(1)[1], WORDS)
