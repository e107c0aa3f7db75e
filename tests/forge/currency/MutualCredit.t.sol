// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {MutualCredit} from "contracts/currency/MutualCredit.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title Paying by owing, within limits that an officer sets and sales let grow
contract MutualCreditTest is MutualCreditFixture {
    function setUp() public {
        _found();
    }

    function test_AFirstTradeWorks_AndItsAmountIsOwedAndDue() public {
        vm.expectEmit(address(circle));
        emit IMutualCredit.CreditPaid(lea, omar, 30_00, "invoice");
        _pays(lea, omar, 30_00);
        assertEq(_balance(lea), -30_00);
        assertEq(_balance(omar), 30_00);
        assertEq(circle.memberOf(omar).earned, 30_00);
        assertEq(circle.memberOf(lea).earned, 0);
    }

    function test_NothingIsPaid_NorOneself() public {
        vm.expectRevert(IMutualCredit.MutualCredit_NoAmount.selector);
        _pays(lea, omar, 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_Oneself.selector, lea));
        _pays(lea, lea, 1);
    }

    function test_NobodyOwesMoreThanSheMay() public {
        _pays(lea, omar, FLOOR - 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 2, 1));
        _pays(lea, omar, 2);
        vm.expectRevert(
            abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, type(uint256).max, 1)
        );
        _pays(lea, omar, type(uint256).max);
        _pays(lea, omar, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, stranger, 1, 0));
        _pays(stranger, omar, 1);
    }

    function test_NobodyIsOwedMoreThanSheMay() public {
        _limits(omar, 0, 50_00);
        _pays(lea, omar, 50_00 - 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_AboveCeiling.selector, omar, 2, 1));
        _pays(lea, omar, 2);
        _pays(lea, omar, 1);
    }

    function testFuzz_AfterAPaymentBothAreWithinTheirLimits(uint32 floor, uint32 ceiling, uint256 first, uint256 amount)
        public
    {
        _limits(lea, floor, type(uint32).max);
        _limits(omar, 0, ceiling);
        uint256 most = floor < ceiling ? floor : ceiling;
        if (most == 0) return;
        first = bound(first, 1, most);
        _pays(lea, omar, first);
        amount = bound(amount, 1, 2 * uint256(type(uint32).max));
        bool isBelow = first + amount > floor;
        bool isAbove = first + amount > ceiling;
        vm.prank(lea);
        (bool paid,) = address(circle).call(abi.encodeCall(circle.pay, (omar, amount, "invoice")));
        assertEq(paid, !isBelow && !isAbove);
        assertEq(_balance(lea) + _balance(omar), 0);
        assertGe(_balance(lea), -int256(uint256(floor)));
        assertLe(_balance(omar), int256(uint256(ceiling)));
    }

    function test_OnlyActiveMembersArePaid() public {
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, stranger));
        _pays(lea, stranger, 1);
        address hall = makeAddr("hall");
        _enrol(Kind.PublicBody, hall);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, hall));
        _pays(lea, hall, 1);
        vm.prank(registrar);
        residents.suspend(omar, "decision");
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, omar));
        _pays(lea, omar, 1);
    }

    function test_WhoIsSuspendedSpendsWhatSheIsOwed_AndOwesNothingMore() public {
        _pays(omar, lea, 10_00);
        vm.prank(registrar);
        residents.suspend(lea, "decision");
        assertEq(_mostDebt(lea), 0);
        _pays(lea, omar, 10_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        _pays(lea, omar, 1);
        vm.prank(registrar);
        residents.reinstate(lea, "decision");
        _pays(lea, omar, FLOOR);
    }

    function test_WhatSheEarnedLetsHerOweMore_UpToTheCap_RoundedDown() public {
        _pays(lea, omar, 99);
        assertEq(_mostDebt(omar), FLOOR + 9);
        _pays(marc, omar, 1);
        assertEq(_mostDebt(omar), FLOOR + 10);
        _limits(nora, 400_00, 400_00);
        _pays(nora, omar, 400_00);
        assertEq(_mostDebt(omar), FLOOR + MOST_GROWTH);
        assertEq(_mostDebt(nora), 400_00, "nor does she grow who pays");
        _limits(lea, 0, 1_000_00);
        _pays(omar, lea, 401_00 + FLOOR + MOST_GROWTH);
        assertEq(_balance(omar), -int256(uint256(FLOOR + MOST_GROWTH)));
    }

    function test_WhatSheEarnedIsCountedAsFarAs32BitsCount() public {
        _limits(lea, type(uint32).max, type(uint32).max);
        _limits(omar, type(uint32).max, type(uint32).max);
        _pays(lea, omar, type(uint32).max);
        _pays(omar, lea, type(uint32).max);
        _pays(lea, omar, 5);
        assertEq(circle.memberOf(omar).earned, type(uint32).max);
        assertEq(circle.memberOf(omar).floor, type(uint32).max);
        assertEq(_balance(omar), 5);
    }

    /// @dev The attack that users of the field name: two accounts, no goods.
    function test_TwoWhoTradeInCirclesGrowNoFurtherThanTheCap_AndAnOfficerTakesItBack() public {
        for (uint256 i; i < 20; ++i) {
            _pays(lea, marc, FLOOR);
            _pays(marc, lea, FLOOR);
        }
        assertEq(_mostDebt(lea), FLOOR + MOST_GROWTH);
        assertEq(_mostDebt(marc), FLOOR + MOST_GROWTH);
        _limits(lea, FLOOR / 2, CEILING);
        assertEq(_mostDebt(lea), FLOOR / 2);
        assertEq(circle.memberOf(lea).earned, 0);
    }

    function test_AtFourFifthsOfALimitItIsTold_Once() public {
        _limits(omar, 0, 100_00);
        _pays(lea, omar, 79_99);
        vm.expectEmit(address(circle));
        emit IMutualCredit.FloorNear(lea, 80_00, FLOOR);
        vm.expectEmit(address(circle));
        emit IMutualCredit.CeilingNear(omar, 80_00, 100_00);
        _pays(lea, omar, 1);
        vm.recordLogs();
        _pays(lea, omar, 1);
        assertEq(vm.getRecordedLogs().length, 1, "once");
        _pays(omar, lea, 80_00);
        vm.recordLogs();
        _pays(lea, omar, 79_99);
        assertEq(vm.getRecordedLogs().length, 2, "and the payee again, while the payer's limit grew");
    }

    function test_ALimitCutBelowABalanceBlocksOnlyWhatWorsensIt() public {
        _pays(lea, omar, 90_00);
        _limits(lea, 40_00, CEILING);
        _limits(omar, 0, 40_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        _pays(lea, marc, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_AboveCeiling.selector, omar, 1, 0));
        _pays(marc, omar, 1);
        _pays(omar, lea, 10_00);
        assertEq(_balance(lea), -80_00);
        assertEq(_balance(omar), 80_00);
    }

    function test_LimitsAreSetByTheTreasurerAlone() public {
        address[] memory all = _everybody();
        for (uint256 i; i < all.length; ++i) {
            if (all[i] == treasurer) continue;
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, all[i]));
            vm.prank(all[i]);
            circle.setLimits(_oneLimit(lea, 1, 1));
        }
        vm.expectEmit(address(circle));
        emit IMutualCredit.LimitsSet(lea, 1, 2);
        _limits(lea, 1, 2);
        assertEq(circle.memberOf(lea).floor, 1);
        assertEq(circle.memberOf(lea).ceiling, 2);
    }

    function test_NoFloorIsAboveItsCeiling_NorAnyLimitAStrangers() public {
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_FloorAboveCeiling.selector, lea));
        _limits(lea, 2, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, stranger));
        _limits(stranger, 1, 1);
        vm.prank(registrar);
        residents.suspend(lea, "decision");
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, lea));
        _limits(lea, 1, 1);
    }

    function test_ACharterIsSound() public {
        IMutualCredit.Charter memory charter = _charter();
        charter.commons = address(0);
        _refusesCharter(charter);
        charter = _charter();
        charter.floor = charter.ceiling + 1;
        _refusesCharter(charter);
        charter = _charter();
        charter.growth_bps = 10_001;
        _refusesCharter(charter);
        charter = _charter();
        charter.writeOffDelay_s = 1 days - 1;
        _refusesCharter(charter);
        charter.writeOffDelay_s = 1 days;
        charter.growth_bps = 10_000;
        charter.floor = charter.ceiling;
        assertEq(_circle(charter).writeOffDelay_s(), 1 days);
    }

    function test_ACircleTellsItsCharter() public {
        assertEq(circle.name(), NAME);
        assertEq(address(circle.residents()), address(residents));
        assertEq(address(circle.currency()), address(currency));
        assertEq(circle.commons(), commons);
        assertEq(circle.writeOffDelay_s(), DELAY_S);
        assertFalse(circle.isCleared());
        (uint32 floor, uint32 ceiling, uint16 growth_bps, uint32 mostGrowth, uint8 kinds) = circle.limitRule();
        assertEq(
            abi.encode(floor, ceiling, growth_bps, mostGrowth), abi.encode(FLOOR, CEILING, GROWTH_BPS, MOST_GROWTH)
        );
        assertEq(kinds, 1 << uint8(Kind.Citizen) | 1 << uint8(Kind.Professional) | 1 << uint8(Kind.Commons));
        IMutualCredit.Charter memory charter = _charter();
        charter.memberKinds = type(uint8).max;
        (,,,, kinds) = _circle(charter).limitRule();
        assertEq(kinds & (1 << uint8(Kind.Institution)), 0, "an institution owes nothing of its own");
        assertEq(kinds & 1, 0, "nor does nobody");
    }

    function test_OnlyTheRegisterTellsWhoIsAMember() public {
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_OnlyResidents.selector, stranger));
        vm.prank(stranger);
        circle.follow(_one(stranger), Kind.Citizen, Standing.Active);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_OnlyResidents.selector, registrar));
        vm.prank(registrar);
        circle.move(lea, registrar);
    }

    function test_TwoCirclesOfOneTownKnowNothingOfEachOther() public {
        IMutualCredit.Charter memory charter = _charter();
        charter.name = "Minutes";
        MutualCredit other = _circle(charter);
        address[] memory members = new address[](2);
        (members[0], members[1]) = (lea, omar);
        residents.inform(other, members);
        _pays(lea, omar, 30_00);
        assertEq(other.memberOf(lea).balance, 0);
        vm.prank(lea);
        other.pay(omar, FLOOR, "lesson");
        assertEq(_balance(lea), -30_00);
    }

    function _refusesCharter(IMutualCredit.Charter memory charter) private {
        vm.expectRevert(IMutualCredit.MutualCredit_InvalidCharter.selector);
        this.create("MutualCredit.sol:MutualCredit", abi.encode(charter));
    }
}
