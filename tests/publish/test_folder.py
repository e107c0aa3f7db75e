import csv
import dataclasses
import json
from pathlib import Path

import pytest

from beffroi.chain.keys import Key
from beffroi.land.parcels import ParcelId
from beffroi.land.roll import TaxRoll
from beffroi.land.tax import Bill
from beffroi.publish import Papers, PublishError, Wallet, publish
from beffroi.publish.toys import toys
from beffroi.records.opendata.folder import ToldData
from beffroi.records.paperfile import Home
from beffroi.records.published import ToldRecords
from beffroi.roll import read_csv
from beffroi.town.fields import Office
from beffroi.town.manifest import Manifest
from beffroi.town.modules.currency import CurrencyOffices
from beffroi.town.site import own_role
from tests.publish.conftest import record

RPC = "http://127.0.0.1:8545"


@pytest.fixture
def town(tmp_path):
    return tmp_path / "site" / "town"


@pytest.fixture
def published(town, manifest, config, papers):
    town.parent.mkdir()
    publish(town, manifest, config, papers, rpc=RPC, post="http://127.0.0.1:8600")
    return town


def facts(folder):
    return json.loads((folder / "town.json").read_text(encoding="utf-8"))


def test_the_town_says_where_everything_is(published, manifest, config):
    told = facts(published)

    assert Manifest.model_validate(told["manifest"]) == manifest
    assert (told["rpc"], told["post"]) == (RPC, "http://127.0.0.1:8600")
    (money,) = told["currencies"]
    assert (money["contract"], money["name"], money["symbol"]) == ("LocalCurrency", "Lys de Valombre", "LYS")
    assert told["offices"]["clerk"] == {
        "role": 8,
        "holders": [{"account": config.offices.clerk[0].account, "delayS": 172_800}],
    }
    assert told["paidIn"] == {"Conveyance": "LocalCurrency", "LandTax": "LocalCurrency"}
    assert told["parcels"] == 63
    assert told["demoWallets"] is True


def test_a_currency_that_another_follows_is_told_with_the_offices_that_it_keeps(town, manifest, config, papers):
    """Land is still paid in it; what is its own is found by its own name."""
    (money,) = config.currency
    treasurer = CurrencyOffices(treasurer=config.offices.treasurer)
    following = {"instance": "Lys2", "name": "Lys deux", "succeeds": "LocalCurrency", "offices": treasurer}
    config = config.model_copy(update={"currency": (money.model_copy(update=following),)})
    contracts = manifest.contracts | {"Lys2": record("Lys2", "LocalCurrency")}
    manifest = manifest.model_copy(update={"contracts": contracts, "successions": {"LocalCurrency": "Lys2"}})
    town.parent.mkdir()
    publish(town, manifest, config, papers, rpc=RPC, post="http://127.0.0.1:8600")

    new, old = facts(town)["currencies"]
    assert (new["contract"], "followedBy" in new) == ("Lys2", False)
    assert (old["contract"], old["name"], old["followedBy"]) == ("LocalCurrency", "Lys de Valombre", "Lys2")
    roles = [it["offices"]["treasurer"]["role"] for it in (old, new)]
    assert roles == [own_role(name, Office.TREASURER) for name in ("LocalCurrency", "Lys2")]
    assert facts(town)["paidIn"] == {"Conveyance": "LocalCurrency", "LandTax": "LocalCurrency"}


def test_a_roll_is_found_by_its_root_and_reads_back(published, sealed):
    roll, seal = sealed

    assert read_csv(published / "rolls" / f"{seal.root}.csv")[1] == seal
    assert facts(published)["rolls"] == [{"root": "0x" + roll.root.hex(), "size": 5, "block": 9, "kind": "citizen"}]


def test_the_bills_of_a_year_make_the_root_that_is_stated(published):
    lines = (published / "taxes" / "2026.csv").read_text().splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    bills = [Bill(ParcelId(row["parcel"]).token_id, row["account"], int(row["amount_cents"])) for row in rows]

    assert [row["index"] for row in rows] == ["0", "1"]
    assert f"# root: 0x{TaxRoll(2026, bills).root.hex()}" in lines


def test_parcels_turn_the_way_that_the_map_draws(published):
    drawn = json.loads((published / "parcels.geojson").read_text(encoding="utf-8"))
    ring = drawn["features"][0]["geometry"]["coordinates"][0]
    twice_area = sum((bx - ax) * (by + ay) for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True))

    assert len(drawn["features"]) == 63
    assert twice_area > 0  # clockwise


def test_toys_are_told_apart_and_have_their_addresses(published):
    wallets = json.loads((published / "demo-wallets.json").read_text(encoding="utf-8"))

    assert [(it["role"], it["label_fr"]) for it in wallets] == [
        ("notary", "Notaire"), ("citizen", "Habitante 1"), ("citizen", "Habitante 2"),
    ]  # fmt: skip
    assert wallets[0]["address"] == Key(bytes.fromhex(wallets[0]["key"][2:])).address


def test_on_a_chain_that_others_see_no_key_is_published(town, manifest, config, papers):
    town.parent.mkdir()
    sepolia = manifest.model_copy(update={"chain_id": 11155111})

    with pytest.raises(PublishError, match="not a toy"):
        publish(town, sepolia, config, Papers(wallets=papers.wallets), rpc=RPC)
    assert not list(town.parent.iterdir())

    publish(town, sepolia, config, Papers(), rpc=RPC)
    assert not (town / "demo-wallets.json").exists()
    assert facts(town)["post"] is None


def test_a_key_is_not_shown_when_a_wallet_is_printed(papers):
    assert papers.wallets[0].key.hex() not in repr(papers.wallets[0])
    assert repr(papers.wallets[0].key) not in repr(papers)


@pytest.mark.parametrize("changed", [{"chain": 1}, {"contract": Key.derived("another").address}])
def test_the_roll_of_another_register_is_refused(town, manifest, config, sealed, changed):
    roll, seal = sealed
    town.parent.mkdir()
    with pytest.raises(PublishError, match="was drawn from"):
        publish(town, manifest, config, Papers(rolls=[(roll, dataclasses.replace(seal, **changed))]), rpc=RPC)


def test_a_roll_under_another_seal_is_refused(town, manifest, config, sealed):
    roll, seal = sealed
    town.parent.mkdir()
    with pytest.raises(PublishError, match="is sealed as"):
        publish(
            town, manifest, config, Papers(rolls=[(roll, dataclasses.replace(seal, root="0x" + "ab" * 32))]), rpc=RPC
        )


def test_two_rolls_of_a_year_or_two_wallets_of_a_key_are_refused(town, manifest, config, papers):
    town.parent.mkdir()
    with pytest.raises(PublishError, match="two rolls"):
        publish(town, manifest, config, Papers(taxes=papers.taxes * 2), rpc=RPC)
    same = Wallet("merchant", "Boulangère", "Baker", papers.wallets[0].key)
    with pytest.raises(PublishError, match="one key"):
        publish(town, manifest, config, Papers(wallets=[papers.wallets[0], same]), rpc=RPC)


def test_what_is_gone_from_the_papers_is_gone_from_the_folder(published, manifest, config):
    publish(published, manifest, config, Papers(), rpc=RPC)

    assert sorted(path.name for path in published.iterdir()) == ["rolls", "taxes", "town.json"]
    assert not list((published / "rolls").iterdir())
    assert [path.name for path in published.parent.iterdir()] == ["town"]


def test_when_writing_fails_the_old_folder_still_stands(published, manifest, config, papers, monkeypatch):
    before = facts(published)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("beffroi.publish.residents.write_csv", full)
    with pytest.raises(OSError, match="No space"):
        publish(published, manifest, config, papers, rpc="http://elsewhere")
    assert facts(published) == before
    assert [path.name for path in published.parent.iterdir()] == ["town"]


def test_when_the_swap_fails_the_old_folder_comes_back(published, manifest, config, papers, monkeypatch):
    before = facts(published)
    rename = Path.rename

    def refuse(self, target):
        if Path(target) == published and ".old." not in self.name:
            raise OSError(1, "Operation not permitted")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="not permitted"):
        publish(published, manifest, config, papers, rpc="http://elsewhere")
    assert facts(published) == before


def test_a_folder_of_someone_else_is_left_alone(tmp_path, manifest, config):
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "belfry.jpg").write_bytes(b"a picture")

    with pytest.raises(PublishError, match="no town folder"):
        publish(photos, manifest, config, Papers(), rpc=RPC)
    assert (photos / "belfry.jpg").exists()


def test_an_empty_folder_is_filled(tmp_path, manifest, config):
    empty = tmp_path / "town"
    empty.mkdir()
    publish(empty, manifest, config, Papers(), rpc=RPC)
    assert facts(empty)["format"] == "beffroi-town-1"


def test_a_role_without_a_label_is_no_toy():
    with pytest.raises(KeyError):
        toys({"wizard": [b"\1" * 32]})


def told(manifest, contract):
    """Papers as a contract has them, and a file of acts."""
    head = {"chain": manifest.chain_id, "contract": contract, "block": 7}
    return ToldRecords(head, {"acts/0x01.json": "[]\n"})


def test_papers_and_acts_are_published_as_they_are_told(town, manifest, config, papers):
    place = record("Attestations")
    manifest = manifest.model_copy(update={"contracts": manifest.contracts | {"Attestations": place}})
    papers.records = told(manifest, place.address)
    town.parent.mkdir()
    publish(town, manifest, config, papers, rpc=RPC)
    assert json.loads((town / "records.json").read_text()) == papers.records.contract
    assert (town / "acts" / "0x01.json").read_text() == "[]\n"
    assert facts(town)["records"] == 7
    papers.records = told(manifest, Key.derived("elsewhere").address)
    with pytest.raises(PublishError, match="and the town's of"):
        publish(town, manifest, config, papers, rpc=RPC)


def test_open_data_are_published_beside_and_those_of_another_town_are_not(town, manifest, config, papers, tmp_path):
    place = record("Attestations")
    manifest = manifest.model_copy(update={"contracts": manifest.contracts | {"Attestations": place}})
    counts = tmp_path / "counts.csv"
    counts.write_bytes(b"\xff\x00")
    home = Home(manifest.chain_id, place.address)
    papers.data = ToldData(home, {"catalogue.jsonld": "{}"}, {"arbres/1.bin": counts})
    town.parent.mkdir(exist_ok=True)
    publish(town, manifest, config, papers, rpc=RPC)
    assert (town / "data" / "catalogue.jsonld").read_text() == "{}"
    assert (town / "data" / "arbres" / "1.bin").read_bytes() == b"\xff\x00"
    assert facts(town)["data"] is True
    papers.data = ToldData(Home(1, place.address), {}, {})
    with pytest.raises(PublishError, match="and the town's of"):
        publish(town, manifest, config, papers, rpc=RPC)


def test_a_town_without_papers_publishes_none(published):
    assert facts(published)["records"] is None
    assert facts(published)["data"] is False
    assert not (published / "records.json").exists()
