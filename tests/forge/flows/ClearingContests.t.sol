// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title What is contested, ruled on, released, taken back and voided
contract ClearingContestsTest is ClearingFixture {
    function setUp() public {
        _foundStreet();
        _january();
    }

    function test_AContestHoldsBackTheContestersLineAlone_AndTheOrganiserAdvancesIt() public {
        IClearing.Statement memory statement = _stated(1);
        vm.expectEmit(address(clearing));
        emit IClearing.LineContested(op, 1, ines, "reason");
        _contested(ines);
        assertEq(clearing.memberOf(op, ines).contested, 1);
        _windowPasses();
        uint256 ruleBy = block.timestamp + 336 hours;
        vm.expectEmit(address(clearing));
        emit IClearing.LineHeld(op, ines, 1, 30_00, ruleBy);
        _settle(statement);
        assertEq(_balance(ines), PREPAID - 30_00);
        assertEq(_held(ines), 30_00);
        assertEq(clearing.heldLineOf(op, 1, ines).held_cents, 30_00);
        assertEq(clearing.heldLineOf(op, 1, ines).ruleBy, ruleBy);
        assertEq(_balance(jules), PREPAID - 20_00);
        assertEq(_balance(lea), 55_00);
        assertEq(_balance(organiser), WORKING + 5_00 - 30_00);
    }

    function test_TheArbiterGivesTheOrganiserWhatIsDueAndTheMemberTheRest() public {
        _heldLine();
        vm.expectEmit(address(clearing));
        emit IClearing.LineRuled(op, ines, 1, 12_00, 18_00);
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 12_00, 0, "");
        assertEq(_balance(ines), PREPAID - 12_00);
        assertEq(_held(ines), 0);
        assertEq(_balance(organiser), WORKING + 5_00 - 30_00 + 12_00);
        assertEq(clearing.heldLineOf(op, 1, ines).ruleBy, 0);
    }

    function testFuzz_WhateverTheArbiterRules_NotACentIsMadeOrLost(uint64 due_cents) public {
        _heldLine();
        uint256 both = _balance(ines) + _held(ines) + _balance(organiser);
        due_cents = uint64(bound(due_cents, 0, 30_00));
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, due_cents, 0, "");
        assertEq(_balance(ines) + _balance(organiser), both);
        assertEq(_balance(ines), PREPAID - due_cents);
    }

    function test_TheArbiterRulesOnceAndOnNoMoreThanIsHeld() public {
        _heldLine();
        vm.startPrank(arbiter);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_DueTooHigh.selector, 30_01, 30_00));
        clearing.rule(op, 1, ines, 30_01, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NothingHeld.selector, jules));
        clearing.rule(op, 1, jules, 0, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NothingHeld.selector, ines));
        clearing.rule(op, 2, ines, 0, 0, "");
        clearing.rule(op, 1, ines, 30_00, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NothingHeld.selector, ines));
        clearing.rule(op, 1, ines, 0, 0, "");
    }

    function test_NobodyButTheArbiterRules() public {
        _heldLine();
        address[4] memory others = [organiser, ines, refuter, stranger];
        for (uint256 i; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, arbiter));
            vm.prank(others[i]);
            clearing.rule(op, 1, ines, 0, 0, "");
        }
    }

    function test_WhenTheArbiterIsSilent_AllGoesBackToTheMember() public {
        _heldLine();
        uint256 ruleBy = clearing.heldLineOf(op, 1, ines).ruleBy;
        vm.warp(ruleBy);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_TooEarly.selector, ruleBy));
        clearing.release(op, 1, ines);
        vm.warp(ruleBy + 1);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_TooLate.selector, ruleBy));
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 30_00, 0, "");
        vm.expectEmit(address(clearing));
        emit IClearing.LineReleased(op, ines, 1, 30_00);
        vm.prank(stranger);
        clearing.release(op, 1, ines);
        assertEq(_balance(ines), PREPAID);
        assertEq(_held(ines), 0);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NothingHeld.selector, ines));
        clearing.release(op, 1, ines);
    }

    function test_TheArbiterRulesToTheLastSecond() public {
        _heldLine();
        vm.warp(clearing.heldLineOf(op, 1, ines).ruleBy);
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 30_00, 0, "");
        assertEq(_balance(organiser), WORKING + 5_00);
    }

    function test_WhatIsHeldForOneMonthWaitsThroughTheNext() public {
        _heldLine();
        _stated(2);
        _contested(ines);
        _windowPasses();
        _settle(_last(2));
        assertEq(_held(ines), 60_00);
        vm.prank(arbiter);
        clearing.rule(op, 2, ines, 0, 0, "");
        assertEq(_held(ines), 30_00);
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 30_00, 0, "");
        assertEq(_held(ines), 0);
        assertEq(_balance(ines), PREPAID - 30_00);
    }

    function test_WhoContestsMoreThanSheHas_IsHeldForThatMuchAndTheOrganiserCarriesTheRest() public {
        vm.prank(ines);
        clearing.take(op, ines, PREPAID - 25_00, 0, "");
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _windowPasses();
        vm.expectEmit(address(clearing));
        emit IClearing.LineCarried(op, ines, 1, 5_00);
        _settle(statement);
        assertEq(_held(ines), 25_00);
        assertEq(_balance(organiser), WORKING + 5_00 - 30_00);
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 25_00, 0, "");
        assertEq(_balance(organiser), WORKING + 5_00 - 5_00);
    }

    function test_WhenNothingCanBeHeld_ThereIsNothingToRuleOn() public {
        vm.prank(ines);
        clearing.leave(op, ines, 0, "");
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _windowPasses();
        _settle(statement);
        assertEq(_balance(organiser), WORKING + 5_00 - 30_00);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NothingHeld.selector, ines));
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 0, 0, "");
    }

    function test_AContestedCreditIsPaidAsStated() public {
        IClearing.Statement memory statement = _stated(1);
        _contested(lea);
        _windowPasses();
        _settle(statement);
        assertEq(_balance(lea), 55_00);
        assertEq(_held(lea), 0);
        assertEq(_balance(organiser), WORKING + 5_00);
    }

    function test_AStatementIsContestedOnce_InItsWindow_AndItAlone() public {
        IClearing.Statement memory statement = _stated(1);
        bytes32 statementHash = clearing.hashStatement(statement);
        vm.startPrank(ines);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OtherStatement.selector, bytes32("other")));
        clearing.contest(op, "other", ines, "reason", 0, "");
        (uint256 dueAt,) = clearing.windowOf(op);
        vm.warp(dueAt - 1);
        clearing.contest(op, statementHash, ines, "reason", 0, "");
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_AlreadyContested.selector, ines));
        clearing.contest(op, statementHash, ines, "reason", 0, "");
        vm.stopPrank();
        vm.warp(dueAt);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Due));
        vm.prank(jules);
        clearing.contest(op, statementHash, jules, "reason", 0, "");
    }

    function test_NeitherOrganiserNorArbiterContests_NorAnybodyForAnother() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        address[2] memory parties = [organiser, arbiter];
        for (uint256 i; i < parties.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_MayNotContest.selector, parties[i]));
            vm.prank(parties[i]);
            clearing.contest(op, statementHash, parties[i], "reason", 0, "");
        }
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, ines));
        vm.prank(organiser);
        clearing.contest(op, statementHash, ines, "reason", 0, "");
    }

    function test_WhatIsTakenBackAndStatedAnewIsStillContested() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        _contested(ines);
        _takenBack(statementHash);
        statementHash = clearing.hashStatement(_stated(1));
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_AlreadyContested.selector, ines));
        vm.prank(ines);
        clearing.contest(op, statementHash, ines, "reason", 0, "");
        _windowPasses();
        _settle(_last(1));
        assertEq(_held(ines), 30_00);
    }

    function test_WhatDiedAndIsStatedAnewIsStillContested() public {
        _stated(1);
        _contested(ines);
        (, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(deadAt);
        _settled(1);
        assertEq(_held(ines), 30_00);
    }

    /// @dev The same lines, of which the organiser says that they are the next period's.
    function test_AContestIsNotShakenOffByRenumberingThePeriod() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        _contested(ines);
        _takenBack(statementHash);
        _settled(2);
        assertEq(_held(ines), 30_00);
    }

    function test_WhoContestedOnceNeedNotWatchEveryWindow() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        _contested(ines);
        for (uint32 i = 1; i < 6; ++i) {
            _takenBack(statementHash);
            statementHash = clearing.hashStatement(_stated(1 + i % 2));
        }
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_AlreadyContested.selector, ines));
        vm.prank(ines);
        clearing.contest(op, statementHash, ines, "reason", 0, "");
        _takenBack(statementHash);
        _settled(1);
        assertEq(_held(ines), 30_00);
    }

    function test_AContestOutlivesLeaving() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        _contested(ines);
        vm.prank(ines);
        clearing.leave(op, ines, 0, "");
        _takenBack(statementHash);
        _join(ines);
        _settled(1);
        assertEq(_held(ines), 30_00);
    }

    function test_WhatIsSettledAfterwardsIsAnotherMatter() public {
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _windowPasses();
        _settle(statement);
        uint256 before_cents = _balance(ines);
        _settled(2);
        assertEq(_held(ines), 30_00);
        assertEq(_balance(ines), before_cents - 30_00);
    }

    function test_TheOrganiserTakesItsStatementBackInTheWindowAlone() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, organiser));
        vm.prank(ines);
        clearing.retract(op, statementHash, 0, "");
        vm.startPrank(organiser);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OtherStatement.selector, bytes32("other")));
        clearing.retract(op, "other", 0, "");
        vm.expectEmit(address(clearing));
        emit IClearing.StatementRetracted(op, 1, statementHash);
        clearing.retract(op, statementHash, 0, "");
        assertTrue(clearing.statusOf(op) == IClearing.Status.Void);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Void));
        clearing.retract(op, statementHash, 0, "");
        vm.stopPrank();

        statementHash = clearing.hashStatement(_due(1));
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Due));
        _takenBack(statementHash);
    }

    function test_TheRefuterVoidsAStatementUntilItIsSettledOrDead() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        vm.expectEmit(address(clearing));
        emit IClearing.StatementVoided(op, 1, statementHash);
        _voided(statementHash);
        assertTrue(clearing.statusOf(op) == IClearing.Status.Void);
        _refusesVoid(statementHash, IClearing.Status.Void);

        IClearing.Statement memory statement = _due(1);
        _voided(clearing.hashStatement(statement));
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Void));
        _settle(statement);

        statement = _due(1);
        _settle(statement);
        _refusesVoid(clearing.hashStatement(statement), IClearing.Status.Settled);
        assertEq(_balance(ines), PREPAID - 30_00, "what was settled stays");

        statementHash = clearing.hashStatement(_stated(2));
        (, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(deadAt);
        _refusesVoid(statementHash, IClearing.Status.Dead);
    }

    function test_NobodyButTheRefuterVoids_AndNotAnotherStatement() public {
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        address[4] memory others = [organiser, arbiter, ines, stranger];
        for (uint256 i; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OnlyRefuter.selector, refuter));
            vm.prank(others[i]);
            clearing.voidStatement(op, statementHash);
        }
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OtherStatement.selector, bytes32("other")));
        _voided("other");
    }

    function test_WhereThereIsNoRefuterNobodyVoids() public {
        IClearing.Terms memory terms = _terms();
        terms.refuter = address(0);
        op = clearing.open(terms);
        bytes32 statementHash = clearing.hashStatement(_stated(1));
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OnlyRefuter.selector, address(0)));
        _voided(statementHash);
    }

    /// @dev January is settled, and 30 of Ines's are held.
    function _heldLine() private {
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _windowPasses();
        _settle(statement);
    }

    /// @dev The statement that was made last, of these lines.
    function _last(uint32 period) private view returns (IClearing.Statement memory statement) {
        statement = _statement(period);
        --statement.number;
    }

    function _voided(bytes32 statementHash) private {
        vm.prank(refuter);
        clearing.voidStatement(op, statementHash);
    }

    function _refusesVoid(bytes32 statementHash, IClearing.Status status) private {
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, status));
        _voided(statementHash);
    }

    function _takenBack(bytes32 statementHash) private {
        vm.prank(organiser);
        clearing.retract(op, statementHash, 0, "");
    }
}
