// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Whose code an account has
library Code {
    /// @dev What an account whose code is another's begins with (EIP-7702); no contract does (EIP-3541).
    bytes3 private constant DELEGATION = 0xef0100;

    /// @notice Whether an account has code of its own: a key that borrows some is a person's.
    function isContract(address account) internal view returns (bool) {
        bytes32 head;
        assembly ("memory-safe") {
            extcodecopy(account, 0x00, 0x00, 0x20)
            head := mload(0x00)
        }
        return account.code.length != 0 && bytes3(head) != DELEGATION;
    }
}
