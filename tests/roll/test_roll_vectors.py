"""The proofs that `Roll.sol` reads in tests/forge/residents; `BEFFROI_VECTORS=write pytest tests/roll` renews them."""

import json
import os
from pathlib import Path

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from beffroi.roll import Roll

FILE = Path(__file__).parents[1] / "vectors" / "roll.json"


def made():
    proofs = []
    for size in (1, 2, 3, 7, 100):
        accounts = [to_checksum_address(keccak(text=f"resident {size} {index}")[:20]) for index in range(size)]
        roll = Roll.of(accounts)
        for index in sorted({0, size // 2, size - 1}):
            proof = ["0x" + node.hex() for node in roll.proof(index)]
            proofs.append({"root": "0x" + roll.root.hex(), "index": index, "account": accounts[index], "proof": proof})
    return {"count": len(proofs), "proofs": proofs}


def test_the_vectors_are_the_librarys_own():
    if os.environ.get("BEFFROI_VECTORS") == "write":
        FILE.write_text(json.dumps(made(), indent=2) + "\n")
    assert json.loads(FILE.read_text()) == made()
