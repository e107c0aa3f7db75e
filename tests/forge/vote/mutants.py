"""Remove the vote's checks one at a time, in a copy of the project, and see the named test fail each time.

Usage: python tests/forge/vote/mutants.py [name …]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.forge.mutation import Mutant, main

BALLOT, COUNTING, STARVED = "BallotAttacks", "CountingAttacks", "StarvedSignatures"
TALLY, RULEBOOK = "TallyAttacks", "Rulebook"


MUTANTS = [
    Mutant(
        "zero-of-ecrecover",
        "BallotProof",
        "if (a == address(0) || b == address(0)) return false;",
        "",
        BALLOT,
        "test_AZeroOfEcrecover",
    ),
    Mutant(
        "curve",
        "BallotProof",
        "if (!Secp256k1.isOnCurve(c.c1x, c.c1y) || !Secp256k1.isOnCurve(c.cx, c.cy)) return false;",
        "",
        BALLOT,
        "test_PointsOffTheCurve",
    ),
    Mutant(
        "ciphertext-in-challenge",
        "BallotProof",
        "_hash(ctx, ciphertextsHash, bytes32(index))",
        "_hash(ctx, bytes32(0), bytes32(index))",
        BALLOT,
        "test_ACiphertextChosenAfter",
    ),
    Mutant(
        "context-in-challenge",
        "BallotProof",
        "_hash(ctx, ciphertextsHash, bytes32(index))",
        "_hash(bytes32(0), ciphertextsHash, bytes32(index))",
        BALLOT,
        "test_ABallotProvesNothingUnder",
    ),
    Mutant(
        "d-is-w-h",
        "BallotProof",
        "!valid || !Secp256k1.isLinearCombination(w, key.x, key.y, 0, b)",
        "!valid",
        BALLOT,
        "test_APointThatIsNotW",
    ),
    Mutant("one-form-of-w", "BallotProof", "and(lt(w, N), lt(x, P))", "lt(x, P)", BALLOT, "test_AScalarHasOneForm"),
    Mutant(
        "sum",
        "BallotProof",
        "if (rule.sumSet == 0) return true;",
        "if (rule.sumSet < 99) return true;",
        BALLOT,
        "test_TheSumIsBounded",
    ),
    Mutant(
        "shares-of-the-hash",
        "BallotProof",
        "return shared != 0;",
        "return true;",
        BALLOT,
        "test_AMessageOutsideTheSet",
    ),
    Mutant(
        "seeds-of-the-share",
        "BallotProof",
        "challengeOf(0, mload(strings))",
        "challengeOf(0, 0)",
        BALLOT,
        "test_SeedsHangOnTheirGroupsShare",
    ),
    Mutant(
        "every-group-hashed",
        "BallotProof",
        "keccak256(transcript, sub(slot, transcript))",
        "keccak256(transcript, 0x80)",
        BALLOT,
        "test_EveryGroupsCommitments",
    ),
    Mutant("mark-the-vote", "BallotBox", "bits |= bit;", "", COUNTING, "test_NobodyVotesTwice"),
    Mutant(
        "increasing-indices",
        "BallotBox",
        "index < size && (index > previous || count == 0)",
        "index < size",
        COUNTING,
        "test_NobodyVotesTwice",
    ),
    Mutant(
        "superseded",
        "BallotBox",
        "BatchRoot.leaf(session.id, index, seq, keccak256(ciphertexts))",
        "BatchRoot.leaf(session.id, index, 0, keccak256(ciphertexts))",
        COUNTING,
        "test_AReVoteSubtracts",
    ),
    Mutant(
        "null-leaf",
        "BallotBox",
        "emit BallotRefused(session.id, session.batch, count, index, reason);",
        "leaves[count] = BatchRoot.leaf(session.id, index, 0, ciphertextsHash); "
        "emit BallotRefused(session.id, session.batch, count, index, reason);",
        COUNTING,
        "test_AReVoteFinds",
    ),
    Mutant("infinite-z", "Totals", "if (running[k].z != 0) product", "product", COUNTING, "test_EqualAndOpposite"),
    Mutant(
        "doubling",
        "Totals",
        "done := iszero(or(iszero(z1), iszero(h)))",
        "done := iszero(iszero(z1))",
        COUNTING,
        "test_EqualAndOpposite",
    ),
    Mutant(
        "gas-for-accounts",
        "../access/SlipSignature",
        "require(gasleft() >= promised + promised / 63 + CALL_GAS, SlipSignature_OutOfGas(promised));",
        "",
        STARVED,
        "test_ASmartAccountsAnswer",
    ),
    Mutant(
        "gas-for-ecrecover",
        "Slips",
        "require(ran, SlipSignature.SlipSignature_OutOfGas(ECRECOVER_GAS));",
        "",
        STARVED,
        "test_RunningOutOfGas",
    ),
    Mutant(
        "low-s",
        "Slips",
        "if gt(mload(add(signature, 0x20)), HALF_ORDER) { signer := 0 }",
        "",
        COUNTING,
        "test_ASlipIsRefused",
    ),
    Mutant(
        "roll",
        "BallotBox",
        "require(RollProof.isRoot(root, size, indices, leaves, rollProof), Consultations_NotOnRoll());",
        "",
        COUNTING,
        "test_OnlyTheRollVotes",
    ),
    Mutant(
        "whole-roll-proof",
        "RollProof",
        "and(eq(node, root), eq(cursor, end))",
        "eq(node, root)",
        COUNTING,
        "test_OnlyTheRollVotes",
    ),
    Mutant("voting-hours", "BallotBox", "block.timestamp < c.closesAt", "true", COUNTING, "test_NoBallotBefore"),
    Mutant(
        "share-before-closing",
        "Consultations",
        "_requireStatus(id, c.stage == Stage.Closed || c.stage == Stage.Decrypting);",
        "",
        TALLY,
        "test_NoShareBeforeClosing",
    ),
    Mutant(
        "secrecy-minimum",
        "Consultations",
        "c.ballots < c.secrecyMinimum ? Stage.Withheld : Stage.Closed",
        "Stage.Closed",
        TALLY,
        "test_BelowTheSecrecyMinimum",
    ),
    Mutant(
        "counters",
        "Rulebook",
        "(message % M) * voters < M && (message / M) * voters < M",
        "(message % M) * voters < M",
        RULEBOOK,
        "test_ACounterThatCouldOverflow",
    ),
    Mutant(
        "rulebook-asked",
        "ConsultationStore",
        "rulebook.requireTerms(terms_, called);",
        "",
        RULEBOOK,
        "test_ASecrecyMinimumOutOfBounds",
    ),
    Mutant(
        "called",
        "ConsultationStore",
        "msg.sig == this.call.selector",
        "false",
        RULEBOOK,
        "test_AContractInOfficeCalls",
    ),
    Mutant("share-of-roll", "Rulebook", "minimum <= most", "true", RULEBOOK, "test_ASecrecyMinimumOutOfBounds"),
    Mutant("notice", "Rulebook", "block.timestamp + least.notice_s", "0", RULEBOOK, "test_DatesTooEarly"),
    Mutant(
        "counts",
        "Consultations",
        "&& Tally.opens(at0, column, total, results[i])",
        "",
        TALLY,
        "test_OnlyTheTrueCounts",
    ),
    Mutant(
        "submitted-shares",
        "Consultations",
        "submitted != 0 && submitted == keccak256(abi.encode(shares[a]))",
        "submitted != 0",
        TALLY,
        "test_TDifferentTrustees",
    ),
]


if __name__ == "__main__":
    sys.exit(main("vote", MUTANTS))
