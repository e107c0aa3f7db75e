"""Writes the sheets whose codes are in CODES as a PDF to print on A4, three a page, a QR code each.

\b
ROLL is the roll as it was published, which has each sheet's index: by it a lost sheet is voided.
Whoever reads CODES or PDF spends: print where nobody reads along, and erase both once the sheets
are handed out. Nothing is sent, and no node is asked.

\b
Example:
  ape run programme sheets food.codes food.csv sheets.pdf --words "At Saint-Roch's grocery, until 31 March"
"""

from pathlib import Path

import click

from beffroi.cli.command import PlainCommand
from beffroi.cli.options import EXISTING, FILE, require_apart
from beffroi.programmes.programmeroll import read_roll
from beffroi.programmes.programmesheets import read_sheets
from beffroi.programmes.sheetspdf import sheets_pdf
from beffroi.textfile import write_whole


@click.command(cls=PlainCommand, help=__doc__)
@click.argument("codes", type=EXISTING)
@click.argument("roll_path", metavar="ROLL", type=EXISTING)
@click.argument("pdf", type=FILE)
@click.option("--words", default="", help="What each sheet says besides: where, until when, whom to ask.")
def cli(*, codes: Path, roll_path: Path, pdf: Path, words: str) -> None:
    require_apart(codes, roll_path, pdf)
    sheets = read_sheets(codes)
    write_whole(pdf, sheets_pdf(sheets, read_roll(roll_path, sheets.programme), words), mode=0o600)
    click.echo(f"{len(sheets.seeds)} sheets in {pdf}: print it, hand them out, erase {codes} and {pdf}.")
