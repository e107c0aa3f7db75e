// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {Cause, IConveyance, SaleState, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {ILandRegister} from "contracts/land/interfaces/ILandRegister.sol";
import {IPlanning} from "contracts/land/interfaces/IPlanning.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title How a sale ends when someone is silent, refuses, or is stopped
contract ConveyanceExitsTest is LandFixture {
    function test_NothingSettlesBeforeTheTimeToRetractIsOver() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        vm.warp(terms.retractUntil);
        _settleReverts(
            sale, terms, abi.encodeWithSelector(IConveyance.Conveyance_TooEarly.selector, terms.retractUntil)
        );
    }

    function test_NothingSettlesPastItsDeadlineOrUnfunded() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        _fund(sale, bob, terms.deposit_cents);
        _afterRetraction();
        _settleReverts(
            sale,
            terms,
            abi.encodeWithSelector(IConveyance.Conveyance_NotFunded.selector, terms.deposit_cents, _total(terms))
        );
        vm.warp(terms.settleBy + 1);
        _settleReverts(sale, terms, abi.encodeWithSelector(IConveyance.Conveyance_TooLate.selector, terms.settleBy));
    }

    function test_ABuyerRetractsByASlipAndIsRefundedInFull() public {
        Terms memory terms = _terms();
        uint256 before = currency.balanceOf(bob);
        uint256 sale = _openFunded(terms);
        bytes memory slip = _sign(bob, conveyance.retractionDigest(sale));
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_OnlyBuyer.selector, carol));
        conveyance.retract(sale, terms, carol, slip);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, bob));
        conveyance.retract(sale, terms, bob, "");
        conveyance.retract(sale, terms, bob, slip);
        conveyance.refund(sale, bob);
        assertEq(currency.balanceOf(bob), before);
        assertFalse(register.isUnderSale(house));
        vm.expectRevert(abi.encodeWithSelector(ITill.Till_NothingOwed.selector, bob));
        conveyance.refund(sale, bob);
    }

    function test_ABuyerDoesNotRetractTooLate() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_TooLate.selector, terms.retractUntil));
        vm.prank(bob);
        conveyance.retract(sale, terms, bob, "");
    }

    function test_ABuyerWhoNeverPaysLocksTheTitleUntilTheDepositIsDue() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        vm.warp(terms.depositBy);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_TooEarly.selector, terms.depositBy));
        conveyance.expire(sale);
        vm.warp(terms.depositBy + 1);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_TooLate.selector, terms.depositBy));
        vm.prank(bob);
        conveyance.fund(sale, 1);
        vm.prank(stranger);
        conveyance.expire(sale);
        assertFalse(register.isUnderSale(house));
    }

    function test_ADepositIsNeverStuckWhenNobodySettles() public {
        Terms memory terms = _terms();
        uint256 before = currency.balanceOf(bob);
        uint256 sale = _openFunded(terms);
        vm.warp(terms.settleBy + 1);
        vm.startPrank(stranger);
        conveyance.expire(sale);
        conveyance.refund(sale, bob);
        assertEq(currency.balanceOf(bob), before);
    }

    function test_AConditionNobodyMeetsEndsTheSale() public {
        Terms memory terms = _terms();
        terms.conditions = 3;
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settleReverts(sale, terms, abi.encodeWithSelector(IConveyance.Conveyance_ConditionsPending.selector, 3));
        vm.warp(terms.conditionsBy + 1);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_TooLate.selector, terms.conditionsBy));
        vm.prank(notary);
        conveyance.meetCondition(sale, 1, DEED);
        conveyance.expire(sale);
        assertTrue(conveyance.saleOf(sale).state == SaleState.Cancelled);
    }

    function test_ConditionsAreMetByTheNotaryAndByAPermit() public {
        vm.startPrank(clerk);
        planning.setPermitRule(1, IPlanning.PermitRule(2 days, 700 days, 90 days));
        vm.stopPrank();
        vm.startPrank(alice);
        uint256 permit = planning.filePermit(house, 1, DEED);
        uint256 elsewhere = planning.filePermit(field, 1, DEED);
        vm.stopPrank();
        Terms memory terms = _terms();
        terms.conditions = 3;
        uint256 sale = _openFunded(terms);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPermitted.selector, permit));
        conveyance.meetByPermit(sale, permit);
        _afterRetraction();
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPermitted.selector, elsewhere));
        conveyance.meetByPermit(sale, elsewhere);
        conveyance.meetByPermit(sale, permit);
        vm.prank(notary);
        conveyance.meetCondition(sale, 1, DEED);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPending.selector, sale, 1));
        vm.prank(notary);
        conveyance.meetCondition(sale, 1, DEED);
        _settle(sale, terms);
        assertEq(register.ownerOf(house), bob);
    }

    function test_AFailedConditionRefundsTheBuyer() public {
        Terms memory terms = _terms();
        terms.conditions = 1;
        uint256 sale = _openFunded(terms);
        vm.expectEmit(address(conveyance));
        emit IConveyance.SaleCancelled(sale, Cause.ConditionFailed, DEED);
        vm.prank(notary);
        conveyance.failCondition(sale, 1, DEED);
        conveyance.refund(sale, bob);
    }

    function test_InAZoneNothingSettlesUntilTheRightIsPurged() public {
        _zoned();
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        bytes32 termsHash = conveyance.hashTerms(terms);
        _afterRetraction();
        bytes memory refused = abi.encodeWithSelector(IConveyance.Conveyance_NotPurged.selector, termsHash);
        _settleReverts(sale, terms, refused);
        vm.prank(notary);
        planning.declare(house, termsHash, PRICE);
        _settleReverts(sale, terms, refused);
        vm.warp(block.timestamp + ANSWER_S + 1);
        vm.expectRevert();
        vm.prank(clerk);
        planning.preempt(termsHash, DEED);
        _settle(sale, terms); // silence renounced
        assertEq(register.ownerOf(house), bob);
    }

    function test_APreEmptedSaleEndsAndRefundsTheBuyer() public {
        _zoned();
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        bytes32 termsHash = conveyance.hashTerms(terms);
        vm.prank(notary);
        planning.declare(house, termsHash, PRICE);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPreempted.selector, termsHash));
        conveyance.cancelPreempted(sale);
        vm.prank(clerk);
        planning.preempt(termsHash, DEED);
        vm.startPrank(stranger);
        conveyance.cancelPreempted(sale);
        conveyance.refund(sale, bob);
        assertEq(currency.balanceOf(bob), 1_000_000_00);
    }

    function test_ACaveatLodgedDuringASaleBlocksItWhileItLasts() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        vm.prank(registrar);
        register.caveat(house, uint64(START + 20 days), DEED);
        _afterRetraction();
        _settleReverts(sale, terms, abi.encodeWithSelector(ILandRegister.LandRegister_Caveat.selector, house, DEED));
        vm.warp(START + 20 days + 1);
        _settle(sale, terms);
        assertEq(register.ownerOf(house), bob);
    }

    function test_AFrozenTitleNeitherSellsNorHoldsTheMoney() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        vm.prank(court);
        register.setFrozenTokens(alice, house, true);
        _afterRetraction();
        _settleReverts(sale, terms, abi.encodeWithSelector(ILandRegister.LandRegister_TitleFrozen.selector, house));
        vm.prank(court);
        conveyance.cancelByOrder(sale, DEED);
        conveyance.refund(sale, bob);
        assertFalse(register.isUnderSale(house));
    }

    function test_ATaxThatChangedAsksForOtherTerms() public {
        Terms memory terms = _terms();
        terms.tax_cents += 1;
        terms.funding = _payments(bob, _total(terms));
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settleReverts(
            sale,
            terms,
            abi.encodeWithSelector(IConveyance.Conveyance_TaxChanged.selector, terms.tax_cents, terms.tax_cents - 1)
        );
    }

    function test_SellersAndBuyersGiveUpTogether() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        bytes[] memory signatures = _signatures(terms, conveyance.rescissionDigest(sale), 0);
        bytes memory good = signatures[0];
        signatures[0] = signatures[1];
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, alice));
        conveyance.rescind(sale, terms, signatures);
        signatures[0] = good;
        conveyance.rescind(sale, terms, signatures);
        conveyance.refund(sale, bob);
    }

    function test_StrangersAndOverpayersDoNotFund() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPledged.selector, sale, carol, 1));
        vm.prank(carol);
        conveyance.fund(sale, 1);
        uint256 tooMuch = _total(terms) + 1;
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPledged.selector, sale, bob, tooMuch));
        vm.prank(bob);
        conveyance.fund(sale, tooMuch);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_WrongState.selector, 7, SaleState.None));
        conveyance.fund(7, 1);
    }

    function test_ABuyerFundsByASlipThatServesNoOtherSale() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        uint256 other = _open(_terms(field, alice, bob));
        uint256 amount = terms.deposit_cents;
        bytes32 slip = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                bob,
                address(conveyance),
                amount,
                0,
                block.timestamp + 1,
                conveyance.slipNonce(conveyance.hashTerms(terms), DEED)
            )
        );
        bytes memory signature = _sign(bob, keccak256(abi.encodePacked("\x19\x01", currency.DOMAIN_SEPARATOR(), slip)));
        vm.startPrank(stranger);
        vm.expectRevert();
        conveyance.fundBySlip(other, bob, amount, 0, block.timestamp + 1, DEED, signature);
        conveyance.fundBySlip(sale, bob, amount, 0, block.timestamp + 1, DEED, signature);
        assertEq(conveyance.shareOf(sale, bob).paid_cents, amount);
        assertTrue(conveyance.saleOf(sale).state == SaleState.Deposited);
    }

    function test_AfterARecoveryTheNewKeySignsIsPaidAndRefunded() public {
        Terms memory terms = _terms();
        terms.settleBy += 20 days;
        uint256 sale = _openFunded(terms);
        address alice2 = _person("alice's new key");
        address bob2 = _person("bob's new key");
        _recover(alice, alice2);
        _recover(bob, bob2);
        vm.warp(terms.retractUntil + 1);
        _settle(sale, terms);
        assertEq(currency.balanceOf(alice2), PRICE);
        assertEq(register.ownerOf(house), bob2);
        assertEq(register.balanceOf(bob2), 1);
        assertEq(register.balanceOf(alice2), 1);
    }

    function test_APayerWhoLeftOrIsSuspendedHasHerRefundPaidElsewhere() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        uint256 paid_cents = conveyance.shareOf(sale, bob).paid_cents;
        vm.prank(court);
        conveyance.cancelByOrder(sale, DEED);
        vm.startPrank(bob);
        currency.transfer(carol, currency.balanceOf(bob));
        vm.stopPrank();
        vm.prank(registrar);
        residents.suspend(bob, DEED);

        uint256 beforeLeaving = vm.snapshotState();
        for (uint256 departures; departures < 2; ++departures) {
            vm.revertToState(beforeLeaving);
            if (departures == 1) {
                vm.prank(registrar);
                residents.depart(bob);
            }
            vm.prank(stranger);
            conveyance.refund(sale, bob);
            assertEq(conveyance.owedTo(bob), paid_cents);
            vm.expectRevert();
            conveyance.withdraw(bob);
            uint256 before = currency.balanceOf(carol);
            vm.prank(bob);
            conveyance.withdrawTo(bob, carol, 0, "");
            assertEq(currency.balanceOf(carol) - before, paid_cents);
        }
    }

    function test_AFrozenPayeeIsCreditedAndTakesItLater() public {
        vm.prank(court);
        currency.freeze(alice, DEED);
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);
        assertEq(conveyance.owedTo(alice), PRICE);
        assertEq(currency.balanceOf(address(conveyance)), PRICE);
        vm.expectRevert();
        conveyance.withdraw(alice);
        vm.prank(court);
        currency.unfreeze(alice, DEED);
        vm.prank(stranger);
        conveyance.withdraw(alice);
        assertEq(currency.balanceOf(alice), PRICE);
    }

    function test_WhatIsOverStaysOver() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);
        bytes memory over = abi.encodeWithSelector(IConveyance.Conveyance_WrongState.selector, sale, SaleState.Settled);
        vm.expectRevert(over);
        conveyance.expire(sale);
        vm.expectRevert(over);
        conveyance.refund(sale, bob);
        vm.expectRevert(over);
        conveyance.cancelPreempted(sale);
        vm.expectRevert(over);
        vm.prank(bob);
        conveyance.fund(sale, 1);
        _settleReverts(sale, terms, over);
    }

    function _zoned() private {
        uint256[] memory ids = new uint256[](1);
        ids[0] = house;
        vm.prank(clerk);
        planning.place(zone, ids);
    }

    function _settleReverts(uint256 sale, Terms memory terms, bytes memory reason) private {
        bytes[] memory signatures = _deedSignatures(sale, terms, 0);
        vm.expectRevert(reason);
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
    }
}
