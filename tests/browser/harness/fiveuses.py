"""Five uses of a programme in the town of the browser's tests, each with its own roll or grants, lived in for days."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from beffroi.chain.keys import Key
from beffroi.currency import issuing
from beffroi.demo.serving import Served
from beffroi.demo.stage import Stage
from beffroi.programmes.programmeacts import ProgrammeActs
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmekeys import key_of
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeslips import spend_slip
from beffroi.programmes.programmeterms import ProgrammeFile
from beffroi.programmes.toldprogrammes import ToldProgramme, programmes_text, tell_programme
from beffroi.units import HOUR_S
from testbed.browser.setback import set_back
from testbed.town import Town, fund

HOLDERS, GRANTS = 4, 40
LABELS = ("Épicerie du Marché", "Atelier Vélo")
USES: dict[str, dict[str, Any]] = {
    "food": {
        "title": "Aide alimentaire, février",
        "period_days": 1,
        "periods": 2,
        "unit": Decimal("0.01"),
        "each": 50_00,
    },
    "meals": {
        "title": "Cantine de l’école",
        "period_days": 1,
        "periods": 20,
        "unit": Decimal("4.50"),
        "meals": True,
        "each": 1,
    },
    "voucher": {"title": "Bon pour un vélo", "period_days": 90, "periods": 1, "unit": Decimal("0.01"), "each": 200_00},
    "stamps": {"title": "Dix pains", "period_days": 90, "periods": 1, "unit": 0, "each": 0},
    "rewards": {"title": "Nettoyage de la Lys", "period_days": 90, "periods": 1, "unit": Decimal("0.01"), "each": 0},
}
"""By name: what each is; `each` are units a period on its roll, 0 for grants alone."""
SPENT = {"food": 12_34, "meals": 1, "voucher": 180_00, "stamps": 10, "rewards": 5}
"""Units of each spend."""


@dataclass(frozen=True)
class Use:
    """A programme that was lived in.

    Attributes:
        stage: where.
        acts: what is done in it.
        told: what is published of it.
        keys: of its holders.
    """

    stage: Stage
    acts: ProgrammeActs
    told: ToldProgramme
    keys: Sequence[Key]

    @property
    def path(self) -> str:
        """Of its page."""
        return f"/programmes/0x{self.told.name.hex()}"

    def spends(self, holder: Key, shop: Key, units: int) -> None:
        """The clerk posts it."""
        clerk = self.stage.office("clerk")
        self.acts.spend(clerk, self.told.name, holder, shop.address, units, self.told.roll)


@contextmanager
def lived_through(
    stage: Stage, town: Served, here: Town, folder: Path, shops: Sequence[Key]
) -> Iterator[dict[str, Use]]:
    """Two days of shopping in all five; food is over then, and one gave back too late."""
    fund(stage.rpc, shops)
    with set_back(stage.rpc, town.office):
        uses = {name: _opened(stage, name, shops) for name in USES}
        stage.rpc.call("evm_increaseTime", HOUR_S + 60)
        stage.rpc.call("evm_mine")
        for name, use in uses.items():
            for place, holder in enumerate(use.keys):
                use.spends(holder, shops[place % 2], SPENT[name])
        given_back = _refundable(uses["food"], shops[0])
        stage.pass_days(1)
        uses["food"].spends(uses["food"].keys[0], shops[0], 7_66)
        uses["meals"].spends(uses["meals"].keys[0], shops[0], 1)
        stage.pass_days(1)
        here.does(shops[0], here.currency, "approve", here.contract("Programmes").address, 100_00)
        here.does(shops[0], here.contract("Programmes"), "refund", uses["food"].told.name, given_back, 4_00)
        with _published(folder, [it.told for it in uses.values()]):
            yield uses


def _opened(stage: Stage, use: str, shops: Sequence[Key]) -> Use:
    said = {key: value for key, value in USES[use].items() if key != "each"}
    opens = datetime.fromtimestamp(stage.now_s() + HOUR_S, UTC).replace(tzinfo=None).isoformat()
    rule = f"Ce que la délibération du 3 novembre en dit : {said['title']}."
    file = ProgrammeFile.model_validate(said | {"opens": opens, "categories": ("commerces",), "rule": rule})
    acts, sponsor = ProgrammeActs(ProgrammeBook.of(stage.rpc, stage.manifest)), stage.office("commons")
    book, each = acts.book, USES[use]["each"]
    name = name_of(book.chain_id, book.contract.address, sponsor.address, file.salt)
    keys = [key_of(bytes([place]) * 16, name) for place in range(1, HOLDERS + 1)]
    roll = ProgrammeRoll(name, file.rule_hash, {it.address: each for it in keys}) if each else None
    terms = file.terms(sponsor.address, roll)
    acts.open(sponsor, name, terms)
    acts.accredit(sponsor, name, {it.address: 1 for it in shops})
    if file.unit:
        _fund(stage, acts, name, (terms.announced or GRANTS) * file.unit)
    if not each:
        acts.allow(sponsor, name, str(sponsor.address), GRANTS)
        for place, key in enumerate(keys):
            acts.grant(sponsor, name, key.address, GRANTS // HOLDERS, keccak(text=f"{use} {place}"))
    labels = {shop.address: label for shop, label in zip(shops, LABELS, strict=True)}
    return Use(stage, acts, tell_programme(book, name, file, roll, labels), keys)


def _fund(stage: Stage, acts: ProgrammeActs, name: bytes, cents: int) -> None:
    sponsor, reference = stage.office("commons"), issuing.reference(f"euros of {name.hex()[:12]}")
    _, reserve_cents, _ = stage.contract("LocalCurrency").read(stage.rpc, "books")
    attested, issued = (reserve_cents + cents, reference), (sponsor.address, cents, reference)
    stage.act(stage.office("auditor"), "LocalCurrency", "attestReserve", *attested, purpose="attest the reserve")
    stage.act(stage.office("treasurer"), "LocalCurrency", "issue", *issued, purpose="issue")
    acts.fund(sponsor, name, cents)


def _refundable(use: Use, shop: Key) -> tuple[Any, ...]:
    """A spend of today, whose slip the shop keeps."""
    stage, holder, book = use.stage, use.keys[2], use.acts.book
    slip = spend_slip(use.told.name, holder.address, shop.address, 4_00, 9, stage.now_s() + HOUR_S)
    row = (*slip.values[1:], holder.sign(slip.digest(book.domain)))
    stage.act(stage.office("clerk"), "Programmes", "spend", use.told.name, row, [], purpose="post a spend")
    return row


@contextmanager
def _published(folder: Path, told: Sequence[ToldProgramme]) -> Iterator[None]:
    """The site tells of these instead; afterwards as before."""
    index = folder / "programmes.json"
    before = index.read_text(encoding="utf-8")
    index.write_text(programmes_text(told), encoding="utf-8")
    rolls = {folder / it.place: it.roll.text() for it in told if it.roll}
    for path, text in rolls.items():
        path.write_text(text)
    try:
        yield
    finally:
        index.write_text(before, encoding="utf-8")
        for path in rolls:
            path.unlink()
