// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {RecordsFixture} from "tests/forge/records/RecordsFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title What a slip on papers is worth: one act, by its signer, in one contract on one chain, once
contract AttestationsSlipsTest is RecordsFixture {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes32 private constant PURPOSE = "canteen";

    uint256 private strangerKey = uint256(keccak256("stranger"));
    address private bob;
    uint256 private bobKey;

    function setUp() public {
        _found();
        (bob, bobKey) = makeAddrAndKey("bob");
    }

    function test_AnyonePostsTheIssuersSlip() public {
        bytes memory signature = _sign(rectorKey, _issueSlip("root", 0, 3, "ipfs://", NOW));
        vm.prank(stranger);
        attestations.issue(schema, rector, "root", 0, 3, "ipfs://", NOW, signature);
        assertEq(attestations.seriesOf(schema, rector).next, 3);

        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NotNext.selector, 3, 0));
        attestations.issue(schema, rector, "root", 0, 3, "ipfs://", NOW, signature);
    }

    function test_AnIssuersSlipServesForWhatItSays() public {
        bytes memory signature = _sign(rectorKey, _issueSlip("root", 0, 3, "ipfs://", NOW));
        _refusedIssue("other", 3, "ipfs://", NOW, signature);
        _refusedIssue("root", 4, "ipfs://", NOW, signature);
        _refusedIssue("root", 3, "ipfs://elsewhere", NOW, signature);
        _refusedIssue("root", 3, "ipfs://", NOW + 1, signature);
        _refusedIssue("root", 3, "ipfs://", NOW, "");
        _refusedIssue("root", 3, "ipfs://", NOW, _highS(signature));
        bytes32 slip = _issueSlip("root", 0, 3, "ipfs://", NOW);
        _refusedIssue("root", 3, "ipfs://", NOW, _sign(strangerKey, slip));
        _refusedIssue("root", 3, "ipfs://", NOW, _signFor(rectorKey, slip, address(this), block.chainid));
        _refusedIssue("root", 3, "ipfs://", NOW, _signFor(rectorKey, slip, address(attestations), 1));
        _refusedIssue("root", 3, "ipfs://", NOW, _sign(rectorKey, _useSlip(0, PURPOSE, NOW)));
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, NOW));
        attestations.issue(schema, rector, "root", 0, 3, "ipfs://", NOW, signature);
    }

    function test_AnyonePostsTheHoldersSlip() public {
        IAttestations.Paper[] memory papers = _issued(3);
        bytes memory signature = _sign(aliceKey, _useSlip(1, PURPOSE, NOW));
        vm.prank(stranger);
        attestations.use(papers[1], PURPOSE, NOW, signature);

        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_UsedOnce.selector, 1));
        attestations.use(papers[1], PURPOSE, NOW, signature);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_UsedOnce.selector, 1));
        attestations.use(papers[1], "cinema", NOW, signature);
    }

    function test_AHoldersSlipServesForOnePaperAndOnePurpose() public {
        IAttestations.Paper[] memory papers = _issued(3);
        bytes32 slip = _useSlip(1, PURPOSE, NOW);
        bytes memory signature = _sign(aliceKey, slip);
        _refusedUse(papers[1], "cinema", NOW, signature);
        _refusedUse(papers[2], PURPOSE, NOW, signature);
        _refusedUse(papers[1], PURPOSE, NOW + 1, signature);
        _refusedUse(papers[1], PURPOSE, NOW, "");
        _refusedUse(papers[1], PURPOSE, NOW, _highS(signature));
        _refusedUse(papers[1], PURPOSE, NOW, _sign(rectorKey, slip));
        _refusedUse(papers[1], PURPOSE, NOW, _signFor(aliceKey, slip, address(this), block.chainid));
        _refusedUse(papers[1], PURPOSE, NOW, _signFor(aliceKey, slip, address(attestations), 1));
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, NOW));
        attestations.use(papers[1], PURPOSE, NOW, signature);
    }

    function test_ASmartAccountUsesItsPaperByItsOwnersSlip() public {
        IAttestations.Paper[] memory papers = _drawUp(0, 1);
        papers[0].subject = address(new OwnedWallet(bob));
        _issue(papers);
        bytes memory signature = _sign(bobKey, _useSlip(0, PURPOSE, NOW));
        attestations.use(papers[0], PURPOSE, NOW, signature);
        (, uint256 used) = attestations.marksOf(schema, rector, 0);
        assertEq(used, 1);
    }

    function test_ASeriesGoesOnUnderAnotherKeyWithItsName() public {
        _issued(2);
        bytes memory signature = _sign(bobKey, _handSlip(bob, NOW));
        vm.expectEmit();
        emit IAttestations.KeyHanded(schema, rector, bob);
        vm.prank(rector);
        attestations.hand(schema, rector, bob, NOW, signature);
        assertEq(attestations.seriesOf(schema, rector).key, bob);

        vm.prank(rector);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, bob));
        attestations.issue(schema, rector, "root", 2, 1, "", 0, "");
        vm.prank(rector);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NotAccreditor.selector, schema, rector));
        attestations.revoke(schema, rector, 0, 1);
        vm.prank(bob);
        attestations.issue(schema, rector, "root", 2, 1, "", 0, "");
        vm.prank(university);
        attestations.accredit(schema, rector, ACCREDITED_UNTIL + 1);
        assertEq(attestations.seriesOf(schema, rector).key, bob, "an accreditation gives no key back");
    }

    function test_AKeyIsHandedByTheOldOneAndTakenByTheNew() public {
        bytes memory signature = _sign(bobKey, _handSlip(bob, NOW));
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, rector));
        attestations.hand(schema, rector, bob, NOW, signature);
        vm.startPrank(rector);
        _refusedHand(bob, NOW, _sign(rectorKey, _handSlip(bob, NOW)));
        _refusedHand(bob, NOW, "");
        _refusedHand(alice, NOW, signature);
        _refusedHand(bob, NOW + 1, signature);
        _refusedHand(bob, NOW, _signFor(bobKey, _handSlip(bob, NOW), address(this), block.chainid));
        _refusedHand(bob, NOW, _signFor(bobKey, _handSlip(bob, NOW), address(attestations), 1));
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, NOW));
        attestations.hand(schema, rector, bob, NOW, signature);
    }

    function test_AnOldKeysSlipIsWorthNothingOnceTheSeriesIsHanded() public {
        bytes memory signature = _sign(rectorKey, _issueSlip("root", 0, 3, "", NOW));
        vm.prank(rector);
        attestations.hand(schema, rector, bob, NOW, _sign(bobKey, _handSlip(bob, NOW)));
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, bob));
        attestations.issue(schema, rector, "root", 0, 3, "", NOW, signature);
    }

    function _handSlip(address key, uint256 deadline) private view returns (bytes32) {
        return keccak256(abi.encode(HAND, schema, rector, key, deadline));
    }

    function _refusedIssue(bytes32 root, uint256 count, string memory uri, uint256 deadline, bytes memory signature)
        private
    {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, rector));
        attestations.issue(schema, rector, root, 0, count, uri, deadline, signature);
    }

    function _refusedUse(IAttestations.Paper memory paper, bytes32 purpose, uint256 deadline, bytes memory signature)
        private
    {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, alice));
        attestations.use(paper, purpose, deadline, signature);
    }

    function _refusedHand(address key, uint256 deadline, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, key));
        attestations.hand(schema, rector, key, deadline, signature);
    }

    function _highS(bytes memory signature) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        return abi.encodePacked(r, ORDER - uint256(s), signature[64] == bytes1(uint8(27)) ? uint8(28) : uint8(27));
    }
}
