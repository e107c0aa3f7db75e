// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {ISeizures, SeizureStage} from "contracts/currency/interfaces/ISeizures.sol";
import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title What a court seizes, and what stops it
contract SeizuresTest is TownFixture {
    bytes32 private constant ORDER = keccak256("order");
    bytes32 private constant GROUND = keccak256("ground");
    address private debtor = makeAddr("debtor");
    address private creditor = makeAddr("creditor");
    address private newKey = makeAddr("new key");

    function setUp() public {
        _foundTownWithMoney(0);
        _enrol(Kind.Professional, debtor);
        _enrol(Kind.Citizen, creditor);
        vm.prank(auditor);
        currency.attestReserve(1_000_00, "statement");
        vm.prank(treasurer);
        currency.issue(debtor, 500_00, "receipt");
    }

    function test_WhenItsTimeHasCome_AnyoneHasTheSeizureCarriedOut() external {
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureAnnounced(1, debtor, creditor, 200_00, _due(), ORDER);
        uint256 seizure = _seize(200_00);
        _wait(SEIZURE_DELAY_S);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureCarriedOut(seizure, debtor, creditor, 200_00);
        vm.prank(stranger);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(debtor), 300_00);
        assertEq(currency.balanceOf(creditor), 200_00);
        assertFalse(_isFrozen(debtor), "what is left stayed frozen");
        _expectNone(seizure);
        currency.carryOutSeizure(seizure);
    }

    function test_ASecondEarlierNothingMoves() external {
        uint256 seizure = _seize(200_00);
        uint256 due = block.timestamp + SEIZURE_DELAY_S;
        _wait(SEIZURE_DELAY_S - 1);
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_SeizureTooEarly.selector, seizure, due));
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(debtor), 500_00);
    }

    function test_WhenTheAccountHasLess_AllOfItIsTakenAndNoMore() external {
        uint256 seizure = _seize(900_00);
        _wait(SEIZURE_DELAY_S);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(debtor), 0);
        assertEq(currency.balanceOf(creditor), 500_00);
    }

    function test_MeanwhileTheAccountNeitherSpendsNorReceives() external {
        _seize(200_00);
        assertTrue(_isFrozen(debtor));
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, debtor));
        vm.prank(debtor);
        currency.transfer(creditor, 1);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, debtor));
        vm.prank(treasurer);
        currency.issue(debtor, 1, "another receipt");
    }

    function test_ASeizureIsSuspendedOnceAndADMINsDecisionBeginsItsDelayAnew() external {
        uint256 seizure = _seize(200_00);
        _wait(SEIZURE_DELAY_S);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureSuspended(seizure, GROUND);
        vm.prank(guardian);
        currency.suspendSeizure(seizure, GROUND);
        _expectStands(seizure, SeizureStage.Suspended);
        currency.carryOutSeizure(seizure);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureResumed(seizure, _due(), GROUND);
        vm.prank(mayor);
        currency.resumeSeizure(seizure, GROUND);
        _expectStands(seizure, SeizureStage.Resumed);
        vm.prank(guardian);
        currency.suspendSeizure(seizure, GROUND);
        _wait(SEIZURE_DELAY_S - 1);
        vm.expectPartialRevert(ISeizures.LocalCurrency_SeizureTooEarly.selector);
        currency.carryOutSeizure(seizure);
        _wait(1);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(creditor), 200_00);
    }

    function test_ADMINAnnulsWhatIsSuspendedAndNothingElse() external {
        uint256 seizure = _seize(200_00);
        _expectStands(seizure, SeizureStage.Announced);
        vm.prank(mayor);
        currency.annulSeizure(seizure, GROUND);
        _expectStands(seizure, SeizureStage.Announced);
        vm.prank(mayor);
        currency.resumeSeizure(seizure, GROUND);
        vm.prank(guardian);
        currency.suspendSeizure(seizure, GROUND);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureAnnulled(seizure, GROUND);
        vm.prank(mayor);
        currency.annulSeizure(seizure, GROUND);
        assertEq(currency.balanceOf(debtor), 500_00);
        assertFalse(_isFrozen(debtor));
    }

    function test_TheCourtTakesItsOrderBackAtAnyStage() external {
        uint256 seizure = _seize(200_00);
        vm.prank(guardian);
        currency.suspendSeizure(seizure, GROUND);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureWithdrawn(seizure, ORDER);
        vm.prank(court);
        currency.withdrawSeizure(seizure, ORDER);
        assertFalse(_isFrozen(debtor));
        assertEq(_seize(100_00), seizure + 1, "ended, it bars the next");
    }

    function test_WhatNobodyCarriesOutAndWhatNobodyDecidesLapses() external {
        uint256 undone = _seize(200_00);
        uint256 lapsesAt = _due() + SEIZURE_LAPSE_S;
        vm.warp(lapsesAt - 1);
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_SeizureTooEarly.selector, undone, lapsesAt));
        currency.lapseSeizure(undone);
        vm.warp(lapsesAt);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureLapsed(undone);
        vm.prank(stranger);
        currency.lapseSeizure(undone);
        uint256 undecided = _seize(200_00);
        vm.prank(guardian);
        currency.suspendSeizure(undecided, GROUND);
        _wait(SEIZURE_LAPSE_S);
        currency.lapseSeizure(undecided);
        assertFalse(_isFrozen(debtor));
        assertEq(currency.balanceOf(debtor), 500_00);
    }

    function test_AnAccountIsSeizedOnceAtATimeAndFrozenBesideIt() external {
        uint256 seizure = _seize(200_00);
        vm.startPrank(court);
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_SeizurePending.selector, debtor));
        currency.seize(debtor, creditor, 1, ORDER);
        currency.freeze(debtor, ORDER);
        vm.stopPrank();
        _wait(SEIZURE_DELAY_S);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(debtor), 300_00, "a freeze held a seizure up");
        assertTrue(_isFrozen(debtor), "a seizure ended another order's freeze");
        _seize(1_00);
        vm.prank(court);
        currency.unfreeze(debtor, ORDER);
        assertTrue(_isFrozen(debtor), "an unfreezing ended a seizure");
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_FreezeUnchanged.selector, debtor, false));
        vm.prank(court);
        currency.unfreeze(debtor, ORDER);
    }

    function test_WhatCannotBeSeizedIsRefused() external {
        vm.startPrank(court);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_CommonsMustReceive.selector, commons));
        currency.seize(commons, creditor, 1, ORDER);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_NotRegistered.selector, stranger));
        currency.seize(debtor, stranger, 1, ORDER);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_TooLarge.selector, 1 << 80));
        currency.seize(debtor, creditor, 1 << 80, ORDER);
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_NothingToSeize.selector, debtor));
        currency.seize(debtor, creditor, 0, ORDER);
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_NothingToSeize.selector, debtor));
        currency.seize(debtor, debtor, 1, ORDER);
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_NothingToSeize.selector, creditor));
        currency.seize(creditor, debtor, 1, ORDER);
    }

    function test_WhatAnInstitutionHoldsForOthersIsNotSeized() external {
        address escrow = makeAddr("escrow");
        vm.etch(escrow, hex"00");
        _enrolInstitution(escrow);
        bytes memory never = abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Institution.selector, escrow);
        vm.startPrank(court);
        vm.expectRevert(never);
        currency.seize(escrow, creditor, 1, "order");
        vm.expectRevert(never);
        currency.seize(debtor, escrow, 1, "order");
    }

    /// @dev The town's file tells the address of a contract to come; a court may order anything of an address.
    function test_WhatACourtOrderedOfAnAddressBeforeItWasAnInstitution_ReachesNoMoneyOfOthers() external {
        address escrow = makeAddr("escrow");
        _enrol(Kind.Professional, escrow);
        vm.prank(debtor);
        currency.transfer(escrow, 1_00);
        vm.startPrank(court);
        currency.freeze(escrow, ORDER);
        uint256 seizure = currency.seize(escrow, creditor, 500_00, ORDER);
        vm.stopPrank();
        vm.etch(escrow, hex"00");
        _enrolInstitution(escrow);
        assertFalse(_isFrozen(escrow));

        vm.prank(debtor);
        currency.approve(escrow, 100_00);
        vm.startPrank(escrow);
        currency.transferFrom(debtor, escrow, 100_00);
        currency.transfer(creditor, 60_00);
        vm.stopPrank();
        _wait(SEIZURE_DELAY_S);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureCarriedOut(seizure, escrow, creditor, 0);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(escrow), 41_00);
        assertFalse(_isFrozen(escrow));
    }

    function test_ASeizureFollowsARecoveredKeyOnBothSides() external {
        uint256 seizure = _seize(200_00);
        address creditorsKey = makeAddr("creditor's new key");
        vm.startPrank(registrar);
        residents.proposeRecovery(debtor, newKey, ORDER);
        residents.proposeRecovery(creditor, creditorsKey, ORDER);
        vm.stopPrank();
        _wait(SEIZURE_DELAY_S);
        residents.recover(debtor);
        residents.recover(creditor);
        assertTrue(_isFrozen(newKey), "a recovery took the money out of a seizure");
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_SeizurePending.selector, newKey));
        vm.prank(court);
        currency.seize(newKey, creditorsKey, 1, ORDER);
        vm.expectEmit(address(currency));
        emit ISeizures.SeizureCarriedOut(seizure, newKey, creditorsKey, 200_00);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(newKey), 300_00);
        assertEq(currency.balanceOf(creditorsKey), 200_00);
    }

    function test_WhenWhoIsSeizedLeavesWithSmallChange_TheSeizureGoesOn() external {
        vm.prank(debtor);
        currency.transfer(creditor, 499_50);
        uint256 seizure = _seize(20);
        vm.prank(registrar);
        residents.depart(debtor);
        _wait(SEIZURE_DELAY_S);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(debtor), 30);
    }

    function test_WhenTheCreditorMayNotReceive_TheSeizureWaitsAndTheCourtMayWithdrawIt() external {
        uint256 seizure = _seize(200_00);
        _wait(SEIZURE_DELAY_S);
        vm.prank(registrar);
        residents.suspend(creditor, ORDER);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Suspended.selector, creditor));
        currency.carryOutSeizure(seizure);
        assertTrue(_isFrozen(debtor));
        vm.prank(court);
        currency.withdrawSeizure(seizure, ORDER);
    }

    function test_APauseStopsTheCarryingOutAndNotTheOrder() external {
        vm.prank(guardian);
        currency.pause{value: 1}();
        uint256 seizure = _seize(200_00);
        _wait(SEIZURE_DELAY_S);
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        currency.carryOutSeizure(seizure);
        vm.prank(guardian);
        currency.resume();
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(creditor), 200_00);
    }

    function test_ACharterWithLessThanADayBetweenOrderAndSeizureIsRefused() external {
        ILocalCurrency.Charter memory charter = ILocalCurrency.Charter({
            name: "Hasty",
            symbol: "HST",
            authority: address(town),
            residents: IResidents(address(residents)),
            commons: commons,
            redeemableKinds: 0,
            redemptionFee_bps: 0,
            leastRedemption_cents: 0,
            keptPerDay: 0,
            seizureDelay_s: 1 days - 1,
            predecessor: ILocalCurrency(address(0))
        });
        vm.expectRevert(ILocalCurrency.LocalCurrency_InvalidCharter.selector);
        this.create("LocalCurrency.sol:LocalCurrency", abi.encode(charter));
    }

    function _seize(uint256 amount_cents) private returns (uint256) {
        vm.prank(court);
        return currency.seize(debtor, creditor, amount_cents, ORDER);
    }

    function _wait(uint256 seconds_) private {
        vm.warp(block.timestamp + seconds_);
    }

    function _expectNone(uint256 seizure) private {
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_NoSeizure.selector, seizure));
    }

    function _expectStands(uint256 seizure, SeizureStage stage) private {
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_SeizureStands.selector, seizure, stage));
    }

    function _due() private view returns (uint64) {
        return uint64(block.timestamp) + SEIZURE_DELAY_S;
    }

    function _isFrozen(address account) private view returns (bool frozen) {
        (,,, frozen,) = currency.accountOf(account);
    }
}

/// @title Demurrage stops while an account is seized
contract SeizuresOfMeltingMoneyTest is TownFixture {
    function test_WhatIsSeizedDoesNotMelt() external {
        _foundTownWithMoney(SEVEN_PERCENT);
        (address debtor, address creditor) = (makeAddr("debtor"), makeAddr("creditor"));
        _enrol(Kind.Citizen, debtor);
        _enrol(Kind.Citizen, creditor);
        vm.prank(auditor);
        currency.attestReserve(1_000_00, "statement");
        vm.prank(treasurer);
        currency.issue(debtor, 1_000_00, "receipt");
        vm.warp(block.timestamp + 100 days);
        uint256 before_cents = currency.balanceOf(debtor);
        vm.prank(court);
        uint256 seizure = currency.seize(debtor, creditor, 1_000_00, "order");
        vm.warp(block.timestamp + SEIZURE_DELAY_S);
        assertEq(currency.balanceOf(debtor), before_cents);
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(creditor), before_cents);
        assertEq(currency.balanceOf(commons), 1_000_00 - before_cents);
    }
}

/// @title A register that names a new key before the money has moved there
contract SeizuresElsewhereTest is TownFixture {
    function test_WhenTheMoneyHasNotFollowedTheKey_TheSeizureWaits() external {
        _foundTownWithMoney(0);
        (address debtor, address creditor) = (makeAddr("debtor"), makeAddr("creditor"));
        _enrol(Kind.Citizen, debtor);
        _enrol(Kind.Citizen, creditor);
        vm.prank(auditor);
        currency.attestReserve(1_00, "statement");
        vm.prank(treasurer);
        currency.issue(debtor, 1_00, "receipt");
        vm.prank(court);
        uint256 seizure = currency.seize(debtor, creditor, 1_00, "order");
        vm.warp(block.timestamp + SEIZURE_DELAY_S);
        address newKey = makeAddr("new key");
        vm.mockCall(address(residents), abi.encodeCall(IResidents.currentKeyOf, (debtor)), abi.encode(newKey));
        vm.expectRevert(abi.encodeWithSelector(ISeizures.LocalCurrency_SeizedElsewhere.selector, newKey));
        currency.carryOutSeizure(seizure);
        assertEq(currency.balanceOf(debtor), 1_00);
    }
}
