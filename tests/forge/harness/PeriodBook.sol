// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Periods} from "contracts/flows/Periods.sol";
import {Allocation, Cell, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Point} from "contracts/vote/Point.sol";
import {Secp256k1} from "contracts/vote/Secp256k1.sol";

/// @notice What is to be published of readings, by exact arithmetic alone; readings and blindings are taken mod N.
contract PeriodBook {
    uint256 private constant N = Secp256k1.N;
    uint256 private constant NONE = type(uint256).max;

    struct Readings {
        uint256 consumers;
        uint256 columns;
        uint256 steps;
        uint256 slots;
        uint256[] wh; // column i at step t: i · steps + t
        uint256[] blindings;
        uint256[] slotOf;
    }

    function reckon(Readings calldata of_)
        external
        view
        returns (Cell[] memory cells, Total[] memory totals, Allocation[] memory allocations)
    {
        totals = _totals(of_);
        cells = new Cell[](of_.columns * of_.steps);
        allocations = new Allocation[](of_.columns * of_.slots);
        for (uint256 q; q < allocations.length; ++q) {
            allocations[q].last = NONE;
        }
        for (uint256 i; i < of_.columns; ++i) {
            for (uint256 t; t < of_.steps; ++t) {
                uint256 p = i * of_.steps + t;
                uint256 k = coefficient(totals[t], i < of_.consumers);
                cells[p].reading = commit(of_.wh[p], of_.blindings[p]);
                bool isFirst = i == 0 || i == of_.consumers;
                cells[p].columnSum = isFirst ? cells[p].reading : plus(cells[p - of_.steps].columnSum, cells[p].reading);
                uint256 q = i * of_.slots + of_.slotOf[t];
                Point memory before;
                if (totals[t].previous != NONE) before = cells[i * of_.steps + totals[t].previous].sum;
                cells[p].sum = plus(before, times(k, cells[p].reading));
                allocations[q].value = addmod(allocations[q].value, mulmod(k, of_.wh[p], N), N);
                allocations[q].blinding = addmod(allocations[q].blinding, mulmod(k, of_.blindings[p], N), N);
                allocations[q].last = t;
            }
        }
    }

    function commit(uint256 wh, uint256 blinding) public view returns (Point memory) {
        (uint256 x, uint256 y) = Secp256k1.mulExact(wh, Secp256k1.GX, Secp256k1.GY);
        return plus(Point(x, y), times(blinding, Point(Periods.HX, Periods.HY)));
    }

    function plus(Point memory a, Point memory b) public view returns (Point memory) {
        (uint256 x, uint256 y) = Secp256k1.addExact(a.x, a.y, b.x, b.y);
        return Point(x, y);
    }

    function times(uint256 k, Point memory a) public view returns (Point memory) {
        (uint256 x, uint256 y) = Secp256k1.mulExact(k, a.x, a.y);
        return Point(x, y);
    }

    function coefficient(Total memory total, bool draws) public pure returns (uint256) {
        uint256 shared = total.injected_wh < total.drawn_wh ? total.injected_wh : total.drawn_wh;
        uint256 whole = draws ? total.drawn_wh : total.injected_wh;
        unchecked {
            return whole == 0 ? 0 : (2 ** 32 * shared) / whole; // below zero is beyond all bounds
        }
    }

    function _totals(Readings calldata of_) private pure returns (Total[] memory totals) {
        totals = new Total[](of_.steps);
        for (uint256 t; t < of_.steps; ++t) {
            Total memory total = totals[t];
            (total.slot, total.previous) = (of_.slotOf[t], NONE);
            for (uint256 u; u < t; ++u) {
                if (of_.slotOf[u] == total.slot) total.previous = u;
            }
            for (uint256 i; i < of_.columns; ++i) {
                uint256 p = i * of_.steps + t;
                if (i < of_.consumers) {
                    total.drawn_wh = addmod(total.drawn_wh, of_.wh[p], N);
                    total.drawnBlinding = addmod(total.drawnBlinding, of_.blindings[p], N);
                } else {
                    total.injected_wh = addmod(total.injected_wh, of_.wh[p], N);
                    total.injectedBlinding = addmod(total.injectedBlinding, of_.blindings[p], N);
                }
            }
        }
    }
}
