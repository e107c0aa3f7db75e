// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";

/// @title What is refunded and to whom, and what is granted beyond the roll
contract ProgrammeRefundsTest is ProgrammesFixture {
    function setUp() public {
        _foundAid();
    }

    function test_WhileThePeriodRuns_TheHolderIsGivenBackWhatSheSpent() public {
        IProgrammes.Spend memory spend = _spend(amal, grocer, 60_00, 0);
        vm.expectEmit(address(programmes));
        emit IProgrammes.UnitsRefunded(programme, amal, grocer, 25_00, true);
        _refund(spend, 25_00);
        assertEq(_holder(amal).spent, 35_00);
        assertEq(_books().refunded, 25_00);
        assertEq(_books().left, ANNOUNCED - 35_00);
        assertEq(currency.balanceOf(grocer), POCKET + 35_00);
        assertEq(programmes.refundedOf(programmes.hashSpend(programme, spend)), 25_00);
        _spend(amal, grocer, 65_00, 1);
    }

    function test_OnceThePeriodIsOver_TheBudgetIsGivenBackWhatWasSpent() public {
        IProgrammes.Spend memory spend = _spend(amal, grocer, 60_00, 0);
        vm.warp(FOUNDED_AT + PERIOD_S);
        vm.expectEmit(address(programmes));
        emit IProgrammes.UnitsRefunded(programme, amal, grocer, 25_00, false);
        _refund(spend, 25_00);
        assertEq(_holder(amal).spent, 60_00, "her last period is over");
        _spend(amal, grocer, 100_00, 1);
        _refund(spend, 35_00);
        assertEq(_holder(amal).spent, 100_00, "nor is this one's allowance more");
        assertEq(_books().left, ANNOUNCED - 100_00);
    }

    function test_OnceTheProgrammeIsOver_WhatIsRefundedIsReclaimedToo() public {
        IProgrammes.Spend memory spend = _spend(amal, grocer, 60_00, 0);
        vm.warp(_endsAt());
        programmes.reclaim(programme);
        _refund(spend, 60_00);
        programmes.reclaim(programme);
        assertEq(currency.balanceOf(sponsor), POCKET);
    }

    function test_WhatAVoidedKeySpentGoesToTheBudget() public {
        IProgrammes.Spend memory spend = _spend(amal, grocer, 60_00, 0);
        vm.prank(sponsor);
        programmes.void(programme, amal);
        vm.expectEmit(address(programmes));
        emit IProgrammes.UnitsRefunded(programme, amal, grocer, 60_00, false);
        _refund(spend, 60_00);
    }

    function test_MoreThanASpendIsNotRefunded_NorTheSameTwice() public {
        IProgrammes.Spend memory spend = _spend(amal, grocer, 60_00, 0);
        _spend(amal, grocer, 40_00, 1);
        _refusesRefund(spend, 60_01, abi.encodeWithSelector(IProgrammes.Programmes_RefundExceeds.selector, 60_00));
        _refund(spend, 50_00);
        _refusesRefund(spend, 10_01, abi.encodeWithSelector(IProgrammes.Programmes_RefundExceeds.selector, 10_00));
        _refusesRefund(spend, 0, abi.encodeWithSelector(IProgrammes.Programmes_NoUnits.selector));
        _refund(spend, 10_00);
        _refusesRefund(spend, 1, abi.encodeWithSelector(IProgrammes.Programmes_RefundExceeds.selector, 0));
    }

    function test_ASlipThatNobodyPostedIsNotRefunded() public {
        _spend(amal, grocer, 60_00, 3);
        IProgrammes.Spend memory spend = _slip(amal, grocer, 10_00, 2);
        bytes32 spendHash = programmes.hashSpend(programme, spend);
        _refusesRefund(spend, 10_00, abi.encodeWithSelector(IProgrammes.Programmes_NotSpent.selector, spendHash));
    }

    function test_ASecondSlipUnderANonceThatServed_GivesAHolderNoMoreThanSheSpent() public {
        _spend(amal, grocer, 10_00, 0);
        IProgrammes.Spend memory other = _slip(amal, baker, 90_00, 0);
        _refusesRefund(other, 10_01, abi.encodeWithSelector(IProgrammes.Programmes_RefundExceeds.selector, 10_00));
    }

    function test_OnlyTheMerchantRefunds_AndOnlyWhatTheHolderSigned() public {
        IProgrammes.Spend memory spend = _spend(amal, grocer, 60_00, 0);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, grocer));
        vm.prank(baker);
        programmes.refund(programme, spend, 1);
        spend.merchant = baker;
        _refusesRefund(spend, 1, abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, amal));
    }

    function test_StampsAreGivenBackWithoutMoney() public {
        IProgrammes.Terms memory terms = _terms();
        (terms.salt, terms.unit_cents) = ("stamps", 0);
        programme = programmes.nameOf(sponsor, "stamps");
        terms.root = _seal(programme, EACH);
        _open(terms);
        IProgrammes.Spend memory spend = _spend(amal, baker, 10, 0);
        _refund(spend, 4);
        assertEq(_holder(amal).spent, 6);
        assertEq(_books().left, 0);
        assertEq(currency.balanceOf(baker), POCKET);
    }

    function test_AGranterGrantsOutOfHerAllowance_OnceForAnAct() public {
        _fund(programme, 50_00);
        _allow(granter, 50_00);
        IProgrammes.Grant memory grant = _grantSlip(stranger, 30_00, "act");
        vm.expectEmit(address(programmes));
        emit IProgrammes.UnitsGranted(programme, stranger, granter, 30_00, "act");
        programmes.grant(programme, grant);
        assertEq(programmes.allowanceOf(programme, granter), 20_00);
        assertTrue(programmes.isGranted(programme, "act"));
        _refusesGrant(grant, abi.encodeWithSelector(IProgrammes.Programmes_GranterExceeds.selector, 20_00));
        grant = _grantSlip(bela, 1_00, "act");
        _refusesGrant(grant, abi.encodeWithSelector(IProgrammes.Programmes_ActGranted.selector, bytes32("act")));
        _spend(stranger, grocer, 30_00, 0);
        assertEq(_holder(stranger).granted, 0);
    }

    function test_GrantsAreSpentAfterThePeriodsAllowance_AndLastUntilTheEnd() public {
        _fund(programme, 50_00);
        _allow(granter, 50_00);
        _grant(amal, 50_00, "act");
        IProgrammes.Spend memory spend = _spend(amal, grocer, 110_00, 0);
        assertEq(_holder(amal).granted, 40_00);
        _refund(spend, 20_00);
        assertEq(_holder(amal).granted, 50_00, "what was granted is given back first");
        assertEq(_holder(amal).spent, 90_00);
        vm.warp(FOUNDED_AT + 2 * PERIOD_S);
        _spend(amal, grocer, 150_00, 1);
    }

    function test_WhatGrantersMayGrantIsFundedBefore() public {
        vm.prank(sponsor);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_NotFunded.selector, 1_00));
        programmes.allow(programme, granter, 1_00);
        _fund(programme, 1_00);
        vm.expectEmit(address(programmes));
        emit IProgrammes.GranterAllowed(programme, granter, 1_00);
        _allow(granter, 1_00);
        assertEq(_books().announced, ANNOUNCED + 1_00);
        _allow(granter, 0);
        assertEq(_books().announced, ANNOUNCED);
        IProgrammes.Grant memory grant = _grantSlip(bela, 1, "act");
        _refusesGrant(grant, abi.encodeWithSelector(IProgrammes.Programmes_GranterExceeds.selector, 0));
    }

    function test_NothingIsGrantedToAVoidedKey_NorNothingToAny_NorOnceItIsOver() public {
        _fund(programme, 1_00);
        _allow(granter, 1_00);
        _refusesGrant(_grantSlip(amal, 0, "act"), abi.encodeWithSelector(IProgrammes.Programmes_NoUnits.selector));
        vm.prank(sponsor);
        programmes.void(programme, amal);
        _refusesGrant(_grantSlip(amal, 1, "act"), abi.encodeWithSelector(IProgrammes.Programmes_Voided.selector, amal));
        vm.warp(_endsAt());
        _refusesGrant(
            _grantSlip(bela, 1, "act"), abi.encodeWithSelector(IProgrammes.Programmes_Over.selector, _endsAt())
        );
    }

    function _refusesRefund(IProgrammes.Spend memory spend, uint32 units, bytes memory refusal) private {
        vm.prank(spend.merchant);
        vm.expectRevert(refusal);
        programmes.refund(programme, spend, units);
    }

    function _refusesGrant(IProgrammes.Grant memory grant, bytes memory refusal) private {
        vm.expectRevert(refusal);
        programmes.grant(programme, grant);
    }
}
