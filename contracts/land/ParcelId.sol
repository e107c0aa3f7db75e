// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The French parcel id: commune 5, prefix 3, section 2, number 4, in ASCII
/// @dev As a number, so that a token id is the id itself: the first character is the highest of 14 bytes.
library ParcelId {
    uint256 internal constant LENGTH = 14;
    // A bit per ASCII character.
    uint256 private constant DIGITS = 0x3ff << 0x30;
    uint256 private constant LETTERS = 0x3ffffff << 0x41;
    uint256 private constant CORSICA = 3 << 0x41;

    /// @notice Whether `id` is 14 characters of a parcel id: digits, but letters A to Z in the section, and Corsica's
    /// 2A and 2B.
    function isValid(uint256 id) internal pure returns (bool valid) {
        valid = id >> (8 * LENGTH) == 0;
        for (uint256 i; i < LENGTH; ++i) {
            uint256 allowed = DIGITS;
            if (i == 4 || i == 5) allowed |= LETTERS; // the section, from the right
            if (i == 12 && uint8(id >> 8) == 0x32) allowed |= CORSICA; // after a 2
            valid = valid && (allowed >> uint8(id)) & 1 != 0;
            id >>= 8;
        }
    }

    /// @notice The id as people read it.
    function toString(uint256 id) internal pure returns (string memory) {
        return string(abi.encodePacked(bytes14(uint112(id))));
    }
}
