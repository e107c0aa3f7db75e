"""Remove the checks on papers one at a time, in a copy of the project, and see the named test fail each time.

Usage: python tests/forge/records/mutants.py [name …]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.forge.mutation import Mutant, main

ACTS, SLIPS, WALK = "Attestations", "AttestationsSlips", "RecordsInvariants"
ADMISSION = "Admission"

MUTANTS = [
    Mutant(
        "gap",
        "Attestations",
        "require(first == series.next, Attestations_NotNext(series.next, first));",
        "",
        ACTS,
        "test_BatchesAreNumberedWithoutAGap",
    ),
    Mutant(
        "root-twice",
        "Attestations",
        "require(batch.issuedAt == 0, Attestations_RootTwice(root));",
        "",
        ACTS,
        "test_ARootServesOnce",
    ),
    Mutant("last-number", "Attestations", " && first + count <= type(uint56).max", "", ACTS, "test_ASeriesEnds"),
    Mutant("proof-to-its-end", "Position", "used == proof.length && ", "", ACTS, "test_AnInnerNode"),
    Mutant("place", "Position", "place & 1 == 0", "sibling < node", ACTS, "testFuzz_EachPaper"),
    Mutant(
        "used-once",
        "Attestations",
        "require(bits & bit == 0, Attestations_UsedOnce(paper.number));",
        "",
        ACTS,
        "test_APaperIsUsedOnce",
    ),
    Mutant(
        "deadline",
        "../access/SlipActs",
        "        require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));\n        _requireSigned(account",
        "        _requireSigned(account",
        SLIPS,
        "test_AHoldersSlip",
    ),
    Mutant("range-grows", "Attestations", "if (to < range.to) to = range.to;", "", ACTS, "test_WhatIsDisowned"),
    Mutant("not-issued", "Attestations", "word == next >> 8 ?", "word == word ?", ACTS, "test_WhatIsNotIssued"),
    Mutant("counted-twice", "Attestations", "return a.number < b.number;", "return true;", ACTS, "test_NoPaperCounts"),
    Mutant(
        "revoked",
        "Attestations",
        "_revoked[id][word] = revoked | bits;",
        "_revoked[id][word] = bits;",
        WALK,
        "invariant_UsedAnd",
    ),
    Mutant(
        "admits-unsigned",
        "Admission",
        "_requireBy(account, slip, deadline, signature);",
        "",
        ADMISSION,
        "test_NobodyIs",
    ),
    Mutant(
        "comes-back",
        "Admission",
        "require(standing == Standing.None, Admission_Known(account, standing));",
        "",
        ADMISSION,
        "test_WhomTheRegisterHasKnown",
    ),
    Mutant("unnamed-issuer", "Admission", " && paper.issuer == required.issuers[i]", "", ADMISSION, "test_WhoeverIs"),
    Mutant(
        "anothers-paper",
        "Admission",
        "isHers = paper.subject == account",
        "isHers = true",
        ADMISSION,
        "test_APaperThatIsNot",
    ),
    Mutant("other-schema", "Admission", "paper.schema == required.schema && ", "", ADMISSION, "test_APaperThatIsNot"),
    Mutant("does-not-hold", "Admission", " && attestations.holds(paper)", "", ADMISSION, "test_APaperThatIsNot"),
]

if __name__ == "__main__":
    raise SystemExit(main("records", MUTANTS))
