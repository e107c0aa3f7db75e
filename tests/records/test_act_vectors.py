"""A register with every fault, audited by the dApp too: tests/vectors/town-acts.json. Written by BEFFROI_VECTORS."""

import datetime as dt
import json
import os
from pathlib import Path

from sha3 import keccak_256

from beffroi.records.actaudit import CarriedOut, audit_acts
from beffroi.records.attested import IssuedBatch
from beffroi.records.council import DELIBERATION, act_draft, call_hash, publish_acts, read_acts
from beffroi.records.paperbatch import seal
from beffroi.records.paperfile import hexed
from tests.records.conftest import HOME, RECTOR
from tests.records.test_scdl import ROW

FILE = Path(__file__).parents[1] / "vectors" / "town-acts.json"
RATES, TENDER, OTHER = (call_hash(31337, HOME.contract, data) for data in (b"rates", b"tender", b"other"))
MADE_S = int(dt.datetime.fromisoformat("2026-03-01T12:00Z").timestamp())
CALLS = [CarriedOut("LandTax.RatesSet", RATES, "0x" + "01" * 32, MADE_S)] * 2 + [
    CarriedOut("LocalCurrency.Issued", OTHER, "0x" + "02" * 32, MADE_S)
]
MONTH = (
    (("2026-001", "2026-01-15", None), ("2026-002", "2026-01-15", RATES)),
    (("2026-004", "2026-01-02", None), ("2026-004", "2026-02-20", None), ("néant", "2026-01-15", TENDER)),
    (("2026-011B", "2026-01-15", None),),
)
"""Number, day of the vote, call that it authorises; batch by batch, issued on the 16th. The last is not published."""


def _sealed(acts, first):
    drafts = [act_draft(ROW | {"DELIB_ID": number, "DELIB_DATE": day}, authorises=call) for number, day, call in acts]
    seeds = b"".join(keccak_256(f"act {first + at}".encode()).digest() for at in range(len(drafts)))
    return seal(DELIBERATION, 1, RECTOR.address, first, drafts, seeds=seeds)


def made(folder):
    firsts = (0, 2, 5)
    batches = [_sealed(acts, first) for acts, first in zip(MONTH, firsts, strict=True)]
    at_s = int(dt.datetime.fromisoformat("2026-01-16T12:00Z").timestamp())
    issued = [IssuedBatch(it.root, it.first, len(it), "", at_s, 1, "0x") for it in batches]
    strange = _sealed((("2026-099", "2026-01-15", None),), 6)
    files = []
    for batch in (batches[0], batches[1], strange):
        path = folder / f"{batch.first}.json"
        publish_acts(path, HOME, batch, {"2026-001"} if batch.first == 0 else ())
        files.append(path)
    audit = audit_acts(issued, [*map(read_acts, files)], CALLS)
    return {
        "files": [json.loads(it.read_text()) for it in files],
        "roots": [hexed(read_acts(it).root) for it in files],
        "issued": [
            {"root": hexed(it.root), "first": it.first, "count": it.count, "issued": it.issued_at_s} for it in issued
        ],
        "calls": [
            {"what": it.what, "hash": hexed(it.hash), "transaction": it.transaction, "at": it.at_s} for it in CALLS
        ],
        "problems": [*audit.problems],
        "acts": [
            {"number": it.act.number, "executedBy": [*it.executed_by], "problems": [*it.problems]} for it in audit.acts
        ],
    }


def test_the_register_of_every_fault_is_the_librarys_own(tmp_path):
    if os.environ.get("BEFFROI_VECTORS") == "write":
        FILE.write_text(json.dumps(made(tmp_path), indent=1, ensure_ascii=False) + "\n")
    told = json.loads(FILE.read_text())
    assert told == made(tmp_path)
    assert len(told["problems"]) == 6
    assert all(it["problems"] for it in told["acts"][1:])
