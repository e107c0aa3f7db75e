// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {RecordsFixture} from "tests/forge/records/RecordsFixture.sol";

/// @title Who may certify what, and which papers hold
contract AttestationsTest is RecordsFixture {
    uint256 private constant SERIES_SLOT = 5;

    function setUp() public {
        _found();
    }

    function test_AnyoneOpensASchemaAndIsItsAccreditor() public {
        vm.expectEmit();
        emit IAttestations.SchemaOpened(schema + 1, stranger, "organic", "ipfs://organic");
        vm.prank(stranger);
        assertEq(attestations.openSchema("organic", "ipfs://organic"), schema + 1);
        assertEq(attestations.schemas(), schema + 1);
        assertEq(attestations.accreditorOf(schema + 1), stranger);
        assertEq(attestations.accreditorOf(schema + 2), address(0));
    }

    function test_WhenASchemaHasNoName_ItIsRefused() public {
        vm.expectRevert(IAttestations.Attestations_NoName.selector);
        attestations.openSchema("", "ipfs://nameless");
    }

    function test_OnlyTheAccreditorOfASchemaAccreditsDisownsAndRevokesUnderIt() public {
        _issued(1);
        vm.prank(stranger);
        uint256 others = attestations.openSchema("organic", "");
        bytes[3] memory acts = [
            abi.encodeCall(attestations.accredit, (schema, stranger, ACCREDITED_UNTIL)),
            abi.encodeCall(attestations.disown, (schema, rector, 0, 1)),
            abi.encodeCall(attestations.revoke, (schema, rector, 0, 1))
        ];
        for (uint256 i; i < acts.length; ++i) {
            _refused(stranger, acts[i], IAttestations.Attestations_NotAccreditor.selector);
        }
        _refused(
            rector,
            abi.encodeCall(attestations.accredit, (schema, rector, ACCREDITED_UNTIL)),
            IAttestations.Attestations_NotAccreditor.selector
        );
        _refused(
            university,
            abi.encodeCall(attestations.accredit, (others, university, ACCREDITED_UNTIL)),
            IAttestations.Attestations_NotAccreditor.selector
        );
        _refused(
            university,
            abi.encodeCall(attestations.accredit, (others + 1, university, ACCREDITED_UNTIL)),
            IAttestations.Attestations_NoSchema.selector
        );
    }

    function test_WhenAnAccreditationMakesNoSense_ItIsRefused() public {
        vm.startPrank(university);
        vm.expectRevert(IAttestations.Attestations_NoAccount.selector);
        attestations.accredit(schema, address(0), ACCREDITED_UNTIL);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_EndsInThePast.selector, NOW - 1));
        attestations.accredit(schema, rector, NOW - 1);
    }

    function test_AnAccreditationEndsWhenItSaysOrWhenItIsEnded() public {
        bytes memory act = abi.encodeCall(attestations.issue, (schema, rector, "root", 0, 1, "", 0, ""));
        vm.warp(ACCREDITED_UNTIL);
        _refused(rector, act, IAttestations.Attestations_NotAccredited.selector);
        vm.warp(ACCREDITED_UNTIL - 1);
        vm.prank(university);
        vm.expectEmit();
        emit IAttestations.Accredited(schema, rector, ACCREDITED_UNTIL - 1);
        attestations.accredit(schema, rector, ACCREDITED_UNTIL - 1);
        _refused(rector, act, IAttestations.Attestations_NotAccredited.selector);
        _refused(
            stranger,
            abi.encodeCall(attestations.issue, (schema, stranger, "root", 0, 1, "", 0, "")),
            IAttestations.Attestations_NotAccredited.selector
        );
    }

    function test_WhatWasIssuedBeforeAnAccreditationEndsHoldsAfterIt() public {
        IAttestations.Paper[] memory papers = _issued(1);
        vm.warp(ACCREDITED_UNTIL + 1);
        assertTrue(attestations.holds(papers[0]));
    }

    function test_BatchesAreNumberedWithoutAGap() public {
        _issued(3);
        vm.expectEmit();
        emit IAttestations.Issued(schema, rector, "root", 3, 5, "ipfs://batch");
        vm.prank(rector);
        attestations.issue(schema, rector, "root", 3, 5, "ipfs://batch", 0, "");
        assertEq(attestations.seriesOf(schema, rector).next, 8);
        IAttestations.Batch memory batch = attestations.batchOf(schema, rector, "root");
        assertEq(abi.encode(batch), abi.encode(uint256(NOW), 3, 5));
        for (uint256 first; first < 12; ++first) {
            if (first == 8) continue;
            vm.prank(rector);
            vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NotNext.selector, 8, first));
            attestations.issue(schema, rector, "gap", first, 1, "", 0, "");
        }
    }

    function test_WhenABatchIsNone_ItIsRefused() public {
        _refusedBatch("", 1);
        _refusedBatch("root", 0);
        _refusedBatch("root", uint256(type(uint32).max) + 1);
        vm.prank(rector);
        attestations.issue(schema, rector, "root", 0, type(uint32).max, "", 0, "");
    }

    function test_ASeriesEndsWithItsNumbersAndNeverBeginsAnew() public {
        bytes32 series = keccak256(abi.encode(schema, rector));
        bytes32 slot = keccak256(abi.encode(series, SERIES_SLOT));
        uint256 last = type(uint56).max - 1;
        vm.store(
            address(attestations),
            slot,
            bytes32(uint256(uint160(rector)) | uint256(ACCREDITED_UNTIL) << 160 | last << 200)
        );
        assertEq(attestations.seriesOf(schema, rector).next, last);
        vm.prank(rector);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NoBatch.selector, bytes32("root"), 2));
        attestations.issue(schema, rector, "root", last, 2, "", 0, "");
        vm.prank(rector);
        attestations.issue(schema, rector, "root", last, 1, "", 0, "");
        assertEq(attestations.seriesOf(schema, rector).next, type(uint56).max);
    }

    function test_ARootServesOnceInASeries() public {
        IAttestations.Paper[] memory papers = _issued(3);
        vm.prank(rector);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_RootTwice.selector, papers[0].root));
        attestations.issue(schema, rector, papers[0].root, 3, 3, "", 0, "");
    }

    function testFuzz_EachPaperOfABatchHoldsAtItsPlaceAndNowhereElse(uint256 count, uint256 at, uint256 other) public {
        count = bound(count, 1, 40);
        at = bound(at, 0, count - 1);
        _issued(2);
        IAttestations.Paper[] memory papers = _issued(count);
        IAttestations.Paper memory paper = papers[at];
        assertTrue(attestations.holds(paper));

        paper.number = 2 + bound(other, 0, count);
        assertEq(attestations.holds(paper), paper.number == 2 + at);
        paper.number = other;
        assertEq(attestations.holds(paper), paper.number == 2 + at);
    }

    function test_WhenAnythingOfAPaperIsChanged_ItHoldsNoMore() public {
        IAttestations.Paper[] memory papers = _issued(5);
        bytes memory right = abi.encode(papers[2]);
        for (uint256 i; i < 10; ++i) {
            IAttestations.Paper memory paper = abi.decode(right, (IAttestations.Paper));
            assertTrue(attestations.holds(paper));
            if (i == 0) paper.schema += 1;
            if (i == 1) paper.issuer = stranger;
            if (i == 2) paper.root = papers[2].proof[0];
            if (i == 3) paper.number += 1;
            if (i == 4) paper.subject = stranger;
            if (i == 5) paper.claimsRoot = "other";
            if (i == 6) paper.parentsRoot = "other";
            if (i == 7) paper.from = 1;
            if (i == 8) paper.until = NOW + 1;
            if (i == 9) paper.proof[0] = papers[2].proof[1];
            assertFalse(attestations.holds(paper), vm.toString(i));
        }
    }

    function test_AnInnerNodeIsNoPaperAndAProofIsReadToItsEnd() public {
        IAttestations.Paper[] memory papers = _issued(4);
        IAttestations.Paper memory paper = papers[0];
        bytes32[] memory proof = paper.proof;
        paper.proof = new bytes32[](1);
        paper.proof[0] = proof[1];
        assertFalse(attestations.holds(paper), "too short");
        paper.proof = new bytes32[](3);
        (paper.proof[0], paper.proof[1]) = (proof[0], proof[1]);
        assertFalse(attestations.holds(paper), "too long");
    }

    function test_APaperHoldsFromItsFirstSecondToItsLast() public {
        IAttestations.Paper[] memory papers = _drawUp(0, 2);
        (papers[0].from, papers[0].until) = (NOW + 10, NOW + 20);
        _issue(papers);
        vm.warp(NOW + 9);
        assertFalse(attestations.holds(papers[0]));
        vm.warp(NOW + 10);
        assertTrue(attestations.holds(papers[0]));
        vm.warp(NOW + 19);
        assertTrue(attestations.holds(papers[0]));
        vm.warp(NOW + 20);
        assertFalse(attestations.holds(papers[0]));
        assertTrue(attestations.holds(papers[1]), "which ends never");
    }

    function test_RevokedNumbersHoldNoMoreAndTheirNeighboursDo() public {
        IAttestations.Paper[] memory papers = _issued(300);
        vm.expectEmit();
        emit IAttestations.Revoked(schema, rector, 1, 1 << 43 | 1);
        vm.prank(rector);
        attestations.revoke(schema, rector, 1, 1 << 43 | 1);
        for (uint256 i = 250; i < 300; ++i) {
            assertEq(attestations.holds(papers[i]), i != 256 && i != 299);
        }
        vm.warp(ACCREDITED_UNTIL);
        vm.expectEmit();
        emit IAttestations.Revoked(schema, rector, 1, 2);
        vm.prank(rector);
        attestations.revoke(schema, rector, 1, 3);
        vm.prank(university);
        attestations.revoke(schema, rector, 0, type(uint256).max);
        (uint256 revoked, uint256 used) = attestations.marksOf(schema, rector, 1);
        assertEq(revoked, 1 << 43 | 3);
        assertEq(used, 0);
        assertFalse(attestations.holds(papers[17]));
    }

    function test_WhatIsNotIssuedOrIsRevokedAlready_IsNotRevoked() public {
        _issued(300);
        vm.startPrank(rector);
        uint256[3] memory words = [uint256(1), 2, type(uint256).max];
        uint256[3] memory bits = [uint256(1) << 44, 1, 1];
        for (uint256 i; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NotIssued.selector, 300, words[i] << 8));
            attestations.revoke(schema, rector, words[i], bits[i]);
        }
        attestations.revoke(schema, rector, 1, 3);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NothingNew.selector, 1, 2));
        attestations.revoke(schema, rector, 1, 2);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NothingNew.selector, 0, 0));
        attestations.revoke(schema, rector, 0, 0);
    }

    function test_WhatIsDisownedHeldAtNoTime() public {
        IAttestations.Paper[] memory papers = _issued(10);
        vm.expectEmit();
        emit IAttestations.Disowned(schema, rector, 2, 5);
        vm.startPrank(university);
        attestations.disown(schema, rector, 2, 5);
        for (uint256 i; i < 10; ++i) {
            assertEq(attestations.holds(papers[i]), i < 2 || i >= 5);
        }
        vm.expectEmit();
        emit IAttestations.Disowned(schema, rector, 2, 7);
        attestations.disown(schema, rector, 5, 7);
        vm.expectEmit();
        emit IAttestations.Disowned(schema, rector, 1, 7);
        attestations.disown(schema, rector, 1, 2);
        (uint256 from, uint256 to) = attestations.disownedOf(schema, rector);
        assertEq(from, 1);
        assertEq(to, 7);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_TwoRanges.selector, 1, 7));
        attestations.disown(schema, rector, 8, 9);
        attestations.disown(schema, rector, 3, 4);
        (from, to) = attestations.disownedOf(schema, rector);
        assertEq(to - from, 6, "nothing is owned again");
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NotIssued.selector, 10, 11));
        attestations.disown(schema, rector, 7, 11);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NotIssued.selector, 10, 7));
        attestations.disown(schema, rector, 7, 7);
    }

    function test_APaperIsUsedOnceByWhomItIsAbout() public {
        IAttestations.Paper[] memory papers = _issued(300);
        _refused(stranger, _useCall(papers[260]), ISlipActs.SlipActs_NotSignedBy.selector);
        _refused(rector, _useCall(papers[260]), ISlipActs.SlipActs_NotSignedBy.selector);
        vm.expectEmit();
        emit IAttestations.Used(schema, rector, 260, alice, "canteen");
        vm.prank(alice);
        attestations.use(papers[260], "canteen", 0, "");
        (, uint256 used) = attestations.marksOf(schema, rector, 1);
        assertEq(used, 1 << 4);
        assertTrue(attestations.holds(papers[260]), "it holds all the same");
        _refused(alice, _useCall(papers[260]), IAttestations.Attestations_UsedOnce.selector);
        vm.prank(alice);
        attestations.use(papers[261], "canteen", 0, "");
    }

    function test_WhatDoesNotHoldIsNotUsed() public {
        IAttestations.Paper[] memory papers = _issued(2);
        vm.prank(rector);
        attestations.revoke(schema, rector, 0, 1);
        _refused(alice, _useCall(papers[0]), IAttestations.Attestations_DoesNotHold.selector);
    }

    function test_APaperAboutNobodyIsUsedByNobody() public {
        IAttestations.Paper[] memory papers = _drawUp(0, 1);
        papers[0].subject = address(0);
        _issue(papers);
        _refused(stranger, _useCall(papers[0]), ISlipActs.SlipActs_NotSignedBy.selector);
        bytes memory slip = abi.encodeCall(attestations.use, (papers[0], "canteen", NOW, new bytes(65)));
        _refused(stranger, slip, ISlipActs.SlipActs_NotSignedBy.selector);
    }

    function test_OfSeveralPapersThoseCountThatHoldAndAreOnesOwn() public {
        IAttestations.Paper[] memory papers = _drawUp(0, 4);
        papers[3].subject = stranger;
        _issue(papers);
        vm.prank(rector);
        attestations.revoke(schema, rector, 0, 1);
        assertTrue(attestations.holdsOf(papers, alice, 2));
        assertFalse(attestations.holdsOf(papers, alice, 3));
        assertTrue(attestations.holdsOf(papers, stranger, 1));
        assertFalse(attestations.holdsOf(papers, rector, 1));
    }

    function test_NoPaperCountsTwice() public {
        IAttestations.Paper[] memory papers = _issued(2);
        IAttestations.Paper[] memory twice = new IAttestations.Paper[](2);
        (twice[0], twice[1]) = (papers[0], papers[0]);
        assertFalse(attestations.holdsOf(twice, alice, 1));
        (twice[0], twice[1]) = (papers[1], papers[0]);
        assertFalse(attestations.holdsOf(twice, alice, 1));
    }

    function testFuzz_PapersOfSeveralSeriesAreOrderedBySchemaIssuerAndNumber(uint8[6] memory seed) public view {
        IAttestations.Paper[] memory papers = _drawUp(0, 2);
        for (uint256 i; i < 2; ++i) {
            papers[i].schema = seed[3 * i] % 2;
            papers[i].issuer = address(uint160(seed[3 * i + 1] % 2));
            papers[i].number = seed[3 * i + 2] % 2;
        }
        uint256 one = papers[0].schema << 2 | uint256(uint160(papers[0].issuer)) << 1 | papers[0].number;
        uint256 other = papers[1].schema << 2 | uint256(uint160(papers[1].issuer)) << 1 | papers[1].number;
        assertEq(attestations.holdsOf(papers, alice, 0), one < other);
    }

    function _useCall(IAttestations.Paper memory paper) private view returns (bytes memory) {
        return abi.encodeCall(attestations.use, (paper, "canteen", 0, ""));
    }

    function _refusedBatch(bytes32 root, uint256 count) private {
        vm.prank(rector);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.Attestations_NoBatch.selector, root, count));
        attestations.issue(schema, rector, root, 0, count, "", 0, "");
    }

    function _refused(address who, bytes memory act, bytes4 error) private {
        vm.prank(who);
        (bool done, bytes memory reason) = address(attestations).call(act);
        assertFalse(done);
        assertEq(bytes4(reason), error);
    }
}
