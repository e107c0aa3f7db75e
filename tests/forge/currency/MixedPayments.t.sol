// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {MutualCredit} from "contracts/currency/MutualCredit.sol";
import {ICreditSlips} from "contracts/currency/interfaces/ICreditSlips.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title Money first, credit for the rest: all of a payment or nothing
contract MixedPaymentsTest is MutualCreditFixture {
    function setUp() public {
        _found();
    }

    function test_MoneyIsPaidFirst_AndCreditForTheRest() public {
        (uint256 backed_cents, uint256 credit_cents) = circle.split(lea, 100_00);
        assertEq(backed_cents, POCKET);
        assertEq(credit_cents, 100_00 - POCKET);
        vm.expectEmit(address(circle));
        emit IMutualCredit.MixedPaid(lea, omar, POCKET, 60_00, "invoice");
        _mixes(100_00, 60_00);
        assertEq(currency.balanceOf(lea), 0);
        assertEq(currency.balanceOf(omar), 2 * POCKET);
        assertEq(_balance(lea), -60_00);
        assertEq(_balance(omar), 60_00);
    }

    function test_WhereMoneyIsEnough_NothingIsOwed_AndWhereThereIsNone_AllOfItIs() public {
        _mixes(POCKET, 0);
        assertEq(_balance(lea), 0);
        assertEq(currency.balanceOf(omar), 2 * POCKET);
        vm.recordLogs();
        _mixes(30_00, 30_00);
        assertEq(vm.getRecordedLogs().length, 1, "no money moved");
        assertEq(_balance(lea), -30_00);
    }

    function testFuzz_APaymentIsMadeInFullOrNotAtAll(uint256 amount_cents, uint256 most_cents, uint32 floor) public {
        _limits(lea, floor, type(uint32).max);
        amount_cents = bound(amount_cents, 1, 2 * uint256(CEILING));
        most_cents = bound(most_cents, 0, amount_cents);
        vm.prank(lea);
        (bool paid,) =
            address(circle).call(abi.encodeCall(circle.payMixed, (omar, amount_cents, most_cents, "invoice")));
        int256 came = int256(currency.balanceOf(omar)) - int256(uint256(POCKET)) + _balance(omar);
        assertEq(came, paid ? int256(amount_cents) : int256(0));
        assertEq(int256(currency.balanceOf(lea)) + _balance(lea), int256(uint256(POCKET)) - came);
        uint256 credit_cents = amount_cents > POCKET ? amount_cents - POCKET : 0;
        assertEq(paid, credit_cents <= most_cents && credit_cents <= floor && credit_cents <= CEILING);
    }

    function test_NothingIsMixed_NorForOneself() public {
        vm.expectRevert(IMutualCredit.MutualCredit_NoAmount.selector);
        _mixes(0, 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_Oneself.selector, lea));
        vm.prank(lea);
        circle.payMixed(lea, 1, 0, "invoice");
    }

    function test_NoMoreIsOwedThanSheAgreedTo_ThoughHerMoneyWentMeanwhile() public {
        ICreditSlips.MixedSlip memory slip = _mixedSlip(lea, omar, 50_00, 10_00, 0);
        vm.prank(lea);
        currency.transfer(marc, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_TooMuchCredit.selector, 10_01, 10_00));
        circle.payMixedBySlip(slip);
        assertFalse(circle.slipUsed(lea, 0));
        vm.prank(marc);
        currency.transfer(lea, 2);
        circle.payMixedBySlip(slip);
        assertEq(_balance(lea), -9_99, "and less where there is more");
    }

    function test_WhereCreditIsRefused_NoMoneyMoves() public {
        _limits(lea, 10_00, CEILING);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 10_01, 10_00));
        _mixes(POCKET + 10_01, 20_00);
        _limits(omar, 0, 5_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_AboveCeiling.selector, omar, 5_01, 5_00));
        _mixes(POCKET + 5_01, 20_00);
        assertEq(currency.balanceOf(lea), POCKET);
        assertEq(currency.balanceOf(omar), POCKET);
    }

    function test_AnAllowanceTakenBackBetweenSigningAndPosting_LeavesBothUntouched() public {
        ICreditSlips.MixedSlip memory slip = _mixedSlip(lea, omar, 50_00, 50_00, 0);
        vm.prank(lea);
        currency.approve(address(circle), POCKET - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(circle), POCKET - 1, POCKET
            )
        );
        circle.payMixedBySlip(slip);
        assertEq(_balance(lea), 0, "it is not owed instead");
        assertFalse(circle.slipUsed(lea, 0));
        vm.prank(lea);
        currency.approve(address(circle), POCKET);
        circle.payMixedBySlip(slip);
        assertEq(currency.allowance(lea, address(circle)), 0);
    }

    function test_AnAccountThatACourtFroze_MixesNothing() public {
        vm.prank(court);
        currency.freeze(lea, "order");
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, lea));
        _mixes(50_00, 10_00);
        assertEq(_balance(lea), 0);
    }

    function test_WhereTheCurrencyIsPaused_NothingIsMixed() public {
        vm.prank(guardian);
        currency.pause{value: 1}();
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        _mixes(50_00, 10_00);
        assertEq(_balance(lea), 0);
    }

    function test_ACircleWithoutACurrencyMixesNothing() public {
        IMutualCredit.Charter memory charter = _charter();
        charter.currency = ILocalCurrency(address(0));
        MutualCredit other = _circle(charter);
        vm.expectRevert(IMutualCredit.MutualCredit_NoCurrency.selector);
        vm.prank(lea);
        other.payMixed(omar, 1, 1, "invoice");
        vm.expectRevert(IMutualCredit.MutualCredit_NoCurrency.selector);
        other.split(lea, 1);
    }

    /// @dev A currency of the field: it answers false, and moves nothing.
    function test_ACurrencyThatSaysItDidNotPay_IsNotBelieved() public {
        vm.mockCall(address(currency), abi.encodeWithSelector(currency.transferFrom.selector), abi.encode(false));
        vm.expectRevert(IMutualCredit.MutualCredit_PaymentFailed.selector);
        _mixes(50_00, 10_00);
        assertEq(_balance(lea), 0);
    }

    function _mixes(uint256 amount_cents, uint256 mostCredit_cents) private {
        vm.prank(lea);
        circle.payMixed(omar, amount_cents, mostCredit_cents, "invoice");
    }
}
