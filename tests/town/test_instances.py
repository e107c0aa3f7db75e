"""A town with two currencies, the second with a treasurer and an auditor of its own."""

import dataclasses

import pytest
from eth_utils.crypto import keccak

from beffroi.chain.abi import encode_call
from beffroi.chain.artifacts import artifact
from beffroi.chain.contract import Contract
from beffroi.chain.reverts import explain
from beffroi.chain.rpc import RpcError
from beffroi.chain.sender import Sender
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import Call
from beffroi.town import site
from beffroi.town.authority import read_authority
from beffroi.town.check import check_town
from beffroi.town.fields import Office
from beffroi.town.load import load_town
from beffroi.town.plan import DriftError
from beffroi.town.site import own_role
from beffroi.yamlfile import ConfigError
from tests.town.conftest import EXAMPLE, town

STRANGER = anvil_account(9).address
OWN_TREASURER, OWN_AUDITOR = (anvil_account(place).address for place in (11, 12))
FIRST = town().currency[0].model_dump()
HOURS = FIRST | {
    "instance": "TimeCredit",
    "name": "Heures de Valombre",
    "symbol": "HVL",
    "redemption_fee_bps": 0,
    "offices": {"treasurer": [{"account": OWN_TREASURER}], "auditor": [{"account": OWN_AUDITOR, "delay_hours": 1}]},
}


@pytest.fixture
def config():
    return town(currency=[FIRST, HOURS])


def differing(deployer, config):
    checks = check_town(deployer.rpc, config, deployer.manifest(config))
    return [(check.topic, check.subject, check.what) for check in checks if not check.holds]


def asked(deployer, manifest, caller, contract, function, *arguments):
    """How a contract answers a simulated call: nothing, or its error."""
    target = manifest.address(contract)
    data = encode_call(artifact("LocalCurrency").abi, function, *arguments)
    try:
        deployer.rpc.call("eth_call", {"from": caller, "to": target, "data": "0x" + data.hex()}, "latest")
    except RpcError as error:
        return explain(error).partition("(")[0]
    return ""


def test_both_stand_at_addresses_that_their_names_make(deployer, config):
    planned = deployer.plan(config).site.contracts
    manifest = deployer.deploy(config)

    assert list(manifest.contracts) == ["Town", "Residents", "LocalCurrency", "TimeCredit"]
    assert [record.contract for record in manifest.contracts.values()][2:] == ["LocalCurrency", "LocalCurrency"]
    assert planned["TimeCredit"].salt == keccak(text="valombre-sur-lys/TimeCredit")
    assert {name: record.address for name, record in manifest.contracts.items()} == {
        name: contract.address for name, contract in planned.items()
    }
    hours = Contract.built("LocalCurrency", manifest.address("TimeCredit"))
    assert hours.read(deployer.rpc, "symbol") == "HVL"
    assert differing(deployer, config) == []


def test_the_first_stands_where_it_would_alone(deployer, config):
    assert deployer.plan(config).site.address("LocalCurrency") == deployer.plan(town()).site.address("LocalCurrency")


def test_a_second_run_sends_nothing_and_an_interrupted_one_is_resumed(deployer, config):
    class PowerCutError(Exception):
        pass

    def stop(step, transaction):
        if step.key == "deploy LocalCurrency":
            raise PowerCutError

    with pytest.raises(PowerCutError):
        deployer.deploy(config, progress=stop)
    deployer.deploy(config)
    sent = deployer.sent()
    deployer.deploy(config)
    assert deployer.sent() == sent == 5


def test_its_own_offices_act_and_the_towns_act_where_it_has_none(deployer, config):
    manifest = deployer.deploy(config)
    offices = config.offices
    towns_treasurer, guardian = offices.treasurer[0].account, offices.guardian[0].account
    issue, statement = ("issue", STRANGER, 1, bytes(32)), ("attestReserve", 1, bytes(32))
    denied, waits = "AccessManagedUnauthorized", "AccessManagerNotScheduled"

    assert asked(deployer, manifest, OWN_TREASURER, "TimeCredit", *issue) != denied
    assert asked(deployer, manifest, towns_treasurer, "TimeCredit", *issue) == denied
    assert asked(deployer, manifest, towns_treasurer, "LocalCurrency", *issue) != denied
    assert asked(deployer, manifest, OWN_TREASURER, "LocalCurrency", *issue) == denied
    assert asked(deployer, manifest, OWN_AUDITOR, "TimeCredit", *statement) == waits
    assert asked(deployer, manifest, guardian, "TimeCredit", "resume") != denied


def test_its_own_offices_are_labelled_on_chain(deployer, config):
    manifest = deployer.deploy(config)
    authority = read_authority(deployer.rpc, manifest.address("Town"), 0)

    role = own_role("TimeCredit", Office.AUDITOR)
    assert authority.labels[role] == "TimeCredit/AUDITOR"
    assert authority.members[role] == {OWN_AUDITOR: 3_600}
    assert max(Office) < role < 2**48


def test_drift_of_one_is_told_by_its_name(deployer, config, monkeypatch):
    manifest = deployer.deploy(config)
    changed = town(currency=[FIRST, HOURS | {"redemption_fee_bps": 500}])
    with pytest.raises(DriftError, match="TimeCredit: redemptionFee_bps: deployed with 0, the file now gives 500"):
        deployer.deploy(changed)

    grant = encode_call(artifact("Town").abi, "grantRole", own_role("TimeCredit", Office.TREASURER), STRANGER, 0)
    Sender(deployer.rpc, deployer.signer).send(Call(manifest.address("Town"), grant, "by hand"))
    assert differing(deployer, config) == [("offices", "TimeCredit/TREASURER", STRANGER)]

    def rebuilt(name):
        built = artifact(name)
        return dataclasses.replace(built, initcode=built.initcode + b"\0") if name == "LocalCurrency" else built

    monkeypatch.setattr(site, "artifact", rebuilt)
    with pytest.raises(DriftError, match=r"LocalCurrency: code(?s:.*)TimeCredit: code"):
        deployer.deploy(config)


def test_a_town_grows_by_a_second_currency(deployer, config):
    deployer.deploy(town())
    deployer.deploy(config)
    assert differing(deployer, config) == []


@pytest.fixture
def refused(tmp_path):
    """The message about the example with a list of currencies, written by replacing the mapping's text."""

    def load(second: str, old: str = "", new: str = "") -> str:
        text = EXAMPLE.read_text()
        start, end = text.index("\ncurrency:\n") + len("\ncurrency:\n"), text.index("\ncredit:")
        first = text[start:end].strip("\n").splitlines()
        items = ["  - " + first[0].strip(), *("  " + line for line in first[1:])]
        path = tmp_path / "town.yaml"
        path.write_text((text[:start] + "\n".join(items) + "\n" + second + text[end:]).replace(old or text, new))
        with pytest.raises(ConfigError) as error:
            load_town(path)
        return str(error.value)

    return load


SECOND = (
    "  - {name: Heures, symbol: HVL, redemption_fee_bps: 0, "
    'commons: "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720", %s}\n'
)


def test_a_second_one_needs_a_name_of_its_own(refused):
    assert "currency.1.instance: the town has a LocalCurrency already" in refused(SECOND % "redeemable_kinds: []")


def test_it_may_not_be_called_like_another_contract(refused):
    message = refused(SECOND % "instance: Residents")
    assert "currency.1.instance: Residents is another contract of the town" in message


def test_what_is_wrong_in_the_second_is_named_with_its_place(refused):
    message = refused(SECOND % "instance: TimeCredit, colour: blue")
    assert "currency.1.colour: unknown key" in message


def test_its_auditor_may_not_be_the_towns_treasurer(refused):
    towns_treasurer = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
    message = refused(SECOND % f'instance: TimeCredit, offices: {{auditor: [{{account: "{towns_treasurer}"}}]}}')
    assert f"currency.1.offices.auditor.0.account: {towns_treasurer} is also treasurer" in message


def test_land_is_paid_in_a_currency_that_the_town_has(refused):
    named = "land:\n  currency: TimeCredits\n"
    message = refused(SECOND % "instance: TimeCredit", "\nland: #", "\n" + named + "  #")
    assert "land.currency: the town has no currency TimeCredits; it has LocalCurrency, TimeCredit" in message


def test_land_may_be_paid_in_the_second(deployer):
    land = load_town(EXAMPLE).land.model_copy(update={"currency": "TimeCredit"})
    config = town(currency=[FIRST, HOURS]).model_copy(update={"land": land})
    site = deployer.plan(config).site
    assert site.contracts["Conveyance"].arguments["offices"]["token"] == site.address("TimeCredit")
