"""A town with land, a terminal to act in it, and people with keyfiles."""

import datetime as dt
import json
import os

import pytest
from eth_account import Account

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.land import village
from beffroi.town.session import TOWNS
from testbed.anvil import anvil
from testbed.estate import found
from testbed.town import NOTARY, REGISTRAR, TREASURER
from tests.support.ape_shell import ApeShell

PASSPHRASE = "the bell of the belfry"
NAME = f"test-land-{os.getpid()}"
SHOP = "59999000AB0005"


class Town:
    """A terminal, a folder of papers, and people with keyfiles."""

    def __init__(self, shell, estate, path, folder, people):
        self.shell, self.estate, self.path, self.folder, self.people = shell, estate, path, folder, people

    def does(self, *words, fails=False):
        """What a command prints; all its words on one line."""
        at = ("--town", str(self.path), "--network", self.estate.rpc.url)
        code, printed = self.shell.run("land", *map(str, words), *at)
        assert (code != 0) == fails, printed
        return " ".join(printed.split())

    def paper(self, name, text="as deliberated"):
        path = self.folder / name
        path.write_text(text)
        return path

    def day(self, after):
        return str(dt.datetime.fromtimestamp(self.estate.offices.now_s() + after * 86_400, dt.UTC).date())


@pytest.fixture(scope="module")
def people():
    return {name: Account.from_key(bytes([place]) * 32) for place, name in enumerate(("seller", "buyer", "bank"), 81)}


@pytest.fixture(scope="module")
def standing(tmp_path_factory, people):
    folder = tmp_path_factory.mktemp("land")
    (folder / "ape" / "accounts").mkdir(parents=True)
    environment = {"APE_DATA_FOLDER": str(folder / "ape"), "COLUMNS": "240"}
    offices = {"notary": Account.from_key(NOTARY.secret), "registrar": Account.from_key(REGISTRAR.secret)}
    for name, account in (people | offices).items():
        encrypted = json.dumps(Account.encrypt(account.key, PASSPHRASE, iterations=2))
        (folder / "ape" / "accounts" / f"{name}.json").write_text(encrypted)
        environment[f"APE_ACCOUNTS_{name}_PASSPHRASE"] = PASSPHRASE
    path = folder / "town.yaml"
    path.write_text((TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", NAME))
    shell = ApeShell({**os.environ, **environment})
    try:
        with anvil() as url:
            estate = found(Rpc(url), ROOT / "deployments", path)
            for place, account in enumerate(people.values()):
                estate.rpc.call("anvil_setBalance", account.address, hex(10**19))
                estate.act(REGISTRAR, estate.offices.residents, "enrol", 1, [account.address], [])
                issue = (account.address, 500_000_00, (100 + place).to_bytes(32))
                estate.act(TREASURER, estate.offices.money, "issue", *issue)
            yield Town(shell, estate, path, folder, people)
    finally:
        shell.close()
        for left in (ROOT / "deployments").glob(f"*/{NAME}.json"):
            left.unlink()


@pytest.fixture
def town(standing):
    before = standing.estate.rpc.call("evm_snapshot")
    yield standing
    standing.estate.rpc.call("evm_revert", before)


@pytest.fixture
def cadastre(town):
    features = [it for it in village.cadastre()["features"] if it["id"] not in ("59999000AB0001", "59999000ZA0001")]
    features[10]["properties"]["contenance"] = None
    return town.paper("village.json", json.dumps({"type": "FeatureCollection", "features": features}))


@pytest.fixture
def shop(town, cadastre):
    """A parcel of the seller's."""
    town.does("register", SHOP, cadastre, town.people["seller"].address)
    return SHOP


@pytest.fixture
def opened(town, shop):
    """The file of a sale that is open."""
    sale = town.folder / "sale.json"
    terms = ("--buyer", town.people["buyer"].address, "--deposit", "20000")
    town.does("sell", "draft", sale, shop, "200000", town.paper("deed.pdf"), *terms)
    for name in ("seller", "buyer"):
        town.does("sell", "sign", sale, "--account", name)
    town.does("sell", "open", sale)
    return sale
