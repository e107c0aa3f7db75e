"""Remove the checks on papers one at a time, in a copy of the project, and see the named test fail each time.

Usage: python tests/forge/records/mutants.py [name …]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.forge.mutation import Mutant, main

ACTS, SLIPS, WALK = "Attestations", "AttestationsSlips", "RecordsInvariants"
ADMISSION = "Admission"
FACTS, FACT_SLIPS, FACTS_WALK = "Facts", "FactsSlips", "FactsInvariants"

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
    Mutant("no-majority", "Facts", " && 2 * uint256(definition.m) > n", "", FACTS, "test_NoTwoDisjointPanels"),
    Mutant(
        "issuer-twice",
        "Facts",
        "require(definition.issuers[i] > last, Facts_IssuersUnordered(i));",
        "",
        FACTS,
        "test_IssuersAreNamedEachOnce",
    ),
    Mutant("opened-anew", "Facts", "if (record.m == 0) {", "{", FACTS, "test_WhoComesFirst"),
    Mutant(
        "other-issuers-one-name",
        "Facts",
        "keccak256(abi.encodePacked(definition.issuers))",
        "bytes32(0)",
        FACTS,
        "test_WhateverDiffers",
    ),
    Mutant(
        "stale-statement",
        "Facts",
        "require(number == record.number + 1, Facts_NotNext(record.number + 1, number));",
        "",
        FACT_SLIPS,
        "test_AStatementIsPostedOnce",
    ),
    Mutant(
        "late-statement",
        "Facts",
        "require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));",
        "",
        FACT_SLIPS,
        "test_AStatementIsNotPostedLate",
    ),
    Mutant(
        "resigned-signer",
        "Facts",
        "require(signers & ~record.seats == 0, Facts_NotSeated(signers & ~record.seats));",
        "",
        FACTS,
        "test_WhoResignsSignsNoMore",
    ),
    Mutant(
        "too-few", "Facts", "require(count >= record.m, Facts_TooFewSigners(record.m, count));", "", FACTS, "test_Fewer"
    ),
    Mutant(
        "unsigned",
        "Facts",
        "_requireSigned(issuers[place++], slip, signatures[i]);",
        "++place;",
        FACT_SLIPS,
        "test_EachSignatureIsItsIssuers",
    ),
    Mutant(
        "issuer-counts-twice",
        "Facts",
        "_requireSigned(issuers[place++], slip, signatures[i]);",
        "_requireSigned(issuers[place], slip, signatures[i]);",
        FACT_SLIPS,
        "test_NoIssuerCountsTwice",
    ),
    Mutant(
        "of-tomorrow",
        "Facts",
        "require(statement.at <= block.timestamp, Facts_NotYet(statement.at));",
        "",
        FACTS,
        "test_AValueIsOfNoTime",
    ),
    Mutant(
        "goes-back",
        "Facts",
        "require(statement.at >= record.at, Facts_BeforeTheLast(record.at, statement.at));",
        "",
        FACTS_WALK,
        "test_EveryAct",
    ),
    Mutant("withdrawn-stands", "Facts", "(number, 0)", "(number, record.signers)", FACTS, "test_WhatIsWithdrawn"),
    Mutant("resigned-stands", "Facts", "record.signers & record.seats", "record.signers", FACTS_WALK, "test_EveryAct"),
    Mutant("stale-is-fresh", "Facts", "block.timestamp - at <= maxAge", "true", FACTS, "test_AStaleValue"),
    Mutant(
        "anyone-resigns",
        "Facts",
        "_requireBy(issuer, keccak256(abi.encode(RESIGN_TYPEHASH, fact, issuer, deadline)), deadline, signature);",
        "",
        FACT_SLIPS,
        "test_AnIssuersSlipResigns",
    ),
]

if __name__ == "__main__":
    raise SystemExit(main("records", MUTANTS))
