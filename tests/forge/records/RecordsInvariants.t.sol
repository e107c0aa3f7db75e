// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {console} from "forge-std/console.sol";

import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {RecordsHandler} from "tests/forge/records/RecordsHandler.sol";

/// @title What no sequence of acts breaks
/// forge-config: default.invariant.fail-on-revert = true
/// forge-config: default.invariant.runs = 12
contract RecordsInvariantsTest is Test {
    uint256 private constant LIFE = 1_200;

    RecordsHandler private _handler;
    IAttestations private _attestations;

    function setUp() public {
        _handler = new RecordsHandler();
        _handler.start();
        _attestations = _handler.contract_();
        targetContract(address(_handler));
        targetSelector(FuzzSelector(address(_handler), _selectors()));
    }

    function invariant_NumbersOfASeriesRunFrom0ToTheNextEachInOneBatch() public view {
        uint256[4] memory seen;
        for (uint256 i; i < _handler.numberOfPapers(); ++i) {
            (IAttestations.Paper memory paper, uint256 series) = _handler.paper(i);
            assertEq(paper.number, seen[series]++, "a gap, or a number twice");
            IAttestations.Batch memory batch = _attestations.batchOf(paper.schema, paper.issuer, paper.root);
            assertGe(paper.number, batch.first);
            assertLt(paper.number, uint256(batch.first) + batch.count);
        }
        for (uint256 i; i < 4; ++i) {
            (uint256 schema, address issuer) = _handler.seriesAt(i);
            assertEq(_attestations.seriesOf(schema, issuer).next, seen[i]);
            assertEq(_handler.nextByEvents(i), seen[i]);
        }
    }

    /// @dev Each event tells of what is new: bits that were taken back, or told twice, would leave another sum.
    function invariant_UsedAndRevokedOnlyGrow() public view {
        for (uint256 i; i < 4; ++i) {
            (uint256 schema, address issuer) = _handler.seriesAt(i);
            uint256 words = _attestations.seriesOf(schema, issuer).next / 256 + 1;
            uint256 revoked;
            uint256 used;
            for (uint256 word; word < words; ++word) {
                (uint256 taken, uint256 spent) = _attestations.marksOf(schema, issuer, word);
                revoked += _ones(taken);
                used += _ones(spent);
            }
            assertEq(revoked, _handler.revokedByEvents(i));
            assertEq(used, _handler.usedByEvents(i));
        }
    }

    function invariant_APaperHoldsUnlessItEndedIsRevokedOrDisowned() public {
        vm.warp(_handler.now_s());
        uint256 count = _handler.numberOfPapers();
        for (uint256 i = count > 60 ? count - 60 : 0; i < count; ++i) {
            (IAttestations.Paper memory paper,) = _handler.paper(i);
            (uint256 revoked,) = _attestations.marksOf(paper.schema, paper.issuer, paper.number / 256);
            (uint256 from, uint256 to) = _attestations.disownedOf(paper.schema, paper.issuer);
            bool expected = (revoked >> (paper.number % 256)) & 1 == 0 && (paper.number < from || paper.number >= to)
                && (paper.until == 0 || block.timestamp < paper.until);
            assertEq(_attestations.holds(paper), expected);
        }
    }

    function invariant_ASeriesHasTheKeyThatItWasHandedTo() public view {
        for (uint256 i; i < 4; ++i) {
            (uint256 schema, address issuer) = _handler.seriesAt(i);
            address key = _attestations.seriesOf(schema, issuer).key;
            if (key != address(0)) assertEq(key, _handler.keyOf(i));
        }
    }

    /// @notice Every act was carried out and refused, so that what holds above was put to the test.
    function test_EveryActSucceedsAndFailsInALongLife() external {
        vm.pauseGasMetering();
        bytes4[] memory selectors = _selectors();
        for (uint256 i; i < LIFE; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            bytes4 selector = selectors[seed % selectors.length];
            (bool done, bytes memory reason) = address(_handler)
                .call(abi.encodePacked(selector, _word(seed, 1), _word(seed, 2), _word(seed, 3), _word(seed, 4)));
            require(done, string(reason));
        }
        invariant_NumbersOfASeriesRunFrom0ToTheNextEachInOneBatch();
        invariant_UsedAndRevokedOnlyGrow();
        invariant_APaperHoldsUnlessItEndedIsRevokedOrDisowned();
        invariant_ASeriesHasTheKeyThatItWasHandedTo();
        console.log("act                 done  refused");
        for (uint256 i; i < _handler.numberOfActs(); ++i) {
            string memory act = _handler.acts(i);
            console.log(act, _handler.succeeded(act), _handler.refused(act));
            assertGt(_handler.refused(act), 0, string.concat(act, " was never refused"));
            assertGt(_handler.succeeded(act), 0, string.concat(act, " never succeeded"));
        }
        assertEq(_handler.numberOfActs(), 6, "an act was never tried");
    }

    function _selectors() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](7);
        selectors[0] = RecordsHandler.passTime.selector;
        selectors[1] = RecordsHandler.accredit.selector;
        selectors[2] = RecordsHandler.issue.selector;
        selectors[3] = RecordsHandler.revoke.selector;
        selectors[4] = RecordsHandler.disown.selector;
        selectors[5] = RecordsHandler.use.selector;
        selectors[6] = RecordsHandler.hand.selector;
    }

    function _word(uint256 seed, uint256 place) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, place)));
    }

    function _ones(uint256 word) private pure returns (uint256 count) {
        for (; word != 0; word &= word - 1) {
            ++count;
        }
    }
}
