"""Remove checks of mutual credit and programmes one at a time, in a copy of the project, and see a test fail.

Usage: python tests/forge/currency/mutants.py [name …]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.forge.currency.programmemutants import PROGRAMMES
from tests.forge.mutation import Mutant, main

LEDGER, VOUCHING, CIRCLE, SLIPS, ACCOUNT = "CreditLedger", "Vouching", "MutualCredit", "CreditSlips", "CreditAccount"
PAYING, TRUST, LEAVING, MIXING, BANK = "MutualCredit", "Vouching", "CreditDepartures", "MixedPayments", "BankClearing"
SIGNED = "MutualCreditSlips"

MUTANTS = [
    Mutant(
        "any-debt",
        LEDGER,
        "require(amount <= left, MutualCredit_BelowFloor(from, amount, left));",
        "",
        PAYING,
        "test_NobodyOwesMoreThanSheMay",
    ),
    Mutant(
        "any-claim",
        LEDGER,
        "require(amount <= left, MutualCredit_AboveCeiling(to, amount, left));",
        "",
        PAYING,
        "test_NobodyIsOwedMoreThanSheMay",
    ),
    Mutant(
        "the-suspended-owe-more",
        LEDGER,
        "if (!account.isActive()) return 0;",
        "",
        PAYING,
        "test_WhoIsSuspendedSpendsWhatSheIsOwed",
    ),
    Mutant(
        "growth-without-a-cap",
        LEDGER,
        "if (grown > _mostGrowth) grown = _mostGrowth;",
        "",
        PAYING,
        "test_TwoWhoTradeInCircles",
    ),
    Mutant(
        "a-default-each-time",
        LEDGER,
        "told == Standing.Active && !account.isMet()",
        "told == Standing.Active",
        LEAVING,
        "test_WhoComesBackOnceItWasWrittenOff",
    ),
    Mutant("at-once", LEDGER, " && block.timestamp >= _leftAt[member] + writeOffDelay_s", "", LEAVING, "test_TheDelay"),
    Mutant(
        "vouchers-left-behind",
        LEDGER,
        "_vouchedFor[to] += _vouchedFor[from];",
        "",
        TRUST,
        "test_VouchesFollowTheirPeople",
    ),
    Mutant(
        "lends-what-he-is-owed",
        VOUCHING,
        "SignedMath.min(account.balance(), 0)",
        "account.balance()",
        TRUST,
        "test_WhatOneIsOwedIsNotLent",
    ),
    Mutant(
        "takes-back-what-is-used",
        VOUCHING,
        "require(amount <= _freeOf(_accounts[taker]), MutualCredit_VouchInUse(member));",
        "",
        TRUST,
        "test_AVouchIsTakenBack_AsFarAsItIsNotUsed",
    ),
    Mutant("rounded-down", VOUCHING, "Math.Rounding.Ceil", "Math.Rounding.Floor", TRUST, "test_WhoLeavesOwingBeyond"),
    Mutant(
        "vouchers-get-away",
        VOUCHING,
        "require(_vouchedFor[member] == 0, MutualCredit_VouchersFirst(_vouchedFor[member]));",
        "",
        LEAVING,
        "test_HerVouchersAreCalledFirst",
    ),
    Mutant(
        "a-new-start",
        VOUCHING,
        "account.withBalance(0).withLimits(0, account.ceiling())",
        "account.withBalance(0)",
        LEAVING,
        "test_WhoComesBackOnceItWasWrittenOff",
    ),
    Mutant(
        "more-credit-than-signed",
        CIRCLE,
        "require(credit_cents <= mostCredit_cents, MutualCredit_TooMuchCredit(credit_cents, mostCredit_cents));",
        "",
        MIXING,
        "test_NoMoreIsOwedThanSheAgreedTo",
    ),
    Mutant("entered-twice", CIRCLE, "_transfers[bankReference] = CLEARED;", "", BANK, "test_ATransferSettlesOnce"),
    Mutant("any-sum", CIRCLE, "require(sum == 0, MutualCredit_NotZeroSum(sum));", "", BANK, "test_LinesSumToZero"),
    Mutant(
        "a-nonce-twice",
        SLIPS,
        "require(!account.slipUsed(nonce), MutualCredit_SlipUsed(from, nonce));",
        "",
        SIGNED,
        "test_NoneServesTwice",
    ),
    Mutant(
        "a-slip-for-ever",
        SLIPS,
        "require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));",
        "",
        SIGNED,
        "test_NoneServesPastItsDeadline",
    ),
    Mutant(
        "counted-round",
        ACCOUNT,
        "account._with(EARNED_AT, sum < WORD ? sum : WORD)",
        "account._with(EARNED_AT, sum & WORD)",
        PAYING,
        "test_WhatSheEarnedIsCountedAsFarAs32BitsCount",
    ),
    *PROGRAMMES,
]

if __name__ == "__main__":
    raise SystemExit(main("currency", MUTANTS))
