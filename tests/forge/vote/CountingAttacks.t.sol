// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {Consultations} from "contracts/vote/Consultations.sol";
import {Point} from "contracts/vote/Point.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @dev Attacks on what is counted: twice, for another, after closing, around infinity.
contract CountingAttacksTest is VoteFixture {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = _openWith(_yesNo());
    }

    function _voter(uint256 index) internal view override returns (address) {
        return index == 14 ? address(0) : super._voter(index);
    }

    function _pairOf(uint256 a, uint256 b) private pure returns (uint256[] memory indices) {
        indices = new uint256[](2);
        (indices[0], indices[1]) = (a, b);
    }

    function _replaced(uint256 batch, bytes memory ballot) private pure returns (IConsultations.Replaced memory r) {
        (r.batch, r.ciphertexts) = (batch, _slice(ballot, 0, 128));
    }

    function _refused(IConsultations.Refusal reason) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsultations.Consultations_Refused.selector, reason);
    }

    function _castRandomness(uint256 index, uint256 r, uint256 message) private returns (bytes memory ballot) {
        ballot = _ballotOfRandomness(_yesNo(), _contextOf(id, _voter(index), 0), r, message);
        _deliver(id, index, ballot, _rollProof(index));
    }

    function _again(uint256 index, uint256 seq, uint256 branch, IConsultations.Replaced memory old)
        private
        returns (bytes memory ballot)
    {
        ballot = _ballotOf(id, index, seq, _one(branch));
        _replace(index, seq, ballot, old);
    }

    /// @dev By the voter's slip for that sequence.
    function _replace(uint256 index, uint256 seq, bytes memory ballot, IConsultations.Replaced memory old) private {
        bytes memory signature = _signSlip(id, index, seq, ballot);
        box.castAgain(id, index, _voter(index), ballot, signature, _rollProof(index), old);
    }

    // Replay

    function test_ABallotIsRefusedElsewhere() public {
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        uint256 other = _openWith(_yesNo());
        bytes32[] memory proof = _rollProof(1);
        vm.expectRevert(_refused(IConsultations.Refusal.Proof));
        _deliver(other, 1, ballot, proof);
        vm.chainId(5);
        vm.expectRevert(_refused(IConsultations.Refusal.Proof));
        _deliver(id, 1, ballot, proof);
        vm.chainId(31337);
        _deliver(id, 1, ballot, proof);
        proof = _rollProof(2);
        vm.expectRevert(_refused(IConsultations.Refusal.Proof));
        _deliver(id, 2, ballot, proof);
    }

    function test_ABallotIsRefusedByAnotherContract() public {
        _castBy(id, 1, 0);
        bytes memory ballot = _ballotOf(id, 2, 0, _one(0));
        Consultations first = box;
        box = _deploy();
        vm.warp(OPENS - 1);
        assertEq(_openWith(_yesNo()), id);
        assertEq(box.paramsHash(id), first.paramsHash(id));
        bytes32[] memory proof = _rollProof(2);
        vm.expectRevert(_refused(IConsultations.Refusal.Proof));
        _deliver(id, 2, ballot, proof);
    }

    function test_ASlipIsRefusedElsewhereOrAltered() public {
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        bytes memory signature = _signSlip(id, 1, 0, ballot);
        uint256 other = _openWith(_yesNo());
        bytes memory elsewhere = _ballotOf(other, 1, 0, _one(0));
        _assertRefused(other, _record(1, 0, _voter(1), signature, elsewhere), IConsultations.Refusal.Signature);
        _assertRefused(
            id, _record(1, 0, _voter(1), _signSlip(id, 2, 0, ballot), ballot), IConsultations.Refusal.Signature
        );
        _assertRefused(id, _record(1, 0, _voter(1), "", ballot), IConsultations.Refusal.Signature);
        _assertRefused(id, _record(1, 0, _voter(1), _highS(signature), ballot), IConsultations.Refusal.Signature);
        _assertRefused(id, _record(1, 1, _voter(1), signature, ballot), IConsultations.Refusal.Sequence);
        bytes memory later = _ballotOf(id, 1, 1, _one(0));
        _assertRefused(id, _record(1, 0, _voter(1), _signSlip(id, 1, 0, later), later), IConsultations.Refusal.Proof);
        _assertRefused(
            id, _record(1, 0, _voter(1), _signSlip(id, 1, 1, ballot), ballot), IConsultations.Refusal.Signature
        );
        assertEq(box.ballots(id), 0);
        box.castBatch(id, _record(1, 0, _voter(1), signature, ballot), _rollProof(1));
        assertEq(box.ballots(id), 1, "a failed ballot does not burn the vote");
    }

    function test_OnlyHerSignatureCastsABallot() public {
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        bytes memory signature = _signSlip(id, 1, 0, ballot);
        bytes32[] memory proof = _rollProof(1);
        address who = _voter(1);
        bytes[5] memory wrong = [
            bytes(""),
            _signSlip(id, 2, 0, ballot),
            _signSlip(id, 1, 1, ballot),
            _signSlip(id + 1, 1, 0, ballot),
            _highS(signature)
        ];
        for (uint256 k; k < wrong.length; ++k) {
            vm.expectRevert(_refused(IConsultations.Refusal.Signature));
            vm.prank(who); // not even by her own transaction
            box.cast(id, 1, who, ballot, wrong[k], proof);
        }
        vm.prank(stranger);
        box.cast(id, 1, who, ballot, signature, proof);
        assertEq(box.ballots(id), 1);
    }

    function _highS(bytes memory signature) private pure returns (bytes memory flipped) {
        flipped = _withWord(signature, 1, N - _wordAt(signature, 1));
        flipped[64] = flipped[64] == 0x1b ? bytes1(0x1c) : bytes1(0x1b);
    }

    // Twice

    function test_NobodyVotesTwice() public {
        bytes memory first = _signedRecord(id, 1, 0);
        bytes32[] memory proof = _rollProof(1);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_BadIndex.selector, 1));
        box.castBatch(id, bytes.concat(first, first), proof);
        box.castBatch(id, first, proof);
        _assertRefused(id, first, IConsultations.Refusal.AlreadyVoted);
        _assertRefused(id, _signedRecord(id, 1, 1), IConsultations.Refusal.AlreadyVoted);
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        vm.expectRevert(_refused(IConsultations.Refusal.AlreadyVoted));
        _deliver(id, 1, ballot, proof);
        assertTrue(_isTotal(id, 0, 1));
    }

    function test_ABadBallotIsNamedAndTheOthersCount() public {
        bytes memory bad = _signedRecord(id, 2, 0);
        bad[bad.length - 1] ^= 0x01;
        bytes memory records = bytes.concat(_signedRecord(id, 1, 0), bad, _signedRecord(id, 3, 0));
        uint256[] memory indices = new uint256[](3);
        (indices[0], indices[1], indices[2]) = (1, 2, 3);
        vm.expectEmit();
        emit IConsultations.BallotRefused(id, 0, 1, 2, IConsultations.Refusal.Signature);
        box.castBatch(id, records, _rollProof(indices));
        assertEq(box.ballots(id), 2);
        assertTrue(_isTotal(id, 0, 2));
        (bool voted,) = box.turnout(id, 2);
        assertFalse(voted);
    }

    // The roll

    function test_OnlyTheRollVotes() public {
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        (address who, bytes memory signature) = (_voter(1), _signSlip(id, 1, 0, ballot));
        bytes32[] memory proof = _rollProof(2);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 2, who, ballot, signature, proof);
        proof = _rollProof(1);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 2, who, ballot, signature, proof);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_BadIndex.selector, 16));
        box.cast(id, 16, who, ballot, signature, proof);
        bytes32[] memory long = new bytes32[](proof.length + 1);
        for (uint256 k; k < proof.length; ++k) {
            long[k] = proof[k];
        }
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 1, who, ballot, signature, long);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 1, who, ballot, signature, new bytes32[](0));
        bytes memory outside = _record(16, 0, who, signature, ballot);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_BadIndex.selector, 16));
        box.castBatch(id, outside, proof);
        bytes memory wrong = _record(2, 0, who, signature, ballot);
        proof = _rollProof(2);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.castBatch(id, wrong, proof);
    }

    function test_NobodyVotesAsTheZeroAddress() public {
        bytes memory ballot = _makeBallot(_yesNo(), _contextOf(id, address(0), 0), _one(0));
        _assertRefused(id, _record(14, 0, address(0), new bytes(65), ballot), IConsultations.Refusal.Signature);
        _assertRefused(id, _record(14, 0, address(0), "", ballot), IConsultations.Refusal.Signature);
    }

    function test_RecordsOfTheWrongLengthAreThePostersError() public {
        bytes memory good = _signedRecord(id, 1, 0);
        bytes32[] memory proof = _rollProof(1);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.castBatch(id, "", proof);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.castBatch(id, _slice(good, 0, good.length - 1), proof);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.castBatch(id, bytes.concat(good, hex"00"), proof);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        _deliver(id, 1, new bytes(289), proof);
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.cast(id, 1, _voter(1), ballot, new bytes(1 << 16), proof);
    }

    // Totals around infinity

    function test_EqualAndOppositePointsAreCounted() public {
        uint256 r = _random();
        _castRandomness(0, r, 1);
        _castRandomness(1, r, 1); // equal to the running total: both points double
        assertTrue(_isTotal(id, 0, 2));
        _castRandomness(2, N - mulmod(2, r, N), 1); // c1 opposite to it
        Point[] memory totals = box.totals(id);
        assertEq(totals[0].x | totals[0].y, 0, "R is infinite");
        assertTrue(_isTotal(id, 0, 3), "S is intact");
        _tally(id, _one(3));
        assertEq(box.counts(id)[0], 3);
    }

    function test_EqualAndOppositePointsAreCountedWithinABatch() public {
        uint256 r = _random();
        bytes memory a = _ballotOfRandomness(_yesNo(), _contextOf(id, _voter(0), 0), r, 1);
        bytes memory b = _ballotOfRandomness(_yesNo(), _contextOf(id, _voter(1), 0), N - r, 1);
        bytes memory records = bytes.concat(
            _record(0, 0, _voter(0), _signSlip(id, 0, 0, a), a), _record(1, 0, _voter(1), _signSlip(id, 1, 0, b), b)
        );
        box.castBatch(id, records, _rollProof(_pairOf(0, 1)));
        assertTrue(_isTotal(id, 0, 2));
        assertEq(box.totals(id)[0].x, 0);
        _castBy(id, 5, 0);
        assertTrue(_isTotal(id, 0, 3), "and it goes on");
    }

    function test_ASoleVoterVotesAgain() public {
        bytes memory first = _castBy(id, 7, 0);
        _again(7, 1, 1, _replaced(0, first));
        assertTrue(_isTotal(id, 0, 0));
        assertEq(box.ballots(id), 1);
        _tally(id, _one(0));
    }

    // Re-votes

    function test_AReVoteSubtractsTheBallotThatCountsAndNoOther() public {
        bytes memory mine = _castBy(id, 1, 0);
        bytes memory hers = _castBy(id, 2, 0);
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(1, 1, _replaced(1, hers));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(1, 1, _replaced(1, mine));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(3, 1, _replaced(0, mine));
        vm.expectRevert(_refused(IConsultations.Refusal.Signature));
        this.tryAgain(1, 0, _replaced(0, mine)); // signed for sequence 0
        vm.expectRevert(_refused(IConsultations.Refusal.Proof));
        this.trySigned(1, 1, 0, _replaced(0, mine)); // made for sequence 0
        bytes memory second = _again(1, 1, 1, _replaced(0, mine));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(1, 2, _replaced(0, mine)); // superseded
        vm.expectRevert(_refused(IConsultations.Refusal.Proof));
        this.trySigned(1, 2, 1, _replaced(2, second));
        _again(1, 2, 0, _replaced(2, second));
        assertEq(box.ballots(id), 2);
        assertTrue(_isTotal(id, 0, 2));
    }

    function tryAgain(uint256 index, uint256 seq, IConsultations.Replaced memory old) external {
        _replace(index, seq, _ballotOf(id, index, seq, _one(1)), old);
    }

    function trySigned(uint256 index, uint256 signed, uint256 made, IConsultations.Replaced memory old) external {
        _replace(index, signed, _ballotOf(id, index, made, _one(1)), old);
    }

    function test_AReVoteFindsItsBallotInABatch() public {
        bytes memory a = _ballotOf(id, 1, 0, _one(0));
        bytes memory b = _ballotOf(id, 2, 0, _one(0));
        bytes memory bad = bytes.concat(b);
        bad[287] ^= 0x01;
        bytes memory records = bytes.concat(
            _record(1, 0, _voter(1), _signSlip(id, 1, 0, a), a), _record(2, 0, _voter(2), _signSlip(id, 2, 0, bad), bad)
        );
        box.castBatch(id, records, _rollProof(_pairOf(1, 2)));
        IConsultations.Replaced memory old = _replaced(0, a);
        old.proof = new bytes32[](1); // the null leaf of the refused one
        bytes32 tag = keccak256("Beffroi ballot leaf v1");
        assertEq(box.batchRoot(id, 0), _pair(0, keccak256(abi.encode(tag, id, 1, 0, keccak256(_slice(a, 0, 128))))));
        _again(1, 1, 1, old);
        assertTrue(_isTotal(id, 0, 0));
        old = _replaced(0, b);
        old.proof = new bytes32[](1);
        old.proof[0] = keccak256(abi.encode(tag, id, 1, 0, keccak256(_slice(a, 0, 128))));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(2, 1, old); // a refused ballot was never added
    }

    function test_OnlyTheVoterOrHerSlipVotesAgain() public {
        bytes memory first = _castBy(id, 1, 0);
        bytes memory second = _ballotOf(id, 1, 1, _one(1));
        bytes32[] memory proof = _rollProof(1);
        vm.expectRevert(_refused(IConsultations.Refusal.Signature));
        box.castAgain(id, 1, _voter(1), second, "", proof, _replaced(0, first));
        bytes memory signature = _signSlip(id, 1, 0, second);
        vm.expectRevert(_refused(IConsultations.Refusal.Signature));
        box.castAgain(id, 1, _voter(1), second, signature, proof, _replaced(0, first));
        signature = _signSlip(id, 1, 1, second);
        box.castAgain(id, 1, _voter(1), second, signature, proof, _replaced(0, first));
        (bool voted, uint256 seq) = box.turnout(id, 1);
        assertTrue(voted);
        assertEq(seq, 1);
    }

    // Phases and gas

    function test_NoBallotBeforeOpeningOrAfterClosing() public {
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        bytes memory records = _signedRecord(id, 1, 0);
        bytes32[] memory proof = _rollProof(1);
        IConsultations.Replaced memory old = _replaced(0, ballot);
        _expectWrongPhase(99, OPENS, IResults.Status.Unknown, ballot, records, proof, old);
        _expectWrongPhase(id, OPENS - 1, IResults.Status.Scheduled, ballot, records, proof, old);
        _expectWrongPhase(id, CLOSES, IResults.Status.Ended, ballot, records, proof, old);
    }

    function _expectWrongPhase(
        uint256 consultation,
        uint256 at,
        IResults.Status status,
        bytes memory ballot,
        bytes memory records,
        bytes32[] memory proof,
        IConsultations.Replaced memory old
    ) private {
        vm.warp(at);
        address who = _voter(1);
        bytes memory wrong =
            abi.encodeWithSelector(IConsultations.Consultations_WrongPhase.selector, consultation, status);
        vm.expectRevert(wrong);
        _deliver(consultation, 1, ballot, proof);
        vm.expectRevert(wrong);
        box.castAgain(consultation, 1, who, ballot, "", proof, old);
        vm.expectRevert(wrong);
        box.castBatch(consultation, records, proof);
    }
}
