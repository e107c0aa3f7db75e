"""What no deployment made is shown and refused; what the file has otherwise than it was is changed."""

import dataclasses
import re

import pytest

from beffroi.chain.abi import encode_call
from beffroi.chain.announcing import moment
from beffroi.chain.artifacts import artifact
from beffroi.chain.sender import Sender
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import Call
from beffroi.town import site
from beffroi.town.check import check_town
from beffroi.town.fields import Office
from beffroi.town.plan import DriftError
from tests.town.conftest import Deployer, town

STRANGER = anvil_account(9).address
STEPS = 4


def differing(deployer: Deployer, config=None):
    config = config or town()
    checks = check_town(deployer.rpc, config, deployer.manifest(config))
    return [(check.topic, check.subject, check.what) for check in checks if not check.holds]


def admin_does(deployer: Deployer, function: str, *arguments) -> None:
    """The ADMIN changes the town by hand, beside any file."""
    address = deployer.manifest().address("Town")
    data = encode_call(artifact("Town").abi, function, *arguments)
    Sender(deployer.rpc, deployer.signer).send(Call(address, data, function))


def undo(deployer: Deployer) -> None:
    """ADMIN makes the calls that the plan prints for what was done beside the file."""
    for drift in deployer.plan().drift:
        Sender(deployer.rpc, deployer.signer).send(Call(deployer.manifest().address("Town"), drift.repair, "undo"))


def rebuild(monkeypatch, name: str) -> None:
    """The build now has other code for a contract: a comment changed, and with it the metadata hash."""

    def rebuilt(asked: str):
        built = artifact(asked)
        if asked != name:
            return built
        code = bytearray(built.initcode)
        code[-20] ^= 1  # in the metadata hash
        return dataclasses.replace(built, initcode=bytes(code))

    monkeypatch.setattr(site, "artifact", rebuilt)


def test_changed_code_is_shown_and_refused(deployer, monkeypatch):
    deployer.deploy()
    rebuild(monkeypatch, "LocalCurrency")

    with pytest.raises(DriftError, match=r"LocalCurrency: code: deployed 0x\w{64}, built 0x\w{64}"):
        deployer.deploy()
    assert deployer.sent() == STEPS
    assert differing(deployer) == [("code", "LocalCurrency", "build and file")]


def test_changed_code_is_refused_though_another_contract_is_kept(deployer, monkeypatch):
    deployer.deploy()
    rebuild(monkeypatch, "LocalCurrency")

    with pytest.raises(DriftError, match="A contract is never replaced"):
        deployer.deploy(keep={"Residents", "Town"})
    assert deployer.sent() == STEPS


def test_changed_code_that_is_kept_leaves_the_contract_as_it_is(deployer, monkeypatch):
    before = deployer.deploy()
    rebuild(monkeypatch, "LocalCurrency")

    assert deployer.deploy(keep={"LocalCurrency"}) == before
    assert deployer.sent() == STEPS


def test_a_changed_parameter_is_shown_and_refused(deployer):
    deployer.deploy()
    changed = town(currency={"redemption_fee_bps": 500})

    with pytest.raises(
        DriftError, match=r"LocalCurrency: redemptionFee_bps: deployed with 300, the file now gives 500"
    ):
        deployer.deploy(changed)
    assert deployer.sent() == STEPS
    assert differing(deployer, changed) == [
        ("code", "LocalCurrency", "build and file"),
        ("parameters", "LocalCurrency", "redemptionRule()"),
    ]


def test_a_changed_parameter_of_the_register_is_shown_and_refused(deployer):
    deployer.deploy()
    changed = town(residents={"recovery_delay_days": 30})

    with pytest.raises(DriftError, match="Residents: recoveryDelay_s_: deployed with 1296000"):
        deployer.deploy(changed)


@pytest.mark.parametrize(
    ("act", "subject", "what"),
    [
        (("grantRole", Office.TREASURER, STRANGER, 0), "TREASURER", STRANGER),
        (("grantRole", Office.ADMIN, STRANGER, 0), "ADMIN", STRANGER),
        (("grantRole", Office.CLERK, anvil_account(8).address, 7), "CLERK", anvil_account(8).address),
        (("grantRole", 99, STRANGER, 0), "role 99", STRANGER),
        (("setRoleAdmin", Office.COURT, 8), "COURT", "RoleAdmin"),
        (("setRoleGuardian", Office.COURT, 8), "COURT", "RoleGuardian"),
        (("setGrantDelay", Office.COURT, 60), "COURT", "GrantDelay"),
    ],
)
def test_an_office_changed_by_hand_is_shown_refused_and_undone_by_admin(deployer, act, subject, what):
    deployer.deploy()
    function, *arguments = act
    admin_does(deployer, function, *(int(item) if isinstance(item, int) else item for item in arguments))
    assert differing(deployer) == [("offices", subject, what)]
    with pytest.raises(DriftError, match=re.escape(f"{subject}: {what}")):
        deployer.deploy()

    undo(deployer)
    deployer.deploy()
    assert differing(deployer) == []


@pytest.mark.parametrize(
    ("function", "rest", "what"),
    [
        ("setTargetFunctionRole", [[bytes.fromhex("867904b4")], 8], None),
        ("setTargetFunctionRole", [[bytes.fromhex("01020304")], 8], "0x01020304"),
        ("setTargetClosed", [True], "closed"),
        ("setTargetAdminDelay", [60], "TargetAdminDelay"),
    ],
)
def test_a_contract_rewired_by_hand_is_shown_refused_and_undone_by_admin(deployer, function, rest, what):
    currency = deployer.deploy().address("LocalCurrency")
    if what is None:
        what, rest = "pause", [[encode_call(artifact("LocalCurrency").abi, "pause")], 8]
    admin_does(deployer, function, currency, *rest)
    assert differing(deployer) == [("offices", "LocalCurrency", what)]
    with pytest.raises(DriftError, match=f"LocalCurrency: {what}"):
        deployer.deploy()

    undo(deployer)
    assert deployer.deploy().address("LocalCurrency") == currency
    assert differing(deployer) == []


def test_a_treasurer_whom_the_file_replaces_is_dismissed(deployer):
    deployer.deploy()
    former, changed = town().offices.treasurer[0].account, town(offices={"treasurer": [{"account": STRANGER}]})
    plan = deployer.plan(changed)
    assert [(item.what, item.wanted) for item in plan.wiring.changes(deployer.rpc)] == [(former, "not held")]

    deployer.deploy(changed)

    assert differing(deployer, changed) == []
    deployer.forget()
    with pytest.raises(DriftError, match=f"TREASURER: {STRANGER}: held, the file has: not held"):
        deployer.deploy()


def test_a_shorter_delay_is_told_with_the_day_from_which_it_holds(deployer):
    with_delay = town(offices={"jury": [{"account": STRANGER, "delay_hours": 48}]})
    deployer.deploy(with_delay)
    changed = town(offices={"jury": [{"account": STRANGER, "delay_hours": 24}]})
    deployer.deploy(changed)

    now_s = int(deployer.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    checks = check_town(deployer.rpc, changed, deployer.manifest(changed))
    told = [check for check in checks if (check.subject, check.what) == ("JURY", STRANGER)]
    assert [check.found for check in told] == [f"as it is now from {moment(now_s + 24 * 3_600)} on"]
    assert all(check.holds for check in checks)


def test_a_holder_more_needs_no_acceptance(deployer):
    deployer.deploy()
    config = town()
    changed = town(
        offices={"treasurer": [*config.model_dump()["offices"]["treasurer"], {"account": STRANGER, "delay_hours": 24}]}
    )

    deployer.deploy(changed)

    assert differing(deployer, changed) == []
    assert deployer.sent() == STEPS + 1


def test_a_town_grows_by_a_module(deployer):
    without = town(currency=None)
    deployer.deploy(without)
    assert deployer.sent() == 3

    deployer.deploy(town())

    assert deployer.sent() == 5
    assert differing(deployer) == []


def test_code_that_changed_on_chain_is_shown(deployer):
    manifest = deployer.deploy()
    deployer.rpc.call("anvil_setCode", manifest.address("LocalCurrency"), "0x00")
    assert ("code", "LocalCurrency", "on chain and in the manifest") in differing(deployer)

    deployer.rpc.call("anvil_setCode", manifest.address("LocalCurrency"), "0x")
    assert ("code", "LocalCurrency", f"at {manifest.address('LocalCurrency')}") in differing(deployer)


def test_an_empty_chain_lacks_every_contract(deployer):
    checks = check_town(deployer.rpc, town(), None, deployer.signer.address)
    assert [check.subject for check in checks if not check.holds] == ["Town", "Residents", "LocalCurrency"]
