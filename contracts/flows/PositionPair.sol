// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What stands at two places of a Merkle tree
/// @notice The tree is `Position`'s. What is above the two places' meeting is given once: neighbours cost little more
/// than one.
library PositionPair {
    /// @notice Whether `leaf` stands at `index` and `other` at `otherIndex` of the n leaves under `root`. Consumes the
    /// proof to its last element.
    /// @dev Of the two nodes the greater, which is the deeper or stands beside the other, becomes its parent, until the
    /// root. A sibling that is the other node is not in the proof.
    function holds(
        bytes32 root,
        uint256 n,
        uint256 index,
        bytes32 leaf,
        uint256 otherIndex,
        bytes32 other,
        bytes32[] calldata proof
    ) internal pure returns (bool) {
        if (index >= n || otherIndex >= n || index == otherIndex) return false;
        (uint256 place, uint256 otherPlace) = (2 * n - 2 - index, 2 * n - 2 - otherIndex);
        uint256 used;
        while (place | otherPlace != 0) {
            if (place < otherPlace) (place, leaf, otherPlace, other) = (otherPlace, other, place, leaf);
            bytes32 sibling;
            if (place & 1 == 0 && otherPlace == place - 1) {
                (sibling, otherPlace) = (other, 0); // the other is spent: nothing is below the root
            } else {
                if (used == proof.length) return false;
                sibling = proof[used++];
            }
            leaf = place & 1 == 0 ? _pair(sibling, leaf) : _pair(leaf, sibling);
            place = (place - 1) >> 1;
        }
        return used == proof.length && leaf == root;
    }

    function _pair(bytes32 left, bytes32 right) private pure returns (bytes32 result) {
        assembly ("memory-safe") {
            mstore(0x00, left)
            mstore(0x20, right)
            result := keccak256(0x00, 0x40)
        }
    }
}
