// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title What a lost key's money is worth when it comes to the new key, however late
contract RecoveriesTest is TownFixture {
    bytes32 private constant PAPER = keccak256("paper");
    address private shop = makeAddr("shop");
    address private newKey = makeAddr("new key");

    function setUp() public {
        _foundTownWithMoney(SEVEN_PERCENT);
        _enrol(Kind.Professional, shop);
        vm.prank(auditor);
        currency.attestReserve(1_000_000, PAPER);
        vm.prank(treasurer);
        currency.issue(shop, 500_000, PAPER);
    }

    function test_MoneyThatIsMovedInAPauseMeltsAsItWouldHave() external {
        uint256 founded = vm.snapshotState();
        _propose(shop);
        skip(RECOVERY_DELAY_S);
        residents.recover(shop);
        skip(100 days);
        uint256 expected_cents = currency.balanceOf(newKey);
        assertLt(expected_cents, 500_000);

        vm.revertToState(founded);
        _propose(shop);
        skip(RECOVERY_DELAY_S);
        vm.prank(guardian);
        currency.pause{value: 1}();
        residents.recover(shop);
        skip(100 days);
        vm.prank(guardian);
        currency.resume();
        assertEq(currency.balanceOf(newKey), expected_cents);
    }

    function test_WhatTheNewKeyLosesBeforeItIsTheCommonsIsLostToNobody() external {
        vm.prank(court);
        currency.freeze(newKey, PAPER);
        _propose(commons);
        skip(RECOVERY_DELAY_S);
        residents.recover(commons);
        vm.prank(court);
        currency.unfreeze(newKey, PAPER);
        address[] memory accounts = new address[](1);
        accounts[0] = newKey;
        residents.inform(currency, accounts);
        vm.prank(shop);
        currency.transfer(newKey, 100_000);

        skip(365 days);
        residents.moveAgain(currency, commons);
        (uint256 ofShop_cents,,,,) = currency.accountOf(shop);
        (uint256 ofCommons_cents,,,,) = currency.accountOf(newKey);
        assertEq(currency.commons(), newKey);
        assertEq(ofShop_cents + ofCommons_cents, currency.totalSupply());
    }

    function test_ACourtKeepsNobodysKeyFromTakingTheCommonsOver() external {
        _propose(commons);
        bytes memory never = abi.encodeWithSelector(ILocalCurrency.LocalCurrency_CommonsMustReceive.selector, newKey);
        vm.startPrank(court);
        vm.expectRevert(never);
        currency.freeze(newKey, PAPER);
        vm.expectRevert(never);
        currency.seize(newKey, shop, 1, PAPER);
        vm.stopPrank();
        skip(RECOVERY_DELAY_S);
        residents.recover(commons);
        assertEq(currency.commons(), newKey);
    }

    function _propose(address account) private {
        vm.prank(registrar);
        residents.proposeRecovery(account, newKey, PAPER);
    }
}
