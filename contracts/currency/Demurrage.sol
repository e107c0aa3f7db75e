// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title What idle money loses: a share of the balance a day, compounded
/// @dev The town's charter gives γ, the part kept after a day, as γ·2¹²⁸ (Circles: γ = 0.93^(1/365.25), 7 % a year).
/// Every rounding is in the holder's favour: γᵈ is rounded up at each multiplication, the loss down.
library Demurrage {
    uint256 internal constant ONE = 1 << 128;

    /// @notice γᵈ·2¹²⁸, by repeated squaring, each product rounded up; at most ONE.
    /// @param keptPerDay γ·2¹²⁸, below ONE
    function kept(uint256 keptPerDay, uint256 elapsed_days) internal pure returns (uint256 result) {
        result = ONE;
        uint256 power = keptPerDay;
        for (uint256 n = elapsed_days; n != 0; n >>= 1) {
            if (n & 1 == 1) result = _productUp(result, power);
            power = _productUp(power, power);
        }
    }

    /// @notice What a balance loses in `elapsed_days`: ⌊balance·(1 − γᵈ) + fraction⌋, and the fraction of a unit that
    /// is left to lose. Carrying it, an account that is touched every day loses what one that is touched once a year
    /// does.
    /// @param fraction owed from before, in units·2⁻⁶⁴, below one unit
    function loss(uint256 balance, uint256 fraction, uint256 keptPerDay, uint256 elapsed_days)
        internal
        pure
        returns (uint256 lost, uint256 fractionLeft)
    {
        uint256 owed = ((balance * (ONE - kept(keptPerDay, elapsed_days))) >> 64) + fraction;
        return (owed >> 64, uint64(owed));
    }

    /// @dev ⌈a·b / 2¹²⁸⌉ for a, b ≤ 2¹²⁸.
    function _productUp(uint256 a, uint256 b) private pure returns (uint256) {
        return Math.mulDiv(a, b, ONE, Math.Rounding.Ceil);
    }
}
