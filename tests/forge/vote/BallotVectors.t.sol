// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {BallotProof} from "contracts/vote/BallotProof.sol";
import {Point} from "contracts/vote/Point.sol";
import {Rule} from "contracts/vote/Rule.sol";
import {Prover} from "tests/forge/vote/Prover.sol";

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

/// @dev The ballots that this prover makes, for the others to judge: tests/vectors/ballots-solidity.json, written anew
/// by BEFFROI_VECTORS=write forge test --match-contract BallotsOfSolidity.
contract BallotsOfSolidityTest is Prover {
    string private constant FILE = "tests/vectors/ballots-solidity.json";

    function test_TheFileIsWhatThisProverMakes() public {
        string memory text = "[";
        for (uint256 length = 1; length <= 7; ++length) {
            Rule memory rule = Rule(new uint64[][](1), hex"00", 0);
            rule.sets[0] = new uint64[](length);
            for (uint64 j; j < length; ++j) {
                rule.sets[0][j] = j % 2 == 0 ? j : j * M;
            }
            uint256[] memory branches = new uint256[](1);
            branches[0] = length / 2;
            text = string.concat(text, _entry(string.concat("set of ", vm.toString(length)), rule, branches), ",\n");
        }
        Rule memory approval = Rule(new uint64[][](2), hex"000000", 2);
        (approval.sets[0], approval.sets[1]) = (new uint64[](2), new uint64[](2));
        (approval.sets[0][1], approval.sets[1][0], approval.sets[1][1]) = (1, 1, 2);
        uint256[] memory approved = new uint256[](3);
        (approved[0], approved[2]) = (1, 1);
        text = string.concat(text, _entry("approval of 1 to 2 out of 3", approval, approved), "]\n");
        if (keccak256(bytes(vm.envOr("BEFFROI_VECTORS", string("")))) == keccak256("write")) vm.writeFile(FILE, text);
        assertEq(vm.readFile(FILE), text);
    }

    function _entry(string memory name, Rule memory rule, uint256[] memory branches) private returns (string memory) {
        bytes32 ctx = keccak256(bytes(name));
        (uint256 x, uint256 y) = _pointOf(secret);
        string memory sets = _list(rule.sets[0]);
        for (uint256 i = 1; i < rule.sets.length; ++i) {
            sets = string.concat(sets, ",", _list(rule.sets[i]));
        }
        string memory shape = string.concat(
            '{"sets":[', sets, '],"setOf":"', vm.toString(rule.setOf), '","sumSet":', vm.toString(rule.sumSet), "}"
        );
        string memory head = string.concat('{"name":"', name, '","h":"', vm.toString(abi.encode(x, y)), '","ctx":"');
        string memory ballot = vm.toString(_makeBallot(rule, ctx, branches));
        return string.concat(head, vm.toString(ctx), '","rule":', shape, ',"ballot":"', ballot, '"}');
    }

    function _list(uint64[] memory set) private pure returns (string memory text) {
        text = vm.toString(set[0]);
        for (uint256 j = 1; j < set.length; ++j) {
            text = string.concat(text, ",", vm.toString(set[j]));
        }
        text = string.concat("[", text, "]");
    }
}
