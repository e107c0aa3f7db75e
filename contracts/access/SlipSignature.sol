// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Who signed a slip: an account by ECDSA with low s, or a smart account by ERC-1271
/// @dev The smart account answers within `ERC1271_GAS`: a slip in a batch cannot burn the gas of the others.
library SlipSignature {
    uint256 internal constant ERC1271_GAS = 200_000;

    /// @notice Whether `signature` over `digest` is `signer`'s.
    /// @dev ECDSA comes first, so that an account that delegates its code (EIP-7702) keeps its own key.
    function isValid(address signer, bytes32 digest, bytes memory signature) internal view returns (bool) {
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == signer) return true;
        if (signer.code.length == 0) return false;

        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bytes4 answer;
        bool answered;
        assembly ("memory-safe") {
            // Only one word of the answer is copied: a long one costs the poster nothing.
            answered := staticcall(ERC1271_GAS, signer, add(question, 0x20), mload(question), 0x00, 0x20)
            answered := and(answered, eq(returndatasize(), 0x20))
            answer := mload(0x00)
        }
        return answered && answer == IERC1271.isValidSignature.selector;
    }
}
