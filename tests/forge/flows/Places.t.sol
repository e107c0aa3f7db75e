// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Allocation, Cell, Column, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {RefutationCalls} from "tests/forge/flows/RefutationCalls.sol";
import {Trees} from "tests/forge/flows/Trees.sol";

/// @title Nobody refutes a true statement by what does not stand in it
contract PlacesTest is RefutationCalls {
    function setUp() public {
        _foundMeters();
    }

    /// @dev Each refutation with a falsity at its place, then with that of another place, or under another tree.
    function test_WhatDoesNotStandAtItsPlaceRefutesNothing() public {
        Period memory period = _reckonedStreet();
        _publishAndState(period);
        Period memory other = _street();
        (other.cells, other.totals, other.allocations) = book.reckon(other.readings);
        (other.columns, other.committed) = (new Column[](4), period.committed);
        for (uint256 i; i < 4; ++i) {
            other.columns[i] = Column(keccak256(abi.encode(i)), 3, period.columns[i].root);
        }
        for (uint256 p; p < 20; ++p) {
            other.cells[p] = Cell(period.cells[p].reading, other.cells[p].reading, other.cells[p].reading);
            other.cells[p].sum.y ^= 1;
            other.cells[p].columnSum.y ^= 1;
        }
        for (uint256 t; t < 5; ++t) {
            ++other.totals[t].drawnBlinding;
        }
        for (uint256 q; q < 12; ++q) {
            ++other.allocations[q].value;
        }
        _publish(other);
        other.claim = period.claim;
        _nowhere(_columnCall(other, 0));
        _nowhere(_twiceCall(other, 0, 1));
        _nowhere(_readingCall(other, 1, 2));
        _nowhere(_pointCall(other, 1, 2));
        _nowhere(_sumCall(other, 1, 2));
        _nowhere(_sumCall(other, 1, 0));
        _nowhere(_columnSumCall(other, 1, 2));
        _nowhere(_columnSumCall(other, 0, 2));
        _nowhere(_totalCall(other, 2, DRAWS));
        _nowhere(_rangeCall(other, 2));
        _nowhere(_orderCall(other, 2, 1));
        _nowhere(_allocationCall(other, 1, 0));
        _nowhere(_lastCall(other, 1, 0, 4));
    }

    /// @dev Each tree by itself: everything but one part stands.
    function test_OneThingThatDoesNotStandIsEnough() public {
        Period memory period = _reckonedStreet();
        _publishAndState(period);
        Period memory part = _shallow(period);
        part.cells = new Cell[](20);
        _nowhere(_readingCall(part, 1, 2));
        _nowhere(_sumCall(part, 1, 2));
        _nowhere(_totalCall(part, 2, DRAWS));
        _nowhere(_allocationCall(part, 1, 0));
        part = _shallow(period);
        part.columns = new Column[](4);
        part.columns[1].root = period.columns[1].root;
        _nowhere(_readingCall(part, 1, 2));
        part = _shallow(period);
        part.committed = new bytes32[][](4);
        part.committed[1] = period.committed[2];
        _nowhere(_readingCall(part, 1, 2));
        part = _shallow(period);
        part.totals = new Total[](5);
        _nowhere(_sumCall(part, 1, 2));
        _nowhere(_totalCall(part, 2, DRAWS));
        _nowhere(_lastCall(part, 1, 0, 4));
        part = _shallow(period);
        part.allocations = new Allocation[](12);
        _nowhere(_allocationCall(part, 1, 0));
        _nowhere(_lastCall(part, 1, 0, 4));
    }

    function test_OneLeafIsNoPair() public {
        Period memory period = _reckonedStreet();
        _publishAndState(period);
        bytes32[] memory proof = Trees.pairProof(period.columnNodes, 1, 1);
        Column memory column = period.columns[1];
        _nowhere(abi.encodeCall(IMeters.refuteTwice, (period.claim, 1, column, 1, column, proof)));
        proof = Trees.pairProof(period.totalNodes, 1, 1);
        Total memory total = period.totals[1];
        _nowhere(abi.encodeCall(IMeters.refuteOrder, (period.claim, 1, total, 1, total, proof)));
    }

    /// @dev Step 5 of a column would be the next one's first; slot 3 its first allocation.
    function test_BeyondTheLastStepOrSlotIsNothing() public {
        Period memory period = _reckonedStreet();
        _publishAndState(period);
        bytes32[] memory proof = Trees.proof(period.cellNodes, 5);
        _nowhere(abi.encodeCall(IMeters.refutePoint, (period.claim, 0, 5, period.cells[5], proof)));
        proof = Trees.pairProof(period.cellNodes, 10, 5);
        Cell memory before = period.cells[5];
        _nowhere(abi.encodeCall(IMeters.refuteColumnSum, (period.claim, 1, 5, period.cells[10], before, proof)));
        proof = Trees.proof(period.allocationNodes, 3);
        Allocation memory allocation = period.allocations[3];
        bytes32[] memory totalProof = Trees.proof(period.totalNodes, 4);
        Total memory total = period.totals[4];
        Cell memory cell;
        bytes32[] memory none;
        _nowhere(abi.encodeCall(IMeters.refuteLast, (period.claim, 0, 3, allocation, proof, 4, total, totalProof)));
        _nowhere(abi.encodeCall(IMeters.refuteAllocation, (period.claim, 0, 3, allocation, proof, cell, none)));
        proof = Trees.proof(period.columnNodes, 3);
        _nowhere(abi.encodeCall(IMeters.refuteColumn, (period.claim, 4, period.columns[3], proof)));
    }

    function _nowhere(bytes memory call) private {
        vm.expectPartialRevert(IMeters.Meters_NotThere.selector);
        _do(call);
    }

    function _shallow(Period memory period) private pure returns (Period memory part) {
        (part.readings, part.cells, part.totals) = (period.readings, period.cells, period.totals);
        (part.allocations, part.columns, part.committed) = (period.allocations, period.columns, period.committed);
        (part.claim, part.cellNodes, part.totalNodes) = (period.claim, period.cellNodes, period.totalNodes);
        (part.allocationNodes, part.columnNodes) = (period.allocationNodes, period.columnNodes);
    }
}
