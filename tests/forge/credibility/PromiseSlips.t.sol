// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title The slips by which a subject and the residents act
contract PromiseSlipsTest is CredFixture {
    bytes32 private constant TEXT = keccak256("text");
    string private constant URI = "ipfs://text";
    uint256 private constant MOST_GAS = 16_777_216; // of a transaction (EIP-7825)

    function test_AnyonePostsWhatTheSubjectSigned() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        bytes32 slip = _pledgesSlip(mandate, _pledges(2), START + 1 hours);
        vm.prank(stranger);
        promises.pledge(mandate, 0, _pledges(2), START + 1 hours, _sign(mayorKey, slip));
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION);

        vm.startPrank(stranger);
        promises.amend(mandate, 1, TEXT, URI, START, _sign(mayorKey, _slip("Amendment", mandate, 1, START)));
        promises.bringEvidence(mandate, 1, TEXT, URI, START, _sign(mayorKey, _slip("Evidence", mandate, 1, START)));
        promises.bringCounterEvidence(
            citizens[2], mandate, 1, TEXT, URI, START, _sign(citizenKeys[2], _counterSlip(mandate, START))
        );
        vm.stopPrank();
        assertTrue(promises.promiseOf(mandate, 1).hasEvidence);
    }

    function test_ASlipServesOnce() external {
        uint256 mandate = _pledged(1);
        bytes32 slip = _slip("Evidence", mandate, 0, START);
        bytes memory signature = _sign(mayorKey, slip);
        promises.bringEvidence(mandate, 0, TEXT, URI, START, signature);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipSpent.selector, slip));
        promises.bringEvidence(mandate, 0, TEXT, URI, START, signature);
    }

    function test_ASlipAfterItsDeadlineIsRefused() external {
        uint256 mandate = _pledged(1);
        bytes memory signature = _sign(mayorKey, _slip("Evidence", mandate, 0, START));
        vm.warp(START + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, START));
        promises.bringEvidence(mandate, 0, TEXT, URI, START, signature);
    }

    function test_ASlipOfAnotherChainContractPurposeSignerOrTextIsRefused() external {
        uint256 mandate = _pledged(2);
        bytes32 slip = _slip("Evidence", mandate, 0, START);
        bytes[] memory signatures = new bytes[](6);
        signatures[0] = _sign(mayorKey, slip, block.chainid + 1, address(promises));
        signatures[1] = _sign(mayorKey, slip, block.chainid, address(residents));
        signatures[2] = _sign(citizenKeys[0], slip);
        signatures[3] = _sign(mayorKey, _slip("Amendment", mandate, 0, START));
        signatures[4] = _sign(mayorKey, _slip("Evidence", mandate, 1, START));
        signatures[5] = _highS(_sign(mayorKey, slip));
        for (uint256 i; i < signatures.length; ++i) {
            vm.prank(stranger);
            vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
            promises.bringEvidence(mandate, 0, TEXT, URI, START, signatures[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        promises.bringEvidence(mandate, 0, "another text", URI, START, _sign(mayorKey, slip));
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        promises.bringEvidence(mandate, 0, TEXT, "ipfs://another", START, _sign(mayorKey, slip));
    }

    function test_PledgesOtherThanThoseSignedAreRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        bytes memory signature = _sign(mayorKey, _pledgesSlip(mandate, _pledges(2), START));
        IPromises.Pledge[] memory others = _pledges(2);
        (others[0].weight_bps, others[1].weight_bps) = (1, 9_999);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        promises.pledge(mandate, 0, others, START, signature);
    }

    function test_ASmartAccountMayBeASubject() external {
        OwnedWallet supplier = new OwnedWallet(mayor);
        vm.prank(clerk);
        uint256 mandate = promises.openMandate(address(supplier), ENDS, IPromises.Supply.FiftyMillion, "contract");
        promises.pledge(mandate, 0, _pledges(2), START, _sign(mayorKey, _pledgesSlip(mandate, _pledges(2), START)));
        assertEq(cred.balanceOf(address(supplier)), FIFTY_MILLION);
    }

    function test_TwoHundredPromisesFitIntoOneTransaction() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(200);
        bytes memory signature = _sign(mayorKey, _pledgesSlip(mandate, pledges, DUE));
        bytes memory data = abi.encodeCall(promises.pledge, (mandate, 0, pledges, DUE, signature));
        (bool done,) = address(promises).call(data);
        uint256 used = vm.lastCallGas().gasTotalUsed + 21_000 + 40 * data.length;
        assertTrue(done);
        vm.snapshotValue("Credibility", "pledge two hundred promises by slip, transaction included", used);
        assertLt(used, MOST_GAS);
    }

    function _slip(string memory purpose, uint256 mandate, uint256 promiseId, uint256 deadline)
        private
        pure
        returns (bytes32)
    {
        bool amends = keccak256(bytes(purpose)) == keccak256("Amendment");
        string memory field = amends ? "textHash" : "evidenceHash";
        bytes32 typehash = keccak256(
            bytes(
                string.concat(
                    purpose, "(uint256 mandate,uint256 promiseId,bytes32 ", field, ",string uri,uint256 deadline)"
                )
            )
        );
        return keccak256(abi.encode(typehash, mandate, promiseId, TEXT, keccak256(bytes(URI)), deadline));
    }

    function _counterSlip(uint256 mandate, uint256 deadline) private view returns (bytes32) {
        bytes32 typehash = keccak256(
            "CounterEvidence(address resident,uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)"
        );
        return keccak256(abi.encode(typehash, citizens[2], mandate, 1, TEXT, keccak256(bytes(URI)), deadline));
    }

    /// @dev As wallets hash it.
    function _pledgesSlip(uint256 mandate, IPromises.Pledge[] memory pledges, uint256 deadline)
        private
        pure
        returns (bytes32)
    {
        string memory row = "Pledge(string title,bytes32 textHash,string uri,uint16 weight_bps,uint40 dueAt)";
        string memory all = "Pledges(uint256 mandate,uint256 first,Pledge[] pledges,uint256 deadline)";
        bytes memory rows;
        for (uint256 i; i < pledges.length; ++i) {
            IPromises.Pledge memory it = pledges[i];
            bytes32 hash = keccak256(
                abi.encode(
                    keccak256(bytes(row)),
                    keccak256(bytes(it.title)),
                    it.textHash,
                    keccak256(bytes(it.uri)),
                    it.weight_bps,
                    it.dueAt
                )
            );
            rows = bytes.concat(rows, hash);
        }
        bytes32 typehash = keccak256(bytes(string.concat(all, row)));
        return keccak256(abi.encode(typehash, mandate, 0, keccak256(rows), deadline));
    }

    function _highS(bytes memory signature) private pure returns (bytes memory) {
        uint256 n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        (bytes32 r, uint256 s) = (bytes32(0), 0);
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        uint8 v = uint8(signature[64]) == 27 ? 28 : 27;
        return abi.encodePacked(r, n - s, v);
    }
}
