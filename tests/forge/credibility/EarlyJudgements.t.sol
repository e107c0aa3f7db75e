// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppeals} from "contracts/credibility/interfaces/IAppeals.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title What is judged before its day is judged again from that day on, and counts as kept by nobody's silence
contract EarlyJudgementsTest is CredFixture {
    function test_WhatIsJudgedEarlyIsJudgedOnceMoreFromItsDayOnAndNotBefore() external {
        uint256 mandate = _early(DUE, 8, 8);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.SettledEarly));
        assertEq(promises.mandateOf(mandate).capital, 37_500_000);

        vm.warp(DUE - 1);
        uint256 soon = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_TooEarly.selector, 0, DUE));
        promises.attachEvaluation(mandate, hex"00", soon, false);

        vm.warp(DUE);
        _settled(mandate, 8, 24);
        assertEq(promises.promiseOf(mandate, 0).burnt, 37_500_000);
        assertEq(promises.mandateOf(mandate).capital, 12_500_000);
        assertEq(cred.balanceOf(mayor), 12_500_000);
        uint256 thrice = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(_isSettled(mandate));
        promises.attachEvaluation(mandate, hex"00", thrice, false);
    }

    function testFuzz_EarlyIsWhatOpensBeforeTheDayWheneverItIsAttached(uint40 before_s) external {
        before_s = uint40(bound(before_s, 1, 2 * CALL_NOTICE));
        uint256 mandate = _evidenced(DUE);
        vm.warp(DUE - before_s);
        _settled(mandate, 8, 32);
        bool isEarly = before_s > CALL_NOTICE;
        IPromises.State found = isEarly ? IPromises.State.SettledEarly : IPromises.State.Settled;
        assertEq(uint8(_state(mandate, 0)), uint8(found));
    }

    function test_WhatTheTownFoundAfterTheDayIsUndoneByNoSecondVoteOfFew() external {
        uint256 mandate = _foundAfterTheDay(32);
        assertEq(promises.mandateOf(mandate).capital, 0);
        uint256 second = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(_isSettled(mandate));
        promises.attachEvaluation(mandate, hex"00", second, false);
    }

    function test_WhatTheTownFoundAfterTheDayIsFrozenByNoStranger() external {
        uint256 mandate = _foundAfterTheDay(0);
        vm.warp(DUE + SILENCE + PATIENCE + 365 days);
        results.makeKeys(0);
        vm.prank(stranger);
        vm.expectRevert(_isSettled(mandate));
        promises.declareUnjudged(mandate, hex"00");
    }

    function test_ASecondJudgementGivesBackWhatTheFirstBurnt() external {
        uint256 mandate = _early(DUE, 8, 32);
        assertEq(cred.balanceOf(mayor), 0);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        _tally(consultation, 1, 8, 8);
        promises.publish(evaluation);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        vm.expectEmit(address(promises));
        emit IPromises.EvaluationSettled(evaluation, mandate, 12_500_000, FIFTY_MILLION, 37_500_000);
        promises.settle(evaluation);
        assertEq(promises.promiseOf(mandate, 0).burnt, 12_500_000);
        assertEq(cred.balanceOf(mayor), 37_500_000);
    }

    function test_AnyoneHasItJudgedOnceMoreHoweverLongAfterItsMandate() external {
        uint256 mandate = _early(ENDS, 8, 0);
        vm.warp(ENDS + 400 days);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.SettledEarly));
        _call(mandate);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.UnderEvaluation));
    }

    function test_TooFewWhoJoinTheSecondVoteMakeNoEarlyJudgementFinal() external {
        uint256 mandate = _early(ENDS, 8, 0);
        vm.warp(ENDS + SILENCE);
        (uint256 evaluation, uint256 consultation) = _call(mandate);
        results.become(consultation, IResults.Status.Withheld);
        promises.release(evaluation);
        _isFrozenUntilItIsJudged(mandate, FIFTY_MILLION);
    }

    function test_TrusteesWhoStayAwayMakeNoEarlyJudgementFinal() external {
        uint256 mandate = _early(ENDS, 8, 0);
        vm.warp(ENDS + SILENCE);
        (uint256 evaluation, uint256 consultation) = _call(mandate);
        results.become(consultation, IResults.Status.Stalled);
        vm.warp(block.timestamp + CALL_NOTICE + 2 * VOTING + PATIENCE);
        promises.release(evaluation);
        _isFrozenUntilItIsJudged(mandate, FIFTY_MILLION);
    }

    function test_TheJuryMakesNoEarlyJudgementFinalByAnnullingTheSecond() external {
        uint256 mandate = _early(ENDS, 8, 0);
        vm.warp(ENDS + SILENCE);
        (uint256 evaluation, uint256 consultation) = _call(mandate);
        _tally(consultation, 1, 8, 32);
        promises.publish(evaluation);
        vm.prank(mayor);
        appeals.appeal(evaluation, "grounds", 0, "");
        vm.warp(block.timestamp + APPEAL_PERIOD);
        vm.prank(jury);
        appeals.rule(evaluation, IAppeals.Ruling.Annulled, "");
        _isFrozenUntilItIsJudged(mandate, FIFTY_MILLION);
    }

    function test_WithoutAKeyWhatWasJudgedEarlyIsDeclaredUnjudgedLikeTheRest() external {
        uint256 mandate = _early(ENDS, 8, 0);
        vm.warp(ENDS + SILENCE + PATIENCE);
        _sealRoll();
        results.makeKeys(0);
        promises.declareUnjudged(mandate, hex"00");
        _isFrozenUntilItIsJudged(mandate, FIFTY_MILLION);
    }

    function test_WhatAnEarlyJudgementBurntStaysBurntUntilAnotherStands() external {
        uint256 mandate = _early(DUE, 8, 8);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        results.become(consultation, IResults.Status.Withheld);
        promises.release(evaluation);
        assertEq(promises.mandateOf(mandate).capital, 37_500_000);
        _isFrozenUntilItIsJudged(mandate, 37_500_000);
    }

    function test_AnEarlyJudgementOfWhatWasNotDueWhenItsMandateEndedStands() external {
        uint256 mandate = _early(DUE, 8, 8);
        vm.prank(clerk);
        promises.endMandate(mandate, "resigned");
        vm.warp(DUE + SILENCE + PATIENCE);
        bytes memory refusal = abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 0, DUE);
        vm.expectRevert(refusal);
        promises.declareUnjudged(mandate, hex"00");
        uint256 late = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"00", late, false);
        assertEq(promises.mandateOf(mandate).frozen, 0);
    }

    function test_WhatNobodyHasAnOpinionOnIsFrozenForGoodNotKept() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        _settled(mandate, 0, 0);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Settled));
        assertEq(promises.promiseOf(mandate, 0).frozen, FIFTY_MILLION);
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION, "silence favoured the official");
    }

    function test_BallotsWithoutOpinionGiveBackNothingThatIsNotFrozen() external {
        uint256 mandate = _early(DUE, 8, 32);
        vm.warp(DUE);
        _settled(mandate, 0, 0);
        assertEq(promises.mandateOf(mandate).capital, FIFTY_MILLION);
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION, "five friends undo the town's finding");
    }

    function test_FewerOpinionsThanTheFloorJudgeTheirPartAlone() external {
        _deployWithAFloorOfFour();
        uint256[3] memory opinions = [uint256(1), 3, 4];
        uint256[3] memory missing = [uint256(0), 12, 16];
        uint256[3] memory burnt = [uint256(0), 37_500_000, 50_000_000];
        uint256[3] memory frozen = [uint256(37_500_000), 12_500_000, 0];
        uint256 start = vm.getBlockTimestamp();
        for (uint256 i; i < 3; ++i) {
            vm.warp(start);
            uint256 mandate = _pledged(1);
            vm.warp(DUE);
            (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
            _tally(consultation, 1, opinions[i], missing[i]);
            promises.publish(evaluation);
            vm.warp(DUE + APPEAL_PERIOD);
            vm.expectEmit(address(promises));
            emit IPromises.PromiseSettled(mandate, 0, opinions[i], missing[i], burnt[i], frozen[i]);
            promises.settle(evaluation);
            assertEq(promises.mandateOf(mandate).frozen, frozen[i]);
        }
    }

    function test_WhatTooFewLeftIsJudgedWithTheRestTheSecondTime() external {
        _deployWithAFloorOfFour();
        uint256 mandate = _early(DUE, 1, 4);
        assertEq(promises.mandateOf(mandate).capital, 37_500_000);
        assertEq(promises.mandateOf(mandate).frozen, 37_500_000);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        assertEq(promises.mandateOf(mandate).frozen, 37_500_000, "it is before the voters, and counts as kept");
        _tally(consultation, 1, 8, 0);
        promises.publish(evaluation);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(evaluation);
        assertEq(promises.mandateOf(mandate).frozen, 0);
        assertEq(promises.mandateOf(mandate).capital, FIFTY_MILLION);
    }

    function _isFrozenUntilItIsJudged(uint256 mandate, uint256 frozen) private {
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Unjudged));
        assertEq(promises.mandateOf(mandate).frozen, frozen, "an early judgement was made final");
        vm.warp(uint256(promises.promiseOf(mandate, 0).dueAt) + SILENCE + PATIENCE);
        (uint256 evaluation, uint256 consultation) = _call(mandate);
        assertEq(promises.mandateOf(mandate).frozen, frozen, "it counts as kept while it is judged");
        _tally(consultation, 1, 8, 32);
        promises.publish(evaluation);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(evaluation);
        assertEq(cred.balanceOf(mayor), 0);
        assertEq(promises.mandateOf(mandate).frozen, 0);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Settled));
    }

    /// @dev One promise, judged on its subject's evidence before it is due.
    function _early(uint40 dueAt, uint256 opinions, uint256 missing) private returns (uint256 mandate) {
        mandate = _evidenced(dueAt);
        _settled(mandate, opinions, missing);
    }

    /// @dev By all eight, in a vote that was attached a second before the day and opened a fortnight later.
    function _foundAfterTheDay(uint256 missing) private returns (uint256 mandate) {
        mandate = _evidenced(DUE);
        vm.warp(DUE - 1);
        _settled(mandate, 8, missing);
    }

    function _isSettled(uint256 mandate) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, 0, IPromises.State.Settled);
    }

    function _evidenced(uint40 dueAt) private returns (uint256 mandate) {
        mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(1);
        pledges[0].dueAt = dueAt;
        vm.startPrank(mayor);
        promises.pledge(mandate, 0, pledges, 0, "");
        promises.bringEvidence(mandate, 0, "a report on the works", "", 0, "");
        vm.stopPrank();
    }

    function _call(uint256 mandate) private returns (uint256 evaluation, uint256 consultation) {
        _sealRoll();
        results.makeKeys(1);
        vm.prank(stranger);
        evaluation = promises.callEvaluation(mandate, hex"00", 1);
        consultation = promises.evaluationOf(evaluation).consultation;
    }

    function _settled(uint256 mandate, uint256 opinions, uint256 missing) private {
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        _tally(consultation, 1, opinions, missing);
        promises.publish(evaluation);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(evaluation);
    }

    /// @dev Half of the roll of eight.
    function _deployWithAFloorOfFour() private {
        IPromises.Charter memory charter = _charter();
        charter.turnoutFloor_bps = 5_000;
        _deployPromises(charter);
    }
}
