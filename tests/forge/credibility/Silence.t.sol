// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAuthority} from "@openzeppelin/contracts/access/manager/IAuthority.sol";

import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {IRolls} from "contracts/residents/interfaces/IRolls.sol";
import {M} from "contracts/vote/Rule.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @dev Works until so much is spent of the gas that was left at `from`.
function spend(uint256 from, uint256 gas_) view {
    while (from - gasleft() < gas_) {}
}

/// @dev A later authority, which works for a hundred thousand of gas before it says yes.
contract SlowAuthority is IAuthority {
    function canCall(address, address, bytes4) external view returns (bool) {
        spend(gasleft(), 100_000);
        return true;
    }
}

/// @dev A later Rulebook, which works for nearly all the gas that it is promised before it says yes.
contract SlowRulebook {
    uint256 private constant WORK = 2_990_000;

    IRulebook private immutable _like;

    constructor(IRulebook like) {
        _like = like;
    }

    function rolls() external view returns (IRolls) {
        return _like.rolls();
    }

    function floors() external view returns (IRulebook.Floors memory) {
        return _like.floors();
    }

    function requireTerms(IConsultations.Terms calldata terms, bool called) external view {
        uint256 from = gasleft();
        _like.requireTerms(terms, called);
        spend(from, WORK);
    }
}

/// @title Silence favours no official
contract SilenceTest is CredFixture {
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
        terms.opensAt = uint40(block.timestamp + CALL_NOTICE);
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
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_RollTooSmall.selector, 0, 7));
        promises.callEvaluation(mandate, hex"00", 1);
        _sealRoll();
        vm.warp(block.timestamp + 366 days);
        vm.expectRevert(abi.encodeWithSelector(IRulebook.Rulebook_OldRoll.selector, _rollRoot(), CITIZENS));
        promises.callEvaluation(mandate, hex"00", 1);
    }

    function test_ACalledVoteIsOnAsManyOfTheCitizensAsAnother() external {
        uint256 mandate = _pledged(1);
        _sealRoll();
        results.makeKeys(1);
        vm.warp(DUE + SILENCE + PATIENCE);
        address[] memory more = new address[](3); // eight of eleven are below eight tenths
        (more[0], more[1], more[2]) = (makeAddr("Ines"), makeAddr("Jules"), makeAddr("Kenza"));
        vm.prank(registrar);
        residents.enrol(Kind.Citizen, more, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_RollTooSmall.selector, CITIZENS, 9));
        promises.callEvaluation(mandate, hex"00", 1);
        promises.declareUnjudged(mandate, hex"00");
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
        uint256 evaluation = promises.callEvaluation(mandate, hex"00", 1);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.UnderEvaluation));
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION, "it counts as kept while it is judged");
        _tally(promises.evaluationOf(evaluation).consultation, 1, 8, 0);
        promises.publish(evaluation);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(evaluation);
        assertEq(promises.mandateOf(mandate).frozen, 0);
    }

    function test_AnEmptyListDeclaresCallsAndAttachesNothing() external {
        uint256 mandate = _pledged(1);
        uint256 consultation = _schedule(mandate, "", false);
        bytes memory nothing = abi.encodeWithSelector(IPromises.Promises_NothingNamed.selector);
        vm.expectRevert(nothing);
        promises.declareUnjudged(mandate, "");
        vm.expectRevert(nothing);
        promises.callEvaluation(mandate, "", 1);
        vm.prank(officer);
        vm.expectRevert(nothing);
        promises.attachEvaluation(mandate, "", consultation, false);
        vm.prank(clerk);
        promises.cancelMandate(mandate, ""); // nothing was judged
    }

    function test_WhereTheRulebookTakesNoVotePromisesAreDeclaredUnjudged() external {
        uint256 mandate = _pledged(33);
        vm.warp(DUE + SILENCE + PATIENCE);
        _sealRoll();
        results.makeKeys(1);
        vm.expectRevert(IPromises.Promises_CanBeJudged.selector);
        promises.declareUnjudged(mandate, _list(0, 33)); // more than a ballot holds: they are judged in two
        bytes memory refusal = abi.encodeWithSelector(IRulebook.Rulebook_MinimumTooHigh.selector, LEAST_BALLOTS, 4);
        vm.mockCallRevert(address(results.rulebook()), abi.encodePacked(IRulebook.requireTerms.selector), refusal);
        promises.declareUnjudged(mandate, hex"00");
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Unjudged));
    }

    function test_TheDatesOfACalledVoteBendToTheRulebook() external {
        uint256 mandate = _pledged(1);
        _sealRoll();
        vm.warp(DUE + SILENCE);
        IRulebook.Floors memory floors = IRulebook.Floors(600, 20 days, 21 days, LEAST_BALLOTS, 10_000);
        IRulebook.Ceilings memory ceilings = IRulebook.Ceilings(MONTH, MONTH, MONTH, MONTH);
        results.follow(IRulebook(deployCode("Rulebook.sol:Rulebook", abi.encode(rolls, floors, ceilings))));
        results.makeKeys(1);
        uint256 evaluation = promises.callEvaluation(mandate, hex"00", 1);
        (,,,,, uint256 tallyBy,) = results.terms(promises.evaluationOf(evaluation).consultation);
        assertEq(tallyBy, block.timestamp + 41 days + VOTING);
    }

    function test_WhatTheRulebooksCeilingsRefuseIsDeclaredUnjudged() external {
        uint256 mandate = _pledged(1);
        _sealRoll();
        results.makeKeys(1);
        vm.warp(DUE + SILENCE + PATIENCE);
        IRulebook.Floors memory floors = IRulebook.Floors(600, 0, 1, LEAST_BALLOTS, 10_000);
        IRulebook.Ceilings memory ceilings = IRulebook.Ceilings(MONTH, 3 days, MONTH, MONTH);
        results.follow(IRulebook(deployCode("Rulebook.sol:Rulebook", abi.encode(rolls, floors, ceilings))));
        promises.declareUnjudged(mandate, hex"00");
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION);
    }

    function test_AnyoneReleasesWhatItsTrusteesLeaveAndWhatWasDueIsFrozen() external {
        uint256 mandate = _pledged(2);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 1, "done", "", 0, "");
        vm.warp(DUE - 1);
        (uint256 early, uint256 first) = _attach(mandate, hex"01", false);
        results.become(first, IResults.Status.Stalled);
        vm.warp(DUE);
        (uint256 evaluation, uint256 second) = _attach(mandate, hex"00", false);
        results.become(second, IResults.Status.Stalled);

        vm.warp(DUE + PATIENCE - 1);
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotLate.selector, DUE + PATIENCE));
        promises.release(evaluation);
        vm.warp(DUE + PATIENCE);
        promises.release(evaluation);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Unjudged));
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION / 2, "silence favoured the official");

        promises.release(early);
        assertEq(uint8(_state(mandate, 1)), uint8(IPromises.State.Unjudged), "due by now");
        vm.stopPrank();
        _attach(mandate, hex"0001", false);
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION, "nobody has judged it yet");
    }

    function test_WhatIsNotDueWhenAStalledEvaluationIsReleasedIsPledgedAsBefore() external {
        uint256 mandate = _pledged(1);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 0, "done", "", 0, "");
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"00", false);
        results.become(consultation, IResults.Status.Stalled);
        vm.warp(block.timestamp + PATIENCE);
        promises.release(evaluation);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Pledged));
        assertEq(promises.mandateOf(mandate).frozen, 0);
    }

    function test_WhatWasNotDueWhenTheMandateEndedIsFrozenForGood() external {
        uint256 mandate = _pledged(2);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 1, "done", "", 0, "");
        (uint256 evaluation, uint256 consultation) = _attach(mandate, hex"01", false);
        vm.warp(DUE - 1);
        vm.expectEmit(address(promises));
        emit IPromises.PromiseUnjudged(mandate, 0);
        vm.prank(clerk);
        promises.endMandate(mandate, "resigned");
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION / 2, "who resigns in time keeps everything");
        results.become(consultation, IResults.Status.Withheld);
        promises.release(evaluation);
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION, "given back to nobody");

        vm.warp(DUE + SILENCE + PATIENCE);
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, 0, IPromises.State.Unjudged)
        );
        promises.declareUnjudged(mandate, hex"00");
        _sealRoll();
        results.makeKeys(1);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 0, DUE));
        promises.callEvaluation(mandate, hex"00", 1);
    }

    function test_EndingAMandateThatIsNotWhollyPledgedFreezesNothing() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory part = _pledges(1);
        part[0].weight_bps = 5_000;
        vm.prank(mayor);
        promises.pledge(mandate, 0, part, 0, "");
        vm.prank(clerk);
        promises.endMandate(mandate, "resigned");
        assertEq(promises.mandateOf(mandate).frozen, 0);
    }

    function test_AVoteIsCallableWhereThereAreARollAKeyAndTheRulebooksLeave() external {
        uint256 mandate = _pledged(1);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_RollTooSmall.selector, 0, 7));
        promises.requireCallable(mandate, hex"00");
        _sealRoll();
        vm.expectRevert(IPromises.Promises_NoKey.selector);
        promises.requireCallable(mandate, hex"00");
        results.makeKeys(1);
        promises.requireCallable(mandate, hex"00");
        vm.warp(block.timestamp + 366 days);
        vm.expectRevert(abi.encodeWithSelector(IRulebook.Rulebook_OldRoll.selector, _rollRoot(), CITIZENS));
        promises.requireCallable(mandate, hex"00");
    }

    function test_WhatThisContractMayCallNoVoteOnIsDeclaredUnjudged() external {
        uint256 mandate = _pledged(3);
        _sealRoll();
        results.makeKeys(1);
        vm.warp(DUE + SILENCE + PATIENCE);
        uint64 caller = town.CALLER();
        vm.startPrank(mayor);
        town.revokeRole(caller, address(promises));
        _isNotCallable(mandate, hex"00");
        vm.startPrank(mayor);
        town.grantRole(caller, address(promises), 0);
        town.setTargetClosed(address(results), true);
        _isNotCallable(mandate, hex"01");
        vm.prank(mayor);
        town.setTargetClosed(address(results), false);
        results.obey(address(new AccessManager(mayor)));
        _isNotCallable(mandate, hex"02");
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION, "a due promise counts as kept");

        results.obey(address(town));
        promises.callEvaluation(mandate, hex"000102", 1);
    }

    function _isNotCallable(uint256 mandate, bytes memory ids) private {
        vm.stopPrank();
        vm.expectRevert(IPromises.Promises_MayNotCall.selector);
        promises.requireCallable(mandate, ids);
        promises.declareUnjudged(mandate, ids);
    }

    function test_ARulebookThatAnswersOtherwiseOrNotAtAllTakesNoVote() external {
        uint256 mandate = _pledged(2);
        _sealRoll();
        results.makeKeys(1);
        vm.warp(DUE + SILENCE + PATIENCE);
        address rulebook = address(results.rulebook());
        vm.mockCallRevert(rulebook, abi.encodePacked(IRulebook.floors.selector), "");
        promises.declareUnjudged(mandate, hex"00");
        vm.clearMockedCalls();
        vm.mockCallRevert(rulebook, abi.encodePacked(IRulebook.rolls.selector), "");
        promises.declareUnjudged(mandate, hex"01");
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION, "a due promise counts as kept");
    }

    function test_WhoIsStarvedHasRefusedNothing() external {
        results.follow(IRulebook(address(new SlowRulebook(results.rulebook()))));
        results.obey(address(new SlowAuthority()));
        uint256 mandate = _pledged(1);
        _sealRoll();
        results.makeKeys(1);
        vm.warp(DUE + SILENCE + PATIENCE);
        bytes memory act = abi.encodeCall(IPromises.declareUnjudged, (mandate, hex"00"));
        for (uint256 given = 200_000; given <= 4_000_000; given += 20_000) {
            (bool done, bytes memory refusal) = address(promises).call{gas: given}(act);
            assertFalse(done, "a promise that can be judged is frozen for want of gas");
            bool isEnough = given > 3_300_000;
            bytes4 expected = isEnough ? IPromises.Promises_CanBeJudged.selector : IPromises.Promises_OutOfGas.selector;
            assertEq(bytes4(refusal), expected);
        }
    }
}
