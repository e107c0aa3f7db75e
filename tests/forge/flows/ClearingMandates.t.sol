// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title From which statement on a mandate binds: none lies in wait for whoever joins, or mandates more
contract ClearingMandatesTest is ClearingFixture {
    function setUp() public {
        _foundStreet();
    }

    /// @dev The organiser posts her first payment when she can contest no more, and settles in the same block.
    function test_WhoJoinsOnceAPeriodIsStated_PaysNothingOfIt() public {
        IClearing.Statement memory statement = _dueOf(lea, 90_00);
        _join(lea);
        assertEq(clearing.memberOf(op, lea).mandatedAt, 1);
        vm.expectEmit(address(clearing));
        emit IClearing.LineCarried(op, lea, 1, 90_00);
        _settle(statement);
        assertEq(_balance(lea), PREPAID);
        assertEq(_balance(organiser), WORKING);
    }

    function test_WhoComesBackOnceAPeriodIsStated_PaysNothingOfIt() public {
        vm.prank(ines);
        clearing.leave(op, ines, 0, "");
        IClearing.Statement memory statement = _dueOf(ines, 90_00);
        _join(ines);
        _settle(statement);
        assertEq(_balance(ines), PREPAID);
    }

    /// @dev She had no reason to contest 80 where 20 was all that it could take.
    function test_ACapRaisedOnceAPeriodIsStatedBindsInTheNext() public {
        vm.prank(ines);
        clearing.setCap(op, ines, 20_00, 0, "");
        IClearing.Statement memory statement = _dueOf(ines, 80_00);
        uint256 before = vm.snapshotState();
        _deposit(ines, 100_00, 10_00);
        _settle(statement);
        assertEq(_balance(ines), PREPAID + 10_00);

        vm.revertToState(before);
        vm.prank(ines);
        clearing.setCap(op, ines, 20_01, 0, "");
        assertEq(clearing.memberOf(op, ines).mandatedAt, 1);
        _settle(statement);
        assertEq(_balance(ines), PREPAID);
        _settled(2);
        assertEq(_balance(ines), PREPAID - 20_01);
    }

    function test_WhoPaysInUnderTheCapThatSheHas_OrALowerOne_PaysWhatWasStated() public {
        IClearing.Statement memory statement = _dueOf(ines, 90_00);
        _deposit(ines, CAP, 1_00);
        _deposit(ines, CAP - 1, 1_00);
        assertEq(clearing.memberOf(op, ines).mandatedAt, 0);
        _settle(statement);
        assertEq(_balance(ines), PREPAID + 2_00 - 90_00);
    }

    function test_WhoJoinsOnceAPeriodIsStated_IsBoundWhereItIsStatedAnew() public {
        _dueOf(lea, 90_00);
        _join(lea);
        (, uint256 deadAt) = clearing.windowOf(op);
        vm.warp(deadAt);
        _settled(1);
        assertEq(_balance(lea), PREPAID - 90_00);
    }

    function test_WhoIsOwedIsPaidWheneverSheJoined() public {
        _january();
        IClearing.Statement memory statement = _due(1);
        _join(lea);
        _settle(statement);
        assertEq(_balance(lea), PREPAID + 55_00);
    }

    /// @dev A statement that is due, by which a member owes the organiser so much.
    function _dueOf(address member, int64 amount_cents) private returns (IClearing.Statement memory) {
        _owes(member, amount_cents);
        _owes(organiser, -amount_cents);
        return _due(1);
    }
}
