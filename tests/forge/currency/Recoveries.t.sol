// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
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

    function test_WhatTheNewKeyHasBeforeItIsTheCommonsIsLostToNobody() external {
        _propose(commons);
        skip(RECOVERY_DELAY_S);
        vm.mockCallRevert(address(currency), abi.encodeWithSelector(currency.move.selector), "fails");
        residents.recover(commons);
        vm.clearMockedCalls();
        assertEq(residents.behind(currency, newKey), commons);
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
        (, Kind kind, bool suspended,,) = currency.accountOf(newKey);
        assertTrue(kind == Kind.Commons && !suspended, "it has another standing than today's");
    }

    /// @dev The currency failed to move the commons to its new key, which may be told to wait, and not to go.
    function test_WhoeverHasTheCommonsPlaceIsNotSuspendedBeforeItIsTheCommons() external {
        _propose(commons);
        skip(RECOVERY_DELAY_S);
        vm.mockCallRevert(address(currency), abi.encodeWithSelector(currency.move.selector), "fails");
        residents.recover(commons);
        vm.clearMockedCalls();
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_CommonsMustReceive.selector, newKey));
        vm.prank(registrar);
        residents.suspend(newKey, PAPER);
        residents.moveAgain(currency, commons);
        assertEq(currency.commons(), newKey);
    }

    function test_TheCommonsIsMadeNoInstitution_WhichReceivesNothingOfOthers() external {
        vm.etch(commons, hex"00");
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_CommonsMustReceive.selector, commons));
        vm.prank(mayor);
        residents.enrolInstitution(commons);
    }

    /// @dev The currency failed to move the commons to its second key, which was lost in turn.
    function test_ACourtReachesNoKeyThatTheCommonsIsToHave_HoweverMany() external {
        address third = makeAddr("third key");
        _propose(commons);
        skip(RECOVERY_DELAY_S);
        vm.mockCallRevert(address(currency), abi.encodeWithSelector(currency.move.selector), "fails");
        residents.recover(commons);
        vm.clearMockedCalls();
        vm.prank(registrar);
        residents.proposeRecovery(newKey, third, PAPER);
        address[3] memory keys = [commons, newKey, third];
        for (uint256 i; i < keys.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_CommonsMustReceive.selector, keys[i]));
            vm.prank(court);
            currency.freeze(keys[i], PAPER);
        }
        skip(RECOVERY_DELAY_S);
        residents.recover(newKey);
        residents.moveAgain(currency, commons);
        assertEq(currency.commons(), third);
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

    function test_AKeyThatACourtFrozeIsNotProposedAsTheCommons() external {
        vm.prank(court);
        currency.freeze(newKey, PAPER);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_CommonsMustReceive.selector, newKey));
        vm.prank(registrar);
        residents.proposeRecovery(commons, newKey, PAPER);
        _propose(shop);
        assertEq(residents.residentOf(shop).successor, newKey, "whoever is not the commons is recovered frozen");
    }

    function test_ACurrencyThatWasNeverToldOfItsCommonsDoesNotMoveIt() external {
        LocalCurrency other = _currency("Beffroi II", 0, currency);
        _propose(commons);
        skip(RECOVERY_DELAY_S);
        residents.recover(commons);
        assertEq(residents.behind(other, newKey), commons);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_CommonsMustReceive.selector, newKey));
        residents.moveAgain(other, commons);
    }

    function _propose(address account) private {
        vm.prank(registrar);
        residents.proposeRecovery(account, newKey, PAPER);
    }
}
