// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title An operation from its opening to settled months, each member with her own money
contract ClearingTest is ClearingFixture {
    function setUp() public {
        _foundStreet();
    }

    function test_AnyoneOpensAnOperationWhichIsNamedByAllItsTerms() public {
        IClearing.Terms memory terms = _terms();
        bytes32 typeHash = keccak256(bytes(TERMS));
        bytes32 name = keccak256(abi.encode(typeHash, organiser, arbiter, refuter, CONTEST_H, RULE_H, bytes32("rules")));
        assertEq(op, name);
        assertEq(clearing.nameOf(terms), name);
        terms.rulesHash = "other rules";
        vm.expectEmit(address(clearing));
        emit IClearing.OperationOpened(clearing.nameOf(terms), stranger, terms);
        vm.prank(stranger);
        bytes32 other = clearing.open(terms);
        assertNotEq(other, name);
        IClearing.Operation memory opened = clearing.operationOf(other);
        assertEq(opened.organiser, organiser);
        assertEq(opened.arbiter, arbiter);
        assertEq(opened.refuter, refuter);
        assertEq(opened.clock.contest_h, CONTEST_H);
        assertEq(opened.clock.rule_h, RULE_H);
        assertTrue(clearing.statusOf(other) == IClearing.Status.None);
    }

    function test_WhenAnOperationIsOpenedAgain_NothingOfItIsReset() public {
        _january();
        _stated(1);
        IClearing.Operation memory before = clearing.operationOf(op);
        vm.expectEmit(address(clearing));
        emit IClearing.OperationOpened(op, organiser, _terms());
        vm.prank(organiser);
        assertEq(clearing.open(_terms()), op);
        assertEq(keccak256(abi.encode(clearing.operationOf(op))), keccak256(abi.encode(before)));
    }

    function test_AnOperationHasAnOrganiserAndAnArbiterWhoAreTwo() public {
        IClearing.Terms memory terms = _terms();
        terms.organiser = address(0);
        _refusesTerms(terms, abi.encodeWithSelector(IClearing.Clearing_InvalidParties.selector));
        terms.organiser = arbiter;
        _refusesTerms(terms, abi.encodeWithSelector(IClearing.Clearing_InvalidParties.selector));
        terms = _terms();
        terms.arbiter = address(0);
        _refusesTerms(terms, abi.encodeWithSelector(IClearing.Clearing_InvalidParties.selector));
    }

    function test_HoursAreOneAtLeastAndThirtyDaysAtMost() public {
        bytes memory refusal = abi.encodeWithSelector(IClearing.Clearing_InvalidHours.selector, 720);
        IClearing.Terms memory terms = _terms();
        (terms.contest_h, terms.rule_h) = (0, 1);
        _refusesTerms(terms, refusal);
        (terms.contest_h, terms.rule_h) = (1, 0);
        _refusesTerms(terms, refusal);
        (terms.contest_h, terms.rule_h) = (721, 1);
        _refusesTerms(terms, refusal);
        (terms.contest_h, terms.rule_h) = (1, 721);
        _refusesTerms(terms, refusal);
        (terms.contest_h, terms.rule_h) = (1, 720);
        clearing.open(terms);
        (terms.contest_h, terms.rule_h) = (720, 1);
        clearing.open(terms);
    }

    function test_OneSlipJoinsMandatesAndPays() public {
        bytes memory signature = _depositSlip(op, lea, 70_00, 40_00, "salt");
        vm.expectEmit(address(clearing));
        emit IClearing.Deposited(op, lea, 40_00, 70_00);
        vm.prank(stranger);
        clearing.depositBySlip(op, lea, 70_00, 40_00, 0, type(uint256).max, "salt", signature);
        IClearing.Member memory member = clearing.memberOf(op, lea);
        assertEq(member.balance_cents, 40_00);
        assertEq(member.cap_cents, 70_00);
        assertEq(member.held_cents, 0);
        assertEq(currency.balanceOf(lea), POCKET - 40_00);

        _deposit(lea, 20_00, 5_00);
        member = clearing.memberOf(op, lea);
        assertEq(member.balance_cents, 45_00);
        assertEq(member.cap_cents, 20_00);
    }

    function test_AMemberDepositsByItsOwnTransaction_AndNobodyElseForIt() public {
        vm.startPrank(lea);
        currency.approve(address(clearing), 40_00);
        clearing.deposit(op, lea, 70_00, 40_00);
        vm.stopPrank();
        assertEq(_balance(lea), 40_00);
        assertEq(clearing.memberOf(op, lea).cap_cents, 70_00);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea));
        vm.prank(ines);
        clearing.deposit(op, lea, CAP, 1);
    }

    function test_NothingIsNoDeposit_AndWhatNobodyOpenedIsNotJoined() public {
        vm.startPrank(ines);
        vm.expectRevert(IClearing.Clearing_NoAmount.selector);
        clearing.deposit(op, ines, CAP, 0);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NotOpened.selector, bytes32("op")));
        clearing.deposit("op", ines, CAP, 1);
    }

    function test_ACapIsSetByItsMemberAlone() public {
        vm.expectEmit(address(clearing));
        emit IClearing.CapSet(op, ines, 12_00);
        vm.prank(ines);
        clearing.setCap(op, ines, 12_00, 0, "");
        assertEq(clearing.memberOf(op, ines).cap_cents, 12_00);
        assertEq(_balance(ines), PREPAID);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, ines));
        vm.prank(organiser);
        clearing.setCap(op, ines, CAP, 0, "");
    }

    function test_WhatIsInABalanceIsTakenAtAnyTime() public {
        vm.expectEmit(address(clearing));
        emit IClearing.Taken(op, ines, 40_00);
        vm.prank(ines);
        clearing.take(op, ines, 40_00, 0, "");
        assertEq(_balance(ines), PREPAID - 40_00);
        assertEq(currency.balanceOf(ines), POCKET - PREPAID + 40_00);
        _january();
        _stated(1);
        vm.prank(ines);
        clearing.take(op, ines, PREPAID - 40_00, 0, "");
        assertEq(currency.balanceOf(ines), POCKET);
    }

    function test_NoMoreIsTakenThanThereIs_NorNothing_NorByAnother() public {
        vm.startPrank(ines);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_BalanceTooLow.selector, PREPAID, PREPAID + 1));
        clearing.take(op, ines, PREPAID + 1, 0, "");
        vm.expectRevert(IClearing.Clearing_NoAmount.selector);
        clearing.take(op, ines, 0, 0, "");
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, jules));
        clearing.take(op, jules, 1, 0, "");
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, jules));
        clearing.leave(op, jules, 0, "");
    }

    function test_WhoLeavesTakesAllAndMandatesNothing() public {
        vm.expectEmit(address(clearing));
        emit IClearing.Left(op, ines, PREPAID);
        vm.prank(ines);
        clearing.leave(op, ines, 0, "");
        IClearing.Member memory left = clearing.memberOf(op, ines);
        assertEq(left.balance_cents, 0);
        assertEq(left.cap_cents, 0);
        assertEq(currency.balanceOf(ines), POCKET);
    }

    function test_TheOrganiserStatesAPeriod() public {
        _january();
        IClearing.Statement memory statement = _statement(202601);
        uint256 dueAt = block.timestamp + 72 hours;
        vm.expectEmit(address(clearing));
        emit IClearing.PeriodStated(op, 202601, clearing.hashStatement(statement), statement, dueAt);
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
        IClearing.Operation memory operation = clearing.operationOf(op);
        assertEq(operation.statementHash, _hashed(statement));
        assertEq(operation.clock.number, 1);
        assertEq(operation.clock.period, 202601);
        assertEq(operation.clock.settledPeriod, 0);
        assertEq(operation.clock.statedAt, block.timestamp);
        (uint256 due, uint256 dead) = clearing.windowOf(op);
        assertEq(due, dueAt);
        assertEq(dead, dueAt + SETTLE_S);
    }

    function test_AStatementIsTheNext_OfALaterPeriod_WithLinesThatOneTransactionSettles() public {
        _january();
        IClearing.Statement memory statement = _statement(1);
        statement.number = 2;
        _refusesStatement(statement, abi.encodeWithSelector(IClearing.Clearing_NotNext.selector, 1, 2));
        statement = _statement(0);
        _refusesStatement(statement, abi.encodeWithSelector(IClearing.Clearing_PeriodSettled.selector, 0));
        statement = _statement(1);
        statement.n = 0;
        _refusesStatement(statement, abi.encodeWithSelector(IClearing.Clearing_LinesOutOfBounds.selector, 0, 450));
        statement.n = 451;
        _refusesStatement(statement, abi.encodeWithSelector(IClearing.Clearing_LinesOutOfBounds.selector, 451, 450));
        statement.n = 450;
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
    }

    function test_OneStatementIsOpenAtATime_UntilItIsSettledVoidOrDead() public {
        _january();
        _stated(1);
        (uint256 dueAt, uint256 deadAt) = clearing.windowOf(op);
        bytes memory refusal = abi.encodeWithSelector(IClearing.Clearing_StillOpen.selector, deadAt);
        IClearing.Statement memory next = _statement(2);
        _refusesStatement(next, refusal);
        vm.warp(dueAt);
        _refusesStatement(next, refusal);
        vm.warp(deadAt - 1);
        _refusesStatement(next, refusal);
        vm.warp(deadAt);
        _stated(1);
    }

    function test_AStatementPassesFromStatedToDueToDeadByTheClock() public {
        _january();
        _stated(1);
        (uint256 dueAt, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(dueAt - 1);
        assertTrue(clearing.statusOf(op) == IClearing.Status.Stated);
        vm.warp(dueAt);
        assertTrue(clearing.statusOf(op) == IClearing.Status.Due);
        vm.warp(deadAt - 1);
        assertTrue(clearing.statusOf(op) == IClearing.Status.Due);
        vm.warp(deadAt);
        assertTrue(clearing.statusOf(op) == IClearing.Status.Dead);
    }

    function test_AnyoneSettles_AndEachPaysOrIsPaidHerLine() public {
        _january();
        IClearing.Statement memory statement = _due(1);
        for (uint256 i; i < lines.length; ++i) {
            vm.expectEmit(address(clearing));
            emit IClearing.LineSettled(op, lines[i].member, 1, lines[i].amount_cents);
        }
        vm.expectEmit(address(clearing));
        emit IClearing.PeriodSettled(op, 1, clearing.hashStatement(statement));
        _settle(statement);
        assertEq(_balance(ines), PREPAID - 30_00);
        assertEq(_balance(jules), PREPAID - 20_00);
        assertEq(_balance(karim), PREPAID - 10_00);
        assertEq(_balance(lea), 55_00);
        assertEq(_balance(organiser), WORKING + 5_00);
        assertTrue(clearing.statusOf(op) == IClearing.Status.Settled);
        assertEq(clearing.operationOf(op).clock.settledPeriod, 1);

        vm.prank(lea);
        clearing.take(op, lea, 55_00, 0, "");
        assertEq(currency.balanceOf(lea), POCKET + 55_00, "who never joined takes what she sold");
    }

    function test_APeriodIsSettledOnceAndNoneGoesBack() public {
        _january();
        IClearing.Statement memory statement = _due(5);
        _settle(statement);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Settled));
        _settle(statement);
        _refusesStatement(_statement(5), abi.encodeWithSelector(IClearing.Clearing_PeriodSettled.selector, 5));
        _refusesStatement(_statement(4), abi.encodeWithSelector(IClearing.Clearing_PeriodSettled.selector, 5));
        _settled(6);
        assertEq(_balance(ines), PREPAID - 60_00);
    }

    function test_NobodySettlesBeforeTheWindowIsOverOrAWeekAfter() public {
        _january();
        IClearing.Statement memory statement = _stated(1);
        (uint256 dueAt, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(dueAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Stated));
        _settle(statement);
        vm.warp(deadAt);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Dead));
        _settle(statement);
        vm.warp(deadAt - 1);
        _settle(statement);
    }

    function test_ItTellsItsMoneyAndRegister_AndHoldsNoneThatMelts() public {
        assertEq(address(clearing.token()), address(currency));
        assertEq(address(clearing.residents()), address(residents));
        LocalCurrency melting = _currency("melting", SEVEN_PERCENT, ILocalCurrency(address(0)));
        vm.expectRevert(ITill.Till_MeltingCurrency.selector);
        this.create("Clearing.sol:Clearing", abi.encode(melting, residents));
    }

    function _refusesTerms(IClearing.Terms memory terms, bytes memory refusal) private {
        vm.expectRevert(refusal);
        clearing.open(terms);
    }

    function _refusesStatement(IClearing.Statement memory statement, bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
    }

    function _hashed(IClearing.Statement memory it) private pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(bytes(STATEMENT)),
                it.number,
                it.period,
                it.linesHash,
                it.n,
                it.readingsRoot,
                it.totalsRoot,
                keccak256(bytes(it.uri))
            )
        );
    }
}
