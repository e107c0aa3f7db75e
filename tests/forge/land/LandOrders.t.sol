// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC7943NonFungible} from "contracts/land/interfaces/IERC7943.sol";
import {Act, ILandRegister, Parcel, Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title What a court orders, and what a title that is frozen, retired or unknown refuses
contract LandOrdersTest is LandFixture {
    function test_AForcedTransferOfAFrozenTitleUnfreezesItFirst() public {
        _freeze(house, alice);
        assertTrue(register.getFrozenTokens(alice, house));
        assertFalse(register.canTransfer(alice, bob, house));
        vm.expectEmit(address(register));
        emit IERC7943NonFungible.Frozen(alice, house, false);
        vm.expectEmit(address(register));
        emit IERC7943NonFungible.ForcedTransfer(alice, bob, house);
        vm.prank(court);
        register.forcedTransfer(alice, bob, house);
        assertEq(register.ownerOf(house), bob);
        assertFalse(register.getFrozenTokens(bob, house));
    }

    function test_OnlyTheCourtFreezesAndForces() public {
        bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, registrar);
        vm.startPrank(registrar);
        vm.expectRevert(refused);
        register.setFrozenTokens(alice, house, true);
        vm.expectRevert(refused);
        register.forcedTransfer(alice, bob, house);
    }

    function test_ACourtNamesTheOneWhoHolds() public {
        bytes memory refused =
            abi.encodeWithSelector(ILandRegister.LandRegister_NotHeld.selector, house, bob, RightKind.Full, 1);
        vm.startPrank(court);
        vm.expectRevert(refused);
        register.setFrozenTokens(bob, house, true);
        vm.expectRevert(refused);
        register.forcedTransfer(bob, carol, house);
        vm.expectRevert(abi.encodeWithSelector(IERC7943NonFungible.ERC7943CannotReceive.selector, address(0)));
        register.forcedTransfer(alice, address(0), house);
    }

    function test_AFrozenTitleTakesNoAct() public {
        _freeze(house, alice);
        bytes memory act = _enactCall(house, 1, _rights(bob, RightKind.Full, 1));
        _attest(address(register), act);
        vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_TitleFrozen.selector, house));
        this.post(act);
    }

    function test_WhatACourtUnfreezesTakesActsAgain() public {
        _freeze(house, alice);
        vm.expectEmit(address(register));
        emit IERC7943NonFungible.Frozen(alice, house, false);
        vm.prank(court);
        register.setFrozenTokens(alice, house, false);
        _enact(house, 1, _rights(bob, RightKind.Full, 1));
        assertEq(register.ownerOf(house), bob);
    }

    function test_AFrozenParcelDoesNotMoveByPlainTransfer() public {
        _freeze(house, alice);
        vm.expectRevert(ILandRegister.LandRegister_OnlyLawfulActs.selector);
        vm.prank(alice);
        register.transferFrom(alice, bob, house);
    }

    function test_WhatIsNoLiveTitleTakesNoAct() public {
        Parcel[] memory parts = new Parcel[](2);
        parts[0] = Parcel(parcelId("91216000AB0101"), 200, DEED);
        parts[1] = Parcel(parcelId("91216000AB0102"), 300, DEED);
        _concur(address(register), abi.encodeCall(ILandRegister.divide, (house, 1, parts, DEED)));
        uint256 unknown = parcelId("91216000AB0009");
        _refusesEveryAct(house, abi.encodeWithSelector(ILandRegister.LandRegister_Retired.selector, house));
        _refusesEveryAct(unknown, abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, unknown));
    }

    function post(bytes calldata act) external {
        _post(address(register), act);
    }

    function _refusesEveryAct(uint256 id, bytes memory refusal) private {
        Right[] memory none;
        _refuses(stranger, abi.encodeCall(register.tokenURI, (id)), refusal);
        _refuses(stranger, abi.encodeCall(register.locked, (id)), refusal);
        _refuses(stranger, abi.encodeCall(register.getApproved, (id)), refusal);
        _refuses(stranger, abi.encodeCall(register.rightsOf, (id)), refusal);
        _refuses(stranger, abi.encodeCall(register.ensureFree, (id)), refusal);
        _refuses(stranger, abi.encodeCall(register.sweep, (id, DEED)), refusal);
        _refuses(registrar, abi.encodeCall(register.rescale, (id, 2)), refusal);
        _refuses(registrar, abi.encodeCall(register.caveat, (id, uint64(block.timestamp + 1), DEED)), refusal);
        _refuses(court, abi.encodeCall(register.setFrozenTokens, (alice, id, true)), refusal);
        _refuses(court, abi.encodeCall(register.forcedTransfer, (alice, bob, id)), refusal);
        _refuses(address(conveyance), abi.encodeCall(register.lock, (id, 1, none)), refusal);
        _refuses(address(conveyance), abi.encodeCall(register.unlock, (id)), refusal);
        _refuses(address(conveyance), abi.encodeCall(register.convey, (id, none, none)), refusal);
    }

    function _refuses(address caller, bytes memory act, bytes memory refusal) private {
        vm.prank(caller);
        (bool done, bytes memory reason) = address(register).call(act);
        assertFalse(done);
        assertEq(reason, refusal);
    }

    function _freeze(uint256 id, address holder) private {
        vm.prank(court);
        register.setFrozenTokens(holder, id, true);
    }

    function _enactCall(uint256 id, uint24 whole, Right[] memory rights) private view returns (bytes memory) {
        return
            abi.encodeCall(ILandRegister.enact, (Act.Judgment, id, register.titleOf(id).version, whole, rights, DEED));
    }
}
