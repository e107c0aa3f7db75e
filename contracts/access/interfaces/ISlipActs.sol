// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Acts that an account carries out itself, or signs for anyone to post, once and until a deadline
/// @notice An empty signature says that the caller is the account. Otherwise it is the account's over the act's EIP-712
/// type, by ECDSA or ERC-1271.
interface ISlipActs {
    /// @notice Thrown when an act is neither its account's own transaction nor signed by it.
    error SlipActs_NotSignedBy(address account);
    /// @notice Thrown when a slip is posted after its deadline.
    error SlipActs_SlipExpired(uint256 deadline);
    /// @notice Thrown when a slip was posted already.
    error SlipActs_SlipSpent(bytes32 slip);
}
