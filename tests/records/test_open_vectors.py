"""A batch published whole, and what is no longer it, for the dApp too: tests/vectors/open-batch.json.

Written by BEFFROI_VECTORS.
"""

import copy
import json
import os
from pathlib import Path

from sha3 import keccak_256

from beffroi.records.openbatch import OpenDraft, open_of, open_text, seal_open
from beffroi.records.paper import PaperRef
from beffroi.records.paperfile import hexed
from tests.records.conftest import ALICE, BOB, DIPLOMA, HOME, RECTOR, SAID

FILE = Path(__file__).parents[1] / "vectors" / "open-batch.json"
ELSEWHERE = PaperRef(3, BOB.address, 2**40, b"\7" * 32)
FORGERIES = {
    "a value": lambda it: it["papers"][0]["values"].update(grade="20"),
    "a value taken out": lambda it: it["papers"][0]["values"].update(grade=None),
    "the subject": lambda it: it["papers"][0].update(subject=BOB.address),
    "the end": lambda it: it["papers"][0].update({"until": 10}),
    "the first number": lambda it: it.update(first=5),
    "a parent's hash": lambda it: it["papers"][0]["parents"][0].update(leaf="0x" + "08" * 32),
    "a parent's number": lambda it: it["papers"][0]["parents"][0].update(number=8),
    "a parent left out": lambda it: it["papers"][1]["parents"].pop(),
    "parents turned": lambda it: it["papers"][1]["parents"].reverse(),
    "papers turned": lambda it: it["papers"].reverse(),
    "a paper left out": lambda it: it["papers"].pop(),
    "a seed": lambda it: it["papers"][2].update(seed="0x" + "09" * 32),
    "a field's name": lambda it: it["definition"]["fields"][0].update(required=False),
}


def made():
    drafts = [
        OpenDraft(SAID, (ELSEWHERE,), ALICE.address, from_s=5, until_s=9),
        OpenDraft(SAID | {"grade": None}, (0, ELSEWHERE)),
        OpenDraft(SAID, (1, 0)),
    ]
    seeds = b"".join(keccak_256(f"open {place}".encode()).digest() for place in range(len(drafts)))
    batch = seal_open(HOME, DIPLOMA, 1, RECTOR.address, 4, drafts, seeds=seeds)
    file = json.loads(open_text(batch))
    forged = []
    for why, forge in FORGERIES.items():
        changed = copy.deepcopy(file)
        forge(changed)
        forged.append({"why": why, "file": changed})
    leaves = [hexed(it.ref.leaf) for it in batch.papers]
    return {"file": file, "root": hexed(batch.root), "leaves": leaves, "forged": forged}


def test_the_file_and_its_forgeries_are_the_librarys_own():
    if os.environ.get("BEFFROI_VECTORS") == "write":
        FILE.write_text(json.dumps(made(), indent=1, ensure_ascii=False) + "\n")
    told = json.loads(FILE.read_text())
    assert told == made()
    roots = {hexed(open_of(json.dumps(it["file"]), it["why"]).root) for it in told["forged"]}
    assert told["root"] not in roots
    assert len(roots) == len(told["forged"])
