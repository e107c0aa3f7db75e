// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {IConcurrence} from "contracts/land/interfaces/IConcurrence.sol";
import {IConveyance, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {IERC7943NonFungible} from "contracts/land/interfaces/IERC7943.sol";
import {Act, Burden, BurdenKind, ILandRegister, Parcel, Right} from "contracts/land/interfaces/ILandRegister.sol";
import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {IPlanning} from "contracts/land/interfaces/IPlanning.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title What each office may do, and that nobody else may do it
contract LandRolesTest is LandFixture {
    struct Power {
        address holder;
        address target;
        bytes act;
    }

    Power[] private powers;

    function setUp() public override {
        super.setUp();
        _ofTheRegistrar();
        _ofTheClerk();
        _ofTheNotary();
        _may(court, address(register), abi.encodeCall(IERC7943NonFungible.setFrozenTokens, (alice, house, true)));
        _may(court, address(register), abi.encodeCall(IERC7943NonFungible.forcedTransfer, (alice, bob, house)));
        _may(court, address(conveyance), abi.encodeCall(IConveyance.cancelByOrder, (1, DEED)));
        Right[] memory none;
        _may(address(conveyance), address(register), abi.encodeCall(ILandRegister.lock, (house, 1, none)));
        _may(address(conveyance), address(register), abi.encodeCall(ILandRegister.unlock, (house)));
        _may(address(conveyance), address(register), abi.encodeCall(ILandRegister.convey, (house, none, none)));
        Charge memory loan;
        _may(address(conveyance), address(charges), abi.encodeCall(ICharges.settle, (house, 0, loan, DEED)));
    }

    function test_EachActIsOneOfficesAndNobodyElses() public {
        address[12] memory everyone = [
            registrar,
            notary,
            court,
            clerk,
            treasurer,
            auditor,
            guardian,
            officer,
            jury,
            address(conveyance),
            address(register),
            alice
        ];
        for (uint256 i; i < powers.length; ++i) {
            for (uint256 j; j < everyone.length; ++j) {
                vm.prank(everyone[j]);
                (bool done, bytes memory answer) = powers[i].target.call(powers[i].act);
                bytes memory refusal =
                    abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, everyone[j]);
                bool refused = !done && keccak256(answer) == keccak256(refusal);
                assertEq(refused, everyone[j] != powers[i].holder, vm.toString(powers[i].act));
            }
        }
        assertEq(powers.length, 44);
    }

    function test_TheMayorWhoGrantsOfficesHoldsNoneOfThem() public {
        for (uint256 i; i < powers.length; ++i) {
            vm.prank(mayor);
            (bool done, bytes memory answer) = powers[i].target.call(powers[i].act);
            assertFalse(done);
            assertEq(answer, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, mayor));
        }
    }

    function test_AnAttestationForOneContractServesInNoOther() public {
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 5, 30_000, DEED));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        this.post(address(charges), act);
    }

    function test_AnAttestationIsWithdrawnByAttestingThePast() public {
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 5, 30_000, DEED));
        _attest(address(charges), act);
        vm.prank(notary);
        charges.attest(keccak256(act), uint64(block.timestamp - 1));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        this.post(address(charges), act);
    }

    function test_AnActThatDiffersByACentWasNotAttested() public {
        _attest(address(charges), abi.encodeCall(ICharges.inscribe, (house, bank, 5, 30_000, DEED)));
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 6, 30_000, DEED));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        this.post(address(charges), act);
    }

    function post(address target, bytes calldata act) external {
        _post(target, act);
    }

    function _ofTheRegistrar() private {
        Parcel memory parcel;
        Right[] memory rights;
        uint256[] memory ids;
        Burden memory burden = Burden(DEED, BurdenKind.Easement, 0, 0);
        address to = address(register);
        _may(registrar, to, abi.encodeCall(ILandRegister.register, (parcel, bob)));
        _may(registrar, to, abi.encodeCall(ILandRegister.registerMany, (new Parcel[](0), new address[](0))));
        _may(registrar, to, abi.encodeCall(ILandRegister.registerShared, (parcel, 1, rights)));
        _may(registrar, to, abi.encodeCall(ILandRegister.enact, (Act.Gift, house, 1, 1, rights, DEED)));
        _may(registrar, to, abi.encodeCall(ILandRegister.rescale, (house, 0)));
        _may(registrar, to, abi.encodeCall(ILandRegister.correctArea, (house, 1, 2, DEED)));
        _may(registrar, to, abi.encodeCall(ILandRegister.burden, (house, 1, burden)));
        _may(registrar, to, abi.encodeCall(ILandRegister.caveat, (house, 0, DEED)));
        _may(registrar, to, abi.encodeCall(ILandRegister.lift, (house, DEED)));
        _may(registrar, to, abi.encodeCall(ILandRegister.divide, (house, 1, new Parcel[](0), DEED)));
        _may(registrar, to, abi.encodeCall(ILandRegister.merge, (ids, new uint16[](0), parcel, DEED)));
        _may(registrar, address(charges), abi.encodeCall(ICharges.inscribe, (house, bank, 5, 30_000, DEED)));
        _may(registrar, address(charges), abi.encodeCall(ICharges.discharge, (house, 1, DEED)));
    }

    function _ofTheClerk() private {
        uint256[] memory ids;
        address to = address(planning);
        _may(clerk, to, abi.encodeCall(IPlanning.openZone, (true, 1, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.closeZone, (9, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.place, (zone, ids)));
        _may(clerk, to, abi.encodeCall(IPlanning.takeOut, (zone, ids)));
        _may(clerk, to, abi.encodeCall(IPlanning.renounce, (DEED, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.preempt, (DEED, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.setPermitRule, (1, IPlanning.PermitRule(1, 1, 1))));
        _may(clerk, to, abi.encodeCall(IPlanning.recordPermit, (house, 1, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.extendPermit, (1, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.grantPermit, (1, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.refusePermit, (1, DEED)));
        _may(clerk, to, abi.encodeCall(IPlanning.annulPermit, (1, DEED)));
        to = address(tax);
        _may(clerk, to, abi.encodeCall(ILandTax.setRates, (30_000, new ILandTax.Bracket[](0), DEED)));
        _may(clerk, to, abi.encodeCall(ILandTax.setBeneficiaries, (ILandTax.Beneficiaries(alice, bob, carol))));
        _may(clerk, to, abi.encodeCall(ILandTax.value, (house, 1, DEED)));
        _may(clerk, to, abi.encodeCall(ILandTax.publishRoll, (2027, DEED, 1)));
    }

    function _ofTheNotary() private {
        Terms memory terms;
        bytes[] memory signatures;
        _may(notary, address(register), abi.encodeCall(IConcurrence.attest, (DEED, 1)));
        _may(notary, address(charges), abi.encodeCall(IConcurrence.attest, (DEED, 1)));
        _may(notary, address(planning), abi.encodeCall(IPlanning.declare, (house, DEED, 1)));
        address to = address(conveyance);
        _may(notary, to, abi.encodeCall(IConveyance.open, (terms, signatures)));
        _may(notary, to, abi.encodeCall(IConveyance.amend, (1, terms, terms, signatures)));
        _may(notary, to, abi.encodeCall(IConveyance.settle, (1, terms, signatures)));
        _may(notary, to, abi.encodeCall(IConveyance.meetCondition, (1, 1, DEED)));
        _may(notary, to, abi.encodeCall(IConveyance.failCondition, (1, 1, DEED)));
    }

    function _may(address holder, address target, bytes memory act) private {
        powers.push(Power(holder, target, act));
    }
}
