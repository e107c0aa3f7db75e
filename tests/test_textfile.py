"""Whatever file is handed over: one sentence that names it, with the place where there is one, never a traceback."""

import gzip
import json
from itertools import pairwise

import pytest

from beffroi import amounts, csvfile, textfile
from beffroi.ballots import keyfiles
from beffroi.ballots.receipt import Receipt
from beffroi.consultation import challenge, preflib, subject
from beffroi.csvfile import Column
from beffroi.errors import BeffroiError
from beffroi.land import cadastre
from beffroi.land.salefile import SaleFile
from beffroi.roll import read_csv
from beffroi.town.load import load_town

COLUMNS = [Column("account", csvfile.address), Column("amount", amounts.amount_cents)]

READERS = {
    "town": load_town,
    "roll": read_csv,
    "list": lambda path: csvfile.read(path, COLUMNS),
    "question": subject.read,
    "sale": SaleFile.read,
    "key": lambda path: keyfiles.load(path, "password"),
    "cadastre": cadastre.read,
    "receipt": lambda path: Receipt.parse(textfile.read_text(path)),
    "opened ballot": lambda path: challenge.consultation(textfile.read_text(path)),
    "poll": preflib.read,
}
JSON_READERS = ["question", "sale", "key", "cadastre", "receipt", "opened ballot"]

FOREIGN = {
    "Windows-1252": ("# one\n# été\n".encode("cp1252"), "line 2, byte 3: byte 0xe9, “é” in Windows-1252, is not UTF-8"),
    "UTF-16": ("# été\n".encode("utf-16"), "UTF-16 text"),
    "UTF-16, unmarked": ("# ete\n".encode("utf-16-le"), "line 1, byte 2: a zero byte: this is no text, or UTF-16"),
    "UTF-32": ("# été\n".encode("utf-32"), "UTF-32 text"),
    "an archive": (gzip.compress(b"{}"), "a gzip archive"),
    "a pdf": (b"%PDF-1.7\n{}", "this is a PDF, not text"),
    "cut within a letter": ("# été".encode()[:-1], "line 1, byte 6: byte 0xc3"),
}

DAMAGED = {
    "empty": "",
    "blank": " \n\n",
    "half": '{"format": "beffroi-sale-1", "chainId"',
    "a list": "[]",
    "a number": "7",
    "a huge number": "9" * 5_000,
    "a huge member": json.dumps({"format": "beffroi-sale-1", "question": "?"})[:-1]
    + ', "chainId": '
    + "9" * 5_000
    + "}",
    "null": "null",
    "a key twice": '{"format": 1, "format": 2}',
    "no number": '{"chainId": NaN}',
    "no end": '{"chainId": 1e999}',
    "members of the wrong kind": '{"format": "beffroi-sale-1", "purpose": 3, "chainId": [], "question": {}}',
    "half a character": '{"question": "\\ud83d", "options": ["a", "b"], "consultation": "\\ud83d"}',
    "too deep": "[" * 100_000,
    "too deep, in objects": '{"a":' * 100_000,
    "a formula": "=1+1",
}


@pytest.fixture
def file(tmp_path):
    def write(content, name="handed-over.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("content", "told"), FOREIGN.values(), ids=FOREIGN)
def test_another_encoding_is_told_with_its_place(file, reader, content, told):
    with pytest.raises(BeffroiError) as refused:
        READERS[reader](file(content))
    assert told in str(refused.value)


def _in_process(reader, path):
    """As in a clerk's process, where a library has raised the recursion limit beyond what the stack holds."""
    import py_ecc  # noqa: F401, PLC0415

    READERS[reader](path)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_told_in_words(file, reader, content):
    with pytest.raises(BeffroiError) as refused:
        _in_process(reader, file(content))
    assert str(refused.value).strip()
    str(refused.value).encode()


@pytest.mark.parametrize("reader", JSON_READERS[:4])
def test_json_that_breaks_off_is_told_with_line_and_column(file, reader):
    with pytest.raises(BeffroiError, match=r"is not .*: line 2, column 6: "):
        READERS[reader](file('{"a": 1,\n"b": '))


def test_an_archive_that_is_damaged_is_told_so(file):
    whole = gzip.compress(b'{"type": "FeatureCollection"}' * 1_000, compresslevel=0)
    for damaged in (whole[:40], whole[:20] + b"\xff" * 20 + whole[40:], whole[:10] + b"\x07" * 40, b"\x1f\x8b"):
        with pytest.raises(cadastre.CadastreFileError, match="damaged"):
            cadastre.read(file(damaged, "parcels.json.gz"))


ALIASES = "a: &a [1, 1]\n" + "".join(
    f"{after}: &{after} [{f'*{before}, ' * 9}]\n" for before, after in pairwise("abcdefghij")
)

YAML_SHAPES = {
    "aliases of aliases": ALIASES,
    "an alias of itself": "a: &a [*a]",
    "lists": "- - - - a\n-b",
    "numbers": "chains: [08, 0x, 1_0, 1e9, .inf]",
    "a list as a key": "? [a]\n: b",
    "a tab": "\t",
    "a directive": "%",
}


@pytest.mark.parametrize("text", YAML_SHAPES.values(), ids=YAML_SHAPES)
def test_yaml_of_any_shape_is_told_in_words(file, text):
    with pytest.raises(BeffroiError, match=r"handed-over.txt:\d+|handed-over.txt: "):
        load_town(file(text))


def test_a_byte_order_mark_is_no_fault(file):
    assert textfile.read_json(file(b'\xef\xbb\xbf{"a": "\xc3\xa9"}')) == {"a": "é"}


def test_brackets_within_texts_do_not_nest(file):
    deep = {"a": "[" * 1_000 + '\\"'}
    assert textfile.read_json(file(json.dumps(deep))) == deep


def test_a_whole_character_beyond_the_basic_plane_is_text(file):
    assert textfile.read_json(file('{"a": "\\ud83d\\ude00"}')) == {"a": "😀"}


MANY = 500_000
"""Of anything: a reader that starts again at each would take hours."""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"' + '\\"' * MANY, id="a string that nobody closes"),
        pytest.param("{" + ",".join(f'"{it}":0' for it in range(MANY)) + ',"0":0}', id="a key twice"),
    ],
)
def test_a_long_text_that_is_no_json_is_told_at_once(text):
    with pytest.raises(BeffroiError):
        textfile.json_of(text)


def test_a_list_with_many_blank_lines_before_its_header_is_read_at_once(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("\n" * 2 * MANY + f"account;amount\n0x{'11' * 20};1\n")
    (row,) = csvfile.read(path, COLUMNS)
    assert (row.line, row["amount"]) == (2 * MANY + 2, 100)


@pytest.mark.parametrize("text", ["9" * 90, "9" * 18, "9" * 5_000, "9" * 90 + ",99", "1" + ".000" * 40 + ",00"])
def test_more_than_any_account_holds_is_no_amount(text):
    with pytest.raises(BeffroiError, match="digits is more than any account holds"):
        amounts.amount_or_nothing_cents(text)
    assert amounts.amount_cents("9" * 17 + ",99") < 2**64
