// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {IConveyance} from "contracts/land/interfaces/IConveyance.sol";
import {ILandRegister} from "contracts/land/interfaces/ILandRegister.sol";
import {Loan, Payment, SaleState, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title Whoever falls silent, at every state: the title is free again and everyone has what they paid
contract LandSilenceTest is LandFixture {
    uint256 private constant RICH = 1_000_000_00;
    uint256 private constant LOAN = 150_000_00;

    Terms private terms;
    uint256 private sale;

    /// @dev Bob pays a part, a lender the rest; a charge of the bank's is to stay; loan and permit are conditions.
    function setUp() public override {
        super.setUp();
        _inscribe(house, bank, 100_000_00);
        Terms memory some = _terms();
        (some.payoffs[0].paid_cents, some.payoffs[0].stays) = (0, true);
        some.loan = Loan(lender, LOAN, 30_000);
        some.conditions = 3;
        some.funding = new Payment[](2);
        some.funding[0] = Payment(bob, _total(some) - LOAN);
        some.funding[1] = Payment(lender, LOAN);
        _keep(some, terms);
    }

    function test_AgreedWhenNobodyPays() public {
        sale = _open(terms);
        _expires(terms.depositBy);
    }

    function test_AgreedWhenOnePayerPaysAndTheOtherDoesNot() public {
        sale = _open(terms);
        _fund(sale, bob, terms.deposit_cents - 1);
        assertTrue(conveyance.saleOf(sale).state == SaleState.Agreed);
        _expires(terms.depositBy);
    }

    function test_DepositedWhenNobodyStatesTheConditions() public {
        _deposited();
        _expires(terms.conditionsBy);
    }

    function test_DepositedWhenOneConditionIsMetAndTheOtherNever() public {
        _deposited();
        vm.prank(notary);
        conveyance.meetCondition(sale, 1, DEED);
        _expires(terms.conditionsBy);
    }

    function test_DepositedWhenTheBuyerNeverPaysTheRest() public {
        _deposited();
        _conditionsMet();
        _fund(sale, lender, LOAN);
        _expires(terms.settleBy);
    }

    function test_DepositedWhenTheLenderNeverPays() public {
        _deposited();
        _conditionsMet();
        _fund(sale, bob, terms.funding[0].amount_cents - terms.deposit_cents);
        _expires(terms.settleBy);
    }

    function test_FundedWhenAnyoneDoesNotSignTheDeed() public {
        for (uint256 silent; silent < 4; ++silent) {
            uint256 clean = vm.snapshotState();
            _funded();
            _afterRetraction();
            bytes[] memory signatures = _allSign();
            signatures[silent] = "";
            vm.expectPartialRevert(IConveyance.Conveyance_InvalidSignature.selector);
            vm.prank(notary);
            conveyance.settle(sale, terms, signatures);
            _expires(terms.settleBy);
            vm.revertToState(clean);
        }
    }

    function test_FundedWhenEveryoneSignedAndTheNotaryNeverSettles() public {
        _funded();
        _afterRetraction();
        bytes[] memory signatures = _allSign();
        _expires(terms.settleBy);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_WrongState.selector, sale, SaleState.Cancelled));
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
    }

    function test_FundedWhenTheNotaryNeverDeclaresInAZone() public {
        _zoned();
        _funded();
        _expires(terms.settleBy);
    }

    function test_PreEmptedWhenNobodySaysSoToTheSale() public {
        _zoned();
        _funded();
        bytes32 termsHash = conveyance.hashTerms(terms);
        vm.prank(notary);
        planning.declare(house, termsHash, PRICE);
        vm.prank(clerk);
        planning.preempt(termsHash, DEED);
        _expires(terms.settleBy);
    }

    function test_FrozenByACourtThatNeverSpeaksAgain() public {
        _funded();
        vm.prank(court);
        register.setFrozenTokens(alice, house, true);
        _expires(terms.settleBy);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_TitleFrozen.selector, house));
        register.ensureFree(house);
    }

    function test_BarredByOneCaveatAfterAnother() public {
        _funded();
        vm.prank(registrar);
        register.caveat(house, uint64(terms.settleBy + 1), DEED);
        _expires(terms.settleBy);
    }

    function test_CancelledWhenAPayerComesYearsLater() public {
        _funded();
        vm.warp(terms.settleBy + 1);
        conveyance.expire(sale);
        conveyance.refund(sale, lender);
        vm.warp(block.timestamp + 30 * 365 days);
        conveyance.refund(sale, bob);
        assertEq(currency.balanceOf(bob), RICH);
        assertEq(currency.balanceOf(lender), RICH);
    }

    function test_CancelledWhenOnePayerIsFrozenTheOtherIsPaid() public {
        _funded();
        vm.prank(court);
        currency.freeze(lender, DEED);
        vm.warp(terms.settleBy + 1);
        conveyance.expire(sale);
        conveyance.refund(sale, lender);
        conveyance.refund(sale, bob);
        assertEq(currency.balanceOf(bob), RICH);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, lender));
        conveyance.withdraw(lender);
        vm.prank(court);
        currency.unfreeze(lender, DEED);
        conveyance.withdraw(lender);
        assertEq(currency.balanceOf(lender), RICH);
    }

    function test_CancelledWhenAPayerLostTheKey() public {
        _funded();
        vm.prank(court);
        conveyance.cancelByOrder(sale, DEED);
        address bob2 = _person("bob's new key");
        _recover(bob, bob2);
        conveyance.refund(sale, bob);
        assertEq(currency.balanceOf(bob2), RICH);
    }

    function test_SettledWhenAFrozenPayeeComesYearsLater() public {
        vm.prank(court);
        currency.freeze(alice, DEED);
        _funded();
        _afterRetraction();
        bytes[] memory signatures = _allSign();
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        vm.warp(block.timestamp + 30 * 365 days);
        vm.prank(court);
        currency.unfreeze(alice, DEED);
        conveyance.withdraw(alice);
        assertEq(currency.balanceOf(alice), PRICE);
        assertEq(currency.balanceOf(address(conveyance)), 0);
    }

    /// @dev Not before its time; then at a stranger's word, with every cent given back and the title free.
    function _expires(uint256 deadline) private {
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_TooEarly.selector, deadline));
        conveyance.expire(sale);
        vm.warp(deadline + 1);
        uint256 clean = vm.snapshotState();
        vm.startPrank(stranger);
        conveyance.expire(sale);
        if (conveyance.shareOf(sale, bob).paid_cents != 0) conveyance.refund(sale, bob);
        if (conveyance.shareOf(sale, lender).paid_cents != 0) conveyance.refund(sale, lender);
        vm.stopPrank();
        assertEq(currency.balanceOf(bob), RICH);
        assertEq(currency.balanceOf(lender), RICH);
        assertEq(currency.balanceOf(address(conveyance)), 0);
        assertEq(register.ownerOf(house), alice);
        assertFalse(register.isUnderSale(house));
        assertEq(charges.chargesOf(house)[0].creditor, bank);
        vm.revertToState(clean);
        conveyance.expire(sale);
    }

    function _deposited() private {
        sale = _open(terms);
        _fund(sale, bob, terms.deposit_cents);
        assertTrue(conveyance.saleOf(sale).state == SaleState.Deposited);
    }

    function _conditionsMet() private {
        vm.startPrank(notary);
        conveyance.meetCondition(sale, 1, DEED);
        conveyance.meetCondition(sale, 2, DEED);
        vm.stopPrank();
    }

    function _funded() private {
        sale = _openFunded(terms);
        _conditionsMet();
    }

    function _zoned() private {
        uint256[] memory ids = new uint256[](1);
        ids[0] = house;
        vm.prank(clerk);
        planning.place(zone, ids);
    }

    /// @dev Seller, buyer, lender, and the bank whose charge stays.
    function _allSign() private view returns (bytes[] memory signatures) {
        bytes32 digest = _deed(sale, terms);
        signatures = _signatures(terms, digest, 2);
        (signatures[2], signatures[3]) = (_sign(lender, digest), _sign(bank, digest));
    }
}
