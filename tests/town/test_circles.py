"""A town's circles that pay by owing: laid, checked, resumed, added later; and what its file may not say."""

import pytest
from pydantic import ValidationError

from beffroi.chain.contract import Contract
from beffroi.residents import ResidentKind
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.load import load_town
from testbed.town import COMMONS, ELSEWHERE, POSTER, RECOVERY_DELAY_S, REGISTRAR, fund
from tests.town.conftest import EXAMPLE, town
from tests.town.test_instances import differing
from tests.town.test_succession import REF, Money

(FIRMS,) = (circle.model_dump() for circle in load_town(EXAMPLE).credit)
HOURS = {
    "instance": "HourCircle", "name": "Heures", "unit": "minutes", "commons": COMMONS.address,
    "member_kinds": ["citizen"], "floor": 300, "ceiling": 3_000,
}  # fmt: skip
HEIR = ELSEWHERE[3]


@pytest.fixture
def config():
    return town(credit=[FIRMS, HOURS])


def circle(deployer, name):
    return Contract.built("MutualCredit", deployer.manifest().address(name))


def test_each_stands_as_the_file_has_it_behind_the_register(deployer, config):
    manifest = deployer.deploy(config)
    assert list(manifest.contracts) == ["Town", "Residents", "LocalCurrency", "MutualCredit", "HourCircle"]
    assert differing(deployer, config) == []
    firms, hours = (circle(deployer, name) for name in ("MutualCredit", "HourCircle"))
    kinds = 1 << ResidentKind.PROFESSIONAL | 1 << ResidentKind.PUBLIC_BODY | 1 << ResidentKind.COMMONS
    assert firms.read(deployer.rpc, "limitRule") == (100_00, 500_00, 1_000, 100_00, kinds)
    assert int(firms.read(deployer.rpc, "currency"), 16) == int(manifest.address("LocalCurrency"), 16)
    assert int(hours.read(deployer.rpc, "currency"), 16) == 0
    assert [it.read(deployer.rpc, "isCleared") for it in (firms, hours)] == [True, False]
    assert all(it.read(deployer.rpc, "memberOf", COMMONS.address)[7] == 1 for it in (firms, hours)), "it is told"


def test_a_run_that_was_cut_short_is_resumed_and_a_second_sends_nothing(deployer, config):
    class PowerCutError(Exception):
        pass

    def stop(step, transaction):
        if step.key == "deploy MutualCredit":
            raise PowerCutError

    with pytest.raises(PowerCutError):
        deployer.deploy(config, progress=stop)
    deployer.deploy(config)
    sent = deployer.sent()
    deployer.deploy(config)
    assert deployer.sent() == sent
    assert differing(deployer, config) == []


def test_the_treasurer_sets_limits_and_the_auditor_attests(deployer, config):
    site = deployer.plan(config).site
    wired = {role for (target, _), role in site.functions.items() if target == site.address("HourCircle")}
    assert wired == {int(Office.TREASURER), int(Office.AUDITOR)}


def test_a_town_grows_by_a_circle(deployer, config):
    deployer.deploy(town())
    deployer.deploy(config)
    assert differing(deployer, config) == []


def test_a_circle_is_laid_after_its_commons_changed_keys(deployer, config):
    """Nobody is told of the old key; the new one is told by anyone."""
    deployer.deploy(town())
    fund(deployer.rpc, [POSTER])
    money = Money(deployer, deployer.manifest())
    money.does(REGISTRAR, money.residents, "proposeRecovery", COMMONS.address, HEIR.address, REF)
    deployer.rpc.batch([("evm_increaseTime", [RECOVERY_DELAY_S]), ("evm_mine", [])])
    money.does(POSTER, money.residents, "recover", COMMONS.address)
    deployer.deploy(config)
    firms = circle(deployer, "MutualCredit")
    money.does(POSTER, money.residents, "inform", firms.address, [HEIR.address])
    assert firms.read(deployer.rpc, "memberOf", COMMONS.address)[7] == 1


@pytest.mark.parametrize(
    ("circles", "key", "why"),
    [
        ([FIRMS, FIRMS], "credit.1.instance", "the town has a MutualCredit already"),
        ([FIRMS | {"instance": "Residents"}], "credit.0.instance", "Residents is another contract of the town"),
        ([FIRMS | {"instance": "LocalCurrency"}], "credit.0.instance", "another contract of the town"),
        ([FIRMS | {"currency": "TimeMoney"}], "credit.0.currency", "the town's currencies are LocalCurrency: name one"),
    ],
)
def test_a_circle_fits_the_rest_of_the_file(circles, key, why):
    with pytest.raises(ValidationError) as refused:
        TownConfig.model_validate(load_town(EXAMPLE).model_dump() | {"credit": circles})
    (error,) = refused.value.errors()
    assert error["ctx"]["key"] == key
    assert why in error["msg"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"floor": 500_01}, "a floor above the ceiling, 50000, is a debt that could not be earned back"),
        ({"unit": "minutes"}, "leave `currency` and `cleared` out"),
        ({"growth_bps": 10_001}, "less than or equal to 10000"),
        ({"write_off_days": 0}, "greater than or equal to 1"),
        ({"name": "é" * 16}, "has 32 bytes in UTF-8"),
        ({"member_kinds": []}, "at least 1 item"),
        ({"colour": "blue"}, "Extra inputs are not permitted"),
    ],
)
def test_a_circle_keeps_within_its_bounds(changes, why):
    with pytest.raises(ValidationError) as refused:
        TownConfig.model_validate(load_town(EXAMPLE).model_dump() | {"credit": FIRMS | changes})
    assert why in str(refused.value)


def test_a_circle_without_money_in_the_town_counts_minutes():
    content = town().model_dump() | {"currency": []}
    with pytest.raises(ValidationError, match="the town's currencies are none"):
        TownConfig.model_validate(content | {"credit": FIRMS})
    assert TownConfig.model_validate(content | {"credit": HOURS}).credit[0].contract == "HourCircle"
