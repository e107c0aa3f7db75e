"""A town with its land register: what the contracts may do to each other, and how they come by money."""

import pytest

from beffroi.chain.contract import Contract
from beffroi.chain.reverts import explain
from beffroi.chain.rpc import RpcError
from beffroi.town.authority import read_authority
from beffroi.town.check import check_town
from beffroi.town.fields import Office
from beffroi.town.load import load_town
from beffroi.town.plan import DriftError
from tests.town.conftest import EXAMPLE, town
from tests.town.test_deployment import SAFE, put_safe

STRANGER = "0x00000000000000000000000000000000000A11cE"


@pytest.fixture
def config():
    return town(land=None).model_copy(update={"land": load_town(EXAMPLE).land})


@pytest.fixture
def built(deployer, config):
    """The contracts of a town that was just deployed, by name."""
    manifest = deployer.deploy(config)
    return {name: Contract.built(name, record.address) for name, record in manifest.contracts.items()}


def differing(deployer, config):
    return [check for check in check_town(deployer.rpc, config, deployer.manifest(config)) if not check.holds]


def test_a_fresh_chain_gets_the_register_and_what_follows_it(deployer, config, built):
    land = ["LandRegister", "Charges", "Planning", "LandTax", "Conveyance"]

    assert list(built) == ["Town", "Residents", "LocalCurrency", *land]
    assert differing(deployer, config) == []
    sent = deployer.sent()
    deployer.deploy(config)
    assert deployer.sent() == sent


def test_conveyance_alone_moves_titles_by_sale(deployer, built):
    rpc, register = deployer.rpc, built["LandRegister"]
    members = read_authority(rpc, built["Town"].address, 0).members
    assert members[Office.CONVEYANCE] == {built["Conveyance"].address: 0}
    call = {"to": register.address, "data": "0x" + register.encode("unlock", 1).hex()}
    with pytest.raises(RpcError) as refused:
        rpc.call("eth_call", call | {"from": deployer.signer.address}, "latest")
    assert explain(refused.value).startswith("AccessManagedUnauthorized")
    with pytest.raises(RpcError) as refused:
        rpc.call("eth_call", call | {"from": built["Conveyance"].address}, "latest")
    assert "AccessManaged" not in explain(refused.value)


def test_what_holds_money_is_enrolled_and_nobody_stays_registrar_for_it(deployer, config, built):
    for name in ("Conveyance", "LandTax"):
        assert built["Residents"].read(deployer.rpc, "isActive", built[name].address)
    members = read_authority(deployer.rpc, built["Town"].address, 0).members
    assert set(members[Office.REGISTRAR]) == {holder.account for holder in config.offices.registrar}


def test_under_a_safe_the_deployer_still_enrols_them_before_it_renounces(deployer, config):
    put_safe(deployer.rpc)
    config = config.model_copy(update={"admin": SAFE})
    deployer.deploy(config)
    assert differing(deployer, config) == []


def test_a_mayor_who_is_registrar_stays_registrar(deployer, config):
    registrar = [{"account": deployer.signer.address}]
    config = town(offices={"registrar": registrar}).model_copy(update={"land": config.land})
    deployer.deploy(config)
    assert differing(deployer, config) == []


def test_a_person_with_the_office_of_conveyance_is_drift(deployer, config, built):
    grant = built["Town"].encode("grantRole", int(Office.CONVEYANCE), STRANGER, 0)
    sent = {"from": deployer.signer.address, "to": built["Town"].address, "data": "0x" + grant.hex()}
    deployer.rpc.call("eth_sendTransaction", sent)
    deployer.rpc.call("evm_mine")

    assert [(check.subject, check.what) for check in differing(deployer, config)] == [("CONVEYANCE", STRANGER)]
    with pytest.raises(DriftError, match="CONVEYANCE"):
        deployer.deploy(config)
