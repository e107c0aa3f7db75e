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

    /// @notice K = max(1, ⌈N·k / 10⁴⌉), rounded up.
    function turnoutFloor(uint256 roll, uint256 floor_bps) internal pure returns (uint256) {
        return Math.max(1, Math.ceilDiv(roll * floor_bps, BASIS_POINTS));
    }

    /// @notice Cuts a supply by weights: S_i = ⌊S·w_i / 10⁴⌋, and the units left over one each to the largest
    /// remainders (Hare), the first promise first among equals. The parts sum to the supply.
    /// @param weights_bps sum to 10,000
    function stakes(uint256 supply, uint256[] memory weights_bps) internal pure returns (uint256[] memory parts) {
        uint256 count = weights_bps.length;
        parts = new uint256[](count);
        uint256[] memory remainders = new uint256[](count);
        uint256 left = supply;
        for (uint256 i; i < count; ++i) {
            parts[i] = supply * weights_bps[i] / BASIS_POINTS;
            remainders[i] = mulmod(supply, weights_bps[i], BASIS_POINTS);
            left -= parts[i];
        }

        // Fewer units are left than there are promises, and no remainder serves twice.
        for (; left != 0; --left) {
            uint256 largest;
            for (uint256 i = 1; i < count; ++i) {
                if (remainders[i] > remainders[largest]) largest = i;
            }
            ++parts[largest];
            remainders[largest] = 0;
        }
    }
}
