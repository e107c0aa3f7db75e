// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {IResidentsFollower} from "contracts/residents/interfaces/IResidentsFollower.sol";
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
    }

    function _tells() private {
        vm.expectEmit(address(residents));
    }
}
