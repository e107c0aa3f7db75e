"""Programmes by their commands alone: a month and another of food aid, from its opening to its reclaim, and stamps."""

import csv
import datetime as dt
import re
import stat

import pytest
from pypdf import PdfReader

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.chain.order import RevertsError
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmekeys import code_of, key_of, new_seed
from beffroi.programmes.programmeroll import ProgrammeRoll, read_roll
from beffroi.programmes.programmesheets import read_sheets
from beffroi.programmes.programmeslips import spend_slip
from beffroi.residents import ResidentKind
from beffroi.town.load import load_town
from beffroi.town.manifest import manifest_path, read_manifest
from beffroi.units import DAY_S, HOUR_S
from testbed.town import AUDITOR, MAYOR, TREASURER, Town, fund
from tests.journeys.conftest import NAME

GROCER, BOOKSELLER = Key.derived("programmes", "grocer"), Key.derived("programmes", "bookseller")
WALLET = Key.derived("programmes", "a household's wallet")
EACH, CAP, PERIOD_DAYS, PERIODS = 50_00, 40_00, 30, 2
FOOD = """
title: Food aid, winter
opens: {opens}
period_days: 30
periods: 2
unit: 0.01
units: 5000
daily_cap: 4000
categories: [food, hygiene]
rule: Fifty euros a month for each household that the social service named on 12 December.
uri: https://ccas.example/food.csv
"""
STAMPS = """
title: Ten coffees
opens: {opens}
period_days: 90
periods: 1
unit: 0
categories: [coffee]
rule: A stamp a coffee; the eleventh is on the house.
"""


@pytest.fixture
def market(does, chain, tmp_path):
    """The town, its merchants, and an association with a thousand euros of local money, which the mayor keeps."""
    town = Town(chain, load_town(tmp_path / "town.yaml"), read_manifest(manifest_path(31337, NAME)))
    fund(chain, [GROCER, BOOKSELLER])
    town.enrols(ResidentKind.PROFESSIONAL, GROCER, BOOKSELLER)
    town.does(AUDITOR, town.currency, "attestReserve", 1_000_00, b"reserve".ljust(32, b"\0"))
    town.does(TREASURER, town.currency, "issue", MAYOR.address, 1_000_00, b"aid".ljust(32, b"\0"))
    return town


def written(path, text):
    path.write_text(text)
    return path


def opening(chain):
    """In an hour, by the chain's clock; and how the file has it."""
    opens_s = clock_s(chain) + HOUR_S
    return opens_s, dt.datetime.fromtimestamp(opens_s, dt.UTC).replace(tzinfo=None).isoformat()


def until(chain, moment_s):
    """The next block has this time."""
    chain.call("evm_setNextBlockTimestamp", hex(moment_s))
    chain.call("evm_mine")


def named(told):
    return re.search("0x[0-9a-f]{64}", told)[0]


def cents(town, who):
    return town.currency.read(town.rpc, "balanceOf", who.address)


def opened(does, chain, folder):
    """Three sheets and a household's own key: the programme's name, its sheets and roll, and when it opens."""
    opens_s, opens = opening(chain)
    file = written(folder / "food.yaml", FOOD.format(opens=opens))
    late = written(folder / "late.yaml", FOOD.format(opens="2026-01-01"))
    twice = written(folder / "twice.csv", f"key;units\n{WALLET.address};1\n{WALLET.address};2\n")
    none = written(folder / "none.csv", f"key;units\n{WALLET.address};0\n")
    own = written(folder / "own.csv", f"key;units\n{WALLET.address};{EACH}\n")
    codes, roll = folder / "food.codes", folder / "food.csv"
    sheets = "--sheets", 3, "--codes", codes, "--roll", roll

    assert "says units for each sheet" in does("programme", "open", file, code=1), (
        "it would be of grants alone, for good"
    )
    assert "go together" in does("programme", "open", file, "--sheets", 3, "--roll", roll, code=2)
    assert "open it later" in does("programme", "open", late, *sheets, code=1)
    assert "stands on line 2 already" in does("programme", "open", file, "--households", twice, *sheets, code=1)
    assert "may spend 0 units" in does("programme", "open", file, "--households", none, "--roll", roll, code=1)
    over = "--sheets", 3, "--codes", codes, "--roll", codes
    assert "are one file" in does("programme", "open", file, *over, code=1)
    assert not codes.exists(), "nothing is kept of what was refused"

    words = "programme", "open", file, "--households", own, *sheets
    announced = named(does("programme", "name", file, MAYOR.address))
    told = does(*words)
    assert announced == named(told)
    assert "4 keys" in told
    assert "40,000 units, 400.00" in told
    assert stat.S_IMODE(codes.stat().st_mode) == 0o600
    before = codes.read_bytes(), roll.read_bytes()
    assert "was already open" in does(*words)
    assert (codes.read_bytes(), roll.read_bytes()) == before
    assert "has another total, root" in does("programme", "open", file, *sheets, code=1)
    return named(told), read_sheets(codes), roll, opens_s


def checked(does, name, roll, folder):
    """The published roll is the one that was sealed, and no other is."""
    assert "NOT funded: 40,000 units, 400.00 are missing" in does("programme", "check", name, roll, code=1)
    assert "400.00 paid in" in does("programme", "fund", name)
    assert "0.00 paid in" in does("programme", "fund", name)
    assert "True: 4 keys, 20,000 units, 200.00 a period" in does("programme", "check", name, roll)
    more = written(folder / "more.csv", re.sub(";5000;", ";5001;", roll.read_text(), count=1))
    assert "it allows 20001 units a period, and 20000 were" in does("programme", "check", name, more, code=1)
    lines = roll.read_text().splitlines(keepends=True)
    doubled = written(folder / "doubled.csv", "".join([*lines, lines[-1].replace("3;", "4;", 1)]))
    assert "stands on line 5 already" in does("programme", "check", name, doubled, code=1)
    there = read_roll(roll, bytes.fromhex(name[2:]))
    theirs = ProgrammeRoll(there.programme, bytes(32), dict(there.entries))
    other = written(folder / "other.csv", theirs.text())
    assert "it was made by rule 0x00" in does("programme", "check", name, other, code=1)


def accredited(does, name, folder):
    columns = "account;categories\n"
    beyond = written(folder / "beyond.csv", f"{columns}{GROCER.address};3\n")
    assert "none of these categories is the programme's" in does("programme", "accredit", name, beyond, code=1)
    merchants = written(folder / "merchants.csv", f"{columns}{GROCER.address};1 2\n{BOOKSELLER.address};0\n")
    assert "1 were accredited so already, 1 told now" in does("programme", "accredit", name, merchants)
    assert "0 told now" in does("programme", "accredit", name, merchants)


def printed(does, codes, folder):
    """The sheets as a PDF that their sponsor alone reads, even where others could read what stood there before."""
    pdf = written(folder / "sheets.pdf", "a draft that anyone reads")
    pdf.chmod(0o644)
    does(
        "programme",
        "sheets",
        folder / "food.codes",
        folder / "food.csv",
        pdf,
        "--words",
        "At the grocer's",
        offline=True,
    )
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    (page,) = PdfReader(pdf).pages
    assert all(it in page.extract_text() for it in [*codes, "Food aid, winter", "At the grocer's"])


def test_two_months_of_food_aid(does, chain, market, tmp_path):
    name, sheets, roll, opens_s = opened(does, chain, tmp_path)
    programme = bytes.fromhex(name[2:])
    checked(does, name, roll, tmp_path)
    accredited(does, name, tmp_path)

    codes = [code_of(seed) for seed in sheets.seeds]
    printed(does, codes, tmp_path)

    files = [written(tmp_path / f"code{place}", code) for place, code in enumerate(codes)]
    mistyped = written(tmp_path / "mistyped", codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1"))

    def spends(sheet, units, *options, who=GROCER, code=0):
        path = files[sheet] if isinstance(sheet, int) else sheet
        return does("programme", "spend", name, who.address, units, "--code", path, *options, code=code)

    assert "Programmes_NotYet" in spends(0, 10_00, "--roll", roll, code=1)
    until(chain, opens_s)
    assert "give the roll" in spends(0, 10_00, code=1)
    assert "mistyped" in spends(mistyped, 10_00, "--roll", roll, code=1)
    assert "Programmes_NoUnits" in spends(0, 0, "--roll", roll, code=1)
    assert "Programmes_NotAccredited" in spends(0, 10_00, "--roll", roll, who=BOOKSELLER, code=1)
    assert "4,000 units, 40.00 spent" in spends(0, CAP, "--roll", roll)
    assert "Programmes_DailyCapExceeded" in spends(0, 1, code=1)
    assert cents(market, GROCER) == CAP

    index = read_roll(roll, programme).index_of(sheets.keys[2])
    assert "is void" in does("programme", "void", name, roll, index)
    assert "was void already" in does("programme", "void", name, roll, index)
    assert "Programmes_Voided" in spends(2, 1_00, "--roll", roll, code=1)

    book = ProgrammeBook.of(chain, market.manifest)
    ends_s = opens_s + PERIOD_DAYS * DAY_S
    last = spend_slip(programme, sheets.keys[0], GROCER.address, 1_00, 9, ends_s - 1)
    key = key_of(sheets.seeds[0], programme)
    row = *last.values[1:], key.sign(last.digest(book.domain))
    until(chain, ends_s)
    with pytest.raises(RevertsError, match="SlipActs_SlipExpired"):
        market.does(MAYOR, book.contract, "spend", programme, row, [])
    assert "4,000 units" in spends(0, CAP), "what was left lapsed, and all of the second month's is there"

    market.does(GROCER, market.currency, "approve", book.contract.address, 100_00)
    slip = next(iter(book.told(programme, "UnitsSpent"))).args
    given = refundable(book, programme, slip, key, opens_s)
    with pytest.raises(RevertsError, match="Programmes_RefundExceeds"):
        market.does(GROCER, book.contract, "refund", programme, given, CAP + 1)
    market.does(GROCER, book.contract, "refund", programme, given, 5_00)

    assert "Programmes_StillRunning" in does("programme", "reclaim", name, code=1)
    until(chain, opens_s + PERIODS * PERIOD_DAYS * DAY_S)
    assert "Programmes_Over" in spends(1, 1_00, "--roll", roll, code=1)
    before = cents(market, MAYOR)
    assert "32,500 units, 325.00 went back" in does("programme", "reclaim", name)
    assert cents(market, MAYOR) == before + 325_00
    assert "Nothing is left" in does("programme", "reclaim", name)

    out = tmp_path / "report.csv"
    assert "left      0 units, 0.00" in does("programme", "report", name, out)
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert [(it["period"], it["spent"], it["refunded"], it["euros"]) for it in rows] == [
        ("1", "4000", "0", "40.00"),
        ("2", "4000", "500", "35.00"),
    ]
    assert {it["merchant"] for it in rows} == {GROCER.address}
    assert not any(key in out.read_text() for key in sheets.keys)


def refundable(book, programme, spent, key, opens_s):
    """The slip of a spend, by its calldata: its deadline is the till's quarter of an hour."""
    event = next(it for it in book.told(programme, "UnitsSpent") if it.args == spent)
    said = book.rpc.call("eth_getTransactionByHash", event.transaction)["input"]
    deadline_s = int(said[2 + 8 + 64 * 3 + 64 * 4 : 2 + 8 + 64 * 3 + 64 * 5], 16)
    assert opens_s < deadline_s < opens_s + HOUR_S
    slip = spend_slip(programme, spent["holder"], spent["merchant"], spent["units"], spent["nonce"], deadline_s)
    return (*slip.values[1:], key.sign(slip.digest(book.domain)))


def test_a_shops_stamps(does, chain, market, tmp_path):
    opens_s, opens = opening(chain)
    name = named(does("programme", "open", written(tmp_path / "stamps.yaml", STAMPS.format(opens=opens))))
    assert "there is no money behind them" in does("programme", "fund", name, code=1)
    merchants = written(tmp_path / "merchants.csv", f"account;categories\n{GROCER.address};1\n")
    does("programme", "accredit", name, merchants)
    assert "say" in does("programme", "grant", name, GROCER.address, 10, code=2)
    assert "may grant 20 units" in does("programme", "grant", name, MAYOR.address, 20, "--allow")
    assert "as before" in does("programme", "grant", name, MAYOR.address, 20, "--allow")

    seed = new_seed()
    card = key_of(seed, bytes.fromhex(name[2:])).address
    code = written(tmp_path / "code", code_of(seed))
    assert "10 units granted" in does("programme", "grant", name, card, 10, "Ten coffees, till 4021")
    assert "granted for that act already" in does("programme", "grant", name, card, 10, "Ten coffees, till 4021")
    assert "Programmes_GranterExceeds" in does("programme", "grant", name, card, 11, "Eleven more", code=1)

    until(chain, opens_s)
    spend = "programme", "spend", name, GROCER.address
    assert "10 units spent" in does(*spend, 10, "--code", code)
    assert "Programmes_AllowanceExceeded" in does(*spend, 1, "--code", code, code=1)
    assert cents(market, GROCER) == 0
    out = tmp_path / "report.csv"
    assert "spent     10 units" in does("programme", "report", name, out)
    assert out.read_text().splitlines()[1] == f"1,{GROCER.address},10,0,0.00"
    until(chain, opens_s + 90 * DAY_S)
    assert "Nothing is left" in does("programme", "reclaim", name)
