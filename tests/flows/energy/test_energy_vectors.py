"""The periods that `Meters` and the dApp read too (tests/vectors/make_energy.py makes them)."""

import json
from pathlib import Path

import pytest

from beffroi.flows.energy.cells import CELL
from beffroi.flows.energy.publicfile import public_of
from beffroi.flows.energy.verifyperiod import CommittedMeter, StatedPeriod, given, verify_period
from beffroi.flows.operation import OperationTerms, PeriodStatement
from testbed.energy import clock_of, kept_of
from tests.vectors.make_energy import vectors

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "energy.json").read_text())


def unhexed(text):
    return bytes.fromhex(text[2:])


def root_of(meter, file):
    """What an agent committed to of a file's steps; what the contract keeps where it is of others."""
    roots = {it.id: it.root for it in file.period.columns}
    root, kept = roots.get(unhexed(meter["id"]), unhexed(meter["root"])), unhexed(meter["commitment"])
    return root if kept_of(clock_of(file.period), root) == kept else kept


def stated_of(statement, period, file):
    """What stands on chain, from the vectors alone."""
    said = {name: unhexed(statement[name]) for name in ("linesHash", "readingsRoot", "totalsRoot")}
    roots = said["linesHash"], statement["n"], said["readingsRoot"], said["totalsRoot"]
    terms = period["terms"]
    meters = {
        unhexed(it["id"]): CommittedMeter(
            it["member"], it["unit"], it["kind"], it["since"], it["until"], root_of(it, file)
        )
        for it in period["meters"]
    }
    operation = OperationTerms(*[terms[name] for name in [*terms][:-1]], unhexed(terms["rulesHash"]))
    stated = PeriodStatement(statement["number"], statement["period"], *roots, statement["uri"])
    assert stated.hash == unhexed(statement["hash"])
    return StatedPeriod(operation, stated, meters, 2**40)


def test_the_vectors_are_the_library_s():
    assert json.loads(json.dumps(vectors())) == VECTORS


@pytest.mark.parametrize("period", VECTORS["periods"], ids=lambda it: it["name"])
def test_a_period_is_true_by_its_vectors_alone(period):
    file = public_of(period["file"].encode(), "period.json")
    stated = stated_of(period["statement"], period, file)
    assert stated.terms.op == unhexed(period["op"])
    assert verify_period(file, stated) == []
    assert [[*it.wh] for it in given(file.period)] == period["given"]
    for at, cell in enumerate(period.get("cells", [])):
        assert file.period.cells[at * CELL : (at + 1) * CELL] == unhexed(cell)


@pytest.mark.parametrize("false", VECTORS["false"], ids=lambda it: it["name"])
def test_a_false_one_is_found_false_by_its_vectors_alone(false):
    (court,) = (it for it in VECTORS["periods"] if it["name"] == "court")
    file = public_of(false["file"].encode(), "false.json")
    found = verify_period(file, stated_of(false["statement"], court, file))
    assert found[0].what == false["what"]
