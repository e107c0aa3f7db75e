// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A module that keeps something by title and carries it over when titles divide or merge
/// @dev Called by LandRegister alone. Reverting refuses the act as a whole.
interface ITitleFollower {
    /// @notice A title was divided: what lay on the parent lies on every child.
    function divided(uint256 parent, uint256[] calldata children) external;

    /// @notice Titles were merged: what lay on each parent lies on the child.
    function merged(uint256[] calldata parents, uint256 child) external;
}
