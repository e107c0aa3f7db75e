"""A mandate by its commands alone, as the clerk, an official, a citizen and a journalist give them."""

import csv
import json
import os
import re

import pytest
from eth_account import Account

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.residents import ResidentKind
from beffroi.town.manifest import DEPLOYMENTS
from beffroi.town.session import TOWNS
from testbed.anvil import anvil
from testbed.town import ELSEWHERE, found
from tests.adversaries.vote.lies import answers
from tests.adversaries.vote.lying_node import lying_node
from tests.support.ape_shell import ApeShell

PASSPHRASE = "the bell of the belfry"
NAME = f"test-cred-{os.getpid()}"
PROMISES = """text;uri;weight_bps;due
A school canteen that cooks local food;https://town.example/1;6000;2099-06-30
A swimming pool;https://town.example/2;4000;2099-12-31
"""
RUBBISH = {
    "eth_chainId": None,
    "eth_call": "0x",
    "eth_estimateGas": "much",
    "eth_getBlockByNumber": None,
    "eth_getTransactionCount": "0xzz",
}
"""What no node can say, by method."""
SENTENCE = re.compile(r"^Error: [^\n]+\n?\Z", re.MULTILINE)
"""The last that is read: whatever else was raised would stand behind it."""


@pytest.fixture
def chain():
    with anvil() as url:
        yield Rpc(url)


@pytest.fixture
def official(tmp_path, chain):
    account = Account.from_key(b"\x79" * 32)
    (tmp_path / "ape" / "accounts").mkdir(parents=True)
    encrypted = json.dumps(Account.encrypt(account.key, PASSPHRASE, iterations=2))
    (tmp_path / "ape" / "accounts" / "official.json").write_text(encrypted)
    chain.call("anvil_setBalance", account.address, hex(10**18))
    return account


@pytest.fixture
def shell(tmp_path, official):
    folder = {"APE_DATA_FOLDER": str(tmp_path / "ape"), "APE_ACCOUNTS_official_PASSPHRASE": PASSPHRASE}
    shell = ApeShell({**os.environ, **folder, "COLUMNS": "200"})
    yield shell
    shell.close()


@pytest.fixture
def town(tmp_path, chain):
    path = tmp_path / "town.yaml"
    path.write_text((TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", NAME))
    found(chain, path, DEPLOYMENTS).enrols(ResidentKind.CITIZEN, *ELSEWHERE[:2])
    yield path
    for left in (ROOT / "deployments").glob(f"*/{NAME}.json"):
        left.unlink()


def test_a_mandate_by_its_commands(tmp_path, shell, chain, official, town):
    at = ("--town", str(town), "--network", chain.url)
    document, promises = tmp_path / "document.pdf", tmp_path / "promises.csv"
    document.write_bytes(b"as deliberated")
    promises.write_text(PROMISES)

    def does(*arguments, code=0):
        exit_code, output = shell.run("cred", *arguments)
        assert exit_code == code, output
        assert "Traceback" not in output
        return output

    mandate = ("mandate", official.address, str(document), "--ends", "2100-01-01", *at)
    assert "is announced" in does(*mandate)
    does(*mandate, code=1)
    chain.call("evm_increaseTime", 48 * 3_600)
    chain.call("evm_mine")
    assert "has number 1" in does(*mandate)
    assert "there is no mandate 2" in does("report", "2", *at, code=1)

    promised = ("promise", "1", str(promises), "--account", "official", *at)
    promises.write_text(PROMISES.replace("4000", "x"))
    assert "promises.csv has 1 problem" in does(*promised, code=1)
    promises.write_text(PROMISES)
    assert "2 promises are fixed; 2 Cred rest on them" in does(*promised)
    assert "2 promises are fixed; 2 Cred rest on them" in does(*promised), "again is no harm"
    promises.write_text(PROMISES.replace("pool", "poll"))
    assert "is fixed otherwise" in does(*promised, code=1)

    evidence = ("evidence", "1", "1", str(document), "--uri", "https://town.example/minutes")
    assert "is brought for promise 1" in does(*evidence, "--account", "official", *at)
    assert "NotACitizen" in does(*evidence, "--counter", "--account", "official", *at, code=1)

    calendar = ("--opens", "2090-01-01T08:00", "--closes", "2090-01-09T08:00", "--tally", "2090-01-10T08:00")
    evaluate = ("evaluate", "1", "--ceremony", "1", *calendar, "--roll", str(tmp_path / "roll.csv"), *at)
    assert "promises are numbers from 1 to 2" in does(*evaluate, "--promises", "3", code=1)
    assert "ceremony 1 has no key" in does(*evaluate, "--promises", "1,2", code=1)
    does("settle", "1", *at, code=1)
    does("appeal", "1", str(document), "--account", "official", *at, code=1)
    does("appeal", "1", str(document), "--ruling", "confirmed", *at, code=1)

    exports = {kind: tmp_path / f"mandate.{kind}" for kind in ("csv", "json", "svg")}
    options = [word for kind, path in exports.items() for word in (f"--{kind}", str(path))]
    assert "2 of 2 Cred left, 0 burnt." in does("report", "1", *options, *at)
    rows = list(csv.DictReader(exports["csv"].open(encoding="utf-8-sig"), delimiter=_delimiter(exports["csv"])))
    assert [(row["stake"], row["evidence"], row["burnt"]) for row in rows] == [("1", "1", ""), ("1", "0", "")]
    assert json.loads(exports["json"].read_text())["subject"] == official.address
    assert exports["svg"].read_text().startswith("<svg")


def test_a_node_that_answers_rubbish_is_told_in_a_sentence_by_each_command(tmp_path, shell, chain, official, town):
    document = tmp_path / "document.pdf"
    document.write_bytes(b"as deliberated")
    mandate = ("mandate", official.address, str(document), "--ends", "2100-01-01")
    honest = ("--town", str(town), "--network", chain.url)
    # Announced and opened, for what is about one; and another announced.
    for passed_s in (48 * 3_600, 0, 48 * 3_600):
        assert shell.run("cred", *mandate, *honest)[0] == 0
        chain.call("evm_increaseTime", passed_s)
        chain.call("evm_mine")
    commands = [
        mandate,
        ("evidence", "1", "1", str(document), "--account", "official"),
        ("appeal", "1", str(document), "--account", "official"),
        ("appeal", "1", str(document), "--ruling", "confirmed"),
        ("settle", "1"),
        ("end", "1", str(document)),
    ]
    with lying_node(chain.url) as node:
        for command in commands:
            asked = set()
            for method, rubbish in RUBBISH.items():
                with node.telling(answers(method, lambda _, __, told=rubbish: told)) as heard:
                    code, output = shell.run("cred", *command, "--town", str(town), "--network", node.url)
                if method in {it.method for it in heard}:
                    asked.add(method)
                    assert (code, bool(SENTENCE.search(output))) == (1, True), (method, command, output)
            assert asked >= {"eth_chainId", "eth_call", "eth_estimateGas"}, command


def _delimiter(path):
    return ";" if ";" in path.read_text(encoding="utf-8-sig").splitlines()[0] else ","
