// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Allocation, Cell, Claim, Column, Falsity, Header, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Point} from "contracts/vote/Point.sol";
import {Trees} from "tests/forge/flows/Trees.sol";

/// @notice What is published of two meters and two steps, with its trees.
/// @param committed the nodes of each meter's tree, as its agent committed to it
struct SmallPeriod {
    Claim claim;
    Column[] columns;
    Cell[] cells;
    Total[] totals;
    Allocation[] allocations;
    bytes32[] columnNodes;
    bytes32[] cellNodes;
    bytes32[] totalNodes;
    bytes32[] allocationNodes;
    bytes32[][] committed;
}

/// @title A period whose points need no reckoning: one meter draws 1 Wh a step, blinded by nothing, one injects nothing
library SmallPeriods {
    uint16 internal constant STEP_S = 900;
    uint16 internal constant STEPS = 2;
    uint8 internal constant WATT_HOUR = 1;
    uint8 internal constant DRAWS = 1;
    uint8 internal constant INJECTS = 2;

    uint256 private constant NONE = type(uint256).max;
    uint256 private constant GX = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798;
    uint256 private constant GY = 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8;
    uint256 private constant HX = 0xb8f3ea9f8317888502fd0b47f9bf52e66a4bccb8186da48fe79fffa688fcb484;
    uint256 private constant HY = 0x7de4ad69584483889f1a1d98837dde0d2576e2ad0abedf31e9a499d6c48cbde2;

    /// @dev All of it true, where the agent commits to these trees.
    function make(bytes32 op, uint32 number, uint40 start, bytes32 draws, bytes32 injects)
        internal
        pure
        returns (SmallPeriod memory period)
    {
        (period.columns, period.committed) = (new Column[](2), new bytes32[][](2));
        (period.cells, period.totals, period.allocations) = (new Cell[](4), new Total[](2), new Allocation[](2));
        for (uint256 i; i < 2; ++i) {
            period.committed[i] = committedTo(i);
            uint256 kind = i == 0 ? DRAWS : INJECTS;
            period.columns[i] = Column(i == 0 ? draws : injects, kind, period.committed[i][0]);
            period.allocations[i] = Allocation(0, 0, 1);
            period.totals[i] = Total(0, i == 0 ? NONE : 0, 0, 1, 1, 0);
            for (uint256 t; t < STEPS; ++t) {
                period.cells[i * STEPS + t] = Cell(_point(i), Point(0, 0), _point(i));
            }
        }
        Header memory header = period.claim.header;
        (header.op, header.period, header.start) = (op, number, start);
        (header.step_s, header.steps, header.consumers, header.columns, header.slots) = (STEP_S, STEPS, 1, 2, 1);
        plant(period);
    }

    /// @dev The tree of a meter's readings, its root first.
    function committedTo(uint256 place) internal pure returns (bytes32[] memory nodes) {
        bytes32[] memory leaves = new bytes32[](STEPS);
        for (uint256 t; t < STEPS; ++t) {
            leaves[t] = keccak256(abi.encode(t, _point(place)));
        }
        return Trees.plant(leaves);
    }

    /// @dev One thing is false now, by a word that stands nowhere else in the call that shows it (Acts._standsFor).
    function spoil(SmallPeriod memory period, Falsity falsity, bytes32 otherId) internal pure {
        if (falsity == Falsity.Header) period.claim.header.slots = 33;
        else if (falsity == Falsity.Column) period.columns[0].id = otherId;
        else if (falsity == Falsity.Twice) period.columns[1].id = period.columns[0].id;
        else if (falsity == Falsity.Reading) period.cells[0].reading = _point(1);
        else if (falsity == Falsity.Point) period.cells[0].sum = Point(77, 77);
        else if (falsity == Falsity.Sum) period.cells[0].sum = _point(1);
        else if (falsity == Falsity.ColumnSum) period.cells[0].columnSum = _point(1);
        else if (falsity == Falsity.Total) period.totals[0].drawn_wh = 77;
        else if (falsity == Falsity.Range || falsity == Falsity.Order) period.totals[0].slot = 77;
        else if (falsity == Falsity.Allocation) period.allocations[0].value = 77;
        else period.allocations[0].last = NONE;
        plant(period);
    }

    /// @dev The call that shows it.
    function refutation(SmallPeriod memory period, Falsity falsity) internal pure returns (bytes memory) {
        Claim memory claim = period.claim;
        if (falsity == Falsity.Header) {
            return abi.encodeCall(IMeters.refuteHeader, (claim.header.op, claim.header.period, claim));
        }
        if (falsity <= Falsity.Twice) return _ofColumns(period, falsity);
        if (falsity == Falsity.Reading) return _ofReading(period);
        if (falsity <= Falsity.ColumnSum) return _ofCells(period, falsity);
        if (falsity <= Falsity.Order) return _ofTotals(period, falsity);
        return _ofAllocations(period, falsity);
    }

    function plant(SmallPeriod memory period) internal pure {
        (bytes32[] memory columns, bytes32[] memory cells) = (new bytes32[](2), new bytes32[](4));
        (bytes32[] memory totals, bytes32[] memory allocations) = (new bytes32[](2), new bytes32[](2));
        for (uint256 i; i < 4; ++i) {
            cells[i] = keccak256(abi.encode(period.cells[i]));
        }
        for (uint256 i; i < 2; ++i) {
            columns[i] = keccak256(abi.encode(period.columns[i]));
            totals[i] = keccak256(abi.encode(period.totals[i]));
            allocations[i] = keccak256(abi.encode(period.allocations[i]));
        }
        (period.columnNodes, period.cellNodes) = (Trees.plant(columns), Trees.plant(cells));
        (period.totalNodes, period.allocationNodes) = (Trees.plant(totals), Trees.plant(allocations));
        Header memory header = period.claim.header;
        (header.columnsRoot, header.cellsRoot) = (period.columnNodes[0], period.cellNodes[0]);
        (header.allocationsRoot, period.claim.totalsRoot) = (period.allocationNodes[0], period.totalNodes[0]);
    }

    function _ofColumns(SmallPeriod memory period, Falsity falsity) private pure returns (bytes memory) {
        Column memory column = period.columns[0];
        if (falsity == Falsity.Column) {
            return abi.encodeCall(IMeters.refuteColumn, (period.claim, 0, column, Trees.proof(period.columnNodes, 0)));
        }
        bytes32[] memory both = Trees.pairProof(period.columnNodes, 0, 1);
        return abi.encodeCall(IMeters.refuteTwice, (period.claim, 0, column, 1, period.columns[1], both));
    }

    function _ofReading(SmallPeriod memory period) private pure returns (bytes memory) {
        bytes32[] memory tree = period.committed[0];
        return abi.encodeCall(
            IMeters.refuteReading,
            (
                period.claim,
                0,
                0,
                period.columns[0],
                Trees.proof(period.columnNodes, 0),
                period.cells[0],
                Trees.proof(period.cellNodes, 0),
                tree[tree.length - 1],
                Trees.proof(tree, 0)
            )
        );
    }

    function _ofCells(SmallPeriod memory period, Falsity falsity) private pure returns (bytes memory) {
        (Cell memory cell, bytes32[] memory proof) = (period.cells[0], Trees.proof(period.cellNodes, 0));
        Cell memory none;
        if (falsity == Falsity.Point) return abi.encodeCall(IMeters.refutePoint, (period.claim, 0, 0, cell, proof));
        if (falsity == Falsity.ColumnSum) {
            return abi.encodeCall(IMeters.refuteColumnSum, (period.claim, 0, 0, cell, none, proof));
        }
        bytes32[] memory totalProof = Trees.proof(period.totalNodes, 0);
        return abi.encodeCall(IMeters.refuteSum, (period.claim, 0, 0, period.totals[0], totalProof, cell, none, proof));
    }

    function _ofTotals(SmallPeriod memory period, Falsity falsity) private pure returns (bytes memory) {
        (Total memory total, bytes32[] memory proof) = (period.totals[0], Trees.proof(period.totalNodes, 0));
        if (falsity == Falsity.Range) return abi.encodeCall(IMeters.refuteRange, (period.claim, 0, total, proof));
        if (falsity == Falsity.Order) {
            bytes32[] memory both = Trees.pairProof(period.totalNodes, 1, 0);
            return abi.encodeCall(IMeters.refuteOrder, (period.claim, 1, period.totals[1], 0, total, both));
        }
        bytes32[] memory cellProof = Trees.proof(period.cellNodes, 0);
        return abi.encodeCall(IMeters.refuteTotal, (period.claim, 0, DRAWS, total, proof, period.cells[0], cellProof));
    }

    function _ofAllocations(SmallPeriod memory period, Falsity falsity) private pure returns (bytes memory) {
        bytes32[] memory proof = Trees.proof(period.allocationNodes, 0);
        Allocation memory allocation = period.allocations[0];
        if (falsity == Falsity.Allocation) {
            bytes32[] memory cellProof = Trees.proof(period.cellNodes, 1);
            return abi.encodeCall(
                IMeters.refuteAllocation, (period.claim, 0, 0, allocation, proof, period.cells[1], cellProof)
            );
        }
        bytes32[] memory totalProof = Trees.proof(period.totalNodes, 1);
        return
            abi.encodeCall(IMeters.refuteLast, (period.claim, 0, 0, allocation, proof, 1, period.totals[1], totalProof));
    }

    /// @dev 1 Wh blinded by nothing for the one who draws, nothing blinded by 1 for the one who injects.
    function _point(uint256 place) private pure returns (Point memory) {
        return place == 0 ? Point(GX, GY) : Point(HX, HY);
    }
}
