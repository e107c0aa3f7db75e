"""The offices as the contracts have them, and as the forge tests wire them.

`BEFFROI_VECTORS=write pytest tests/town/test_offices.py` renews the forge tests' own table.
"""

import json
import os
import re

from beffroi.chain.abi import decode_result, encode_call, selector, signature
from beffroi.chain.artifacts import ROOT, artifact
from beffroi.chain.contract import Contract
from beffroi.town.authority import function_name
from beffroi.town.fields import Office
from beffroi.town.load import load_town
from beffroi.town.modules import MODULES
from beffroi.town.plan import lay_out
from tests.town.conftest import EXAMPLE

ADMINS_OWN = {
    ("Residents", "addFollower"),
    ("Residents", "removeFollower"),
    ("Residents", "enrolInstitution"),
    ("LandRegister", "addFollower"),
    ("LocalCurrency", "resumeSeizure"),
    ("LocalCurrency", "annulSeizure"),
    ("LocalCurrency", "retire"),
    ("Consultations", "setRulebook"),
    ("Admission", "setRequirement"),
}
VECTORS = ROOT / "tests" / "vectors" / "offices.json"
SOURCES = {source.stem: source.read_text() for source in (ROOT / "contracts").rglob("*.sol")}


def restricted_functions(contract):
    """The names of a contract's restricted functions, those that it inherits included."""
    source = SOURCES.get(contract, "")
    functions = re.findall(r"function (\w+)\(([^{;]*)\{", source)
    bases = re.search(rf"contract {contract} is ([^{{]+)\{{", source)
    inherited = [restricted_functions(base) for base in re.findall(r"\w+", bases.group(1) if bases else "")]
    return {name for name, rest in functions if re.search(r"\brestricted\b", rest)}.union(*inherited)


def test_every_restricted_function_has_an_office_or_is_the_admins_on_purpose():
    site = lay_out(load_town(EXAMPLE), "0x" + "11" * 20)
    names = {contract.address: contract.name for contract in site.contracts.values()}
    wired = {(names[target], function_name(names[target], selector)) for target, selector in site.functions}
    restricted = {(contract, name) for contract in site.contracts for name in restricted_functions(contract)}

    placed = {contract for module in MODULES for contract in module.contracts}
    others = {it for it in placed if any((it, name) not in ADMINS_OWN for name in restricted_functions(it))}
    assert {name for name, _ in wired} == others
    assert restricted - wired == ADMINS_OWN
    assert wired <= restricted


def test_the_forge_tests_wire_offices_as_the_plan_does():
    site = lay_out(load_town(EXAMPLE), "0x" + "11" * 20)
    wired = {}
    for contract in site.contracts.values():
        signatures = {
            selector(item): signature(item) for item in artifact(contract.name).abi if item["type"] == "function"
        }
        for (target, function), office in site.functions.items():
            if target == contract.address:
                wired.setdefault(contract.name, {}).setdefault(Office(office).name, []).append(signatures[function])
    if os.environ.get("BEFFROI_VECTORS") == "write":
        VECTORS.write_text(json.dumps(wired, indent=2) + "\n")
    assert json.loads(VECTORS.read_text()) == wired


def test_offices_have_the_numbers_of_the_contract(deployer):
    town_address, abi = deployer.deploy().address("Town"), artifact("Town").abi
    for office in Office:
        name = "ADMIN_ROLE" if office == Office.ADMIN else office.name
        answer = deployer.rpc.call(
            "eth_call", {"to": town_address, "data": "0x" + encode_call(abi, name).hex()}, "latest"
        )
        assert decode_result(abi, name, bytes.fromhex(answer[2:])) == office


def test_offices_have_their_names_on_chain(deployer):
    town = Contract.built("Town", deployer.deploy().address("Town"))
    labels = {event.args["roleId"]: event.args["label"] for event in town.events(deployer.rpc, "RoleLabel")}
    assert labels == {int(office): office.name for office in Office if office != Office.ADMIN}
