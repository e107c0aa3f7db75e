// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What stands at a place of a Merkle tree
/// @notice A complete binary tree of 2n − 1 nodes: leaf i is node 2n − 2 − i, the children of node p are 2p + 1 (left)
/// and 2p + 2 (right), and the left one is hashed first. So a place has one leaf, whatever the leaf says of itself.
library Position {
    /// @notice Whether `leaf` stands at `index` of the n leaves under `root`. Consumes the proof to its last element.
    function holds(bytes32 root, uint256 n, uint256 index, bytes32 leaf, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        if (index >= n) return false;
        bytes32 node = leaf;
        uint256 used;
        for (uint256 place = 2 * n - 2 - index; place != 0; place = (place - 1) >> 1) {
            if (used == proof.length) return false;
            bytes32 sibling = proof[used++];
            node = place & 1 == 0 ? _pair(sibling, node) : _pair(node, sibling);
        }
        return used == proof.length && node == root;
    }

    function _pair(bytes32 left, bytes32 right) private pure returns (bytes32 result) {
        assembly ("memory-safe") {
            mstore(0x00, left)
            mstore(0x20, right)
            result := keccak256(0x00, 0x40)
        }
    }
}
