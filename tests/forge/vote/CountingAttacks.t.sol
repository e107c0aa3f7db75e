// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";
import {Consultations} from "../../../contracts/vote/Consultations.sol";
import {IConsultations} from "../../../contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "../../../contracts/vote/interfaces/IResults.sol";
import {Point} from "../../../contracts/vote/Point.sol";
import {Slips} from "../../../contracts/vote/Slips.sol";
import {VoteBase} from "./VoteBase.sol";

/// @dev An account with code: says yes to one hash, or burns what it is given.
contract AccountMock {
    bytes32 public accepted;
    bool public greedy;

    function accept(bytes32 hash) external {
        accepted = hash;
    }

    function turnGreedy() external {
        greedy = true;
    }

    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        if (greedy) {
            for (uint256 k;; ++k) {}
        }
        return hash == accepted ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

/// @dev Attacks on what is counted: twice, for another, after closing, around infinity.
contract CountingAttacksTest is VoteBase {
    uint256 private id;
    AccountMock private account = new AccountMock();
    uint256 private constant SMART = 13;

    function setUp() public override {
        super.setUp();
        id = openWith(yesNo());
    }

    function voter(uint256 index) internal view override returns (address) {
        if (index == SMART) return address(account);
        return index == 14 ? address(0) : super.voter(index);
    }

    function pairOf(uint256 a, uint256 b) private pure returns (uint256[] memory indices) {
        indices = new uint256[](2);
        (indices[0], indices[1]) = (a, b);
    }

    function replaced(uint256 batch, bytes memory ballot) private pure returns (IConsultations.Replaced memory r) {
        (r.batch, r.ciphertexts) = (batch, slice(ballot, 0, 128));
    }

    function refused(IConsultations.Refusal reason) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsultations.Consultations_Refused.selector, reason);
    }

    function castRandomness(uint256 index, uint256 r, uint256 message) private returns (bytes memory ballot) {
        ballot = ballotOfRandomness(yesNo(), contextOf(id, voter(index), 0), r, message);
        vm.prank(voter(index));
        box.cast(id, index, ballot, rollProof(index));
    }

    function again(uint256 index, uint256 seq, uint256 branch, IConsultations.Replaced memory old)
        private
        returns (bytes memory ballot)
    {
        ballot = ballotOf(id, index, seq, one(branch));
        vm.prank(voter(index));
        box.castAgain(id, index, voter(index), ballot, "", rollProof(index), old);
    }

    // Replay

    function test_a_ballot_is_refused_elsewhere() public {
        bytes memory ballot = ballotOf(id, 1, 0, one(0));
        uint256 other = openWith(yesNo());
        bytes32[] memory proof = rollProof(1);
        vm.startPrank(voter(1));
        vm.expectRevert(refused(IConsultations.Refusal.Proof));
        box.cast(other, 1, ballot, proof);
        vm.chainId(5);
        vm.expectRevert(refused(IConsultations.Refusal.Proof));
        box.cast(id, 1, ballot, proof);
        vm.chainId(31337);
        box.cast(id, 1, ballot, proof);
        vm.stopPrank();
        proof = rollProof(2);
        vm.prank(voter(2));
        vm.expectRevert(refused(IConsultations.Refusal.Proof));
        box.cast(id, 2, ballot, proof);
    }

    function test_a_ballot_is_refused_by_another_contract() public {
        castBy(id, 1, 0);
        bytes memory ballot = ballotOf(id, 2, 0, one(0));
        Consultations first = box;
        box = deploy();
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = IConsultations.open.selector;
        town.setTargetFunctionRole(address(box), selectors, town.PUBLIC_ROLE());
        vm.warp(OPENS - 1);
        assertEq(openWith(yesNo()), id);
        assertEq(box.paramsHash(id), first.paramsHash(id));
        bytes32[] memory proof = rollProof(2);
        vm.prank(voter(2));
        vm.expectRevert(refused(IConsultations.Refusal.Proof));
        box.cast(id, 2, ballot, proof);
    }

    function test_a_slip_is_refused_elsewhere_or_altered() public {
        bytes memory ballot = ballotOf(id, 1, 0, one(0));
        bytes memory signature = signSlip(id, 1, 0, ballot);
        uint256 other = openWith(yesNo());
        bytes memory elsewhere = ballotOf(other, 1, 0, one(0));
        assertRefused(other, record(1, 0, voter(1), signature, elsewhere), IConsultations.Refusal.Signature);
        assertRefused(id, record(1, 0, voter(1), signSlip(id, 2, 0, ballot), ballot), IConsultations.Refusal.Signature);
        assertRefused(id, record(1, 0, voter(1), "", ballot), IConsultations.Refusal.Signature);
        assertRefused(id, record(1, 0, voter(1), highS(signature), ballot), IConsultations.Refusal.Signature);
        assertRefused(id, record(1, 1, voter(1), signature, ballot), IConsultations.Refusal.Sequence);
        bytes memory later = ballotOf(id, 1, 1, one(0));
        assertRefused(id, record(1, 0, voter(1), signSlip(id, 1, 0, later), later), IConsultations.Refusal.Proof);
        assertRefused(id, record(1, 0, voter(1), signSlip(id, 1, 1, ballot), ballot), IConsultations.Refusal.Signature);
        assertEq(box.ballots(id), 0);
        box.castBatch(id, record(1, 0, voter(1), signature, ballot), rollProof(1));
        assertEq(box.ballots(id), 1, "a failed ballot does not burn the vote");
    }

    function highS(bytes memory signature) private pure returns (bytes memory flipped) {
        flipped = withWord(signature, 1, N - wordAt(signature, 1));
        flipped[64] = flipped[64] == 0x1b ? bytes1(0x1c) : bytes1(0x1b);
    }

    function assertRefused(uint256 consultation, bytes memory one_, IConsultations.Refusal reason) private {
        uint256 index = uint32(bytes4(one_));
        uint256 before = box.ballots(consultation);
        vm.expectEmit();
        emit IConsultations.BallotRefused(consultation, box.batches(consultation), 0, index, reason);
        box.castBatch(consultation, one_, rollProof(index));
        assertEq(box.ballots(consultation), before);
        assertEq(box.batchRoot(consultation, box.batches(consultation) - 1), 0);
    }

    // Twice

    function test_nobody_votes_twice() public {
        bytes memory first = signedRecord(id, 1, 0);
        bytes32[] memory proof = rollProof(1);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_BadIndex.selector, 1));
        box.castBatch(id, bytes.concat(first, first), proof);
        box.castBatch(id, first, proof);
        assertRefused(id, first, IConsultations.Refusal.AlreadyVoted);
        assertRefused(id, signedRecord(id, 1, 1), IConsultations.Refusal.AlreadyVoted);
        bytes memory ballot = ballotOf(id, 1, 0, one(0));
        vm.expectRevert(refused(IConsultations.Refusal.AlreadyVoted));
        vm.prank(voter(1));
        box.cast(id, 1, ballot, proof);
        assertTrue(isTotal(id, 0, 1));
    }

    function test_a_bad_ballot_is_named_and_the_others_count() public {
        bytes memory bad = signedRecord(id, 2, 0);
        bad[bad.length - 1] ^= 0x01;
        bytes memory records = bytes.concat(signedRecord(id, 1, 0), bad, signedRecord(id, 3, 0));
        uint256[] memory indices = new uint256[](3);
        (indices[0], indices[1], indices[2]) = (1, 2, 3);
        vm.expectEmit();
        emit IConsultations.BallotRefused(id, 0, 1, 2, IConsultations.Refusal.Signature);
        box.castBatch(id, records, rollProof(indices));
        assertEq(box.ballots(id), 2);
        assertTrue(isTotal(id, 0, 2));
        (bool voted,) = box.turnout(id, 2);
        assertFalse(voted);
    }

    // The roll

    function test_only_the_roll_votes() public {
        bytes memory ballot = ballotOf(id, 1, 0, one(0));
        vm.startPrank(voter(1));
        bytes32[] memory proof = rollProof(2);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 2, ballot, proof);
        proof = rollProof(1);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 2, ballot, proof);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_BadIndex.selector, 16));
        box.cast(id, 16, ballot, proof);
        bytes32[] memory long = new bytes32[](proof.length + 1);
        for (uint256 k; k < proof.length; ++k) {
            long[k] = proof[k];
        }
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 1, ballot, long);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.cast(id, 1, ballot, new bytes32[](0));
        vm.stopPrank();
        bytes memory outside = record(16, 0, voter(1), signSlip(id, 1, 0, ballot), ballot);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_BadIndex.selector, 16));
        box.castBatch(id, outside, proof);
        bytes memory wrong = record(2, 0, voter(1), signSlip(id, 1, 0, ballot), ballot);
        proof = rollProof(2);
        vm.expectRevert(IConsultations.Consultations_NotOnRoll.selector);
        box.castBatch(id, wrong, proof);
    }

    function test_nobody_votes_as_the_zero_address() public {
        bytes memory ballot = makeBallot(yesNo(), contextOf(id, address(0), 0), one(0));
        assertRefused(id, record(14, 0, address(0), new bytes(65), ballot), IConsultations.Refusal.Signature);
        assertRefused(id, record(14, 0, address(0), "", ballot), IConsultations.Refusal.Signature);
    }

    function test_records_of_the_wrong_length_are_the_poster_s_error() public {
        bytes memory good = signedRecord(id, 1, 0);
        bytes32[] memory proof = rollProof(1);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.castBatch(id, "", proof);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.castBatch(id, slice(good, 0, good.length - 1), proof);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        box.castBatch(id, bytes.concat(good, hex"00"), proof);
        vm.expectRevert(IConsultations.Consultations_BadLength.selector);
        vm.prank(voter(1));
        box.cast(id, 1, new bytes(289), proof);
    }

    // Totals around infinity

    function test_equal_and_opposite_points_are_counted() public {
        uint256 r = random();
        castRandomness(0, r, 1);
        castRandomness(1, r, 1); // equal to the running total: both points double
        assertTrue(isTotal(id, 0, 2));
        castRandomness(2, N - mulmod(2, r, N), 1); // c1 opposite to it
        Point[] memory totals = box.totals(id);
        assertEq(totals[0].x | totals[0].y, 0, "R is infinite");
        assertTrue(isTotal(id, 0, 3), "S is intact");
        tally(id, one(3));
        assertEq(box.counts(id)[0], 3);
    }

    function test_equal_and_opposite_points_are_counted_within_a_batch() public {
        uint256 r = random();
        bytes memory a = ballotOfRandomness(yesNo(), contextOf(id, voter(0), 0), r, 1);
        bytes memory b = ballotOfRandomness(yesNo(), contextOf(id, voter(1), 0), N - r, 1);
        bytes memory records = bytes.concat(
            record(0, 0, voter(0), signSlip(id, 0, 0, a), a), record(1, 0, voter(1), signSlip(id, 1, 0, b), b)
        );
        box.castBatch(id, records, rollProof(pairOf(0, 1)));
        assertTrue(isTotal(id, 0, 2));
        assertEq(box.totals(id)[0].x, 0);
        castBy(id, 5, 0);
        assertTrue(isTotal(id, 0, 3), "and it goes on");
    }

    function test_a_sole_voter_votes_again() public {
        bytes memory first = castBy(id, 7, 0);
        again(7, 1, 1, replaced(0, first));
        assertTrue(isTotal(id, 0, 0));
        assertEq(box.ballots(id), 1);
        tally(id, one(0));
    }

    // Re-votes

    function test_a_re_vote_subtracts_the_ballot_that_counts_and_no_other() public {
        bytes memory mine = castBy(id, 1, 0);
        bytes memory hers = castBy(id, 2, 0);
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(1, 1, replaced(1, hers));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(1, 1, replaced(1, mine));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(3, 1, replaced(0, mine));
        vm.expectRevert(refused(IConsultations.Refusal.Proof));
        this.tryAgain(1, 0, replaced(0, mine)); // made for sequence 0
        bytes memory second = again(1, 1, 1, replaced(0, mine));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(1, 2, replaced(0, mine)); // superseded
        vm.expectRevert(refused(IConsultations.Refusal.Proof));
        this.tryAgain(1, 1, replaced(2, second));
        again(1, 2, 0, replaced(2, second));
        assertEq(box.ballots(id), 2);
        assertTrue(isTotal(id, 0, 2));
    }

    function tryAgain(uint256 index, uint256 seq, IConsultations.Replaced memory old) external {
        bytes memory ballot = ballotOf(id, index, seq, one(1));
        bytes32[] memory proof = rollProof(index);
        address who = voter(index);
        vm.prank(who);
        box.castAgain(id, index, who, ballot, "", proof, old);
    }

    function test_a_re_vote_finds_its_ballot_in_a_batch() public {
        bytes memory a = ballotOf(id, 1, 0, one(0));
        bytes memory b = ballotOf(id, 2, 0, one(0));
        bytes memory bad = bytes.concat(b);
        bad[287] ^= 0x01;
        bytes memory records = bytes.concat(
            record(1, 0, voter(1), signSlip(id, 1, 0, a), a), record(2, 0, voter(2), signSlip(id, 2, 0, bad), bad)
        );
        box.castBatch(id, records, rollProof(pairOf(1, 2)));
        IConsultations.Replaced memory old = replaced(0, a);
        old.proof = new bytes32[](1); // the null leaf of the refused one
        bytes32 tag = keccak256("Beffroi ballot leaf v1");
        assertEq(box.batchRoot(id, 0), pair(0, keccak256(abi.encode(tag, id, 1, 0, keccak256(slice(a, 0, 128))))));
        again(1, 1, 1, old);
        assertTrue(isTotal(id, 0, 0));
        old = replaced(0, b);
        old.proof = new bytes32[](1);
        old.proof[0] = keccak256(abi.encode(tag, id, 1, 0, keccak256(slice(a, 0, 128))));
        vm.expectRevert(IConsultations.Consultations_NotReplaceable.selector);
        this.tryAgain(2, 1, old); // a refused ballot was never added
    }

    function test_only_the_voter_or_her_slip_votes_again() public {
        bytes memory first = castBy(id, 1, 0);
        bytes memory second = ballotOf(id, 1, 1, one(1));
        bytes32[] memory proof = rollProof(1);
        vm.expectRevert(refused(IConsultations.Refusal.Signature));
        box.castAgain(id, 1, voter(1), second, "", proof, replaced(0, first));
        bytes memory signature = signSlip(id, 1, 0, second);
        vm.expectRevert(refused(IConsultations.Refusal.Signature));
        box.castAgain(id, 1, voter(1), second, signature, proof, replaced(0, first));
        signature = signSlip(id, 1, 1, second);
        box.castAgain(id, 1, voter(1), second, signature, proof, replaced(0, first));
        (bool voted, uint256 seq) = box.turnout(id, 1);
        assertTrue(voted);
        assertEq(seq, 1);
    }

    // Phases and gas

    function test_no_ballot_before_opening_or_after_closing() public {
        bytes memory ballot = ballotOf(id, 1, 0, one(0));
        bytes32[] memory proof = rollProof(1);
        uint40[2] memory times = [OPENS - 1, CLOSES];
        for (uint256 k; k < 2; ++k) {
            vm.warp(times[k]);
            vm.prank(voter(1));
            vm.expectPartialRevert(IConsultations.Consultations_WrongPhase.selector);
            box.cast(id, 1, ballot, proof);
        }
        vm.expectPartialRevert(IConsultations.Consultations_WrongPhase.selector);
        box.cast(99, 1, ballot, proof);
    }

    function test_running_out_of_gas_is_never_a_refusal() public {
        bytes memory records = signedRecord(id, 1, 0);
        bytes32[] memory proof = rollProof(1);
        bool counted;
        for (uint256 gasLimit = 20_000; !counted; gasLimit += 1_000) {
            try box.castBatch{gas: gasLimit}(id, records, proof) {
                counted = true;
            } catch {}
        }
        assertEq(box.ballots(id), 1, "the first call that went through counted it");
    }

    function test_a_smart_account_s_answer_is_heard_whatever_the_gas() public {
        bytes memory ballot = ballotOf(id, SMART, 0, one(0));
        bytes32 structHash = keccak256(abi.encode(Slips.TYPE_HASH, id, address(account), 0, keccak256(ballot)));
        account.accept(keccak256(abi.encodePacked(hex"1901", box.slipDomain(), structHash)));
        bytes memory one_ = record(SMART, 0, address(account), "a signature of its own", ballot);
        bytes32[] memory proof = rollProof(SMART);
        bool counted;
        for (uint256 gasLimit = 20_000; !counted; gasLimit += 1_000) {
            try box.castBatch{gas: gasLimit}(id, one_, proof) {
                counted = true;
            } catch {}
        }
        assertEq(box.ballots(id), 1);
    }

    function test_a_smart_account_that_refuses_or_burns_gas_is_named() public {
        bytes memory ballot = ballotOf(id, SMART, 0, one(0));
        bytes memory one_ = record(SMART, 0, address(account), "a signature of its own", ballot);
        assertRefused(id, one_, IConsultations.Refusal.Signature);
        account.turnGreedy();
        assertRefused(id, one_, IConsultations.Refusal.Signature);
    }
}
