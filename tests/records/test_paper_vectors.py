"""The papers that `Attestations.sol` reads in tests/forge/records; `BEFFROI_VECTORS=write` renews them."""

import json
import os
from pathlib import Path

from sha3 import keccak_256

from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paper import NOBODY, parents_root
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import claim_json, hexed, paper_json
from tests.records.conftest import ALICE, BOB, DIPLOMA, NOW_S, RECTOR, SAID

FILE = Path(__file__).parents[1] / "vectors" / "papers.json"
BADGE = Definition("badge", (SchemaField("titre"),))


def made():
    papers, parents = [], ()
    for schema, definition, count in ((1, DIPLOMA, 1), (2, BADGE, 2), (1, DIPLOMA, 3), (2, BADGE, 100)):
        drafts = [
            PaperDraft(
                SAID | {"grade": None} if definition is DIPLOMA else {"titre": f"Réparer un vélo, {at} ‟é”"},
                (ALICE.address, BOB.address, NOBODY)[at % 3],
                (0, NOW_S)[at % 2],
                (0, NOW_S + 86_400)[at // 2 % 2],
                parents[: at % 3],
            )
            for at in range(count)
        ]
        seeds = b"".join(keccak_256(f"seed {schema} {count} {at}".encode()).digest() for at in range(count))
        batch = seal(definition, schema, RECTOR.address, len(papers), drafts, seeds=seeds)
        for place in sorted({0, count // 2, count - 1}):
            own = batch.paper(batch.first + place)
            papers.append(_paper(own))
            parents = (*parents, own.paper)[-2:]
    return {"count": len(papers), "papers": papers}


def _paper(own):
    names = [field.name for field in own.definition.fields]
    return {
        "definition": own.definition.json,
        "schemaHash": hexed(own.definition.hash),
        "schemaProof": [*map(hexed, own.schema_proof)],
        "paper": paper_json(own.paper),
        "parentsRoot": hexed(parents_root(own.paper.parents)),
        "leaf": hexed(own.paper.leaf),
        "claims": [*map(claim_json, own.claims(names))],
    }


def test_the_vectors_are_the_librarys_own():
    if os.environ.get("BEFFROI_VECTORS") == "write":
        FILE.write_text(json.dumps(made(), indent=1, ensure_ascii=False) + "\n")
    assert json.loads(FILE.read_text()) == made()
