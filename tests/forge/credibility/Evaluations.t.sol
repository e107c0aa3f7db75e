// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IAppeals} from "contracts/credibility/interfaces/IAppeals.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title From the consultation that judges to the Cred that burns
contract EvaluationsTest is CredFixture {
    uint256 private constant SETTLE_TEN_CEILING = 300_000;

    function test_OnlyTheReturningOfficerAttachesAndOnlyTheJuryRules() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.prank(mayor);
        appeals.appeal(evaluation, "grounds", 0, "");
        address[] memory all = _everybody();
        for (uint256 i; i < all.length; ++i) {
            vm.startPrank(all[i]);
            bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, all[i]);
            if (all[i] != officer) {
                vm.expectRevert(refusal);
                promises.attachEvaluation(1, hex"00", 9, false);
            }
            if (all[i] != jury) {
                vm.expectRevert(refusal);
                appeals.rule(evaluation, IAppeals.Ruling.Confirmed, "");
            }
            vm.stopPrank();
        }
    }

    function test_AConsultationThatHasOpenedIsTooLateToChoose() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"00", false);
        for (uint8 standing; standing <= uint8(IResults.Status.Withheld); ++standing) {
            if (IResults.Status(standing) == IResults.Status.Scheduled) continue;
            results.become(consultation, IResults.Status(standing));
            vm.prank(officer);
            vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotScheduled.selector, consultation));
            promises.attachEvaluation(mandate, hex"00", consultation, false);
        }
    }

    function test_AConsultationJudgesOnce() external {
        uint256 mandate = _pledged(1);
        (, uint256 consultation) = _attach(mandate, hex"00", true);
        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_ConsultationTaken.selector, consultation));
        promises.attachEvaluation(mandate, hex"00", consultation, true);
    }

    function test_AConsultationThatAsksSomethingElseIsRefused() external {
        uint256 mandate = _pledged(3);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"0001", false);
        bytes memory refusal = abi.encodeWithSelector(IPromises.Promises_OtherSubject.selector, consultation);
        vm.startPrank(officer);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"0100", consultation, false);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"0001", consultation, true);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate + 1, hex"0001", consultation, false);
        results.schedule(
            consultation,
            promises.questionOf(mandate, hex"0001", false),
            promises.evaluationRuleHash(3),
            _rollRoot(),
            CITIZENS
        );
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"0001", consultation, false);
        results.schedule(
            consultation,
            promises.questionOf(mandate, hex"0001", false),
            promises.evaluationRuleHash(2),
            _rollRoot(),
            CITIZENS
        );
        results.offer(consultation, keccak256("other words"));
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"0001", consultation, false);
        vm.stopPrank();
    }

    function test_TheQuestionBindsWhoseTheTextsAreThatWerePledged() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(2);
        vm.startPrank(mayor);
        for (uint256 i; i < 2; ++i) {
            IPromises.Pledge[] memory part = new IPromises.Pledge[](1);
            part[0] = pledges[i];
            promises.pledge(mandate, i, part, 0, "");
        }
        vm.stopPrank();
        bytes32 texts = keccak256(abi.encode(bytes32(0), pledges[0].textHash));
        texts = keccak256(abi.encode(texts, pledges[1].textHash));
        assertEq(promises.mandateOf(mandate).textsHash, texts);
        bytes32 question = keccak256(abi.encode(block.chainid, promises, mandate, mayor, texts, hex"01", false));
        assertEq(promises.questionOf(mandate, hex"01", false), question);
    }

    function test_APromiseIsJudgedWhenDueOrEarlyOnItsSubjectsEvidence() external {
        uint256 mandate = _pledged(2);
        vm.warp(DUE - 1);
        uint256 consultation = _schedule(mandate, hex"01", false);
        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_TooEarly.selector, 1, DUE));
        promises.attachEvaluation(mandate, hex"01", consultation, false);

        vm.prank(mayor);
        promises.bringEvidence(mandate, 1, "done", "", 0, "");
        vm.prank(officer);
        promises.attachEvaluation(mandate, hex"01", consultation, false);
        assertEq(uint8(_state(mandate, 1)), uint8(IPromises.State.UnderEvaluation));

        vm.warp(DUE);
        _attach(mandate, hex"00", false);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.UnderEvaluation));
    }

    function test_AnEvaluationIsOnTheCitizensRollThatWasSealedLast() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"00", false);
        bytes32 question = promises.questionOf(mandate, hex"00", false);
        bytes32 rule = promises.evaluationRuleHash(1);
        bytes memory refusal = abi.encodeWithSelector(IPromises.Promises_OtherRoll.selector, consultation);
        vm.startPrank(officer);
        results.schedule(consultation, question, rule, "puppets", CITIZENS);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        results.schedule(consultation, question, rule, _rollRoot(), CITIZENS - 1);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        results.schedule(consultation, question, rule, _rollRoot(), CITIZENS);
        vm.warp(block.timestamp + 366 days);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        vm.stopPrank();
        _sealRoll();
        _announce(consultation);
        vm.prank(officer);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
    }

    function test_ARollBelowItsPartOfTheCitizensIsRefused() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"00", false);
        address[] memory more = new address[](3); // eight of eleven are below eight tenths
        (more[0], more[1], more[2]) = (makeAddr("Ines"), makeAddr("Jules"), makeAddr("Kenza"));
        vm.prank(registrar);
        residents.enrol(Kind.Citizen, more, new bytes32[](0));
        vm.startPrank(officer);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_RollTooSmall.selector, CITIZENS, 9));
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        vm.stopPrank();
        vm.prank(registrar);
        residents.depart(more[0]);
        vm.prank(officer);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
    }

    function test_AnEvaluationIsAttachedAsItIsTold() external {
        uint256 mandate = _pledged(2);
        uint256 consultation = _schedule(mandate, hex"0001", true);
        vm.expectEmit(address(promises));
        emit IPromises.EvaluationAttached(1, mandate, consultation, hex"0001", true);
        vm.prank(officer);
        uint256 evaluation = promises.attachEvaluation(mandate, hex"0001", consultation, true);
        assertEq(evaluation, promises.evaluations());
        uint40 opensAt = START + CALL_NOTICE;
        IPromises.Evaluation memory expected =
            IPromises.Evaluation(uint48(mandate), uint48(consultation), opensAt, 0, true, false, hex"0001");
        assertEq(abi.encode(promises.evaluationOf(evaluation)), abi.encode(expected));
    }

    function test_APromiseIsJudgedByOneEvaluationAtATime() external {
        uint256 mandate = _pledged(2);
        vm.warp(DUE);
        uint256 twice = _schedule(mandate, hex"0000", false);
        vm.prank(officer);
        vm.expectRevert(_underEvaluation(mandate));
        promises.attachEvaluation(mandate, hex"0000", twice, false);

        _attach(mandate, hex"00", false);
        uint256 other = _schedule(mandate, hex"0100", false);
        vm.prank(officer);
        vm.expectRevert(_underEvaluation(mandate));
        promises.attachEvaluation(mandate, hex"0100", other, false);
    }

    function test_AMidTermRoundInformsAndNeverBurns() external {
        uint256 mandate = _pledged(1);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", true);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_NoResult.selector, evaluation));
        promises.settle(evaluation);
        _tally(consultation, 1, 8, 32);
        promises.publish(evaluation);
        vm.warp(block.timestamp + 365 days);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, evaluation));
        promises.settle(evaluation);
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_NoResult.selector, evaluation));
        appeals.appeal(evaluation, "", 0, "");
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, evaluation));
        promises.publish(evaluation);
        assertEq(cred.totalSupply(), FIFTY_MILLION);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Pledged));
        _attach(mandate, hex"00", false);
    }

    function test_AResultIsPublishedOnceAndOnlyWhenItStands() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        results.become(consultation, IResults.Status.Decrypting);
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_NoResult.selector, evaluation, IResults.Status.Decrypting)
        );
        promises.publish(evaluation);
        bytes memory unpublished = abi.encodeWithSelector(IAppeals.Appeals_NoResult.selector, evaluation);
        vm.expectRevert(unpublished);
        promises.settle(evaluation);
        vm.expectRevert(unpublished);
        appeals.requireStands(evaluation);
        vm.expectRevert(unpublished);
        appeals.petition(evaluation, new IAppeals.Petitioner[](0));
        vm.prank(mayor);
        vm.expectRevert(unpublished);
        appeals.appeal(evaluation, "", 0, "");

        _tally(consultation, 1, 6, 5);
        uint256[] memory opinions = new uint256[](1);
        uint256[] memory missing = new uint256[](1);
        (opinions[0], missing[0]) = (6, 5);
        vm.expectEmit(address(promises));
        emit IPromises.ResultPublished(evaluation, opinions, missing);
        vm.prank(stranger);
        promises.publish(evaluation);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_AlreadyPublished.selector, evaluation));
        promises.publish(evaluation);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, evaluation + 1));
        promises.publish(evaluation + 1);
    }

    function test_AnyoneSettlesOnceWhenTheTimeToAppealIsOver() external {
        (uint256 mandate, uint256 evaluation,) = _published(8, 16);
        vm.warp(DUE + APPEAL_PERIOD - 1);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_TooEarly.selector, DUE + APPEAL_PERIOD));
        promises.settle(evaluation);

        vm.warp(DUE + APPEAL_PERIOD);
        vm.expectEmit(address(promises));
        emit IPromises.PromiseSettled(mandate, 0, 8, 16, 25_000_000, 0);
        vm.expectEmit(address(promises));
        emit IPromises.EvaluationSettled(evaluation, mandate, 25_000_000, 0, 25_000_000);
        vm.prank(stranger);
        promises.settle(evaluation);
        assertEq(cred.balanceOf(mayor), 25_000_000);
        assertEq(promises.mandateOf(mandate).capital, 25_000_000);
        assertEq(promises.promiseOf(mandate, 0).burnt, 25_000_000);

        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, evaluation));
        promises.settle(evaluation);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, 99));
        promises.settle(99);
        uint256 again = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, 0, IPromises.State.Settled)
        );
        promises.attachEvaluation(mandate, hex"00", again, false);
    }

    function test_AWithheldResultGivesThePromisesBack() external {
        uint256 mandate = _pledged(2);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"0001", false);
        results.become(consultation, IResults.Status.Closed);
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_NoResult.selector, evaluation, IResults.Status.Closed)
        );
        promises.release(evaluation);
        results.become(consultation, IResults.Status.Withheld);
        vm.expectEmit(address(promises));
        emit IPromises.Released(evaluation);
        vm.prank(stranger);
        promises.release(evaluation);
        _attach(mandate, hex"0001", false);
    }

    function test_NothingThatIsOverIsReleased() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        results.become(consultation, IResults.Status.Withheld);
        promises.release(evaluation);
        for (uint256 i = evaluation; i < evaluation + 2; ++i) {
            bytes memory over = abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, i);
            vm.expectRevert(over);
            promises.release(i);
        }
    }

    function test_ALateResultOfAStalledConsultationThatWasReleasedBurnsNothing() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        results.become(consultation, IResults.Status.Stalled);
        vm.warp(DUE + PATIENCE);
        promises.release(evaluation);
        _tally(consultation, 1, 8, 32);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, evaluation));
        promises.publish(evaluation);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Unjudged));
    }

    function test_AReleasedMidTermRoundLeavesAnEvaluationAlone() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        (uint256 midTerm, uint256 consultation) = _attach(mandate, hex"00", true);
        _attach(mandate, hex"00", false);
        results.become(consultation, IResults.Status.Withheld);
        promises.release(midTerm);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.UnderEvaluation));
    }

    function test_HalfKeptBurnsTwentyFiveOfFiftyMillionForLessThanTheCeiling() external {
        uint256 mandate = _pledged(10);
        vm.warp(DUE);
        (uint256 evaluation, uint256 consultation) = _attach(mandate, _list(0, 10), false);
        uint256[] memory counts = new uint256[](20);
        for (uint256 i; i < 10; ++i) {
            (counts[2 * i], counts[2 * i + 1]) = (8, i < 5 ? 0 : 32);
        }
        results.tally(consultation, counts);
        promises.publish(evaluation);
        vm.warp(DUE + APPEAL_PERIOD);
        vm.cool(address(promises));
        vm.cool(address(appeals));
        vm.cool(address(results));
        vm.cool(address(cred));
        promises.settle(evaluation);
        uint256 used = vm.lastCallGas().gasTotalUsed + 21_000;
        vm.snapshotValue("Credibility", "settle ten promises, transaction included", used);
        assertLe(used, SETTLE_TEN_CEILING);
        assertEq(cred.balanceOf(mayor), 25_000_000);
    }

    function _underEvaluation(uint256 mandate) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, 0, IPromises.State.UnderEvaluation);
    }
}
