// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
import {Rule} from "contracts/vote/Rule.sol";
import {Tally} from "contracts/vote/Tally.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {AccountMock} from "tests/forge/vote/AccountMock.sol";
import {VoteFixture, KeyReadyMock} from "tests/forge/vote/VoteFixture.sol";

/// @dev Opening a consultation, closing it, and opening its totals.
contract TallyAttacksTest is VoteFixture {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = _openWith(_yesNo());
    }

    function _closed(uint256 voters) private {
        for (uint256 k; k < voters; ++k) {
            _castBy(id, k, 0);
        }
        vm.warp(CLOSES);
        box.close(id);
    }

    function _wrongPhase(uint256 consultation, IResults.Status status) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsultations.Consultations_WrongPhase.selector, consultation, status);
    }

    function _given(uint256 j) private returns (Point[] memory shares, Dleq.Proof[] memory proofs_) {
        (shares, proofs_) = (new Point[](1), new Dleq.Proof[](1));
        (shares[0], proofs_[0]) = _shareOf(id, j, 0);
    }

    /// @dev Signed by that trustee, whatever the shares are.
    function _submits(uint256 j, Point[] memory shares, Dleq.Proof[] memory proofs_) private {
        box.submitShare(id, j, shares, proofs_, _signShare(id, j, shares));
    }

    function _indicesOf(uint256 a, uint256 b) private pure returns (uint256[] memory indices) {
        indices = new uint256[](2);
        (indices[0], indices[1]) = (a, b);
    }

    function _both(Point[] memory a, Point[] memory b) private pure returns (Point[][] memory shares) {
        shares = new Point[][](2);
        (shares[0], shares[1]) = (a, b);
    }

    // Opening

    function test_OnlyTheReturningOfficerOpens() public {
        IConsultations.Terms memory terms = _defaultTerms(_yesNo());
        vm.warp(OPENS - 1);
        address[] memory others = _everybody();
        for (uint256 i; i < others.length; ++i) {
            if (others[i] == officer) continue;
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            box.open(terms);
        }
    }

    function test_OneKeyServesOneConsultation() public {
        IConsultations.Terms memory terms = _defaultTerms(_yesNo());
        vm.warp(OPENS - 1);
        terms.ceremonyId = 100;
        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_Used.selector, 100));
        box.open(terms);
    }

    // Closing

    function test_ClosingWaitsForItsTimeAndComesOnce() public {
        _castBy(id, 0, 0);
        vm.warp(CLOSES - 1);
        vm.expectRevert(_wrongPhase(id, IResults.Status.Open));
        box.close(id);
        vm.warp(CLOSES);
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Ended));
        vm.prank(stranger);
        box.close(id);
        vm.expectRevert(_wrongPhase(id, IResults.Status.Closed));
        box.close(id);
        vm.expectRevert(_wrongPhase(99, IResults.Status.Unknown));
        box.close(99);
    }

    function test_NoShareBeforeClosing() public {
        _castBy(id, 0, 0);
        (Point[] memory shares, Dleq.Proof[] memory proofs_) = _given(1);
        vm.expectRevert(_wrongPhase(id, IResults.Status.Open));
        _submits(1, shares, proofs_);
        vm.warp(CLOSES);
        vm.expectRevert(_wrongPhase(id, IResults.Status.Ended));
        _submits(1, shares, proofs_);
    }

    function test_BelowTheSecrecyMinimumNothingIsOpened() public {
        _closed(0);
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Withheld));
        (Point[] memory shares, Dleq.Proof[] memory proofs_) = _given(1);
        vm.expectRevert(_wrongPhase(id, IResults.Status.Withheld));
        _submits(1, shares, proofs_);

        vm.warp(OPENS - 1);
        IConsultations.Terms memory terms = _defaultTerms(_yesNo());
        terms.secrecyMinimum = 3;
        vm.prank(officer);
        id = box.open(terms);
        vm.warp(OPENS);
        uint256 snapshot = vm.snapshotState();
        _closed(2);
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Withheld));
        vm.revertToState(snapshot);
        _closed(3);
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Closed));
    }

    // Shares

    function test_AWrongShareIsRefused() public {
        _closed(3);
        (Point[] memory shares, Dleq.Proof[] memory proofs_) = _given(1);
        bytes memory bad = abi.encodeWithSelector(IConsultations.Consultations_BadShare.selector, 2, 0);
        vm.expectRevert(bad);
        _submits(2, shares, proofs_);
        bad = abi.encodeWithSelector(IConsultations.Consultations_BadShare.selector, 1, 0);
        (shares[0].y, proofs_[0].e) = (P - shares[0].y, proofs_[0].e);
        vm.expectRevert(bad);
        _submits(1, shares, proofs_);
        shares[0] = Point(0, 0);
        vm.expectRevert(bad);
        _submits(1, shares, proofs_);
        vm.expectRevert(abi.encodeWithSelector(KeyReadyMock.KeyCeremony_NoShare.selector, 100, 4));
        _submits(4, shares, proofs_);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        _submits(1, new Point[](0), new Dleq.Proof[](0));
    }

    function test_AShareThatItsTrusteeDidNotSignIsRefused() public {
        uint256 other = _openWith(_yesNo());
        _closed(3);
        (Point[] memory shares, Dleq.Proof[] memory proofs_) = _given(1);
        Point[] memory others = new Point[](1);
        bytes[5] memory signatures =
            [bytes(""), _signShare(id, 2, shares), _signShare(other, 1, shares), _signShare(id, 1, others), bytes("")];
        vm.chainId(5);
        signatures[4] = _signShare(id, 1, shares);
        vm.chainId(31337);
        for (uint256 k; k < signatures.length; ++k) {
            vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_NotSigned.selector, 1));
            box.submitShare(id, 1, shares, proofs_, signatures[k]);
        }
        _submits(1, shares, proofs_);
    }

    function test_ASmartAccountMayBeATrustee() public {
        _closed(3);
        AccountMock safe = new AccountMock();
        (uint256 x, uint256 y) = _pointOf(_trusteeSecret(1));
        ceremonies.set(1, Point(x, y), address(safe));
        (Point[] memory shares, Dleq.Proof[] memory proofs_) = _given(1);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_NotSigned.selector, 1));
        box.submitShare(id, 1, shares, proofs_, "of its own");
        bytes32 typeHash = keccak256("Share(uint256 consultation,uint256 trustee,bytes32 sharesHash)");
        bytes32 structHash = keccak256(abi.encode(typeHash, id, 1, keccak256(abi.encode(shares))));
        safe.accept(keccak256(abi.encodePacked(hex"1901", box.slipDomain(), structHash)));
        box.submitShare(id, 1, shares, proofs_, "of its own");
    }

    function test_ATrusteeAnswersOnce() public {
        _closed(3);
        _submit(id, 1);
        (Point[] memory shares, Dleq.Proof[] memory proofs_) = _given(1);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_ShareAlreadySubmitted.selector, 1));
        _submits(1, shares, proofs_);
    }

    function test_LateIsStalledNotLost() public {
        _closed(3);
        Point[] memory a = _submit(id, 1);
        vm.warp(TALLY_BY + 1);
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Stalled));
        Point[] memory b = _submit(id, 2);
        box.finalise(id, _indicesOf(1, 2), _both(a, b), _one(3));
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Tallied));
    }

    // The result

    function test_OnlyTheTrueCountsAreAccepted() public {
        _closed(3);
        Point[] memory a = _submit(id, 1);
        Point[] memory b = _submit(id, 3);
        uint256[5] memory wrong = [uint256(2), 4, 3 + M, 0, 3 + N];
        for (uint256 k; k < wrong.length; ++k) {
            vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_WrongCounts.selector, 0));
            box.finalise(id, _indicesOf(1, 3), _both(a, b), _one(wrong[k]));
        }
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.finalise(id, _indicesOf(1, 3), _both(a, b), new uint256[](2));
        assertEq(box.counts(id).length, 0);
        box.finalise(id, _indicesOf(1, 3), _both(a, b), _one(3));
        vm.expectRevert(_wrongPhase(id, IResults.Status.Tallied));
        box.finalise(id, _indicesOf(1, 3), _both(a, b), _one(3));
    }

    function test_TDifferentTrusteesOpen() public {
        _closed(3);
        Point[] memory a = _submit(id, 1);
        Point[] memory b = _submit(id, 3);
        vm.expectRevert(abi.encodeWithSelector(Tally.Tally_BadIndex.selector, 1, 1));
        box.finalise(id, _indicesOf(1, 1), _both(a, a), _one(3));
        vm.expectRevert(abi.encodeWithSelector(Tally.Tally_BadIndex.selector, 1, 1));
        box.finalise(id, _indicesOf(3, 1), _both(b, a), _one(3));
        vm.expectRevert(IConsultations.Consultations_UnknownShares.selector);
        box.finalise(id, _indicesOf(1, 2), _both(a, b), _one(3));
        vm.expectRevert(IConsultations.Consultations_UnknownShares.selector);
        box.finalise(id, _indicesOf(1, 3), _both(b, a), _one(3));
        uint256[] memory single = _one(1);
        Point[][] memory shares = new Point[][](1);
        shares[0] = a;
        vm.expectRevert(IConsultations.Consultations_UnknownShares.selector);
        box.finalise(id, single, shares, _one(3));
    }

    function test_EveryoneForOneOption() public {
        _closed(16);
        Point[] memory a = _submit(id, 1);
        Point[] memory b = _submit(id, 3);
        box.finalise(id, _indicesOf(1, 3), _both(a, b), _one(16));
        assertEq(box.counts(id)[0], 16);
        (bytes32 question, bytes32 options, bytes32 rule) = box.subject(id);
        assertEq(question, keccak256("Shall we?"));
        assertEq(options, keccak256("yes, no"));
        assertEq(rule, keccak256(abi.encode(_yesNo())));
    }
}
