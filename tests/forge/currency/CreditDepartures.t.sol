// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title Who leaves, comes back, changes keys or becomes something else: what becomes of what she owes
contract CreditDeparturesTest is MutualCreditFixture {
    function setUp() public {
        _found();
    }

    function test_WhatADepartedMemberOwesIsTheCommons_AfterTheDelay_InSightOfAll() public {
        _pays(lea, omar, 80_00);
        _isGone(lea);
        vm.warp(block.timestamp - 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotGone.selector, lea));
        circle.writeOff(lea);
        vm.warp(block.timestamp + 1);
        vm.expectEmit(address(circle));
        emit IMutualCredit.WrittenOff(lea, commons, -80_00);
        vm.prank(stranger);
        circle.writeOff(lea);
        assertEq(_balance(lea), 0);
        assertEq(_balance(commons), -80_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NothingOwed.selector, lea));
        circle.writeOff(lea);
    }

    function test_NobodyIsWrittenOffWhoIsThere() public {
        _pays(lea, omar, 80_00);
        vm.warp(block.timestamp + 2 * DELAY_S);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotGone.selector, lea));
        circle.writeOff(lea);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotGone.selector, stranger));
        circle.writeOff(stranger);
    }

    function test_HerVouchersAreCalledFirst() public {
        _vouches(marc, lea, 40_00);
        _pays(lea, omar, FLOOR + 40_00);
        _isGone(lea);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_VouchersFirst.selector, 40_00));
        circle.writeOff(lea);
        _calls(lea, marc);
        circle.writeOff(lea);
        assertEq(_balance(commons), -int256(uint256(FLOOR)));
    }

    function test_WhoLeft_SpendsWhatSheIsOwed_AndIsNeitherPaidNorOwesMore() public {
        _pays(omar, lea, 30_00);
        _isGone(lea);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, lea));
        _pays(omar, lea, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 30_01, 30_00));
        _pays(lea, marc, 30_01);
        _pays(lea, marc, 20_00);
        circle.writeOff(lea);
        assertEq(_balance(commons), 10_00, "what she left is everybody's");
    }

    function test_WhoComesBackInTime_GoesOnWithWhatSheHad() public {
        _pays(lea, omar, 80_00);
        _isGone(lea);
        _enrol(Kind.Citizen, lea);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotGone.selector, lea));
        circle.writeOff(lea);
        assertEq(_mostDebt(lea), FLOOR);
        _pays(lea, omar, 20_00);
        assertEq(_balance(lea), -100_00);
    }

    /// @dev Otherwise leaving and coming back would be a way to live on the commons.
    function test_WhoComesBackOnceItWasWrittenOff_OwesNothingUntilAnOfficerSaysSo() public {
        _pays(lea, omar, FLOOR);
        _isGone(lea);
        circle.writeOff(lea);
        _enrol(Kind.Citizen, lea);
        assertEq(_mostDebt(lea), 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        _pays(lea, omar, 1);
        _pays(omar, lea, 10_00);
        _limits(lea, FLOOR, CEILING);
        assertEq(_mostDebt(lea), FLOOR);
    }

    function test_TheDelayRunsFromHerLastDeparture() public {
        _pays(lea, omar, FLOOR);
        _isGone(lea);
        _enrol(Kind.Citizen, lea);
        _leaves(lea);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotGone.selector, lea));
        circle.writeOff(lea);
        assertEq(circle.memberOf(lea).leftAt, block.timestamp);
    }

    function test_WhoBecomesWhatTheCircleDoesNotTake_HasLeftIt() public {
        _pays(lea, omar, 80_00);
        _isGone(lea);
        uint256 leftAt = block.timestamp - DELAY_S;
        _enrol(Kind.PublicBody, lea);
        assertEq(uint8(circle.memberOf(lea).standing), uint8(Standing.Left));
        assertEq(circle.memberOf(lea).leftAt, leftAt);
        circle.writeOff(lea);
        assertEq(_balance(commons), -80_00);
    }

    function test_ADefaultIsGivenOnce_ThoughAnAddressWasProposedAndWithdrawnAsANewKeyMeanwhile() public {
        _pays(lea, omar, FLOOR);
        _isGone(lea);
        circle.writeOff(lea);
        vm.startPrank(registrar);
        residents.proposeRecovery(marc, lea, "request");
        assertEq(uint8(circle.memberOf(lea).standing), uint8(Standing.Awaiting));
        residents.withdrawRecovery(marc);
        vm.stopPrank();
        assertEq(uint8(circle.memberOf(lea).standing), uint8(Standing.Left));
        _enrol(Kind.Citizen, lea);
        assertEq(_mostDebt(lea), 0);
    }

    function test_ANewKeyTakesOverDebtLimitsAndGrowth_AndTheOldOneIsNobodys() public {
        _limits(lea, 70_00, 80_00);
        _pays(omar, lea, 20_00);
        _pays(lea, omar, 60_00);
        (address key,) = makeAddrAndKey("lea again");
        vm.prank(registrar);
        residents.proposeRecovery(lea, key, "request");
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        vm.expectEmit(address(circle));
        emit IMutualCredit.CreditMoved(lea, key, -40_00);
        residents.recover(lea);
        IMutualCredit.CreditMember memory member = circle.memberOf(lea);
        assertEq(abi.encode(member), abi.encode(circle.memberOf(key)), "under either name");
        assertEq(member.balance, -40_00);
        assertEq(member.mostDebt, 72_00);
        assertEq(member.ceiling, 80_00);
        assertEq(member.earned, 20_00);
        assertEq(uint8(member.standing), uint8(Standing.Active));
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        _pays(lea, omar, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, lea));
        _pays(omar, lea, 1);
        _pays(key, omar, 32_00);
    }

    function test_ANewKeyThatLeftOwing_OwesBoth() public {
        _pays(marc, omar, 30_00);
        _isGone(marc);
        _pays(lea, omar, 80_00);
        vm.prank(registrar);
        residents.proposeRecovery(lea, marc, "request");
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(lea);
        assertEq(_balance(marc), -110_00);
        assertEq(_mostDebt(marc), FLOOR);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, marc, 1, 0));
        _pays(marc, omar, 1);
    }

    function test_WhoIsNoMemberChangesKeysWithoutATrace() public {
        address hall = makeAddr("hall");
        _enrol(Kind.PublicBody, hall);
        address key = _recovered(hall, "hall again");
        assertEq(uint8(circle.memberOf(hall).standing), uint8(Standing.None));
        assertEq(uint8(circle.memberOf(key).standing), uint8(Standing.None));
    }

    function test_TheCommonsBearsUnderItsKeyInForce() public {
        _pays(lea, omar, 80_00);
        _isGone(lea);
        vm.prank(registrar);
        residents.proposeRecovery(commons, makeAddr("commons again"), "request");
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(commons);
        circle.writeOff(lea);
        assertEq(_balance(makeAddr("commons again")), -80_00);
    }

    function test_NothingIsWrittenOffToACommonsThatTheCircleWasNotToldOf() public {
        IMutualCredit.Charter memory charter = _charter();
        charter.commons = makeAddr("nobody");
        circle = _circle(charter);
        _enrol(Kind.Citizen, stranger);
        address guest = makeAddr("guest");
        _enrol(Kind.Citizen, guest);
        _pays(stranger, guest, 10_00);
        _isGone(stranger);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotAMember.selector, makeAddr("nobody")));
        circle.writeOff(stranger);
    }

    function test_WhoWasThereBeforeTheCircleIsToldOfToIt_AndThenTrades() public {
        IMutualCredit.Charter memory charter = _charter();
        circle = _circle(charter);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        _pays(lea, omar, 1);
        address[] memory members = new address[](2);
        (members[0], members[1]) = (lea, omar);
        vm.prank(stranger);
        residents.inform(circle, members);
        _pays(lea, omar, FLOOR);
        residents.inform(circle, members);
        assertEq(_balance(lea), -int256(uint256(FLOOR)), "and again changes nothing");
    }
}
