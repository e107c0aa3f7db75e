// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Whatever an office does to money leaves an event, and so does each slip
contract MoneyToldTest is TownFixture {
    bytes32 private constant ORDER = keccak256("order");
    address private citizen;
    uint256 private citizenKey;

    function setUp() public {
        _foundTownWithMoney(0);
        (citizen, citizenKey) = makeAddrAndKey("citizen");
        _enrol(Kind.Citizen, citizen);
        vm.prank(auditor);
        currency.attestReserve(1_000, "statement");
        vm.prank(treasurer);
        currency.issue(citizen, 1_000, "receipt");
    }

    function test_TheReserveAndAnIssueAreTold() external {
        vm.expectEmit(address(currency));
        emit ILocalCurrency.ReserveAttested(1_500, "a later statement");
        vm.prank(auditor);
        currency.attestReserve(1_500, "a later statement");
        vm.expectEmit(address(currency));
        emit ILocalCurrency.Issued("another receipt", 500);
        vm.prank(treasurer);
        currency.issue(citizen, 500, "another receipt");
    }

    function test_OrdersAndPausesAreTold() external {
        vm.startPrank(court);
        vm.expectEmit(address(currency));
        emit ILocalCurrency.Frozen(citizen, ORDER);
        currency.freeze(citizen, ORDER);
        vm.expectEmit(address(currency));
        emit ILocalCurrency.Unfrozen(citizen, ORDER);
        currency.unfreeze(citizen, ORDER);
        vm.stopPrank();
        vm.startPrank(guardian);
        vm.expectEmit(address(currency));
        emit ILocalCurrency.Paused(guardian);
        currency.pause{value: 1}();
        vm.expectEmit(address(currency));
        emit ILocalCurrency.Resumed(guardian);
        currency.resume();
    }

    function test_SlipsUsedAndCancelledAreTold() external {
        bytes32 nonce = bytes32(uint256(7));
        bytes32 slip = keccak256(
            abi.encode(
                keccak256(
                    "TransferWithAuthorization(address from,address to,uint256 value,"
                    "uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                citizen,
                commons,
                5,
                0,
                type(uint256).max,
                nonce
            )
        );
        bytes memory signature = _sign(slip);
        vm.expectEmit(address(currency));
        emit ICurrencySlips.AuthorizationUsed(citizen, nonce);
        currency.transferWithAuthorization(citizen, commons, 5, 0, type(uint256).max, nonce, signature);

        nonce = bytes32(uint256(8));
        slip = keccak256(abi.encode(keccak256("CancelAuthorization(address authorizer,bytes32 nonce)"), citizen, nonce));
        signature = _sign(slip);
        vm.expectEmit(address(currency));
        emit ICurrencySlips.AuthorizationCanceled(citizen, nonce);
        currency.cancelAuthorization(citizen, nonce, signature);
    }

    function test_ANewAccountOfTheCommonsIsTold() external {
        address successor = makeAddr("the commons' new key");
        vm.prank(registrar);
        residents.proposeRecovery(commons, successor, ORDER);
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        vm.expectEmit(address(currency));
        emit ILocalCurrency.CommonsMoved(commons, successor);
        residents.recover(commons);
        assertEq(currency.commons(), successor);
    }

    function _sign(bytes32 slip) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(citizenKey, keccak256(abi.encodePacked(hex"1901", currency.DOMAIN_SEPARATOR(), slip)));
        return abi.encodePacked(r, s, v);
    }
}
