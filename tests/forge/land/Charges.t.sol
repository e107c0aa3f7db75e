// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {IConcurrence} from "contracts/land/interfaces/IConcurrence.sol";
import {ILandRegister, Parcel} from "contracts/land/interfaces/ILandRegister.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

contract ChargesTest is LandFixture {
    function test_SolaNoTwoMortgagesHaveTheSameRank() public {
        uint32 first = _inscribe(house, bank, 5);
        uint32 second = _inscribe(house, lender, 7);
        _order(house, first, second);
        assertLt(first, second);
    }

    function test_AMortgageNeedsBothOffices() public {
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 5, 30_000, DEED));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        vm.prank(registrar);
        charges.inscribe(house, bank, 5, 30_000, DEED);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, notary));
        vm.prank(notary);
        charges.inscribe(house, bank, 5, 30_000, DEED);
    }

    function test_NothingAndNobodySecuresNoCharge() public {
        _refused(house, bank, 0, abi.encodeWithSelector(ICharges.Charges_InvalidCharge.selector, bank, 0));
        _refused(house, address(0), 5, abi.encodeWithSelector(ICharges.Charges_InvalidCharge.selector, address(0), 5));
    }

    function test_ANinthChargeIsRefused() public {
        for (uint256 i; i < 8; ++i) {
            _inscribe(house, bank, 5);
        }
        _refused(house, bank, 5, abi.encodeWithSelector(ICharges.Charges_TooMany.selector, 8));
    }

    function test_OnlyTheCreditorDisposesOfACharge() public {
        uint32 number = _inscribe(house, bank, 5);
        uint32 next = _inscribe(house, lender, 5);
        bytes memory refused = abi.encodeWithSelector(ICharges.Charges_OnlyCreditor.selector, lender, bank);
        vm.startPrank(lender);
        vm.expectRevert(refused);
        charges.release(house, number);
        vm.expectRevert(refused);
        charges.reduce(house, number, 1);
        vm.expectRevert(refused);
        charges.cede(house, number, lender);
        vm.expectRevert(refused);
        charges.offerRank(house, number, next);
    }

    function test_ACededChargeIsTheNewCreditors() public {
        uint32 number = _inscribe(house, bank, 5);
        vm.startPrank(bank);
        charges.cede(house, number, lender);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_OnlyCreditor.selector, bank, lender));
        charges.release(house, number);
        vm.stopPrank();
        vm.prank(lender);
        charges.release(house, number);
        assertEq(charges.chargesOf(house).length, 0);
    }

    function test_AfterARecoveryTheNewKeyDisposes() public {
        uint32 number = _inscribe(house, bank, 5);
        address bank2 = _person("the bank's new key");
        _recover(bank, bank2);
        vm.prank(bank2);
        charges.release(house, number);
        assertEq(charges.chargesOf(house).length, 0);
    }

    function test_AChargeIsReducedAndNeverRaised() public {
        uint32 number = _inscribe(house, bank, 5);
        vm.startPrank(bank);
        charges.reduce(house, number, 4);
        assertEq(charges.chargesOf(house)[0].amount_cents, 4);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_InvalidReduction.selector, 5, 4));
        charges.reduce(house, number, 5);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_InvalidReduction.selector, 0, 4));
        charges.reduce(house, number, 0);
    }

    function test_RankIsCededByBothCreditors() public {
        uint32 first = _inscribe(house, bank, 5);
        uint32 second = _inscribe(house, lender, 7);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_NotOffered.selector, first, second));
        vm.prank(lender);
        charges.takeRank(house, first, second);
        vm.prank(bank);
        charges.offerRank(house, first, second);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_OnlyCreditor.selector, bank, lender));
        vm.prank(bank);
        charges.takeRank(house, first, second);
        vm.prank(lender);
        charges.takeRank(house, first, second);
        _order(house, second, first);
    }

    function test_RankIsNotCededOverAThirdsHead() public {
        uint32 first = _inscribe(house, bank, 5);
        _inscribe(house, lender, 5);
        uint32 third = _inscribe(house, carol, 5);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_NotNext.selector, first, third));
        vm.prank(bank);
        charges.offerRank(house, first, third);
    }

    function test_AnOfferEndsWithTheCreditorWhoMadeIt() public {
        uint32 first = _inscribe(house, bank, 5);
        uint32 second = _inscribe(house, lender, 5);
        vm.startPrank(bank);
        charges.offerRank(house, first, second);
        charges.cede(house, first, carol);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_NotOffered.selector, first, second));
        vm.prank(lender);
        charges.takeRank(house, first, second);
    }

    function test_AnInscriptionLapsesAtAnyonesWordAndNotBefore() public {
        uint32 number = _inscribe(house, bank, 5);
        assertEq(charges.lapse_days(), LAPSE_DAYS);
        uint256 lapsesAt = (uint256(charges.chargesOf(house)[0].dueDay) + LAPSE_DAYS) * 1 days;
        vm.warp(lapsesAt);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_TooEarly.selector, lapsesAt));
        charges.lapse(house, number);
        vm.warp(lapsesAt + 1);
        vm.prank(stranger);
        charges.lapse(house, number);
        assertEq(charges.chargesOf(house).length, 0);
    }

    function test_AJudgmentDischargesWithoutTheCreditor() public {
        uint32 number = _inscribe(house, bank, 5);
        bytes memory act = abi.encodeCall(ICharges.discharge, (house, number, DEED));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        vm.prank(registrar);
        charges.discharge(house, number, DEED);
        _attest(address(charges), abi.encodeCall(ICharges.discharge, (house, 9, DEED)));
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_NotOnTitle.selector, house, 9));
        vm.prank(registrar);
        charges.discharge(house, 9, DEED);
        _attest(address(charges), act);
        vm.expectEmit(address(charges));
        emit ICharges.Discharged(house, number, DEED);
        _post(address(charges), act);
        assertEq(charges.chargesOf(house).length, 0);
    }

    function test_AChargeThatIsNotThereIsNobodys() public {
        bytes[5] memory acts = [
            abi.encodeCall(charges.release, (house, 9)),
            abi.encodeCall(charges.cede, (house, 9, bank)),
            abi.encodeCall(charges.reduce, (house, 9, 1)),
            abi.encodeCall(charges.offerRank, (house, 9, 10)),
            abi.encodeCall(charges.lapse, (house, 9))
        ];
        for (uint256 i; i < acts.length; ++i) {
            vm.prank(bank);
            (bool done, bytes memory reason) = address(charges).call(acts[i]);
            assertFalse(done);
            assertEq(reason, abi.encodeWithSelector(ICharges.Charges_NotOnTitle.selector, house, 9));
        }
    }

    function test_AChargeIsNotCededToNobody() public {
        uint32 number = _inscribe(house, bank, 5);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_InvalidCharge.selector, address(0), 5));
        vm.prank(bank);
        charges.cede(house, number, address(0));
    }

    function test_EachActOnAChargeIsTold() public {
        uint24 dueDay = uint24(block.timestamp / 1 days + 3650);
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 5, dueDay, DEED));
        _attest(address(charges), act);
        uint32 first = 1;
        vm.expectEmit(address(charges));
        emit ICharges.Inscribed(house, first, bank, 5, dueDay, DEED);
        _post(address(charges), act);
        uint32 second = _inscribe(house, lender, 7);
        vm.startPrank(bank);
        vm.expectEmit(address(charges));
        emit ICharges.RankOffered(house, first, second);
        charges.offerRank(house, first, second);
        vm.expectEmit(address(charges));
        emit ICharges.Reduced(first, 3);
        charges.reduce(house, first, 3);
        vm.stopPrank();
        vm.prank(lender);
        vm.expectEmit(address(charges));
        emit ICharges.RankCeded(house, first, second);
        charges.takeRank(house, first, second);
        vm.startPrank(bank);
        vm.expectEmit(address(charges));
        emit ICharges.Ceded(first, bank, carol);
        charges.cede(house, first, carol);
        vm.stopPrank();
        vm.prank(carol);
        vm.expectEmit(address(charges));
        emit ICharges.Released(house, first);
        charges.release(house, first);
    }

    function test_AMergerOfMoreThanEightChargesIsRefused() public {
        for (uint256 i; i < 5; ++i) {
            _inscribe(house, bank, 5);
            _inscribe(field, bank, 5);
        }
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (house, field);
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (1, 1);
        Parcel memory child = Parcel(parcelId("91216000AB0200"), 1500, DEED);
        bytes memory act = abi.encodeCall(ILandRegister.merge, (ids, versions, child, DEED));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_TooMany.selector, 8));
        vm.prank(registrar);
        register.merge(ids, versions, child, DEED);
    }

    function test_ADividedChargeLiesWholeOnEachPartAndEndsOnAll() public {
        uint32 shared = _inscribe(house, bank, 5);
        (uint256 east, uint256 west) = _divide();
        uint32 own = _inscribe(east, carol, 9);
        _order(east, shared, own);
        vm.prank(bank);
        charges.reduce(west, shared, 3);
        assertEq(charges.chargesOf(east)[0].amount_cents, 3);
        vm.prank(bank);
        charges.cede(east, shared, lender);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_NotOnTitle.selector, house, shared));
        vm.prank(bank);
        charges.release(house, shared);
        vm.prank(lender);
        charges.release(west, shared);
        assertEq(charges.chargesOf(west).length, 0);
        assertEq(charges.chargesOf(east).length, 1);
        assertEq(charges.chargesOf(east)[0].number, own);
        uint32 last = _inscribe(east, bank, 1);
        _order(east, own, last);
    }

    function test_PartsThatMergeAgainBearTheSharedChargeOnce() public {
        uint32 shared = _inscribe(house, bank, 5);
        (uint256 east, uint256 west) = _divide();
        uint32 own = _inscribe(west, carol, 9);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (east, west);
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (1, 1);
        uint256 again = parcelId("91216000AB0200");
        _concur(address(register), abi.encodeCall(ILandRegister.merge, (ids, versions, Parcel(again, 500, DEED), DEED)));
        _order(again, shared, own);
    }

    function test_AMergerKeepsTheRanksThatCreditorsCeded() public {
        uint32 first = _inscribe(house, bank, 5);
        uint32 second = _inscribe(house, lender, 7);
        vm.prank(bank);
        charges.offerRank(house, first, second);
        vm.prank(lender);
        charges.takeRank(house, first, second);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (house, field);
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (1, 1);
        uint256 child = parcelId("91216000AB0200");
        _concur(
            address(register), abi.encodeCall(ILandRegister.merge, (ids, versions, Parcel(child, 1500, DEED), DEED))
        );
        _order(child, second, first);
    }

    function test_OnlyTheRegisterAndTheConveyanceCarryCharges() public {
        assertEq(address(charges.register()), address(register));
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_OnlyRegister.selector, stranger));
        charges.divided(house, new uint256[](0));
        vm.expectRevert(abi.encodeWithSelector(ICharges.Charges_OnlyRegister.selector, stranger));
        charges.merged(new uint256[](0), house);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        charges.settle(house, 1, Charge(stranger, 1, 1, 1), DEED);
    }

    function _divide() private returns (uint256 east, uint256 west) {
        (east, west) = (parcelId("91216000AB0101"), parcelId("91216000AB0102"));
        Parcel[] memory parts = new Parcel[](2);
        (parts[0], parts[1]) = (Parcel(east, 200, DEED), Parcel(west, 300, DEED));
        uint16 version = register.titleOf(house).version;
        _concur(address(register), abi.encodeCall(ILandRegister.divide, (house, version, parts, DEED)));
    }

    function _order(uint256 id, uint32 first, uint32 second) private view {
        Charge[] memory list = charges.chargesOf(id);
        assertEq(list.length, 2);
        assertEq(list[0].number, first);
        assertEq(list[1].number, second);
    }

    function _refused(uint256 id, address creditor, uint40 amount_cents, bytes memory reason) private {
        bytes memory act = abi.encodeCall(ICharges.inscribe, (id, creditor, amount_cents, 30_000, DEED));
        _attest(address(charges), act);
        vm.expectRevert(reason);
        vm.prank(registrar);
        charges.inscribe(id, creditor, amount_cents, 30_000, DEED);
    }
}
