// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharges} from "contracts/land/interfaces/ICharges.sol";
import {
    Act,
    Burden,
    BurdenKind,
    ILandRegister,
    Parcel,
    Right,
    RightKind
} from "contracts/land/interfaces/ILandRegister.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title Acts, burdens, division and merger; the rules of SOLA by name
contract LandActsTest is LandFixture {
    function test_SolaSharesTotal() public {
        uint256 id = house;
        Right[] memory rights = _rights(Right(bob, RightKind.Full, 1), Right(carol, RightKind.Usufruct, 1));
        bytes memory act = _enactCall(id, 2, rights);
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_SharesMismatch.selector, 1, 2, 2));
        this.post(act);
        act = _enactCall(id, 2, _rights(Right(bob, RightKind.Full, 1), Right(carol, RightKind.Bare, 1)));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_SharesMismatch.selector, 2, 1, 2));
        this.post(act);
    }

    function test_ABurdenOfThePastOrACaveatWithoutEndIsRefused() public {
        uint64 past = uint64(block.timestamp - 1);
        Burden[2] memory wrong =
            [Burden(DEED, BurdenKind.Easement, past, 0), Burden(DEED, BurdenKind.Caveat, 0, uint112(field))];
        for (uint256 i; i < wrong.length; ++i) {
            bytes memory act = abi.encodeCall(ILandRegister.burden, (house, 1, wrong[i]));
            _attest(address(register), act);
            vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidUntil.selector, wrong[i].until));
            this.post(act);
        }
    }

    function test_OnlyWhatIsOverIsSwept() public {
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_NoBurden.selector, house, DEED));
        register.sweep(house, DEED);
        _burden(house, Burden(DEED, BurdenKind.Easement, 0, uint112(field)));
        vm.warp(block.timestamp + 100 * 365 days);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_NotOver.selector, house, DEED));
        register.sweep(house, DEED);
    }

    function test_AnActForAnEarlierStateIsVoid() public {
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        _attest(address(register), act);
        _half(house);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_Stale.selector, house, 2));
        this.post(act);
    }

    function test_SolaCaveatBlocksUntilItEnds() public {
        uint64 until = uint64(block.timestamp + 30 days);
        vm.prank(registrar);
        register.caveat(house, until, DEED);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        vm.warp(until);
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_Caveat.selector, house, DEED));
        this.post(act);
        assertFalse(register.canTransfer(alice, bob, house));
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_NotOver.selector, house, DEED));
        register.sweep(house, DEED);
        vm.warp(until + 1);
        this.post(act);
        vm.prank(stranger);
        register.sweep(house, DEED);
        assertEq(register.burdensOf(house).length, 0);
    }

    function test_TheRegistrarAloneBarsATitleOnce() public {
        uint64 until = uint64(block.timestamp + 30 days);
        vm.prank(registrar);
        register.caveat(house, until, DEED);
        vm.warp(until + 1);
        register.sweep(house, DEED);
        until = uint64(block.timestamp + 30 days);
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_CaveatedBefore.selector, house));
        register.caveat(house, until, "another paper");
        register.rescale(house, 2);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_CaveatedBefore.selector, house));
        register.caveat(house, until, "another paper");
        vm.stopPrank();
        _burden(house, Burden(DEED, BurdenKind.Caveat, until, 0));
        assertFalse(register.canTransfer(alice, bob, house), "both offices together bar it again");
    }

    function test_ACaveatAlwaysEnds() public {
        uint64 tooLate = uint64(block.timestamp + 181 days);
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidUntil.selector, tooLate));
        register.caveat(house, tooLate, DEED);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidUntil.selector, 0));
        register.caveat(house, 0, DEED);
    }

    function test_EasementsAreLaidAndLiftedByBothOffices() public {
        _burden(house, Burden(DEED, BurdenKind.Easement, 0, uint112(field)));
        assertEq(register.burdensOf(house)[0].dominant, field);
        bytes memory act = abi.encodeCall(ILandRegister.burden, (house, 1, Burden(DEED, BurdenKind.Restriction, 0, 0)));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_BurdenExists.selector, house, DEED));
        this.post(act);
        _concur(address(register), abi.encodeCall(ILandRegister.lift, (house, DEED)));
        assertEq(register.burdensOf(house).length, 0);
        act = abi.encodeCall(ILandRegister.lift, (house, DEED));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_NoBurden.selector, house, DEED));
        this.post(act);
    }

    function test_ANinthBurdenIsRefused() public {
        for (uint256 i; i < 8; ++i) {
            _burden(house, Burden(bytes32(i), BurdenKind.Easement, 0, 0));
        }
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_TooManyBurdens.selector, 8));
        vm.prank(registrar);
        register.caveat(house, uint64(block.timestamp + 1), DEED);
    }

    function test_SolaRightsAreAccountedForInNewTitles() public {
        _half(house);
        _burden(house, Burden(DEED, BurdenKind.Easement, 0, uint112(field)));
        uint32 number = _inscribe(house, bank, 5);
        uint256[] memory ids = new uint256[](1);
        ids[0] = house;
        vm.prank(clerk);
        planning.place(zone, ids);
        Parcel[] memory parts = _parts(200, 300);
        bytes memory before = abi.encode(register.rightsOf(house));
        _divide(house, parts);

        for (uint256 i; i < 2; ++i) {
            assertEq(abi.encode(register.rightsOf(parts[i].id)), before);
            assertEq(register.burdensOf(parts[i].id)[0].dominant, field);
            assertEq(charges.chargesOf(parts[i].id)[0].number, number);
            assertTrue(planning.isPreemptible(parts[i].id));
        }
        assertEq(charges.chargesOf(house).length, 0);
    }

    function test_SolaAreasOfChildrenAddUp() public {
        Parcel[] memory parts = _parts(200, 301);
        bytes memory act = abi.encodeCall(ILandRegister.divide, (house, 1, parts, DEED));
        _refused(act, abi.encodeWithSelector(ILandRegister.LandRegister_AreaMismatch.selector, 501, 500));
    }

    function test_SolaRetiredParcelsStayRetired() public {
        _divide(house, _parts(200, 300));
        bytes memory retired = abi.encodeWithSelector(ILandRegister.LandRegister_Retired.selector, house);
        vm.expectRevert(retired);
        register.ownerOf(house);
        vm.expectRevert(retired);
        register.ensureFree(house);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_IdUsed.selector, house));
        vm.prank(registrar);
        register.register(Parcel(house, 500, DEED), bob);
        assertFalse(register.canTransfer(alice, bob, house));
    }

    function test_SolaCancelledTitlesTakeNoMoreActs() public {
        _divide(house, _parts(200, 300));
        bytes memory act = _enactCall(house, 2, _rights(bob, RightKind.Full, 1));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_Retired.selector, house));
        this.post(act);
        act = abi.encodeCall(ICharges.inscribe, (house, bank, 1, 30_000, DEED));
        _attest(address(charges), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_Retired.selector, house));
        _post(address(charges), act);
    }

    function test_TitlesHeldAlikeMergeWithAllThatLiesOnThem() public {
        _burden(house, Burden(keccak256("path"), BurdenKind.Easement, 0, 0));
        _burden(field, Burden(keccak256("view"), BurdenKind.Restriction, 0, 0));
        uint32 second = _inscribe(field, bank, 5);
        uint32 third = _inscribe(house, lender, 7);
        uint256 child = parcelId("91216000AB0100");
        _merge(child, 1500);
        assertEq(register.ownerOf(child), alice);
        assertEq(register.balanceOf(alice), 1);
        assertEq(register.burdensOf(child).length, 2);
        assertEq(charges.chargesOf(child)[0].number, second);
        assertEq(charges.chargesOf(child)[1].number, third);
    }

    function test_TitlesHeldOtherwiseDoNotMerge() public {
        _half(field);
        bytes memory act = _mergeCall(parcelId("91216000AB0100"), 1500);
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_HoldersDiffer.selector, house, field));
        this.post(act);
    }

    function test_AMergerOfATitleWithItselfIsRefused() public {
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (house, house);
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (1, 1);
        bytes memory act =
            abi.encodeCall(ILandRegister.merge, (ids, versions, Parcel(parcelId("91216000AB0100"), 1000, DEED), DEED));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_Retired.selector, house));
        this.post(act);
    }

    function test_ADivisionHasTwoToEightParts() public {
        bytes memory act = abi.encodeCall(ILandRegister.divide, (house, 1, new Parcel[](1), DEED));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidParts.selector, 1, 8));
        this.post(act);
        act = abi.encodeCall(ILandRegister.divide, (house, 1, new Parcel[](9), DEED));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidParts.selector, 9, 8));
        this.post(act);
    }

    function test_AMergerThatDoesNotAddUpIsRefused() public {
        uint256 child = parcelId("91216000AB0100");
        _refused(
            _mergeCall(child, 1499),
            abi.encodeWithSelector(ILandRegister.LandRegister_AreaMismatch.selector, 1499, 1500)
        );
        Parcel memory whole = Parcel(child, 1500, DEED);
        _refused(
            abi.encodeCall(ILandRegister.merge, (new uint256[](1), new uint16[](1), whole, DEED)),
            abi.encodeWithSelector(ILandRegister.LandRegister_InvalidParts.selector, 1, 8)
        );
        _refused(
            abi.encodeCall(ILandRegister.merge, (new uint256[](2), new uint16[](1), whole, DEED)),
            abi.encodeWithSelector(ILandRegister.LandRegister_BatchMismatch.selector, 2, 1)
        );
        for (uint256 i; i < 5; ++i) {
            _burden(house, Burden(bytes32(i), BurdenKind.Easement, 0, 0));
            _burden(field, Burden(bytes32(i), BurdenKind.Easement, 0, 0));
        }
        _refused(_mergeCall(child, 1500), abi.encodeWithSelector(ILandRegister.LandRegister_TooManyBurdens.selector, 8));
    }

    function test_DivisionsAndMergersAreTold() public {
        Parcel[] memory parts = _parts(200, 300);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (parts[0].id, parts[1].id);
        bytes memory act = abi.encodeCall(ILandRegister.divide, (house, 1, parts, DEED));
        _attest(address(register), act);
        vm.expectEmit(address(register));
        emit ILandRegister.Divided(house, ids, DEED);
        this.post(act);

        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (1, 1);
        Parcel memory child = Parcel(parcelId("91216000AB0100"), 500, DEED);
        act = abi.encodeCall(ILandRegister.merge, (ids, versions, child, DEED));
        _attest(address(register), act);
        vm.expectEmit(address(register));
        emit ILandRegister.Merged(ids, child.id, DEED);
        this.post(act);
    }

    function test_AnAreaIsCorrectedByBothOffices() public {
        _refused(
            abi.encodeCall(ILandRegister.correctArea, (house, 1, 0, DEED)),
            abi.encodeWithSelector(ILandRegister.LandRegister_NoArea.selector, house)
        );
        _refused(
            abi.encodeCall(ILandRegister.correctArea, (house, 9, 505, DEED)),
            abi.encodeWithSelector(ILandRegister.LandRegister_Stale.selector, house, 1)
        );
        bytes memory act = abi.encodeCall(ILandRegister.correctArea, (house, 1, 505, DEED));
        _attest(address(register), act);
        vm.expectEmit(address(register));
        emit ILandRegister.AreaCorrected(house, 500, 505, DEED);
        this.post(act);
        assertEq(register.titleOf(house).area_m2, 505);
    }

    function post(bytes calldata act) external {
        _post(address(register), act);
    }

    function _refused(bytes memory act, bytes memory refusal) private {
        _attest(address(register), act);
        vm.expectRevert(refusal);
        this.post(act);
    }

    function _half(uint256 id) private {
        _enact(id, 2, _rights(Right(alice, RightKind.Full, 1), Right(bob, RightKind.Full, 1)));
    }

    function _burden(uint256 id, Burden memory burden) private {
        uint16 version = register.titleOf(id).version;
        _concur(address(register), abi.encodeCall(ILandRegister.burden, (id, version, burden)));
    }

    function _parts(uint32 one, uint32 other) private pure returns (Parcel[] memory parts) {
        parts = new Parcel[](2);
        parts[0] = Parcel(parcelId("91216000AB0101"), one, DEED);
        parts[1] = Parcel(parcelId("91216000AB0102"), other, DEED);
    }

    function _divide(uint256 id, Parcel[] memory parts) private {
        uint16 version = register.titleOf(id).version;
        _concur(address(register), abi.encodeCall(ILandRegister.divide, (id, version, parts, DEED)));
    }

    function _merge(uint256 child, uint32 area_m2) private {
        _concur(address(register), _mergeCall(child, area_m2));
    }

    function _mergeCall(uint256 child, uint32 area_m2) private view returns (bytes memory) {
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (house, field);
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (register.titleOf(house).version, register.titleOf(field).version);
        return abi.encodeCall(ILandRegister.merge, (ids, versions, Parcel(child, area_m2, DEED), DEED));
    }

    function _enactCall(uint256 id, uint24 whole, Right[] memory rights) private view returns (bytes memory) {
        return
            abi.encodeCall(ILandRegister.enact, (Act.Judgment, id, register.titleOf(id).version, whole, rights, DEED));
    }
}
