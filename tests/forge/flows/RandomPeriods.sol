// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Cell, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Point} from "contracts/vote/Point.sol";
import {RefutationCalls} from "tests/forge/flows/RefutationCalls.sol";
import {PeriodBook} from "tests/forge/harness/PeriodBook.sol";

/// @title Small periods at random, in which what is rare is common: nothing drawn, all shared, points that are equal,
/// opposite or cancel out, readings below zero
abstract contract RandomPeriods is RefutationCalls {
    uint256 private _state_;

    function _seed(uint256 seed) internal {
        _state_ = seed;
    }

    function _random(uint256 below) internal returns (uint256) {
        _state_ = uint256(keccak256(abi.encode(_state_)));
        return _state_ % below;
    }

    function _randomPeriod(uint256 mostColumns, uint256 mostSteps, bool isHonest)
        internal
        returns (Period memory period)
    {
        uint256 columns = 1 + _random(mostColumns);
        uint256 consumers = _random(columns + 1);
        period = _blank(consumers, columns - consumers, 1 + _random(mostSteps), 1 + _random(3));
        PeriodBook.Readings memory readings = period.readings;
        for (uint256 t; t < readings.steps; ++t) {
            readings.slotOf[t] = _random(readings.slots);
        }
        for (uint256 p; p < readings.wh.length; ++p) {
            _readAt(readings, p, isHonest ? 6 : 8);
        }
        _reckon(period);
    }

    /// @dev Whether every total and every allocation is within its bounds: else something below zero shows.
    function _isWithin(Period memory period) internal pure returns (bool) {
        for (uint256 t; t < period.totals.length; ++t) {
            if (period.totals[t].injected_wh >= 2 ** 48 || period.totals[t].drawn_wh >= 2 ** 48) return false;
        }
        for (uint256 q; q < period.allocations.length; ++q) {
            if (period.allocations[q].value >= 2 ** 96) return false;
        }
        return true;
    }

    /// @dev One thing of what is to be published is no longer true.
    function _alter(Period memory period, uint256 how) internal {
        uint256 p = _random(period.cells.length);
        uint256 t = _random(period.totals.length);
        uint256 q = _random(period.allocations.length);
        uint256 i = _random(period.columns.length);
        Point memory extra = book.commit(1 + _random(2 ** 40), _random(2));
        if (how == 0) period.cells[p].reading = book.plus(period.cells[p].reading, extra);
        if (how == 1) period.cells[p].sum = book.plus(period.cells[p].sum, extra);
        if (how == 2) period.cells[p].columnSum = book.plus(period.cells[p].columnSum, extra);
        if (how == 3) _bend(period.cells[p], _random(6));
        if (how == 4) _misstate(period.totals[t]);
        if (how == 5) _misplace(period, period.totals[t]);
        if (how == 6) period.allocations[q].value = addmod(period.allocations[q].value, N - 1 + 2 * _random(2), N);
        if (how == 7) period.allocations[q].blinding = addmod(period.allocations[q].blinding, 1 + _random(99), N);
        if (how == 8) period.allocations[q].last = _anotherStep(period, period.allocations[q].last);
        if (how == 9) period.columns[i].kind = 3 - period.columns[i].kind;
        if (how == 10) period.columns[i].root = keccak256(abi.encode(period.columns[i].root));
        if (how == 11) {
            uint256 j = _random(period.columns.length);
            period.columns[i].id = j == i ? keccak256("nobody's") : period.columns[j].id;
        }
    }

    function _readAt(PeriodBook.Readings memory readings, uint256 p, uint256 kinds) private {
        bool isFirst = p / readings.steps == 0 || p / readings.steps == readings.consumers;
        uint256 before = isFirst ? p : p - readings.steps;
        uint256 how = _random(kinds);
        if (how == 1) readings.wh[p] = 1;
        if (how == 2) readings.wh[p] = 2 ** 32 - 1;
        if (how == 3) readings.wh[p] = _random(2 ** 32);
        if (how != 0) readings.blindings[p] = how == 1 ? 0 : 1 + _random(N - 1);
        if (how == 4) (readings.wh[p], readings.blindings[p]) = (readings.wh[before], readings.blindings[before]);
        if (how == 5 && p != 0) {
            (readings.wh[p], readings.blindings[p]) = (readings.wh[p - 1], readings.blindings[p - 1]);
        }
        if (how == 6) {
            readings.wh[p] = (N - readings.wh[before]) % N;
            readings.blindings[p] = (N - readings.blindings[before]) % N;
        }
        if (how == 7) readings.wh[p] = N - 1 - _random(2 ** 20);
        if (readings.wh[p] | readings.blindings[p] == 0) readings.blindings[p] = 7; // no reading is infinity
    }

    function _bend(Cell memory cell, uint256 coordinate) private pure {
        unchecked {
            if (coordinate == 0) ++cell.reading.x;
            if (coordinate == 1) ++cell.reading.y;
            if (coordinate == 2) ++cell.sum.x;
            if (coordinate == 3) ++cell.sum.y;
            if (coordinate == 4) ++cell.columnSum.x;
            if (coordinate == 5) ++cell.columnSum.y;
        }
    }

    function _misstate(Total memory total) private {
        uint256 how = _random(6);
        unchecked {
            if (how == 0) ++total.injected_wh;
            if (how == 1) --total.injected_wh;
            if (how == 2) ++total.drawn_wh;
            if (how == 3) --total.drawn_wh;
            if (how == 4) total.injectedBlinding = addmod(total.injectedBlinding, 1, N);
            if (how == 5) total.drawnBlinding = addmod(total.drawnBlinding, N - 1, N);
        }
    }

    function _misplace(Period memory period, Total memory total) private {
        if (_random(2) == 0) {
            total.previous = _anotherStep(period, total.previous);
            return;
        }
        total.slot = (total.slot + 1 + _random(period.readings.slots)) % (period.readings.slots + 1);
    }

    function _anotherStep(Period memory period, uint256 step) private returns (uint256 other) {
        do {
            other = _random(period.readings.steps + 2);
            if (other == period.readings.steps + 1) other = NONE;
        } while (other == step);
    }
}
