// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Column, Falsity, Header} from "contracts/flows/interfaces/PeriodTypes.sol";
import {RefutationCalls} from "tests/forge/flows/RefutationCalls.sol";

/// @title Whose readings a statement may rest on, of what time
contract ColumnsTest is RefutationCalls {
    function setUp() public {
        _foundMeters();
    }

    function test_AHeaderOfAnotherOperationOrPeriodOrOutOfBoundsIsRefuted() public {
        Period memory period = _reckonedStreet();
        _publish(period);
        Header memory header = period.claim.header;
        bytes memory asItIs = abi.encode(header);
        for (uint256 i; i < 12; ++i) {
            header = abi.decode(asItIs, (Header));
            if (i == 0) header.op = "other";
            if (i == 1) header.period = 2;
            if (i == 2) ++header.start; // not over
            if (i == 3) header.step_s = 299;
            if (i == 4) (header.step_s, header.start) = (3_601, header.start - 1 days);
            if (i == 5) header.steps = 0;
            if (i == 6) (header.steps, header.start) = (9_001, header.start - 100 days);
            if (i == 7) header.consumers = header.columns + 1;
            if (i == 8) header.columns = 0;
            if (i == 9) header.columns = 513;
            if (i == 10) header.slots = 0;
            if (i == 11) header.slots = 33;
            period.claim.header = header;
            bytes32 statementHash = _state(period, JANUARY);
            _refutes(_headerCall(period), Falsity.Header, statementHash);
            vm.prank(organiser);
            clearing.retract(op, statementHash, 0, "");
        }
        period.claim.header = abi.decode(asItIs, (Header));
        _state(period, JANUARY);
        _cannot(_headerCall(period), Falsity.Header);
    }

    function test_AColumnThatIsNotItsMetersIsRefuted() public {
        Period memory period = _reckonedStreet();
        Column memory asItIs = _copy(period.columns[0]);
        for (uint256 i; i < 6; ++i) {
            Column memory column = _copy(asItIs);
            if (i == 0) column.id = "nobody's";
            if (i == 1) column.kind = INJECTS;
            if (i == 2) column.root = "other";
            if (i == 3) column.id = _installed("of another kind", INJECTS);
            if (i == 4) column.id = _installed("of which nothing is read", DRAWS);
            if (i == 5) column.id = _inAnotherUnit();
            if (i == 3 || i == 5) _commit(column.id, _start(5), 5, column.root);
            if (i == 4) column.root = 0;
            period.columns[0] = column;
            bytes32 statementHash = _publishAndState(period);
            _refutes(_columnCall(period, 0), Falsity.Column, statementHash);
            _cannot(_columnCall(period, 1), Falsity.Column);
            vm.prank(organiser);
            clearing.retract(op, statementHash, 0, "");
        }
    }

    function test_AProducersColumnStandsAfterTheConsumers() public {
        Period memory period = _reckonedStreet();
        (period.columns[2], period.columns[3]) = (period.columns[3], period.columns[2]);
        bytes32 statementHash = _publishAndState(period);
        _refutes(_columnCall(period, 2), Falsity.Column, statementHash);
        _refutes(_columnCall(period, 3), Falsity.Column, statementHash);
    }

    /// @dev Half as many steps, twice as many, shorter or earlier ones: trees that nobody planted.
    function test_StepsThatAgentsDidNotSignAreRefuted() public {
        Period memory period = _reckonedStreet();
        for (uint256 i; i < 4; ++i) {
            _publish(period);
            Header memory header = period.claim.header;
            if (i == 0) (header.steps, header.start) = (10, header.start - 2 hours);
            if (i == 1) header.steps = 4;
            if (i == 2) header.step_s = 300;
            if (i == 3) --header.start;
            bytes32 statementHash = _state(period, JANUARY);
            for (uint256 column; column < 4; ++column) {
                _refutes(_columnCall(period, column), Falsity.Column, statementHash);
            }
            vm.prank(organiser);
            clearing.retract(op, statementHash, 0, "");
        }
    }

    function test_AMeterCountsInAPeriodThatItHasASecondOf() public {
        Period memory period = _reckonedStreet();
        _publish(period);
        uint40 start = _start(5);
        // Removed with the first second of the period, or one later; installed with its last, or one later.
        _counts(period, _meter("before", start - 1 days, start), false);
        _counts(period, _meter("begun", start - 1 days, start + 1), true);
        _counts(period, _meter("late", uint40(FOUNDED_AT) - 1, 0), true);
        _counts(period, _meter("after", uint40(FOUNDED_AT), 0), false);
    }

    function test_WhatWasTrueWhenItWasStatedStaysSo() public {
        Period memory period = _reckonedStreet();
        _publishAndState(period);
        vm.startPrank(agent);
        for (uint256 i; i < 4; ++i) {
            meters.remove(op, period.columns[i].id, 0, "");
        }
        vm.stopPrank();
        assertFalse(_tryAll(period));
    }

    function test_OneMeterInTwoColumnsIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.columns[2].id = period.columns[0].id;
        bytes32 statementHash = _publishAndState(period);
        _refutes(_twiceCall(period, 0, 2), Falsity.Twice, statementHash);
        _refutes(_twiceCall(period, 2, 0), Falsity.Twice, statementHash);
        _cannot(_twiceCall(period, 0, 1), Falsity.Twice);
    }

    /// @dev A meter's column in the first one's place, with its root.
    function _counts(Period memory period, bytes32 id, bool does) private {
        _commit(id, _start(5), 5, period.columns[0].root);
        period.columns[0].id = id;
        bytes32 statementHash = _publishAndState(period);
        if (does) _cannot(_columnCall(period, 0), Falsity.Column);
        else _refutes(_columnCall(period, 0), Falsity.Column, statementHash);
        vm.prank(organiser);
        clearing.retract(op, statementHash, 0, "");
    }

    function _meter(string memory name, uint40 since, uint40 until) private returns (bytes32 id) {
        address member = _keyed(name);
        bytes memory signature = _signedFor(member, _installSlip(member, DRAWS, since));
        vm.prank(agent);
        id = meters.install(op, member, "salt", agent, WATT_HOUR, DRAWS, since, block.timestamp, signature, "");
        if (until == 0) return id;
        vm.warp(until);
        vm.prank(agent);
        meters.remove(op, id, 0, "");
        vm.warp(FOUNDED_AT);
    }

    /// @dev Jules' own, who is its agent too.
    function _inAnotherUnit() private returns (bytes32) {
        agent = jules;
        vm.prank(jules);
        return meters.install(op, jules, "salt", jules, 2, DRAWS, uint40(FOUNDED_AT - 1 days), 0, "", "");
    }

    function _copy(Column memory column) private pure returns (Column memory) {
        return Column(column.id, column.kind, column.root);
    }
}
