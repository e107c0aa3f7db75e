// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ILandRegister, Parcel} from "contracts/land/interfaces/ILandRegister.sol";
import {Answer, IPlanning, PermitStatus} from "contracts/land/interfaces/IPlanning.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

contract PlanningTest is LandFixture {
    bytes32 private constant TERMS = keccak256("terms");
    uint8 private constant BUILD = 1;

    function test_TitlesArePlacedInZonesAndTakenOut() public {
        _place(zone);
        assertTrue(planning.isPreemptible(house));
        vm.startPrank(clerk);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_ZoneUnchanged.selector, house, zone));
        planning.place(zone, _ids());
        planning.takeOut(zone, _ids());
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_ZoneUnchanged.selector, house, zone));
        planning.takeOut(zone, _ids());
        assertFalse(planning.isPreemptible(house));
    }

    function test_TakingATitleOutOfOneZoneLeavesTheOthers() public {
        vm.startPrank(clerk);
        uint16 second = planning.openZone(false, 0, DEED);
        uint16 third = planning.openZone(false, 0, DEED);
        vm.stopPrank();
        _place(zone);
        _place(second);
        _place(third);
        vm.prank(clerk);
        planning.takeOut(second, _ids());
        uint16[] memory zones = planning.zonesOf(house);
        assertEq(zones.length, 2);
        assertEq(uint256(zones[0]) + zones[1], uint256(zone) + third);
    }

    function test_ASeventeenthZoneIsRefused() public {
        for (uint256 i; i < 16; ++i) {
            vm.prank(clerk);
            uint16 more = planning.openZone(false, 0, DEED);
            _place(more);
        }
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_TooManyZones.selector, 16));
        vm.prank(clerk);
        planning.place(zone, _ids());
    }

    function test_ZonesMakeSense() public {
        vm.startPrank(clerk);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_InvalidZone.selector, true, 0));
        planning.openZone(true, 0, DEED);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_InvalidZone.selector, false, 5));
        planning.openZone(false, 5, DEED);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_NoZone.selector, 99));
        planning.place(99, _ids());
        uint256[] memory unknown = new uint256[](1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 0));
        planning.place(zone, unknown);
    }

    function test_AZoneIsOpenedAsItIsTold() public {
        uint16 next = zone + 1;
        vm.expectEmit(address(planning));
        emit IPlanning.ZoneOpened(next, true, ANSWER_S, DEED);
        vm.prank(clerk);
        assertEq(planning.openZone(true, ANSWER_S, DEED), next);
        assertEq(abi.encode(planning.zoneOf(next)), abi.encode(IPlanning.Zone(true, true, ANSWER_S)));
        assertEq(address(planning.register()), address(register));
    }

    function test_AMergedTitleIsInTheZonesOfAll() public {
        vm.prank(clerk);
        uint16 second = planning.openZone(false, 0, DEED);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (house, field);
        vm.startPrank(clerk);
        planning.place(zone, ids);
        planning.place(second, _ids());
        vm.stopPrank();
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (1, 1);
        Parcel memory child = Parcel(parcelId("91216000AB0200"), 1500, DEED);
        _concur(address(register), abi.encodeCall(ILandRegister.merge, (ids, versions, child, DEED)));
        uint16[] memory zones = planning.zonesOf(child.id);
        assertEq(zones.length, 2);
        assertEq(uint256(zones[0]) + zones[1], uint256(zone) + second);
    }

    function test_AClosedZoneCarriesNoRight() public {
        _place(zone);
        vm.startPrank(clerk);
        planning.closeZone(zone, DEED);
        assertFalse(planning.isPreemptible(house));
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_NoZone.selector, zone));
        planning.closeZone(zone, DEED);
    }

    function test_PreEmptionExistsOnlyInAZone() public {
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_NotInZone.selector, house));
        vm.prank(notary);
        planning.declare(house, TERMS, PRICE);
        assertTrue(planning.isPurged(house, TERMS));
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_NotAwaited.selector, TERMS, Answer.None));
        vm.prank(clerk);
        planning.preempt(TERMS, DEED);
    }

    function test_PreEmptionExistsOnlyInItsWindow() public {
        _place(zone);
        _declare();
        uint256 last = START + ANSWER_S;
        vm.warp(last);
        assertFalse(planning.isPurged(house, TERMS));
        vm.warp(last + 1);
        assertTrue(planning.isPurged(house, TERMS));
        vm.startPrank(clerk);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_TooLate.selector, last));
        planning.preempt(TERMS, DEED);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_TooLate.selector, last));
        planning.renounce(TERMS, DEED);
    }

    function test_TheTownAnswersOnce() public {
        _place(zone);
        _declare();
        vm.startPrank(clerk);
        planning.renounce(TERMS, DEED);
        assertTrue(planning.isPurged(house, TERMS));
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_NotAwaited.selector, TERMS, Answer.Renounced));
        planning.preempt(TERMS, DEED);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_AlreadyDeclared.selector, TERMS));
        vm.prank(notary);
        planning.declare(house, TERMS, PRICE);
    }

    function test_ADeclarationForOneTitlePurgesNoOther() public {
        _place(zone);
        uint256[] memory other = new uint256[](1);
        other[0] = field;
        vm.prank(clerk);
        planning.place(zone, other);
        _declare();
        vm.prank(clerk);
        planning.renounce(TERMS, DEED);
        assertFalse(planning.isPurged(field, TERMS));
        assertFalse(planning.isPurged(house, keccak256("other terms")));
    }

    function test_TheLongestOfSeveralZonesGivesTheDelay() public {
        vm.prank(clerk);
        uint16 slow = planning.openZone(true, ANSWER_S * 2, DEED);
        _place(slow);
        _place(zone);
        _declare();
        assertEq(planning.declarationOf(TERMS).answerBy, START + ANSWER_S * 2);
    }

    function test_SilenceGrantsAPermitThatHoldsForItsTime() public {
        uint256 permit = _file();
        vm.warp(START + 60 days);
        assertFalse(planning.isPermitted(permit));
        vm.warp(START + 60 days + 1);
        assertTrue(planning.isPermitted(permit));
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_TooLate.selector, START + 60 days));
        vm.prank(clerk);
        planning.refusePermit(permit, DEED);
        vm.warp(START + 60 days + 1000 days);
        assertTrue(planning.isPermitted(permit));
        vm.warp(START + 60 days + 1000 days + 1);
        assertFalse(planning.isPermitted(permit));
    }

    function test_APermitIsGrantedOrRefusedInTime() public {
        uint256 granted = _file();
        uint256 refused = _file();
        vm.startPrank(clerk);
        planning.grantPermit(granted, DEED);
        planning.refusePermit(refused, DEED);
        assertTrue(planning.isPermitted(granted));
        assertFalse(planning.isPermitted(refused));
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_WrongStatus.selector, refused, PermitStatus.Refused));
        planning.grantPermit(refused, DEED);
        vm.warp(START + 61 days);
        assertFalse(planning.isPermitted(refused));
    }

    function test_ADelayIsExtendedOnce() public {
        uint256 permit = _file();
        vm.startPrank(clerk);
        planning.extendPermit(permit, DEED);
        assertEq(planning.permitOf(permit).decideBy, START + 120 days);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_AlreadyExtended.selector, permit));
        planning.extendPermit(permit, DEED);
    }

    function test_WhatIsDecidedOrLateIsDecidedNoMore() public {
        uint256 granted = _file();
        uint256 late = _file();
        vm.prank(clerk);
        planning.grantPermit(granted, DEED);
        _decidesNothing(
            granted, abi.encodeWithSelector(IPlanning.Planning_WrongStatus.selector, granted, PermitStatus.Granted)
        );
        _decidesNothing(99, abi.encodeWithSelector(IPlanning.Planning_WrongStatus.selector, 99, PermitStatus.None));
        vm.warp(START + 60 days + 1);
        _decidesNothing(late, abi.encodeWithSelector(IPlanning.Planning_TooLate.selector, START + 60 days));
    }

    function test_WhatIsRecordedForATitleIsFiledByARule() public {
        _file();
        vm.startPrank(clerk);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 1));
        planning.recordPermit(1, BUILD, DEED);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_NoRule.selector, 9));
        planning.recordPermit(field, 9, DEED);
        uint256 permit = planning.recordPermit(field, BUILD, DEED);
        vm.stopPrank();
        assertTrue(planning.permitOf(permit).status == PermitStatus.Filed);
        assertEq(planning.permitOf(permit).title, field);
    }

    function test_ATacitPermitIsAnnulledWithinTheDelayOnly() public {
        uint256 early = _file();
        uint256 late = _file();
        vm.warp(START + 60 days + 1);
        vm.startPrank(clerk);
        planning.annulPermit(early, DEED);
        assertFalse(planning.isPermitted(early));
        vm.warp(START + 150 days + 1);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_TooLate.selector, START + 150 days));
        planning.annulPermit(late, DEED);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_WrongStatus.selector, early, PermitStatus.Annulled));
        planning.annulPermit(early, DEED);
    }

    function test_OnlyHoldersAndTheClerkFileForATitle() public {
        _file();
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_OnlyHolder.selector, stranger, house));
        vm.prank(stranger);
        planning.filePermit(house, BUILD, DEED);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_NoRule.selector, 9));
        vm.prank(alice);
        planning.filePermit(house, 9, DEED);
        vm.prank(clerk);
        planning.recordPermit(field, BUILD, DEED);
        _recover(alice, _person("alice's new key"));
        vm.prank(makeAddr("alice's new key"));
        planning.filePermit(house, BUILD, DEED);
    }

    function test_TheNotaryDeclaresAndTheClerkAnswers() public {
        bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, clerk);
        vm.expectRevert(refused);
        vm.prank(clerk);
        planning.declare(house, TERMS, PRICE);
        refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, notary);
        vm.startPrank(notary);
        vm.expectRevert(refused);
        planning.renounce(TERMS, DEED);
        vm.expectRevert(refused);
        planning.preempt(TERMS, DEED);
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_OnlyRegister.selector, notary));
        planning.divided(house, new uint256[](0));
        vm.expectRevert(abi.encodeWithSelector(IPlanning.Planning_OnlyRegister.selector, notary));
        planning.merged(new uint256[](0), house);
    }

    function _decidesNothing(uint256 permit, bytes memory refusal) private {
        vm.startPrank(clerk);
        vm.expectRevert(refusal);
        planning.extendPermit(permit, DEED);
        vm.expectRevert(refusal);
        planning.grantPermit(permit, DEED);
        vm.expectRevert(refusal);
        planning.refusePermit(permit, DEED);
        vm.stopPrank();
    }

    function _ids() private view returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = house;
    }

    function _place(uint16 where) private {
        vm.prank(clerk);
        planning.place(where, _ids());
    }

    function _declare() private {
        vm.prank(notary);
        planning.declare(house, TERMS, PRICE);
    }

    function _file() private returns (uint256) {
        vm.prank(clerk);
        planning.setPermitRule(BUILD, IPlanning.PermitRule(60 days, 1000 days, 90 days));
        vm.prank(alice);
        return planning.filePermit(house, BUILD, DEED);
    }
}
