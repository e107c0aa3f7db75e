"""What every act costs, to the unit of gas. `BEFFROI_SNAPSHOT=write pytest tests/snapshots` takes a new snapshot."""

import json
import os
from pathlib import Path

import pytest

import bench.credit
import bench.currency
import bench.facts
import bench.flows
import bench.programmes
import bench.records

FOLDER = Path(__file__).parent
MODULES = {
    "currency": bench.currency.rows,
    "records": bench.records.gas_rows,
    "facts": bench.facts.rows,
    "flows": bench.flows.rows,
    "credit": bench.credit.rows,
    "programmes": bench.programmes.rows,
}


@pytest.fixture(scope="module", params=MODULES)
def measured(request):
    return request.param, MODULES[request.param]()


def test_the_gas_is_the_snapshots(measured):
    name, rows = measured
    snapshot = FOLDER / f"{name}.json"
    figures = {row.operation: row.ours for row in rows}
    if os.environ.get("BEFFROI_SNAPSHOT") == "write":
        snapshot.write_text(json.dumps(figures, indent=2) + "\n")
    assert figures == json.loads(snapshot.read_text())


def test_every_ceiling_holds(measured):
    _, rows = measured
    assert not [row for row in rows if not row.holds]
    assert sum(row.ceiling is not None for row in rows) >= 9


@pytest.mark.parametrize("measured", ["currency"], indirect=True)
def test_the_transfer_costs_less_than_the_guarded_peers_of_the_same_run(measured):
    _, rows = measured
    transfers = {row.operation: row for row in rows if row.operation.startswith(("transfer to", "issue to", "relayed"))}
    for row in transfers.values():
        for peer, figure in row.peers.items():
            if "guarded" in peer:
                assert row.ours < figure, row
