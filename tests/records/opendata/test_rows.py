"""Rows are what a CSV's records say: what stands around them is told apart from what they are."""

import random

import pytest

from beffroi.records.opendata.csvrows import RowProof, Rows, RowsError, difference
from tests.records.opendata.conftest import COUNTS

ROWS = Rows.of(COUNTS.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + COUNTS.encode(),
        COUNTS.replace("\n", "\r\n").encode(),
        COUNTS.removesuffix("\n").encode(),
        COUNTS.replace("\n", "\n\n").encode(),
    ],
    ids=["BOM", "CRLF", "no last line end", "empty lines"],
)
def test_what_stands_around_rows_is_no_part_of_them(data):
    assert Rows.of(data).root == ROWS.root


@pytest.mark.parametrize("change", [("412", "413"), ("Gare", "gare"), ("jour", "Jour"), ("388\n", "388 \n")])
def test_one_byte_changed_is_another_root(change):
    changed = Rows.of(COUNTS.replace(*change).encode())
    assert changed.root != ROWS.root
    assert changed.unordered != ROWS.unordered


def test_the_same_rows_in_another_order_have_another_root_and_one_hash_in_any_order():
    header, *rest = ROWS.rows
    reordered = Rows((header, *reversed(rest)))
    assert reordered.root != ROWS.root
    assert reordered.unordered == ROWS.unordered
    assert difference(reordered, ROWS).words == "rows in another order"


def test_a_line_end_within_quotes_belongs_to_its_row():
    rows = Rows.of(b'a,b\n1,"two\r\nlines, and ""quotes"""\n2,x\n')
    assert rows.rows == (b"a,b", b'1,"two\r\nlines, and ""quotes"""', b"2,x")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "0 lines"),
        (b"\n\r\n", "0 lines"),
        (b'a\n1\n"open\n2\n', "line 3: a quote is not closed"),
        ("a\n1\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_has_no_rows_is_refused(data, told):
    with pytest.raises(RowsError, match=told):
        Rows.of(data)


def test_each_row_is_proven_alone_and_at_no_other_place():
    for place in range(len(ROWS)):
        proof = RowProof.of(ROWS, place)
        assert proof.stands(ROWS.root, len(ROWS))
        for forged in (
            RowProof(place + 1, proof.text, proof.proof),
            RowProof(place, proof.text + " ", proof.proof),
            RowProof(place, proof.text, proof.proof[1:]),
            RowProof(place, proof.text, (*proof.proof, bytes(32))),
        ):
            assert not forged.stands(ROWS.root, len(ROWS))
        assert not proof.stands(ROWS.root, len(ROWS) + 1)
    with pytest.raises(RowsError, match="rows 1 to 3, no 4"):
        RowProof.of(ROWS, 4)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("412", "413"), "1 changed: row 1"),
        (("2026-03-02,Pont-Neuf,388\n", ""), "1 missing"),
        (("2026-03-03", "2026-03-02,Pont-Neuf,388\n2026-03-03"), "1 added: row 3"),
        (("jour", "day"), "1 changed: the header"),
    ],
)
def test_how_rows_differ_is_told_with_their_places(change, told):
    assert difference(Rows.of(COUNTS.replace(*change).encode()), ROWS).words == told


def test_of_files_that_have_little_in_common_nothing_is_told():
    assert difference(Rows.of(b"a,b\n1,2\n3,4\n"), ROWS) is None


def test_a_million_rows_and_a_file_that_is_one_open_quote_are_read_in_a_line():
    chance = random.Random(7)
    data = b"n,x\n" + b"".join(b"%d,%d\n" % (at, chance.randrange(10**6)) for at in range(10**6))
    rows = Rows.of(data)
    assert len(rows) == 10**6 + 1
    assert RowProof.of(rows, 10**6).stands(rows.root, len(rows))
    with pytest.raises(RowsError, match="line 1: a quote"):
        Rows.of(b'"' + data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'what,n\nscreen 5" wide,1\nscreen 6" wide,2\n', "line 2: a quote within a field"),
        (b'what,n\n"5"" wide" x,1\n', "line 2: a quote within a field"),
        (b"what,n\na,1\rb,2\rc,3\n", "line 2: a line that ends in CR alone"),
    ],
)
def test_what_readers_part_in_another_way_has_no_rows_to_be_sealed(data, words):
    with pytest.raises(RowsError, match=words):
        Rows.of(data)


def test_quotes_and_line_ends_within_a_quoted_field_are_its_own():
    assert len(Rows.of(b'a;b\r\n"5"" wide\r\nor, so";"x"\n"";1\n')) == 3
