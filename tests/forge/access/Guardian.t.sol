// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Town} from "contracts/access/Town.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Whom ADMIN's guardian may keep, and what takes it its office
contract GuardianTest is TownFixture {
    uint32 private constant DELAY_S = 3 days;
    address private watcher = makeAddr("ADMIN's guardian");

    function setUp() public {
        _foundTown();
        _appoint(town.ADMIN_GUARDIAN(), watcher);
        _appoint(town.CLERK(), watcher);
        vm.startPrank(mayor);
        town.grantRole(town.ADMIN_ROLE(), mayor, DELAY_S);
        vm.stopPrank();
    }

    function test_RewiringTheTownItselfDoesNotTakeItFromItsGuardian() external {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = town.grantRole.selector;
        bytes memory rewiring =
            abi.encodeCall(town.setTargetFunctionRole, (address(town), selectors, town.PUBLIC_ROLE()));
        _announce(rewiring);
        vm.warp(block.timestamp + DELAY_S);
        vm.prank(mayor);
        vm.expectRevert(Town.Town_AdminsAlone.selector);
        town.execute(address(town), rewiring);

        bytes memory appointment = abi.encodeCall(town.grantRole, (town.TREASURER(), stranger, 0));
        _announce(appointment);
        vm.prank(watcher);
        town.cancel(mayor, address(town), appointment);
    }

    function test_TheGuardianKeepsNoOfficeOfItsOwn() external {
        _assertCannotKeep(town.ADMIN_GUARDIAN(), watcher);
        _assertCannotKeep(town.ADMIN_GUARDIAN(), stranger);
        _assertCannotKeep(town.CLERK(), watcher);
    }

    function test_TheGuardianKeepsOthersInTheirs() external {
        bytes memory dismissal = abi.encodeCall(town.revokeRole, (town.CLERK(), clerk));
        _announce(dismissal);
        vm.prank(watcher);
        town.cancel(mayor, address(town), dismissal);
    }

    function test_AdminTakesItsOwnDismissalBack() external {
        bytes memory dismissal = abi.encodeCall(town.revokeRole, (town.ADMIN_GUARDIAN(), watcher));
        _announce(dismissal);
        vm.prank(mayor);
        town.cancel(mayor, address(town), dismissal);
    }

    function _assertCannotKeep(uint64 office, address holder) private {
        bytes memory dismissal = abi.encodeCall(town.revokeRole, (office, holder));
        _announce(dismissal);
        vm.prank(watcher);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessManager.AccessManagerUnauthorizedCancel.selector,
                watcher,
                mayor,
                address(town),
                town.revokeRole.selector
            )
        );
        town.cancel(mayor, address(town), dismissal);
    }

    function _announce(bytes memory data) private {
        vm.prank(mayor);
        town.schedule(address(town), data, 0);
    }
}
