// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Changing money back where the charter leaves nothing, and wei that cannot be taken
contract RedemptionsTest is TownFixture {
    address private merchant = makeAddr("merchant");

    function setUp() public {
        _foundTownWithMoney(0);
    }

    function test_WhenTheFeeTakesAll_NothingIsRedeemed() external {
        ILocalCurrency.Charter memory charter = ILocalCurrency.Charter({
            name: "All",
            symbol: "ALL",
            authority: address(town),
            residents: IResidents(address(residents)),
            commons: commons,
            redeemableKinds: uint8(1 << uint8(Kind.Professional)),
            redemptionFee_bps: 10_000,
            leastRedemption_cents: 0,
            keptPerDay: 0,
            seizureDelay_s: SEIZURE_DELAY_S,
            predecessor: ILocalCurrency(address(0))
        });
        currency = LocalCurrency(deployCode("LocalCurrency.sol:LocalCurrency", abi.encode(charter)));
        _wire("LocalCurrency", address(currency));
        vm.prank(mayor);
        residents.addFollower(currency);
        _enrol(Kind.Professional, merchant);
        vm.prank(auditor);
        currency.attestReserve(100, "statement");
        address[] memory all = new address[](1);
        all[0] = commons;
        residents.inform(currency, all);
        vm.prank(treasurer);
        currency.issue(merchant, 100, "receipt");
        vm.expectRevert(ILocalCurrency.LocalCurrency_NothingToRedeem.selector);
        vm.prank(merchant);
        currency.redeem(100, "");
    }

    function test_WhenTheLeastRedemptionIsNoSmallChange_ThereIsNoSuchCharter() external {
        ILocalCurrency.Charter memory charter;
        (charter.name, charter.commons, charter.leastRedemption_cents) = ("All", commons, 100_00);
        charter.seizureDelay_s = SEIZURE_DELAY_S;
        this.create("LocalCurrency.sol:LocalCurrency", abi.encode(charter));
        charter.leastRedemption_cents = 100_01;
        vm.expectRevert(ILocalCurrency.LocalCurrency_InvalidCharter.selector);
        this.create("LocalCurrency.sol:LocalCurrency", abi.encode(charter));
    }

    function test_PausingBringsItsOwnWei() external {
        vm.deal(address(currency), 5);
        vm.deal(guardian, 1);
        vm.startPrank(guardian);
        vm.expectRevert(ILocalCurrency.LocalCurrency_PauseWithoutWei.selector);
        currency.pause();
        vm.stopPrank();
        vm.prank(stranger);
        currency.sweep();
        vm.prank(guardian);
        currency.pause{value: 1}();
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        vm.prank(commons);
        currency.transfer(commons, 0);
    }

    function test_WhenWhoeverSweepsCannotTakeTheWei_ItStays() external {
        vm.deal(address(currency), 5);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_NotTaken.selector, address(residents)));
        vm.prank(address(residents));
        currency.sweep();
        assertEq(address(currency).balance, 5);
    }
}
