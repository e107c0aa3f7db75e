// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IInPerson} from "contracts/access/interfaces/IInPerson.sol";
import {LandRegister} from "contracts/land/LandRegister.sol";
import {IConcurrence} from "contracts/land/interfaces/IConcurrence.sol";
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

/// @title What registrar and notary must both say: attestations, whose they are, how long they serve
contract LandConcurrenceTest is LandFixture {
    function test_NeitherOfficeActsAlone() public {
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        this.post(act);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, notary));
        vm.prank(notary);
        register.enact(Act.Gift, house, 1, 1, _rights(bob, RightKind.Full, 1), DEED);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, registrar));
        vm.prank(registrar);
        register.attest(keccak256(act), type(uint64).max);
    }

    function test_OnceTheFoundingImportIsOver_AFirstRegistrationNeedsTheNotarysWordToo() public {
        Parcel[3] memory parcels = [_parcel(1), _parcel(2), _parcel(3)];
        (Parcel[] memory many, address[] memory holders) = (new Parcel[](1), new address[](1));
        (many[0], holders[0]) = (parcels[1], bob);
        bytes[3] memory acts = [
            abi.encodeCall(ILandRegister.register, (parcels[0], bob)),
            abi.encodeCall(ILandRegister.registerMany, (many, holders)),
            abi.encodeCall(ILandRegister.registerShared, (parcels[2], 1, _rights(bob, RightKind.Full, 1)))
        ];
        assertEq(register.foundingEndsAt(), START + FOUNDING_S);
        vm.warp(START + FOUNDING_S - 1);
        uint256 founding = vm.snapshotState();
        for (uint256 i; i < acts.length; ++i) {
            this.post(acts[i]);
            assertEq(register.ownerOf(parcels[i].id), bob);
        }
        vm.revertToState(founding);
        vm.warp(START + FOUNDING_S);
        for (uint256 i; i < acts.length; ++i) {
            bytes32 actHash = keccak256(acts[i]);
            vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, actHash));
            this.post(acts[i]);
            _concur(address(register), acts[i]);
            assertEq(register.ownerOf(parcels[i].id), bob);
        }
    }

    /// @dev Anyone may deploy what the town's file says, long before the town does.
    function test_TheFoundingImportBeginsWithTheFirstTitle_HoweverLongTheRegisterStands() public {
        _deploy(FOUNDING_S);
        vm.warp(START + 10 * FOUNDING_S);
        assertEq(register.foundingEndsAt(), START + 11 * FOUNDING_S);
        vm.prank(registrar);
        register.register(_parcel(1), bob);
        vm.warp(START + 11 * FOUNDING_S);
        assertEq(register.foundingEndsAt(), START + 11 * FOUNDING_S, "every title begins it anew");
        bytes memory act = abi.encodeCall(ILandRegister.register, (_parcel(2), bob));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        this.post(act);
    }

    function test_ATownWithoutAFoundingImportHasEachTitleAttested() public {
        _deploy(0);
        bytes memory act = abi.encodeCall(ILandRegister.register, (_parcel(1), bob));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        this.post(act);
        _concur(address(register), act);
        assertEq(register.ownerOf(_parcel(1).id), bob);
    }

    function test_EveryActOfTwoOfficesNeedsTheNotarysWord() public {
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (house, field);
        uint16[] memory versions = new uint16[](2);
        Parcel memory child = Parcel(parcelId("91216000AB0100"), 1500, DEED);
        bytes[5] memory acts = [
            abi.encodeCall(ILandRegister.correctArea, (house, 1, 505, DEED)),
            abi.encodeCall(ILandRegister.burden, (house, 1, Burden(DEED, BurdenKind.Easement, 0, 0))),
            abi.encodeCall(ILandRegister.lift, (house, DEED)),
            abi.encodeCall(ILandRegister.divide, (house, 1, _parts(200, 300), DEED)),
            abi.encodeCall(ILandRegister.merge, (ids, versions, child, DEED))
        ];
        for (uint256 i; i < acts.length; ++i) {
            bytes32 actHash = keccak256(acts[i]);
            vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, actHash));
            this.post(acts[i]);
        }
    }

    function test_AnAttestationServesOnceAndEnds() public {
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        bytes memory refused = abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act));
        _attest(address(register), act);
        vm.warp(block.timestamp + 1 days + 1);
        vm.expectRevert(refused);
        this.post(act);
        _attest(address(register), act);
        this.post(act);
        vm.expectRevert(refused);
        this.post(act);
    }

    function test_OnePersonInBothOfficesNeedsAnother() public {
        _grant(town.NOTARY(), registrar, 0);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        vm.prank(registrar);
        register.attest(keccak256(act), uint64(block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_SamePerson.selector, registrar));
        this.post(act);
    }

    function test_ThroughTheAuthorityNobodyPassesForTwo() public {
        _grant(town.NOTARY(), registrar, 0);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        vm.startPrank(registrar);
        register.attest(keccak256(act), uint64(block.timestamp));
        vm.expectRevert(IInPerson.InPerson_ThroughTheAuthority.selector);
        town.execute(address(register), act);
        vm.expectRevert(IInPerson.InPerson_ThroughTheAuthority.selector);
        town.execute(address(register), abi.encodeCall(IConcurrence.attest, (keccak256(act), type(uint64).max)));
        vm.stopPrank();
    }

    function test_ANotaryDoesNotOverwriteAColleaguesAttestation() public {
        _grant(town.NOTARY(), carol, 0);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        bytes32 actHash = keccak256(act);
        _attest(address(register), act);
        vm.prank(carol);
        register.attest(actHash, uint64(block.timestamp - 1));
        assertEq(register.attestationOf(actHash).by, notary);
        this.post(act);
        assertEq(register.ownerOf(house), bob);
    }

    function test_WhoHoldsBothOfficesPostsWhatAColleagueAttested() public {
        _grant(town.NOTARY(), registrar, 0);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        vm.prank(registrar);
        register.attest(keccak256(act), uint64(block.timestamp));
        _attest(address(register), act);
        this.post(act);
        assertEq(register.ownerOf(house), bob);
    }

    function test_WhenOneAttestationServed_TheOthersOfTheActAreGone() public {
        _grant(town.NOTARY(), carol, 0);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        _attest(address(register), act);
        vm.prank(carol);
        register.attest(keccak256(act), type(uint64).max);
        this.post(act);
        assertEq(register.attestationOf(keccak256(act)).by, address(0));
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_NotAttested.selector, keccak256(act)));
        this.post(act);
    }

    function test_EightNotariesAttestAnActAndNoMore() public {
        bytes32 actHash = keccak256("an act");
        for (uint256 i = 1; i <= 9; ++i) {
            address one = vm.addr(i);
            _grant(town.NOTARY(), one, 0);
            if (i == 9) vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_TooManyNotaries.selector, 8));
            vm.prank(one);
            register.attest(actHash, type(uint64).max);
        }
        vm.prank(vm.addr(8));
        register.attest(actHash, 0);
        assertEq(register.attestationOf(actHash).by, vm.addr(1));
    }

    function test_TheWordOfANotaryWhoLeftOfficeIsVoid() public {
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        _attest(address(register), act);
        assertEq(register.attestationOf(keccak256(act)).by, notary);
        uint64 office = town.NOTARY();
        vm.prank(mayor);
        town.revokeRole(office, notary);
        vm.expectRevert(abi.encodeWithSelector(IConcurrence.Concurrence_OutOfOffice.selector, notary));
        this.post(act);
    }

    function test_ANotaryWhoseActsMustWaitConcursOnceTheyHave() public {
        _grant(town.NOTARY(), carol, 2 days);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        bytes memory word = abi.encodeCall(IConcurrence.attest, (keccak256(act), uint64(START + 9 days)));
        vm.startPrank(carol);
        town.schedule(address(register), word, 0);
        vm.warp(START + 2 days);
        register.attest(keccak256(act), uint64(START + 9 days));
        vm.stopPrank();
        this.post(act);
        assertEq(register.ownerOf(house), bob);
    }

    function post(bytes calldata act) external {
        _post(address(register), act);
    }

    /// @dev A register without a title.
    function _deploy(uint64 founding_s) private {
        bytes memory arguments = abi.encode(town, residents, uint64(180 days), founding_s);
        register = LandRegister(deployCode("LandRegister.sol:LandRegister", arguments));
        _wire("LandRegister", address(register));
    }

    function _grant(uint64 office, address who, uint32 delay_s) private {
        vm.prank(mayor);
        town.grantRole(office, who, delay_s);
    }

    function _parcel(uint256 number) private pure returns (Parcel memory) {
        return Parcel(parcelId("91216000AC0000") + number, 100, DEED);
    }

    function _parts(uint32 one, uint32 other) private pure returns (Parcel[] memory parts) {
        parts = new Parcel[](2);
        parts[0] = Parcel(parcelId("91216000AB0101"), one, DEED);
        parts[1] = Parcel(parcelId("91216000AB0102"), other, DEED);
    }

    function _enactCall(uint256 id, uint24 whole, Right[] memory rights) private view returns (bytes memory) {
        return
            abi.encodeCall(ILandRegister.enact, (Act.Judgment, id, register.titleOf(id).version, whole, rights, DEED));
    }
}
