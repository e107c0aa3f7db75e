// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title From a published result to the jury, and from its answer or its silence to the burn
contract AppealsTest is CredFixture {
    function test_TheSubjectAloneAppealsAndOnce() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.prank(citizens[0]);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        promises.appeal(evaluation, "grounds", 0, "");

        bytes32 slip = keccak256(
            abi.encode(
                keccak256("Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)"),
                evaluation,
                bytes32("grounds"),
                DUE
            )
        );
        vm.expectEmit(address(promises));
        emit IPromises.Appealed(evaluation, mayor, "grounds");
        promises.appeal(evaluation, "grounds", DUE, _sign(mayorKey, slip));
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_AppealOnce.selector, evaluation));
        promises.appeal(evaluation, "grounds", 0, "");
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_AppealOnce.selector, evaluation));
        promises.petition(evaluation, _petitioners(evaluation, 0, 2));
    }

    function test_AfterTheTimeToAppealNobodyAppeals() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.warp(DUE + APPEAL_PERIOD);
        bytes memory late = abi.encodeWithSelector(IPromises.Promises_AppealTooLate.selector, DUE + APPEAL_PERIOD);
        vm.prank(mayor);
        vm.expectRevert(late);
        promises.appeal(evaluation, "", 0, "");
        vm.expectRevert(late);
        promises.petition(evaluation, _petitioners(evaluation, 0, 2));
    }

    function test_APetitionOfEnoughOfTheRollSeizesTheJury() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.startPrank(stranger);
        vm.expectEmit(address(promises));
        emit IPromises.Petitioned(evaluation, 1);
        promises.petition(evaluation, _petitioners(evaluation, 3, 1));
        assertEq(promises.petitioners(evaluation), 1);
        assertEq(promises.evaluationOf(evaluation).appealedAt, 0, "one of eight is not a quarter");
        vm.expectEmit(address(promises));
        emit IPromises.Appealed(evaluation, address(0), 0);
        promises.petition(evaluation, _petitioners(evaluation, 7, 1));
        vm.stopPrank();
        assertEq(promises.evaluationOf(evaluation).appealedAt, DUE);
    }

    function test_APetitionerCountsOnce() external {
        (, uint256 evaluation,) = _published(4, 8);
        promises.petition(evaluation, _petitioners(evaluation, 3, 1));
        IPromises.Petitioner[] memory twice = new IPromises.Petitioner[](2);
        (twice[0], twice[1]) = (_petitioner(evaluation, 3), _petitioner(evaluation, 3));
        for (uint256 i; i < 2; ++i) {
            _skips(evaluation, 3, IPromises.Skip.CountedAlready);
        }
        vm.expectEmit(address(promises));
        emit IPromises.Petitioned(evaluation, 1);
        promises.petition(evaluation, twice);
        assertEq(promises.evaluationOf(evaluation).appealedAt, 0);
    }

    function test_WhoeverPostsOneSignatureBeforeKillsNoBatch() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.prank(stranger);
        promises.petition(evaluation, _petitioners(evaluation, 0, 1));
        _skips(evaluation, 0, IPromises.Skip.CountedAlready);
        promises.petition(evaluation, _petitioners(evaluation, 0, 2));
        assertEq(promises.petitioners(evaluation), 2);
        assertEq(promises.evaluationOf(evaluation).appealedAt, DUE);
    }

    function test_APetitionerSignsWithTheKeyThatItHasNow() external {
        (, uint256 evaluation,) = _published(4, 8);
        (address newKey, uint256 secret) = makeAddrAndKey("new key");
        vm.prank(registrar);
        residents.proposeRecovery(citizens[3], newKey, "");
        vm.warp(DUE + RECOVERY_DELAY_S);
        residents.recover(citizens[3]);
        IPromises.Petitioner[] memory signers = _petitioners(evaluation, 3, 1);
        _skips(evaluation, 3, IPromises.Skip.NotSigned);
        promises.petition(evaluation, signers);
        bytes32 slip =
            keccak256(abi.encode(keccak256("Petition(uint256 evaluation,address resident)"), evaluation, citizens[3]));
        signers[0].signature = _sign(secret, slip);
        promises.petition(evaluation, signers);
        assertEq(promises.petitioners(evaluation), 1);
    }

    function test_APetitionerWhoIsNotOnTheRollOrDidNotSignIsSkipped() external {
        (, uint256 evaluation,) = _published(4, 8);
        IPromises.Petitioner[] memory signers = _petitioners(evaluation, 3, 1);
        signers[0].index = 4;
        _skips(evaluation, 4, IPromises.Skip.NotOnRoll);
        promises.petition(evaluation, signers);
        signers[0].index = 3 + (1 << 128);
        _skips(evaluation, 3 + (1 << 128), IPromises.Skip.NotOnRoll);
        promises.petition(evaluation, signers);
        signers = _petitioners(evaluation, 3, 1);
        signers[0].signature = _petitioner(evaluation, 2).signature;
        _skips(evaluation, 3, IPromises.Skip.NotSigned);
        promises.petition(evaluation, signers);
        // What she signed against another evaluation does not count against this one.
        signers[0].signature = _petitioner(evaluation + 1, 3).signature;
        _skips(evaluation, 3, IPromises.Skip.NotSigned);
        promises.petition(evaluation, signers);
        signers[0].signature = "";
        _skips(evaluation, 3, IPromises.Skip.NotSigned);
        vm.prank(citizens[3]);
        promises.petition(evaluation, signers);
        assertEq(promises.petitioners(evaluation), 0);
    }

    function test_NobodyPetitionsAgainstWhatIsOver() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.warp(DUE + APPEAL_PERIOD);
        promises.settle(evaluation);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, evaluation));
        promises.petition(evaluation, _petitioners(evaluation, 0, 2));
    }

    function test_TheJuryRulesOnNothingThatIsOver() external {
        (, uint256 evaluation,) = _published(4, 8);
        vm.warp(DUE + APPEAL_PERIOD);
        promises.settle(evaluation);
        for (uint256 i = evaluation; i < evaluation + 2; ++i) {
            vm.prank(jury);
            vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoEvaluation.selector, i));
            promises.rule(i, IPromises.Ruling.Confirmed, "");
        }
    }

    function test_TheJuryConfirmsAndItSettlesAtOnce() external {
        (uint256 mandate, uint256 evaluation,) = _appealed();
        vm.expectEmit(address(promises));
        emit IPromises.Ruled(evaluation, IPromises.Ruling.Confirmed, "reasons");
        vm.prank(jury);
        promises.rule(evaluation, IPromises.Ruling.Confirmed, "reasons");
        promises.settle(evaluation);
        assertEq(uint8(_state(mandate, 0)), uint8(IPromises.State.Settled));
    }

    function test_TheJuryAnnulsAndThePromiseIsJudgedAgain() external {
        (uint256 mandate, uint256 evaluation,) = _appealed();
        vm.prank(jury);
        promises.rule(evaluation, IPromises.Ruling.Annulled, "reasons");
        vm.warp(DUE + 365 days);
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
        vm.warp(DUE + JURY_PERIOD - 1);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_SettledTooEarly.selector, DUE + JURY_PERIOD));
        promises.settle(evaluation);
        vm.warp(DUE + JURY_PERIOD);
        vm.prank(jury);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_JuryTooLate.selector, DUE + JURY_PERIOD));
        promises.rule(evaluation, IPromises.Ruling.Annulled, "");
        promises.settle(evaluation);
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION / 2);
    }

    function test_TheJuryRulesOnceOnWhatWasAppealedAndOneWayOrTheOther() external {
        (, uint256 evaluation,) = _published(8, 16);
        vm.startPrank(jury);
        bytes memory nothing = abi.encodeWithSelector(IPromises.Promises_NothingToRule.selector, evaluation);
        vm.expectRevert(nothing);
        promises.rule(evaluation, IPromises.Ruling.Annulled, "");
        vm.stopPrank();
        vm.prank(mayor);
        promises.appeal(evaluation, "", 0, "");
        vm.startPrank(jury);
        vm.expectRevert(IPromises.Promises_NoRuling.selector);
        promises.rule(evaluation, IPromises.Ruling.None, "");
        promises.rule(evaluation, IPromises.Ruling.Confirmed, "");
        vm.expectRevert(nothing);
        promises.rule(evaluation, IPromises.Ruling.Annulled, "");
        vm.stopPrank();
    }

    function _skips(uint256 evaluation, uint256 index, IPromises.Skip reason) private {
        vm.expectEmit(address(promises));
        emit IPromises.PetitionSkipped(evaluation, index, reason);
    }

    function _appealed() private returns (uint256 mandate, uint256 evaluation, uint256 consultation) {
        (mandate, evaluation, consultation) = _published(8, 16);
        vm.prank(mayor);
        promises.appeal(evaluation, "grounds", 0, "");
    }
}
