// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IProgrammes} from "./interfaces/IProgrammes.sol";

/// @title The roll of a programme: a Merkle root over (programme, index, holder, units a period)
/// @dev Leaves are hashed twice: no inner node passes for a leaf. The programme's name binds chain and contract.
library ProgrammeRoll {
    /// @notice Whether a holder stands at this place, with these units, on the roll that `root` seals.
    function holds(bytes32 root, bytes32 programme, IProgrammes.Place calldata place) internal pure returns (bool) {
        bytes32 inner = keccak256(abi.encode(programme, place.index, place.holder, uint256(place.each)));
        return MerkleProof.verifyCalldata(place.proof, root, keccak256(bytes.concat(inner)));
    }
}
