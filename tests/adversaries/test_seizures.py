"""A thief with the court's key: it orders and waits, and nobody's money has moved when others come."""

import pytest
from eth_utils.crypto import keccak

from beffroi.chain.keys import Key
from beffroi.chain.rpc import RpcError
from beffroi.town.fields import Office
from testbed.estate import PAPER
from testbed.town import CONFIG, GUARDIAN, MAYOR, fund
from tests.adversaries.matrix import PEOPLES, error_name

DAY_S = 86_400
DELAY_S = CONFIG.money().seizure_delay_days * DAY_S


def held(scene):
    """What each resident's account is worth."""
    people = (scene.ada, scene.bob, scene.cleo)
    return [scene.offices.money.read(scene.rpc, "balanceOf", it.address) for it in people]


def refused(scene, who, function, *words):
    """The name of the error with which the currency refuses; empty where it lets pass."""
    call = {"from": who.address, "to": scene.offices.money.address}
    call["data"] = "0x" + scene.offices.money.encode(function, *words).hex()
    (answer,) = scene.rpc.batch([("eth_call", [call, "latest"])])
    return error_name(answer) if isinstance(answer, RpcError) else ""


@pytest.fixture
def thief(actors):
    """Whoever holds the court's office and no other."""
    (court,) = [it for it in actors if it.delays.keys() == {Office.COURT}]
    return court.key


def test_a_thief_with_the_courts_key_takes_nothing(scene, thief):
    """After a day nothing has moved; the guardian and ADMIN then end it, and it begins no suspension again."""
    money, accomplice, before = scene.offices.money, scene.cleo, held(scene)
    assert before[1] > 0
    scene.town.does(thief, money, "seize", scene.bob.address, accomplice.address, before[1], PAPER)
    scene.town.pass_s(DAY_S)
    assert refused(scene, thief, "carryOutSeizure", 1) == "LocalCurrency_SeizureTooEarly"
    assert refused(scene, thief, "seize", scene.bob.address, thief.address, 1, PAPER) in {
        "LocalCurrency_SeizurePending",
        "LocalCurrency_NotRegistered",
    }
    assert held(scene) == before

    scene.town.does(GUARDIAN, money, "suspendSeizure", 1, PAPER)
    scene.town.pass_s(DELAY_S)
    assert refused(scene, thief, "carryOutSeizure", 1) == "LocalCurrency_SeizureStands"
    assert refused(scene, thief, "resumeSeizure", 1, PAPER) == "AccessManagedUnauthorized"
    assert held(scene) == before

    scene.town.does(MAYOR, scene.town.authority, "revokeRole", int(Office.COURT), thief.address)
    scene.town.does(MAYOR, money, "annulSeizure", 1, PAPER)
    assert refused(scene, thief, "seize", scene.bob.address, accomplice.address, 1, PAPER) == (
        "AccessManagedUnauthorized"
    )
    assert not money.read(scene.rpc, "accountOf", scene.bob.address)[3]
    assert held(scene) == before


def test_no_office_alone_moves_money_by_a_seizure(scene, actors, thief):
    """Whoever holds one office, whatever it is, on the day after the order: nothing is carried out, by anybody."""
    scene.town.does(thief, scene.offices.money, "seize", scene.bob.address, scene.cleo.address, 1_00, PAPER)
    scene.town.pass_s(DAY_S)
    alone = [actor for actor in actors if len(actor.delays) <= 1]
    assert len(alone) > len(PEOPLES)
    told = {actor.name: refused(scene, actor.key, "carryOutSeizure", 1) for actor in alone}
    assert set(told.values()) == {"LocalCurrency_SeizureTooEarly"}, told


def test_the_court_that_is_not_stopped_takes_what_it_ordered_and_no_more(scene, thief):
    """By whoever asks, once the delay is over: here somebody without any part in it."""
    passer = Key.derived("adversary", "passer-by")
    fund(scene.rpc, [passer])
    before = held(scene)
    scene.town.does(thief, scene.offices.money, "seize", scene.bob.address, scene.cleo.address, 1_00, keccak(b"order"))
    scene.town.pass_s(DELAY_S)
    scene.town.does(passer, scene.offices.money, "carryOutSeizure", 1)
    assert held(scene) == [before[0], before[1] - 1_00, before[2] + 1_00]
