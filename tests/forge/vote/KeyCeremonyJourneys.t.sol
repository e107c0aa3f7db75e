// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {Tally} from "contracts/vote/Tally.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {TallyHarness} from "tests/forge/harness/TallyHarness.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";

/// @notice Whole ceremonies, from the opening to a total opened with the key they made. Strangers enforce every
/// deadline.
contract KeyCeremonyJourneysTest is KeyCeremonyFixture {
    TallyHarness internal consultations = TallyHarness(deployCode("TallyHarness.sol:TallyHarness", ""));

    function test_WhenAllThreeActAnyTwoOpenATotal() public {
        uint256 id = _toComplaints(2, 3);
        _toTheEnd(id);
        _assertOpens(id, MAJORITY, OPPOSITION);
        _assertOpens(id, MAJORITY, CLERK);
        _assertOpens(id, OPPOSITION, CLERK);
    }

    function test_EachStepOfACeremonyIsTold() public {
        uint256 id = _open(2, 2);
        uint40 end = uint40(block.timestamp + 2 * DAY);
        Point memory key = _times(secrets[id][2].key);
        _enrol(id, 1);
        Knowledge.Proof memory proof = _proveKnowledge(_enrolmentContext(id, 2), secrets[id][2].key);
        bytes memory signature = _step(id, 2, "enrol", abi.encode(key, proof));
        vm.expectEmit();
        emit IKeyCeremony.Enrolled(id, 2, key, proof, signature);
        vm.expectEmit();
        emit IKeyCeremony.PhaseStarted(id, IKeyCeremony.Phase.Commit, end);
        ceremony.enrol(id, 2, key, proof, signature);
        _commit(id, 1);
        IKeyCeremony.Deal memory made = _honest(id, 2);
        bytes32 dealHash = _hash(id, 2, made);
        vm.expectEmit();
        emit IKeyCeremony.Committed(id, 2, dealHash, 3, _step(id, 2, "commit", abi.encode(dealHash, 3)));
        vm.expectEmit();
        emit IKeyCeremony.PhaseStarted(id, IKeyCeremony.Phase.Deal, end);
        _commit(id, 2, made);
        _deal(id, 1);
        vm.expectEmit();
        emit IKeyCeremony.Dealt(id, 2, made, _step(id, 2, "deal", abi.encode(made)));
        vm.expectEmit();
        emit IKeyCeremony.PhaseStarted(id, IKeyCeremony.Phase.Complaints, uint40(block.timestamp + 3 * DAY));
        _deal(id, 2);
        _pass(id);
        key = _times(_shareSecret(id, 0));
        Point[] memory shareKeys = new Point[](2);
        (shareKeys[0], shareKeys[1]) = (_times(_shareSecret(id, 1)), _times(_shareSecret(id, 2)));
        end = uint40(block.timestamp + 4 * DAY);
        vm.expectEmit();
        emit IKeyCeremony.KeyProposed(id, key, shareKeys);
        vm.expectEmit();
        emit IKeyCeremony.PhaseStarted(id, IKeyCeremony.Phase.Acknowledgement, end);
        _conclude(id);
        _acknowledge(id, 1);
        proof = _proveKnowledge(_acknowledgementContext(id, 2), _shareSecret(id, 2));
        signature = _receipt(id, 2);
        vm.expectEmit();
        emit IKeyCeremony.Acknowledged(id, 2, proof, signature);
        vm.expectEmit();
        emit IKeyCeremony.PhaseStarted(id, IKeyCeremony.Phase.KeyReady, 0);
        vm.expectEmit();
        emit IKeyCeremony.KeyReady(id);
        ceremony.acknowledge(id, 2, proof, signature);
    }

    function test_WhenOneNeverEnrolsTheOthersMakeTheKey() public {
        uint256 id = _open(2, 3);
        _enrol(id, MAJORITY);
        _enrol(id, OPPOSITION);
        _enforce(id, IKeyCeremony.Phase.Commit);
        _commit(id, MAJORITY);
        _commit(id, OPPOSITION);
        _deal(id, MAJORITY);
        _deal(id, OPPOSITION);
        _toTheEnd(id);
        _assertOpens(id, MAJORITY, OPPOSITION);
        _assertHoldsNothing(id, CLERK);
    }

    function test_WhenOneNeverCommitsItStillHoldsAShare() public {
        uint256 id = _toCommit(2, 3);
        _commit(id, MAJORITY);
        _commit(id, OPPOSITION);
        _enforce(id, IKeyCeremony.Phase.Deal);
        _deal(id, MAJORITY);
        _deal(id, OPPOSITION);
        _toTheEnd(id);
        _assertOpens(id, OPPOSITION, CLERK);
    }

    function test_WhenOneNeverDealsItStillHoldsAShare() public {
        uint256 id = _toDeal(2, 3);
        _deal(id, OPPOSITION);
        _deal(id, CLERK);
        _enforce(id, IKeyCeremony.Phase.Complaints);
        _toTheEnd(id);
        _assertOpens(id, MAJORITY, CLERK);
    }

    function test_WhenOneWhoDealtNothingReceivesAWrongShareItComplainsLikeAnyOther() public {
        uint256 id = _toCommit(2, 4);
        _commit(id, MAJORITY);
        _commit(id, CLERK);
        _commitWrong(id, OPPOSITION, 4);
        _enforce(id, IKeyCeremony.Phase.Deal);
        _deal(id, MAJORITY);
        _deal(id, OPPOSITION);
        _deal(id, CLERK);
        _complain(id, 4, OPPOSITION);
        _toTheEnd(id);
        _assertOpens(id, MAJORITY, 4);
        _assertHoldsNothing(id, OPPOSITION);
    }

    function test_WhenOneDealsWrongAndIsAccusedTheKeyIsTheOthers() public {
        uint256 id = _toCommit(2, 3);
        _commit(id, MAJORITY);
        _commitWrong(id, OPPOSITION, CLERK);
        _commit(id, CLERK);
        for (uint256 i = 1; i <= 3; ++i) {
            _deal(id, i);
        }
        _complain(id, CLERK, OPPOSITION);
        _toTheEnd(id);
        _assertOpens(id, MAJORITY, CLERK);
        _assertHoldsNothing(id, OPPOSITION);
    }

    function test_WhenOneAccusesFalselyTheKeyIsTheOthers() public {
        uint256 id = _toComplaints(2, 3);
        _complain(id, OPPOSITION, MAJORITY);
        _toTheEnd(id);
        _assertOpens(id, MAJORITY, CLERK);
        _assertHoldsNothing(id, OPPOSITION);
    }

    function test_WhenOneLiesAtTheTallyItsShareIsRefusedAndTwoOthersOpen() public {
        uint256 id = _toComplaints(2, 3);
        _toTheEnd(id);
        uint256 r = _random();
        Tally.Statement memory about = _statement(id, CLERK, r, 30);
        uint256 lie = _random();
        Dleq.Proof memory proof = _proveEqual(_shareContext(about), r, lie);
        assertFalse(consultations.isShare(about, _times(_mul(r, lie)), proof));
        _assertOpens(id, MAJORITY, OPPOSITION);
    }

    function test_WhenTwoOfThreeAreAbsentTheCeremonyFailsInAnyPhase() public {
        uint256 id = _open(2, 3);
        _enrol(id, CLERK);
        _enforce(id, IKeyCeremony.Phase.KeyFailed);

        id = _toCommit(2, 3);
        _commit(id, CLERK);
        _enforce(id, IKeyCeremony.Phase.KeyFailed);

        id = _toDeal(2, 3);
        _deal(id, CLERK);
        _enforce(id, IKeyCeremony.Phase.KeyFailed);

        id = _open(2, 3);
        _enforce(id, IKeyCeremony.Phase.KeyFailed);
    }

    function test_WhenTooFewQualifiedRemainTheCeremonyFailsAtOnce() public {
        uint256 id = _toComplaints(2, 3);
        _complain(id, OPPOSITION, MAJORITY);
        _assertPhase(id, IKeyCeremony.Phase.Complaints);
        vm.expectEmit();
        emit IKeyCeremony.KeyFailed(id);
        _complain(id, CLERK, MAJORITY);
        _assertPhase(id, IKeyCeremony.Phase.KeyFailed);
        _assertHoldsNothing(id, MAJORITY);
    }

    function test_WhenNobodyAdvancesForAYearNoPhaseIsShorter() public {
        uint256 id = _open(2, 3);
        _enrol(id, MAJORITY);
        _enrol(id, OPPOSITION);
        vm.warp(block.timestamp + 365 * DAY);
        vm.prank(stranger);
        ceremony.advance(id);
        (, uint256 endsAt) = ceremony.phase(id);
        assertEq(endsAt, block.timestamp + 2 * DAY);
    }

    function test_WhenATrusteeReceivesAJunkDealersShareAndStaysSilentOnlyItIsHarmed() public {
        uint256 id = _toCommit(2, 3);
        _commit(id, MAJORITY);
        _commitWrong(id, OPPOSITION, CLERK);
        _commit(id, CLERK);
        for (uint256 i = 1; i <= 3; ++i) {
            _deal(id, i);
        }
        _toTheEnd(id);
        _assertOpens(id, MAJORITY, OPPOSITION);
    }

    function test_TwoCeremoniesGoOnSideBySide() public {
        uint256 first = _toComplaints(2, 3);
        uint256 second = _toDeal(3, 5);
        for (uint256 i = 1; i <= 5; ++i) {
            _deal(second, i);
        }
        _toTheEnd(first);
        _toTheEnd(second);
        _assertOpens(first, MAJORITY, CLERK);
    }

    function test_SixteenTrusteesMakeAKey() public {
        uint256 id = _toComplaints(9, 16);
        _toTheEnd(id);
    }

    /// forge-config: default.fuzz.runs = 64
    function testFuzz_AnyCeremonyWithoutCheatsEndsWithTheRightKeys(uint256 n, uint256 t) public {
        n = bound(n, 2, 16);
        t = bound(t, 2, n);
        _toTheEnd(_toComplaints(t, n));
    }

    /// @dev A deal whose share for `victim` is wrong.
    function _commitWrong(uint256 id, uint256 dealer, uint256 victim) private {
        IKeyCeremony.Deal memory wrong = _honest(id, dealer);
        wrong.shares[victim - 1] = _random();
        _prove(id, dealer, wrong);
        _commit(id, dealer, wrong);
    }

    function _enforce(uint256 id, IKeyCeremony.Phase expected) private {
        _pass(id);
        vm.prank(stranger);
        ceremony.advance(id);
        _assertPhase(id, expected);
    }

    function _toTheEnd(uint256 id) private {
        _pass(id);
        _conclude(id);
        _acknowledge(id);
        _assertKeys(id);
    }

    function _assertHoldsNothing(uint256 id, uint256 j) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoShare.selector, id, j));
        ceremony.shareKey(id, j);
    }

    /// @dev Trustees a < b open an encryption of 30 under the key, with proven shares; neither does alone.
    function _assertOpens(uint256 id, uint256 a, uint256 b) private {
        uint256 r = _random();
        uint256[] memory indices = new uint256[](2);
        (indices[0], indices[1]) = (a, b);
        Point[] memory shares = new Point[](2);
        Point memory S;
        for (uint256 i; i < 2; ++i) {
            uint256 x = _shareSecret(id, indices[i]);
            Tally.Statement memory about = _statement(id, indices[i], r, 30);
            (shares[i], S) = (_times(_mul(r, x)), about.S);
            Dleq.Proof memory proof = _proveEqual(_shareContext(about), r, x);
            assertTrue(consultations.isShare(about, shares[i], proof), "share");
        }
        assertTrue(consultations.opens(indices, shares, S, 30), "opens");
        assertFalse(consultations.opens(indices, shares, S, 31), "opens otherwise");
        (indices, shares) = (_first(indices), _first(shares));
        assertFalse(consultations.opens(indices, shares, S, 30), "opens alone");
    }

    function _statement(uint256 id, uint256 j, uint256 r, uint256 m) private returns (Tally.Statement memory about) {
        about.ceremony = address(ceremony);
        (about.ceremonyId, about.consultation, about.trustee, about.ballots) = (id, 4, j, 60);
        (about.key.x, about.key.y) = ceremony.publicKey(id);
        (about.shareKey.x, about.shareKey.y) = ceremony.shareKey(id, j);
        about.R = _times(r);
        about.S = _times(_add(_mul(r, _shareSecret(id, 0)), m));
    }

    function _shareContext(Tally.Statement memory about) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("beffroi.vote.tally.share"),
                block.chainid,
                address(consultations),
                about.ceremony,
                about.ceremonyId,
                about.consultation,
                about.trustee,
                about.index,
                about.key,
                about.S,
                about.ballots
            )
        );
    }

    function _first(uint256[] memory all) private pure returns (uint256[] memory one) {
        one = new uint256[](1);
        one[0] = all[0];
    }

    function _first(Point[] memory all) private pure returns (Point[] memory one) {
        one = new Point[](1);
        one[0] = all[0];
    }
}
