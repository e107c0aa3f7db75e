// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An affine point of secp256k1. Infinity, where it may occur, is (0, 0), which isn't on the curve.
struct Point {
    uint256 x;
    uint256 y;
}
