// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC5192} from "contracts/land/interfaces/IERC5192.sol";
import {Act, ILandRegister, Parcel, Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {ITitleFollower} from "contracts/land/interfaces/ITitleFollower.sol";
import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title What a title is and who may touch it
contract LandRegisterTest is LandFixture {
    function test_ARegisteredTitleIsItsHoldersAndLocked() public view {
        assertEq(register.ownerOf(house), alice);
        assertEq(register.balanceOf(alice), 2);
        assertTrue(register.locked(house));
        assertEq(register.tokenURI(house), "urn:fr:cadastre:91216000AB0001");
        assertEq(house, uint256(uint112(bytes14("91216000AB0001"))));
    }

    function test_TheRegisterTellsItsCharter() public view {
        assertEq(register.name(), "Land register");
        assertEq(register.symbol(), "TITLE");
        assertEq(address(register.residents()), address(residents));
        assertEq(register.longestCaveat_s(), 180 days);
        assertEq(register.authority(), address(town));
    }

    function test_ARegistrationIsToldAsTheStandardsSay() public {
        uint256 id = parcelId("91216000AB0009");
        vm.expectEmit(address(register));
        emit ILandRegister.Registered(id, 10, DEED);
        vm.expectEmit(address(register));
        emit IERC5192.Locked(id);
        vm.expectEmit(address(register));
        emit IERC721.Transfer(address(0), bob, id);
        vm.prank(registrar);
        register.register(Parcel(id, 10, DEED), bob);
    }

    function test_AnActIsTold() public {
        Right[] memory rights = _rights(bob, RightKind.Full, 1);
        bytes memory act = _enactCall(house, 1, rights);
        _attest(address(register), act);
        vm.expectEmit(address(register));
        emit IERC721.Transfer(alice, bob, house);
        vm.expectEmit(address(register));
        emit ILandRegister.RightsRestated(house, 2, 1, rights);
        vm.expectEmit(address(register));
        emit ILandRegister.Enacted(house, Act.Judgment, DEED);
        this.post(act);
    }

    function test_AnythingButASaleWaitsForTheSale() public {
        _open(_terms());
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_UnderSale.selector, house));
        this.post(act);
        assertFalse(register.canTransfer(alice, bob, house));
    }

    function test_IdsOfAnyOtherShapeAreRefused() public {
        string[7] memory wrong = [
            "91216000AB001", // 13
            "91216000ab0001",
            "9121A000AB0001",
            "91216000AB000X",
            "3A216000AB0001",
            "2C216000AB0001",
            "91216 00AB0001"
        ];
        for (uint256 i; i < wrong.length; ++i) {
            _refused(parcelId(wrong[i]));
        }
        _refused(uint120(bytes15("091216000AB0001"))); // padded to 15, as real data has them
        _refused(0);
    }

    function test_CorsicaAndPaddedSectionsAreAccepted() public {
        vm.startPrank(registrar);
        register.register(Parcel(parcelId("2A004000AB0001"), 1, DEED), bob);
        register.register(Parcel(parcelId("2B033000ZZ0001"), 1, DEED), bob);
        register.register(Parcel(parcelId("174700000B0105"), 1, DEED), bob);
        assertEq(register.balanceOf(bob), 3);
    }

    function test_ATitleIsNeverIssuedTwice() public {
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_IdUsed.selector, house));
        vm.prank(registrar);
        register.register(Parcel(house, 1, DEED), bob);
    }

    function test_AParcelWithoutAnAreaIsRefused() public {
        uint256 id = parcelId("91216000AB0009");
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_NoArea.selector, id));
        vm.prank(registrar);
        register.register(Parcel(id, 0, DEED), bob);
    }

    function test_ABatchNeedsAHolderForEachParcel() public {
        vm.startPrank(registrar);
        for (uint256 parcels; parcels < 2; ++parcels) {
            bytes4 mismatch = ILandRegister.LandRegister_BatchMismatch.selector;
            vm.expectRevert(abi.encodeWithSelector(mismatch, parcels, 0));
            register.registerMany(new Parcel[](parcels), new address[](0));
        }
    }

    function test_NobodyAndTheRegisterHoldNothing() public {
        uint256 id = parcelId("91216000AB0009");
        vm.startPrank(registrar);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidHolder.selector, address(0)));
        register.register(Parcel(id, 1, DEED), address(0));
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidHolder.selector, register));
        register.register(Parcel(id, 1, DEED), address(register));
    }

    function test_PlainTransfersAndApprovalsRevert() public {
        vm.startPrank(alice);
        bytes4 refused = ILandRegister.LandRegister_OnlyLawfulActs.selector;
        vm.expectRevert(refused);
        register.transferFrom(alice, bob, house);
        vm.expectRevert(refused);
        register.safeTransferFrom(alice, bob, house);
        vm.expectRevert(refused);
        register.safeTransferFrom(alice, bob, house, "");
        vm.expectRevert(refused);
        register.approve(bob, house);
        vm.expectRevert(refused);
        register.setApprovalForAll(bob, true);
        assertFalse(register.isApprovedForAll(alice, bob));
        assertEq(register.getApproved(house), address(0));
    }

    function test_EveryStandardIsAnnounced() public view {
        bytes4[6] memory ids = [
            bytes4(0x01ffc9a7),
            bytes4(0x80ac58cd),
            bytes4(0x5b5e139f),
            bytes4(0xb45a3c0e),
            bytes4(0x49064906),
            bytes4(0xbf1ef5fe)
        ];
        for (uint256 i; i < ids.length; ++i) {
            assertTrue(register.supportsInterface(ids[i]));
        }
        assertFalse(register.supportsInterface(0xffffffff));
    }

    function test_WhatSeveralHoldTheRegisterHoldsForThem() public {
        _half(house);
        assertEq(register.ownerOf(house), address(register));
        assertEq(register.balanceOf(alice), 1);
        assertEq(register.balanceOf(address(register)), 1);
        assertEq(register.rightsOf(house).length, 2);
        _enact(house, 1, _rights(bob, RightKind.Full, 1));
        assertEq(register.ownerOf(house), bob);
        assertEq(register.balanceOf(address(register)), 0);
        assertEq(register.rightsOf(house).length, 1);
    }

    function test_ASharedParcelIsRegisteredWithItsRights() public {
        uint256 id = parcelId("91216000AB0009");
        Right[] memory rights = _rights(Right(bob, RightKind.Bare, 3), Right(carol, RightKind.Usufruct, 3));
        vm.prank(registrar);
        register.registerShared(Parcel(id, 10, DEED), 3, rights);
        assertEq(abi.encode(register.rightsOf(id)), abi.encode(rights));
    }

    function test_AHolderNamedTwiceHoldsTheSum() public {
        _enact(house, 4, _rights(Right(bob, RightKind.Full, 3), Right(bob, RightKind.Full, 1)));
        assertEq(register.ownerOf(house), bob);
        assertEq(register.rightsOf(house)[0].shares, 4);
    }

    function test_MoreRightsThanAnActCarriesAreRefused() public {
        Right[] memory rights = new Right[](25);
        for (uint256 i; i < 25; ++i) {
            rights[i] = Right(address(uint160(i + 1000)), RightKind.Full, 1);
        }
        bytes memory act = _enactCall(house, 25, rights);
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_TooManyRights.selector, 24));
        this.post(act);
    }

    function test_RescalingKeepsTheFractions() public {
        _half(house);
        vm.startPrank(registrar);
        register.rescale(house, 3);
        assertEq(register.titleOf(house).whole, 6);
        assertEq(register.rightsOf(house)[1].shares, 3);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidFactor.selector, 1));
        register.rescale(house, 1);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidFactor.selector, 16_000_000));
        register.rescale(house, 16_000_000);
    }

    function test_ARecoveredKeyHoldsWhatTheLostOneHeld() public {
        address alice2 = _person("alice's new key");
        _recover(alice, alice2);
        assertEq(register.ownerOf(house), alice2);
        assertEq(register.balanceOf(alice2), 2);
        assertEq(register.balanceOf(alice), 0);
        address alice3 = _person("alice's third key");
        _recover(alice2, alice3);
        assertEq(register.ownerOf(house), alice3);
        assertEq(register.balanceOf(alice3), 2);
        _enact(house, 1, _rights(bob, RightKind.Full, 1));
        assertEq(register.balanceOf(alice3), 1);
        _enact(field, 2, _rights(Right(alice, RightKind.Full, 1), Right(alice3, RightKind.Full, 1)));
        assertEq(register.rightsOf(field).length, 1);
    }

    function test_NobodyLinksKeysThatWereNotReplaced() public {
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_NotReplaced.selector, alice, stranger));
        vm.prank(stranger);
        register.move(alice, stranger);
    }

    function test_WhoMaySendAndReceive() public {
        assertTrue(register.canSend(alice));
        assertTrue(register.canTransfer(alice, bob, house));
        assertFalse(register.canTransfer(bob, carol, house));
        assertFalse(register.canSend(address(0)));
        assertFalse(register.canReceive(address(register)));
        address[] memory accounts = new address[](1);
        accounts[0] = alice;
        vm.prank(stranger);
        register.follow(accounts, Kind.Citizen, Standing.Left);
        assertTrue(register.canSend(alice), "what a stranger tells the register changed it");
        address alice2 = _person("alice's new key");
        _recover(alice, alice2);
        assertFalse(register.canSend(alice));
        assertTrue(register.canSend(alice2));
        assertTrue(register.canTransfer(alice2, bob, house));
    }

    function testFuzz_WhatMayPassNeverReverts(address from, address to, uint256 id) public view {
        register.canTransfer(from, to, id);
        register.canSend(from);
        register.canReceive(to);
        register.getFrozenTokens(from, id);
    }

    function test_ATitleThatDoesNotExistHasNoOwner() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 1));
        register.ownerOf(1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0)));
        register.balanceOf(address(0));
    }

    function test_NoSaleEndsThatWasNotOpened() public {
        bytes memory refused = abi.encodeWithSelector(ILandRegister.LandRegister_NotUnderSale.selector, house);
        vm.startPrank(address(conveyance));
        vm.expectRevert(refused);
        register.unlock(house);
        vm.expectRevert(refused);
        register.convey(house, new Right[](0), new Right[](0));
    }

    function test_AFollowerIsAContractOnceAndTheMayorsChoice() public {
        vm.startPrank(mayor);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidFollower.selector, charges));
        register.addFollower(charges);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidFollower.selector, alice));
        register.addFollower(ITitleFollower(alice));
        register.addFollower(ITitleFollower(address(tax)));
        register.addFollower(ITitleFollower(address(currency)));
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidFollower.selector, town));
        register.addFollower(ITitleFollower(address(town)));
        vm.stopPrank();
        assertEq(register.followers().length, 4);
        address[] memory others = _everybody();
        for (uint256 i; i < others.length; ++i) {
            if (others[i] == mayor) continue;
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            register.addFollower(charges);
        }
    }

    function test_NoStrangerWritesInTheRegister() public {
        bytes[6] memory acts = [
            abi.encodeCall(ILandRegister.register, (Parcel(1, 1, DEED), bob)),
            _enactCall(house, 1, _rights(bob, RightKind.Full, 1)),
            abi.encodeCall(ILandRegister.lock, (house, 1, new Right[](0))),
            abi.encodeCall(ILandRegister.unlock, (house)),
            abi.encodeCall(ILandRegister.convey, (house, new Right[](0), new Right[](0))),
            abi.encodeCall(ILandRegister.caveat, (house, uint64(block.timestamp + 1), DEED))
        ];
        for (uint256 i; i < acts.length; ++i) {
            vm.prank(stranger);
            (bool done, bytes memory reason) = address(register).call(acts[i]);
            assertFalse(done);
            assertEq(reason, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        }
    }

    function post(bytes calldata act) external {
        _post(address(register), act);
    }

    function _refused(uint256 id) private {
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidId.selector, id));
        vm.prank(registrar);
        register.register(Parcel(id, 1, DEED), bob);
    }

    function _half(uint256 id) private {
        _enact(id, 2, _rights(Right(alice, RightKind.Full, 1), Right(bob, RightKind.Full, 1)));
    }

    function _enactCall(uint256 id, uint24 whole, Right[] memory rights) private view returns (bytes memory) {
        return
            abi.encodeCall(ILandRegister.enact, (Act.Judgment, id, register.titleOf(id).version, whole, rights, DEED));
    }
}
