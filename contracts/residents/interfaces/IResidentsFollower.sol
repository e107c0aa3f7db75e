// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind, Standing} from "./IResidents.sol";

/// @title A module that keeps its own copy of a resident's standing and is told of every change
/// @dev Called by Residents alone. Reverting in `follow` refuses the change as a whole; a recovery goes on without a
/// follower whose `move` reverts, which is asked again later. The new key may hold something of its own by then.
interface IResidentsFollower {
    /// @notice The residents' register says so: each of `accounts` is of this kind and standing from now on.
    function follow(address[] calldata accounts, Kind kind, Standing standing) external;

    /// @notice A lost key was replaced: everything `from` held here is `to`'s from now on.
    function move(address from, address to) external;
}
