// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Who is on a sealed roll
/// @notice The roll is the root of a complete binary tree of 2n − 1 nodes, in the layout of OpenZeppelin's
/// StandardMerkleTree with `sortLeaves: false`: voter i is node 2n − 2 − i, the parent of node p is (p − 1) / 2, and a
/// pair is hashed in sorted order.
library RollProof {
    /// @notice keccak(keccak(abi.encode(index, voter))); hashed twice, so that no inner node is a leaf.
    function leaf(uint256 index, address voter) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            mstore(0x00, index)
            mstore(0x20, and(voter, 0xffffffffffffffffffffffffffffffffffffffff))
            mstore(0x00, keccak256(0x00, 0x40))
            result := keccak256(0x00, 0x20)
        }
    }

    /// @notice Whether these leaves are the voters of these indices. Positions follow from the indices, so the proof
    /// needs no flags, and a leaf proves its own index.
    /// @dev A queue of (position, hash), in decreasing position: the head's sibling is the next in the queue or the
    /// next of the proof. The arrays are consumed: they serve as the queue's ring.
    /// @param indices Strictly increasing, below `size`, not empty; as many as `leaves`.
    /// @param proof Consumed to its last element.
    function isRoot(
        bytes32 root,
        uint256 size,
        uint256[] memory indices,
        bytes32[] memory leaves,
        bytes32[] calldata proof
    ) internal pure returns (bool result) {
        assembly ("memory-safe") {
            let bytes_ := shl(5, mload(indices))
            let last := sub(shl(1, size), 2)
            for { let i := 0x20 } iszero(gt(i, bytes_)) { i := add(i, 0x20) } {
                mstore(add(indices, i), sub(last, mload(add(indices, i))))
            }
            let head := 0x20
            let tail := 0x20
            let cursor := proof.offset
            let end := add(cursor, shl(5, proof.length))
            for {} 1 {} {
                let position := mload(add(indices, head))
                let node := mload(add(leaves, head))
                if iszero(position) {
                    result := and(eq(node, root), eq(cursor, end))
                    break
                }
                head := add(head, 0x20)
                if gt(head, bytes_) { head := 0x20 }
                let sibling := 0
                // An even node's sibling is the one before it, which is next in the queue if it is known. (Empty, the
                // queue's head is its tail, and what is there is stale.)
                let known := 0
                if iszero(and(position, 1)) {
                    known := gt(eq(mload(add(indices, head)), sub(position, 1)), eq(head, tail))
                }
                switch known
                case 0 {
                    if eq(cursor, end) { break }
                    sibling := calldataload(cursor)
                    cursor := add(cursor, 0x20)
                }
                default {
                    sibling := mload(add(leaves, head))
                    head := add(head, 0x20)
                    if gt(head, bytes_) { head := 0x20 }
                }
                // The smaller goes first.
                let place := shl(5, lt(sibling, node))
                mstore(place, node)
                mstore(xor(place, 0x20), sibling)
                mstore(add(indices, tail), shr(1, sub(position, 1)))
                mstore(add(leaves, tail), keccak256(0x00, 0x40))
                tail := add(tail, 0x20)
                if gt(tail, bytes_) { tail := 0x20 }
            }
        }
    }
}
