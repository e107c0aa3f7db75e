// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {ICharges} from "contracts/land/interfaces/ICharges.sol";
import {IConcurrence} from "contracts/land/interfaces/IConcurrence.sol";
import {IConveyance} from "contracts/land/interfaces/IConveyance.sol";
import {Burden, BurdenKind, ILandRegister, Parcel, Right} from "contracts/land/interfaces/ILandRegister.sol";
import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {IPlanning} from "contracts/land/interfaces/IPlanning.sol";
import {ITitleFollower} from "contracts/land/interfaces/ITitleFollower.sol";
import {Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title Whatever happens to land leaves an event, from which alone its history can be told
contract LandToldTest is LandFixture {
    bytes32 private constant TERMS = keccak256("terms");

    function test_BurdensLocksAndWordsAreTold() public {
        bytes memory act =
            abi.encodeCall(ILandRegister.burden, (house, 1, Burden(DEED, BurdenKind.Easement, 0, uint112(field))));
        uint64 until = uint64(block.timestamp + 1 days);
        _tells(address(register));
        emit IConcurrence.Attested(keccak256(act), notary, until);
        _attest(address(register), act);
        _tells(address(register));
        emit ILandRegister.Burdened(house, BurdenKind.Easement, DEED, 0, field);
        _post(address(register), act);

        act = abi.encodeCall(ILandRegister.lift, (house, DEED));
        _attest(address(register), act);
        _tells(address(register));
        emit ILandRegister.BurdenLifted(house, DEED);
        _post(address(register), act);

        Right[] memory sold = register.rightsOf(house);
        vm.startPrank(address(conveyance));
        _tells(address(register));
        emit ILandRegister.SaleLocked(house, 2);
        register.lock(house, 1, sold);
        _tells(address(register));
        emit ILandRegister.SaleUnlocked(house, 3);
        register.unlock(house);
        vm.stopPrank();

        _tells(address(register));
        emit ILandRegister.FollowerAdded(ITitleFollower(address(tax)));
        vm.prank(mayor);
        register.addFollower(ITitleFollower(address(tax)));
    }

    function test_ChargesThatAreCarriedOverOrLapseAreTold() public {
        uint32 number = _inscribe(house, bank, 5);
        Parcel[] memory parts = new Parcel[](2);
        parts[0] = Parcel(parcelId("91216000AB0101"), 200, DEED);
        parts[1] = Parcel(parcelId("91216000AB0102"), 300, DEED);
        bytes memory act = abi.encodeCall(ILandRegister.divide, (house, 1, parts, DEED));
        _attest(address(register), act);
        for (uint256 i; i < 2; ++i) {
            _tells(address(charges));
            emit ICharges.CarriedOver(house, parts[i].id, 1);
        }
        _post(address(register), act);

        vm.warp(block.timestamp + 20 * 365 days);
        _tells(address(charges));
        emit ICharges.Lapsed(parts[0].id, number);
        charges.lapse(parts[0].id, number);
    }

    function test_ZonesAndDeclarationsAreTold() public {
        uint256[] memory ids = new uint256[](1);
        ids[0] = house;
        vm.startPrank(clerk);
        _tells(address(planning));
        emit IPlanning.Placed(zone, house);
        planning.place(zone, ids);
        vm.stopPrank();
        for (uint256 i; i < 2; ++i) {
            bytes32 termsHash = keccak256(abi.encode(TERMS, i));
            _tells(address(planning));
            emit IPlanning.Declared(termsHash, house, PRICE, uint64(block.timestamp + ANSWER_S));
            vm.prank(notary);
            planning.declare(house, termsHash, PRICE);
            vm.startPrank(clerk);
            _tells(address(planning));
            if (i == 0) emit IPlanning.Renounced(termsHash, DEED);
            else emit IPlanning.Preempted(termsHash, DEED);
            if (i == 0) planning.renounce(termsHash, DEED);
            else planning.preempt(termsHash, DEED);
            vm.stopPrank();
        }
        vm.startPrank(clerk);
        _tells(address(planning));
        emit IPlanning.TakenOut(zone, house);
        planning.takeOut(zone, ids);
        _tells(address(planning));
        emit IPlanning.ZoneClosed(zone, DEED);
        planning.closeZone(zone, DEED);
    }

    function test_PermitsAreTold() public {
        uint40 decideBy = uint40(START + 60 days);
        vm.startPrank(clerk);
        _tells(address(planning));
        emit IPlanning.PermitRuleSet(1, 60 days, 700 days, 90 days);
        planning.setPermitRule(1, IPlanning.PermitRule(60 days, 700 days, 90 days));
        for (uint256 permit = 1; permit < 4; ++permit) {
            _tells(address(planning));
            emit IPlanning.PermitFiled(permit, house, 1, decideBy, DEED);
            planning.recordPermit(house, 1, DEED);
        }
        _tells(address(planning));
        emit IPlanning.PermitExtended(1, decideBy + 60 days, DEED);
        planning.extendPermit(1, DEED);
        _tells(address(planning));
        emit IPlanning.PermitGranted(2, DEED);
        planning.grantPermit(2, DEED);
        _tells(address(planning));
        emit IPlanning.PermitRefused(3, DEED);
        planning.refusePermit(3, DEED);
        _tells(address(planning));
        emit IPlanning.PermitAnnulled(2, DEED);
        planning.annulPermit(2, DEED);
    }

    function test_RatesValuesAndRollsAreTold() public {
        ILandTax.Bracket[] memory brackets = new ILandTax.Bracket[](1);
        brackets[0] = ILandTax.Bracket(type(uint64).max, 1, 2, 3);
        vm.startPrank(clerk);
        _tells(address(tax));
        emit ILandTax.RatesSet(30_000, brackets, DEED);
        tax.setRates(30_000, brackets, DEED);
        _tells(address(tax));
        emit ILandTax.BeneficiariesSet(state, commune, departement);
        tax.setBeneficiaries(ILandTax.Beneficiaries(state, commune, departement));
        _tells(address(tax));
        emit ILandTax.Valued(house, clerk, 5, DEED);
        tax.value(house, 5, DEED);
        _tells(address(tax));
        emit ILandTax.RollPublished(2027, DEED, 7);
        tax.publishRoll(2027, DEED, 7);
    }

    function test_EachStepOfASaleIsTold() public {
        Terms memory terms = _terms();
        terms.conditions = 1;
        uint256 sale = _open(terms);
        _tells(address(conveyance));
        emit IConveyance.Funded(sale, bob, terms.deposit_cents - 1);
        _fund(sale, bob, terms.deposit_cents - 1);
        _tells(address(conveyance));
        emit IConveyance.DepositHeld(sale, terms.deposit_cents);
        _fund(sale, bob, 1);
        vm.prank(notary);
        _tells(address(conveyance));
        emit IConveyance.ConditionMet(sale, 1, DEED);
        conveyance.meetCondition(sale, 1, DEED);
        uint256 open = vm.snapshotState();

        vm.prank(court);
        conveyance.cancelByOrder(sale, DEED);
        _tells(address(conveyance));
        emit ITill.PaidOut(sale, bob, terms.deposit_cents);
        conveyance.refund(sale, bob);

        vm.revertToState(open);
        _fund(sale, bob, _total(terms) - terms.deposit_cents);
        _afterRetraction();
        bytes[] memory signatures = _deedSignatures(sale, terms, 0);
        _tells(address(conveyance));
        emit IConveyance.SaleSettled(sale, house, conveyance.hashTerms(terms));
        _tells(address(conveyance));
        emit ITill.PaidOut(sale, study, 3_000_00);
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
    }

    function _tells(address whom) private {
        vm.expectEmit(whom);
    }
}
