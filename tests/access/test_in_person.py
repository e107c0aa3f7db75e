"""Acts that record or compare who carries them out: in person, never through the authority, announced or not."""

from typing import NamedTuple

import pytest
from eth_utils.crypto import keccak

from beffroi.chain.abi import selector
from beffroi.chain.keys import Key
from beffroi.chain.rpc import RpcError
from testbed.town import MAYOR, fund

ADMIN = 0
PUBLIC = 2**64 - 1
OFFICER = Key.derived("in person", "officer")
REFUSED = "0x" + keccak(text="InPerson_ThroughTheAuthority()")[:4].hex()
WORDS = bytes(32 * 64)
"""Enough zeros for the arguments of any function: numbers, empty lists, structs of them."""

IN_PERSON = {
    "LocalCurrency": {"attestReserve", "pause", "resume"},
    "LandRegister": {"attest", "burden", "correctArea", "divide", "enact", "lift", "merge"},
    "Charges": {"attest", "discharge", "inscribe"},
    "LandTax": {"value"},
    "MutualCredit": {"attestTransfer"},
}


class Wired(NamedTuple):
    """A function that an office may call."""

    contract: str
    function: str
    target: str
    selector: bytes
    role: int


def wired(town):
    """Every restricted function of the town, as the chain tells who may call it."""
    names = {town.manifest.address(name): name for name in town.manifest.contracts}
    roles = {}
    for event in town.authority.events(town.rpc, "TargetFunctionRoleUpdated"):
        roles[event.args["target"], event.args["selector"]] = event.args["roleId"]
    for (target, four), role in roles.items():
        abi = town.contract(names[target]).abi
        (function,) = {it["name"] for it in abi if it["type"] == "function" and selector(it) == four}
        if role not in (ADMIN, PUBLIC):
            yield Wired(names[target], function, target, four, role)


def refusal(town, data):
    """What the authority answers an officer, as it came."""
    asked = {"from": OFFICER.address, "to": town.authority.address, "data": "0x" + data.hex()}
    (said,) = town.rpc.batch([("eth_call", [asked, "latest"])])
    if not isinstance(said, RpcError):
        return ""
    carried = said.data.get("data") if isinstance(said.data, dict) else said.data
    return str(carried)


@pytest.mark.parametrize("delay_s", [0, 3_600])
def test_every_restricted_function_that_must_know_its_author_refuses_the_authority(town, delay_s):
    functions = list(wired(town))
    fund(town.rpc, [OFFICER])
    for role in {it.role for it in functions}:
        town.does(MAYOR, town.authority, "grantRole", role, OFFICER.address, delay_s)
    calls = [(it, it.selector + WORDS) for it in functions]
    if delay_s:
        for it, data in calls:
            town.does(OFFICER, town.authority, "schedule", it.target, data, 0)
        town.pass_s(delay_s)

    refused = {}
    for it, data in calls:
        if refusal(town, town.authority.encode("execute", it.target, data)).startswith(REFUSED):
            refused.setdefault(it.contract, set()).add(it.function)

    assert refused == IN_PERSON
    assert len(functions) > 40
