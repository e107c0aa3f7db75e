// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Falsity} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Point} from "contracts/vote/Point.sol";
import {RefutationCalls} from "tests/forge/flows/RefutationCalls.sol";

/// @title What in a statement is false, and which of its steps shows it
contract RefutationsTest is RefutationCalls {
    // x = 1, of which P + 1 would be another form
    uint256 private constant Y_OF_ONE = 0x4218f20ae6c646b363db68605822fb14264ca8d2587fdd6fbc750d587e76a7ee;

    function setUp() public {
        _foundMeters();
    }

    function test_NobodyRefutesWhatIsTrue() public {
        Period memory period = _reckonedStreet();
        _publishAndState(period);
        assertFalse(_tryAll(period));
        assertFalse(_isVoid());
    }

    function test_AReadingThatTheAgentDidNotCommitToIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.cells[7].reading = book.plus(period.cells[7].reading, book.commit(1, 0));
        bytes32 statementHash = _publishAndState(period);
        _refutes(_readingCall(period, 1, 2), Falsity.Reading, statementHash);
        _cannot(_readingCall(period, 1, 1), Falsity.Reading);
        _cannot(_readingCall(period, 2, 2), Falsity.Reading);
    }

    function test_ASumOffByAWattHourIsRefutedAtItsStepAlone() public {
        Period memory period = _reckonedStreet();
        Point memory extra = book.commit(1, 0);
        // From step 2 on, and in what the third consumer is given of slot 0: the rest agrees with it.
        period.cells[12].sum = book.plus(period.cells[12].sum, extra);
        period.cells[14].sum = book.plus(period.cells[14].sum, extra);
        ++period.allocations[2 * 3].value;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_sumCall(period, 2, 2), Falsity.Sum, statementHash);
        _cannot(_sumCall(period, 2, 4), Falsity.Sum);
        _cannot(_allocationCall(period, 2, 0), Falsity.Allocation);
    }

    function test_AWattHourThatGoesFromOneMemberToAnotherIsRefuted() public {
        Period memory period = _reckonedStreet();
        Point memory wattHour = book.commit(2 ** 32, 0);
        period.cells[4].sum = book.plus(period.cells[4].sum, wattHour);
        period.cells[9].sum = book.plus(period.cells[9].sum, book.times(N - 1, wattHour));
        period.allocations[0].value += 2 ** 32;
        period.allocations[3].value -= 2 ** 32;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_sumCall(period, 0, 4), Falsity.Sum, statementHash);
        _refutes(_sumCall(period, 1, 4), Falsity.Sum, statementHash);
        _cannot(_allocationCall(period, 0, 0), Falsity.Allocation);
        _cannot(_allocationCall(period, 1, 0), Falsity.Allocation);
    }

    function test_ASumThatMovesWhereNothingIsSharedIsRefuted() public {
        Period memory period = _reckonedStreet();
        // Nothing is injected at step 0, and nothing drawn at step 1: k is 0 for everybody.
        period.cells[0].sum = period.cells[0].reading;
        period.cells[16].sum = book.commit(0, 1);
        bytes32 statementHash = _publishAndState(period);
        _refutes(_sumCall(period, 0, 0), Falsity.Sum, statementHash);
        _refutes(_sumCall(period, 3, 1), Falsity.Sum, statementHash);
        _cannot(_sumCall(period, 1, 0), Falsity.Sum);
    }

    function test_ASumThatStandsStillWhereSomethingIsSharedIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.cells[2].sum = period.cells[0].sum;
        period.cells[18].sum = period.cells[16].sum;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_sumCall(period, 0, 2), Falsity.Sum, statementHash);
        _refutes(_sumCall(period, 3, 3), Falsity.Sum, statementHash);
    }

    function test_ACoefficientOffByOneIsRefuted() public {
        Period memory period = _reckonedStreet();
        uint256 k = book.coefficient(period.totals[4], true);
        period.cells[4].sum = book.plus(period.cells[2].sum, book.times(k + 1, period.cells[4].reading));
        period.cells[9].sum = book.plus(period.cells[7].sum, book.times(k - 1, period.cells[9].reading));
        bytes32 statementHash = _publishAndState(period);
        _refutes(_sumCall(period, 0, 4), Falsity.Sum, statementHash);
        _refutes(_sumCall(period, 1, 4), Falsity.Sum, statementHash);
    }

    function test_ASumOfTheOppositePointIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.cells[2].sum.y = P - period.cells[2].sum.y;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_sumCall(period, 0, 2), Falsity.Sum, statementHash);
    }

    function test_AColumnSumThatIsNotTheOneBeforeAndTheReadingIsRefuted() public {
        Period memory period = _reckonedStreet();
        Point memory extra = book.commit(1, 0);
        period.cells[8].columnSum = book.plus(period.cells[8].columnSum, extra);
        period.cells[0].columnSum = book.commit(0, 0);
        period.cells[19].columnSum = book.plus(period.cells[19].columnSum, period.cells[14].columnSum);
        bytes32 statementHash = _publishAndState(period);
        _refutes(_columnSumCall(period, 1, 3), Falsity.ColumnSum, statementHash);
        _refutes(_columnSumCall(period, 2, 3), Falsity.ColumnSum, statementHash);
        _refutes(_columnSumCall(period, 0, 0), Falsity.ColumnSum, statementHash);
        _refutes(_columnSumCall(period, 3, 4), Falsity.ColumnSum, statementHash);
        _cannot(_columnSumCall(period, 0, 3), Falsity.ColumnSum);
        _cannot(_columnSumCall(period, 3, 3), Falsity.ColumnSum);
    }

    function test_AFalseTotalIsRefutedThoughAllElseFollowsFromIt() public {
        Period memory period = _reckonedStreet();
        ++period.totals[2].drawn_wh;
        --period.totals[3].injected_wh;
        period.totals[4].injectedBlinding = addmod(period.totals[4].injectedBlinding, 1, N);
        period.totals[0].drawnBlinding = 0;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_totalCall(period, 2, DRAWS), Falsity.Total, statementHash);
        _refutes(_totalCall(period, 3, INJECTS), Falsity.Total, statementHash);
        _refutes(_totalCall(period, 4, INJECTS), Falsity.Total, statementHash);
        _refutes(_totalCall(period, 0, DRAWS), Falsity.Total, statementHash);
        _cannot(_totalCall(period, 2, INJECTS), Falsity.Total);
        _cannot(_totalCall(period, 3, DRAWS), Falsity.Total);
    }

    function test_WhereNobodyInjectsATotalOfSomethingIsRefuted() public {
        Period memory period = _blank(2, 0, 2, 1);
        _reckon(period);
        period.totals[0].injected_wh = 1;
        period.totals[1].injectedBlinding = 1;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_totalCall(period, 0, INJECTS), Falsity.Total, statementHash);
        _refutes(_totalCall(period, 1, INJECTS), Falsity.Total, statementHash);
        _cannot(_totalCall(period, 0, DRAWS), Falsity.Total);
    }

    function test_ATotalIsOfWhatIsDrawnOrOfWhatIsInjected() public {
        Period memory period = _reckonedStreet();
        _publishAndState(period);
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_UnknownKind.selector, 3));
        _do(_totalCall(period, 0, 3));
    }

    function test_ATotalOutOfItsBoundsIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.totals[0].slot = 3;
        period.totals[1].previous = 1;
        period.totals[2].previous = 5;
        period.totals[3].injected_wh = 2 ** 48;
        period.totals[4].drawnBlinding += N;
        bytes32 statementHash = _publishAndState(period);
        for (uint256 t; t < 5; ++t) {
            _refutes(_rangeCall(period, t), Falsity.Range, statementHash);
        }
    }

    function test_ATotalWithinItsBoundsIsNot() public {
        Period memory period = _reckonedStreet();
        period.totals[0].drawn_wh = 2 ** 48;
        period.totals[1].injectedBlinding = N;
        period.totals[2].drawn_wh = 2 ** 48 - 1;
        period.totals[3].drawnBlinding = N - 1;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_rangeCall(period, 0), Falsity.Range, statementHash);
        _refutes(_rangeCall(period, 1), Falsity.Range, statementHash);
        _cannot(_rangeCall(period, 2), Falsity.Range);
        _cannot(_rangeCall(period, 3), Falsity.Range);
    }

    function test_APreviousStepThatIsNotTheLatestOfItsSlotIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.totals[2].previous = 1; // of slot 2
        period.totals[3].previous = NONE; // step 1 was
        period.totals[4].previous = 0; // step 2 is later
        bytes32 statementHash = _publishAndState(period);
        _refutes(_orderCall(period, 2, 1), Falsity.Order, statementHash);
        _refutes(_orderCall(period, 3, 1), Falsity.Order, statementHash);
        _refutes(_orderCall(period, 4, 2), Falsity.Order, statementHash);
        _cannot(_orderCall(period, 2, 0), Falsity.Order);
        _cannot(_orderCall(period, 3, 2), Falsity.Order);
        _cannot(_orderCall(period, 4, 0), Falsity.Order);
        _cannot(_orderCall(period, 4, 3), Falsity.Order);
        _cannot(_orderCall(period, 0, 4), Falsity.Order);
    }

    function test_AnAllocationThatDoesNotOpenTheLastSumIsRefuted() public {
        Period memory period = _reckonedStreet();
        ++period.allocations[0].value;
        period.allocations[3].blinding = addmod(period.allocations[3].blinding, N - 1, N);
        period.allocations[6].value += N; // opens it, mod N
        period.allocations[2].blinding += N;
        period.allocations[5].last = 5;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_allocationCall(period, 0, 0), Falsity.Allocation, statementHash);
        _refutes(_allocationCall(period, 1, 0), Falsity.Allocation, statementHash);
        _refutes(_allocationCall(period, 2, 0), Falsity.Allocation, statementHash);
        _refutes(_allocationCall(period, 0, 2), Falsity.Allocation, statementHash);
        _refutes(_allocationCall(period, 1, 2), Falsity.Allocation, statementHash);
        _cannot(_allocationCall(period, 2, 2), Falsity.Allocation);
    }

    function test_ASlotWithoutAStepGivesNothing() public {
        Period memory period = _reckonedStreet();
        period.allocations[1].value = 1;
        period.allocations[4].blinding = 1;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_allocationCall(period, 0, 1), Falsity.Allocation, statementHash);
        _refutes(_allocationCall(period, 1, 1), Falsity.Allocation, statementHash);
        _cannot(_allocationCall(period, 2, 1), Falsity.Allocation);
    }

    function test_ALastStepThatIsNotTheSlotsLastIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.allocations[0].last = 2; // step 4 is later
        period.allocations[3].last = 3; // of slot 2
        period.allocations[6].last = NONE; // steps 0, 2 and 4 are
        bytes32 statementHash = _publishAndState(period);
        _refutes(_lastCall(period, 0, 0, 4), Falsity.Last, statementHash);
        _refutes(_lastCall(period, 1, 0, 3), Falsity.Last, statementHash);
        _refutes(_lastCall(period, 2, 0, 0), Falsity.Last, statementHash);
        _cannot(_lastCall(period, 0, 0, 2), Falsity.Last);
        _cannot(_lastCall(period, 0, 0, 3), Falsity.Last);
        _cannot(_lastCall(period, 3, 0, 2), Falsity.Last);
        _cannot(_lastCall(period, 0, 1, 4), Falsity.Last);
    }

    function test_WhatIsNoPointIsRefuted() public {
        Period memory period = _reckonedStreet();
        ++period.cells[0].reading.y;
        period.cells[1].reading = Point(0, 0);
        period.cells[2].reading = _beyondN();
        ++period.cells[3].sum.x;
        period.cells[4].sum = Point(P + 1, Y_OF_ONE);
        period.cells[5].columnSum.y = 0;
        period.cells[6].columnSum = Point(1, Y_OF_ONE + 1);
        bytes32 statementHash = _publishAndState(period);
        for (uint256 p; p < 7; ++p) {
            _refutes(_pointCall(period, p / 5, p % 5), Falsity.Point, statementHash);
        }
    }

    function test_ASumMayBeAnyPointAndInfinity() public {
        Period memory period = _reckonedStreet();
        period.cells[0].sum = _beyondN();
        period.cells[1].sum = Point(1, Y_OF_ONE);
        period.cells[2].columnSum = Point(0, 0);
        _publishAndState(period);
        for (uint256 p; p < 20; ++p) {
            _cannot(_pointCall(period, p / 5, p % 5), Falsity.Point);
        }
    }

    /// @dev A point whose x is N or more: `ecrecover` takes none.
    function _beyondN() private view returns (Point memory point) {
        for (uint256 x = N;; ++x) {
            uint256 square = addmod(mulmod(x, mulmod(x, x, P), P), 7, P);
            uint256 y = _power(square, (P + 1) / 4);
            if (mulmod(y, y, P) == square) return Point(x, y);
        }
    }

    function _power(uint256 base, uint256 exponent) private view returns (uint256) {
        (, bytes memory result) = address(5).staticcall(abi.encode(32, 32, 32, base, exponent, P));
        return abi.decode(result, (uint256));
    }
}
