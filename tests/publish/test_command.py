"""`python -m beffroi.publish` and `ape run publish`, from files, against a node."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from beffroi.chain.keys import Key
from beffroi.cli import publish as command
from beffroi.land import village
from beffroi.publish.__main__ import main
from beffroi.roll import write_csv
from beffroi.town.session import Session


@pytest.fixture
def deployed(monkeypatch, config, manifest):
    monkeypatch.setattr(command, "open_session", lambda town, url: Session(config, None, 31337, manifest))
    return manifest


def test_files_become_a_folder(deployed, sealed, tmp_path):
    parcels, roll = tmp_path / "cadastre.json", tmp_path / "roll.csv"
    parcels.write_text(json.dumps(village.cadastre()))
    write_csv(*sealed, roll)
    bills = tmp_path / "bills.csv"
    bills.write_text(f"parcel,account,amount\n59999000AB0001,{Key.derived('ada').address},412.50\n")
    folder = tmp_path / "dist" / "town"
    files = ["--parcels", str(parcels), "--roll", str(roll), "--bills", "2026", str(bills)]

    done = CliRunner().invoke(main, [str(folder), *files, "--rpc", "http://n"])

    assert done.exit_code == 0, done.output
    assert "63 parcels, sealed rolls: 1, years of land tax: 1." in done.output
    assert json.loads((folder / "town.json").read_text())["rpc"] == "http://n"
    assert (folder / "rolls" / f"{sealed[1].root}.csv").exists()
    assert (folder / "taxes" / "2026.csv").read_text().splitlines()[-1].endswith(",41250")
    assert not (folder / "demo-wallets.json").exists()


def test_browsers_may_reach_the_node_elsewhere(deployed, tmp_path):
    folder = tmp_path / "town"
    done = CliRunner().invoke(
        main, [str(folder), "--browser-rpc", "https://node.example", "--post", "https://post.example"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads((folder / "town.json").read_text())
    assert (told["rpc"], told["post"]) == ("https://node.example", "https://post.example")


def test_what_a_user_can_repair_is_a_message(monkeypatch, config, tmp_path):
    monkeypatch.setattr(command, "open_session", lambda town, url: Session(config, None, 31337, None))
    refused = CliRunner().invoke(main, [str(tmp_path / "town")])
    assert refused.exit_code == 1
    assert "is not deployed on chain 31337: `ape run deploy" in refused.output
    assert not list(Path(tmp_path).iterdir())


@pytest.mark.parametrize("option", [["--roll"], ["--bills", "2026"], ["--parcels"], ["--series"]])
def test_what_is_of_another_kind_is_a_message(deployed, tmp_path, option):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n")
    refused = CliRunner().invoke(main, [str(tmp_path / "town"), *option, str(wrong)])
    assert refused.exit_code == 1
    assert "Error: " in refused.output
    assert not (tmp_path / "town").exists()
