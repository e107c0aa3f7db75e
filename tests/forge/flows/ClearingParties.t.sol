// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title Who is party to an operation, by the key that acts, under whatever name
contract ClearingPartiesTest is ClearingFixture {
    function setUp() public {
        _foundStreet();
        vm.warp(block.timestamp + 30 days);
    }

    function test_UnderTheNameOfItsNewKey_AnArbiterOrOrganiserContestsNothing() public {
        address arbiters = _recovered(arbiter, "arbiter's new key");
        address organisers = _recovered(organiser, "organiser's new key");
        _join(arbiters);
        _join(organisers);
        _owes(arbiters, 7_00);
        _owes(organisers, 7_00);
        _owes(organiser, -14_00);
        bytes32 statementHash = _statedByKeyOfOrganiser();
        _refusesToContest(statementHash, arbiters);
        _refusesToContest(statementHash, organisers);
    }

    /// @dev Ines lost her key, under whose name she joins, before she was made arbiter by her new one.
    function test_UnderTheNameOfItsLostKey_AnArbiterContestsNothing() public {
        arbiter = _recovered(ines, "ines's new key");
        op = clearing.open(_terms());
        _join(ines);
        _owes(ines, 7_00);
        _owes(organiser, -7_00);
        _refusesToContest(_statedByKeyOfOrganiser(), ines);
    }

    function test_TheKeyThatActsForTheOrganiserIsNoArbiter() public {
        address key = _recovered(organiser, "organiser's new key");
        IClearing.Terms memory terms = _terms();
        terms.arbiter = key;
        vm.expectRevert(IClearing.Clearing_InvalidParties.selector);
        clearing.open(terms);
        (terms.organiser, terms.arbiter) = (key, organiser);
        vm.expectRevert(IClearing.Clearing_InvalidParties.selector);
        clearing.open(terms);
    }

    /// @dev An arbiter whom the register did not know became the organiser's new key: the member is given all, in time.
    function test_WhoseKeyHasComeToActForTheOrganiserToo_RulesOnNothing() public {
        (arbiter,) = makeAddrAndKey("one hand");
        op = clearing.open(_terms());
        _join(ines);
        _deposit(organiser, 0, WORKING);
        _owes(ines, 30_00);
        _owes(organiser, -30_00);
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _windowPasses();
        _settle(statement);
        assertEq(_recovered(organiser, "one hand"), arbiter);
        vm.expectRevert(IClearing.Clearing_InvalidParties.selector);
        vm.prank(arbiter);
        clearing.rule(op, 1, ines, 30_00, 0, "");
        vm.warp(clearing.heldLineOf(op, 1, ines).ruleBy + 1);
        clearing.release(op, 1, ines);
        assertEq(_balance(ines), PREPAID);
    }

    function _statedByKeyOfOrganiser() private returns (bytes32 statementHash) {
        IClearing.Statement memory statement = _statement(1);
        vm.prank(residents.currentKeyOf(organiser));
        clearing.state(op, statement, 0, "");
        return clearing.hashStatement(statement);
    }

    function _refusesToContest(bytes32 statementHash, address member) private {
        address key = residents.currentKeyOf(member);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_MayNotContest.selector, member));
        vm.prank(key);
        clearing.contest(op, statementHash, member, "reason", 0, "");
    }
}
