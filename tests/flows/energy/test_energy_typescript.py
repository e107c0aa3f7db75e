"""Streets that the dApp drew, sealed and billed: the library makes the same roots and the same cents of them.

tests/vectors/energy-typescript.json, written by `BEFFROI_VECTORS=write npx vitest run tests/flows` in frontend/.
"""

import json
from pathlib import Path

import pytest

from beffroi.flows.energy.curves import Curves, MeterColumn
from beffroi.flows.energy.energyrules import rules_of, slots
from beffroi.flows.energy.sealperiod import KINDS, seal_period
from beffroi.flows.energy.verifyperiod import lines_of

STREETS = json.loads((Path(__file__).parents[2] / "vectors" / "energy-typescript.json").read_text())
NAMES = {number: name for name, number in KINDS.items()}


def octets(text):
    return bytes.fromhex(text[2:])


@pytest.mark.parametrize("street", STREETS, ids=lambda it: it["op"][:10])
def test_the_library_seals_and_bills_what_the_dapp_drew_alike(street):
    columns = [
        MeterColumn(octets(it["id"]), it["member"], NAMES[it["kind"]], tuple(it["readings_wh"]))
        for it in street["meters"]
    ]
    curves, rules = Curves(street["start_s"], street["step_s"], tuple(columns)), rules_of(street["rules"])
    seeds = [octets(it["seed"]) for it in street["meters"]]
    slots_by_step = slots(rules, curves)
    period = seal_period(octets(street["op"]), street["period"], curves, seeds, slots_by_step, len(rules.slots))
    lines = lines_of(rules, period, street["organiser"])
    assert street["made"] == {
        "roots": ["0x" + it.root.hex() for it in period.columns],
        "readingsRoot": "0x" + period.header.root.hex(),
        "totalsRoot": "0x" + period.totals_tree.root.hex(),
        "lines": [[it.member.lower(), it.amount_cents] for it in lines],
    }


def test_they_have_what_a_street_may_have():
    kinds = {frozenset(it["kind"] for it in street["meters"]) for street in STREETS}
    assert kinds == {frozenset({1}), frozenset({1, 2})}
    assert len({street["step_s"] for street in STREETS}) > 2
