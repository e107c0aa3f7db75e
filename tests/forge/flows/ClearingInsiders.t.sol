// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title What an organiser, an arbiter, a member or a stranger tries at the expense of the others
contract ClearingInsidersTest is ClearingFixture {
    function setUp() public {
        _foundStreet();
    }

    function test_WhenTheMemberIsShort_TheOrganiserCarries() public {
        _january();
        vm.prank(ines);
        clearing.take(op, ines, PREPAID - 12_00, 0, "");
        IClearing.Statement memory statement = _due(1);
        vm.expectEmit(address(clearing));
        emit IClearing.LineCarried(op, ines, 1, 18_00);
        _settle(statement);
        assertEq(_balance(ines), 0);
        assertEq(_balance(lea), 55_00, "who sold is paid in full");
        assertEq(_balance(jules), PREPAID - 20_00, "nobody else pays for it");
        assertEq(_balance(organiser), WORKING + 5_00 - 18_00);
    }

    function test_ADebitAboveTheCapIsChargedUpToIt() public {
        _owes(ines, 120_00);
        _owes(organiser, -120_00);
        IClearing.Statement memory statement = _due(1);
        vm.expectEmit(address(clearing));
        emit IClearing.LineCarried(op, ines, 1, 20_00);
        _settle(statement);
        assertEq(_balance(ines), PREPAID - CAP);
        assertEq(_balance(organiser), WORKING + CAP);
    }

    function test_ACapLoweredInTheWindowHasTheOrganiserCarryTheRest() public {
        _january();
        IClearing.Statement memory statement = _stated(1);
        vm.prank(ines);
        clearing.setCap(op, ines, 1_00, 0, "");
        _windowPasses();
        _settle(statement);
        assertEq(_balance(ines), PREPAID - 1_00);
        assertEq(_balance(organiser), WORKING + 5_00 - 29_00);
    }

    function test_WhoLeftOrNeverJoinedPaysNothing() public {
        _owes(ines, 30_00);
        _owes(lea, 10_00);
        _owes(organiser, -40_00);
        IClearing.Statement memory statement = _stated(1);
        vm.prank(ines);
        clearing.leave(op, ines, 0, "");
        _windowPasses();
        _settle(statement);
        assertEq(currency.balanceOf(ines), POCKET);
        assertEq(currency.balanceOf(lea), POCKET);
        assertEq(_balance(organiser), WORKING);
    }

    function test_WhenEverybodyContests_TheOrganiserAdvancesAll_AndSellersArePaid() public {
        _january();
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _contested(jules);
        _contested(karim);
        _contested(lea);
        _windowPasses();
        _settle(statement);
        assertEq(_held(ines) + _held(jules) + _held(karim), 60_00);
        assertEq(_balance(lea), 55_00);
        assertEq(_balance(organiser), WORKING + 5_00 - 60_00);
    }

    function test_WhenTheOrganiserIsShort_NothingIsSettledUntilItDeposits() public {
        vm.prank(organiser);
        clearing.take(op, organiser, WORKING - 10_00, 0, "");
        _january();
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _windowPasses();
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OrganiserShort.selector, 15_00));
        _settle(statement);
        assertEq(_balance(ines), PREPAID);
        _deposit(organiser, 0, 14_99);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OrganiserShort.selector, 1));
        _settle(statement);
        _deposit(organiser, 0, 1);
        _settle(statement);
        assertEq(_balance(organiser), 0);
        assertEq(_held(ines), 30_00);
    }

    function test_WhenTheOrganiserIsGone_ItsStatementDiesAndEverybodyTakesHerMoney() public {
        vm.prank(organiser);
        clearing.leave(op, organiser, 0, "");
        _owes(ines, 30_00);
        _owes(lea, -40_00);
        _owes(organiser, 10_00);
        IClearing.Statement memory statement = _due(1);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OrganiserShort.selector, 10_00));
        _settle(statement);
        (, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(deadAt);
        address[3] memory members = [ines, jules, karim];
        for (uint256 i; i < members.length; ++i) {
            vm.prank(members[i]);
            clearing.leave(op, members[i], 0, "");
            assertEq(currency.balanceOf(members[i]), POCKET);
        }
        assertEq(currency.balanceOf(address(clearing)), 0);
    }

    function test_LinesAreThoseThatWereStated_InTheirOrder() public {
        _january();
        IClearing.Statement memory statement = _due(1);
        IClearing.Line[] memory given = lines;
        (given[0], given[1]) = (given[1], given[0]);
        _refusesLines(statement, given);
        given = lines;
        ++given[2].amount_cents;
        _refusesLines(statement, given);
        given = lines;
        given[3].member = stranger;
        _refusesLines(statement, given);
        IClearing.Line[] memory fewer = new IClearing.Line[](4);
        for (uint256 i; i < fewer.length; ++i) {
            fewer[i] = lines[i];
        }
        _refusesLines(statement, fewer);
    }

    function test_AStatementIsNotSwappedForAnother() public {
        _january();
        IClearing.Statement memory statement = _due(1);
        statement.period = 2;
        bytes32 other = clearing.hashStatement(statement);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OtherStatement.selector, other));
        _settle(statement);
        statement.period = 1;
        lines[0].amount_cents += 1;
        lines[1].amount_cents -= 1;
        statement.linesHash = keccak256(abi.encode(lines));
        other = clearing.hashStatement(statement);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OtherStatement.selector, other));
        _settle(statement);
    }

    function test_AStatementOfAnotherNumberOfLinesIsNeverSettled() public {
        _january();
        IClearing.Statement memory statement = _statement(1);
        statement.n = 4;
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
        _windowPasses();
        _refusesLines(statement, lines);
    }

    function test_LinesOutOfOrder_OrTwiceOrOfNobody_AreNeverSettled() public {
        _january();
        _swapLines(0, 1);
        _neverSettles(abi.encodeWithSelector(IClearing.Clearing_LinesUnordered.selector, 1));
        _january();
        lines[3].member = lines[2].member;
        _neverSettles(abi.encodeWithSelector(IClearing.Clearing_LinesUnordered.selector, 3));
        _january();
        lines[0].member = address(0);
        _neverSettles(abi.encodeWithSelector(IClearing.Clearing_LinesUnordered.selector, 0));
    }

    function test_LinesThatDoNotSumToZeroAreNeverSettled() public {
        _january();
        lines[0].amount_cents += 1;
        _neverSettles(abi.encodeWithSelector(IClearing.Clearing_NotZeroSum.selector, 1));
        _january();
        lines[4].amount_cents -= 1;
        _neverSettles(abi.encodeWithSelector(IClearing.Clearing_NotZeroSum.selector, -1));
    }

    function test_TheLeastAndGreatestLinesMakeNoMoney() public {
        _owes(ines, type(int64).max);
        _owes(jules, 1);
        _owes(lea, type(int64).min);
        uint256 carried = uint256(uint64(type(int64).max)) - CAP;
        _neverSettles(abi.encodeWithSelector(IClearing.Clearing_OrganiserShort.selector, carried - WORKING));
        delete lines;
        _owes(ines, type(int64).max);
        _owes(jules, 1);
        _owes(organiser, type(int64).min);
        _settled(1);
        assertEq(_balance(organiser), WORKING + CAP + 1);
        assertEq(_balance(ines), PREPAID - CAP);
    }

    function test_AStrangersOperationReachesNobodyWhoDidNotJoinIt() public {
        IClearing.Terms memory terms = _terms();
        (terms.organiser, terms.contest_h) = (stranger, 1);
        vm.startPrank(stranger);
        op = clearing.open(terms);
        _owes(ines, 90_00);
        _owes(stranger, -90_00);
        IClearing.Statement memory statement = _statement(1);
        clearing.state(op, statement, 0, "");
        _windowPasses();
        clearing.settle(op, statement, lines);
        vm.stopPrank();
        assertEq(_balance(stranger), 0);
        op = clearing.nameOf(_terms());
        assertEq(_balance(ines), PREPAID);
    }

    function test_NobodyStatesButTheOrganiser_NorWhereNobodyOpened() public {
        _january();
        IClearing.Statement memory statement = _statement(1);
        address[4] memory others = [arbiter, ines, refuter, stranger];
        for (uint256 i; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, organiser));
            vm.prank(others[i]);
            clearing.state(op, statement, 0, "");
        }
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NotOpened.selector, bytes32("op")));
        vm.prank(address(0));
        clearing.state("op", statement, 0, "");
    }

    function test_AnArbiterWhoIsAMemberPaysHerLineAndRulesOnOthersAlone() public {
        _join(arbiter);
        _january();
        _owes(arbiter, 7_00);
        for (uint256 i; i < lines.length; ++i) {
            if (lines[i].member == organiser) lines[i].amount_cents -= 7_00;
        }
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_MayNotContest.selector, arbiter));
        vm.prank(arbiter);
        clearing.contest(op, statementHash, arbiter, "reason", 0, "");
        _windowPasses();
        IClearing.Statement memory statement = _statement(1);
        statement.number = 1;
        _settle(statement);
        assertEq(_balance(arbiter), PREPAID - 7_00);
    }

    function test_WhoReplacedALostKeyInTheWindowActsForIt_AndTheOldKeyDoesNot() public {
        vm.warp(block.timestamp + 30 days);
        _january();
        IClearing.Statement memory statement = _stated(1);
        bytes32 statementHash = clearing.hashStatement(statement);
        vm.warp(block.timestamp + 1 hours);
        address key = _recovered(ines, "ines's new key");
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, key);
        vm.startPrank(ines);
        vm.expectRevert(refusal);
        clearing.contest(op, statementHash, ines, "reason", 0, "");
        vm.expectRevert(refusal);
        clearing.take(op, ines, 1, 0, "");
        vm.expectRevert(refusal);
        clearing.deposit(op, ines, CAP, 1);
        vm.stopPrank();
        _contested(ines);
        _windowPasses();
        _settle(statement);
        vm.warp(clearing.heldLineOf(op, 1, ines).ruleBy + 1);
        clearing.release(op, 1, ines);
        _deposit(ines, CAP, 5_00);
        vm.prank(key);
        clearing.leave(op, ines, 0, "");
        assertEq(currency.balanceOf(key), POCKET);
        assertEq(currency.balanceOf(ines), 0);
    }

    function test_WhoReplacedTheOrganisersOrArbitersKeyActsForThem() public {
        vm.warp(block.timestamp + 30 days);
        address organisers = _recovered(organiser, "organiser's new key");
        address arbiters = _recovered(arbiter, "arbiter's new key");
        _january();
        IClearing.Statement memory statement = _statement(1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, organisers));
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
        vm.prank(organisers);
        clearing.state(op, statement, 0, "");
        _contested(ines);
        _windowPasses();
        _settle(statement);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, arbiters));
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 0, 0, "");
        vm.prank(arbiters);
        clearing.rule(op, 1, ines, 30_00, 0, "");
        vm.prank(organisers);
        clearing.leave(op, organiser, 0, "");
        assertEq(currency.balanceOf(organisers), POCKET + 5_00);
    }

    function test_APayeeWhoMayNotReceive_IsCredited_AndHoldsUpNobody() public {
        _january();
        vm.prank(court);
        currency.freeze(lea, "order");
        _settled(1);
        vm.prank(lea);
        clearing.take(op, lea, 55_00, 0, "");
        assertEq(clearing.owedTo(lea), 55_00);
        assertEq(_balance(lea), 0);
        vm.prank(court);
        currency.unfreeze(lea, "order");
        vm.prank(stranger);
        clearing.withdraw(lea);
        assertEq(currency.balanceOf(lea), POCKET + 55_00);

        vm.prank(registrar);
        residents.suspend(ines, "paper");
        vm.startPrank(ines);
        clearing.leave(op, ines, 0, "");
        clearing.withdrawTo(ines, jules, 0, "");
        assertEq(currency.balanceOf(jules), POCKET - PREPAID + PREPAID - 30_00);
    }

    /// @dev What three who buy, one who sells and the organiser have after any zero-sum lines, whoever contested them
    /// and whatever was mandated.
    function testFuzz_WhateverIsStated_NobodyPaysMoreThanSheSigned(uint64[4] memory amounts, uint8 contests, uint40 cap)
        public
    {
        address[4] memory members = [ines, jules, karim, lea];
        _deposit(ines, cap, 1);
        int64 sum;
        for (uint256 i; i < members.length; ++i) {
            int64 amount = int64(uint64(bound(amounts[i], 0, 400_00))) - 200_00;
            _owes(members[i], amount);
            sum += amount;
        }
        _owes(organiser, -sum);
        _deposit(organiser, 0, 700_00);
        uint256 there = currency.balanceOf(address(clearing));
        IClearing.Statement memory statement = _stated(1);
        for (uint256 i; i < members.length; ++i) {
            if ((contests >> i) & 1 == 1) _contested(members[i]);
        }
        _windowPasses();
        uint256[4] memory before;
        for (uint256 i; i < members.length; ++i) {
            before[i] = _balance(members[i]);
        }
        _settle(statement);
        uint256 total = _balance(organiser);
        for (uint256 i; i < members.length; ++i) {
            _requireFair(members[i], int64(uint64(bound(amounts[i], 0, 400_00))) - 200_00, before[i]);
            total += _balance(members[i]) + _held(members[i]);
        }
        assertEq(total, there);
    }

    function _requireFair(address member, int64 amount_cents, uint256 before) private view {
        IClearing.Member memory after_ = clearing.memberOf(op, member);
        if (amount_cents <= 0) {
            assertEq(after_.balance_cents, before + uint64(-amount_cents));
            assertEq(after_.held_cents, 0);
            return;
        }
        uint256 charged = uint64(amount_cents);
        if (charged > before) charged = before;
        if (charged > after_.cap_cents) charged = after_.cap_cents;
        assertEq(after_.balance_cents, before - charged);
        assertEq(after_.held_cents, after_.contested == 1 ? charged : 0);
        assertEq(clearing.heldLineOf(op, 1, member).held_cents, after_.held_cents);
    }

    function _refusesLines(IClearing.Statement memory statement, IClearing.Line[] memory given) private {
        bytes32 linesHash = keccak256(abi.encode(given));
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OtherLines.selector, linesHash));
        clearing.settle(op, statement, given);
    }

    /// @dev A statement of these lines dies unsettled.
    function _neverSettles(bytes memory refusal) private {
        IClearing.Statement memory statement = _due(1);
        vm.expectRevert(refusal);
        _settle(statement);
        (, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(deadAt);
    }
}
