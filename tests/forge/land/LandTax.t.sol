// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

contract LandTaxTest is LandFixture {
    uint256 private constant YEAR = 2027;
    uint256 private constant BILL = 1_234_56;

    function test_ATaxHasThreePartsEachRoundedDown() public view {
        ILandTax.Assessment memory due = tax.assess(100_01, START / 1 days);
        assertEq(due.departement_cents, 450); // 450.045
        assertEq(due.commune_cents, 120); // 120.012
        assertEq(due.state_cents, 10); // 10.666
    }

    function test_ADayWithoutRatesRevertsRatherThanTaxingNothing() public {
        uint256 before = START / 1 days - 1;
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_NoRates.selector, before));
        tax.assess(PRICE, before);
    }

    function test_APriceAboveTheTableReverts() public {
        _setRates(START / 1 days + 1, 100, 1, 200, 1);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_NoBracket.selector, 201));
        tax.assess(201, START / 1 days + 1);
    }

    function test_EachSlabIsTaxedAtItsOwnRate() public {
        _setRates(START / 1 days + 1, 1_000, 100_000, type(uint64).max, 1_000_000); // 1 %, then 10 %
        assertEq(tax.assess(1_000, START / 1 days + 1).departement_cents, 10);
        assertEq(tax.assess(3_000, START / 1 days + 1).departement_cents, 210);
    }

    function test_TheTableOfTheDayApplies() public {
        _setRates(START / 1 days + 10, 100, 0, type(uint64).max, 1_000_000);
        assertEq(tax.assess(1_000, START / 1 days + 9).departement_cents, 45);
        assertEq(tax.assess(1_000, START / 1 days + 10).departement_cents, 90);
    }

    function test_DutiesAreTodaysAndNameWhoIsPaid() public {
        _setRates(START / 1 days + 10, 100, 0, type(uint64).max, 1_000_000);
        (ILandTax.Assessment memory due, ILandTax.Beneficiaries memory to) = tax.duties(1_000);
        assertEq(due.departement_cents, 45);
        assertEq(to.departement, departement);
        assertEq(to.commune, commune);
        assertEq(to.state, state);
        vm.warp(START + 10 days);
        (due,) = tax.duties(1_000);
        assertEq(due.departement_cents, 90);
    }

    function test_TablesAreNeitherRetroactiveNorOutOfOrder() public {
        _setRates(START / 1 days + 10, 100, 0, 200, 1);
        uint256[2] memory wrong = [START / 1 days - 1, START / 1 days + 10];
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_InvalidDay.selector, wrong[i]));
            this.setRates(wrong[i], 100, 0, 200, 1);
        }
    }

    function test_TablesRiseAndNeverTakeEverything() public {
        vm.expectRevert(ILandTax.LandTax_InvalidBrackets.selector);
        this.setRates(START / 1 days + 1, 200, 0, 200, 1);
        vm.expectRevert(ILandTax.LandTax_InvalidBrackets.selector);
        this.setRates(START / 1 days + 1, 100, 10_000_001, 200, 1);
        vm.expectRevert(ILandTax.LandTax_InvalidBrackets.selector);
        vm.prank(clerk);
        tax.setRates(uint24(START / 1 days + 1), new ILandTax.Bracket[](9), DEED);
        vm.expectRevert(ILandTax.LandTax_InvalidBrackets.selector);
        vm.prank(clerk);
        tax.setRates(uint24(START / 1 days + 1), new ILandTax.Bracket[](0), DEED);
    }

    function testFuzz_TheTaxRisesWithThePriceAndNeverExceedsIt(uint64 a, uint64 b) public view {
        (uint256 low, uint256 high) = a < b ? (a, b) : (b, a);
        assertLe(_sum(low), _sum(high));
        assertLe(_sum(high), high);
    }

    function test_ABeneficiaryIsSomebody() public {
        vm.startPrank(clerk);
        vm.expectRevert(ILandTax.LandTax_NoBeneficiary.selector);
        tax.setBeneficiaries(ILandTax.Beneficiaries(departement, address(0), state));
        tax.setBeneficiaries(ILandTax.Beneficiaries(state, commune, departement));
        assertEq(tax.beneficiaries().departement, state);
    }

    function test_ValuationsAreAttributedAndStay() public {
        vm.startPrank(clerk);
        tax.value(house, 5, DEED);
        vm.warp(START + 1 days);
        tax.value(house, 6, DEED);
        vm.expectRevert(ILandTax.LandTax_NoValue.selector);
        tax.value(house, 0, DEED);
        assertEq(tax.latestValuation(house).value_cents, 6);
        assertEq(tax.valuationAt(house, 0).value_cents, 5);
        assertEq(tax.valuationAt(house, 0).appraiser, clerk);
        assertEq(tax.valuations(house), 2);
        assertEq(tax.latestValuation(field).value_cents, 0);
    }

    function test_ABillOnTheRollIsPaidOnceWithAReceipt() public {
        bytes32[] memory proof = _publish();
        vm.startPrank(bob);
        currency.approve(address(tax), BILL * 2);
        vm.expectEmit(address(tax));
        bytes32 receipt = tax.receiptOf(YEAR, house, alice, BILL);
        emit ILandTax.TaxPaid(YEAR, house, alice, BILL, bob, receipt);
        assertEq(tax.pay(YEAR, house, alice, BILL, proof), receipt);
        assertTrue(tax.isPaid(receipt));
        assertEq(currency.balanceOf(commune), BILL + 1);
        assertEq(tax.rollOf(YEAR).paid_cents, BILL);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_AlreadyPaid.selector, receipt));
        tax.pay(YEAR, house, alice, BILL, proof);
    }

    function test_ABillThatIsNotOnTheRollIsNotTaken() public {
        bytes32[] memory proof = _publish();
        vm.startPrank(bob);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_NotOnRoll.selector, YEAR, house, alice, BILL - 1));
        tax.pay(YEAR, house, alice, BILL - 1, proof);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_NotOnRoll.selector, YEAR + 1, house, alice, BILL));
        tax.pay(YEAR + 1, house, alice, BILL, proof);
    }

    function test_ARollIsPublishedOnce() public {
        _publish();
        vm.startPrank(clerk);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_RollPublished.selector, YEAR));
        tax.publishRoll(YEAR, DEED, 1);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_RollPublished.selector, YEAR + 1));
        tax.publishRoll(YEAR + 1, 0, 1);
    }

    function test_ABillIsPaidByASlipThatPaysNoOther() public {
        bytes32[] memory proof = _publish();
        bytes32 slip = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                bob,
                address(tax),
                BILL,
                0,
                START + 1 days,
                tax.receiptOf(YEAR, house, alice, BILL)
            )
        );
        bytes memory signature = _sign(bob, keccak256(abi.encodePacked("\x19\x01", currency.DOMAIN_SEPARATOR(), slip)));
        assertEq(address(tax.token()), address(currency));
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_NotOnRoll.selector, YEAR, field, alice, BILL));
        tax.payBySlip(YEAR, field, alice, BILL, proof, bob, START + 1 days, signature);
        tax.payBySlip(YEAR, house, alice, BILL, proof, bob, START + 1 days, signature);
        assertEq(currency.balanceOf(commune), BILL + 1);
        assertEq(currency.balanceOf(address(tax)), 0);
    }

    function test_OnlyTheClerkSetsRatesValuesAndRolls() public {
        bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, notary);
        vm.startPrank(notary);
        vm.expectRevert(refused);
        tax.setRates(30_000, new ILandTax.Bracket[](1), DEED);
        vm.expectRevert(refused);
        tax.value(house, 5, DEED);
        vm.expectRevert(refused);
        tax.publishRoll(YEAR, DEED, 1);
        vm.expectRevert(refused);
        tax.setBeneficiaries(ILandTax.Beneficiaries(state, commune, departement));
    }

    function setRates(uint256 day, uint64 upTo, uint32 low, uint64 above, uint32 high) external {
        _setRates(day, upTo, low, above, high);
    }

    function _setRates(uint256 day, uint64 upTo, uint32 low, uint64 above, uint32 high) private {
        ILandTax.Bracket[] memory brackets = new ILandTax.Bracket[](2);
        brackets[0] = ILandTax.Bracket(upTo, low, 0, 0);
        brackets[1] = ILandTax.Bracket(above, high, 0, 0);
        vm.prank(clerk);
        tax.setRates(uint24(day), brackets, DEED);
    }

    function _publish() private returns (bytes32[] memory proof) {
        bytes32 leaf = _leaf(house, alice, BILL);
        bytes32 other = _leaf(field, alice, BILL);
        proof = new bytes32[](1);
        proof[0] = other;
        bytes32 root = leaf < other ? keccak256(abi.encode(leaf, other)) : keccak256(abi.encode(other, leaf));
        vm.prank(clerk);
        tax.publishRoll(YEAR, root, uint128(2 * BILL));
    }

    function _leaf(uint256 id, address account, uint256 amount_cents) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(id, account, amount_cents))));
    }

    function _sum(uint256 price_cents) private view returns (uint256) {
        ILandTax.Assessment memory due = tax.assess(price_cents, START / 1 days);
        return due.departement_cents + due.commune_cents + due.state_cents;
    }
}
