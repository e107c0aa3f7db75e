// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";

import {ICreditSlips} from "contracts/currency/interfaces/ICreditSlips.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title What mutual credit costs, transaction by transaction, under its ceilings
/// forge-config: default.isolate = true
contract MutualCreditGasTest is MutualCreditFixture {
    uint256 private constant BATCH = 100;

    function setUp() public {
        _found();
    }

    function test_APaymentStaysUnderItsCeiling() public {
        _pays(lea, omar, 10_00);
        _under("pay", 39_500);
        _pays(lea, omar, 75_00);
        _under("pay, with a warning", 41_500);
    }

    function test_APaymentBySlipStaysUnderItsCeiling() public {
        circle.payBySlip(_slip(lea, omar, 10_00, 0));
        _under("pay by slip, first of a member", 48_000);
        circle.payBySlip(_slip(lea, omar, 10_00, 1));
        _under("pay by slip, second of a member", 48_000);
        circle.payBySlip(_slip(lea, omar, 10_00, 1 << 200));
        _under("pay by slip, first of a word of nonces", 69_000);
    }

    function test_EachOfAHundredSlipsStaysUnderItsCeiling() public {
        ICreditSlips.CreditSlip[] memory slips = new ICreditSlips.CreditSlip[](BATCH);
        address[] memory people = new address[](BATCH);
        for (uint256 i; i < BATCH; ++i) {
            people[i] = _person(string.concat("member ", vm.toString(i)), Kind.Citizen);
        }
        for (uint256 i; i < BATCH; ++i) {
            slips[i] = _slip(people[i], people[(i + 1) % BATCH], 12_34 + i, 0);
        }
        uint256 before = vm.snapshotState();
        assertEq(circle.payBatch(slips), BATCH);
        _eachUnder("pay by slip, each of 100 at once", 21_000);
        vm.revertToState(before);

        _limits(omar, 0, type(uint32).max);
        for (uint256 i; i < BATCH; ++i) {
            slips[i] = _slip(people[i], omar, 12_34 + i, 0);
        }
        assertEq(circle.payBatch(slips), BATCH);
        _eachUnder("pay by slip, each of 100 customers of one shop at once", 21_000);
        vm.revertToState(before);

        for (uint256 i; i < BATCH; ++i) {
            address payee = _person(string.concat("payee ", vm.toString(i)), Kind.Citizen);
            slips[i] = _slip(people[i], payee, 12_34 + i, 0);
        }
        assertEq(circle.payBatch(slips), BATCH);
        _eachUnder("pay by slip, each of 100 at once, between 200 members", 25_000);
    }

    function test_VouchingAndItsEndStayUnderTheirCeilings() public {
        _vouches(marc, lea, 10_00);
        _under("vouch", 100_000);
        vm.prank(marc);
        circle.unvouch(marc, lea, 10_00, 0, "");
        _under("take a vouch back", 65_000);
        _vouches(marc, lea, 10_00);
        _pays(lea, omar, 110_00);
        _isGone(lea);
        _calls(lea, marc);
        _under("call a voucher", 70_000);
        circle.writeOff(lea);
        _under("write off", 50_000);
    }

    function test_AMixedPaymentStaysUnderItsCeilings() public {
        uint256 before = vm.snapshotState();
        vm.prank(lea);
        circle.payMixed(omar, 50_00, 10_00, "invoice");
        _under("pay mixed", 62_000);
        vm.revertToState(before);
        circle.payMixedBySlip(_mixedSlip(lea, omar, 50_00, 10_00, 0));
        _under("pay mixed, by slip", 70_000);
        vm.revertToState(before);
        vm.prank(lea);
        currency.approve(address(circle), 100_00);
        vm.prank(lea);
        circle.payMixed(omar, 50_00, 10_00, "invoice");
        _under("pay mixed, of an allowance that is spent down", 62_000);
    }

    function _under(string memory what, uint256 ceiling) private {
        _note(what, vm.lastCallGas().gasTotalUsed, ceiling);
    }

    function _eachUnder(string memory what, uint256 ceiling) private {
        _note(what, vm.lastCallGas().gasTotalUsed / BATCH, ceiling);
    }

    function _note(string memory what, uint256 gas, uint256 ceiling) private {
        console.log(what, gas);
        vm.snapshotValue("MutualCredit", what, gas);
        assertLe(gas, ceiling, what);
    }
}
