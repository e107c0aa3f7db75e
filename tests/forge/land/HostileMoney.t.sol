// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IConveyance, SaleState, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";
import {TokenMock} from "tests/forge/land/TokenMock.sol";

/// @title A sale whose money turns on it: no one is blocked, no cent is lost
contract HostileMoneyTest is LandFixture {
    TokenMock private mock;

    function _token() internal override returns (IERC20) {
        mock = new TokenMock();
        return mock;
    }

    function _mint(address to, uint256 amount_cents) internal override {
        mock.mint(to, amount_cents);
        vm.prank(to);
        mock.approve(address(conveyance), type(uint256).max);
    }

    function test_APayeeWhosePaymentFailsInAnyWayIsCredited() public {
        TokenMock.Mood[3] memory moods = [TokenMock.Mood.ReturnsFalse, TokenMock.Mood.Reverts, TokenMock.Mood.BurnsGas];
        uint256 clean = vm.snapshotState();
        for (uint256 i; i < moods.length; ++i) {
            Terms memory terms = _terms();
            uint256 sale = _openFunded(terms);
            _afterRetraction();
            mock.sulk(moods[i], alice);
            _settle(sale, terms);

            assertEq(register.ownerOf(house), bob);
            assertEq(conveyance.owedTo(alice), PRICE);
            assertEq(mock.balanceOf(address(conveyance)), PRICE);
            assertEq(mock.balanceOf(study), 3_000_01);
            mock.sulk(TokenMock.Mood.Honest, address(0));
            conveyance.withdraw(alice);
            assertEq(mock.balanceOf(alice), PRICE);
            vm.expectRevert(abi.encodeWithSelector(ITill.Till_NothingOwed.selector, alice));
            conveyance.withdraw(alice);
            vm.revertToState(clean);
        }
    }

    function test_WhenTheWholeTokenRefusesTheTitleStillPasses() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        mock.sulk(TokenMock.Mood.BurnsGas, address(0));
        _settle(sale, terms);
        uint256 owed = conveyance.owedTo(alice) + conveyance.owedTo(study) + conveyance.owedTo(departement)
            + conveyance.owedTo(commune) + conveyance.owedTo(state);
        assertEq(owed, _total(terms));
        assertEq(mock.balanceOf(address(conveyance)), owed);
    }

    function test_ADepositThatReturnsFalseIsNoDeposit() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        mock.sulk(TokenMock.Mood.ReturnsFalse, address(0));
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, mock));
        vm.prank(bob);
        conveyance.fund(sale, terms.deposit_cents);
        assertTrue(conveyance.saleOf(sale).state == SaleState.Agreed);
    }

    function test_ACommissionOnTheWayInIsRefused() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        mock.sulk(TokenMock.Mood.TakesCommission, address(0));
        vm.expectRevert(ITill.Till_PaymentFailed.selector);
        vm.prank(bob);
        conveyance.fund(sale, terms.deposit_cents);
    }

    function test_ASlipThatMovesNothingPaysNothing() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        vm.expectRevert(ITill.Till_PaymentFailed.selector);
        conveyance.fundBySlip(sale, bob, terms.deposit_cents, 0, START + 1, DEED, "");

        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(house, bob, 5))));
        vm.prank(clerk);
        tax.publishRoll(2027, leaf, 5);
        vm.expectRevert(ILandTax.LandTax_PaymentFailed.selector);
        tax.payBySlip(2027, house, bob, 5, new bytes32[](0), bob, START + 1, "");
    }

    function test_ARefundThatFailsIsCredited() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        vm.prank(court);
        conveyance.cancelByOrder(sale, DEED);
        mock.sulk(TokenMock.Mood.ReturnsFalse, bob);
        uint256 paid_cents = conveyance.shareOf(sale, bob).paid_cents;
        vm.expectEmit(address(conveyance));
        emit ITill.Credited(sale, bob, paid_cents);
        conveyance.refund(sale, bob);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, mock));
        conveyance.withdraw(bob);
        mock.sulk(TokenMock.Mood.Honest, address(0));
        conveyance.withdraw(bob);
        assertEq(mock.balanceOf(bob), 1_000_000_00);
    }

    function test_ATokenThatCallsBackDoesNotGetIn() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        Terms memory other = _terms(field, alice, bob);
        uint256 cancelled = _openFunded(other);
        vm.prank(court);
        conveyance.cancelByOrder(cancelled, DEED);
        _afterRetraction();
        mock.onTransfer(address(conveyance), abi.encodeCall(IConveyance.refund, (cancelled, bob)));
        _settle(sale, terms);
        assertEq(mock.balanceOf(alice), PRICE);
        assertEq(conveyance.shareOf(cancelled, bob).paid_cents, _total(other));
    }

    function test_ACurrencyThatMeltsIsNoEscrow() public {
        ILocalCurrency melting = ILocalCurrency(
            deployCode(
                "LocalCurrency.sol:LocalCurrency",
                abi.encode(
                    ILocalCurrency.Charter(
                        "M",
                        "M",
                        address(town),
                        residents,
                        commons,
                        0,
                        0,
                        0,
                        type(uint128).max,
                        1 days,
                        ILocalCurrency(address(0))
                    )
                )
            )
        );
        token = melting;
        vm.expectRevert(ITill.Till_MeltingCurrency.selector);
        this.create("Conveyance.sol:Conveyance", abi.encode(_offices()));
    }
}
