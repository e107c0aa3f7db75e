"""A second currency by script: its own auditor announces each act an hour before, the town's treasurer does not."""

import os

import pytest
from ruamel.yaml import YAML

from beffroi.chain.artifacts import ROOT
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import anvil_account
from beffroi.town.manifest import manifest_path, read_manifest
from testbed.anvil import anvil
from tests.support.ape_shell import ApeShell

AUDITOR = anvil_account(12).address
PAYER = anvil_account().address
HOURS = {
    "instance": "TimeCredit",
    "name": "Heures de Valombre",
    "symbol": "HVL",
    "commons": "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
    "redemption_fee_bps": 0,
    "offices": {"auditor": [{"account": AUDITOR, "delay_hours": 1}]},
}


class Hall:
    """A town hall with a terminal."""

    def __init__(self, shell, url, town, path):
        self.shell, self.rpc, self.town, self.path = shell, Rpc(url), town, path

    def run(self, *words, fails=False):
        network = ("--network", f"ethereum:local:{self.rpc.url}")
        code, printed = self.shell.run(*map(str, words), "--town", str(self.path), *network)
        assert (code != 0) == fails, printed
        return " ".join(printed.split())

    def currency(self, name):
        manifest = read_manifest(manifest_path(31337, self.town))
        return Contract.built("LocalCurrency", manifest.address(name))

    def pass_hours(self, hours):
        self.rpc.call("evm_increaseTime", hours * 3_600)
        self.rpc.call("evm_mine")


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hall")
    town = f"test-{os.getpid()}"
    content = YAML().load((ROOT / "towns" / "example.yaml").read_text())
    registrar = content["offices"]["registrar"][0]
    content.update(town=town, currency=[content["currency"], HOURS])
    registrar["delay_hours"] = 2
    with (folder / "town.yaml").open("w") as file:
        YAML().dump(content, file)
    shell = ApeShell({**os.environ, "COLUMNS": "200", "APE_DATA_FOLDER": str(folder / "ape")})
    try:
        with anvil() as url:
            hall = Hall(shell, url, town, folder / "town.yaml")
            hall.run("deploy")
            hall.rpc.call("anvil_setBalance", AUDITOR, hex(10**18))
            yield hall
    finally:
        shell.close()
        manifest_path(31337, town).unlink(missing_ok=True)


def test_an_office_with_a_delay_acts_by_announcing_and_giving_the_same_command_again(hall, tmp_path):
    people = [Key.derived("second", number).address for number in range(3)]
    roll, statement, grants, bills = (tmp_path / name for name in ("roll.csv", "bank.pdf", "grants.csv", "bills.csv"))
    roll.write_text("account;kind\n" + "".join(f"{it};citizen\n" for it in [*people, PAYER]))
    assert "Announced: enrol 4" in hall.run("residents", "enrol", roll)
    again = hall.run("residents", "enrol", roll, fails=True)
    assert "it is announced, and may be carried out from" in again
    hall.pass_hours(2)
    assert "4 enrolled" in hall.run("residents", "enrol", roll)

    statement.write_bytes(b"%PDF bank statement")
    attest = ("currency", "attest", "500", statement, "--currency", "TimeCredit")
    assert "Announced: attest the reserve." in hall.run(*attest)
    assert hall.currency("TimeCredit").read(hall.rpc, "books")[1] == 0
    hall.pass_hours(1)
    assert "500.00 attested" in hall.run(*attest)

    grants.write_text(f"account;amount\n{PAYER};100\n")
    assert "100.00 issued" in hall.run("currency", "issue", grants, "receipt 1", "--currency", "TimeCredit")
    bills.write_text(f"account,amount,reference\n{people[0]},10.25,F-1\n")
    assert "10.25 paid in 1 payments" in hall.run("currency", "pay", bills, "--currency", "TimeCredit")

    hours, money = hall.currency("TimeCredit"), hall.currency("LocalCurrency")
    assert [hours.read(hall.rpc, "balanceOf", it) for it in (PAYER, people[0])] == [89_75, 10_25]
    assert money.read(hall.rpc, "books")[:2] == (0, 0)
    assert "10.25" in hall.run("currency", "statement", "--of", people[0], "--currency", "TimeCredit")


def test_a_currency_that_the_town_has_not_is_told_with_those_it_has(hall, tmp_path):
    printed = hall.run("currency", "settle", "--currency", "TimeCredits", fails=True)
    assert "has no currency TimeCredits: it has LocalCurrency, TimeCredit" in printed
