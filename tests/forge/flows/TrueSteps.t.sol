// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Falsity} from "contracts/flows/interfaces/PeriodTypes.sol";
import {RandomPeriods} from "tests/forge/flows/RandomPeriods.sol";

/// @title What is true, nobody refutes: neither at k = 0, nor at infinity, nor where points are equal or opposite
contract TrueStepsTest is RandomPeriods {
    function setUp() public {
        _foundMeters();
    }

    /// forge-config: default.fuzz.runs = 96
    function testFuzz_NoTrueStatementIsRefutedWhateverWasRead(uint256 seed) public {
        _seed(seed);
        Period memory period = _randomPeriod(4, 5, true);
        assertTrue(_isWithin(period));
        _publishAndState(period);
        assertFalse(_tryAll(period));
    }

    /// forge-config: default.fuzz.runs = 96
    function testFuzz_ReadingsBelowZeroAreRefutedWhereATotalOrAnAllocationIs(uint256 seed) public {
        _seed(seed);
        Period memory period = _randomPeriod(4, 4, false);
        _publishAndState(period);
        assertEq(_tryAll(period), !_isWithin(period));
    }

    function test_WhereNothingIsInjectedSumsAreInfinityAndTrue() public {
        Period memory period = _blank(2, 1, 3, 1);
        (period.readings.wh[0], period.readings.wh[4]) = (5, 7);
        _reckon(period);
        assertEq(period.cells[2].sum.x | period.cells[2].sum.y, 0);
        _holds(period);
    }

    function test_WhereNothingIsDrawnNorInjectedNothingIsShared() public {
        Period memory period = _blank(1, 1, 1, 1);
        _reckon(period);
        _holds(period);
    }

    function test_WhereAsMuchIsInjectedAsDrawnEverythingIsShared() public {
        Period memory period = _blank(2, 1, 2, 1);
        (period.readings.wh[0], period.readings.wh[2], period.readings.wh[4]) = (3, 2 ** 32 - 1, 2 ** 32 + 2);
        _reckon(period);
        assertEq(period.allocations[0].value, 3 * 2 ** 32);
        assertEq(period.allocations[1].value, (2 ** 32 - 1) * 2 ** 32);
        assertEq(period.allocations[2].value, (2 ** 32 + 2) * 2 ** 32);
        _holds(period);
    }

    function test_OneHomeAloneIsAPeriod() public {
        Period memory period = _blank(1, 0, 1, 1);
        period.readings.wh[0] = 9;
        _reckon(period);
        _holds(period);
    }

    function test_AProducerAloneIsAPeriod() public {
        Period memory period = _blank(0, 1, 2, 2);
        period.readings.wh[1] = 9;
        _reckon(period);
        _holds(period);
    }

    function test_EqualReadingsDoubleTheirSums() public {
        Period memory period = _blank(3, 1, 3, 1);
        for (uint256 p; p < 9; ++p) {
            (period.readings.wh[p], period.readings.blindings[p]) = (11, 13);
        }
        for (uint256 p = 9; p < 12; ++p) {
            period.readings.wh[p] = 33;
        }
        _reckon(period);
        assertEq(period.cells[1].sum.x, book.plus(period.cells[0].sum, period.cells[0].sum).x);
        assertEq(period.cells[3].columnSum.x, book.plus(period.cells[0].reading, period.cells[0].reading).x);
        _holds(period);
    }

    /// @dev The first home draws 5, then −5, beside 7 and 17: 12 twice, all of it shared. Its sum returns to infinity,
    /// and goes on.
    function test_ASumThatReturnsToInfinityIsTrue() public {
        Period memory period = _blank(2, 1, 3, 1);
        uint256[9] memory wh = [uint256(5), N - 5, 4, 7, 17, 8, 12, 12, 12];
        for (uint256 p; p < 9; ++p) {
            period.readings.wh[p] = wh[p];
        }
        (period.readings.blindings[0], period.readings.blindings[1]) = (3, N - 3);
        _reckon(period);
        assertEq(period.cells[1].sum.x | period.cells[1].sum.y, 0);
        assertEq(period.allocations[0].value, 4 * 2 ** 32);
        _holds(period);
    }

    /// @dev Two homes whose points are opposite: their column sum is infinity, and so is what is drawn.
    function test_AColumnSumAtInfinityIsTrue() public {
        Period memory period = _blank(2, 1, 2, 1);
        (period.readings.wh[0], period.readings.wh[2]) = (5, N - 5);
        (period.readings.blindings[0], period.readings.blindings[2]) = (3, N - 3);
        _reckon(period);
        assertEq(period.cells[2].columnSum.x | period.cells[2].columnSum.y, 0);
        assertEq(period.totals[0].drawnBlinding | period.totals[0].drawn_wh, 0);
        _holds(period);
    }

    function test_BlindingsThatAddUpToZeroOpenTheTotalAllTheSame() public {
        Period memory period = _blank(2, 1, 1, 1);
        (period.readings.wh[0], period.readings.wh[1], period.readings.wh[2]) = (5, 6, 7);
        (period.readings.blindings[0], period.readings.blindings[1]) = (3, N - 3);
        _reckon(period);
        assertEq(period.totals[0].drawnBlinding, 0);
        _holds(period);
    }

    /// @dev One home draws 10, the other −5. No total tells; the other's month would, until it drew as much again.
    function test_AReadingBelowZeroShowsWhereItsMonthIs() public {
        Period memory period = _blank(2, 1, 1, 1);
        (period.readings.wh[0], period.readings.wh[1], period.readings.wh[2]) = (10, N - 5, 3);
        _reckon(period);
        assertEq(period.totals[0].drawn_wh, 5);
        assertGt(period.allocations[1].value, 2 ** 96, "the month of who drew less than nothing shows it");
        _publishAndState(period);
        _cannot(_totalCall(period, 0, DRAWS), Falsity.Total);
        _cannot(_rangeCall(period, 0), Falsity.Range);
        _refutes(_allocationCall(period, 1, 0), Falsity.Allocation, clearing.operationOf(op).statementHash);
    }

    function _holds(Period memory period) private {
        _publishAndState(period);
        assertFalse(_tryAll(period));
    }
}
