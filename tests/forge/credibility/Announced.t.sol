// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title What burns is voted on as anyone would have it voted on, whoever opens the vote
contract AnnouncedTest is CredFixture {
    function testFuzz_WhatBurnsIsAnnouncedForTheCharter(uint40 notice, uint40 late) external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"00", false);
        notice = uint40(bound(notice, 0, 2 * CALL_NOTICE));
        late = uint40(bound(late, 0, notice)); // attached so long after it was opened
        uint256 opensAt = DUE + notice;
        results.date(consultation, opensAt, opensAt + VOTING, LEAST_BALLOTS);
        vm.warp(DUE + late);
        uint256 earliest = DUE + late + CALL_NOTICE;
        bool isAnnounced = opensAt >= earliest;
        if (!isAnnounced) {
            vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoticeTooShort.selector, opensAt, earliest));
        }
        vm.prank(officer);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        assertEq(promises.evaluations(), isAnnounced ? 1 : 0);
    }

    function testFuzz_WhatBurnsIsOpenForTheCharter(uint40 duration) external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"00", false);
        duration = uint40(bound(duration, 1, 2 * VOTING));
        uint256 opensAt = DUE + CALL_NOTICE;
        results.date(consultation, opensAt, opensAt + duration, LEAST_BALLOTS);
        if (duration < VOTING) {
            vm.expectRevert(
                abi.encodeWithSelector(IPromises.Promises_VoteTooShort.selector, opensAt + duration, opensAt + VOTING)
            );
        }
        vm.prank(officer);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        assertEq(promises.evaluations(), duration < VOTING ? 0 : 1);
    }

    function test_WhatBurnsIsWithheldForNoOtherMinimum() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"00", false);
        uint256 opensAt = DUE + CALL_NOTICE;
        uint256[3] memory others = [uint256(LEAST_BALLOTS - 1), LEAST_BALLOTS + 1, CITIZENS];
        vm.startPrank(officer);
        for (uint256 i; i < others.length; ++i) {
            results.date(consultation, opensAt, opensAt + VOTING, others[i]);
            vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_OtherMinimum.selector, others[i], LEAST_BALLOTS));
            promises.attachEvaluation(mandate, hex"00", consultation, false);
        }
        results.date(consultation, opensAt, opensAt + VOTING, LEAST_BALLOTS);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        vm.stopPrank();
    }

    function test_WhatIsJudgedEarlyIsAnnouncedToo() external {
        uint256 mandate = _pledged(1);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 0, "done", "", 0, "");
        uint256 consultation = _schedule(mandate, hex"00", false);
        uint256 opensAt = block.timestamp + CALL_NOTICE - 1;
        results.date(consultation, opensAt, opensAt + VOTING, LEAST_BALLOTS);
        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoticeTooShort.selector, opensAt, opensAt + 1));
        promises.attachEvaluation(mandate, hex"00", consultation, false);
    }

    function test_ARulebookThatAsksForMoreThanTheCharterIsHeard() external {
        IRulebook.Floors memory floors = IRulebook.Floors(600, 20 days, 21 days, LEAST_BALLOTS + 1, 10_000);
        IRulebook.Ceilings memory ceilings = IRulebook.Ceilings(MONTH, MONTH, MONTH, MONTH);
        results.follow(IRulebook(deployCode("Rulebook.sol:Rulebook", abi.encode(rolls, floors, ceilings))));
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        uint256 consultation = _schedule(mandate, hex"00", false);
        uint256 opensAt = DUE + 20 days;
        vm.startPrank(officer);
        results.date(consultation, opensAt - 1, opensAt + 21 days, LEAST_BALLOTS + 1);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoticeTooShort.selector, opensAt - 1, opensAt));
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        uint256 earliest = opensAt + 21 days;
        results.date(consultation, opensAt, earliest - 1, LEAST_BALLOTS + 1);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_VoteTooShort.selector, earliest - 1, earliest));
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        results.date(consultation, opensAt, earliest, LEAST_BALLOTS);
        bytes memory refusal =
            abi.encodeWithSelector(IPromises.Promises_OtherMinimum.selector, LEAST_BALLOTS, LEAST_BALLOTS + 1);
        vm.expectRevert(refusal);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        results.date(consultation, opensAt, earliest, LEAST_BALLOTS + 1);
        promises.attachEvaluation(mandate, hex"00", consultation, false);
        vm.stopPrank();
    }

    function test_WhatInformsIsAnnouncedAsTheRulebookLetsIt() external {
        uint256 mandate = _pledged(1);
        uint256 consultation = _schedule(mandate, hex"00", true);
        uint256 opensAt = block.timestamp + 1;
        results.date(consultation, opensAt, opensAt + 1, CITIZENS);
        vm.prank(officer);
        promises.attachEvaluation(mandate, hex"00", consultation, true);
    }
}
