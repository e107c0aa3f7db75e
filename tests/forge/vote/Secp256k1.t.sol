// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test, Vm} from "forge-std/Test.sol";

import {Secp256k1} from "contracts/vote/Secp256k1.sol";

/// @dev The curve's arithmetic against foundry's own keys (`vm.createWallet` multiplies G in Rust).
contract Secp256k1Test is Test {
    uint256 private constant P = Secp256k1.P;
    uint256 private constant N = Secp256k1.N;

    function point(uint256 k) private returns (uint256, uint256) {
        Vm.Wallet memory wallet = vm.createWallet(k);
        return (wallet.publicKeyX, wallet.publicKeyY);
    }

    function testFuzz_MultiplicationIsTheWallets(uint256 seed, uint256 k) public {
        uint256 a = bound(seed, 1, N - 1);
        k = bound(k, 1, N - 1);
        (uint256 x, uint256 y) = point(a);
        (uint256 x2, uint256 y2) = Secp256k1.mulExact(k, x, y);
        (uint256 ex, uint256 ey) = point(mulmod(a, k, N));
        assertEq(x2, ex);
        assertEq(y2, ey);
        assertTrue(Secp256k1.isOnCurve(x2, y2));
    }

    function testFuzz_AdditionIsTheWallets(uint256 seedA, uint256 seedB, uint256 za, uint256 zb) public {
        uint256 a = bound(seedA, 1, N - 1);
        uint256 b = bound(seedB, 1, N - 1);
        vm.assume(addmod(a, b, N) != 0);
        (uint256 ex, uint256 ey) = point(addmod(a, b, N));
        (uint256 x, uint256 y) = _added(a, bound(za, 1, P - 1), b, bound(zb, 1, P - 1));
        assertEq(x, ex);
        assertEq(y, ey);
        (uint256 ax, uint256 ay) = point(a);
        (uint256 bx, uint256 by) = point(b);
        (x, y) = Secp256k1.addExact(ax, ay, bx, by);
        assertEq(x, ex);
        assertEq(y, ey);
    }

    /// @dev a·G + b·G, each with a z of its own.
    function _added(uint256 a, uint256 za, uint256 b, uint256 zb) private returns (uint256, uint256) {
        (uint256 ax, uint256 ay) = _jacobian(a, za);
        (uint256 bx, uint256 by) = _jacobian(b, zb);
        (uint256 x, uint256 y, uint256 z) = Secp256k1.add(ax, ay, za, bx, by, zb);
        return Secp256k1.toAffine(x, y, z);
    }

    function _jacobian(uint256 k, uint256 z) private returns (uint256, uint256) {
        (uint256 x, uint256 y) = point(k);
        return (mulmod(x, mulmod(z, z, P), P), mulmod(y, mulmod(z, mulmod(z, z, P), P), P));
    }

    function testFuzz_EqualOppositeAndInfiniteOperandsAreCases(uint256 seed, uint256 z) public {
        uint256 a = bound(seed, 1, N - 1);
        z = bound(z, 1, P - 1);
        (uint256 ax, uint256 ay) = point(a);
        uint256 jx = mulmod(ax, mulmod(z, z, P), P);
        uint256 jy = mulmod(ay, mulmod(z, mulmod(z, z, P), P), P);
        (uint256 dx, uint256 dy) = point(mulmod(2, a, N));

        (uint256 x, uint256 y, uint256 w) = Secp256k1.addAffine(jx, jy, z, ax, ay);
        (x, y) = Secp256k1.toAffine(x, y, w);
        assertEq(x, dx);
        assertEq(y, dy);
        (x, y, w) = Secp256k1.add(jx, jy, z, ax, ay, 1);
        (x, y) = Secp256k1.toAffine(x, y, w);
        assertEq(x, dx);
        assertEq(y, dy);

        (,, w) = Secp256k1.addAffine(jx, jy, z, ax, P - ay);
        assertEq(w, 0);
        (,, w) = Secp256k1.add(jx, jy, z, ax, P - ay, 1);
        assertEq(w, 0);
        (x, y) = Secp256k1.addExact(ax, ay, ax, P - ay);
        assertEq(x | y, 0);

        (x, y, w) = Secp256k1.addAffine(1, 1, 0, ax, ay);
        assertEq(x, ax);
        assertEq(w, 1);
        (x, y, w) = Secp256k1.addAffine(jx, jy, z, 0, 0);
        assertEq(x, jx);
        assertEq(w, z);
        (x, y) = Secp256k1.addExact(0, 0, ax, ay);
        assertEq(x, ax);
        (x, y) = Secp256k1.addExact(0, 0, 0, 0);
        assertEq(x | y, 0);
        (x, y) = Secp256k1.mulExact(0, ax, ay);
        assertEq(x | y, 0);
        (x, y) = Secp256k1.mulExact(N, ax, ay);
        assertEq(x | y, 0);
        (x, y) = Secp256k1.mulExact(N - 1, ax, ay);
        assertEq(x, ax);
        assertEq(y, P - ay);
    }

    function testFuzz_LinearCombinationIsTheWalletsAddress(uint256 seed, uint256 a, uint256 b) public {
        uint256 r = bound(seed, 1, N - 1);
        a = bound(a, 1, N - 1);
        b = bound(b, 0, type(uint256).max);
        (uint256 x, uint256 y) = point(r);
        uint256 k = addmod(mulmod(a, r, N), b % N, N);
        vm.assume(k != 0 && x < N);
        assertEq(Secp256k1.linearCombination(a, x, y, b), vm.addr(k));
        assertTrue(Secp256k1.isLinearCombination(a, x, y, b, vm.addr(k)));
    }

    function test_ARefusedRecoveryIsNeverTrue() public view {
        (uint256 x, uint256 y) = (Secp256k1.GX, Secp256k1.GY);
        assertFalse(Secp256k1.isLinearCombination(0, x, y, 5, address(0)));
        assertFalse(Secp256k1.isLinearCombination(N, x, y, 5, address(0)));
        assertFalse(Secp256k1.isLinearCombination(1, x, y, N - 1, address(0)), "infinity");
        assertFalse(Secp256k1.isLinearCombination(1, N + 1, y, 5, address(0)));
        assertFalse(Secp256k1.isLinearCombination(1, 5, y, 5, address(0)), "no point at x = 5");
    }

    function test_ADirtyScratchWordIsNotAnAnswer() public view {
        assembly ("memory-safe") {
            mstore(0x00, 0xdead)
        }
        assertEq(Secp256k1.linearCombination(0, Secp256k1.GX, Secp256k1.GY, 5), address(0));
    }

    function test_PointsOutOfRangeOrOffTheCurveAreRefused() public pure {
        (uint256 x, uint256 y) = (Secp256k1.GX, Secp256k1.GY);
        assertTrue(Secp256k1.isOnCurve(x, y));
        assertFalse(Secp256k1.isOnCurve(x, y + 1));
        assertFalse(Secp256k1.isOnCurve(0, 0));
        assertFalse(Secp256k1.isOnCurve(P, 0));
        // x = 1 has a small twin x + P below 2^256
        uint256 y1 = 0x4218F20AE6C646B363DB68605822FB14264CA8D2587FDD6FBC750D587E76A7EE;
        assertTrue(Secp256k1.isOnCurve(1, y1));
        assertFalse(Secp256k1.isOnCurve(1 + P, y1));
    }

    function testFuzz_Inverse(uint256 a) public view {
        a = bound(a, 1, N - 1);
        assertEq(mulmod(a, Secp256k1.inverse(a, N), N), 1);
        assertEq(mulmod(a, Secp256k1.inverse(a, P), P), 1);
    }

    function inverseOfZero() external view {
        Secp256k1.inverse(P, P);
    }

    function combinationWith(uint256 gasLimit) external view returns (address) {
        gasLimit;
        return Secp256k1.linearCombination(1, Secp256k1.GX, Secp256k1.GY, 5);
    }

    function test_ZeroHasNoInverse() public {
        vm.expectRevert(Secp256k1.Secp256k1_NotInvertible.selector);
        this.inverseOfZero();
    }

    /// forge-config: default.isolate = false
    function test_OutOfGasIsNeverAnAnswer() public view {
        address expected = vm.addr(6);
        for (uint256 gasLimit = 500; gasLimit < 6_000; gasLimit += 25) {
            try this.combinationWith{gas: gasLimit}(gasLimit) returns (address result) {
                assertEq(result, expected);
            } catch {}
        }
    }
}
