"""QR codes, drawn for pages that are printed."""

import io
import re
from html import escape

import segno

QUIET = 4


def rows(text: str) -> list[list[tuple[int, int]]]:
    """A QR code, error correction Q: for each row its runs of dark modules, as their starts and lengths.

    Rows are square with the quiet zone of four modules that belongs around it.

    Args:
        text: what it holds.
    """
    matrix = segno.make_qr(text, error="q", boost_error=True).matrix_iter(border=QUIET)
    return [_runs(bytes(row)) for row in matrix]


def svg(text: str, label: str) -> str:
    """A QR code, error correction Q (a quarter of it may be soiled), as an SVG element.

    Args:
        text: what it holds.
        label: what those who don't see it are told.
    """
    drawn = io.BytesIO()
    segno.make_qr(text, error="q", boost_error=True).save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        light="#fff",
    )
    return drawn.getvalue().decode("ascii").replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)


def _runs(row: bytes) -> list[tuple[int, int]]:
    return [(found.start(), len(found[0])) for found in re.finditer(b"\x01+", row)]
