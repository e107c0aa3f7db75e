// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {stdJson} from "forge-std/StdJson.sol";
import {Test} from "forge-std/Test.sol";

import {Demurrage} from "contracts/currency/Demurrage.sol";

contract DemurrageTest is Test {
    using stdJson for string;

    uint256 private constant MOST = type(uint80).max;

    /// @notice The exact value, by rational arithmetic in Python, bounds ours: `lost` and `fractionLeft` of each vector
    /// are the mirror's.
    function test_EveryVectorSharedWithPythonHolds() external view {
        string memory vectors = vm.readFile("tests/currency/demurrage.json");
        uint256[] memory balances = vectors.readUintArray(".balance_cents");
        uint256[] memory fractions = vectors.readUintArray(".fraction");
        uint256[] memory kept = vectors.readUintArray(".kept_per_day");
        uint256[] memory elapsed_days = vectors.readUintArray(".elapsed_days");
        uint256[] memory losses = vectors.readUintArray(".lost_cents");
        uint256[] memory left = vectors.readUintArray(".fraction_left");
        assertGt(balances.length, 100, "no vectors");
        for (uint256 i; i < balances.length; ++i) {
            (uint256 lost, uint256 fractionLeft) = Demurrage.loss(balances[i], fractions[i], kept[i], elapsed_days[i]);
            assertEq(lost, losses[i]);
            assertEq(fractionLeft, left[i]);
        }
    }

    function testFuzz_NeverLosesMoreThanThereIs(uint256 balance, uint64 fraction, uint128 kept, uint24 elapsed_days)
        external
        pure
    {
        balance = _bound(balance, 0, MOST);
        (uint256 lost, uint256 left) = Demurrage.loss(balance, fraction, kept, elapsed_days);
        assertLe(lost, balance);
        assertLt(left, 1 << 64);
    }

    /// @notice The longer it lies, the more it loses, at any rate from a millionth to a tenth a day.
    function testFuzz_ADayMoreNeverLosesLess(uint256 balance, uint64 fraction, uint256 kept, uint256 elapsed_days)
        external
        pure
    {
        balance = _bound(balance, 0, MOST);
        kept = _bound(kept, Demurrage.ONE * 9 / 10, Demurrage.ONE - Demurrage.ONE / 1e6);
        elapsed_days = _bound(elapsed_days, 0, 3653);
        assertGe(
            _owed(balance, fraction, kept, elapsed_days + 1),
            _owed(balance, fraction, kept, elapsed_days),
            "a longer time lost less"
        );
    }

    /// @notice Touched every day or once, an account loses the same, but for less than 2⁻⁴⁰ of a cent for each touch,
    /// in the holder's favour.
    function testFuzz_TouchingOftenSparesNothing(uint256 balance, uint256 kept, uint256 elapsed_days) external pure {
        balance = _bound(balance, 100, 1e12);
        kept = _bound(kept, Demurrage.ONE * 99 / 100, Demurrage.ONE - Demurrage.ONE / 1e6);
        elapsed_days = _bound(elapsed_days, 1, 60);
        uint256 once = _owed(balance, 0, kept, elapsed_days);
        (uint256 left, uint256 fraction) = (balance, 0);
        for (uint256 i; i < elapsed_days; ++i) {
            uint256 lost;
            (lost, fraction) = Demurrage.loss(left, fraction, kept, 1);
            left -= lost;
        }
        uint256 daily = ((balance - left) << 64) + fraction;
        // A fraction owed is not yet gone, so it is charged on for as long as it is below a cent: at most a cent's loss
        // over the time.
        assertApproxEqAbs(daily, once, _owed(1, 0, kept, elapsed_days) + (elapsed_days << 24));
    }

    function _owed(uint256 balance, uint256 fraction, uint256 kept, uint256 elapsed_days)
        private
        pure
        returns (uint256)
    {
        (uint256 lost, uint256 left) = Demurrage.loss(balance, fraction, kept, elapsed_days);
        return (lost << 64) + left;
    }
}
