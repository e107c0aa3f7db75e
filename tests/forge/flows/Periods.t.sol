// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {Periods} from "contracts/flows/Periods.sol";
import {Header, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Point} from "contracts/vote/Point.sol";
import {Secp256k1} from "contracts/vote/Secp256k1.sol";

/// @title When a step is true, taken by itself
contract PeriodsTest is Test {
    uint256 private constant P = Secp256k1.P;
    uint256 private constant N = Secp256k1.N;

    function coefficientOf(Total calldata total, uint256 kind) external pure returns (uint256) {
        return Periods.coefficientOf(total, kind);
    }

    function opens(Point calldata point, uint256 value, uint256 blinding) external view returns (bool) {
        return Periods.opens(point, value, blinding);
    }

    function isSum(Point calldata sum, Point calldata before, uint256 k, Point calldata reading)
        external
        view
        returns (bool)
    {
        return Periods.isSum(sum, before, k, reading);
    }

    function isSound(Header calldata header) external view returns (bool) {
        return Periods.isSound(header);
    }

    /// @dev Nobody knows its logarithm to G: a multiple of G, by whatever hash, would have one that its maker knows.
    function test_HIsTheFirstHashThatIsAPointsAbscissa() public view {
        for (uint8 counter;; ++counter) {
            uint256 x = uint256(keccak256(abi.encodePacked("Beffroi/flows/H", counter)));
            uint256 square = addmod(mulmod(x, mulmod(x, x, P), P), 7, P);
            uint256 y = _power(square, (P + 1) / 4);
            if (x == 0 || x >= N || mulmod(y, y, P) != square) continue;
            assertEq(x, Periods.HX);
            assertEq(y % 2 == 0 ? y : P - y, Periods.HY);
            return;
        }
    }

    function test_NobodyIsGivenMoreThanAllNorAnythingOfNothing() public view {
        assertEq(_coefficient(0, 0, 1), 0);
        assertEq(_coefficient(0, 0, 2), 0);
        assertEq(_coefficient(7, 0, 1), 0);
        assertEq(_coefficient(7, 0, 2), 0);
        assertEq(_coefficient(0, 7, 2), 0);
        assertEq(_coefficient(7, 7, 1), 2 ** 32);
        assertEq(_coefficient(7, 7, 2), 2 ** 32);
        assertEq(_coefficient(1, 3, 1), 1_431_655_765); // a third, rounded down
        assertEq(_coefficient(1, 3, 2), 2 ** 32);
        assertEq(_coefficient(3, 1, 1), 2 ** 32);
        assertEq(_coefficient(3, 1, 2), 1_431_655_765);
        assertEq(_coefficient(2 ** 48 - 1, 2 ** 48 - 2, 2), 2 ** 32 - 1);
    }

    function testFuzz_TheCoefficientIsTheShareRoundedDown(uint48 injected, uint48 drawn) public view {
        uint256 shared = injected < drawn ? injected : drawn;
        uint256 k = _coefficient(injected, drawn, 1);
        if (drawn == 0) return assertEq(k, 0);
        assertLe(k * drawn, shared * 2 ** 32);
        assertGt((k + 1) * drawn, shared * 2 ** 32);
    }

    /// forge-config: default.fuzz.runs = 64
    function testFuzz_AnOpeningIsOfOnePointAlone(uint256 value, uint256 blinding, uint256 extra) public view {
        value %= 2 ** 96;
        blinding %= N;
        extra = 1 + extra % (N - 1);
        Point memory point = _commit(value, blinding);
        assertTrue(this.opens(point, value, blinding));
        assertFalse(this.opens(point, addmod(value, extra, N), blinding));
        assertFalse(this.opens(point, value, addmod(blinding, extra, N)));
        assertFalse(this.opens(Point(0, 0), value, blinding) && value | blinding != 0);
        if (point.y != 0) assertFalse(this.opens(Point(point.x, P - point.y), value, blinding));
    }

    function test_InfinityOpensToNothingAlone() public view {
        assertTrue(this.opens(Point(0, 0), 0, 0));
        assertFalse(this.opens(Point(0, 0), 1, 0));
        assertFalse(this.opens(Point(0, 0), 0, 1));
        assertFalse(this.opens(_commit(1, 0), 0, 0));
        assertTrue(this.opens(_commit(1, 0), 1, 0));
        assertTrue(this.opens(_commit(0, 1), 0, 1));
    }

    /// forge-config: default.fuzz.runs = 64
    function testFuzz_AStepIsTrueForOneSumAlone(uint256 c, uint256 before, uint256 k, uint256 off) public view {
        k %= 2 ** 32 + 1;
        Point memory reading = _commit(c % 2 ** 32, 1 + before % (N - 1));
        Point memory start = _commit(0, before % 3 == 0 ? 0 : before);
        Point memory sum = _plus(start, _times(k, reading));
        assertTrue(this.isSum(sum, start, k, reading));
        Point memory other = _plus(sum, _commit(1 + off % 2 ** 32, 0));
        assertFalse(this.isSum(other, start, k, reading));
        assertFalse(this.isSum(sum, start, k + 1, reading));
        if (k != 0) assertFalse(this.isSum(sum, start, k - 1, reading));
    }

    function test_AHeaderIsSoundWithinItsBounds() public {
        vm.warp(40_000_000);
        Header memory header;
        (header.steps, header.columns, header.consumers, header.slots, header.step_s) = (9_000, 116, 116, 32, 3_600);
        header.start = 40_000_000 - 9_000 * 3_600;
        assertTrue(this.isSound(header));
        header.columns = 117;
        assertFalse(this.isSound(header), "cells");
        header.columns = 115;
        assertFalse(this.isSound(header), "consumers");
        (header.steps, header.columns, header.consumers) = (9_001, 1, 0);
        --header.start;
        header.step_s = 300;
        assertFalse(this.isSound(header), "steps");
        (header.steps, header.columns) = (1, 512);
        assertTrue(this.isSound(header));
        header.columns = 513;
        assertFalse(this.isSound(header), "columns");
        header.columns = 0;
        assertFalse(this.isSound(header), "no column");
        (header.columns, header.steps) = (1, 0);
        assertFalse(this.isSound(header), "no step");
        (header.steps, header.slots) = (1, 33);
        assertFalse(this.isSound(header), "slots");
        header.slots = 0;
        assertFalse(this.isSound(header), "no slot");
        (header.slots, header.step_s) = (1, 299);
        assertFalse(this.isSound(header), "short steps");
        header.step_s = 3_601;
        assertFalse(this.isSound(header), "long steps");
        (header.step_s, header.start) = (300, 40_000_000 - 299);
        assertFalse(this.isSound(header), "not over");
        --header.start;
        assertTrue(this.isSound(header));
    }

    function _coefficient(uint256 injected, uint256 drawn, uint256 kind) private view returns (uint256) {
        Total memory total;
        (total.injected_wh, total.drawn_wh) = (injected, drawn);
        return this.coefficientOf(total, kind);
    }

    function _commit(uint256 value, uint256 blinding) private view returns (Point memory) {
        return _plus(_times(value, Point(Secp256k1.GX, Secp256k1.GY)), _times(blinding, Point(Periods.HX, Periods.HY)));
    }

    function _plus(Point memory a, Point memory b) private view returns (Point memory) {
        (uint256 x, uint256 y) = Secp256k1.addExact(a.x, a.y, b.x, b.y);
        return Point(x, y);
    }

    function _times(uint256 k, Point memory a) private view returns (Point memory) {
        (uint256 x, uint256 y) = Secp256k1.mulExact(k, a.x, a.y);
        return Point(x, y);
    }

    function _power(uint256 base, uint256 exponent) private view returns (uint256) {
        (, bytes memory result) = address(5).staticcall(abi.encode(32, 32, 32, base, exponent, P));
        return abi.decode(result, (uint256));
    }
}
