"""Another contract takes sales over, by commands alone; those that are open end by their own files."""

import json

import pytest

from beffroi.chain.artifacts import ROOT
from tests.journeys.land_scripts.conftest import NAME

LAND = "\n  retraction_days:"
FOLLOWING = "\n  conveyance: { instance: Conveyance2, succeeds: Conveyance }" + LAND


@pytest.fixture
def decided(town, opened):
    """The council's decision, in the town's file; file and manifest are as they were when the test is over."""
    kept = {path: path.read_text() for path in (town.path, ROOT / "deployments" / "31337" / f"{NAME}.json")}
    assert LAND in kept[town.path]
    town.path.write_text(kept[town.path].replace(LAND, FOLLOWING))
    yield opened
    for path, text in kept.items():
        path.write_text(text)


def runs(town, command, *words):
    code, printed = town.shell.run(command, "--town", str(town.path), "--network", town.estate.rpc.url, *words)
    assert code == 0, printed
    return " ".join(printed.split())


def test_an_open_sale_is_settled_by_its_file_and_none_is_opened_there_any_more(town, decided):
    town.does("sell", "fund", decided, "20000", "--account", "buyer")
    runs(town, "deploy")
    assert "sales that are open there: 1" in runs(town, "check")
    unopened = town.folder / "unopened.json"
    unopened.write_text(json.dumps(json.loads(decided.read_text()) | {"sale": None}))
    assert "which opens no sale any more" in town.does("sell", "open", unopened, fails=True)

    assert "0.00 still awaited" in town.does("sell", "fund", decided, "191613.30", "--account", "buyer")
    for name in ("seller", "buyer"):
        town.does("sell", "sign", decided, "--act", "deed", "--account", name)
    town.estate.pass_days(12)
    assert "is settled for" in town.does("sell", "settle", decided)
    assert "conveyed" in town.does("title", json.loads(decided.read_text())["parcel"])
    assert "nothing is left there: `ape run deploy` ends its offices" in runs(town, "check")
    runs(town, "deploy")
    assert "nothing is left there: it has ended" in runs(town, "check")


def test_the_next_sale_is_drafted_for_the_new_contract(town, decided):
    before = json.loads(decided.read_text())
    town.estate.pass_days(121)
    town.does("sell", "cancel", decided, "--why", "expired", "--account", "bank")
    runs(town, "deploy")
    drafted = town.folder / "next.json"
    terms = ("--buyer", town.people["buyer"].address, "--deposit", "20000")
    town.does(
        "sell", "draft", drafted, json.loads(decided.read_text())["parcel"], "200000", town.paper("d.pdf"), *terms
    )
    assert json.loads(drafted.read_text())["conveyance"] != before["conveyance"]
    for name in ("seller", "buyer"):
        town.does("sell", "sign", drafted, "--account", name)
    assert "is locked" in town.does("sell", "open", drafted)
    assert "agreed" in town.does("sell", "status", drafted)
