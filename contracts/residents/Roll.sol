// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @title A sealed roll: a Merkle root over (index, account) of everyone who may take part
/// @dev OpenZeppelin's StandardMerkleTree with `['uint256', 'address']` and `sortLeaves: false`, so that a leaf's place
/// in the tree is its index on the roll. Leaves are hashed twice: no inner node passes for a leaf.
library Roll {
    /// @notice The leaf of the account that stands at `index`.
    function leaf(uint256 index, address account) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(index, account))));
    }

    /// @notice Whether `account` stands at `index` on the roll that `root` seals.
    function holds(bytes32 root, uint256 index, address account, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        return account != address(0) && MerkleProof.verifyCalldata(proof, root, leaf(index, account));
    }
}
