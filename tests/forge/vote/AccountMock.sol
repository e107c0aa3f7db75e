// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev An account with code: says yes to one hash, or burns what it is given.
contract AccountMock {
    bytes32 public accepted;
    bool public greedy;

    function accept(bytes32 hash) external {
        accepted = hash;
    }

    function turnGreedy() external {
        greedy = true;
    }

    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        if (greedy) {
            for (uint256 k;; ++k) {}
        }
        return hash == accepted ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}
