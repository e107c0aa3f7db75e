"""Nothing that ADMIN does takes effect unannounced: delays, appointments that wait, a guardian who cancels."""

import pytest
from eth_account import Account

from beffroi.chain.abi import encode_call
from beffroi.chain.announcing import NotAnnouncedError
from beffroi.chain.artifacts import artifact
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import RpcError
from beffroi.chain.sender import Call, Sender, announce
from beffroi.chain.signers import anvil_account
from beffroi.residents import ResidentKind
from beffroi.town.apply import MustWaitError
from beffroi.town.check import check_town
from beffroi.town.fields import Office
from beffroi.town.plan import PlanError
from beffroi.town.steps import NotEnrolledError
from testbed.anvil import anvil
from tests.town.conftest import Deployer, town
from tests.town.test_deployment import SAFE, public_town, put_safe

STRANGER, GUARDIAN = anvil_account(9), anvil_account(4)
WATCHED = {"admin_delay_hours": 72, "grant_delay_days": 3, "guardians": {"clerk": "court"}}
COMMONS = town().currency[0].commons
HOUR_S, DAY_S = 3_600, 86_400


def watched(**changes):
    return town(governance=WATCHED, **changes)


def a_treasurer_more():
    held = [*town().model_dump()["offices"]["treasurer"], {"account": STRANGER.address}]
    return watched(offices={"treasurer": held})


def pass_time(deployer, seconds):
    deployer.rpc.call("evm_increaseTime", seconds)
    deployer.rpc.call("evm_mine")


def authority(deployer):
    return Contract.built("Town", deployer.manifest().address("Town"))


def holds(deployer, office, account):
    return authority(deployer).read(deployer.rpc, "hasRole", int(office), account)[0]


def differing(deployer, config):
    return [check for check in check_town(deployer.rpc, config, deployer.manifest(config)) if not check.holds]


def announced(deployer, config):
    with pytest.raises(NotAnnouncedError) as error:
        deployer.deploy(config)
    return announce(deployer.rpc, error.value.acts)


def test_a_watched_town_is_founded_at_once_and_stands_as_its_file_has_it(deployer):
    deployer.deploy(watched())
    assert differing(deployer, watched()) == []
    sent = deployer.sent()
    deployer.deploy(watched())
    assert deployer.sent() == sent
    assert authority(deployer).read(deployer.rpc, "getRoleGrantDelay", int(Office.TREASURER)) == 3 * DAY_S


def test_a_watched_town_goes_to_its_safe(deployer):
    put_safe(deployer.rpc)
    config = watched(admin=SAFE)
    deployer.deploy(config)
    assert differing(deployer, config) == []
    assert authority(deployer).read(deployer.rpc, "hasRole", int(Office.ADMIN), SAFE) == (True, 72 * HOUR_S)
    assert not holds(deployer, Office.ADMIN, deployer.signer.address)


def test_admin_appoints_nobody_at_once(deployer):
    deployer.deploy(watched())
    grant = authority(deployer).encode("grantRole", int(Office.TREASURER), STRANGER.address, 0)
    with pytest.raises(NotAnnouncedError):
        Sender(deployer.rpc, deployer.signer).send(Call(authority(deployer).address, grant, "appoint"))


def test_a_change_is_announced_waits_is_carried_out_and_waits_again_before_it_holds(deployer):
    deployer.deploy(watched())
    config = a_treasurer_more()
    announced(deployer, config)
    with pytest.raises(MustWaitError, match="give this very command again"):
        deployer.deploy(config)

    pass_time(deployer, 72 * HOUR_S)
    deployer.deploy(config)
    assert not holds(deployer, Office.TREASURER, STRANGER.address)
    assert differing(deployer, config) == []
    pass_time(deployer, 3 * DAY_S)
    assert holds(deployer, Office.TREASURER, STRANGER.address)


def test_the_guardian_of_admin_cancels_what_it_announced(deployer):
    deployer.deploy(watched())
    config, founder = a_treasurer_more(), deployer.signer.address
    announced(deployer, config)
    ((target, data),) = deployer.plan(config).wiring.acts(deployer.rpc)
    cancel = authority(deployer).encode("cancel", founder, target, data)

    call = {"from": STRANGER.address, "to": target, "data": "0x" + cancel.hex()}
    with pytest.raises(RpcError):
        deployer.rpc.call("eth_call", call, "latest")
    Sender(deployer.rpc, GUARDIAN).send(Call(target, cancel, "cancel"))
    pass_time(deployer, 72 * HOUR_S)
    with pytest.raises(NotAnnouncedError):
        deployer.deploy(config)


def cancels(deployer, guardian, *act):
    """Whether ADMIN's guardian can cancel what ADMIN announces of the town."""
    founder, town = deployer.signer.address, authority(deployer)
    data = town.encode(*act)
    schedule = town.encode("schedule", town.address, data, 0)
    Sender(deployer.rpc, deployer.signer).send(Call(town.address, schedule, "announce"))
    cancel = town.encode("cancel", founder, town.address, data)
    call = {"from": guardian.address, "to": town.address, "data": "0x" + cancel.hex()}
    try:
        deployer.rpc.call("eth_call", call, "latest")
    except RpcError:
        return False
    return True


def test_admins_guardian_cannot_keep_a_dismissed_office(deployer):
    """Neither its own, nor another in its own hand; it still keeps others in theirs."""
    deployer.deploy(watched())
    own = next(it for it, held in town().offices.held().items() if GUARDIAN.address in held and it.is_named)
    (clerk, *_) = town().offices.held()[Office.CLERK]
    assert own != Office.ADMIN_GUARDIAN
    assert not cancels(deployer, GUARDIAN, "revokeRole", int(Office.ADMIN_GUARDIAN), GUARDIAN.address)
    assert not cancels(deployer, GUARDIAN, "revokeRole", int(Office.ADMIN_GUARDIAN), STRANGER.address)
    assert not cancels(deployer, GUARDIAN, "revokeRole", int(own), GUARDIAN.address)
    assert cancels(deployer, GUARDIAN, "revokeRole", int(Office.CLERK), clerk)


def test_an_offices_guardian_cancels_what_the_office_announced(deployer):
    deployer.deploy(watched())
    guardian = authority(deployer).read(deployer.rpc, "getRoleGuardian", int(Office.CLERK))
    assert guardian == Office.COURT


def test_a_guardian_or_delay_that_the_file_changes_is_changed(deployer):
    deployer.deploy(town(governance={"guardians": {"clerk": "court"}}))
    changed = town(governance={"guardians": {"clerk": "registrar"}, "grant_delay_days": 1})
    deployer.deploy(changed)
    assert differing(deployer, changed) == []


@pytest.mark.parametrize(
    ("rules", "lack"),
    [
        ({"admin_delay_hours": 0, "grant_delay_days": 3}, "governance.admin_delay_hours: 0, and ADMIN could appoint"),
        ({"admin_delay_hours": 1, "grant_delay_days": 2}, "governance.grant_delay_days: 3 at least"),
    ],
)
def test_a_public_chain_refuses_a_town_whose_admin_is_not_watched(tmp_path, rules, lack):
    with anvil(chain_id=11155111) as url:
        deployer = Deployer(url, tmp_path)
        deployer.signer = Account.from_key(b"\x77" * 32)
        with pytest.raises(PlanError, match=f"(?s)chain 11155111 is public.*{lack}"):
            deployer.plan(public_town(governance=rules))


def test_a_public_chain_refuses_a_town_without_a_guardian_of_admin(tmp_path):
    config = public_town()
    unguarded = config.offices.model_copy(update={"admin_guardian": ()})
    with anvil(chain_id=11155111) as url:
        deployer = Deployer(url, tmp_path)
        deployer.signer = Account.from_key(b"\x77" * 32)
        with pytest.raises(PlanError, match=r"offices\.admin_guardian: nobody holds it"):
            deployer.plan(config.model_copy(update={"offices": unguarded}))


def test_a_town_grows_by_a_module_though_its_admin_waits(deployer):
    without = watched(currency=None)
    deployer.deploy(without)
    with pytest.raises(NotEnrolledError, match=f"the commons of LocalCurrency, {COMMONS}, is enrolled.*registrar"):
        deployer.deploy(watched())
    enrol = artifact("Residents").abi, "enrol", int(ResidentKind.COMMONS), [COMMONS], []
    there = deployer.manifest().address("Residents")
    Sender(deployer.rpc, anvil_account(1)).send(Call(there, encode_call(*enrol), "enrol"))
    announced(deployer, watched())
    pass_time(deployer, 72 * HOUR_S)
    deployer.deploy(watched())
    assert differing(deployer, watched()) == []


def test_cancelling_is_all_that_admins_guardian_may(deployer):
    deployer.deploy(watched())
    for function, *arguments in (
        ("grantRole", int(Office.TREASURER), STRANGER.address, 0),
        ("setGrantDelay", int(Office.TREASURER), 0),
        ("setTargetClosed", deployer.manifest().address("LocalCurrency"), True),
    ):
        data = encode_call(artifact("Town").abi, function, *arguments)
        call = {"from": GUARDIAN.address, "to": authority(deployer).address, "data": "0x" + data.hex()}
        with pytest.raises(RpcError):
            deployer.rpc.call("eth_call", call, "latest")
