"""Every restricted act succeeds by whoever may, alone or with a second office; in the same place, by nobody else."""

from collections import Counter

import pytest
from eth_utils.crypto import keccak

from beffroi.town.fields import Office
from tests.adversaries.matrix import Way, everyone, expected, tried
from tests.adversaries.recipes import CONCURRING, RECIPES

INCOMPATIBLE = {
    ("LocalCurrency.attestReserve", Office.TREASURER): "LocalCurrency_AuditorIssues",
    ("MutualCredit.attestTransfer", Office.TREASURER): "MutualCredit_AuditorClears",
}
"""What whoever holds that office too is told of the act."""
DELAY_S = 2 * 86_400


def test_every_restricted_act_has_a_recipe(every_act):
    restricted = {str(act) for act in every_act if act.office is not None}
    assert restricted == RECIPES.keys(), (
        f"{restricted - RECIPES.keys()} lack one, {RECIPES.keys() - restricted} are gone"
    )


@pytest.mark.parametrize("name", RECIPES)
def test_an_act_succeeds_by_whoever_may_and_by_nobody_else(scene, every_act, actors, name):
    (act,) = [it for it in every_act if str(it) == name]
    contract, town = scene.town.contract(act.contract), scene.town
    data = contract.encode(act.function, *RECIPES[name](scene))

    late = [actor for actor in actors if actor.may(act) and actor.delays[act.office]]
    for actor in late:
        town.does(actor.key, town.authority, "schedule", act.address, data, 0)
    if late:
        town.pass_s(DELAY_S)

    done, refused = Counter(), Counter()
    who = list(everyone(actors))
    for (way, actor), told in zip(who, tried(scene.rpc, town.authority, act, who, data), strict=True):
        if way is Way.DIRECTLY and actor.may(act):
            owed = next((INCOMPATIBLE[name, it] for it in actor.delays if (name, it) in INCOMPATIBLE), "")
            assert told == owed, f"{actor.name}: {told}"
            done[actor.name] += not owed
        elif not actor.may(act):
            assert told == expected(act, actor, way), f"{actor.name}, {way}: {told}"
            refused[actor.name] += 1
    assert set(done) | set(refused) >= {actor.name for actor in actors}
    assert all(refused[actor.name] == len(Way) for actor in actors if not actor.may(act))
    assert sum(done.values()) >= 1


@pytest.mark.parametrize("name", CONCURRING)
def test_registrar_and_notary_in_one_hand_do_not_concur(scene, every_act, actors, name):
    """Her own attestation does not serve her own act."""
    (act,) = [it for it in every_act if str(it) == name]
    (both,) = [actor for actor in actors if actor.delays.keys() == {Office.REGISTRAR, Office.NOTARY}]
    contract, town = scene.town.contract(act.contract), scene.town
    data = contract.encode(act.function, *CONCURRING[name](scene))
    town.does(both.key, contract, "attest", keccak(data), scene.offices.now_s() + DELAY_S)
    told, through = tried(scene.rpc, town.authority, act, [(Way.DIRECTLY, both), (Way.EXECUTE, both)], data)
    assert told.endswith("_SamePerson")
    assert through.startswith("InPerson_")
