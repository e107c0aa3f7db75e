// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Rule} from "contracts/vote/Rule.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @dev A consultation from opening to result.
contract ConsultationsTest is VoteFixture {
    function test_VotersCastAloneAndTheResultIsTheirs() public {
        uint256 id = _openWith(_threeOptions());
        _castBy(id, 0, 0);
        _castBy(id, 5, 1);
        _castBy(id, 9, 1);
        _castBy(id, 15, 2);
        assertEq(box.ballots(id), 4);
        _tally(id, _one(1 + 2 * M));
        uint256[] memory counts = box.counts(id);
        assertEq(counts[0], 1);
        assertEq(counts[1], 2);
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Tallied));
    }

    function test_ABatchCounts() public {
        uint256 id = _openWith(_yesNo());
        uint256[] memory indices = new uint256[](5);
        (indices[0], indices[1], indices[2], indices[3], indices[4]) = (1, 4, 7, 10, 15);
        bytes memory records = _records(id, indices);
        bytes32[] memory proof = _rollProof(indices);
        vm.prank(stranger);
        box.castBatch(id, records, proof);
        assertEq(box.ballots(id), 5);
        _tally(id, _one(3));
        assertEq(box.counts(id)[0], 3);
    }

    /// @dev Yes and no in turn.
    function _records(uint256 id, uint256[] memory indices) private returns (bytes memory records) {
        for (uint256 k; k < indices.length; ++k) {
            records = bytes.concat(records, this.recordOf(id, indices[k], k & 1));
        }
    }

    /// @dev External, or inlining runs the compiler out of stack.
    function recordOf(uint256 id, uint256 index, uint256 branch) external returns (bytes memory) {
        return _signedRecord(id, index, branch);
    }

    function test_EveryRuleCounts() public {
        uint256 id = _openWith(_evaluation());
        for (uint256 k; k < 6; ++k) {
            _castBy(id, k, k);
        }
        _tally(id, _one(5 + 10 * M));
        vm.warp(OPENS - 1);
        id = _openWith(_approval());
        uint256[] memory branches = new uint256[](3);
        (branches[0], branches[2]) = (1, 1);
        bytes memory ballot = _ballotOf(id, 2, 0, branches);
        vm.prank(_voter(2));
        box.cast(id, 2, ballot, _rollProof(2));
        (branches[0], branches[2]) = (1, 0);
        _tally(id, _results(1, 0, 1));
    }

    function _results(uint256 a, uint256 b, uint256 c) private pure returns (uint256[] memory results) {
        results = new uint256[](3);
        (results[0], results[1], results[2]) = (a, b, c);
    }

    function test_AVoterVotesAgainUntilClosing() public {
        uint256 id = _openWith(_yesNo());
        _castBy(id, 3, 0);
        bytes memory first = _castBy(id, 4, 0);
        bytes memory second = _ballotOf(id, 4, 1, _one(1));
        IConsultations.Replaced memory replaced;
        replaced.batch = 1;
        replaced.ciphertexts = _slice(first, 0, 128);
        bytes memory signature = _signSlip(id, 4, 1, second);
        box.castAgain(id, 4, _voter(4), second, signature, _rollProof(4), replaced);
        assertEq(box.ballots(id), 2);
        _tally(id, _one(1));
    }
}
