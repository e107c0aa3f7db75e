// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {stdJson} from "forge-std/StdJson.sol";
import {Test} from "forge-std/Test.sol";

import {Burn} from "contracts/credibility/Burn.sol";

contract BurnTest is Test {
    using stdJson for string;

    uint256 private constant MOST_VOTERS = (1 << 24) - 1;

    struct Case {
        uint256 stake;
        uint256 opinions;
        uint256 missing;
        uint256 roll;
        uint256 floor_bps;
    }

    /// @notice beffroi.credibility computes the same from the same file.
    function test_EveryBurnSharedWithPythonHolds() external view {
        string memory vectors = vm.readFile("tests/vectors/credibility.json");
        uint256[] memory stake = vectors.readUintArray(".burns.stake");
        uint256[] memory opinions = vectors.readUintArray(".burns.opinions");
        uint256[] memory missing = vectors.readUintArray(".burns.missing");
        uint256[] memory roll = vectors.readUintArray(".burns.roll");
        uint256[] memory floor_bps = vectors.readUintArray(".burns.floor_bps");
        uint256[] memory burnt = vectors.readUintArray(".burns.burnt");
        uint256[] memory unjudged = vectors.readUintArray(".burns.unjudged");
        assertGt(burnt.length, 100, "no vectors");
        for (uint256 i; i < burnt.length; ++i) {
            assertEq(Burn.amount(stake[i], opinions[i], missing[i], roll[i], floor_bps[i]), burnt[i]);
            assertEq(Burn.unjudged(stake[i], opinions[i], roll[i], floor_bps[i]), unjudged[i]);
        }
    }

    function test_EveryCutSharedWithPythonHolds() external view {
        string memory vectors = vm.readFile("tests/vectors/credibility.json");
        uint256[] memory supplies = vectors.readUintArray(".cuts.supply");
        assertGt(supplies.length, 20, "no vectors");
        for (uint256 i; i < supplies.length; ++i) {
            string memory place = vm.toString(i);
            uint256[] memory weights = vectors.readUintArray(string.concat(".cuts.weights_bps[", place, "]"));
            uint256[] memory stakes = vectors.readUintArray(string.concat(".cuts.stakes[", place, "]"));
            assertEq(_stakes(supplies[i], weights), stakes);
        }
    }

    /// @notice Pan-Impact Korea: ten pledges, half of them kept, half of fifty million burnt.
    function test_HalfKeptBurnsTwentyFiveMillion() external pure {
        uint256[] memory weights = new uint256[](10);
        for (uint256 i; i < 10; ++i) {
            weights[i] = 1_000;
        }
        uint256[] memory stakes = _stakes(50_000_000, weights);
        uint256 burnt;
        for (uint256 i; i < 10; ++i) {
            burnt += Burn.amount(stakes[i], 600, i < 5 ? 0 : 2_400, 2_000, 100);
        }
        assertEq(burnt, 25_000_000);
    }

    function testFuzz_BurnsAtMostTheStake(Case memory c) external pure {
        _bind(c);
        assertLe(_amount(c), c.stake);
    }

    function testFuzz_WhatNobodyJudgedAndWhatBurnsAreAtMostTheStake(Case memory c) external pure {
        _bind(c);
        uint256 unjudged = Burn.unjudged(c.stake, c.opinions, c.roll, c.floor_bps);
        assertLe(_amount(c) + unjudged, c.stake);
        if (c.opinions == 0) assertEq(unjudged, c.stake);
        if (c.opinions >= Burn.turnoutFloor(c.roll, c.floor_bps)) assertEq(unjudged, 0);
    }

    /// @notice Once enough have spoken it is Cred's own rule: the stake times what is missing of four for each opinion.
    function testFuzz_AboveTheFloorIsCredsRule(Case memory c) external pure {
        _bind(c);
        if (c.opinions < Burn.turnoutFloor(c.roll, c.floor_bps)) return;
        assertEq(_amount(c), c.stake * c.missing / (4 * c.opinions));
    }

    /// @notice So a single friend of the official, voting alone, cannot be what burns it.
    function testFuzz_AnOpinionThatAllIsKeptNeverRaisesTheBurn(Case memory c) external pure {
        _bind(c);
        uint256 before = _amount(c);
        ++c.opinions;
        assertLe(_amount(c), before);
    }

    function testFuzz_AboveTheFloorAnOpinionBetterThanTheAverageNeverRaisesTheBurn(Case memory c, uint256 level)
        external
        pure
    {
        _bind(c);
        if (c.opinions < Burn.turnoutFloor(c.roll, c.floor_bps)) return;
        uint256 before = _amount(c);
        level = _bound(level, 4 - c.missing / c.opinions, 4);
        (c.opinions, c.missing) = (c.opinions + 1, c.missing + 4 - level);
        assertLe(_amount(c), before);
    }

    function testFuzz_AnOpinionThatAllIsBrokenNeverLowersTheBurn(Case memory c) external pure {
        _bind(c);
        uint256 before = _amount(c);
        (c.opinions, c.missing) = (c.opinions + 1, c.missing + 4);
        assertGe(_amount(c), before);
    }

    function testFuzz_ABetterLevelNeverRaisesTheBurn(Case memory c, uint256 less) external pure {
        _bind(c);
        uint256 before = _amount(c);
        c.missing -= _bound(less, 0, c.missing);
        assertLe(_amount(c), before);
    }

    /// @notice m of the n evaluators who agree on new levels move the burn by at most S·m / max(n, K) + 1.
    function testFuzz_CoordinatedEvaluatorsAreBounded(Case memory c, uint256 m, uint256 theirs, uint256 instead)
        external
        pure
    {
        _bind(c);
        m = _bound(m, 0, c.opinions);
        uint256 others = c.missing > 4 * m ? c.missing - 4 * m : 0;
        others = _bound(others, 0, 4 * (c.opinions - m));
        c.missing = others + _bound(theirs, 0, 4 * m);
        uint256 before = _amount(c);
        c.missing = others + _bound(instead, 0, 4 * m);
        uint256 moved = before > _amount(c) ? before - _amount(c) : _amount(c) - before;
        uint256 most =
            c.opinions > Burn.turnoutFloor(c.roll, c.floor_bps) ? c.opinions : Burn.turnoutFloor(c.roll, c.floor_bps);
        assertLe(moved, c.stake * m / most + 1);
    }

    function testFuzz_TheCutsSumToTheSupply(uint128 supply, uint16[8] memory raw) external pure {
        uint256[] memory weights = _weights(raw);
        uint256[] memory stakes = _stakes(supply, weights);
        uint256 sum;
        for (uint256 i; i < stakes.length; ++i) {
            uint256 exact = uint256(supply) * weights[i] / 10_000;
            assertTrue(stakes[i] == exact || stakes[i] == exact + 1, "a cut further than a unit from its share");
            sum += stakes[i];
        }
        assertEq(sum, supply);
    }

    /// @dev Cut one after the other, as promises are pledged.
    function _stakes(uint256 supply, uint256[] memory weights) private pure returns (uint256[] memory stakes) {
        stakes = new uint256[](weights.length);
        uint256 before;
        for (uint256 i; i < weights.length; ++i) {
            stakes[i] = Burn.cut(supply, before, before + weights[i]);
            before += weights[i];
        }
    }

    function _weights(uint16[8] memory raw) private pure returns (uint256[] memory weights) {
        weights = new uint256[](8);
        uint256 left = 10_000;
        for (uint256 i; i < 7; ++i) {
            weights[i] = _bound(raw[i], 0, left);
            left -= weights[i];
        }
        weights[7] = left;
    }

    function _bind(Case memory c) private pure {
        c.stake = _bound(c.stake, 0, type(uint96).max);
        c.roll = _bound(c.roll, 1, MOST_VOTERS);
        c.opinions = _bound(c.opinions, 0, c.roll);
        c.missing = _bound(c.missing, 0, 4 * c.opinions);
        c.floor_bps = _bound(c.floor_bps, 0, 10_000);
    }

    function _amount(Case memory c) private pure returns (uint256) {
        return Burn.amount(c.stake, c.opinions, c.missing, c.roll, c.floor_bps);
    }
}
