"""A month of aid from its sealed roll to its reclaim, and a shop's stamps: holders without name, account or ether."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from eth_utils.crypto import keccak

from beffroi.chain.keys import Key
from beffroi.chain.reverts import decode_error
from beffroi.chain.sender import TransactionFailedError
from beffroi.currency import issuing
from beffroi.demo.stage import Stage
from beffroi.programmes.programmeacts import ProgrammeActs
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmekeys import SEED_BYTES, code_of, key_of
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeslips import grant_slip, spend_slip
from beffroi.programmes.programmeterms import ProgrammeFile
from beffroi.programmes.toldprogrammes import tell_programme
from beffroi.units import HOUR_S, euros

SHEETS, EACH_CENTS, CAP_CENTS = 48, 60_00, 40_00
DAYS = 30
SEASON_SHEETS, SEASON_MONTHS = 4, 12
SHOPS = ("Épicerie du Pont", "Boulangerie Morel", "Primeur de la Halle")
LOST = 17
STAMPS = 10
PROGRAMMES = "Programmes"
AID = {
    "period_days": DAYS,
    "unit": Decimal("0.01"),
    "daily_cap": CAP_CENTS,
    "categories": ("alimentation", "hygiène"),
    "rule": "Soixante euros par mois pour chaque foyer que le service social a désigné.",
}
CARD = {
    "title": "Dix cafés au marché",
    "period_days": 90,
    "periods": 1,
    "unit": 0,
    "categories": ("café",),
    "rule": "Un timbre par café payé ; dix timbres valent un café.",
}


@dataclass(frozen=True)
class _Programme:
    """One that is open, and the keys of its sheets.

    Attributes:
        stage: where.
        acts: what is done in it.
        name: 32 bytes.
        keys: of its sheets.
        roll: of those keys; None where there are grants alone.
    """

    stage: Stage
    acts: ProgrammeActs
    name: bytes
    keys: Sequence[Key]
    roll: ProgrammeRoll | None


def tell(stage: Stage) -> None:
    """Lives a month of aid and ten coffees."""
    stage.narrator.chapter("Aid without a list of the poor: one sealed roll of keys, spent at shops")
    shops = stage.people["merchant"][20 : 20 + len(SHOPS)]
    month = _aid(stage, "Aide alimentaire, mars", 1, SHEETS, shops)
    stage.narrator.tell(
        f"{SHEETS} sheets with a code each, {euros(EACH_CENTS)} a month, under one root: opened in one transaction and "
        f"funded to its end, {euros(SHEETS * EACH_CENTS)}. No name, no account, no ether: a sheet is a key."
    )
    _shopping(month, shops)
    _reclaimed(month, shops)
    _coffees(stage, shops[0])


def leave_a_sheet(stage: Stage) -> str:
    """A year of aid, which begins within the hour and goes on once the story is told; the code of a sheet."""
    shops = stage.people["merchant"][: len(SHOPS)]
    year = _aid(stage, "Aide alimentaire, l'année", SEASON_MONTHS, SEASON_SHEETS, shops)
    return code_of(_seeds(year.name, 1)[0])


def _aid(stage: Stage, title: str, months: int, sheets: int, shops: Sequence[Key]) -> _Programme:
    """A programme of aid, open, funded, its shops accredited, and published."""
    opened = _open(stage, AID | {"title": title, "periods": months}, sheets, shops)
    sponsor, cents = stage.office("commons"), sheets * EACH_CENTS * months
    _, reserve_cents, _ = stage.contract("LocalCurrency").read(stage.rpc, "books")
    attested = reserve_cents + cents, issuing.reference(f"statement of the reserve, {title}")
    stage.act(stage.office("auditor"), "LocalCurrency", "attestReserve", *attested, purpose="attest the reserve")
    issued = sponsor.address, cents, issuing.reference(f"the department's euros, {title}")
    stage.act(stage.office("treasurer"), "LocalCurrency", "issue", *issued, purpose="issue")
    opened.acts.fund(sponsor, opened.name, cents)
    return opened


def _open(stage: Stage, said: dict[str, Any], sheets: int, shops: Sequence[Key]) -> _Programme:
    opens = datetime.fromtimestamp(stage.now_s() + HOUR_S, UTC).replace(tzinfo=None).isoformat()
    file = ProgrammeFile.model_validate(said | {"opens": opens})
    book, sponsor = ProgrammeBook.of(stage.rpc, stage.manifest), stage.office("commons")
    name = name_of(book.chain_id, book.contract.address, sponsor.address, file.salt)
    keys = [key_of(seed, name) for seed in _seeds(name, sheets)]
    roll = ProgrammeRoll(name, file.rule_hash, {it.address: EACH_CENTS for it in keys}) if keys else None
    acts = ProgrammeActs(book)
    acts.open(sponsor, name, file.terms(sponsor.address, roll))
    acts.accredit(sponsor, name, {shop.address: 1 for shop in shops})
    labels = {shop.address: label for shop, label in zip(shops, SHOPS, strict=False)}
    stage.papers.programmes.append(tell_programme(book, name, file, roll, labels))
    return _Programme(stage, acts, name, keys, roll)


def _seeds(name: bytes, number: int) -> list[bytes]:
    """Toys: a sponsor draws them."""
    return [Key.derived("demo", "sheet", name.hex(), it).secret[:SEED_BYTES] for it in range(number)]


def _shopping(month: _Programme, shops: Sequence[Key]) -> None:
    """A sheet is lost and voided; all the others are spent, and whoever found it tries."""
    stage, book, chance, rows = month.stage, month.acts.book, month.stage.chance, []
    stage.pass_days(1)
    month.acts.void(stage.office("commons"), month.name, month.keys[LOST].address)
    deadline_s = stage.now_s() + HOUR_S
    for holder in month.keys:
        shop, units = chance.choice(shops), chance.randrange(15_00, CAP_CENTS)
        slip = spend_slip(month.name, holder.address, shop.address, units, 0, deadline_s)
        rows.append((*slip.values[1:], holder.sign(slip.digest(book.domain))))
    words = month.name, rows, [month.roll.place(it.address) for it in month.keys] if month.roll else []
    receipt = stage.act(stage.office("clerk"), PROGRAMMES, "spendBatch", *words, purpose="post spends")
    paid = book.contract.logged(receipt, "UnitsSpent")
    (refused,) = book.contract.logged(receipt, "SpendRefused")
    stage.narrator.tell(
        f"{len(paid)} households shop, {euros(sum(it.args['units'] for it in paid))} in one transaction, for "
        f"{int(receipt['gasUsed'], 16) // len(paid):,} gas each, their places on the roll shown with it."
    )
    reason = decode_error(refused.args["reason"])
    stage.narrator.tell(f"Sheet {LOST} was lost and voided; whoever found it gets nothing: {reason}")


def _reclaimed(month: _Programme, shops: Sequence[Key]) -> None:
    """The month is over, and what nobody spent goes back to the cent."""
    stage, book = month.stage, month.acts.book
    stage.pass_days(DAYS)
    left = month.acts.reclaim(stage.office("clerk"), month.name)
    now, by_shop = book.standing(month.name), Counter[str]()
    for line in book.report(month.name):
        by_shop[line.merchant] += line.spent - line.refunded
    rows = [(label, f"{euros(by_shop[shop.address]):>9}") for label, shop in zip(SHOPS, shops, strict=True)]
    stage.narrator.table(("shop", "was paid"), [*rows, ("back to the sponsor", f"{euros(left):>9}")])
    if now.left or now.funded != sum(by_shop.values()) + left:
        raise AssertionError(f"{now.funded} were funded, {sum(by_shop.values())} spent, {left} given back")
    stage.narrator.tell(f"Paid in: {euros(now.funded)}. Spent and given back sum to it, to the cent; anyone reclaims.")


def _coffees(stage: Stage, shop: Key) -> None:
    """A shop grants a stamp a coffee by its slips; ten buy one; money is not what is behind them."""
    card, sponsor, clerk = _open(stage, CARD, 0, [shop]), stage.office("commons"), stage.office("clerk")
    stage.pass_days(1)
    card.acts.allow(sponsor, card.name, shop.address, STAMPS)
    holder, deadline_s = key_of(b"a card of stamps", card.name), stage.now_s() + HOUR_S
    slip = grant_slip(card.name, shop.address, holder.address, STAMPS, keccak(text="ten coffees"), deadline_s)
    row = *slip.values[1:], shop.sign(slip.digest(card.acts.book.domain))
    stage.act(clerk, PROGRAMMES, "grant", card.name, row, purpose="post a grant")
    card.acts.spend(clerk, card.name, holder, shop.address, STAMPS, None)
    try:
        card.acts.fund(sponsor, card.name, STAMPS)
    except TransactionFailedError as error:
        stage.narrator.tell(
            f"A shop grants {STAMPS} stamps by a slip, which buy a coffee. No money is taken for them: {error}"
        )
