// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {M} from "contracts/vote/Rule.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title Neither silence nor an early judgement favours the official
contract SilenceTest is CredFixture {
    function test_AnEarlyJudgementIsReopenedOnceBeforeTheMandateEndsAndBurnsWhatMoreItFinds() external {
        uint256 mandate = _pledged(1);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 0, "done", "", 0, "");
        _settled(mandate, 8, 8);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.SettledEarly));
        assertEq(promises.mandateOf(mandate).capital, 37_500_000);

        // Released, it stands where it stood, and may still be reopened.
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Reopened));
        results.become(consultation, IResults.Status.Withheld);
        promises.release(evaluation);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.SettledEarly));

        _settled(mandate, 8, 24);
        assertEq(promises.promiseOf(mandate, 0).burnt, 37_500_000);
        assertEq(promises.mandateOf(mandate).capital, 12_500_000);
        assertEq(cred.balanceOf(mayor), 12_500_000);
        uint256 thrice = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, 0, IPromises.State.Settled)
        );
        promises.attachEvaluation(mandate, hex"00", thrice, false);
    }

    function test_AReopenedJudgementGivesNothingBack() external {
        uint256 mandate = _pledged(1);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 0, "done", "", 0, "");
        _settled(mandate, 8, 16);
        _settled(mandate, 8, 0);
        assertEq(promises.promiseOf(mandate, 0).burnt, 25_000_000);
        assertEq(cred.balanceOf(mayor), 25_000_000);
    }

    function test_AfterTheMandateAnEarlyJudgementStands() external {
        uint256 mandate = _pledged(1);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 0, "done", "", 0, "");
        _settled(mandate, 8, 0);
        vm.warp(ENDS);
        uint256 late = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, 0, IPromises.State.SettledEarly)
        );
        promises.attachEvaluation(mandate, hex"00", late, false);
    }

    function test_AnyoneHasJudgedWhatNobodyPutToTheVote() external {
        uint256 mandate = _pledged(2);
        _sealRoll();
        results.makeKeys(1);
        vm.warp(DUE + SILENCE - 1);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotSilent.selector, 0, DUE + SILENCE));
        promises.callEvaluation(mandate, hex"00", 1);
        vm.warp(DUE + SILENCE);
        IConsultations.Terms memory terms;
        terms.ceremonyId = 1;
        (terms.rollRoot, terms.rollSize) = (_rollRoot(), uint32(CITIZENS));
        terms.opensAt = uint40(block.timestamp + NOTICE);
        (terms.closesAt, terms.tallyBy) = (terms.opensAt + VOTING, terms.opensAt + 2 * VOTING);
        terms.secrecyMinimum = LEAST_BALLOTS;
        terms.questionHash = promises.questionOf(mandate, hex"0001", false);
        terms.optionsHash = terms.questionHash;
        terms.rule.sets = new uint64[][](1);
        terms.rule.sets[0] = new uint64[](6);
        for (uint64 level; level < 5; ++level) {
            terms.rule.sets[0][level] = 1 + (4 - level) * M;
        }
        terms.rule.setOf = hex"0000";
        vm.expectCall(address(results), abi.encodeCall(IConsultations.call, (terms)));
        vm.prank(stranger);
        uint256 evaluation = promises.callEvaluation(mandate, hex"0001", 1);

        assertEq(uint8(_state(mandate, 1)), uint8(IPromises.State.UnderEvaluation));
        _tally(promises.evaluationOf(evaluation).consultation, 2, 8, 32);
        promises.publish(evaluation);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(evaluation);
        assertEq(cred.balanceOf(mayor), 0, "silence favoured the official");
    }

    function test_WithoutACurrentRollNobodyCallsAnEvaluation() external {
        uint256 mandate = _pledged(1);
        results.makeKeys(1);
        vm.warp(DUE + SILENCE);
        vm.expectRevert(abi.encodeWithSelector(IRulebook.Rulebook_BadRoll.selector, 0, 0, M - 1));
        promises.callEvaluation(mandate, hex"00", 1);
        _sealRoll();
        vm.warp(block.timestamp + 366 days);
        vm.expectRevert(abi.encodeWithSelector(IRulebook.Rulebook_OldRoll.selector, _rollRoot(), CITIZENS));
        promises.callEvaluation(mandate, hex"00", 1);
    }

    function test_WithoutAKeyOrARollAnyoneDeclaresPromisesUnjudgedAndTheirStakesFreeze() external {
        uint256 mandate = _pledged(2);
        vm.warp(DUE + SILENCE + PATIENCE - 1);
        _sealRoll();
        uint256 from = DUE + SILENCE + PATIENCE;
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotSilent.selector, 0, from));
        promises.declareUnjudged(mandate, hex"00");
        vm.warp(from);
        results.makeKeys(1);
        vm.expectRevert(IPromises.Promises_CanBeJudged.selector);
        promises.declareUnjudged(mandate, hex"00");
        results.makeKeys(0);
        vm.expectEmit(address(promises));
        emit IPromises.PromiseUnjudged(mandate, 0);
        vm.prank(stranger);
        promises.declareUnjudged(mandate, hex"00");
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Unjudged));
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION / 2);
        assertEq(promises.mandateOf(mandate).capital, FIFTY_MILLION);
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, 0, IPromises.State.Unjudged)
        );
        promises.declareUnjudged(mandate, hex"00");
        vm.prank(clerk);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_JudgedAlready.selector, mandate));
        promises.cancelMandate(mandate, "");

        // A key, and a roll that is too old.
        results.makeKeys(1);
        vm.warp(block.timestamp + 366 days);
        promises.declareUnjudged(mandate, hex"01");
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION);
    }

    function test_WhatIsUnjudgedIsStillJudged() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE + SILENCE + PATIENCE);
        promises.declareUnjudged(mandate, hex"00");
        _sealRoll();
        results.makeKeys(1);
        promises.callEvaluation(mandate, hex"00", 1);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.UnderEvaluation));
        assertEq(promises.mandateOf(mandate).frozen, 0);
    }

    function test_WhatWasNotDueWhenTheMandateEndedIsNeverUnjudged() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE - 1);
        vm.prank(clerk);
        promises.endMandate(mandate, "resigned");
        vm.warp(DUE + SILENCE + PATIENCE);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 0, DUE));
        promises.declareUnjudged(mandate, hex"00");
    }

    /// @dev Judged now, by all of the town, and settled.
    function _settled(uint256 mandate, uint256 opinions, uint256 missing) private {
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        _tally(consultation, 1, opinions, missing);
        promises.publish(evaluation);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(evaluation);
    }
}
