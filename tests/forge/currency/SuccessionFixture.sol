// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title A town whose currency is about to be followed by another
abstract contract SuccessionFixture is TownFixture {
    LocalCurrency internal next;
    address internal citizen = makeAddr("citizen");
    address internal merchant = makeAddr("merchant");
    address internal escrow = makeAddr("escrow");

    /// @dev The citizen has 300.00, the merchant 200.00, and an institution 100.00 of the citizen's.
    function _issueToThree() internal {
        _enrol(Kind.Citizen, citizen);
        _enrol(Kind.Professional, merchant);
        vm.etch(escrow, hex"00");
        _enrolInstitution(escrow);
        vm.prank(auditor);
        currency.attestReserve(1_000_00, "statement");
        vm.startPrank(treasurer);
        currency.issue(citizen, 400_00, "receipt 1");
        currency.issue(merchant, 200_00, "receipt 2");
        vm.stopPrank();
        vm.prank(citizen);
        currency.approve(escrow, 100_00);
        vm.prank(escrow);
        currency.transferFrom(citizen, escrow, 100_00);
    }

    function _foundTownWithTwo(uint128 keptPerDay) internal {
        _foundTownWithMoney(keptPerDay);
        next = _following(currency, keptPerDay);
    }

    /// @dev A currency that takes over from another, wired as the first and told of every resident to come.
    function _following(ILocalCurrency predecessor, uint128 keptPerDay) internal returns (LocalCurrency found) {
        found = _currency("Beffroi II", keptPerDay, predecessor);
        residents.inform(found, _list(commons));
    }

    function _retire() internal {
        vm.prank(guardian);
        currency.pause{value: 1}();
        vm.prank(mayor);
        currency.retire(next);
    }

    function _list(address account) internal pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }

    function _isFrozen(LocalCurrency money, address account) internal view returns (bool frozen) {
        (,,, frozen,) = money.accountOf(account);
    }
}
