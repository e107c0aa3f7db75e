// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";

import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";

/// @title What programmes cost, transaction by transaction, under their ceilings: for 4,096 holders
/// forge-config: default.isolate = true
contract ProgrammesGasTest is ProgrammesFixture {
    uint256 private constant HOLDERS = 4_096;
    uint256 private constant OF_A_BATCH = 100;

    function setUp() public {
        _found();
        for (uint256 i = roll.length; i < OF_A_BATCH; ++i) {
            roll.push(_keyed(vm.toString(i)));
        }
        while (roll.length < HOLDERS) {
            roll.push(address(uint160(uint256(keccak256(abi.encode(roll.length))))));
        }
    }

    function test_OpeningStaysUnderItsCeilingForAnyNumber() public {
        IProgrammes.Terms memory terms = _thousandsTerms();
        vm.prank(sponsor);
        programmes.open(terms);
        _under("open for 4,096", 150_000);
        terms.salt = "other";
        terms.total = type(uint32).max;
        vm.prank(sponsor);
        programmes.open(terms);
        _under("open for 4,096", 150_000);
    }

    function test_SpendingAloneStaysUnderItsCeilings() public {
        _openForThousands();
        _spend(amal, grocer, 12_50, 0);
        _under("spend, first", 108_000);
        _spend(amal, grocer, 12_50, 1);
        _under("spend, later", 66_000);
    }

    function test_SpendingInBatchesStaysUnderItsCeilings() public {
        _openForThousands();
        _posts(true, 0, 1);
        _underEach("spend, first, each of 100", 56_000);
        _posts(false, 1, 1);
        _underEach("spend, later, each of 100 at one shop", 20_000);
        address[] memory shops = _shops(50);
        _posts(false, 2, shops.length);
        _posts(false, 3, shops.length);
        _underEach("spend, later, each of 100 at 50 shops", 26_000);
    }

    function test_ReclaimingStaysUnderItsCeiling() public {
        _openForThousands();
        _spend(amal, grocer, 12_50, 0);
        vm.warp(_endsAt());
        vm.prank(stranger);
        programmes.reclaim(programme);
        _under("reclaim", 50_000);
    }

    function test_WhatElseAProgrammeAsks() public {
        _openForThousands();
        IProgrammes.Spend memory spend = _spend(amal, grocer, 12_50, 0);
        vm.prank(grocer);
        programmes.refund(programme, spend, 2_50);
        _under("refund", 105_000);
        _fund(programme, 10_00);
        _allow(granter, 10_00);
        IProgrammes.Grant memory grant = _grantSlip(bela, 10_00, "act");
        vm.prank(stranger);
        programmes.grant(programme, grant);
        _under("grant", 100_000);
    }

    function _thousandsTerms() private returns (IProgrammes.Terms memory terms) {
        terms = _terms();
        terms.total = uint48(HOLDERS) * EACH;
    }

    function _openForThousands() private {
        IProgrammes.Terms memory terms = _thousandsTerms();
        _open(terms);
        uint256 announced_cents = uint256(terms.total) * terms.periods;
        vm.prank(treasurer);
        currency.issue(sponsor, announced_cents, "subsidy");
        _fund(programme, announced_cents);
    }

    /// @dev A hundred holders, of whom neighbours are at one shop.
    function _posts(bool isFirst, uint16 nonce, uint256 shops) private {
        IProgrammes.Spend[] memory spends = new IProgrammes.Spend[](OF_A_BATCH);
        address[] memory at = _shops(shops);
        for (uint256 i; i < OF_A_BATCH; ++i) {
            address shop = at[i * shops / OF_A_BATCH];
            spends[i] = _slip(roll[i], shop, 5_20, nonce);
        }
        IProgrammes.Place[] memory places = new IProgrammes.Place[](isFirst ? OF_A_BATCH : 0);
        for (uint256 i; i < places.length; ++i) {
            places[i] = _places(roll[i])[0];
        }
        vm.prank(stranger);
        programmes.spendBatch(programme, spends, places);
    }

    /// @dev The grocer alone, or so many that were paid before.
    function _shops(uint256 n) private returns (address[] memory shops) {
        shops = new address[](n);
        shops[0] = grocer;
        for (uint256 i = 1; i < n; ++i) {
            shops[i] = makeAddr(string.concat("shop ", vm.toString(i)));
            if (programmes.categoriesOf(programme, shops[i]) != 0) continue;
            _enrol(Kind.Professional, shops[i]);
            vm.prank(sponsor);
            _accredit(shops[i], FOOD);
        }
    }

    function _underEach(string memory what, uint256 ceiling) private {
        _snapshot(what, vm.lastCallGas().gasTotalUsed / OF_A_BATCH, ceiling);
    }

    function _under(string memory what, uint256 ceiling) private {
        _snapshot(what, vm.lastCallGas().gasTotalUsed, ceiling);
    }

    function _snapshot(string memory what, uint256 gas, uint256 ceiling) private {
        console.log(what, gas);
        vm.snapshotValue("Programmes", what, gas);
        assertLe(gas, ceiling, what);
    }
}
