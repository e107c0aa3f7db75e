"""Writes tests/vectors/land.json: what Python and Solidity must both find of land, by a third way.

Taxes, shares and pro rata by rational arithmetic, digests by eth-account's EIP-712, the roll by OpenZeppelin's
JavaScript.
"""

import json
import math
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

from eth_abi import encode
from eth_utils import keccak

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.vectors.make_deeds import CHAIN_ID, CONVEYANCE, account, deeds, spelt

ROOT = Path(__file__).resolve().parents[2]
TAXES, SPLITS, RIGHTS, BILLS = 60, 120, 40, 13
MOST_CENTS = (2**40 - 1) * 40

LAWFUL = [
    "91216000AB0001", "91216000ZZ9999", "912160000A0005", "174700000B0105", "17470000ZB0105", "2A004000AB0001",
    "2B033000ZZ0001", "67482000070012", "97411000BX1208", "75101000AB0001", "13201801AB0007",
]  # fmt: skip
MALFORMED = [
    "91216000AB001", "091216000AB0001", "91216000AB00011", "91216000ab0001", "9121A000AB0001", "91216000AB000X",
    "3A216000AB0001", "2C216000AB0001", "91216 00AB0001", "91216000 A0005", "9121600-AB0001", "91216000A#0001",
    "91216000ÀB001", "",
]  # fmt: skip
UNHEARD_OF = [
    "00216000AB0001",
    "20004000AB0001",
    "96216000AB0001",
    "91216000000001",
    "91216000A10001",
    "91216000AB0000",
]

OPENZEPPELIN = """
const { StandardMerkleTree } = require('@openzeppelin/merkle-tree');
const values = JSON.parse(process.argv[1]);
const tree = StandardMerkleTree.of(values, ['uint256', 'address', 'uint256'], { sortLeaves: false });
console.log(JSON.stringify({ root: tree.root, proofs: values.map((_, i) => tree.getProof(i)) }));
"""


def token_id(text: str) -> str:
    """The bytes of a text as one number."""
    return str(int.from_bytes(text.encode(), "big"))


def parcels() -> dict[str, object]:
    """Ids that both take, that both refuse, and that Python alone knows nobody can have."""
    return {
        "lawful": LAWFUL,
        "token_ids": [token_id(text) for text in LAWFUL],
        "malformed": MALFORMED,
        "malformed_ids": [token_id(text) for text in MALFORMED],
        "unheard_of": UNHEARD_OF,
    }


def table(chance: random.Random) -> list[tuple[int, int, int, int]]:
    """Brackets: rising bounds, each with three rates in ten-millionths."""
    bounds = sorted(chance.sample(range(1, 10 ** chance.randint(3, 14)), chance.randint(1, 8)))
    return [(bound, *(chance.randint(0, 3_333_333) for _ in range(3))) for bound in bounds]


def taxed(price_cents: int, brackets: list[tuple[int, int, int, int]]) -> list[int]:
    """The three parts, a slab at a time, each rounded down at the end."""
    parts, below = [Fraction()] * 3, 0
    for bound, *rates in brackets:
        slab = max(0, min(price_cents, bound) - below)
        parts = [part + slab * Fraction(rate, 10**7) for part, rate in zip(parts, rates, strict=True)]
        below = bound
    return [math.floor(part) for part in parts]


def taxes(chance: random.Random) -> list[dict[str, object]]:
    """The tax that a house bears, then prices on and beside each bound of many tables."""
    cases = [([(2**64 - 1, 450_000, 120_000, 10_665)], [1, 99, 100_01, 200_000_00, MOST_CENTS])]
    while len(cases) < TAXES:
        brackets = table(chance)
        edges = [bound + step for bound, *_ in brackets for step in (-1, 0, 1)]
        prices = [price for price in (*edges, chance.randint(0, brackets[-1][0])) if 0 <= price <= brackets[-1][0]]
        cases.append((brackets, sorted(set(prices))))
    return [
        {
            "brackets": [str(value) for bracket in brackets for value in bracket],
            "prices": [str(price) for price in prices],
            "taxes": [str(part) for price in prices for part in taxed(price, brackets)],
        }
        for brackets, prices in cases
    ]


def split(amount: int, weights: list[int]) -> list[int]:
    """What falls to each between two floors of the running sum."""
    whole, parts = sum(weights), []
    for place in range(len(weights)):
        parts.append(math.floor(Fraction(amount * sum(weights[: place + 1]), whole)) - sum(parts))
    return parts


def splits(chance: random.Random) -> list[dict[str, object]]:
    """Amounts that do not divide, among shares: full weighs 10,000, the usufruct its worth, the bare the rest."""
    cases = [(200_000_00, 0, [(0, 2), (0, 1)]), (1, 4_000, [(1, 1), (2, 1)]), (0, 0, [(0, 1)]), (1, 0, [(0, 1)] * 24)]
    while len(cases) < SPLITS:
        sold = [
            (chance.choice((0, 0, 1, 2)), chance.randint(1, 10 ** chance.randint(0, 5)))
            for _ in range(chance.randint(1, 22))
        ]
        bps = chance.choice((1, 1_000, 4_000, 9_999, chance.randint(1, 9_999)))
        cases.append((chance.randint(0, 10 ** chance.randint(0, 13)), bps, sold))
    rows = []
    for amount, bps, sold in cases:
        weights = [shares * (10_000, 10_000 - bps, bps)[kind] for kind, shares in sold]
        rows.append(
            {
                "amount": str(amount),
                "usufruct_bps": str(bps),
                "kinds": [str(kind) for kind, _ in sold],
                "shares": [str(shares) for _, shares in sold],
                "weights": [str(weight) for weight in weights],
                "parts": [str(part) for part in split(amount, weights)],
            }
        )
    return rows


def cut(chance: random.Random, kind: int, part: Fraction) -> list[tuple[int, int, Fraction]]:
    """A part of a parcel among holders."""
    marks = sorted(chance.sample(range(1, 60), chance.randint(0, 3)))
    edges = [Fraction(mark, 60) for mark in (0, *marks, 60)]
    holders = chance.sample(range(8), len(edges) - 1)
    return [(holder, kind, (b - a) * part) for holder, a, b in zip(holders, edges, edges[1:], strict=False)]


def rights(chance: random.Random) -> list[dict[str, object]]:
    """Whole parcels: so much in full ownership, the rest in bare ownership and usufruct."""
    rows = []
    for _ in range(RIGHTS):
        full = chance.choice((Fraction(0), Fraction(1), Fraction(1, 3), Fraction(3, 4)))
        held = cut(chance, 0, full) if full else []
        if full < 1:
            held += cut(chance, 1, 1 - full) + cut(chance, 2, 1 - full)
        whole = math.lcm(*(part.denominator for _, _, part in held))
        rows.append(
            {
                "whole": str(whole),
                "holders": [account(holder) for holder, _, _ in held],
                "kinds": [str(kind) for _, kind, _ in held],
                "numerators": [str(part.numerator) for _, _, part in held],
                "denominators": [str(part.denominator) for _, _, part in held],
                "units": [str(int(part * whole)) for _, _, part in held],
            }
        )
    return rows


def roll(chance: random.Random) -> dict[str, object]:
    """A year's bills under OpenZeppelin's tree."""
    bills = [(token_id(LAWFUL[n % len(LAWFUL)]), account(n), str(chance.randint(1, 10_000_00))) for n in range(BILLS)]
    answer = subprocess.run(
        ["node", "-e", OPENZEPPELIN, json.dumps(bills)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tree = json.loads(answer.stdout)
    year = 2027
    receipts = [
        keccak(encode(["uint256", "uint256", "address", "uint256"], [year, int(title), who, int(amount)]))
        for title, who, amount in bills
    ]
    return {
        "year": str(year),
        "titles": [title for title, _, _ in bills],
        "accounts": [who for _, who, _ in bills],
        "amounts": [amount for _, _, amount in bills],
        "total": str(sum(int(amount) for _, _, amount in bills)),
        "root": tree["root"],
        "proofs": tree["proofs"],
        "receipts": spelt(receipts),
    }


def vectors(chance: random.Random) -> dict[str, object]:
    """All of it."""
    return {
        "chainId": str(CHAIN_ID),
        "conveyance": CONVEYANCE,
        "parcels": parcels(),
        "taxes": taxes(chance),
        "splits": splits(chance),
        "rights": rights(chance),
        "deeds": deeds(chance),
        "roll": roll(chance),
    }


if __name__ == "__main__":
    text = json.dumps(vectors(random.Random(91216)), indent=0, separators=(",", ":"))
    Path(__file__).with_name("land.json").write_text(text + "\n", encoding="utf-8")
