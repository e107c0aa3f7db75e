// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Calls of a contract to itself: what reverts in one takes back all that it did there, and nothing else
library SelfCall {
    /// @dev Hands a value on as it came, behind its offset; each over the last one's, for memory is not taken.
    /// @param selector of a function that takes that value alone
    /// @param at where it begins in the calldata
    /// @param length in bytes, padded to words
    function hand(bytes4 selector, uint256 at, uint256 length) internal returns (bool accepted) {
        assembly ("memory-safe") {
            let call_ := mload(0x40)
            mstore(call_, selector)
            mstore(add(call_, 4), 0x20)
            calldatacopy(add(call_, 36), at, length)
            accepted := call(gas(), address(), 0, call_, add(length, 36), 0x00, 0x00)
        }
    }

    /// @dev What the last call returned.
    function returned() internal pure returns (bytes memory data) {
        assembly ("memory-safe") {
            data := mload(0x40)
            mstore(data, returndatasize())
            returndatacopy(add(data, 0x20), 0x00, returndatasize())
            mstore(0x40, add(data, and(add(returndatasize(), 0x3f), not(0x1f))))
        }
    }
}
