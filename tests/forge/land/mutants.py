"""Remove the land's checks one at a time, in a copy of the project, and see the named test fail each time.

Usage: python tests/forge/land/mutants.py [name …]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.forge.mutation import Mutant, main

SALE, EXITS, MONEY = "Conveyance", "ConveyanceExits", "HostileMoney"
SIGNATURES, SILENCE, VECTORS, WALK = "LandSignatures", "LandSilence", "LandVectors", "LandInvariants"
ACTS = "LandActs"
CONCURRENCE = "LandConcurrence"

MUTANTS = [
    Mutant(
        "left-terms",
        "Conveyance",
        "!_left[sale][termsHash] && terms.title",
        "terms.title",
        SIGNATURES,
        "test_TermsThatWereLeft",
    ),
    Mutant(
        "purged",
        "Conveyance",
        "require(planning.isPurged(terms.title, current.termsHash), Conveyance_NotPurged(current.termsHash));",
        "",
        EXITS,
        "test_InAZoneNothingSettles",
    ),
    Mutant(
        "retraction",
        "Conveyance",
        "require(block.timestamp > terms.retractUntil, Conveyance_TooEarly(terms.retractUntil));",
        "",
        EXITS,
        "test_NothingSettlesBefore",
    ),
    Mutant(
        "funded",
        "Conveyance",
        "require(current.escrow_cents == due_cents, Conveyance_NotFunded(current.escrow_cents, due_cents));",
        "",
        EXITS,
        "test_NothingSettlesPast",
    ),
    Mutant(
        "consent-of-creditors",
        "Conveyance",
        "if (payoff.paid_cents != list[rank].amount_cents) consents |= 1 << rank;",
        "",
        SALE,
        "test_ACreditorPaidShort",
    ),
    Mutant(
        "lender-signs",
        "Conveyance",
        "if (terms.loan.lender != address(0)) _requirePartySigned(terms.loan.lender, digest, signatures[n++]);",
        "if (terms.loan.lender != address(0)) ++n;",
        SIGNATURES,
        "test_TheLenderSigns",
    ),
    Mutant(
        "expire-in-time",
        "Conveyance",
        "require(block.timestamp > deadline, Conveyance_TooEarly(deadline));",
        "",
        SILENCE,
        "test_AgreedWhenNobodyPays",
    ),
    Mutant(
        "conditions-expire",
        "Conveyance",
        "else if (current.pending != 0) deadline = current.conditionsBy;",
        "",
        SILENCE,
        "test_DepositedWhenOneCondition",
    ),
    Mutant("pro-rata", "Conveyance", "paid_cents = upTo_cents;", "", VECTORS, "test_SellersArePaid"),
    Mutant(
        "refund-once",
        "Escrow",
        "_shares[sale][payer].paid_cents = 0;",
        "",
        EXITS,
        "test_ABuyerRetractsByASlip",
    ),
    Mutant(
        "slip-for-one-sale",
        "../currency/Till",
        "keccak256(abi.encode(purpose, uint256(salt) >> 8))",
        "keccak256(abi.encode(uint256(salt) >> 8))",
        EXITS,
        "test_ABuyerFundsByASlip",
    ),
    Mutant("false-is-no-payment", "../currency/Till", "eq(mload(0x00), 1)", "1", MONEY, "test_APayeeWhosePaymentFails"),
    Mutant(
        "pledged",
        "Escrow",
        "share.paid_cents <= share.pledged_cents, Conveyance_NotPledged",
        "true, Conveyance_NotPledged",
        SALE,
        "test_AnAmendmentLeavesNobody",
    ),
    Mutant(
        "same-person",
        "Concurrence",
        "if (inOffice && given.by != actor)",
        "if (inOffice)",
        CONCURRENCE,
        "test_OnePersonInBothOffices",
    ),
    Mutant("attested-once", "Concurrence", "delete places[place];", "", CONCURRENCE, "test_AnAttestationServesOnce"),
    Mutant(
        "stale",
        "LandRegister",
        "require(title.version == version, LandRegister_Stale(id, title.version));",
        "",
        ACTS,
        "test_AnActForAnEarlierState",
    ),
    Mutant(
        "id-used",
        "LandRegister",
        "require(_titles[parcel.id].flags == 0, LandRegister_IdUsed(parcel.id));",
        "require(_titles[parcel.id].flags & LIVE == 0, LandRegister_IdUsed(parcel.id));",
        ACTS,
        "test_SolaRetiredParcels",
    ),
    Mutant(
        "burdens-carried",
        "LandRegister",
        "_copyBurdens(id, parent, children[i].id, child);",
        "",
        WALK,
        "test_ALongWalk",
    ),
    Mutant("use-of-it-all", "TitleLedger", "bare == whole && use == whole", "bare == whole", ACTS, "test_SolaShares"),
    Mutant(
        "caveat",
        "TitleLedger",
        "require(!barred, LandRegister_Caveat(id, documentHash));",
        "",
        ACTS,
        "test_SolaCaveat",
    ),
    Mutant(
        "shared-charge-ends",
        "Charges",
        "else if (_placeOf(id, rank, charge.number).creditor == address(0)) delete _shared[charge.number];",
        "",
        "Charges",
        "test_ADividedCharge",
    ),
    Mutant("next-rank", "Charges", "_requireNext(list, rank, junior);", "", "Charges", "test_RankIsNotCeded"),
    Mutant(
        "window",
        "Planning",
        "require(block.timestamp <= declaration.answerBy, Planning_TooLate(declaration.answerBy));",
        "",
        "Planning",
        "test_PreEmptionExistsOnlyInItsWindow",
    ),
    Mutant(
        "bill-once",
        "LandTax",
        "require(!_paid[receipt], LandTax_AlreadyPaid(receipt));",
        "",
        "LandTax",
        "test_ABillOnTheRoll",
    ),
]


if __name__ == "__main__":
    sys.exit(main("land", MUTANTS))
