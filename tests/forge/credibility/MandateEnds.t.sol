// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title How a mandate ends before its time, and what it never takes from another
contract MandateEndsTest is CredFixture {
    bytes32 private constant TEXT = keccak256("text");
    string private constant URI = "ipfs://text";

    function test_OnlyTheClerkEndsOrCancelsAMandate() external {
        uint256 mandate = _pledged(1);
        address[] memory others = _everybody();
        for (uint256 i; i < others.length; ++i) {
            if (others[i] == clerk) continue;
            vm.startPrank(others[i]);
            _expectUnauthorized(others[i]);
            promises.endMandate(mandate, TEXT);
            _expectUnauthorized(others[i]);
            promises.cancelMandate(mandate, TEXT);
            vm.stopPrank();
        }
    }

    function test_AnEndedMandateIsJudgedOnWhatWasDueAndOnNothingElse() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(2);
        pledges[1].dueAt = DUE + 1;
        vm.prank(mayor);
        promises.pledge(mandate, 0, pledges, 0, "");
        vm.warp(DUE);
        vm.expectEmit(address(promises));
        emit IPromises.MandateEnded(mandate, TEXT);
        vm.startPrank(clerk);
        promises.endMandate(mandate, TEXT);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_MandateOver.selector, mandate, DUE));
        promises.endMandate(mandate, TEXT);
        vm.stopPrank();
        assertEq(promises.mandateOf(mandate).endsAt, DUE);

        _attach(mandate, hex"00", false);
        vm.warp(DUE + 1);
        uint256 consultation = _schedule(mandate, hex"01", false);
        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 1, DUE + 1));
        promises.attachEvaluation(mandate, hex"01", consultation, false);
    }

    function test_ACancelledMandateLosesItsCredAndIsNoMore() external {
        uint256 mandate = _pledged(1);
        uint256 other = _pledged(1);
        vm.expectEmit(address(promises));
        emit IPromises.MandateCancelled(mandate, FIFTY_MILLION, TEXT);
        vm.prank(clerk);
        promises.cancelMandate(mandate, TEXT);
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION, "the other mandate's is gone too");
        assertEq(promises.mandateOf(other).capital, FIFTY_MILLION);

        bytes memory gone = abi.encodeWithSelector(IPromises.Promises_Cancelled.selector, mandate);
        vm.startPrank(clerk);
        vm.expectRevert(gone);
        promises.cancelMandate(mandate, TEXT);
        vm.expectRevert(gone);
        promises.endMandate(mandate, TEXT);
        vm.stopPrank();
        vm.startPrank(mayor);
        vm.expectRevert(gone);
        promises.bringEvidence(mandate, 0, TEXT, URI, 0, "");
        vm.stopPrank();
    }

    function test_WhatWasJudgedIsNotCancelled() external {
        uint256 mandate = _pledged(1);
        _attach(mandate, hex"00", true); // to inform
        vm.warp(DUE);
        (, uint256 consultation) = _attach(mandate, hex"00", false);
        results.become(consultation, IResults.Status.Withheld);
        promises.release(2);
        vm.prank(clerk);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_JudgedAlready.selector, mandate));
        promises.cancelMandate(mandate, TEXT);
    }

    function test_OfAMandateThatIsEndedAndThenCancelledNothingIsLeftNorFrozen() external {
        uint256 mandate = _pledged(2);
        vm.startPrank(clerk);
        promises.endMandate(mandate, TEXT);
        assertEq(promises.mandateOf(mandate).frozen, FIFTY_MILLION);
        promises.cancelMandate(mandate, TEXT);
        vm.stopPrank();
        assertEq(promises.mandateOf(mandate).capital, 0);
        assertEq(promises.mandateOf(mandate).frozen, 0, "more is frozen than is left");
    }

    function test_AMandateThatDoesNotExistIsNeitherEndedNorCancelled() external {
        bytes memory none = abi.encodeWithSelector(IPromises.Promises_NoMandate.selector, 7);
        vm.startPrank(clerk);
        vm.expectRevert(none);
        promises.endMandate(7, TEXT);
        vm.expectRevert(none);
        promises.cancelMandate(7, TEXT);
        vm.stopPrank();
    }

    function test_TwoMandatesOfOneSubjectDoNotPoolTheirCred() external {
        (uint256 judged, uint256 evaluation,) = _published(8, 32);
        uint256 other = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(1);
        pledges[0].dueAt = ENDS;
        vm.prank(mayor);
        promises.pledge(other, 0, pledges, 0, "");
        vm.warp(DUE + APPEAL_PERIOD);
        promises.settle(evaluation);
        assertEq(promises.mandateOf(judged).capital, 0);
        assertEq(promises.mandateOf(other).capital, FIFTY_MILLION);
    }

    function _expectUnauthorized(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
    }
}
