// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {PositionPair} from "contracts/flows/PositionPair.sol";
import {Position} from "contracts/records/Position.sol";
import {Trees} from "tests/forge/flows/Trees.sol";

/// @title Two leaves by one proof, in trees of every size and shape
contract PositionPairTest is Test {
    function holds(
        bytes32 root,
        uint256 n,
        uint256 index,
        bytes32 leaf,
        uint256 other,
        bytes32 otherLeaf,
        bytes32[] calldata proof
    ) external pure returns (bool) {
        return PositionPair.holds(root, n, index, leaf, other, otherLeaf, proof);
    }

    function holdsAlone(bytes32 root, uint256 n, uint256 index, bytes32 leaf, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return Position.holds(root, n, index, leaf, proof);
    }

    function test_EveryTwoLeavesOfEveryTreeHoldTogetherAndAlone() public view {
        for (uint256 n = 1; n <= 20; ++n) {
            bytes32[] memory nodes = Trees.plant(_leaves(n));
            for (uint256 i; i < n; ++i) {
                assertTrue(this.holdsAlone(nodes[0], n, i, _leaf(i), Trees.proof(nodes, i)));
                for (uint256 j; j < n; ++j) {
                    bytes32[] memory proof = Trees.pairProof(nodes, i, j);
                    bool isPair = this.holds(nodes[0], n, i, _leaf(i), j, _leaf(j), proof);
                    assertEq(isPair, i != j);
                }
            }
        }
    }

    function testFuzz_NothingElseHolds(uint256 n, uint256 i, uint256 j, uint256 how, bytes32 wrong) public view {
        n = bound(n, 2, 300);
        i = bound(i, 0, n - 1);
        j = bound(j, 0, n - 2);
        if (j >= i) ++j;
        bytes32[] memory nodes = Trees.plant(_leaves(n));
        bytes32[] memory proof = Trees.pairProof(nodes, i, j);
        (bytes32 root, bytes32 leaf, bytes32 otherLeaf) = (nodes[0], _leaf(i), _leaf(j));
        assertTrue(this.holds(root, n, i, leaf, j, otherLeaf, proof));

        (uint256 index, uint256 other, uint256 size) = (i, j, n);
        how %= 9;
        if (how == 0) leaf = wrong;
        if (how == 1) otherLeaf = wrong;
        if (how == 2) root = wrong;
        if (how == 3) (leaf, otherLeaf) = (otherLeaf, leaf);
        if (how == 4) index = i == n - 1 ? 0 : i + 1;
        if (how == 5) other = j == 0 ? n : j - 1;
        if (how == 6) proof = _cut(proof);
        if (how == 7) proof = _longer(proof, wrong);
        if (how == 8 && proof.length != 0) proof[uint256(wrong) % proof.length] = wrong;
        if (how == 8 && proof.length == 0) size = n + 1;
        assertFalse(this.holds(root, size, index, leaf, other, otherLeaf, proof));
    }

    function test_NeighboursCostLittleMoreThanOne() public pure {
        bytes32[] memory nodes = Trees.plant(_leaves(4_096));
        assertEq(Trees.pairProof(nodes, 6, 7).length, 11);
        assertEq(Trees.pairProof(nodes, 2_047, 2_048).length, 22);
    }

    function _cut(bytes32[] memory proof) private pure returns (bytes32[] memory cut) {
        if (proof.length == 0) return _longer(proof, 0);
        cut = new bytes32[](proof.length - 1);
        for (uint256 i; i < cut.length; ++i) {
            cut[i] = proof[i];
        }
    }

    function _longer(bytes32[] memory proof, bytes32 with) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](proof.length + 1);
        for (uint256 i; i < proof.length; ++i) {
            longer[i] = proof[i];
        }
        longer[proof.length] = with;
    }

    function _leaves(uint256 n) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](n);
        for (uint256 i; i < n; ++i) {
            leaves[i] = _leaf(i);
        }
    }

    function _leaf(uint256 i) private pure returns (bytes32) {
        return keccak256(abi.encode("leaf", i));
    }
}
