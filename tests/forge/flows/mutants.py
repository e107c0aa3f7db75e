"""Remove checks of meters, refutations and clearing one at a time, in a copy of the project, and see a test fail.

Usage: python tests/forge/flows/mutants.py [name …]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.forge.mutation import Mutant, main

TRUE, FALSE, PERIODS, COLUMNS = "TrueSteps", "Refutations", "Periods", "Columns"
METERS, SLIPS, PLACES, PAIR = "Meters", "MetersSlips", "Places", "PositionPair"

MUTANTS = [
    Mutant(
        "nothing-shared",
        "Periods",
        "if (k == 0 || x | y == 0) return k == 0 && x | y == 0;",
        "",
        TRUE,
        "test_WhereNothingIsInjected",
    ),
    Mutant(
        "still-where-shared",
        "Periods",
        "if (k == 0 || x | y == 0) return k == 0 && x | y == 0;",
        "if (k == 0 || x | y == 0) return x | y == 0;",
        FALSE,
        "test_ASumThatStandsStill",
    ),
    Mutant(
        "no-blinding",
        "Periods",
        "address sum = blinding == 0",
        "address sum = false",
        TRUE,
        "test_BlindingsThatAddUpToZero",
    ),
    Mutant(
        "nothing-opens-anything",
        "Periods",
        "if (value | blinding == 0) return isInfinity;",
        "if (value | blinding == 0) return true;",
        PERIODS,
        "test_InfinityOpensToNothingAlone",
    ),
    Mutant("not-over", "Periods", " && endOf(header) <= block.timestamp", "", PERIODS, "test_AHeaderIsSound"),
    Mutant("beyond-n", "Periods", "cell.reading.x < Secp256k1.N && ", "", FALSE, "test_WhatIsNoPoint"),
    Mutant(
        "blinding-of-n",
        "Periods",
        "total.injectedBlinding < Secp256k1.N",
        "total.injectedBlinding <= Secp256k1.P",
        FALSE,
        "test_ATotalWithinItsBounds",
    ),
    Mutant(
        "drawn-blinding-of-n",
        "Periods",
        "total.drawnBlinding < Secp256k1.N",
        "total.drawnBlinding <= Secp256k1.P",
        FALSE,
        "test_ATotalOutOfItsBounds",
    ),
    Mutant(
        "gift-of-no-step",
        "Periods",
        "return allocation.value | allocation.blinding == 0;",
        "return true;",
        FALSE,
        "test_ASlotWithoutAStep",
    ),
    Mutant(
        "below-zero",
        "Periods",
        "allocation.value >> 96 == 0 && ",
        "",
        TRUE,
        "test_AReadingBelowZero",
    ),
    Mutant(
        "beyond-the-last-step",
        "Refutations",
        "require(step < header.steps, Meters_NotThere(header.cellsRoot, step));",
        "",
        PLACES,
        "test_BeyondTheLastStep",
    ),
    Mutant(
        "beyond-the-last-slot",
        "Refutations",
        "require(slot < slots, Meters_NotThere(root, slot));",
        "",
        PLACES,
        "test_BeyondTheLastStep",
    ),
    Mutant("later-is-earlier", "Refutations", "earlier > step || ", "", FALSE, "test_APreviousStep"),
    Mutant(
        "sum-of-the-column-before",
        "Refutations",
        "bool isFirst = place == 0 || place == claim.header.consumers;",
        "bool isFirst = place == 0;",
        FALSE,
        "test_AColumnSumThatIsNot",
    ),
    Mutant("one-leaf-twice", "PositionPair", " || index == otherIndex", "", PAIR, "test_EveryTwoLeaves"),
    Mutant(
        "rest-of-the-proof", "PositionPair", "used == proof.length && leaf == root", "leaf == root", PAIR, "testFuzz_"
    ),
    Mutant(
        "steps-unsigned",
        "Meters",
        "commitment == _commitments[header.op][column.id][header.period] && ",
        "commitment != 0 && ",
        COLUMNS,
        "test_StepsThatAgentsDidNotSign",
    ),
    Mutant("any-kind", "Meters", "meter.kind == column.kind && ", "", COLUMNS, "test_AColumnThatIsNot"),
    Mutant("any-unit", "Meters", "meter.unit == Periods.WATT_HOUR", "true", COLUMNS, "test_AColumnThatIsNot"),
    Mutant("not-yet", "Meters", " && meter.since < Periods.endOf(header)", "", COLUMNS, "test_AMeterCounts"),
    Mutant("no-more", "Meters", "meter.until == 0 || meter.until > header.start", "true", COLUMNS, "test_AMeterCounts"),
    Mutant(
        "committed-while-stated",
        "Meters",
        "require(!isOpen, Meters_PeriodStated(period));",
        "",
        METERS,
        "test_WhatIsStated",
    ),
    Mutant(
        "committed-when-settled",
        "Meters",
        "require(period > clock.settledPeriod, Meters_PeriodSettled(clock.settledPeriod));",
        "",
        METERS,
        "test_WhatIsSettled",
    ),
    Mutant(
        "anyone-commits",
        "Meters",
        "_requireBy(agent, slip, deadline, signature);",
        "",
        METERS,
        "test_OnlyAMetersAgent",
    ),
    Mutant(
        "kept-slips",
        "Meters",
        "if (signature.length != 0) _requireFirst(op, period, roots);",
        "",
        SLIPS,
        "test_ASlipThatWasKeptBack",
    ),
    Mutant(
        "lies-in-wait",
        "Clearing",
        " * SafeCast.toUint(word >> MANDATED_AT < at.number)",
        "",
        "ClearingMandates",
        "test_WhoJoinsOnce",
    ),
    Mutant(
        "mandates-anew-by-every-deposit",
        "Clearing",
        "if (cap_cents > member.cap_cents) member.mandatedAt",
        "member.mandatedAt",
        "ClearingMandates",
        "test_WhoPaysInUnder",
    ),
    Mutant(
        "by-name",
        "Clearing",
        "require(!_isParty(op, key), Clearing_MayNotContest(member));",
        "require(member != _operations[op].arbiter, Clearing_MayNotContest(member));",
        "ClearingParties",
        "test_UnderTheName",
    ),
    Mutant(
        "shaken-off",
        "Clearing",
        "uint256(clock.settledPeriod) + 1,",
        "clock.period,",
        "ClearingContests",
        "test_AContestIsNotShakenOff",
    ),
    Mutant(
        "for-anothers-meter",
        "Meters",
        "require(its == agent, Meters_OtherAgent(id, its));",
        "",
        METERS,
        "test_ACommitmentIsOf",
    ),
    Mutant(
        "without-the-member",
        "Meters",
        "_requireBy(residents.currentKeyOf(member), slip, deadline, memberSignature);",
        "",
        SLIPS,
        "test_NeitherMember",
    ),
    Mutant(
        "without-the-agent",
        "Meters",
        "_requireBy(agent, slip, deadline, agentSignature);",
        "",
        SLIPS,
        "test_NeitherMember",
    ),
    Mutant(
        "anyone-removes",
        "Meters",
        "_requireBy(residents.currentKeyOf(meter.member), slip, deadline, signature);",
        "",
        METERS,
        "test_MemberOrAgentRemoves",
    ),
]

if __name__ == "__main__":
    raise SystemExit(main("flows", MUTANTS))
