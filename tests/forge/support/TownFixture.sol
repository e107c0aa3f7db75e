// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {Town} from "contracts/access/Town.sol";
import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {Residents} from "contracts/residents/Residents.sol";
import {IResidents} from "contracts/residents/interfaces/IResidents.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";

/// @title A town with its register and its money, and somebody in every office
abstract contract TownFixture is Test {
    uint64 internal constant RECOVERY_DELAY_S = 7 days;
    uint16 internal constant FEE_BPS = 500;
    // Circles' rate, 7 % a year: 0.93^(1/365.25)·2¹²⁸, rounded up.
    uint128 internal constant SEVEN_PERCENT = 340214763706593088048256787187139065717;

    address internal mayor = makeAddr("mayor");
    address internal registrar = makeAddr("registrar");
    address internal treasurer = makeAddr("treasurer");
    address internal auditor = makeAddr("auditor");
    address internal court = makeAddr("court");
    address internal guardian = makeAddr("guardian");
    address internal commons = makeAddr("commons");

    Town internal town;
    Residents internal residents;
    LocalCurrency internal currency;

    function _foundTown(uint128 keptPerDay) internal {
        vm.warp(1_767_225_600); // 2026-01-01
        // By artifact, so that no test carries the contracts' code.
        town = Town(deployCode("Town.sol:Town", abi.encode(mayor)));
        residents = Residents(deployCode("Residents.sol:Residents", abi.encode(town, RECOVERY_DELAY_S)));
        ILocalCurrency.Charter memory charter = ILocalCurrency.Charter({
            name: "Beffroi",
            symbol: "BEF",
            authority: address(town),
            residents: IResidents(address(residents)),
            commons: commons,
            redeemableKinds: uint8(1 << uint8(Kind.Professional)),
            redemptionFee_bps: FEE_BPS,
            keptPerDay: keptPerDay
        });
        currency = LocalCurrency(deployCode("LocalCurrency.sol:LocalCurrency", abi.encode(charter)));
        _wire();

        vm.prank(mayor);
        residents.addFollower(currency);
        _enrol(Kind.Commons, commons);
        vm.deal(guardian, 1 ether);
    }

    function _wire() private {
        vm.startPrank(mayor);
        _appoint(town.REGISTRAR(), registrar, address(residents), Residents.enrol.selector);
        _appoint(town.REGISTRAR(), registrar, address(residents), Residents.suspend.selector);
        _appoint(town.REGISTRAR(), registrar, address(residents), Residents.reinstate.selector);
        _appoint(town.REGISTRAR(), registrar, address(residents), Residents.depart.selector);
        _appoint(town.REGISTRAR(), registrar, address(residents), Residents.proposeRecovery.selector);
        _appoint(town.REGISTRAR(), registrar, address(residents), Residents.withdrawRecovery.selector);
        _appoint(town.TREASURER(), treasurer, address(currency), LocalCurrency.issue.selector);
        _appoint(town.TREASURER(), treasurer, address(currency), LocalCurrency.issueBatch.selector);
        _appoint(town.TREASURER(), treasurer, address(currency), LocalCurrency.settle.selector);
        _appoint(town.AUDITOR(), auditor, address(currency), LocalCurrency.attestReserve.selector);
        _appoint(town.COURT(), court, address(currency), LocalCurrency.freeze.selector);
        _appoint(town.COURT(), court, address(currency), LocalCurrency.unfreeze.selector);
        _appoint(town.GUARDIAN(), guardian, address(currency), LocalCurrency.pause.selector);
        _appoint(town.GUARDIAN(), guardian, address(currency), LocalCurrency.resume.selector);
        vm.stopPrank();
    }

    function _enrol(Kind kind, address account) internal {
        address[] memory accounts = new address[](1);
        accounts[0] = account;
        vm.prank(registrar);
        residents.enrol(kind, accounts, new bytes32[](0));
    }

    /// @dev By the mayor, whom the caller pranks.
    function _appoint(uint64 office, address holder, address target, bytes4 selector) internal {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        town.grantRole(office, holder, 0);
        town.setTargetFunctionRole(target, selectors, office);
    }
}
