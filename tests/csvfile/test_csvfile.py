"""CSV as it comes: what is meant is read exactly, what is wrong is named by line."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi import amounts, csvfile, spreadsheet
from beffroi.amounts import amount_cents
from beffroi.csvfile import Column, CsvError

ADA = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
BOB = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
GRANTS = [
    Column("account", csvfile.address, unique=True),
    Column("amount", amount_cents),
    Column("kind", csvfile.one_of({"citizen": 1, "public_body": 3}), required=False),
]


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "grants.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems(path):
    with pytest.raises(CsvError) as caught:
        csvfile.read(path, GRANTS)
    return caught.value.problems


@pytest.mark.parametrize(
    "text",
    [
        f"account,amount\n{ADA},12.50\n{BOB},1\n",
        f"\ufeffaccount;amount\r\n{ADA};12,50\r\n{BOB};1,00\r\n",
        f"account\tamount\n{ADA}\t12,5\n{BOB}\t1.0",
        f'Compte , MONTANT\n{ADA.lower()},"12,50"\n\n{BOB} , 1\n\n',
        f"amount;account\n12.50 €;{ADA}\n1;0x{BOB[2:].upper()}\n",
    ],
)
def test_a_file_is_read_however_it_was_exported(file, text):
    rows = csvfile.read(file(text), GRANTS)
    assert [(row["account"], row["amount"], row["kind"]) for row in rows] == [(ADA, 1250, None), (BOB, 100, None)]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0.01", 1),
        ("1234", 123_400),
        ("1234,5", 123_450),
        ("1 234,50", 123_450),
        ("1\u202f234,50", 123_450),
        ("1\u00a0234.50", 123_450),
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("1'234.50", 123_450),
        ("1\u2019234.50", 123_450),
        ("12 345 678,90 €", 1_234_567_890),
        (" 5,00 ", 500),
        ("1.234.567", 123_456_700),
        ("1.234.567,89", 123_456_789),
    ],
)
def test_an_amount_is_read_exactly(text, cents):
    assert amount_cents(text) == cents


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("1.234", "thousands or decimals"),
        ("1,234", "thousands or decimals"),
        ("0.001", "at most two decimals"),
        ("1e3", "not an amount"),
        ("-5", "not an amount"),
        ("+5", "not an amount"),
        ("12.34,56,78", "not an amount"),
        ("1.23,45", "not an amount"),
        ("12 50", "groups of three"),
        ("100 00", "groups of three"),
        ("12'50", "groups of three"),
        ("1 2345", "groups of three"),
        ("1234 567", "groups of three"),
        ("1 234'567", "groups of three"),
        ("1  234", "groups of three"),
        ("0 123", "groups of three"),
        ("1 234.567", "groups of three"),
        ("1 234,567,890", "groups of three"),
        ("1,5 0", "groups of three"),
        ("- 5", "groups of three"),
        ("1\u202f23", "groups of three"),
        (".5", "not an amount"),
        ("5.", "not an amount"),
        ("٣", "not an amount"),
        ("NaN", "not an amount"),
        ("0", "not more than 0"),
        ("0,00", "not more than 0"),
    ],
)
def test_what_is_no_amount_or_could_be_two_is_refused(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        amount_cents(text)


@given(st.integers(1, 10**15), st.sampled_from([",", "."]), st.sampled_from(["", " ", "\u202f", "\u00a0", "'"]))
def test_any_amount_survives_being_written(cents, mark, group):
    whole = f"{cents // 100:,}".replace(",", group)
    assert amount_cents(f"{whole}{mark}{cents % 100:02d}") == cents


def test_every_problem_is_listed_with_its_line_and_what_is_allowed(file):
    found = problems(
        file(
            "account;amount;kind\n"
            f"{ADA};1;citizen\n"
            f"{ADA.lower()};2;citizen\n"
            f"{ADA.replace('5aA', '5aa')};3;citizen\n"
            f"{BOB};;citizen\n"
            "0x12;0,001;dog\n"
            f"{BOB};1;public body;more\n"
            f"0x{'00' * 20};1;\n"
        )
    )
    assert found == [
        f"line 3: account: {ADA.lower()} stands on line 2 already",
        f"line 4: account: {ADA.replace('5aA', '5aa')} has a wrong checksum: a digit may have been mistyped (EIP-55)",
        "line 5: no amount",
        "line 6: account: '0x12' is not an address: 0x and 40 hexadecimal digits",
        "line 6: amount: '0,001' is not an amount: digits, and at most two decimals after a comma or a point",
        "line 6: kind: 'dog' is unknown: citizen, public_body are allowed",
        "line 7: 4 fields, where the header has 3; an amount with a comma needs quotes",
        "line 8: account: the zero address holds nothing",
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "line 1: the file is empty"),
        (b"account,amount\n", "line 1: no line follows the header"),
        (b"account\n0x\n", "line 1: no column amount; the file has account"),
        (b"account,amount,amount\n1,2,3\n", "line 1: column amount stands 2 times"),
        (b"account,amount,amonut\n1,2,3\n", "line 1: unknown column 'amonut'; allowed are account, amount, kind"),
        (
            "account,amount\né,1\n".encode("latin-1"),
            "line 2, byte 1: byte 0xe9, “é” in Windows-1252, is not UTF-8: save the file as UTF-8 (“CSV UTF-8”)",
        ),
        (b'account,amount\n"0x,1\n', "line 2: unexpected end of data; a quote may not be closed"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file, content, complaint):
    assert complaint in problems(file(content))


def test_a_line_number_counts_lines_inside_quotes(file):
    found = problems(file(f'account,amount\n"{ADA}\n",1\n{BOB},x\n'))
    assert found == ["line 4: amount: 'x' is not an amount: digits, and at most two decimals after a comma or a point"]


def test_a_thousand_problems_are_counted_and_the_first_are_shown(file):
    with pytest.raises(CsvError, match="has 1000 problems; nothing was sent") as caught:
        csvfile.read(file("account,amount\n" + "0x,1\n" * 1000), GRANTS)
    assert str(caught.value).endswith("… and 800 more")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "-", "-A1", "-1e3", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_written_as_text(tmp_path, text):
    spreadsheet.write(tmp_path / "out.csv", ["memo", "amount"], [(text, -5)])
    with (tmp_path / "out.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [["memo", "amount"], ["'" + text, "-5"]]


def test_a_negative_number_is_summed(tmp_path):
    spreadsheet.write(tmp_path / "out.csv", ["amount"], [("-12.50",), ("-3",), ("4.25",)])
    assert (tmp_path / "out.csv").read_bytes() == b"amount\r\n-12.50\r\n-3\r\n4.25\r\n"


def test_a_french_excel_opens_it_as_it_is(tmp_path):
    rows = [("payé", "-12.50"), ("0x12.5", "1.0.0"), ("=1", "2026-11-03")]
    spreadsheet.write(tmp_path / "out.csv", ["nature", "montant"], rows, spreadsheet.FRENCH_EXCEL)
    written = (tmp_path / "out.csv").read_bytes()
    assert written == "\ufeffnature;montant\r\npayé;-12,50\r\n0x12.5;1.0.0\r\n'=1;2026-11-03\r\n".encode()


@pytest.mark.parametrize(
    "text",
    [
        f"sep=;\naccount;amount\n{ADA};12,50\n",
        f"\ufeffsep=,\r\naccount,amount\r\n{ADA},12.50\r\n",
        f'"sep=;"\naccount;amount\n{ADA};12,50\n',
        f"\n\naccount;amount\n{ADA};12,50\n\n\n",
        f";;\n \naccount;amount\n{ADA};12,50\n",
        f"account;amount;;\n{ADA};12,50;;\n;;;\n",
        f"account;amount\n{ADA};12,50;;;\n",
        f"Adresse;Montant\n{ADA};12,50\n",
        f"COMPTE\tmontant \n{ADA}\t12,50\n",
    ],
)
def test_what_spreadsheets_put_around_a_table_is_no_fault(file, text):
    (row,) = csvfile.read(file(text), GRANTS)
    assert (row["account"], row["amount"]) == (ADA, 1250)


@pytest.mark.parametrize("before", ["sep=;\n", "\n", "sep=;\n\n;;\n"])
def test_lines_before_the_header_are_counted(file, before):
    line = before.count("\n") + 2
    assert problems(file(f"{before}account;amount\n{ADA};x\n"))[0].startswith(f"line {line}: amount")


def test_a_field_too_many_that_says_something_is_told(file):
    assert "3 fields, where the header has 2" in problems(file(f"account;amount;\n{ADA};1;x\n"))[0]


def test_accents_in_headers_and_words_may_miss(file):
    columns = [
        Column("reference", csvfile.words),
        Column("kind", csvfile.one_of({"public_body": 3}, {"etabli": "public_body"})),
    ]
    for text in ("Référence;Genre\nF-1;Établi\n", "REFERENCE;type\nF-1;etabli\n"):
        (row,) = csvfile.read(file(text), columns)
        assert (row["reference"], row["kind"]) == ("F-1", 3)


def test_nothing_is_an_amount_where_nothing_may_be_meant():
    assert [amounts.amount_or_nothing_cents(it) for it in ("0", "0,00", "1 000")] == [0, 0, 100_000]
