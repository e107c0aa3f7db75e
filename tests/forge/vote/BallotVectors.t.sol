// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {BallotProof} from "contracts/vote/BallotProof.sol";
import {Point} from "contracts/vote/Point.sol";
import {Rule} from "contracts/vote/Rule.sol";

/// @dev The ballots that Python made, and the ones it refuses: tests/vectors/ballots.json, written by make_ballots.py.
/// And those that the dApp made: tests/vectors/ballots-typescript.json, written by frontend/scripts/ballots.mjs.
contract BallotVectorsTest is Test {
    string private vectors;

    function setUp() public {
        vectors = vm.readFile("tests/vectors/ballots.json");
    }

    function verify(bytes calldata call) external view returns (bool) {
        (Point memory key, Rule memory rule, bytes32 ctx, bytes memory ballot) =
            abi.decode(call, (Point, Rule, bytes32, bytes));
        if (ballot.length != BallotProof.ballotBytes(rule)) return false;
        uint256 pointer;
        bytes32 ciphertextsHash;
        uint256 size = BallotProof.CIPHERTEXT_BYTES * rule.setOf.length;
        assembly ("memory-safe") {
            pointer := add(ballot, 0x20)
            ciphertextsHash := keccak256(pointer, size)
        }
        return BallotProof.verify(key, rule, ctx, ciphertextsHash, pointer);
    }

    function test_EveryBallotThatPythonMadeIsAccepted() public view {
        _assertAccepted(vectors, 20);
    }

    function test_EveryBallotThatTypescriptMadeIsAccepted() public view {
        _assertAccepted(vm.readFile("tests/vectors/ballots-typescript.json"), 15);
    }

    function _assertAccepted(string memory file, uint256 moreThan) private view {
        bytes[] memory calls = vm.parseJsonBytesArray(file, ".solidity.accepted");
        assertGt(calls.length, moreThan);
        for (uint256 i; i < calls.length; ++i) {
            assertTrue(this.verify(calls[i]), vm.toString(i));
        }
    }

    function test_EveryBallotThatPythonRefusesIsRefused() public view {
        bytes[] memory calls = vm.parseJsonBytesArray(vectors, ".solidity.refused");
        assertGt(calls.length, 50);
        for (uint256 i; i < calls.length; ++i) {
            assertFalse(this.verify(calls[i]), vm.toString(i));
        }
    }
}
