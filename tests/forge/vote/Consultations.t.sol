// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Rule} from "contracts/vote/Rule.sol";
import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
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
        _deliver(id, 2, ballot, _rollProof(2));
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

    function test_WhenOpenedEverythingCanBeRead() public {
        IConsultations.Terms memory asked = _defaultTerms(_approval());
        (uint256 x, uint256 y) = ceremonies.publicKey(asked.ceremonyId);
        bytes32 ruleHash = keccak256(abi.encode(asked.rule));
        bytes32 paramsHash = _paramsHash(asked, Point(x, y), ruleHash);
        vm.expectEmit();
        emit IConsultations.ConsultationOpened(1, asked.ceremonyId, paramsHash, asked);
        vm.prank(officer);
        uint256 id = box.open(asked);

        assertEq(id, box.consultations());
        assertEq(address(box.CEREMONIES()), address(ceremonies));
        assertEq(box.paramsHash(id), paramsHash);
        assertEq(box.rollRoot(id), asked.rollRoot);
        assertEq(box.rollSize(id), asked.rollSize);
        assertEq(abi.encode(box.rule(id)), abi.encode(asked.rule));
        bytes memory kept = abi.encode(Point(x, y), asked.ceremonyId, asked.rollRoot, OPENS, CLOSES, TALLY_BY, 1);
        assertEq(_terms(id), kept);
        (bytes32 question, bytes32 options, bytes32 rule) = box.subject(id);
        assertEq(abi.encode(question, options, rule), abi.encode(asked.questionHash, asked.optionsHash, ruleHash));
        bytes32 tag = keccak256("Beffroi ballot v1");
        assertEq(box.ballotDomain(id), keccak256(abi.encode(tag, block.chainid, address(box), id, paramsHash)));
        assertEq(box.slipDomain(), _domain("Consultations", address(box)));
    }

    function test_EachBallotIsTold() public {
        uint256 id = _openWith(_yesNo());
        address who = _voter(4);
        bytes32[] memory proof = _rollProof(4);
        bytes memory first = _ballotOf(id, 4, 0, _one(0));
        vm.expectEmit();
        emit IConsultations.BallotsCast(
            id, 0, _leaf(id, 4, 0, first), _record(4, 0, who, _signSlip(id, 4, 0, first), first)
        );
        vm.prank(stranger);
        _deliver(id, 4, first, proof);

        bytes memory second = _ballotOf(id, 4, 1, _one(1));
        IConsultations.Replaced memory old;
        old.ciphertexts = _slice(first, 0, 128);
        bytes memory signature = _signSlip(id, 4, 1, second);
        vm.expectEmit();
        emit IConsultations.BallotsCast(id, 1, _leaf(id, 4, 1, second), _record(4, 1, who, signature, second));
        vm.expectEmit();
        emit IConsultations.BallotReplaced(id, 4, 1, 0);
        vm.prank(stranger);
        box.castAgain(id, 4, who, second, signature, proof, old);
    }

    function test_TheStatusFollowsTheClockAndTheActs() public {
        assertEq(_status(1), uint8(IResults.Status.Unknown));
        IConsultations.Terms memory asked = _defaultTerms(_yesNo());
        vm.prank(officer);
        uint256 id = box.open(asked);
        assertEq(_status(id), uint8(IResults.Status.Scheduled));
        vm.warp(OPENS);
        assertEq(_status(id), uint8(IResults.Status.Open));
        _castBy(id, 3, 0);
        vm.warp(CLOSES - 1);
        assertEq(_status(id), uint8(IResults.Status.Open));
        vm.warp(CLOSES);
        assertEq(_status(id), uint8(IResults.Status.Ended));
        box.close(id);
        assertEq(_status(id), uint8(IResults.Status.Closed));
        _submit(id, 1);
        assertEq(_status(id), uint8(IResults.Status.Decrypting));
        vm.warp(TALLY_BY - 1);
        assertEq(_status(id), uint8(IResults.Status.Decrypting));
        vm.warp(TALLY_BY);
        assertEq(_status(id), uint8(IResults.Status.Stalled));
    }

    function test_EachStepOfTheTallyIsTold() public {
        uint256 id = _openWith(_yesNo());
        _castBy(id, 3, 0);
        _castBy(id, 4, 0);
        vm.warp(CLOSES);
        Point[] memory totals = box.totals(id);
        vm.expectEmit();
        emit IConsultations.ConsultationClosed(id, 2, totals);
        vm.prank(stranger);
        box.close(id);

        uint256[] memory trustees = new uint256[](2);
        (trustees[0], trustees[1]) = (1, 3);
        Point[][] memory shares = new Point[][](2);
        for (uint256 a; a < 2; ++a) {
            Dleq.Proof[] memory proofs = new Dleq.Proof[](1);
            shares[a] = new Point[](1);
            (shares[a][0], proofs[0]) = _shareOf(id, trustees[a], 0);
            bytes memory signature = _signShare(id, trustees[a], shares[a]);
            vm.expectEmit();
            emit IConsultations.ShareSubmitted(id, trustees[a], shares[a], proofs, signature);
            vm.prank(stranger);
            box.submitShare(id, trustees[a], shares[a], proofs, signature);
        }
        uint256[] memory counts = new uint256[](2);
        counts[0] = 2;
        vm.expectEmit();
        emit IConsultations.ConsultationTallied(id, 2, counts);
        vm.prank(stranger);
        box.finalise(id, trustees, shares, _one(2));
        assertEq(_status(id), uint8(IResults.Status.Tallied));
    }

    function _leaf(uint256 id, uint256 index, uint256 seq, bytes memory ballot) private pure returns (bytes32) {
        bytes32 ciphertextsHash = keccak256(_slice(ballot, 0, 128));
        return keccak256(abi.encode(keccak256("Beffroi ballot leaf v1"), id, index, seq, ciphertextsHash));
    }

    function _status(uint256 id) private view returns (uint8) {
        return uint8(box.status(id));
    }

    function _terms(uint256 id) private view returns (bytes memory) {
        (bool done, bytes memory answer) = address(box).staticcall(abi.encodeCall(box.terms, (id)));
        assertTrue(done);
        return answer;
    }

    function _paramsHash(IConsultations.Terms memory asked, Point memory key, bytes32 ruleHash)
        private
        view
        returns (bytes32)
    {
        bytes32 purpose = keccak256("Beffroi consultation parameters v1");
        bytes memory who =
            abi.encode(purpose, address(ceremonies), asked.ceremonyId, key, asked.rollRoot, asked.rollSize);
        bytes memory when = abi.encode(asked.opensAt, asked.closesAt, asked.tallyBy, asked.secrecyMinimum);
        return keccak256(bytes.concat(who, when, abi.encode(asked.questionHash, asked.optionsHash, ruleHash)));
    }
}
