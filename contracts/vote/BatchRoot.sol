// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The Merkle root of a batch of ballots
/// @notice Built by the contract itself, so that a re-vote can show which ciphertexts were counted. OpenZeppelin's
/// MerkleProof reads it.
library BatchRoot {
    bytes32 internal constant TAG = keccak256("Beffroi ballot leaf v1");

    /// @notice The leaf of a counted ballot. A ballot left out has the leaf 0, so that nobody can subtract it later.
    function leaf(uint256 consultation, uint256 index, uint256 seq, bytes32 ciphertextsHash)
        internal
        pure
        returns (bytes32 result)
    {
        bytes32 tag = TAG;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, tag)
            mstore(add(m, 0x20), consultation)
            mstore(add(m, 0x40), index)
            mstore(add(m, 0x60), seq)
            mstore(add(m, 0x80), ciphertextsHash)
            result := keccak256(m, 0xa0)
        }
    }

    /// @notice Neighbours are hashed in pairs, sorted, level by level; an odd last node moves up unchanged. The leaves
    /// are consumed.
    function root(bytes32[] memory leaves) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let data := add(leaves, 0x20)
            for { let n := mload(leaves) } gt(n, 1) { n := shr(1, add(n, 1)) } {
                let target := data
                let end := add(data, shl(5, n))
                for { let pair := data } lt(pair, end) { pair := add(pair, 0x40) } {
                    let node := mload(pair)
                    let next := add(pair, 0x20)
                    if lt(next, end) {
                        let sibling := mload(next)
                        let place := shl(5, lt(sibling, node))
                        mstore(place, node)
                        mstore(xor(place, 0x20), sibling)
                        node := keccak256(0x00, 0x40)
                    }
                    mstore(target, node)
                    target := add(target, 0x20)
                }
            }
            result := mload(data)
        }
    }
}
