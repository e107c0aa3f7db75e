"""Writes tests/vectors/land-terms.json: what Conveyance itself, on a node, hashes of terms, for others to compare.

`python -m tests.vectors.make_land_terms`
"""

import json
import random
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from beffroi.chain.abi import encode_constructor
from beffroi.chain.anvil import anvil_running
from beffroi.chain.artifacts import artifact
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.land.parcels import ParcelId

CASES = 24
ANSWERS_ZERO = "0x60206000f3"
"""Code that answers any call with a word of zeroes: enough of a register for a constructor."""
DAY_S = 86_400


def terms(chance: random.Random) -> dict[str, Any]:
    """Terms of every shape; they need not hold together to be hashed."""

    def person() -> str:
        return Key.derived("party", chance.randrange(6)).address

    def cents() -> int:
        return chance.randrange(10 ** chance.randrange(1, 12))

    def rights() -> list[dict[str, Any]]:
        return [
            {"holder": person(), "kind": chance.randrange(3), "shares": chance.randrange(1, 2**24)}
            for _ in range(chance.randrange(1, 4))
        ]

    def payments(most: int) -> list[dict[str, Any]]:
        return [{"account": person(), "amount_cents": cents()} for _ in range(chance.randrange(most + 1))]

    lends = chance.random() < 0.5
    start = 1_800_000_000
    return {
        "title": ParcelId(f"59999000AB{chance.randrange(10_000):04}").token_id,
        "version": chance.randrange(2**16),
        "price_cents": cents(), "tax_cents": cents(), "deposit_cents": cents(),
        "usufruct_bps": chance.randrange(10_001), "conditions": chance.randrange(4),
        "depositBy": start + 10 * DAY_S, "retractUntil": start + 12 * DAY_S,
        "conditionsBy": start + 60 * DAY_S, "settleBy": start + 90 * DAY_S,
        "documentHash": "0x" + keccak(text=f"deed {cents()}").hex(),
        "loan": {
            "lender": person() if lends else "0x" + "00" * 20, "amount_cents": cents() if lends else 0,
            "dueDay": chance.randrange(2**24) if lends else 0,
        },
        "sold": rights(), "bought": rights(), "fees": payments(4),
        "payoffs": [
            {"charge": number, "paid_cents": cents(), "stays": chance.random() < 0.3}
            for number in range(chance.randrange(4))
        ],
        "funding": payments(5),
    }  # fmt: skip


def values(record: Any) -> Any:
    """A record as the ABI takes it."""
    if isinstance(record, dict):
        return tuple(values(inner) for inner in record.values())
    if isinstance(record, list):
        return [values(inner) for inner in record]
    if isinstance(record, str) and len(record) == 66:
        return bytes.fromhex(record[2:])
    return record


def as_text(record: Any) -> Any:
    """Integers as decimal text, as the post office writes them."""
    if isinstance(record, dict):
        return {key: as_text(inner) for key, inner in record.items()}
    if isinstance(record, list):
        return [as_text(inner) for inner in record]
    return str(record) if isinstance(record, int) and not isinstance(record, bool) else record


def vectors(rpc: Rpc, chance: random.Random) -> dict[str, Any]:
    """What the contract answers for each case."""
    somewhere = Key.derived("somewhere").address
    rpc.call("anvil_setCode", somewhere, ANSWERS_ZERO)
    built = artifact("Conveyance")
    offices = dict.fromkeys(("authority", "register", "charges", "planning", "tax", "token"), somewhere)
    arguments = {"offices": offices | {"retraction_s": 864_000, "longestSale_s": 365 * DAY_S}}
    data = "0x" + (built.initcode + encode_constructor("Conveyance", built.abi, arguments)).hex()
    (sender, *_) = rpc.call("eth_accounts")
    deployment = rpc.call("eth_sendTransaction", {"from": sender, "data": data})
    # Anvil answers before it has mined.
    while (receipt := rpc.call("eth_getTransactionReceipt", deployment)) is None:
        pass
    conveyance = Contract.built("Conveyance", receipt["contractAddress"])

    def ask(function: str, *arguments: Any) -> str:
        return "0x" + conveyance.read(rpc, function, *arguments).hex()

    cases = []
    for _ in range(CASES):
        told, before = terms(chance), keccak(text=str(chance.random()))
        sale = (told["title"] << 16) | (told["version"] + 1)
        hashed = ask("hashTerms", values(told))
        cases.append({
            "terms": as_text(told), "sale": str(sale), "from": "0x" + before.hex(), "termsHash": hashed,
            "compromis": ask("compromisDigest", values(told)),
            "deed": ask("deedDigest", sale, bytes.fromhex(hashed[2:])),
            "amendment": ask("amendmentDigest", sale, before, bytes.fromhex(hashed[2:])),
            "rescission": ask("rescissionDigest", sale), "retraction": ask("retractionDigest", sale),
            "slipNonce": ask("slipNonce", before, before),
        })  # fmt: skip
    return {"chainId": 31337, "conveyance": conveyance.address, "cases": cases}


if __name__ == "__main__":
    with anvil_running() as node:
        text = json.dumps(vectors(Rpc(node.url), random.Random(1804)), indent=0, separators=(",", ":"))
    Path(__file__).with_name("land-terms.json").write_text(text + "\n")
