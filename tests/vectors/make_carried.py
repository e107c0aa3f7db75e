"""Writes tests/vectors/carried.json: transactions of every kind as a node tells them, and the account that signed them.

The node names another sender. `python -m tests.vectors.make_carried`
"""

import json
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_account import Account
from eth_utils.crypto import keccak

CHAIN = 31337
VOTER = Account.from_key(b"\x11" * 32)
TO = "0x" + "11" * 20
COMMON = {"nonce": 3, "gas": 90_000, "to": TO, "value": 0, "data": "0x" + "ab" * 80, "chainId": CHAIN}
LISTED = [{"address": TO, "storageKeys": ["0x" + "00" * 32]}]
MARKET = {"maxFeePerGas": 10**9, "maxPriorityFeePerGas": 0}
KINDS = {
    "legacy": COMMON | {"gasPrice": 10**9},
    "access list": COMMON | {"type": 1, "gasPrice": 10**9, "accessList": LISTED},
    "market": COMMON | MARKET | {"type": 2, "accessList": LISTED},
    "authorizing": COMMON | MARKET | {
        "type": 4,
        "accessList": [],
        "authorizationList": [VOTER.sign_authorization({"chainId": CHAIN, "address": TO, "nonce": 0})],
    },
}  # fmt: skip


def told(kind: str) -> dict[str, Any]:
    """A transaction that the voter signed, as ``eth_getTransactionByHash`` tells it."""
    asked = KINDS[kind]
    signed = VOTER.sign_transaction(asked)
    lists = {name: asked[name] for name in ("accessList",) if name in asked}
    if "authorizationList" in asked:
        lists["authorizationList"] = [
            {"chainId": hex(it.chain_id), "address": TO, "nonce": hex(it.nonce), "yParity": hex(it.y_parity),
             "r": hex(it.r), "s": hex(it.s)}
            for it in asked["authorizationList"]
        ]  # fmt: skip
    parity = {"yParity": hex(signed.v)} if "type" in asked else {}
    return {
        **{name: hex(it) for name, it in asked.items() if isinstance(it, int)}, "type": hex(asked.get("type", 0)),
        "to": TO, "input": asked["data"], **lists, **parity, "v": hex(signed.v), "r": hex(signed.r),
        "s": hex(signed.s), "from": TO,
    }  # fmt: skip


AGAIN_TYPES = "(uint256,uint256,address,bytes,bytes,bytes32[],(uint256,bytes,bytes32[]))"
BALLOT, REPLACED = b"\xba" * 70, (4, b"\xc1" * 64, [b"\x0a" * 32])


def calls() -> list[dict[str, Any]]:
    """Inputs of transactions, and what a voter casts by each; null where she casts nothing."""
    hers = {"consultation": 7, "index": 3, "ballot": "0x" + BALLOT.hex()}
    path = [b"\x0b" * 32]
    first = call("cast", "(uint256,uint256,bytes,bytes32[])", (7, 3, BALLOT, path))
    again = call("castAgain", AGAIN_TYPES, (7, 3, VOTER.address, BALLOT, b"", path, REPLACED))
    slip = call("castAgain", AGAIN_TYPES, (7, 3, VOTER.address, BALLOT, b"\x51" * 65, path, REPLACED))
    batch = call("castBatch", "(uint256,bytes,bytes32[])", (7, BALLOT, path))
    return [
        {"input": "0x" + first.hex(), "casts": hers},
        {"input": "0x" + again.hex(), "casts": hers},
        *({"input": "0x" + it.hex(), "casts": None} for it in (slip, batch, first[:40], BALLOT, b"")),
    ]


def call(name: str, types: str, values: tuple[Any, ...]) -> bytes:
    """A function's calldata."""
    return bytes(keccak(text=name + types)[:4]) + encode([types], [values])[32:]


def vectors() -> dict[str, Any]:
    """All of them."""
    return {"chainId": CHAIN, "signer": VOTER.address, "transactions": {kind: told(kind) for kind in KINDS},
            "calls": calls()}  # fmt: skip


if __name__ == "__main__":
    target = Path(__file__).with_name("carried.json")
    target.write_text(json.dumps(vectors(), indent=1) + "\n", encoding="utf-8")
