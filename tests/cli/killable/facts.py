"""Scripts of facts."""

import json

from beffroi.chain.headers import clock_s
from beffroi.records.fact import Fact
from beffroi.records.factact import StatedValue
from beffroi.records.paperfile import hexed
from beffroi.records.statedfacts import StatedFacts
from beffroi.units import HOUR_S
from testbed.town import MAYOR
from tests.cli.killable.place import Script, told

WHEAT = Fact("Wheat", "EUR/t", 2, "", (MAYOR.address,), 1)


def facts(place):
    manifest = place.town.manifest
    return StatedFacts(place.rpc, place.town.contract("Facts"), manifest.chain_id, manifest.start_block)


def opens(place):
    return ["facts", "open", place.writes("wheat.json", json.dumps(WHEAT.json))]


def opened(place):
    facts(place).open(MAYOR, WHEAT)


def post(place):
    opened(place)
    now_s, path = clock_s(place.rpc), place.folder / "act.json"
    act = facts(place).statement(WHEAT, StatedValue(23_150, now_s), bytes(32), now_s + HOUR_S)
    act.signed(MAYOR).write(path)
    return ["facts", "post", path]


def resign(place):
    opened(place)
    return ["facts", "resign", hexed(WHEAT.id)]


SCRIPTS = {
    "facts/open.py": Script(opens, told("Facts", "FactOpened")),
    "facts/post.py": Script(post, told("Facts", "Stated")),
    "facts/resign.py": Script(resign, told("Facts", "Resigned")),
}
