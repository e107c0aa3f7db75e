// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev M = 2²⁴: every counter of a total lies below it.
uint64 constant M = 1 << 24;

/// @notice What a ballot may say: n = `setOf.length` ciphertexts, each encrypting one message of a set.
/// A message is a pair of counters, low + M·high, so that a total of up to M − 1 voters holds two results.
/// @param sets The sets of allowed messages.
/// @param setOf Ciphertext i encrypts one message of `sets[setOf[i]]`.
/// @param sumSet 0, or 1 + the index of the set to which the sum of all ciphertexts belongs.
struct Rule {
    uint64[][] sets;
    bytes setOf;
    uint8 sumSet;
}

/// @title Rules in storage
/// @notice A rule as bytes: sumSet (1), the number of sets (1), each set's length (1) and messages (6 each), then
/// `setOf`. A single choice of up to four options fits one slot, which each ballot reads.
library PackedRule {
    uint256 private constant MESSAGE_BITS = 48;

    function pack(Rule calldata rule) internal pure returns (bytes memory packed) {
        packed = abi.encodePacked(rule.sumSet, uint8(rule.sets.length));
        for (uint256 k; k < rule.sets.length; ++k) {
            uint64[] calldata set = rule.sets[k];
            packed = bytes.concat(packed, bytes1(uint8(set.length)));
            for (uint256 j; j < set.length; ++j) {
                packed = bytes.concat(packed, bytes6(uint48(set[j])));
            }
        }
        packed = bytes.concat(packed, rule.setOf);
    }

    function unpack(bytes memory packed) internal pure returns (Rule memory rule) {
        rule.sumSet = uint8(packed[0]);
        rule.sets = new uint64[][](uint8(packed[1]));
        uint256 cursor = 2;
        for (uint256 k; k < rule.sets.length; ++k) {
            uint64[] memory set = new uint64[](uint8(packed[cursor++]));
            for (uint256 j; j < set.length; ++j) {
                set[j] = uint64(_word(packed, cursor) >> (256 - MESSAGE_BITS));
                cursor += MESSAGE_BITS / 8;
            }
            rule.sets[k] = set;
        }
        bytes memory setOf = new bytes(packed.length - cursor);
        for (uint256 i; i < setOf.length; ++i) {
            setOf[i] = packed[cursor + i];
        }
        rule.setOf = setOf;
    }

    function _word(bytes memory data, uint256 cursor) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), cursor))
        }
    }
}
