"""The acts of facts that `Facts.sol` and the dApp read too; `BEFFROI_VECTORS=write` renews them."""

import json
import os
from pathlib import Path

from beffroi.chain.keys import Key
from beffroi.records.fact import Fact
from beffroi.records.factact import FactAct, StatedValue, act_of
from beffroi.records.paperfile import hexed

FILE = Path(__file__).parents[1] / "vectors" / "facts.json"
CONTRACT = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
NOW_S = 1_767_225_600
WEIGHERS = [Key.derived("facts", f"weigher {at}") for at in range(3)]
WHEAT = Fact.of({
    "format": "beffroi-fact-1", "name": "Blé tendre, marché de Valombre", "unit": "EUR/t", "decimals": 2,
    "uri": "https://valombre.example/mercuriale", "issuers": [it.address for it in WEIGHERS], "m": 2,
})  # fmt: skip
COUNT = Fact.of({
    "format": "beffroi-fact-1", "name": "🏰 visitors", "unit": "", "decimals": 0, "uri": "",
    "issuers": [WEIGHERS[0].address], "m": 1,
})  # fmt: skip
SAID = (
    (WHEAT, 1, StatedValue(23_150, NOW_S), 2), (WHEAT, 2, StatedValue(-5, NOW_S), 3), (WHEAT, 3, None, 2),
    (COUNT, 1, StatedValue(0, 0), 1), (COUNT, 2, StatedValue(2**127 - 1, 2**40 - 1), 0),
    (COUNT, 2**32 - 1, StatedValue(-(2**127), NOW_S), 1),
)  # fmt: skip


def made():
    acts = []
    for fact, number, stated, signers in SAID:
        act = FactAct(31337, CONTRACT, fact, number, bytes(range(number % 7, number % 7 + 32)), NOW_S + 60, stated)
        for weigher in WEIGHERS[:signers]:
            act = act.signed(weigher)
        acts.append({
            "file": act.json, "id": hexed(fact.id), "digest": hexed(act.digest), "isStated": stated is not None,
            "value": "0" if stated is None else str(stated.value),
        })  # fmt: skip
    return {"acts": acts}


def test_the_vectors_are_the_library_s():
    if os.environ.get("BEFFROI_VECTORS") == "write":
        FILE.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n")
    assert json.loads(FILE.read_text()) == made()


def test_each_file_is_read_as_it_was_written_and_signed_by_whom_it_says():
    for vector in json.loads(FILE.read_text())["acts"]:
        act = act_of(vector["file"], "act.json")
        assert act.json == vector["file"]
        assert act.digest.hex() == vector["digest"][2:]
        assert all(map(act.key_signed, act.signers))
