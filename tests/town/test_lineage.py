"""Neither a file nor a manifest says otherwise than the chain which contract serves, and whom it took over from."""

import pytest
from eth_utils.address import to_checksum_address

from beffroi.town.check import check_town
from beffroi.town.manifest import write_manifest
from beffroi.town.plan import DriftError
from beffroi.town.retiring import NotPausedError
from beffroi.town.site import NothingToSucceedError
from testbed.estate import FIELD, HOUSE
from tests.town.conftest import town
from tests.town.hall import CONVEYANCE, moves_to, opens, settles


@pytest.mark.parametrize("instead", [None, CONVEYANCE | {"instance": "Conveyance3"}], ids=["nobody", "another"])
def test_a_file_that_leaves_out_who_took_over_is_refused_and_its_sales_end(estate, hall, instead):
    """The council's file of before is put back, or names another in its place: the chain knows who serves."""
    hall.decides(conveyance=CONVEYANCE)
    hall.deploys()
    right = hall.config
    two = moves_to(estate, hall.offices)
    number, terms = opens(two, FIELD)

    hall.decides(conveyance=instead)
    (drift,) = hall.plan().drift
    assert drift.subject == "Conveyance2"
    with pytest.raises(DriftError, match=r"Conveyance2: acts by offices of the town at 0x.* the file has it nowhere"):
        hall.deploys()
    assert "Conveyance2" in hall.movers()
    settles(two, number, terms)

    hall.config = right
    assert hall.plan().drift == ()


def test_a_manifest_that_forgets_who_took_over_from_whom_takes_no_office_away(estate, hall):
    opens(estate, HOUSE)
    hall.decides(conveyance=CONVEYANCE)
    hall.deploys()
    hall.decides(conveyance={"instance": "Conveyance3", "succeeds": "Conveyance2"})
    write_manifest(hall.path, hall.manifest.model_copy(update={"successions": {}}))
    with pytest.raises(DriftError, match="Conveyance: acts by offices of the town"):
        hall.deploys()
    assert hall.movers() == ["Conveyance", "Conveyance2"]


def test_a_manifest_that_names_a_strangers_contract_gives_it_no_office(estate, hall):
    """Whoever changes the record of the old contract of sales would move every title by the next deployment."""
    opens(estate, HOUSE)
    stranger, manifest = to_checksum_address("0x" + "e1" * 20), hall.manifest
    hall.rpc.call("anvil_setCode", stranger, hall.rpc.call("eth_getCode", manifest.address("Conveyance"), "latest"))
    lying = manifest.contracts["Conveyance"].model_copy(update={"address": stranger})
    contracts = manifest.contracts | {"Conveyance": lying}
    write_manifest(hall.path, manifest.model_copy(update={"contracts": contracts}))
    hall.decides(conveyance=CONVEYANCE)
    for looks in (hall.plan, hall.deploys, hall.red):
        with pytest.raises(NothingToSucceedError, match="the town never let any office act there"):
            looks()
    write_manifest(hall.path, manifest)
    assert hall.movers() == ["Conveyance"]


def test_a_manifest_that_is_lost_after_a_succession_is_asked_for_and_nothing_is_sent(estate, hall):
    before, manifest = hall.config, hall.manifest
    opens(estate, HOUSE)
    hall.path.unlink()
    hall.decides(conveyance=CONVEYANCE)
    with pytest.raises(NothingToSucceedError, match="deploy the town's file as it was before"):
        hall.deploys()
    now, hall.config = hall.config, before
    assert hall.deploys() == 0, "before the succession it is written anew"
    assert hall.manifest.contracts == manifest.contracts

    hall.config = now
    hall.deploys()
    manifest = hall.manifest
    hall.path.unlink()
    with pytest.raises(NothingToSucceedError, match="bring back a copy of the manifest"):
        hall.deploys()
    hall.config = before
    with pytest.raises(DriftError, match="the file has it nowhere"):
        hall.deploys()
    hall.config = now
    write_manifest(hall.path, manifest)
    assert hall.deploys() == 0
    assert hall.movers() == ["Conveyance", "Conveyance2"]


def test_a_file_that_leaves_out_the_currency_that_took_over_is_refused(deployer):
    before = town()
    charter = before.currency[0].model_dump()
    after = town(currency=[charter | {"instance": "Lys2", "name": "Lys deux", "succeeds": "LocalCurrency"}])
    deployer.deploy(before)
    with pytest.raises(NotPausedError):
        deployer.deploy(after)
    with pytest.raises(DriftError, match=r"Lys2: acts by offices of the town at 0x.* the file has it nowhere"):
        deployer.deploy(before)
    assert deployer.plan(after).drift == ()
    assert [it for it in check_town(deployer.rpc, after, deployer.manifest(after)) if not it.holds] == []
