// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IInPerson} from "contracts/access/interfaces/IInPerson.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title Three public bodies that owe each other all month, and settle at the bank once
contract BankClearingTest is MutualCreditFixture {
    bytes32 private constant TRANSFER = "transfer 2026-01";

    address private hall = makeAddr("hall");
    address private school = makeAddr("school");
    address private clinic = makeAddr("clinic");

    function setUp() public {
        _found();
        IMutualCredit.Charter memory charter = _charter();
        (charter.isCleared, charter.currency) = (true, ILocalCurrency(address(0)));
        charter.memberKinds = uint8(1 << uint8(Kind.PublicBody));
        circle = _circle(charter);
        _enrol(Kind.PublicBody, hall);
        _enrol(Kind.PublicBody, school);
        _enrol(Kind.PublicBody, clinic);
        _pays(hall, school, 60_00);
        _pays(school, clinic, 20_00);
        _pays(hall, clinic, 15_00);
    }

    function test_AMonthIsSettledByOneTransferThatTheAuditorSaw() public {
        IMutualCredit.NetLine[] memory lines = _month();
        vm.expectEmit(address(circle));
        emit IMutualCredit.TransferAttested(TRANSFER, keccak256(abi.encode(lines)));
        _attests(lines);
        assertEq(circle.transferOf(TRANSFER), keccak256(abi.encode(lines)));
        vm.expectEmit(address(circle));
        emit IMutualCredit.Netted(lines[0].member, TRANSFER, lines[0].amount);
        _nets(lines);
        assertEq(_balance(hall), 0);
        assertEq(_balance(school), 0);
        assertEq(_balance(clinic), 0);
        assertEq(uint256(circle.transferOf(TRANSFER)), 1);
    }

    function test_WhatIsPaidBetweenTheTransferAndItsEntryStays() public {
        IMutualCredit.NetLine[] memory lines = _month();
        _attests(lines);
        _pays(school, hall, 5_00);
        _nets(lines);
        assertEq(_balance(hall), 5_00);
        assertEq(_balance(school), -5_00);
    }

    function test_ATransferSettlesOnce() public {
        IMutualCredit.NetLine[] memory lines = _month();
        _attests(lines);
        _nets(lines);
        bytes memory refusal = abi.encodeWithSelector(IMutualCredit.MutualCredit_ReferenceUsed.selector, TRANSFER);
        vm.expectRevert(refusal);
        _nets(lines);
        vm.expectRevert(refusal);
        _attests(lines);
    }

    function test_NothingIsSettledThatTheAuditorDidNotSee() public {
        IMutualCredit.NetLine[] memory lines = _month();
        bytes32 linesHash = keccak256(abi.encode(lines));
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotAttested.selector, TRANSFER, linesHash));
        _nets(lines);
        _attests(lines);
        ++lines[0].amount;
        linesHash = keccak256(abi.encode(lines));
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotAttested.selector, TRANSFER, linesHash));
        _nets(lines);
    }

    function test_LinesSumToZero() public {
        IMutualCredit.NetLine[] memory lines = _month();
        ++lines[0].amount;
        _attests(lines);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotZeroSum.selector, 1));
        _nets(lines);
    }

    function test_LinesAreOrdered_EachOfAMember() public {
        IMutualCredit.NetLine[] memory lines = _month();
        lines[1].member = lines[0].member;
        _attests(lines);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_LinesUnordered.selector, 1));
        _nets(lines);
        lines[0].member = address(1);
        _attests(lines);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotAMember.selector, address(1)));
        _nets(lines);
    }

    function test_ABodyThatChangedKeysIsSettledUnderItsNewOne() public {
        IMutualCredit.NetLine[] memory lines = _month();
        address key = _recovered(hall, "hall again");
        _attests(lines);
        _nets(lines);
        assertEq(_balance(key), 0);
    }

    function test_ACircleThatIsNotClearedAtTheBankIsNotCleared() public {
        circle = _circle(_charter());
        vm.expectRevert(IMutualCredit.MutualCredit_NotCleared.selector);
        _attests(_month());
    }

    function test_WhoClearsDoesNotAttest_AndEachHasItsOffice() public {
        IMutualCredit.NetLine[] memory lines = _month();
        address[] memory all = _everybody();
        for (uint256 i; i < all.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, all[i]);
            if (all[i] != auditor) {
                vm.expectRevert(refusal);
                vm.prank(all[i]);
                circle.attestTransfer(TRANSFER, "lines");
            }
            if (all[i] == treasurer) continue;
            vm.expectRevert(refusal);
            vm.prank(all[i]);
            circle.net(lines, TRANSFER);
        }
        _appoint(town.TREASURER(), auditor);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_AuditorClears.selector, auditor));
        _attests(lines);
    }

    function test_TheAuditorAttestsInPerson() public {
        bytes memory call = abi.encodeCall(circle.attestTransfer, (TRANSFER, "lines"));
        vm.expectRevert(IInPerson.InPerson_ThroughTheAuthority.selector);
        vm.prank(auditor);
        town.execute(address(circle), call);
    }

    function _attests(IMutualCredit.NetLine[] memory lines) private {
        bytes32 linesHash = keccak256(abi.encode(lines));
        vm.prank(auditor);
        circle.attestTransfer(TRANSFER, linesHash);
    }

    function _nets(IMutualCredit.NetLine[] memory lines) private {
        vm.prank(treasurer);
        circle.net(lines, TRANSFER);
    }

    /// @dev What each was paid at the bank, by increasing account.
    function _month() private view returns (IMutualCredit.NetLine[] memory lines) {
        lines = new IMutualCredit.NetLine[](3);
        lines[0] = IMutualCredit.NetLine(hall, -75_00);
        lines[1] = IMutualCredit.NetLine(school, 40_00);
        lines[2] = IMutualCredit.NetLine(clinic, 35_00);
        for (uint256 i; i < 2; ++i) {
            for (uint256 j; j < 2; ++j) {
                if (lines[j].member > lines[j + 1].member) (lines[j], lines[j + 1]) = (lines[j + 1], lines[j]);
            }
        }
    }
}
