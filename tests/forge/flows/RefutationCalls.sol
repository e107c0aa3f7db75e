// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Allocation, Cell, Falsity, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {PeriodFixture} from "tests/forge/flows/PeriodFixture.sol";
import {Trees} from "tests/forge/flows/Trees.sol";
import {PeriodBook} from "tests/forge/harness/PeriodBook.sol";

/// @title Every refutation of a period, place by place, and a stranger who tries them
abstract contract RefutationCalls is PeriodFixture {
    /// @dev A stranger tries every refutation there is, each with its proofs, until one voids the statement.
    function _tryAll(Period memory period) internal returns (bool) {
        PeriodBook.Readings memory readings = period.readings;
        if (_try(_headerCall(period))) return true;
        for (uint256 i; i < readings.columns; ++i) {
            if (_tryColumn(period, i)) return true;
        }
        for (uint256 t; t < readings.steps; ++t) {
            if (_tryStep(period, t)) return true;
        }
        for (uint256 i; i < readings.columns; ++i) {
            for (uint256 t; t < readings.steps; ++t) {
                if (_tryCell(period, i, t)) return true;
            }
        }
        for (uint256 i; i < readings.columns; ++i) {
            for (uint256 s; s < readings.slots; ++s) {
                if (_tryAllocation(period, i, s)) return true;
            }
        }
        return false;
    }

    /// @dev Whether a call voids the statement; it fails for one reason alone, unless its places are none.
    function _try(bytes memory call) internal returns (bool done) {
        bytes memory answer;
        vm.prank(stranger);
        (done, answer) = address(meters).call(call);
        if (!done) {
            bytes4 reason = bytes4(answer);
            assertTrue(reason == IMeters.Meters_NotFalse.selector || reason == IMeters.Meters_NotThere.selector);
        }
    }

    /// @dev A stranger's call voids the statement for this reason.
    function _refutes(bytes memory call, Falsity falsity, bytes32 statementHash) internal {
        uint256 before = vm.snapshotState();
        vm.expectEmit(address(meters));
        emit IMeters.StatementRefuted(op, JANUARY, statementHash, falsity, stranger);
        _do(call);
        assertTrue(_isVoid());
        vm.revertToState(before);
    }

    /// @dev A stranger's call is refused: what it shows is as it should be.
    function _cannot(bytes memory call, Falsity falsity) internal {
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_NotFalse.selector, falsity));
        _do(call);
    }

    function _do(bytes memory call) internal {
        vm.prank(stranger);
        (bool done, bytes memory answer) = address(meters).call(call);
        if (done) return;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    function _headerCall(Period memory period) internal view returns (bytes memory) {
        return abi.encodeCall(IMeters.refuteHeader, (op, month, period.claim));
    }

    function _columnCall(Period memory period, uint256 i) internal pure returns (bytes memory) {
        return
            abi.encodeCall(
                IMeters.refuteColumn, (period.claim, i, period.columns[i], Trees.proof(period.columnNodes, i))
            );
    }

    function _twiceCall(Period memory period, uint256 i, uint256 j) internal pure returns (bytes memory) {
        bytes32[] memory proof = Trees.pairProof(period.columnNodes, i, j);
        return abi.encodeCall(IMeters.refuteTwice, (period.claim, i, period.columns[i], j, period.columns[j], proof));
    }

    function _readingCall(Period memory period, uint256 i, uint256 t) internal pure returns (bytes memory) {
        uint256 p = i * period.readings.steps + t;
        bytes32[] memory tree = period.committed[i];
        return abi.encodeCall(
            IMeters.refuteReading,
            (
                period.claim,
                i,
                t,
                period.columns[i],
                Trees.proof(period.columnNodes, i),
                period.cells[p],
                Trees.proof(period.cellNodes, p),
                tree[tree.length - 1 - t],
                Trees.proof(tree, t)
            )
        );
    }

    function _pointCall(Period memory period, uint256 i, uint256 t) internal pure returns (bytes memory) {
        uint256 p = i * period.readings.steps + t;
        return
            abi.encodeCall(IMeters.refutePoint, (period.claim, i, t, period.cells[p], Trees.proof(period.cellNodes, p)));
    }

    function _sumCall(Period memory period, uint256 i, uint256 t) internal pure returns (bytes memory) {
        uint256 steps = period.readings.steps;
        Total memory total = period.totals[t];
        uint256 before = total.previous < steps && total.previous != t ? i * steps + total.previous : NONE;
        (Cell memory previous, bytes32[] memory proof) = _before(period, i * steps + t, before);
        Cell memory cell = period.cells[i * steps + t];
        bytes32[] memory totalProof = Trees.proof(period.totalNodes, t);
        return abi.encodeCall(IMeters.refuteSum, (period.claim, i, t, total, totalProof, cell, previous, proof));
    }

    function _columnSumCall(Period memory period, uint256 i, uint256 t) internal pure returns (bytes memory) {
        uint256 p = i * period.readings.steps + t;
        bool isFirst = i == 0 || i == period.claim.header.consumers;
        (Cell memory before, bytes32[] memory proof) = _before(period, p, isFirst ? NONE : p - period.readings.steps);
        return abi.encodeCall(IMeters.refuteColumnSum, (period.claim, i, t, period.cells[p], before, proof));
    }

    function _totalCall(Period memory period, uint256 t, uint8 kind) internal pure returns (bytes memory) {
        PeriodBook.Readings memory readings = period.readings;
        (uint256 from, uint256 to) = kind == DRAWS ? (0, readings.consumers) : (readings.consumers, readings.columns);
        Cell memory cell;
        bytes32[] memory proof;
        if (from < to) {
            uint256 p = (to - 1) * readings.steps + t;
            (cell, proof) = (period.cells[p], Trees.proof(period.cellNodes, p));
        }
        bytes32[] memory totalProof = Trees.proof(period.totalNodes, t);
        return abi.encodeCall(IMeters.refuteTotal, (period.claim, t, kind, period.totals[t], totalProof, cell, proof));
    }

    function _rangeCall(Period memory period, uint256 t) internal pure returns (bytes memory) {
        return
            abi.encodeCall(IMeters.refuteRange, (period.claim, t, period.totals[t], Trees.proof(period.totalNodes, t)));
    }

    function _orderCall(Period memory period, uint256 t, uint256 u) internal pure returns (bytes memory) {
        bytes32[] memory proof = Trees.pairProof(period.totalNodes, t, u);
        return abi.encodeCall(IMeters.refuteOrder, (period.claim, t, period.totals[t], u, period.totals[u], proof));
    }

    function _allocationCall(Period memory period, uint256 i, uint256 s) internal pure returns (bytes memory) {
        uint256 q = i * period.readings.slots + s;
        Allocation memory allocation = period.allocations[q];
        Cell memory cell;
        bytes32[] memory cellProof;
        if (allocation.last < period.readings.steps) {
            uint256 p = i * period.readings.steps + allocation.last;
            (cell, cellProof) = (period.cells[p], Trees.proof(period.cellNodes, p));
        }
        bytes32[] memory proof = Trees.proof(period.allocationNodes, q);
        return abi.encodeCall(IMeters.refuteAllocation, (period.claim, i, s, allocation, proof, cell, cellProof));
    }

    function _lastCall(Period memory period, uint256 i, uint256 s, uint256 t) internal pure returns (bytes memory) {
        uint256 q = i * period.readings.slots + s;
        return abi.encodeCall(
            IMeters.refuteLast,
            (
                period.claim,
                i,
                s,
                period.allocations[q],
                Trees.proof(period.allocationNodes, q),
                t,
                period.totals[t],
                Trees.proof(period.totalNodes, t)
            )
        );
    }

    /// @dev The cell at `other` and the proof of both; nothing and the proof of the one where there is none.
    function _before(Period memory period, uint256 p, uint256 other)
        private
        pure
        returns (Cell memory before, bytes32[] memory proof)
    {
        if (other == NONE) return (before, Trees.proof(period.cellNodes, p));
        return (period.cells[other], Trees.pairProof(period.cellNodes, p, other));
    }

    function _tryColumn(Period memory period, uint256 i) private returns (bool) {
        if (_try(_columnCall(period, i))) return true;
        for (uint256 j; j < i; ++j) {
            if (_try(_twiceCall(period, i, j))) return true;
        }
        return false;
    }

    function _tryStep(Period memory period, uint256 t) private returns (bool) {
        if (_try(_rangeCall(period, t))) return true;
        if (_try(_totalCall(period, t, DRAWS)) || _try(_totalCall(period, t, INJECTS))) return true;
        for (uint256 u; u < t; ++u) {
            if (_try(_orderCall(period, t, u))) return true;
        }
        return false;
    }

    function _tryCell(Period memory period, uint256 i, uint256 t) private returns (bool) {
        return _try(_pointCall(period, i, t)) || _try(_readingCall(period, i, t)) || _try(_columnSumCall(period, i, t))
            || _try(_sumCall(period, i, t));
    }

    function _tryAllocation(Period memory period, uint256 i, uint256 s) private returns (bool) {
        if (_try(_allocationCall(period, i, s))) return true;
        for (uint256 t; t < period.readings.steps; ++t) {
            if (_try(_lastCall(period, i, s, t))) return true;
        }
        return false;
    }
}
