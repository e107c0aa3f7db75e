// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {IResidentsFollower} from "contracts/residents/interfaces/IResidentsFollower.sol";

/// @title A module that fails, or burns gas, when it is told to
contract FollowerMock is IResidentsFollower {
    mapping(address lost => address) public keyOf;
    bool private _fails;
    uint256 private _burnt;

    function fails(bool yes) external {
        _fails = yes;
    }

    function burns(uint256 gas_) external {
        _burnt = gas_;
    }

    function follow(address[] calldata, Kind, Standing standing) external view {
        require(!_fails || standing == Standing.Awaiting, "fails");
    }

    function move(address from, address to) external {
        require(!_fails, "fails");
        uint256 left = gasleft();
        while (left - gasleft() < _burnt) {}
        keyOf[from] = to;
    }
}
