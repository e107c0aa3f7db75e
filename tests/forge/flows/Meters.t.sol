// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Falsity} from "contracts/flows/interfaces/PeriodTypes.sol";
import {RefutationCalls} from "tests/forge/flows/RefutationCalls.sol";

/// @title Meters from their installation on, what their agents commit to, and whose statements they void
contract MetersTest is RefutationCalls {
    uint40 private constant SINCE = uint40(FOUNDED_AT - 30 days);

    function setUp() public {
        _foundMeters();
    }

    function test_MemberAndAgentInstallAMeterTogether() public {
        bytes memory hers = _signedFor(ines, _installSlip(ines, DRAWS, SINCE));
        bytes32 id = meters.idOf(op, ines, "salt");
        vm.expectEmit(address(meters));
        emit IMeters.MeterInstalled(op, id, ines, agent, WATT_HOUR, DRAWS, SINCE);
        vm.prank(agent);
        bytes32 installed = meters.install(op, ines, "salt", agent, WATT_HOUR, DRAWS, SINCE, FOUNDED_AT, hers, "");
        assertEq(installed, keccak256(abi.encode(op, ines, bytes32("salt"))));
        IMeters.Meter memory meter = meters.meterOf(op, id);
        assertEq(abi.encode(meter), abi.encode(IMeters.Meter(agent, WATT_HOUR, DRAWS, SINCE, 0, ines)));
    }

    function test_OnlyWhereItMayVoidStatementsAreMetersInstalled() public {
        refuter = address(0);
        bytes32 another = clearing.open(_terms());
        for (uint256 i; i < 2; ++i) {
            bytes32 op_ = i == 0 ? another : bytes32("nobody's");
            vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_NotTheRefuter.selector, op_));
            meters.install(op_, ines, "salt", agent, WATT_HOUR, DRAWS, SINCE, FOUNDED_AT, "", "");
        }
    }

    function test_AMeterHasAUnitAndOneOfTwoKinds() public {
        vm.expectRevert(IMeters.Meters_NoUnit.selector);
        meters.install(op, ines, "salt", agent, 0, DRAWS, SINCE, FOUNDED_AT, "", "");
        for (uint8 kind; kind < 4; kind += 3) {
            vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_UnknownKind.selector, kind));
            meters.install(op, ines, "salt", agent, WATT_HOUR, kind, SINCE, FOUNDED_AT, "", "");
        }
    }

    function test_AMeterIsInstalledOnceAndAnothersNameIsNobodys() public {
        bytes32 id = _installed("ines", DRAWS);
        bytes memory hers = _signedFor(ines, _installSlip(ines, DRAWS, SINCE));
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_AlreadyInstalled.selector, op, id));
        vm.prank(agent);
        meters.install(op, ines, "salt", agent, WATT_HOUR, DRAWS, SINCE, FOUNDED_AT, hers, "");
        assertTrue(_installed("jules", DRAWS) != id, "the same salt, another member");
        vm.prank(agent);
        meters.remove(op, id, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_AlreadyInstalled.selector, op, id));
        vm.prank(agent);
        meters.install(op, ines, "salt", agent, WATT_HOUR, DRAWS, SINCE, FOUNDED_AT, hers, "");
    }

    function test_MemberOrAgentRemovesAMeterAndNobodyElse() public {
        bytes32 id = _installed("ines", DRAWS);
        address[3] memory others = [stranger, organiser, jules];
        for (uint256 i; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, ines));
            vm.prank(others[i]);
            meters.remove(op, id, 0, "");
        }
        uint256 before = vm.snapshotState();
        address[2] memory hers = [ines, agent];
        for (uint256 i; i < hers.length; ++i) {
            vm.expectEmit(address(meters));
            emit IMeters.MeterRemoved(op, id, FOUNDED_AT);
            vm.prank(hers[i]);
            meters.remove(op, id, 0, "");
            assertEq(meters.meterOf(op, id).until, FOUNDED_AT);
            vm.revertToState(before);
        }
    }

    function test_AMeterThatIsNotIsNotRemovedAndOneThatWasIsNotAgain() public {
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_NotInstalled.selector, op, bytes32("id")));
        meters.remove(op, "id", 0, "");
        bytes32 id = _installed("ines", DRAWS);
        vm.startPrank(ines);
        meters.remove(op, id, 0, "");
        vm.warp(FOUNDED_AT + 1);
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_AlreadyRemoved.selector, FOUNDED_AT));
        meters.remove(op, id, 0, "");
    }

    function test_WhoReplacedALostKeyActsForTheMember() public {
        bytes32 id = _installed("ines", DRAWS);
        vm.warp(FOUNDED_AT + 30 days);
        address key = _recovered(ines, "ines again");
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, key));
        vm.prank(ines);
        meters.remove(op, id, 0, "");
        vm.prank(key);
        meters.remove(op, id, 0, "");
        assertEq(meters.meterOf(op, id).member, ines);
    }

    function test_AnAgentCommitsForItsMetersAtOnce() public {
        IMeters.Root[] memory roots = _roots();
        bytes32[2] memory expected;
        for (uint256 i; i < 2; ++i) {
            vm.expectEmit(address(meters));
            emit IMeters.ReadingsCommitted(op, roots[i].id, JANUARY, SINCE, STEP_S, 5, roots[i].root);
            expected[i] = keccak256(abi.encode(SINCE, STEP_S, 5, roots[i].root));
        }
        vm.prank(agent);
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, 0, "");
        assertEq(meters.commitmentOf(op, roots[0].id, JANUARY), expected[0]);
        assertEq(meters.commitmentOf(op, roots[1].id, JANUARY), expected[1]);
        assertEq(meters.commitmentOf(op, roots[1].id, 2), 0);
        assertEq(meters.commitmentOf("other", roots[1].id, JANUARY), 0);
    }

    function test_OnlyAMetersAgentCommits() public {
        IMeters.Root[] memory roots = _roots();
        address[3] memory others = [stranger, organiser, ines];
        for (uint256 i; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, agent));
            vm.prank(others[i]);
            meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, 0, "");
        }
    }

    function test_ACommitmentIsOfInstalledMetersOfOneAgentToSomething() public {
        IMeters.Root[] memory roots = _roots();
        vm.startPrank(agent);
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_NoRoot.selector, 0));
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, new IMeters.Root[](0), 0, "");
        (bytes32 root, bytes32 id) = (roots[1].root, roots[1].id);
        roots[1].root = 0;
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_NoRoot.selector, 1));
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, 0, "");
        (roots[1].root, roots[1].id) = (root, "nobody's");
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_NotInstalled.selector, op, roots[1].id));
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, 0, "");
        vm.stopPrank();

        address its = agent;
        agent = _keyed("another agent");
        roots[1].id = _installed("karim", DRAWS);
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_OtherAgent.selector, roots[1].id, agent));
        vm.prank(its);
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, 0, "");
        roots[1].id = id;
        vm.prank(its);
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, 0, "");
    }

    function test_WhatIsStatedIsCommittedToNoMoreUntilItIsVoidOrDead() public {
        Period memory period = _reckonedStreet();
        bytes32 statementHash = _publishAndState(period);
        bytes32 id = period.columns[0].id;
        _committing(id, JANUARY, abi.encodeWithSelector(IMeters.Meters_PeriodStated.selector, JANUARY));
        _commitFor(id, 2);
        (uint256 dueAt, uint256 deadAt) = clearing.windowOf(op);
        uint256 before = vm.snapshotState();
        vm.prank(organiser);
        clearing.retract(op, statementHash, 0, "");
        _commitFor(id, JANUARY);
        vm.revertToState(before);

        vm.warp(dueAt);
        _committing(id, JANUARY, abi.encodeWithSelector(IMeters.Meters_PeriodStated.selector, JANUARY));
        vm.warp(deadAt);
        _commitFor(id, JANUARY);
    }

    function test_WhatIsSettledStands() public {
        bytes32 id = _installed("lea", INJECTS);
        lines.push(IClearing.Line(organiser, 0));
        _settled(3);
        for (uint32 number; number < 4; ++number) {
            _committing(id, number, abi.encodeWithSelector(IMeters.Meters_PeriodSettled.selector, 3));
        }
        _commitFor(id, 4);
    }

    function test_OnlyTheOpenStatementOfItsOperationIsRefuted() public {
        Period memory period = _reckonedStreet();
        period.cells[2].sum = period.cells[0].sum;
        bytes32 statementHash = _publishAndState(period);
        ++period.claim.number;
        vm.expectPartialRevert(IClearing.Clearing_OtherStatement.selector);
        _do(_sumCall(period, 0, 2));
        --period.claim.number;
        _refutes(_sumCall(period, 0, 2), Falsity.Sum, statementHash);

        (, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(deadAt - 1);
        _refutes(_sumCall(period, 0, 2), Falsity.Sum, statementHash);
        vm.warp(deadAt);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_WrongStatus.selector, IClearing.Status.Dead));
        _do(_sumCall(period, 0, 2));
    }

    function test_AStatementThatAnotherContractRefutesIsNotVoidedHere() public {
        Period memory period = _reckonedStreet();
        period.cells[2].sum = period.cells[0].sum;
        refuter = address(0xdead);
        op = clearing.open(_terms());
        _publishAndState(period);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_OnlyRefuter.selector, refuter));
        _do(_sumCall(period, 0, 2));
    }

    function test_AVoidPeriodIsStatedAgainAndRefutedNoMore() public {
        Period memory period = _reckonedStreet();
        uint256 drawn_wh = period.totals[2].drawn_wh++;
        _publishAndState(period);
        _do(_totalCall(period, 2, DRAWS));
        period.totals[2].drawn_wh = drawn_wh;
        _publishAndState(period);
        assertFalse(_tryAll(period));
    }

    function test_TheContractKnowsWhereItStands() public view {
        assertEq(address(meters.clearing()), address(clearing));
        assertEq(address(meters.residents()), address(residents));
    }

    function _roots() private returns (IMeters.Root[] memory roots) {
        roots = new IMeters.Root[](2);
        roots[0] = IMeters.Root(_installed("ines", DRAWS), "root");
        roots[1] = IMeters.Root(_installed("jules", DRAWS), "other");
    }

    function _commitFor(bytes32 id, uint32 number) private {
        _committing(id, number, "");
        assertEq(meters.commitmentOf(op, id, number), keccak256(abi.encode(SINCE, STEP_S, 5, bytes32("anew"))));
    }

    function _committing(bytes32 id, uint32 number, bytes memory reason) private {
        IMeters.Root[] memory roots = new IMeters.Root[](1);
        roots[0] = IMeters.Root(id, "anew");
        if (reason.length != 0) vm.expectRevert(reason);
        vm.prank(agent);
        meters.commit(op, number, SINCE, STEP_S, 5, roots, 0, "");
    }
}
