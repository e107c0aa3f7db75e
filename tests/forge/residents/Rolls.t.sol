// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Rolls} from "contracts/residents/Rolls.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {IRolls} from "contracts/residents/interfaces/IRolls.sol";
import {M} from "contracts/vote/Rule.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title One office proposes a roll, another seals that very one in time, and it is current for a year
contract RollsTest is TownFixture {
    bytes32 private constant ROOT = keccak256("the roll of citizens");
    uint32 private constant SIZE = 40;
    uint64 private constant AT = 9_990;

    Rolls private rolls;

    function setUp() public {
        _foundTown();
        vm.roll(10_000);
        rolls = Rolls(deployCode("Rolls.sol:Rolls", abi.encode(town, residents)));
        _wire("Rolls", address(rolls));
        _enrols(Kind.Citizen, SIZE);
        _enrols(Kind.Professional, SIZE);
    }

    function test_WhatTheRegistrarProposedTheReturningOfficerSeals() external {
        vm.expectEmit(address(rolls));
        emit IRolls.RollProposed(Kind.Citizen, ROOT, SIZE, AT);
        _propose(ROOT, SIZE, Kind.Citizen, AT);
        assertEq(rolls.latest(Kind.Citizen).size, 0, "proposed is not sealed");
        assertFalse(rolls.isCurrent(Kind.Citizen, ROOT, SIZE));

        vm.warp(FOUNDED_AT + 7 days);
        vm.expectEmit(address(rolls));
        emit IRolls.RollSealed(Kind.Citizen, ROOT, SIZE, AT);
        _seal(ROOT, SIZE, Kind.Citizen, AT);
        IRolls.SealedRoll memory last = rolls.latest(Kind.Citizen);
        assertEq(last.root, ROOT);
        assertEq(last.size, SIZE);
        assertEq(last.atBlock, AT);
        assertEq(last.proposedAt, FOUNDED_AT);
        assertEq(address(rolls.residents()), address(residents));
    }

    function test_NeitherOfficeDoesTheOthersPartNorAnybodyElse() external {
        _propose(ROOT, SIZE, Kind.Citizen, AT);
        address[] memory all = _everybody();
        for (uint256 i; i < all.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, all[i]);
            vm.startPrank(all[i]);
            if (all[i] != registrar) {
                vm.expectRevert(refusal);
                rolls.proposeRoll(ROOT, SIZE, Kind.Citizen, AT);
            }
            if (all[i] != officer) {
                vm.expectRevert(refusal);
                rolls.sealRoll(ROOT, SIZE, Kind.Citizen, AT);
            }
            vm.stopPrank();
        }
    }

    function test_WhenTheKindIsNoneOrInstitution_ThereIsNoRollOfIt() external {
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_NoRollOf.selector, Kind.None));
        rolls.proposeRoll(ROOT, SIZE, Kind.None, AT);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_NoRollOf.selector, Kind.Institution));
        rolls.proposeRoll(ROOT, SIZE, Kind.Institution, AT);
    }

    function test_WhenNobodyIsOnItOrMoreThanCanBeCounted_ItIsRefused() external {
        uint32 most = uint32(M - 1);
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_WrongSize.selector, 0, most));
        rolls.proposeRoll(ROOT, 0, Kind.Citizen, AT);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_WrongSize.selector, most + 1, most));
        rolls.proposeRoll(ROOT, most + 1, Kind.Citizen, AT);
        rolls.proposeRoll(ROOT, most, Kind.Citizen, AT);
    }

    function test_WhenItsBlockHasNotEnded_ItIsRefused() external {
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_NotYet.selector, 10_000));
        rolls.proposeRoll(ROOT, SIZE, Kind.Citizen, 10_000);
        rolls.proposeRoll(ROOT, SIZE, Kind.Citizen, 9_999);
    }

    function test_GivenALaterOneIsSealed_AnOlderRollOfThatKindIsRefused() external {
        _propose(ROOT, SIZE, Kind.Citizen, AT);
        _seal(ROOT, SIZE, Kind.Citizen, AT);
        vm.startPrank(registrar);
        for (uint64 at = AT - 1; at <= AT; ++at) {
            vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_Older.selector, at, AT));
            rolls.proposeRoll(ROOT, SIZE, Kind.Citizen, at);
        }
        rolls.proposeRoll(ROOT, SIZE, Kind.Professional, AT - 1);
        rolls.proposeRoll(ROOT, SIZE, Kind.Citizen, AT + 1);
    }

    function test_WhenItsBlockIsOlderThanADay_ItIsRefused() external {
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_TooOld.selector, 2_799, 7_200));
        rolls.proposeRoll(ROOT, SIZE, Kind.Citizen, 2_799);
        rolls.proposeRoll(ROOT, SIZE, Kind.Citizen, 2_800);
    }

    function test_AProposalLapsesInAWeek() external {
        _propose(ROOT, SIZE, Kind.Citizen, AT);
        vm.warp(FOUNDED_AT + 7 days + 1);
        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_Lapsed.selector, Kind.Citizen, FOUNDED_AT + 7 days));
        rolls.sealRoll(ROOT, SIZE, Kind.Citizen, AT);
    }

    function test_ARollThatIsNotAboutTheTownIsNotSealed() external {
        uint32[4] memory sizes = [SIZE - 3, SIZE + 3, SIZE - 2, SIZE + 2]; // a twentieth of forty is two
        for (uint256 k; k < 4; ++k) {
            uint64 at = AT + uint64(k);
            _propose(ROOT, sizes[k], Kind.Citizen, at);
            vm.prank(officer);
            if (k < 2) vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_NotTheTown.selector, sizes[k], SIZE));
            rolls.sealRoll(ROOT, sizes[k], Kind.Citizen, at);
        }
    }

    function testFuzz_OnlyTheVeryRollProposedLastIsSealedAndOnce(uint256 which) external {
        _propose(keccak256("forgotten"), SIZE, Kind.Citizen, AT);
        _propose(ROOT, SIZE, Kind.Citizen, AT);
        which %= 5;
        bytes32 root = which == 0 ? keccak256("forgotten") : ROOT;
        uint32 size = which == 1 ? SIZE + 1 : SIZE;
        Kind kind = which == 2 ? Kind.Professional : Kind.Citizen;
        uint64 at = which == 3 ? AT + 1 : AT;
        if (which == 4) _seal(ROOT, SIZE, Kind.Citizen, AT);

        vm.prank(officer);
        vm.expectRevert(abi.encodeWithSelector(IRolls.Rolls_NotProposed.selector, kind, root));
        rolls.sealRoll(root, size, kind, at);
    }

    function test_ARollIsCurrentForAYearFromItsProposalUnlessAnotherIsSealed() external {
        _propose(ROOT, SIZE, Kind.Citizen, AT);
        vm.warp(FOUNDED_AT + 7 days);
        _seal(ROOT, SIZE, Kind.Citizen, AT);
        assertTrue(rolls.isCurrent(Kind.Citizen, ROOT, SIZE));
        assertFalse(rolls.isCurrent(Kind.Professional, ROOT, SIZE));
        assertFalse(rolls.isCurrent(Kind.Citizen, ROOT, SIZE + 1));
        assertFalse(rolls.isCurrent(Kind.Citizen, keccak256("other"), SIZE));
        vm.warp(FOUNDED_AT + 365 days);
        assertTrue(rolls.isCurrent(Kind.Citizen, ROOT, SIZE));
        vm.warp(FOUNDED_AT + 365 days + 1);
        assertFalse(rolls.isCurrent(Kind.Citizen, ROOT, SIZE));

        bytes32 next = keccak256("the next");
        _propose(next, SIZE - 1, Kind.Citizen, AT + 1);
        _seal(next, SIZE - 1, Kind.Citizen, AT + 1);
        assertTrue(rolls.isCurrent(Kind.Citizen, next, SIZE - 1));
        assertFalse(rolls.isCurrent(Kind.Citizen, ROOT, SIZE));
    }

    function _enrols(Kind kind, uint256 count) private {
        address[] memory accounts = new address[](count);
        for (uint256 i; i < count; ++i) {
            accounts[i] = makeAddr(string.concat("resident", vm.toString(uint8(kind)), "-", vm.toString(i)));
        }
        vm.prank(registrar);
        residents.enrol(kind, accounts, new bytes32[](0));
    }

    function _propose(bytes32 root, uint32 size, Kind kind, uint64 at) private {
        vm.prank(registrar);
        rolls.proposeRoll(root, size, kind, at);
    }

    function _seal(bytes32 root, uint32 size, Kind kind, uint64 at) private {
        vm.prank(officer);
        rolls.sealRoll(root, size, kind, at);
    }
}
