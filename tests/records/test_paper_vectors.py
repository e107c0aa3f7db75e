"""The papers that `Attestations.sol` and the dApp read too; `BEFFROI_VECTORS=write` renews them.

What the dApp made, and is read here: tests/vectors/papers-typescript.json, by `node scripts/papers.mjs` in frontend/.
"""

import dataclasses
import json
import os
from pathlib import Path

from sha3 import keccak_256

from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.paper import NOBODY, parents_root
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import claim_json, hexed, paper_json, paper_of, read_batch, read_paper, write_paper
from beffroi.records.showing import read_showing, show, showing_json, signed
from tests.records.conftest import ALICE, BOB, DIPLOMA, HOME, NOW_S, RECTOR, SAID

VECTORS = Path(__file__).parents[1] / "vectors"
FILE, TYPESCRIPT, SHOWS = (VECTORS / it for it in ("papers.json", "papers-typescript.json", "paper-texts.json"))
BADGE = Definition("badge", (SchemaField("titre"),))
TEXTS = (
    "Zoé", "🏰", "", "12, rue du Bac\n\tValombre", "\r", "\x00", "\x1b[8m", "\x7f", "\x85", "\x9b31m", "\u061c",
    "\u200b", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff",
)  # fmt: skip


def made(folder):
    papers, parents, owned = [], (), []
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
            owned.append(own)
            parents = (*parents, own.paper)[-2:]
    # A badge of the hundred, of Alice, which rests on others; its one field is shown.
    shown, asked = owned[6], ("the employer", bytes(range(32)), NOW_S + 60)
    write_paper(folder / "own.paper", HOME, shown)
    return {
        "count": len(papers),
        "papers": papers,
        "forged": [*_forged(owned[7].paper)],
        "own": json.loads((folder / "own.paper").read_text()),
        "shown": showing_json(signed(show(HOME, shown, ["titre"], *asked), ALICE.secret)),
    }


def _forged(paper):
    """A paper that was changed: none of these stands where it says, whoever asks."""
    proof = paper.proof
    changes = {
        "a neighbour's number": {"number": paper.number + 1},
        "a number beyond the batch": {"number": paper.first + paper.count},
        "an inner node in the leaf's place": {"proof": proof[1:]},
        "a sibling too many": {"proof": (*proof, proof[0])},
        "siblings in another order": {"proof": (proof[1], proof[0], *proof[2:])},
        "another's subject": {"subject": ALICE.address if paper.subject != ALICE.address else BOB.address},
        "later in its end": {"until_s": paper.until_s + 1},
        "from before": {"from_s": paper.from_s + 1},
        "without what it rests on": {"parents": ()},
        "other claims": {"claims_root": keccak_256(b"other").digest()},
    }
    for why, change in changes.items():
        forged = dataclasses.replace(paper, **change)
        if forged != paper:
            yield {"why": why, "paper": paper_json(forged), "parentsRoot": hexed(parents_root(forged.parents))}


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


def test_the_vectors_are_the_librarys_own(tmp_path):
    if os.environ.get("BEFFROI_VECTORS") == "write":
        FILE.write_text(json.dumps(made(tmp_path), indent=1, ensure_ascii=False) + "\n")
    assert json.loads(FILE.read_text()) == made(tmp_path)


def test_no_forged_paper_stands_in_its_batch():
    forged = json.loads(FILE.read_text())["forged"]
    assert len(forged) >= 9
    assert [it["why"] for it in forged if paper_of(it["paper"]).is_sealed] == []


def test_what_the_dapp_seals_hands_over_and_shows_is_read_here(tmp_path):
    made_there = json.loads(TYPESCRIPT.read_text())
    for name in ("batch", "paper", "shown"):
        (tmp_path / name).write_text(made_there[name], encoding="utf-8")
    (home, batch), (_, own) = read_batch(tmp_path / "batch"), read_paper(tmp_path / "paper")
    write_paper(tmp_path / "given", home, batch.paper(own.paper.number))
    assert (tmp_path / "given").read_text(encoding="utf-8") == made_there["paper"]
    showing = read_showing(tmp_path / "shown")
    nonce, at_s = bytes.fromhex(made_there["nonce"][2:]), made_there["at"]
    assert showing.problems(made_there["verifier"], nonce, at_s) == []
    assert showing.problems("another", nonce, at_s)


def test_both_engines_take_the_same_texts_and_names_of_schemas():
    told = [{"text": it, "isText": _takes_text(it), "isName": _takes_name(it)} for it in TEXTS]
    if os.environ.get("BEFFROI_VECTORS") == "write":
        SHOWS.write_text(json.dumps(told, indent=1) + "\n")
    assert json.loads(SHOWS.read_text()) == told
    assert [it["text"] for it in told if it["isText"] and not it["isName"]] == ["12, rue du Bac\n\tValombre"]


def _takes_text(text):
    try:
        SchemaField("titre").require(text)
    except DefinitionError:
        return False
    return True


def _takes_name(name):
    try:
        Definition(name, BADGE.fields)
    except DefinitionError:
        return False
    return True
