// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {RecordsFixture} from "tests/forge/records/RecordsFixture.sol";

/// @title The library's own papers (tests/vectors/papers.json, made by tests/records/test_paper_vectors.py), as the
/// contract reads them
contract RecordVectorsTest is RecordsFixture {
    string private vectors = vm.readFile("tests/vectors/papers.json");

    function setUp() public {
        _found();
    }

    function test_EveryPaperOfTheLibraryHoldsAndHasTheSameLeaf() public {
        uint256 count = vm.parseJsonUint(vectors, ".count");
        assertGt(count, 8);
        for (uint256 i; i < count; ++i) {
            uint256 clean = vm.snapshotState();
            string memory at = string.concat(".papers[", vm.toString(i), "]");
            IAttestations.Paper memory paper = _paper(at);
            assertEq(_leaf(paper), vm.parseJsonBytes32(vectors, string.concat(at, ".leaf")));
            _issueBatchOf(paper, _number(at, "first"), _number(at, "count"));
            vm.warp(NOW + 1);
            assertTrue(attestations.holds(paper));
            paper.claimsRoot = paper.parentsRoot;
            assertFalse(attestations.holds(paper));
            vm.revertToState(clean);
        }
    }

    function test_NoForgedPaperOfTheLibraryHolds() public {
        string memory forged = ".forged[0]";
        _issueBatchOf(_paper(forged), _number(forged, "first"), _number(forged, "count"));
        vm.warp(NOW + 1);
        uint256 count;
        for (; vm.keyExistsJson(vectors, forged); forged = string.concat(".forged[", vm.toString(++count), "]")) {
            assertFalse(attestations.holds(_paper(forged)));
        }
        assertGt(count, 8);
    }

    /// @dev Both schemas are the university's, and the batch before this one fills the numbers up to its first.
    function _issueBatchOf(IAttestations.Paper memory paper, uint256 first, uint256 count) private {
        vm.startPrank(university);
        attestations.openSchema("badge", "");
        attestations.accredit(paper.schema, paper.issuer, ACCREDITED_UNTIL);
        vm.stopPrank();
        vm.startPrank(paper.issuer);
        if (first != 0) attestations.issue(paper.schema, paper.issuer, "before", 0, first, "", 0, "");
        attestations.issue(paper.schema, paper.issuer, paper.root, first, count, "", 0, "");
        vm.stopPrank();
    }

    function _paper(string memory at) private view returns (IAttestations.Paper memory) {
        string memory paper = string.concat(at, ".paper");
        return IAttestations.Paper({
            schema: _number(at, "schema"),
            issuer: vm.parseJsonAddress(vectors, string.concat(paper, ".issuer")),
            root: vm.parseJsonBytes32(vectors, string.concat(paper, ".root")),
            number: _number(at, "number"),
            subject: vm.parseJsonAddress(vectors, string.concat(paper, ".subject")),
            claimsRoot: vm.parseJsonBytes32(vectors, string.concat(paper, ".claimsRoot")),
            parentsRoot: vm.parseJsonBytes32(vectors, string.concat(at, ".parentsRoot")),
            from: uint40(_number(at, "from")),
            until: uint40(_number(at, "until")),
            proof: vm.parseJsonBytes32Array(vectors, string.concat(paper, ".proof"))
        });
    }

    function _number(string memory at, string memory name) private view returns (uint256) {
        return vm.parseJsonUint(vectors, string.concat(at, ".paper.", name));
    }
}
