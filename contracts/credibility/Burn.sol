// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title How much of a promise's credibility an evaluation burns
/// @dev Cred's rule (Pan-Impact Korea, 2018: what is kept is what was scored) with a floor under the turnout, so that a
/// handful of voters cannot decide alone. Levels go from 0 (broken) to 4 (kept); n = Σ c_l counts opinions, U = Σ (4 −
/// l)·c_l what they find missing.
library Burn {
    uint256 internal constant TOP_LEVEL = 4;
    uint256 internal constant BASIS_POINTS = 10_000;

    /// @notice B = ⌊S·U / (4·max(n, K))⌋, rounded down, for the official; never more than S.
    /// @param stake S, the promise's part of the supply
    /// @param opinions n
    /// @param missing U, at most 4·n
    /// @param roll N, how many could take part
    /// @param floor_bps k, the part of the roll below which opinions count as if they were so many
    function amount(uint256 stake, uint256 opinions, uint256 missing, uint256 roll, uint256 floor_bps)
        internal
        pure
        returns (uint256)
    {
        return stake * missing / (TOP_LEVEL * Math.max(opinions, turnoutFloor(roll, floor_bps)));
    }

    /// @notice F = S − ⌊S·min(n, K) / K⌋, rounded up: what rests on the opinions that are missing to K, which nobody
    /// found kept or broken. B + F never exceeds S.
    function unjudged(uint256 stake, uint256 opinions, uint256 roll, uint256 floor_bps)
        internal
        pure
        returns (uint256)
    {
        uint256 least = turnoutFloor(roll, floor_bps);
        return stake - stake * Math.min(opinions, least) / least;
    }

    /// @notice K = max(1, ⌈N·k / 10⁴⌉), rounded up.
    function turnoutFloor(uint256 roll, uint256 floor_bps) internal pure returns (uint256) {
        return Math.max(1, Math.ceilDiv(roll * floor_bps, BASIS_POINTS));
    }

    /// @notice A promise's part of a supply that is cut by weights, in order: ⌊S·W / 10⁴⌋ of the weights up to and with
    /// its own, less that of those before it. The parts sum to the supply, each less than a unit from its exact share.
    /// @param before_bps sum of the weights before its own
    /// @param until_bps the same and its own, at most 10,000
    function cut(uint256 supply, uint256 before_bps, uint256 until_bps) internal pure returns (uint256) {
        return supply * until_bps / BASIS_POINTS - supply * before_bps / BASIS_POINTS;
    }
}
