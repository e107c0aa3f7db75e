// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRolls} from "contracts/residents/interfaces/IRolls.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";

/// @title What a town that asks nothing would have: so that three voters can be counted, at once
contract LaxRulebook is IRulebook {
    IRolls private _rolls;

    function requireTerms(IConsultations.Terms calldata, bool) external view {}

    function requirePhases(uint32[5] calldata) external view {}

    function floors() external pure returns (Floors memory least) {
        least.secrecyMinimum = 1;
    }

    function ceilings() external pure returns (Ceilings memory none) {}

    /// @dev Its own, or those that it follows.
    function rolls() external view returns (IRolls) {
        return address(_rolls) == address(0) ? IRolls(address(this)) : _rolls;
    }

    function follow(IRolls rolls_) external {
        _rolls = rolls_;
    }

    /// @dev Of one voter, as none that is current.
    function latest(uint8) external pure returns (IRolls.SealedRoll memory roll) {
        roll.size = 1;
    }

    function isCurrent(uint8, bytes32, uint32) external pure returns (bool) {}
}
