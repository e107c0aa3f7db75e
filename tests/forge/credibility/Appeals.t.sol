// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IAppeals} from "contracts/credibility/interfaces/IAppeals.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title From a published result to the jury, and from its answer or its silence to the burn
contract AppealsTest is CredFixture {
    function test_TheSubjectAloneAppealsAndOnce() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.prank(citizens[0]);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        appeals.appeal(evaluation, "grounds", 0, "");

        bytes32 slip = keccak256(
            abi.encode(
                keccak256("Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)"),
                evaluation,
                bytes32("grounds"),
                DUE
            )
        );
        vm.expectEmit(address(appeals));
        emit IAppeals.Appealed(evaluation, mayor, "grounds");
        appeals.appeal(evaluation, "grounds", DUE, _signAppeal(mayorKey, slip));
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_Once.selector, evaluation));
        appeals.appeal(evaluation, "grounds", 0, "");
    }

    function test_TheSubjectsAppealShutsNoPetitionOut() external {
        (, uint256 evaluation,) = _appealed();
        vm.warp(DUE + APPEAL_PERIOD - 1);
        vm.expectEmit(address(appeals));
        emit IAppeals.Petitioned(evaluation, 2);
        vm.expectEmit(address(appeals));
        emit IAppeals.Appealed(evaluation, address(0), 0);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
        assertTrue(appeals.appealOf(evaluation).byPetition);
    }

    function test_APetitionShutsNoAppealOfTheSubjectOut() external {
        (, uint256 evaluation,) = _published(8, 16);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
        vm.expectEmit(address(appeals));
        emit IAppeals.Appealed(evaluation, mayor, "grounds");
        vm.prank(mayor);
        appeals.appeal(evaluation, "grounds", 0, "");
    }

    function test_WhoJoinsAPetitionThatSeizedTheJuryCountsAndSeizesItNoSecondTime() external {
        (, uint256 evaluation,) = _published(4, 8);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
        vm.recordLogs();
        appeals.petition(evaluation, _petitioners(evaluation, 2, 3));
        assertEq(vm.getRecordedLogs().length, 1, "Petitioned, and no second Appealed");
        assertEq(appeals.petitioners(evaluation), 5);
    }

    function test_AfterTheTimeToAppealNobodyAppeals() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.warp(DUE + APPEAL_PERIOD);
        bytes memory late = abi.encodeWithSelector(IAppeals.Appeals_TooLate.selector, DUE + APPEAL_PERIOD);
        vm.prank(mayor);
        vm.expectRevert(late);
        appeals.appeal(evaluation, "", 0, "");
        vm.expectRevert(late);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
    }

    function test_APetitionOfEnoughOfTheRollSeizesTheJury() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.startPrank(stranger);
        vm.expectEmit(address(appeals));
        emit IAppeals.Petitioned(evaluation, 1);
        appeals.petition(evaluation, _petitioners(evaluation, 3, 1));
        assertEq(appeals.petitioners(evaluation), 1);
        assertFalse(appeals.appealOf(evaluation).byPetition, "one of eight is not a quarter");
        vm.expectEmit(address(appeals));
        emit IAppeals.Appealed(evaluation, address(0), 0);
        appeals.petition(evaluation, _petitioners(evaluation, 7, 1));
        vm.stopPrank();
        assertTrue(appeals.appealOf(evaluation).byPetition);
    }

    function test_APetitionerCountsOnce() external {
        (, uint256 evaluation,) = _published(4, 8);
        appeals.petition(evaluation, _petitioners(evaluation, 3, 1));
        IAppeals.Petitioner[] memory twice = new IAppeals.Petitioner[](2);
        (twice[0], twice[1]) = (_petitioner(evaluation, 3), _petitioner(evaluation, 3));
        for (uint256 i; i < 2; ++i) {
            _skips(evaluation, 3, IAppeals.Skip.CountedAlready);
        }
        vm.expectEmit(address(appeals));
        emit IAppeals.Petitioned(evaluation, 1);
        appeals.petition(evaluation, twice);
        assertFalse(appeals.appealOf(evaluation).byPetition);
    }

    function test_WhoeverPostsOneSignatureBeforeKillsNoBatch() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.prank(stranger);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 1));
        _skips(evaluation, 0, IAppeals.Skip.CountedAlready);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
        assertEq(appeals.petitioners(evaluation), 2);
        assertTrue(appeals.appealOf(evaluation).byPetition);
    }

    function test_APetitionerSignsWithTheKeyThatItHasNow() external {
        (, uint256 evaluation,) = _published(4, 8);
        (address newKey, uint256 secret) = makeAddrAndKey("new key");
        vm.prank(registrar);
        residents.proposeRecovery(citizens[3], newKey, "");
        vm.warp(DUE + RECOVERY_DELAY_S);
        residents.recover(citizens[3]);
        IAppeals.Petitioner[] memory signers = _petitioners(evaluation, 3, 1);
        _skips(evaluation, 3, IAppeals.Skip.NotSigned);
        appeals.petition(evaluation, signers);
        bytes32 slip =
            keccak256(abi.encode(keccak256("Petition(uint256 evaluation,address resident)"), evaluation, citizens[3]));
        signers[0].signature = _signAppeal(secret, slip);
        appeals.petition(evaluation, signers);
        assertEq(appeals.petitioners(evaluation), 1);
    }

    function test_APetitionerWhoIsNotOnTheRollOrDidNotSignIsSkipped() external {
        (, uint256 evaluation,) = _published(4, 8);
        IAppeals.Petitioner[] memory signers = _petitioners(evaluation, 3, 1);
        signers[0].index = 4;
        _skips(evaluation, 4, IAppeals.Skip.NotOnRoll);
        appeals.petition(evaluation, signers);
        signers[0].index = 3 + (1 << 128);
        _skips(evaluation, 3 + (1 << 128), IAppeals.Skip.NotOnRoll);
        appeals.petition(evaluation, signers);
        signers = _petitioners(evaluation, 3, 1);
        signers[0].signature = _petitioner(evaluation, 2).signature;
        _skips(evaluation, 3, IAppeals.Skip.NotSigned);
        appeals.petition(evaluation, signers);
        // What she signed against another evaluation does not count against this one.
        signers[0].signature = _petitioner(evaluation + 1, 3).signature;
        _skips(evaluation, 3, IAppeals.Skip.NotSigned);
        appeals.petition(evaluation, signers);
        signers[0].signature = "";
        _skips(evaluation, 3, IAppeals.Skip.NotSigned);
        vm.prank(citizens[3]);
        appeals.petition(evaluation, signers);
        assertEq(appeals.petitioners(evaluation), 0);
    }

    function test_NobodyPetitionsAgainstWhatIsOver() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.warp(DUE + APPEAL_PERIOD);
        promises.settle(evaluation);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_NoResult.selector, evaluation));
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
    }

    function test_TheJuryRulesOnNothingThatIsOver() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.warp(DUE + APPEAL_PERIOD);
        promises.settle(evaluation);
        for (uint256 i = evaluation; i < evaluation + 2; ++i) {
            vm.prank(jury);
            vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_NothingToRule.selector, i));
            appeals.rule(i, IAppeals.Ruling.Confirmed, "");
        }
    }

    function test_TheJuryConfirmsWhenAllHadTheirTimeToAppealAndItSettlesAtOnce() external {
        (uint256 mandate, uint256 evaluation,) = _appealed();
        vm.warp(DUE + APPEAL_PERIOD);
        vm.expectEmit(address(appeals));
        emit IAppeals.Ruled(evaluation, IAppeals.Ruling.Confirmed, "reasons");
        vm.prank(jury);
        appeals.rule(evaluation, IAppeals.Ruling.Confirmed, "reasons");
        promises.settle(evaluation);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Settled));
    }

    function testFuzz_SubjectAndJuryTakeNoDayFromThosePetitioning(uint40 appealedAfter, uint40 ruledAfter, bool annuls)
        external
    {
        (, uint256 evaluation,) = _published(8, 16);
        appealedAfter = uint40(bound(appealedAfter, 0, APPEAL_PERIOD - 1));
        ruledAfter = uint40(bound(ruledAfter, appealedAfter, APPEAL_PERIOD - 1));
        vm.warp(DUE + appealedAfter);
        vm.prank(mayor);
        appeals.appeal(evaluation, "grounds", 0, "");
        vm.warp(DUE + ruledAfter);
        vm.prank(jury);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_TooEarly.selector, DUE + APPEAL_PERIOD));
        appeals.rule(evaluation, annuls ? IAppeals.Ruling.Annulled : IAppeals.Ruling.Confirmed, "");
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_TooEarly.selector, DUE + APPEAL_PERIOD + JURY_PERIOD));
        promises.settle(evaluation);
        vm.warp(DUE + APPEAL_PERIOD - 1);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
        assertEq(appeals.petitioners(evaluation), 2);
    }

    function test_TheJuryAnnulsAndThePromiseIsJudgedAgain() external {
        (uint256 mandate, uint256 evaluation,) = _appealed();
        vm.warp(DUE + APPEAL_PERIOD);
        vm.expectEmit(address(promises));
        emit IPromises.Released(evaluation);
        vm.prank(jury);
        appeals.rule(evaluation, IAppeals.Ruling.Annulled, "reasons");
        assertTrue(appeals.isAnnulled(evaluation));
        vm.warp(DUE + 365 days);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_Annulled.selector, evaluation));
        appeals.requireStands(evaluation);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, evaluation));
        promises.settle(evaluation);
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION);

        (uint256 second, uint256 consultation) = _attach(mandate, hex"00", false);
        _tally(consultation, 1, 8, 0);
        promises.publish(second);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(second);
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Settled));
    }

    function test_TheJurysSilenceConfirms() external {
        (, uint256 evaluation,) = _appealed();
        uint256 until = DUE + APPEAL_PERIOD + JURY_PERIOD;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_TooEarly.selector, until));
        promises.settle(evaluation);
        vm.warp(until);
        vm.prank(jury);
        vm.expectRevert(abi.encodeWithSelector(IAppeals.Appeals_JuryTooLate.selector, until));
        appeals.rule(evaluation, IAppeals.Ruling.Annulled, "");
        promises.settle(evaluation);
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION / 2);
    }

    function test_TheLastToPetitionLeavesTheJuryAllItsDays() external {
        (, uint256 evaluation,) = _published(8, 16);
        vm.warp(DUE + APPEAL_PERIOD - 1);
        appeals.petition(evaluation, _petitioners(evaluation, 0, 2));
        vm.warp(DUE + APPEAL_PERIOD + JURY_PERIOD - 1);
        vm.prank(jury);
        appeals.rule(evaluation, IAppeals.Ruling.Annulled, "");
        assertTrue(appeals.isAnnulled(evaluation));
    }

    function test_TheJuryRulesOnceOnWhatWasAppealedAndOneWayOrTheOther() external {
        (, uint256 evaluation,) = _published(8, 16);
        vm.startPrank(jury);
        bytes memory nothing = abi.encodeWithSelector(IAppeals.Appeals_NothingToRule.selector, evaluation);
        vm.expectRevert(nothing);
        appeals.rule(evaluation, IAppeals.Ruling.Annulled, "");
        vm.stopPrank();
        vm.prank(mayor);
        appeals.appeal(evaluation, "", 0, "");
        vm.warp(DUE + APPEAL_PERIOD);
        vm.startPrank(jury);
        vm.expectRevert(IAppeals.Appeals_NoRuling.selector);
        appeals.rule(evaluation, IAppeals.Ruling.None, "");
        appeals.rule(evaluation, IAppeals.Ruling.Confirmed, "");
        vm.expectRevert(nothing);
        appeals.rule(evaluation, IAppeals.Ruling.Annulled, "");
        vm.stopPrank();
    }

    function _skips(uint256 evaluation, uint256 index, IAppeals.Skip reason) private {
        vm.expectEmit(address(appeals));
        emit IAppeals.PetitionSkipped(evaluation, index, reason);
    }

    function _appealed() private returns (uint256 mandate, uint256 evaluation, uint256 consultation) {
        (mandate, evaluation, consultation) = _published(8, 16);
        vm.prank(mayor);
        appeals.appeal(evaluation, "grounds", 0, "");
    }
}
