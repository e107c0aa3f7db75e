"""Writes tests/vectors/land-drafts.json: terms that Python draws up, for the dApp to draw up the very same.

Shares of titles from one to several, with loans, mortgages and conditions; rights restated by acts; and the hashes of
what a surveyor draws.
`python -m tests.vectors.make_land_drafts`
"""

import json
import random
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from beffroi.chain.keys import Key
from beffroi.land import geometry, village
from beffroi.land.deeds import Loan, Right, SalePayment
from beffroi.land.drafting import Timetable, TitleStanding, draw_up, pledged
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import Charge
from beffroi.land.shares import RightKind, Share, to_units

CASES = 24
PEOPLE = tuple(Key.derived("drafted", number).address for number in range(9))
SELLERS, BUYERS, (BANK, NOTARY) = PEOPLE[:3], PEOPLE[3:7], PEOPLE[7:]
DAY_S = 86_400


def _split(chance: random.Random, units: int, holders: tuple[str, ...], kind: RightKind) -> list[Right]:
    """Units among some of these holders, all of them above none."""
    parts = min(units, chance.randrange(1, len(holders) + 1))
    cuts = [0, *sorted(chance.sample(range(1, units), parts - 1)), units] if parts else []
    named = zip(chance.sample(holders, parts), cuts, cuts[1:], strict=False)
    return [Right(holder, kind, upper - lower) for holder, lower, upper in named]


def _standing(chance: random.Random, price_cents: int) -> TitleStanding:
    whole = chance.choice([1, 2, 3, 6, 12, 60])
    apart = chance.choice([0, 0, chance.randrange(whole + 1)])
    kinds = (RightKind.FULL, whole - apart), (RightKind.BARE, apart), (RightKind.USUFRUCT, apart)
    rights = [right for kind, units in kinds for right in _split(chance, units, SELLERS, kind)]
    charges = [
        Charge(BANK, chance.randrange(1, price_cents // 4), 30_000, number)
        for number in range(1, chance.randrange(1, 4))
    ]
    return TitleStanding(
        title=ParcelId(f"59999000AB{chance.randrange(1, 10_000):04}").token_id,
        version=chance.randrange(1, 2**16),
        rights=tuple(rights),
        charges=tuple(charges),
        price_cents=price_cents,
        tax_cents=price_cents * 58 // 1000,
        now_s=1_800_000_000 + chance.randrange(DAY_S),
        retraction_s=chance.choice([1, 10, 30]) * DAY_S,
    )


def _bargain(chance: random.Random, standing: TitleStanding) -> tuple[list[Right], list[Right]]:
    """Some of what is held, and the same bought by others."""
    some = chance.sample(standing.rights, chance.randrange(1, len(standing.rights) + 1))
    sold = [replace(right, shares=chance.randrange(1, right.shares + 1)) for right in some]
    bare, use = (
        sum(it.shares for it in sold if it.kind is not without) for without in (RightKind.USUFRUCT, RightKind.BARE)
    )
    joined = min(bare, use)
    kinds = (RightKind.FULL, joined), (RightKind.BARE, bare - joined), (RightKind.USUFRUCT, use - joined)
    return sold, [right for kind, units in kinds for right in _split(chance, units, BUYERS, kind)]


def _draft(chance: random.Random) -> dict[str, Any]:
    price_cents = chance.randrange(1_000, 10**8)
    standing = _standing(chance, price_cents)
    sold, bought = _bargain(chance, standing)
    fee_cents = chance.choice([0, chance.randrange(1, 10**5)])
    loan = Loan(BANK, chance.randrange(1, price_cents), 30_000) if chance.random() < 0.5 else None
    settle_days = chance.randrange(90, 300)
    divided = any(it.kind is not RightKind.FULL for it in (*sold, *bought))
    terms = draw_up(
        standing, bought, sold=sold, loan=loan,
        document_hash=keccak(text=f"deed {price_cents}"), fees=[SalePayment(NOTARY, fee_cents)] if fee_cents else [],
        deposit_cents=chance.randrange(price_cents), conditions=chance.randrange(4),
        usufruct_bps=chance.randrange(1, 10_000) if divided else 0,
        timetable=Timetable(settle=settle_days),
    )  # fmt: skip
    buyers = list(dict.fromkeys(right.holder for right in bought))
    rest_cents = terms.due_cents - terms.loan.amount_cents
    given = {buyer: chance.randrange(rest_cents // len(buyers)) for buyer in buyers[1:] if chance.random() < 0.5}
    terms = replace(terms, funding=pledged(terms, given))
    told = {
        "title": str(standing.title), "rights": _spelt(standing.rights),
        "charges": [asdict(it) for it in standing.charges],
    }  # fmt: skip
    return {
        "standing": asdict(standing) | told,
        "sold": _spelt(sold), "bought": _spelt(bought), "brought": given, "fee_cents": fee_cents, "notary": NOTARY,
        "settleDays": settle_days, "terms": terms.plain(), "hash": "0x" + terms.hash.hex(),
    }  # fmt: skip


def _restated(chance: random.Random) -> dict[str, Any]:
    """Rights as an heir's are told, in fractions; and as the register counts them."""
    under = chance.choice([1, 2, 3, 5, 8, 30])
    apart = chance.randrange(under + 1)
    kinds = (RightKind.FULL, under - apart), (RightKind.BARE, apart), (RightKind.USUFRUCT, apart)
    told = [right for kind, units in kinds for right in _split(chance, units, PEOPLE, kind)]
    chance.shuffle(told)
    units = to_units([Share(it.holder, it.kind, Fraction(it.shares, under)) for it in told])
    rights = [{"holder": holder, "kind": kind, "shares": shares} for holder, kind, shares in units.rights]
    return {"under": under, "told": _spelt(told), "whole": units.whole, "rights": rights}


def _survey() -> dict[str, Any]:
    """A surveyor's file as text, for its numbers are what is hashed; with such as languages write differently."""
    features = village.cadastre()["features"][:4]
    odd = [[[1.0, -0.0], [1e-7, 0.00001], [2.0, 123456.789], [0.1, 1e-6], [1.0, -0.0]]]
    shapes = {"type": "Polygon", "coordinates": odd}, {"type": "MultiPolygon", "coordinates": [odd, odd]}
    for number, shape in enumerate(shapes, 1):
        name = f"59999000ZZ{number:04}"
        properties = {"id": name, "contenance": 100 + number}
        features.append({"type": "Feature", "id": name, "geometry": shape, "properties": properties})
    hashes = ["0x" + geometry.keccak256(it["geometry"]).hex() for it in features]
    return {"text": json.dumps({"type": "FeatureCollection", "features": features}), "hashes": hashes}


def _spelt(rights: Any) -> list[dict[str, Any]]:
    return [{"holder": it.holder, "kind": list(RightKind).index(it.kind), "shares": it.shares} for it in rights]


def vectors(chance: random.Random) -> dict[str, Any]:
    """What the dApp must find."""
    drafts = [_draft(chance) for _ in range(CASES)]
    return {"drafts": drafts, "restated": [_restated(chance) for _ in range(CASES)], "survey": _survey()}


if __name__ == "__main__":
    text = json.dumps(vectors(random.Random(1789)), indent=0, separators=(",", ":"))
    Path(__file__).with_name("land-drafts.json").write_text(text + "\n", encoding="utf-8")
