// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Burn} from "contracts/credibility/Burn.sol";

/// @title Proven for every value by halmos (`check_…`): what an evaluation burns in a town with the usual floor of 1 %
/// @dev No solver here divides by a variable in time: that B ≤ S is fuzzed instead
/// (tests/forge/credibility/Burn.t.sol).
contract BurnProof {
    uint256 private constant FLOOR_BPS = 100;

    /// @notice The floor is never 0, so that a settlement always divides, and never above the roll (or one).
    function check_TheFloorIsBetweenOneAndTheRoll(uint24 roll) external pure {
        uint256 floor = Burn.turnoutFloor(roll, FLOOR_BPS);
        assert(floor >= 1 && (floor <= roll || floor == 1));
    }

    /// @notice Without any opinion, or when all is kept, nothing burns.
    function check_NothingMissingBurnsNothing(uint96 stake, uint24 opinions, uint24 roll) external pure {
        assert(Burn.amount(stake, opinions, 0, roll, FLOOR_BPS) == 0);
    }
}
