"""The offices' scripts, run as a town hall runs them: a deployed town, CSV files, a terminal."""

import csv
import json
import os

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from testbed.anvil import anvil
from tests.support.ape_shell import ApeShell

TOWN = "valombre-sur-lys"
COMMONS = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"


@pytest.fixture(scope="module")
def ape():
    """Runs an ape script against a town deployed for this module; gives its exit status and what it printed."""
    manifest = ROOT / "deployments" / "31337" / f"{TOWN}.json"
    kept = manifest.read_bytes() if manifest.exists() else None
    manifest.unlink(missing_ok=True)
    with anvil() as url:
        shell = ApeShell(os.environ | {"COLUMNS": "200"})

        def run(*words):
            return shell.run(*map(str, words), "--network", f"ethereum:local:{url}")

        try:
            status, printed = run("deploy")
            assert status == 0, printed
            yield run
        finally:
            shell.close()
            manifest.unlink(missing_ok=True)
            if kept is not None:
                manifest.write_bytes(kept)


def test_a_town_hall_lives_by_its_scripts(ape, tmp_path):
    people = [Key.derived("office", number).address for number in range(30)]
    anvils = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
    roll, grants, bills, bank = (tmp_path / name for name in ("roll.csv", "grants.csv", "bills.csv", "bank.csv"))

    roll.write_text(
        "account;kind\n" + "".join(f"{it};citizen\n" for it in people) + f"{anvils};professional\n{COMMONS};commons\n"
    )
    status, printed = ape("residents", "enrol", roll)
    assert (status, "31 enrolled in" in printed) == (0, True), printed

    statement = tmp_path / "statement.pdf"
    statement.write_bytes(b"%PDF bank statement")
    status, printed = ape("currency", "attest", "4000,00", statement)
    assert (status, "4,000.00 attested by 0x" in printed) == (0, True), printed

    grants.write_text("account;amount\n" + "".join(f"{it};100,50\n" for it in [*people, anvils]))
    status, printed = ape("currency", "issue", grants, "transfer 1")
    assert (status, "3,115.50 issued in 1 transactions" in printed) == (0, True), printed

    bills.write_text(f"account,amount,reference\n{people[0]},10.25,F-1\n{people[1]},1,F-2\n")
    status, printed = ape("currency", "pay", bills)
    assert (status, "11.25 paid in 2 payments" in printed) == (0, True), printed

    status, printed = ape("currency", "redeem", "50")
    assert (status, "redemption 1: 48.50 euros are owed, 1.50 went to the commons" in printed) == (0, True), printed
    assert "48.50" in ape("currency", "settle")[1]
    bank.write_text("redemption;amount;reference\n1;48,50;SEPA 77\n")
    status, printed = ape("currency", "settle", bank)
    assert (status, "1 to settle" in printed) == (0, True), printed

    out_csv, out_json = tmp_path / "out.csv", tmp_path / "out.json"
    status, printed = ape("currency", "statement", "--csv", out_csv, "--json", out_json)
    assert status == 0, printed
    figures = {row["figure"]: row["value"] for row in json.loads(out_json.read_text())}
    assert (figures["supply"], figures["owed"], figures["paid"]) == ("3067.00", "0.00", "11.25")
    assert (figures["payments"], figures["active accounts"]) == ("2", "3")
    with out_csv.open(newline="") as file:
        assert {row["figure"]: row["value"] for row in csv.DictReader(file)} == figures
    status, printed = ape("currency", "statement", "--of", anvils, "--json", out_json)
    lines = json.loads(out_json.read_text())
    assert [(line["nature"], line["balance"]) for line in lines] == [
        ("issued", "100.50"),
        ("paid", "90.25"),
        ("paid", "89.25"),
        ("commons", "87.75"),
        ("redeemed", "39.25"),
    ]


def test_a_file_with_problems_is_refused_by_line_and_nothing_is_sent(ape, tmp_path):
    file = tmp_path / "roll.csv"
    file.write_text("account;kind\n0x12;citizen\n" + f"{Key.derived('x').address};dog\n")
    status, printed = ape("residents", "enrol", file)
    assert status != 0
    assert "roll.csv has 2 problems; nothing was sent:" in printed
    assert "line 2: account: '0x12' is not an address" in printed
    assert "line 3: kind: 'dog' is unknown: citizen, professional, public_body, commons are allowed" in printed


def test_help_teaches_the_file(ape):
    status, printed = ape("currency", "issue", "--help")
    assert status == 0
    assert "two decimals at most" in printed
    assert "never issued twice" in " ".join(printed.split())


def test_a_lost_key_is_replaced_by_registrar_and_court(ape, tmp_path):
    lost, successor = (Key.derived("recovery", number).address for number in range(2))
    roll, paper = tmp_path / "roll.csv", tmp_path / "request.pdf"
    paper.write_bytes(b"%PDF request")
    roll.write_text(f"compte;nature\n{lost};institution\n".replace("compte;nature", "account;kind"))
    status, printed = ape("residents", "enrol", roll)
    assert (status, "line 2" in printed, "ADMIN enrols" in printed) == (1, True, True), printed
    roll.write_text(f"account;kind\n{lost};citizen\n")
    assert ape("residents", "enrol", roll)[0] == 0

    for words, told in [
        (("propose", lost, successor, paper), "may be vetoed until"),
        (("confirm", lost, successor, paper), "no veto counts"),
        (("withdraw", lost), "It is withdrawn"),
        (("propose", lost, successor, paper), "may be vetoed until"),
    ]:
        status, printed = ape("residents", "recovery", *words)
        assert (status, told in printed) == (0, True), printed
    status, printed = ape("residents", "recovery", "carry-out", lost)
    assert (status, "TooEarly" in printed) == (1, True), printed
    status, printed = ape("residents", "recovery", "move-again", lost, "LocalCurrency")
    assert (status, "NothingToMove" in printed) == (1, True), printed
