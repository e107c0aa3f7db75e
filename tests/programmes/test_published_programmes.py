"""What a town publishes of programmes is held to the chain before anything is written."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.cli import publish as command
from beffroi.programmes.programmeacts import ProgrammeActs
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of, read_roll
from beffroi.programmes.programmeterms import read_programme
from beffroi.programmes.toldprogrammes import ToldProgramme
from beffroi.publish import Papers, PublishError
from beffroi.publish.__main__ import main
from beffroi.residents import ResidentKind
from beffroi.town.session import Session
from beffroi.units import DAY_S
from testbed.town import Town, fund

SPONSOR, GROCER, STRANGER = (Key.derived("published", it) for it in ("sponsor", "grocer", "stranger"))
HOLDERS = [Key.derived("published", it).address for it in range(3)]
FOOD = """
title: Aide alimentaire, hiver
opens: {opens}
period_days: 30
periods: 3
unit: 0.01
categories: [alimentation, hygiène]
rule: Quarante euros par mois et par personne.
"""


@dataclass(frozen=True)
class Market:
    """A programme as its sponsor opened it, and the files of which it was made."""

    town: Town
    name: bytes
    roll: ProgrammeRoll
    folder: Path

    def publishes(self, *options, code=0):
        """What the command prints with the sponsor's file and these options; the folder it writes is `town`."""
        said = [f"0x{self.name.hex()}" if it is self else str(it) for it in options]
        done = CliRunner().invoke(main, [str(self.folder / "town"), *said])
        assert done.exit_code == code, done.output
        return done.output

    def written(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    @property
    def sealed(self):
        """The options with which it is published."""
        file, roll = self.folder / "food.yaml", self.folder / "food.csv"
        return "--programme", self, file, "--programme-roll", self, roll


@pytest.fixture
def market(town, tmp_path, monkeypatch):
    fund(town.rpc, [SPONSOR])
    town.enrols(ResidentKind.PUBLIC_BODY, SPONSOR)
    town.enrols(ResidentKind.PROFESSIONAL, GROCER)
    book = ProgrammeBook.of(town.rpc, town.manifest)
    opens = datetime.fromtimestamp(clock_s(town.rpc) + DAY_S, UTC).replace(tzinfo=None)
    (tmp_path / "food.yaml").write_text(FOOD.format(opens=opens.isoformat()), encoding="utf-8")
    file = read_programme(tmp_path / "food.yaml")
    name = name_of(book.chain_id, book.contract.address, SPONSOR.address, file.salt)
    roll = ProgrammeRoll(name, file.rule_hash, dict.fromkeys(HOLDERS, 40_00))
    (tmp_path / "food.csv").write_text(roll.text())
    acts = ProgrammeActs(book)
    acts.open(SPONSOR, name, file.terms(SPONSOR.address, roll))
    acts.accredit(SPONSOR, name, {GROCER.address: 1})
    session = Session(town.config, town.rpc, book.chain_id, town.manifest)
    monkeypatch.setattr(command, "open_session", lambda *_: session)
    return Market(town, name, roll, tmp_path)


def test_a_programme_is_published_with_its_roll_its_categories_and_how_shops_are_called(market):
    shops = market.written("shops.csv", f"account;categories;label\n{GROCER.address};1;Épicerie du Marché\n")
    market.publishes(*market.sealed, "--shops", market, shops)
    folder = market.folder / "town"
    assert json.loads((folder / "programmes.json").read_text(encoding="utf-8")) == {
        "contract": market.town.manifest.address("Programmes"),
        "programmes": [
            {
                "name": f"0x{market.name.hex()}",
                "title": "Aide alimentaire, hiver",
                "rule": "Quarante euros par mois et par personne.",
                "categories": ["alimentation", "hygiène"],
                "unit": "money",
                "merchants": [{"account": GROCER.address, "label": "Épicerie du Marché"}],
                "roll": True,
            }
        ],
    }
    published = read_roll(folder / "programmes" / f"0x{market.name.hex()}.csv", market.name)
    assert published.root == market.roll.root
    assert json.loads((folder / "town.json").read_text())["programmes"] is True


def test_what_the_chain_does_not_bear_out_is_not_published(market):
    food = market.folder / "food.yaml"
    text, roll = food.read_text(encoding="utf-8"), market.roll
    mended = market.written("mended.yaml", text.replace("Quarante", "Soixante"))
    renamed = market.written("renamed.yaml", text.replace("hiver", "printemps"))
    dearer = market.written("dearer.yaml", text.replace("0.01", "4.50"))
    more = ProgrammeRoll(market.name, roll.rule_hash, {**dict(roll.entries), HOLDERS[0]: 41_00})
    other = market.written("more.csv", more.text())
    swapped = ProgrammeRoll(market.name, roll.rule_hash, {**dict(roll.entries[1:]), STRANGER.address: 40_00})
    stranger = market.written("stranger.csv", swapped.text())
    with_roll = "--programme-roll", market, market.folder / "food.csv"
    shops = market.written("shops.csv", f"account;categories;label\n{STRANGER.address};1;Chez personne\n")

    def refused(*options):
        return " ".join(market.publishes(*options, code=1).split())

    assert "rule_hash differ" in refused("--programme", market, mended, *with_roll)
    assert "salt differ" in refused("--programme", market, renamed, *with_roll)
    assert "unit_cents differ" in refused("--programme", market, dearer, *with_roll)
    assert "total, root differ; its roll is missing" in refused("--programme", market, food)
    assert "it allows 12100 units a period" in refused("--programme", market, food, "--programme-roll", market, other)
    assert "its root is" in refused("--programme", market, food, "--programme-roll", market, stranger)
    assert f"never accredited in 'Aide alimentaire, hiver': {STRANGER.address}" in refused(
        *market.sealed, "--shops", market, shops
    )
    assert "nobody opened a programme 0x0101" in refused("--programme", f"0x{'01' * 32}", food)
    assert "by --programme" in refused(*with_roll)
    assert not (market.folder / "town").exists()


def test_papers_tell_no_programme_twice_and_none_of_another_contract(market):
    file, manifest = read_programme(market.folder / "food.yaml"), market.town.manifest
    told = ToldProgramme(market.name, manifest.address("Programmes"), SPONSOR.address, file, market.roll)
    with pytest.raises(PublishError, match="told twice"):
        Papers(programmes=[told, told]).require_publishable(manifest)
    elsewhere = ToldProgramme(market.name, GROCER.address, SPONSOR.address, file, market.roll)
    another = ToldProgramme(bytes(32), told.contract, SPONSOR.address, file, market.roll)
    for wrong in (elsewhere, another):
        with pytest.raises(PublishError, match="of another contract"):
            Papers(programmes=[wrong]).require_publishable(manifest)


@pytest.mark.parametrize(
    ("unit", "said"),
    [("0", "stamps"), ("0.01", "money"), ("10", "money"), ("4.50", "money"), ("4.50\nmeals: true", "meals")],
)
def test_a_unit_is_money_a_meal_or_a_stamp(market, unit, said):
    path = market.written("unit.yaml", (market.folder / "food.yaml").read_text().replace("0.01", unit))
    told = ToldProgramme(market.name, GROCER.address, SPONSOR.address, read_programme(path))
    assert (told.said["unit"], told.said["roll"], told.said["merchants"]) == (said, False, [])
