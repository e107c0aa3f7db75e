"""A season of a circle of firms by its commands alone: treasurer, payer, auditor, and whoever passes by."""

import pytest

from beffroi.chain.keys import Key
from beffroi.credit.circle import Circle
from beffroi.residents import ResidentKind
from beffroi.town.load import load_town
from beffroi.town.manifest import manifest_path, read_manifest
from beffroi.units import DAY_S
from testbed.circle import Members
from testbed.estate import PAPER
from testbed.town import COMMONS, MAYOR, REGISTRAR, Town, fund
from tests.journeys.conftest import NAME

BAKER, GARAGE, PRINTER = FIRMS = [Key.derived("circle", name) for name in ("baker", "garage", "printer")]
STRANGER = Key.derived("circle", "stranger")
BANK = "transfer 2026-07-02"
DELAY_DAYS = 90


@pytest.fixture
def firms(does, chain, tmp_path):
    """In the town's circle are the mayor's firm, the baker, the garage and the printer."""
    town = Town(chain, load_town(tmp_path / "town.yaml"), read_manifest(manifest_path(31337, NAME)))
    fund(chain, FIRMS)
    town.enrols(ResidentKind.PROFESSIONAL, *FIRMS)
    return Members(town, Circle.of(chain, town.manifest))


def listed(path, header, *lines):
    """A file with these lines, as people write them."""
    path.write_text("\n".join([header, *lines]) + "\n")
    return path


def sets_limits(does, firms, tmp_path):
    """The treasurer, once for each line, and for no line of a file in which one is wrong."""
    header, file = "compte;plancher;plafond", tmp_path / "limits.csv"
    lines = [f"{firm.address};{floor};900,00" for firm, floor in zip(FIRMS, ("200,00", "80,00", "0"), strict=True)]
    firms.town.does(REGISTRAR, firms.town.residents, "suspend", PRINTER.address, PAPER)
    wrong = (
        (lines[1], "line 3: account"),
        (f"{STRANGER.address};1;2", "line 3: " + STRANGER.address + " is no active member"),
        (lines[2], "line 3: " + PRINTER.address + " is no active member"),
        (f"{GARAGE.address};3;2", "line 3: the floor is above the ceiling"),
        (f"{GARAGE.address};-3;2", "line 3: floor"),
    )
    for other, why in wrong:
        first = lines[1] if other == lines[1] else lines[0]
        told = does("credit", "limits", listed(file, header, first, other), code=1)
        assert why in told
        assert "nothing was sent" in told
    assert firms.circle.standing(BAKER.address).floor == 100_00
    firms.town.does(REGISTRAR, firms.town.residents, "reinstate", PRINTER.address, PAPER)

    listed(file, header, *lines)
    assert "3 listed, 0 have these limits, 3 to set" in does("credit", "limits", file, "--check")
    assert "3 limits set in 1 transactions" in does("credit", "limits", file)
    assert "3 listed, 3 have these limits, 0 to set" in does("credit", "limits", file)
    assert [firms.circle.standing(it.address).floor for it in FIRMS] == [200_00, 80_00, 0]


def pays(does, firms, tmp_path):
    """The mayor's firm pays 60.00 in credit, each line once."""
    header, file = "account;amount;reference", tmp_path / "bills.csv"
    wrong = (
        (f"{GARAGE.address};0;F-1", "line 2: amount"),
        (f"{MAYOR.address};1;F-1", "line 2: nobody pays herself"),
        (f"{STRANGER.address};1;F-1", f"line 2: {STRANGER.address} is no active member"),
        (f"{GARAGE.address};1000;F-1", f"line 2: {GARAGE.address} may be owed 900.00 more"),
        (f"{GARAGE.address};100,01;F-1", f"{MAYOR.address} may pay 100.00, 0.01 too little"),
    )
    for line, why in wrong:
        assert why in does("credit", "pay", listed(file, header, line), code=1)
    lines = [f"{GARAGE.address};40,00;F-1", f"{PRINTER.address};20,00;F-2"]
    assert "line 3: this very payment stands in the list twice" in does(
        "credit", "pay", listed(file, header, lines[0], lines[0]), code=1
    )
    listed(file, header, *lines)
    assert "2 listed, 0 paid; 60.00 to pay" in does("credit", "pay", file, "--check")
    assert "60.00 paid in 2 payments" in does("credit", "pay", file)
    assert "2 listed, 2 paid; 0.00 to pay" in does("credit", "pay", file)
    assert [firms.balance(it) for it in (MAYOR, GARAGE, PRINTER)] == [-60_00, 40_00, 20_00]


def tells(does, tmp_path):
    """Where the mayor's firm stands, and why."""
    told = does("credit", "statement", MAYOR.address, "--csv", tmp_path / "mayor.csv")
    assert f"{MAYOR.address} owes 60.00; active" in told
    assert "may owe 100.00, and be owed 500.00" in told
    assert (tmp_path / "mayor.csv").read_text().count("CreditPaid") == 2
    assert "has no circle Hours" in does("credit", "statement", MAYOR.address, "--circle", "Hours", code=1)


def writes_off(does, firms):
    """The baker leaves owing 150.00, which the garage vouched for in part: the delay is over, and it is anyone's."""
    firms.vouches(GARAGE, BAKER, 30_00)
    firms.pays(BAKER, PRINTER, 220_00)
    assert "has not left the circle" in does("credit", "writeoff", BAKER.address, code=1)
    firms.leaves(BAKER)
    assert f"{BAKER.address} owes 220.00; 1 vouch for her" in does("credit", "writeoff", BAKER.address, "--check")
    assert "left too lately" in does("credit", "writeoff", BAKER.address, code=1)
    firms.town.pass_s(DELAY_DAYS * DAY_S)
    assert "Ended in 2 transactions" in does("credit", "writeoff", BAKER.address)
    assert "There is nothing to end." in does("credit", "writeoff", BAKER.address)
    assert [firms.balance(it) for it in (BAKER, GARAGE, COMMONS)] == [0, 20_00, -200_00]


def settles(does, firms, tmp_path):
    """What is left goes by one transfer of the bank, which the auditor saw."""
    file = tmp_path / "june.csv"
    told = does("credit", "net", file)
    assert "4 balances" in told
    assert "260.00 to move" in told
    before = file.read_bytes()
    assert "is there already: give the bank's REFERENCE" in does("credit", "net", file, code=1)
    firms.pays(PRINTER, GARAGE, 1)
    assert "give the bank's REFERENCE" in does("credit", "net", file, "--attest", code=2)
    assert file.read_bytes() == before, "the list that the bank was given"
    firms.pays(GARAGE, PRINTER, 1)
    assert "has not attested these lines" in does("credit", "net", file, BANK, code=1)
    odd = listed(tmp_path / "odd.csv", "account;amount", f"{MAYOR.address};1", f"{GARAGE.address};-2")
    assert "the lines sum to -100" in does("credit", "net", odd, BANK, "--attest", code=1)
    assert "4 lines attested" in does("credit", "net", file, BANK, "--attest")
    assert "It is done already." in does("credit", "net", file, BANK, "--attest")
    assert "4 lines entered" in does("credit", "net", file, BANK)
    assert "It is done already." in does("credit", "net", file, BANK)
    assert [firms.balance(it) for it in (MAYOR, *FIRMS, COMMONS)] == [0] * 5


def test_a_season_of_a_circle(does, firms, tmp_path):
    sets_limits(does, firms, tmp_path)
    pays(does, firms, tmp_path)
    tells(does, tmp_path)
    writes_off(does, firms)
    settles(does, firms, tmp_path)
