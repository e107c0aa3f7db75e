import datetime as dt

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.land import cadastre, village
from beffroi.land.roll import TaxRoll
from beffroi.land.tax import Bill
from beffroi.publish import Papers
from beffroi.publish.toys import toys
from beffroi.roll import Roll, Seal
from beffroi.town.load import load_town
from beffroi.town.manifest import ContractRecord, Manifest

REGISTER = Key.derived("the register").address


@pytest.fixture(scope="session")
def config():
    return load_town(ROOT / "towns" / "example.yaml")


def record(name, contract=None, **arguments):
    """A contract of the town, as its manifest has it."""
    address = REGISTER if name == "Residents" else Key.derived(name).address
    nothing = "0x" + "00" * 32
    return ContractRecord(
        contract=contract or name, address=address, arguments=arguments, creation_code_hash=nothing,
        initcode_hash=nothing, runtime_code_hash=nothing, block=3, transaction=nothing,
    )  # fmt: skip


@pytest.fixture
def manifest():
    token = Key.derived("LocalCurrency").address
    arguments = {
        "LocalCurrency": {"charter": {"name": "Lys de Valombre", "symbol": "LYS"}},
        "LandTax": {"token_": token},
        "Conveyance": {"offices": {"token": token}},
    }

    return Manifest(
        town="valombre-sur-lys", name="Valombre-sur-Lys", chain_id=31337, genesis_hash="0x" + "11" * 32,
        deployer=Key.derived("mayor").address, solc="0.8.37", start_block=3,
        contracts={name: record(name, **arguments.get(name, {})) for name in ("Town", "Residents", *arguments)},
        acts={},
    )  # fmt: skip


@pytest.fixture(scope="session")
def parcels():
    return cadastre.check(village.cadastre()["features"], village.COMMUNE).parcels


@pytest.fixture
def sealed():
    roll = Roll.of(sorted((Key.derived("citizen", number).address for number in range(5)), key=str.lower))
    return roll, Seal.of(roll, chain=31337, contract=REGISTER, block=9, date=dt.date(2026, 11, 22), kind="citizen")


@pytest.fixture
def papers(parcels, sealed):
    ada, bob = (Key.derived("citizen", number) for number in range(2))
    bills = [Bill(parcels[0].id.token_id, ada.address, 412_50), Bill(parcels[1].id.token_id, bob.address, 96_00)]
    return Papers(
        parcels=parcels,
        rolls=[sealed],
        taxes=[TaxRoll(2026, bills)],
        wallets=toys({"notary": [Key.derived("notary").secret], "citizen": [ada.secret, bob.secret]}),
    )
