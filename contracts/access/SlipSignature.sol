// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {Code} from "./Code.sol";

/// @title Who signed a slip: an account by ECDSA with low s, or a smart account by ERC-1271
/// @dev A smart account answers within a cap, so that no slip of a batch burns the gas of the others, and with all of
/// that gas: where it is not left, the act reverts. So a starved account is never taken for one that refuses.
library SlipSignature {
    /// @dev The cap for a slip; what accounts of several makes need of it: docs/architecture.md.
    uint256 internal constant ACCOUNT_GAS = 200_000;
    /// @dev The cap for a ballot: a batch holds a hundred, and its poster pays for all.
    uint256 internal constant BALLOT_GAS = 100_000;
    /// @dev The call's own cost.
    uint256 private constant CALL_GAS = 5_000;
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// @notice Thrown when less gas is left than a signer was promised to answer with.
    error SlipSignature_OutOfGas(uint256 promised);

    /// @notice Whether `signature` over `digest` is `signer`'s.
    /// @dev An account that borrows code (EIP-7702) signs by its key alone: it gives the code back in a transaction,
    /// and then nobody can check what that code has said yes to.
    function isValid(address signer, bytes32 digest, bytes memory signature) internal view returns (bool) {
        if (isByKey(signer, digest, signature)) return true;
        if (!Code.isContract(signer)) return false;

        return accepts(signer, abi.encodeCall(IERC1271.isValidSignature, (digest, signature)), ACCOUNT_GAS);
    }

    /// @notice Whether `signature` over `digest` is by `signer`'s key, whatever code the account has.
    /// @dev A high s, which the same key could as well have given, is nobody's.
    function isByKey(address signer, bytes32 digest, bytes memory signature) internal view returns (bool isSigned) {
        if (signer == address(0) || signature.length != 65) return false;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, digest)
            mstore(add(m, 0x20), byte(0, mload(add(signature, 0x60))))
            mcopy(add(m, 0x40), add(signature, 0x20), 0x40)
            mstore(0x00, 0)
            if iszero(staticcall(gas(), 1, m, 0x80, 0x00, 0x20)) { revert(0x00, 0x00) }
            isSigned := and(eq(mload(0x00), signer), iszero(gt(mload(add(signature, 0x40)), HALF_ORDER)))
        }
    }

    /// @notice Whether an account with code says yes to `question`, a call of ERC-1271's `isValidSignature`.
    function accepts(address account, bytes memory question, uint256 promised) internal view returns (bool accepted) {
        // EIP-150 keeps back a 64th of what is left.
        require(gasleft() >= promised + promised / 63 + CALL_GAS, SlipSignature_OutOfGas(promised));

        bytes4 answer;
        assembly ("memory-safe") {
            // Only one word of the answer is copied: a long one costs the poster nothing.
            accepted := staticcall(promised, account, add(question, 0x20), mload(question), 0x00, 0x20)
            accepted := and(accepted, eq(returndatasize(), 0x20))
            answer := mload(0x00)
        }
        return accepted && answer == IERC1271.isValidSignature.selector;
    }
}
