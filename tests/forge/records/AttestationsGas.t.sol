// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";

import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {RecordsFixture} from "tests/forge/records/RecordsFixture.sol";

/// @title What papers cost, transaction by transaction, under their ceilings
/// forge-config: default.isolate = true
contract AttestationsGasTest is RecordsFixture {
    uint256 private constant DEPTH_10 = 1_024;
    string private constant URI = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";

    function setUp() public {
        _found();
    }

    function test_ABatchOfAnySizeStaysUnderItsCeiling() public {
        vm.prank(rector);
        attestations.issue(schema, rector, "first", 0, 1, URI, 0, "");
        _under("batch, a series' first", 62_000);
        vm.prank(rector);
        attestations.issue(schema, rector, keccak256("one"), 1, 1, URI, 0, "");
        _under("batch of one", 62_000);
        vm.prank(rector);
        attestations.issue(schema, rector, keccak256("million"), 2, 1_000_000, URI, 0, "");
        _under("batch of a million", 62_000);
        bytes32 root = keccak256("slip");
        bytes memory signature = _sign(rectorKey, _issueSlip(root, 1_000_002, 1_000_000, URI, NOW));
        attestations.issue(schema, rector, root, 1_000_002, 1_000_000, URI, NOW, signature);
        _under("batch of a million, by slip", 68_000);
    }

    function test_RevokingStaysUnderItsCeilings() public {
        vm.startPrank(rector);
        attestations.issue(schema, rector, "root", 0, 1_000, "", 0, "");
        attestations.revoke(schema, rector, 0, 1);
        _under("revoke, a word's first", 60_000);
        attestations.revoke(schema, rector, 0, 2);
        _under("revoke one in a known word", 37_000);
        attestations.revoke(schema, rector, 1, type(uint256).max);
        _under("revoke 256 in a word", 60_000);
    }

    function test_UsingStaysUnderItsCeilings() public {
        IAttestations.Paper[] memory papers = _issued(DEPTH_10);
        vm.prank(alice);
        attestations.use(papers[300], "canteen", 0, "");
        _under("use, a word's first, depth 10", 78_000);
        vm.prank(alice);
        attestations.use(papers[301], "canteen", 0, "");
        _under("use in a known word, depth 10", 59_000);
        vm.prank(stranger);
        attestations.use(papers[302], "canteen", NOW, _sign(aliceKey, _useSlip(302, "canteen", NOW)));
        _under("use by slip in a known word", 59_000);
    }

    function _under(string memory what, uint256 ceiling) private view {
        uint256 gas = vm.lastCallGas().gasTotalUsed;
        console.log(what, gas);
        assertLe(gas, ceiling, what);
    }
}

/// @title What a contract pays to ask whether a paper holds, everything cold
contract AttestationsAskedTest is RecordsFixture {
    function test_AskingWhetherAPaperHoldsStaysUnderItsCeiling() public {
        _found();
        IAttestations.Paper[] memory papers = _issued(1_024);
        vm.cool(address(attestations));
        assertTrue(attestations.holds(papers[300]));
        uint256 gas = vm.lastCallGas().gasTotalUsed;
        console.log("holds, depth 10", gas);
        assertLe(gas, 21_000);
    }
}
