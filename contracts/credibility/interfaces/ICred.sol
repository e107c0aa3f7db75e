// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title Cred: the credibility that a mandate starts with and that broken promises burn
/// @notice An ERC-20 to look at: it is minted once per mandate, burnt by settled evaluations, given back by those that
/// find better of what was judged before it was due, and never transferred.
/// Nobody, not even the town's ADMIN, can mint or burn but the contract of promises that made it.
interface ICred is IERC20Metadata {
    /// @notice Thrown when anyone tries to transfer, or to allow a transfer.
    error Cred_NotTransferable();
    /// @notice Thrown when anyone but the contract of promises mints or burns.
    error Cred_OnlyPromises(address caller);
    /// @notice Thrown when more would be burnt than there is.
    error Cred_BurnExceedsBalance(address holder, uint256 balance, uint256 amount);

    /// @notice Mints a mandate's supply, or what a second finding gives back, to its holder.
    function mint(address holder, uint256 amount) external;

    /// @notice Burns what an evaluation settled.
    function burn(address holder, uint256 amount) external;

    /// @notice The contract that alone mints and burns.
    function promises() external view returns (address);
}
