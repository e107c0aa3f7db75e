// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {IConveyance} from "contracts/land/interfaces/IConveyance.sol";
import {ILandRegister, Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {SaleState, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title A sale that settles, and who has to sign what
contract ConveyanceTest is LandFixture {
    function test_ACashSalePaysEverybodyAndPassesTheTitle() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        assertTrue(register.isUnderSale(house));
        _afterRetraction();
        _settle(sale, terms);

        assertEq(register.ownerOf(house), bob);
        assertFalse(register.isUnderSale(house));
        assertEq(currency.balanceOf(alice), PRICE);
        assertEq(currency.balanceOf(departement), 9_000_01);
        assertEq(currency.balanceOf(commune), 2_400_01);
        assertEq(currency.balanceOf(state), 213_31);
        assertEq(currency.balanceOf(study), 3_000_01);
        assertEq(currency.balanceOf(address(conveyance)), 0);
        assertTrue(conveyance.saleOf(sale).state == SaleState.Settled);
    }

    function test_ChargesArePaidByRankAndTheLendersIsInscribed() public {
        _inscribe(house, bank, 100_000_00);
        _inscribe(house, carol, 20_000_00);
        Terms memory terms = _withLoan(150_000_00);
        uint256 carolBefore = currency.balanceOf(carol);
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);

        assertEq(currency.balanceOf(bank), 100_000_01);
        assertEq(currency.balanceOf(carol), carolBefore + 20_000_00);
        assertEq(currency.balanceOf(alice), 80_000_00);
        Charge[] memory list = charges.chargesOf(house);
        assertEq(list.length, 1);
        assertEq(list[0].creditor, lender);
        assertEq(list[0].amount_cents, 150_000_00);
        assertEq(list[0].number, 3);
    }

    function test_NoTitlePassesWithAChargeThatTheTermsDoNotName() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        Terms memory other = _terms(field, alice, bob);
        uint256 unaware = _openFunded(other);
        _afterRetraction();
        // What is inscribed by another way than a free title is found out at settlement.
        vm.prank(address(conveyance));
        charges.settle(field, 0, Charge(bank, 5, 30_000, 0), DEED);
        _settle(sale, terms);
        _settleReverts(unaware, other, abi.encodeWithSelector(IConveyance.Conveyance_ChargesDiffer.selector, field));
    }

    function test_ACreditorPaidShortMustSign() public {
        uint32 number = _inscribe(house, bank, 100_000_00);
        Terms memory terms = _terms();
        terms.payoffs[0].paid_cents = 90_000_00;
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        bytes[] memory signatures = _deedSignatures(sale, terms, 0);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_SignaturesMismatch.selector, 2, 3));
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);

        signatures = _deedSignatures(sale, terms, 1);
        signatures[2] = _sign(bank, _deed(sale, terms));
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        assertEq(currency.balanceOf(bank), 90_000_01);
        assertEq(charges.chargesOf(house).length, 0);
        assertEq(number, 1);
    }

    function test_AChargeStaysWithItsCreditorsSignatureOnly() public {
        _inscribe(house, bank, 100_000_00);
        Terms memory terms = _terms();
        (terms.payoffs[0].paid_cents, terms.payoffs[0].stays) = (0, true);
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        bytes[] memory signatures = _deedSignatures(sale, terms, 1);
        signatures[2] = _sign(carol, _deed(sale, terms));
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, bank));
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        signatures[2] = _sign(bank, _deed(sale, terms));
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        assertEq(charges.chargesOf(house)[0].creditor, bank);
    }

    function test_CoOwnersSellTogetherAndShareProRataToTheCent() public {
        _enact(house, 3, _rights(Right(alice, RightKind.Full, 2), Right(dave, RightKind.Full, 1)));
        Terms memory terms = _terms(house, alice, bob);
        terms.sold = register.rightsOf(house);
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);
        assertEq(currency.balanceOf(alice), 133_333_33);
        assertEq(currency.balanceOf(dave), 66_666_67);
    }

    function test_OneCoOwnerCannotSellTheOthersShare() public {
        _enact(house, 2, _rights(Right(alice, RightKind.Full, 1), Right(dave, RightKind.Full, 1)));
        Terms memory terms = _terms(house, alice, bob);
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);
        vm.expectRevert(
            abi.encodeWithSelector(ILandRegister.LandRegister_NotHeld.selector, house, alice, RightKind.Full, 2)
        );
        vm.prank(notary);
        conveyance.open(terms, signatures);
    }

    function test_AShareIsSoldAndTheOtherStays() public {
        _enact(house, 2, _rights(Right(alice, RightKind.Full, 1), Right(dave, RightKind.Full, 1)));
        Terms memory terms = _terms(house, alice, bob);
        (terms.sold[0].shares, terms.bought[0].shares) = (1, 1);
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);
        Right[] memory rights = register.rightsOf(house);
        assertEq(rights.length, 2);
        assertEq(rights[0].holder, dave);
        assertEq(rights[1].holder, bob);
    }

    function test_FullOwnershipIsBoughtApartAsBareAndUse() public {
        Terms memory terms = _terms();
        terms.bought = _rights(Right(bob, RightKind.Bare, 1), Right(carol, RightKind.Usufruct, 1));
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);
        assertEq(register.rightsOf(house).length, 2);
        assertEq(register.ownerOf(house), address(register));
    }

    function test_TheUsufructWeighsAsTheTermsSay() public {
        _enact(house, 1, _rights(Right(alice, RightKind.Bare, 1), Right(dave, RightKind.Usufruct, 1)));
        Terms memory terms = _terms(house, alice, bob);
        terms.sold = register.rightsOf(house);
        terms.usufruct_bps = 4000;
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);
        assertEq(register.ownerOf(house), bob);
        assertEq(currency.balanceOf(alice), 120_000_00);
        assertEq(currency.balanceOf(dave), 80_000_00);
    }

    function test_ACompromisNeedsEverySignature() public {
        Terms memory terms = _terms();
        bytes32 digest = conveyance.compromisDigest(terms);
        bytes[] memory signatures = _signatures(terms, digest, 0);
        signatures[1] = _sign(carol, digest);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, bob));
        vm.prank(notary);
        conveyance.open(terms, signatures);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_SignaturesMismatch.selector, 0, 2));
        vm.prank(notary);
        conveyance.open(terms, new bytes[](0));
    }

    function test_ACompromisOpensOnce() public {
        Terms memory terms = _terms();
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);
        uint256 sale = _open(terms);
        vm.startPrank(notary);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_UnderSale.selector, house));
        conveyance.open(terms, signatures);
        vm.stopPrank();
        vm.prank(court);
        conveyance.cancelByOrder(sale, DEED);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_Stale.selector, house, 3));
        vm.prank(notary);
        conveyance.open(terms, signatures);
    }

    function test_SignaturesOfAnotherChainOrContractAreVoid() public {
        Terms memory terms = _terms();
        vm.chainId(999);
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);
        vm.chainId(31337);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, alice));
        vm.prank(notary);
        conveyance.open(terms, signatures);
    }

    function test_ACompromisIsNotADeed() public {
        Terms memory terms = _terms();
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, alice));
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
    }

    function test_SolaTransactionsPendingBarEveryOtherAct() public {
        _open(_terms());
        bytes memory underSale = abi.encodeWithSelector(ILandRegister.LandRegister_UnderSale.selector, house);
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 1, 30_000, DEED));
        _attest(address(charges), act);
        vm.expectRevert(underSale);
        _post(address(charges), act);
        vm.expectRevert(underSale);
        vm.prank(court);
        register.forcedTransfer(alice, carol, house);
        vm.expectRevert(underSale);
        vm.prank(registrar);
        register.rescale(house, 2);
    }

    function test_AnyChangeAsksEverybodyAgain() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        Terms memory other = _terms();
        other.version = terms.version;
        other.documentHash = keccak256("other");
        bytes[] memory old = _deedSignatures(sale, terms, 0);
        bytes32 digest = conveyance.amendmentDigest(sale, conveyance.hashTerms(terms), conveyance.hashTerms(other));
        bytes[] memory signatures = _signatures(other, digest, 0);
        vm.startPrank(notary);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, alice));
        conveyance.amend(sale, terms, other, old);
        conveyance.amend(sale, terms, other, signatures);
        vm.stopPrank();
        assertTrue(conveyance.saleOf(sale).state == SaleState.Deposited);
        _afterRetraction();
        bytes32 termsHash = conveyance.hashTerms(terms);
        vm.startPrank(notary);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_OtherTerms.selector, termsHash));
        conveyance.settle(sale, terms, old);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, alice));
        conveyance.settle(sale, other, old);
        vm.stopPrank();
        _settle(sale, other);
        assertEq(register.ownerOf(house), bob);
    }

    function test_AnAmendmentLeavesNobodyWithMorePaidThanPledged() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        Terms memory other = _terms();
        other.version = terms.version;
        other.funding = _payments(carol, _total(other));
        bytes[] memory signatures = _signatures(
            other, conveyance.amendmentDigest(sale, conveyance.hashTerms(terms), conveyance.hashTerms(other)), 0
        );
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPledged.selector, sale, bob, _total(terms)));
        vm.prank(notary);
        conveyance.amend(sale, terms, other, signatures);
    }

    function test_OnlyTheNotaryOpensSettlesAndStates() public {
        Terms memory terms = _terms();
        bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, registrar);
        vm.startPrank(registrar);
        vm.expectRevert(refused);
        conveyance.open(terms, new bytes[](0));
        vm.expectRevert(refused);
        conveyance.settle(1, terms, new bytes[](0));
        vm.expectRevert(refused);
        conveyance.amend(1, terms, terms, new bytes[](0));
        vm.expectRevert(refused);
        conveyance.meetCondition(1, 1, DEED);
        vm.expectRevert(refused);
        conveyance.failCondition(1, 1, DEED);
        vm.expectRevert(refused);
        conveyance.cancelByOrder(1, DEED);
    }

    function _settleReverts(uint256 sale, Terms memory terms, bytes memory reason) private {
        bytes[] memory signatures = _deedSignatures(sale, terms, 0);
        vm.expectRevert(reason);
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
    }
}
