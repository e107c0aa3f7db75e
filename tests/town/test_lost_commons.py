"""The commons' key is lost while one currency is followed by another: nobody's money is stopped by it."""

import pytest

from beffroi.town.retiring import NotPausedError
from testbed.town import COMMONS, ELSEWHERE, RECOVERY_DELAY_S, REGISTRAR
from tests.town.conftest import town
from tests.town.test_succession import CITIZEN, FOLLOWING, MERCHANT, POSTER, REF, Money, lives

HEIR = ELSEWHERE[3]


@pytest.fixture
def after():
    return town(currency=[FOLLOWING | {"demurrage_percent_per_year": "12"}])


@pytest.fixture
def money(deployer, after):
    """The new currency stands, the old one still moves, and a recovery of the commons is due, which anyone calls."""
    lives(deployer, town())
    old = Money(deployer, deployer.manifest())
    old.does(REGISTRAR, old.residents, "proposeRecovery", COMMONS.address, HEIR.address, REF)
    passes(old.rpc, RECOVERY_DELAY_S)
    with pytest.raises(NotPausedError):
        deployer.deploy(after)
    return Money(deployer, deployer.manifest(after))


def passes(rpc, time_s):
    rpc.batch([("evm_increaseTime", [time_s]), ("evm_mine", [])])


@pytest.mark.parametrize("is_retired", [False, True], ids=["before the old one retires", "after"])
def test_a_commons_that_is_replaced_before_anyone_told_residents_stops_nobodys_money(
    deployer, after, money, is_retired
):
    if not is_retired:
        money.does(POSTER, money.residents, "recover", COMMONS.address)
    money.pauses()
    deployer.deploy(after)
    if is_retired:
        money.does(POSTER, money.residents, "recover", COMMONS.address)
    assert money.new.read(money.rpc, "commons") == HEIR.address.lower()
    assert money.carries_over() == 2

    passes(money.rpc, 30 * 86_400)
    money.does(ELSEWHERE[0], money.new, "transfer", MERCHANT, 1_00)
    money.does(ELSEWHERE[1], money.new, "redeem", 50_00, REF)
    assert money.balance(CITIZEN)[1] < 299_00, "nothing melted into the commons"


def test_a_town_whose_commons_has_a_new_key_is_wired_again(deployer, after, money):
    money.does(POSTER, money.residents, "recover", COMMONS.address)
    steps = [step.key for step in deployer.plan(after).steps if not step.is_done(deployer.rpc)]
    assert steps == ["retire LocalCurrency"]
