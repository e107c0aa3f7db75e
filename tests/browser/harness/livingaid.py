"""Programmes of aid in the town of the browser's tests, and what is published of them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from beffroi.chain.keys import Key
from beffroi.demo.serving import Served
from beffroi.demo.stage import Stage
from beffroi.programmes.programmekeys import code_of
from beffroi.programmes.programmeroll import name_of
from beffroi.programmes.programmeslips import holder_key_slip
from beffroi.town.config import TownConfig
from testbed.aid import Aid, Shape, aid
from testbed.browser.setback import set_back
from testbed.town import Town

GROCER_LABEL, BAKER_LABEL = "Épicerie du Marché", "Boulangerie Roux"
EACH, CAP = 120_00, 40_00
FOOD = Shape(3, daily_cap=CAP, title="Aide alimentaire, hiver", rule="Quarante euros par mois et par personne.")
CANTEEN = Shape(2, period_h=24, unit_cents=4_50, title="Cantine", rule="Un repas par jour.")
STAMPS = Shape(1, unit_cents=0, title="Timbres du café", rule="Dix timbres.")
SPONSOR, SCHOOL, CAFE = Key(b"\x51" * 32), Key(b"\x52" * 32), Key(b"\x53" * 32)
SHEETS = [bytes([n]) * 16 for n in range(1, 9)]
PUPIL, GUEST = b"\x71" * 16, b"\x72" * 16
HOUSEHOLD = Key(b"\x61" * 32)
"""Whose wallet made a key of the food's roll."""


@dataclass(frozen=True)
class Living:
    """Programmes that run.

    Attributes:
        food: of money, capped a day.
        canteen: of meals, one a day.
        stamps: ten.
        grocer: whose shop is accredited in each.
        baker: whose shop was, and is no more.
    """

    food: Aid
    canteen: Aid
    stamps: Aid
    grocer: Key
    baker: Key

    def sheet(self, at: int, of: Aid | None = None) -> str:
        """What a sheet's QR code holds."""
        return f"{code_of(SHEETS[at])} 0x{(of or self.food).name.hex()}"

    def spent(self, at: int) -> int:
        """Units that the contract counts of a sheet, in its last period."""
        told = self.food.contract.read(self.food.town.rpc, "holderOf", self.food.name, self.food.keys[at].address)
        return int(told[1])


@contextmanager
def lived_on(stage: Stage, town: Served, config: TownConfig, folder: Path, shops: Sequence[Key]) -> Iterator[Living]:
    """Food for nine, a pupil's lunch and a guest's stamps, which began an hour ago and are told in this folder."""
    here, (grocer, baker) = Town(stage.rpc, config, stage.manifest), shops
    with set_back(stage.rpc, town.office):
        food = aid(here, SPONSOR, FOOD, dict.fromkeys([*SHEETS, _signed(here)], EACH))
        canteen = aid(here, SCHOOL, CANTEEN, {PUPIL: 1})
        stamps = aid(here, CAFE, STAMPS, {GUEST: 10})
        food.accredits(grocer, baker)
        canteen.accredits(grocer)
        stamps.accredits(grocer)
        food.reaches(0)
        food.accredits(baker, category=2)
        with _told(folder, Living(food, canteen, stamps, grocer, baker)) as living:
            yield living


def _signed(here: Town) -> bytes:
    """The seed of the household's key, as its wallet signs it before the programme is open."""
    contract, chain_id = here.contract("Programmes"), here.rpc.number("eth_chainId")
    name = name_of(chain_id, contract.address, SPONSOR.address, FOOD.salt)
    return HOUSEHOLD.sign(holder_key_slip(name).digest(here.domain(contract)))


@contextmanager
def _told(folder: Path, living: Living) -> Iterator[Living]:
    """What the site says besides is as it was afterwards."""
    changed = folder / "town.json", folder / "programmes.json"
    before = {path: path.read_text() for path in changed if path.exists()}
    town = json.loads(before[changed[0]])
    known = json.loads(before[changed[1]])["programmes"] if changed[1] in before else []
    ours = living.food, living.canteen, living.stamps
    told = [*known, *(_said(of, living) for of in ours)]
    changed[0].write_text(json.dumps(town | {"programmes": True}))
    changed[1].write_text(json.dumps({"contract": living.food.contract.address, "programmes": told}))
    (folder / "programmes").mkdir(exist_ok=True)
    for of in ours:
        assert of.roll
        (folder / "programmes" / f"0x{of.name.hex()}.csv").write_text(of.roll.text())
    try:
        yield living
    finally:
        changed[1].unlink()
        for path, text in before.items():
            path.write_text(text)


def _said(of: Aid, living: Living) -> dict[str, object]:
    shops = {living.grocer.address: GROCER_LABEL, living.baker.address: BAKER_LABEL}
    return {
        "name": f"0x{of.name.hex()}",
        "title": of.shape.title,
        "rule": of.shape.rule,
        "categories": ["alimentation"],
        "unit": {0: "stamps", 1: "money"}.get(of.shape.unit_cents, "meals"),
        "merchants": [{"account": account, "label": label} for account, label in shops.items()],
        "roll": True,
    }
