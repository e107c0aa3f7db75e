// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidents, Kind, Recovery, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {IResidentsFollower} from "contracts/residents/interfaces/IResidentsFollower.sol";
import {FollowerMock} from "tests/forge/residents/FollowerMock.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Whoever comes, goes or changes keys leaves an event; what is refused is tested in tests/residents
contract ResidentsTest is TownFixture {
    bytes32 private constant DECISION = keccak256("decision");
    address private citizen = makeAddr("citizen");
    address private newKey = makeAddr("the citizen's new key");

    function setUp() public {
        _foundTown();
        _enrol(Kind.Citizen, citizen);
    }

    function test_StandingsAreTold() external {
        vm.startPrank(registrar);
        _tells();
        emit IResidents.Suspended(citizen, DECISION);
        residents.suspend(citizen, DECISION);
        _tells();
        emit IResidents.Reinstated(citizen, DECISION);
        residents.reinstate(citizen, DECISION);
        _tells();
        emit IResidents.Departed(citizen);
        residents.depart(citizen);
    }

    function test_RecoveriesAreTold() external {
        uint64 recoverableAt = uint64(block.timestamp) + RECOVERY_DELAY_S;
        for (uint256 i; i < 3; ++i) {
            _tells();
            emit IResidents.RecoveryProposed(citizen, newKey, recoverableAt, DECISION);
            vm.prank(registrar);
            residents.proposeRecovery(citizen, newKey, DECISION);
            if (i == 0) {
                _tells();
                emit IResidents.RecoveryVetoed(citizen, newKey);
                vm.prank(citizen);
                residents.vetoRecovery();
                vm.prank(registrar);
                residents.withdrawRecovery(citizen);
            } else if (i == 1) {
                _tells();
                emit IResidents.RecoveryWithdrawn(citizen, newKey);
                vm.prank(registrar);
                residents.withdrawRecovery(citizen);
            }
        }
        vm.warp(recoverableAt);
        _tells();
        emit IResidents.Recovered(citizen, newKey);
        vm.prank(stranger);
        residents.recover(citizen);
        assertEq(residents.currentKeyOf(citizen), newKey);
    }

    function test_AFollowerIsTold() external {
        _tells();
        emit IResidents.FollowerAdded(IResidentsFollower(address(town)));
        vm.prank(mayor);
        residents.addFollower(IResidentsFollower(address(town)));
        assertEq(residents.followers().length, 1);
        _tells();
        emit IResidents.FollowerRemoved(IResidentsFollower(address(town)));
        vm.prank(mayor);
        residents.removeFollower(IResidentsFollower(address(town)));
        assertEq(residents.followers().length, 0);
    }

    function test_AContractThatHoldsMoneyIsNeverRecovered() external {
        address escrow = address(new FollowerMock());
        _enrolInstitution(escrow);
        bytes memory never = abi.encodeWithSelector(IResidents.Residents_Institution.selector, escrow);
        vm.startPrank(registrar);
        vm.expectRevert(never);
        residents.proposeRecovery(escrow, newKey, DECISION);
        vm.expectRevert(never);
        residents.suspend(escrow, DECISION);
        vm.expectRevert(never);
        residents.depart(escrow);
        bytes memory known = abi.encodeWithSelector(IResidents.Residents_AlreadyKnown.selector, escrow, Standing.Active);
        vm.expectRevert(known);
        residents.proposeRecovery(citizen, escrow, DECISION);
    }

    function test_WhenTheRegistrarEnrolledItBefore_ADMINMakesItAnInstitutionAllTheSame() external {
        address escrow = makeAddr("a contract to come");
        _enrol(Kind.Professional, escrow);
        vm.etch(escrow, hex"00");
        vm.prank(registrar);
        residents.proposeRecovery(escrow, newKey, DECISION);
        uint256 before = residents.population(Kind.Professional);
        _tells();
        emit IResidents.RecoveryWithdrawn(escrow, newKey);
        _enrolInstitution(escrow);
        assertTrue(residents.isInstitution(escrow));
        assertEq(residents.population(Kind.Professional), before - 1);
        assertEq(uint8(residents.residentOf(newKey).standing), uint8(Standing.None));
        vm.expectRevert(abi.encodeWithSelector(IResidents.Residents_NoRecovery.selector, escrow));
        residents.recover(escrow);
    }

    function test_WhenTheRegistrarProposedItAsANewKeyBefore_ADMINMakesItAnInstitutionAllTheSame() external {
        address escrow = makeAddr("a contract to come");
        _propose(citizen, escrow);
        vm.etch(escrow, hex"00");
        uint256 before = residents.population(Kind.Institution);
        _enrolInstitution(escrow);
        assertEq(residents.population(Kind.Institution), before + 1);

        vm.warp(residents.residentOf(citizen).recoverableAt);
        vm.expectRevert(abi.encodeWithSelector(IResidents.Residents_WrongStanding.selector, escrow, Standing.Active));
        residents.recover(citizen);
        vm.prank(registrar);
        residents.withdrawRecovery(citizen);
        assertTrue(residents.isInstitution(escrow), "a withdrawal struck an institution off");
        assertTrue(residents.isActive(escrow));
        _recover(citizen, newKey);
    }

    function test_AFollowerThatFailsStopsNoRecovery_AndIsAskedAgainOnce() external {
        FollowerMock failing = _follower();
        FollowerMock working = _follower();
        failing.fails(true);
        _recover(citizen, newKey);
        assertEq(working.keyOf(citizen), newKey);
        assertEq(residents.behind(failing, newKey), citizen);
        assertEq(residents.behind(working, newKey), address(0));

        vm.expectRevert("fails");
        residents.moveAgain(failing, citizen);
        failing.fails(false);
        _tells();
        emit IResidents.Moved(failing, citizen, newKey);
        vm.prank(stranger);
        residents.moveAgain(failing, citizen);
        assertEq(failing.keyOf(citizen), newKey);
        assertEq(residents.behind(failing, newKey), address(0));
        for (uint256 i; i < 2; ++i) {
            IResidentsFollower follower = i == 0 ? failing : working;
            vm.expectRevert(abi.encodeWithSelector(IResidents.Residents_NothingToMove.selector, follower, citizen));
            residents.moveAgain(follower, citizen);
        }
    }

    function test_WhatIsBehindIsMovedAlongEveryKeyInOrder() external {
        address third = makeAddr("the citizen's third key");
        FollowerMock failing = _follower();
        failing.fails(true);
        _recover(citizen, newKey);
        failing.fails(false);
        _recover(newKey, third);
        assertEq(failing.keyOf(newKey), address(0), "moved past a key that it never came to");
        residents.moveAgain(failing, newKey);
        assertEq(failing.keyOf(citizen), newKey);
        assertEq(failing.keyOf(newKey), third);
        assertEq(residents.behind(failing, third), address(0));
    }

    function test_WhichKeysTakeAnAccountsPlace() external {
        address third = makeAddr("the citizen's third key");
        _recover(citizen, newKey);
        _propose(newKey, third);
        assertTrue(residents.takesPlaceOf(citizen, citizen), "an account is its own key");
        assertTrue(residents.takesPlaceOf(newKey, citizen));
        assertTrue(residents.takesPlaceOf(third, citizen), "proposed, and not seen");
        assertFalse(residents.takesPlaceOf(citizen, newKey), "a lost key comes back");
        assertFalse(residents.takesPlaceOf(stranger, citizen));
        assertFalse(residents.takesPlaceOf(address(0), citizen), "nobody takes every place");
        vm.prank(registrar);
        residents.withdrawRecovery(newKey);
        assertFalse(residents.takesPlaceOf(third, citizen), "withdrawn, and seen all the same");
    }

    function test_WhenAModuleIsBehind_NobodyDeparts() external {
        FollowerMock failing = _follower();
        failing.fails(true);
        _recover(citizen, newKey);
        failing.fails(false);
        vm.expectRevert(abi.encodeWithSelector(IResidents.Residents_Behind.selector, newKey));
        vm.prank(registrar);
        residents.depart(newKey);
        residents.moveAgain(failing, newKey);
        vm.prank(registrar);
        residents.depart(newKey);
        assertEq(failing.keyOf(citizen), newKey);
    }

    function test_WhomAModuleThatWasLetGoNeverMoved_Departs() external {
        FollowerMock failing = _follower();
        failing.fails(true);
        _recover(citizen, newKey);
        vm.prank(mayor);
        residents.removeFollower(failing);
        vm.prank(registrar);
        residents.depart(newKey);
        assertEq(uint8(residents.residentOf(newKey).standing), uint8(Standing.Left));
    }

    function testFuzz_NobodyStarvesAFollower(uint256 gas_) external {
        FollowerMock hungry = _follower();
        hungry.burns(120_000);
        _propose(citizen, newKey);
        vm.warp(residents.residentOf(citizen).recoverableAt);
        (bool done,) =
            address(residents).call{gas: bound(gas_, 30_000, 400_000)}(abi.encodeCall(residents.recover, (citizen)));
        assertEq(hungry.keyOf(citizen), done ? newKey : address(0));
    }

    function test_WithLessGasThanAFollowerIsPromised_ItReverts() external {
        _follower();
        _propose(citizen, newKey);
        vm.warp(residents.residentOf(citizen).recoverableAt);
        vm.expectRevert(abi.encodeWithSelector(IResidents.Residents_OutOfGas.selector, 150_000));
        residents.recover{gas: 150_000}(citizen);
    }

    function test_AFollowerThatFailsStopsAnEnrolment() external {
        _follower().fails(true);
        address[] memory accounts = new address[](1);
        accounts[0] = stranger;
        vm.prank(registrar);
        vm.expectRevert("fails");
        residents.enrol(Kind.Citizen, accounts, new bytes32[](0));
    }

    function test_ACourtsConfirmationIsTold() external {
        _propose(citizen, newKey);
        vm.prank(citizen);
        residents.vetoRecovery();
        assertEq(uint8(residents.residentOf(citizen).recovery), uint8(Recovery.Vetoed));
        skip(100 days);
        _tells();
        emit IResidents.RecoveryConfirmed(citizen, newKey, uint64(block.timestamp) + RECOVERY_DELAY_S, DECISION);
        vm.prank(court);
        residents.confirmRecovery(citizen, newKey, DECISION);
        assertEq(uint8(residents.residentOf(citizen).recovery), uint8(Recovery.Confirmed));
    }

    function test_AYearAfterAVetoThereIsNothingLeftToConfirm() external {
        uint64 lapsesAt = uint64(block.timestamp) + 365 days;
        for (uint256 i; i < 2; ++i) {
            _propose(citizen, newKey);
            vm.prank(citizen);
            residents.vetoRecovery();
            assertEq(residents.residentOf(citizen).recoverableAt, lapsesAt);
            vm.warp(lapsesAt - i);
            if (i == 0) {
                vm.expectRevert(abi.encodeWithSelector(IResidents.Residents_Lapsed.selector, lapsesAt));
            }
            vm.prank(court);
            residents.confirmRecovery(citizen, newKey, DECISION);
            vm.prank(registrar);
            residents.withdrawRecovery(citizen);
            lapsesAt += 365 days;
        }
    }

    function _follower() private returns (FollowerMock follower) {
        follower = new FollowerMock();
        vm.prank(mayor);
        residents.addFollower(follower);
    }

    function _propose(address account, address successor) private {
        vm.prank(registrar);
        residents.proposeRecovery(account, successor, DECISION);
    }

    function _recover(address account, address successor) private {
        _propose(account, successor);
        vm.warp(residents.residentOf(account).recoverableAt);
        residents.recover(account);
        assertEq(residents.currentKeyOf(account), successor);
    }

    function _tells() private {
        vm.expectEmit(address(residents));
    }
}
