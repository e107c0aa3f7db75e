// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {IResidentsFollower} from "contracts/residents/interfaces/IResidentsFollower.sol";

/// @title A module that keeps nothing of anybody
contract IdleFollower is IResidentsFollower {
    /// @inheritdoc IResidentsFollower
    function follow(address[] calldata, Kind, Standing) external {}

    /// @inheritdoc IResidentsFollower
    function move(address, address) external {}
}
