// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Secp256k1
/// @notice Arithmetic on Ethereum's own curve, y² = x³ + 7 over F_P, of prime order N and cofactor 1 (SEC 2, v2.0,
/// §2.4.1).
/// @dev Two families. *By address*: `ecrecover` answers addr(a·R + b·G) for 3,000 gas (V. Buterin, 2018; Chainlink
/// VRF), which binds a point only up to collisions of 160 bits. *Exact*: Jacobian coordinates, x = X/Z², y = Y/Z³, with
/// every exceptional case. Affine infinity is (0, 0), which is not on the curve; Jacobian infinity is any triple with Z
/// = 0.
library Secp256k1 {
    /// @notice The field's prime, 2²⁵⁶ − 2³² − 977.
    uint256 internal constant P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F;
    /// @notice The group's order.
    uint256 internal constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 internal constant GX = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798;
    uint256 internal constant GY = 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8;

    /// @dev Thrown when a precompile could not run for want of gas; never read as "false".
    error Secp256k1_OutOfGas();
    /// @dev Thrown when the inverse of zero is asked for.
    error Secp256k1_NotInvertible();

    /// @notice Whether (x, y) is a point other than infinity, in canonical coordinates.
    function isOnCurve(uint256 x, uint256 y) internal pure returns (bool) {
        return x < P && y < P && mulmod(y, y, P) == addmod(mulmod(x, mulmod(x, x, P), P), 7, P);
    }

    /// @notice The address of a public key: the last 20 bytes of keccak(x ‖ y).
    function toAddress(uint256 x, uint256 y) internal pure returns (address result) {
        assembly ("memory-safe") {
            mstore(0x00, x)
            mstore(0x20, y)
            result := and(keccak256(0x00, 0x40), 0xffffffffffffffffffffffffffffffffffffffff)
        }
    }

    /// @notice addr(a·R + b·G), or zero where `ecrecover` refuses: x ∉ [1, N − 1], a ≡ 0, no point at x, or a·R + b·G =
    /// ∞. **Zero proves nothing: callers refuse it**; `isLinearCombination` does so by itself.
    /// @dev ecrecover(m, v, r, s) = addr(r⁻¹·(s·R − m·G)) with R at x = r, so m = −b·r and s = a·r (SEC 1, v2.0,
    /// §4.1.6). Only the parity of R's y is read: check the point where it comes from outside. The output word is
    /// zeroed first, because a refusal writes none.
    /// @param x R's x-coordinate.
    /// @param y R's y-coordinate, or anything of its parity.
    function linearCombination(uint256 a, uint256 x, uint256 y, uint256 b) internal view returns (address result) {
        bool ran;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, mulmod(sub(N, mod(b, N)), x, N))
            mstore(add(m, 0x20), add(27, and(y, 1)))
            mstore(add(m, 0x40), x)
            mstore(add(m, 0x60), mulmod(a, x, N))
            mstore(0x00, 0)
            ran := staticcall(gas(), 1, m, 0x80, 0x00, 0x20)
            result := mul(mload(0x00), eq(returndatasize(), 0x20))
        }
        require(ran, Secp256k1_OutOfGas());
    }

    /// @notice Whether addr(a·R + b·G) is `expected`, a refusal of `ecrecover` being false even where `expected` is
    /// zero.
    function isLinearCombination(uint256 a, uint256 x, uint256 y, uint256 b, address expected)
        internal
        view
        returns (bool)
    {
        address result = linearCombination(a, x, y, b);
        return result != address(0) && result == expected;
    }

    /// @notice 2·(x, y, z) (Bernstein–Lange, EFD, "dbl-2009-l"); no point has order two, so infinity is the only
    /// special case.
    function double(uint256 x, uint256 y, uint256 z) internal pure returns (uint256 x3, uint256 y3, uint256 z3) {
        unchecked {
            uint256 yy = mulmod(y, y, P);
            uint256 d = mulmod(4, mulmod(x, yy, P), P);
            uint256 e = mulmod(3, mulmod(x, x, P), P);
            x3 = addmod(mulmod(e, e, P), P - addmod(d, d, P), P);
            y3 = addmod(mulmod(e, addmod(d, P - x3, P), P), P - mulmod(8, mulmod(yy, yy, P), P), P);
            z3 = mulmod(2, mulmod(y, z, P), P);
        }
    }

    /// @notice (x1, y1, z1) + (x2, y2), complete: equal, opposite and infinite operands are cases, not errors. (0, 0)
    /// is infinity.
    /// @dev EFD "madd", 8M + 3S, with H = 0 told apart.
    function addAffine(uint256 x1, uint256 y1, uint256 z1, uint256 x2, uint256 y2)
        internal
        pure
        returns (uint256, uint256, uint256)
    {
        if (x2 == 0 && y2 == 0) return (x1, y1, z1);
        if (z1 == 0) return (x2, y2, 1);
        unchecked {
            uint256 zz = mulmod(z1, z1, P);
            uint256 h = addmod(mulmod(x2, zz, P), P - x1, P);
            uint256 r = addmod(mulmod(y2, mulmod(z1, zz, P), P), P - y1, P);
            if (h == 0) {
                if (r == 0) return double(x1, y1, z1);
                return (1, 1, 0);
            }
            return _chord(x1, y1, mulmod(z1, h, P), h, r);
        }
    }

    /// @notice (x1, y1, z1) + (x2, y2, z2), complete.
    function add(uint256 x1, uint256 y1, uint256 z1, uint256 x2, uint256 y2, uint256 z2)
        internal
        pure
        returns (uint256, uint256, uint256)
    {
        if (z1 == 0) return (x2, y2, z2);
        if (z2 == 0) return (x1, y1, z1);
        unchecked {
            uint256 zz = mulmod(z2, z2, P);
            x1 = mulmod(x1, zz, P);
            y1 = mulmod(y1, mulmod(z2, zz, P), P);
            zz = mulmod(z1, z1, P);
            uint256 h = addmod(mulmod(x2, zz, P), P - x1, P);
            uint256 r = addmod(mulmod(y2, mulmod(z1, zz, P), P), P - y1, P);
            uint256 z = mulmod(z1, z2, P);
            if (h == 0) {
                if (r == 0) return double(x1, y1, z);
                return (1, 1, 0);
            }
            return _chord(x1, y1, mulmod(z, h, P), h, r);
        }
    }

    /// @notice The affine sum, complete, exact: one inversion.
    function addExact(uint256 x1, uint256 y1, uint256 x2, uint256 y2) internal view returns (uint256, uint256) {
        (uint256 x, uint256 y, uint256 z) =
            x1 == 0 && y1 == 0 ? (x2, y2, x2 == 0 && y2 == 0 ? 0 : 1) : addAffine(x1, y1, 1, x2, y2);
        return toAffine(x, y, z);
    }

    /// @notice −(x, y); infinity stays itself.
    function negate(uint256 x, uint256 y) internal pure returns (uint256, uint256) {
        unchecked {
            return (x, y == 0 ? 0 : P - y);
        }
    }

    /// @notice k·(x, y) in Jacobian coordinates, exact, for any k (taken mod N) and any point of the curve or infinity
    /// (0, 0).
    /// @dev A window of four bits, most significant first: 252 doublings and at most 64 additions. Not in constant
    /// time: for public data.
    function mul(uint256 k, uint256 x, uint256 y) internal pure returns (uint256 x3, uint256 y3, uint256 z3) {
        if (x == 0 && y == 0) return (1, 1, 0);
        k %= N;
        uint256[48] memory multiples; // i·(x, y) at 3i
        (multiples[0], multiples[1], multiples[3], multiples[4], multiples[5]) = (1, 1, x, y, 1);
        for (uint256 i = 6; i < 48; i += 3) {
            (multiples[i], multiples[i + 1], multiples[i + 2]) =
                addAffine(multiples[i - 3], multiples[i - 2], multiples[i - 1], x, y);
        }
        (x3, y3) = (1, 1);
        for (uint256 shift = 256; shift != 0;) {
            if (z3 != 0) {
                for (uint256 i; i < 4; ++i) {
                    (x3, y3, z3) = double(x3, y3, z3);
                }
            }
            unchecked {
                shift -= 4;
            }
            uint256 digit = 3 * ((k >> shift) & 15);
            if (digit != 0) {
                (x3, y3, z3) = add(x3, y3, z3, multiples[digit], multiples[digit + 1], multiples[digit + 2]);
            }
        }
    }

    /// @notice k·(x, y), affine and exact.
    function mulExact(uint256 k, uint256 x, uint256 y) internal view returns (uint256, uint256) {
        (uint256 x3, uint256 y3, uint256 z3) = mul(k, x, y);
        return toAffine(x3, y3, z3);
    }

    /// @notice The affine form of a Jacobian point; infinity gives (0, 0).
    function toAffine(uint256 x, uint256 y, uint256 z) internal view returns (uint256, uint256) {
        if (z == 0) return (0, 0);
        if (z == 1) return (x, y);
        return scale(x, y, inverse(z, P));
    }

    /// @notice The affine form of (x, y, z), given zInverse = z⁻¹ mod P.
    function scale(uint256 x, uint256 y, uint256 zInverse) internal pure returns (uint256, uint256) {
        uint256 square = mulmod(zInverse, zInverse, P);
        return (mulmod(x, square, P), mulmod(y, mulmod(square, zInverse, P), P));
    }

    /// @notice a⁻¹ mod a prime `modulus` (P or N), as a^(modulus − 2) (Fermat) by the modexp precompile: 4,080 gas
    /// (EIP-7883).
    function inverse(uint256 a, uint256 modulus) internal view returns (uint256 result) {
        require(a % modulus != 0, Secp256k1_NotInvertible());
        bool ran;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, 0x20)
            mstore(add(m, 0x20), 0x20)
            mstore(add(m, 0x40), 0x20)
            mstore(add(m, 0x60), a)
            mstore(add(m, 0x80), sub(modulus, 2))
            mstore(add(m, 0xa0), modulus)
            ran := staticcall(gas(), 5, m, 0xc0, 0x00, 0x20)
            ran := and(ran, eq(returndatasize(), 0x20))
            result := mload(0x00)
        }
        require(ran, Secp256k1_OutOfGas());
    }

    /// @dev The chord's third point, from h = x2·z1² − x1 ≠ 0 and r = y2·z1³ − y1 (both over the common denominator)
    /// and z3.
    function _chord(uint256 x1, uint256 y1, uint256 z3, uint256 h, uint256 r)
        private
        pure
        returns (uint256 x3, uint256 y3, uint256)
    {
        unchecked {
            uint256 hh = mulmod(h, h, P);
            uint256 hhh = mulmod(h, hh, P);
            uint256 v = mulmod(x1, hh, P);
            x3 = addmod(mulmod(r, r, P), P - addmod(hhh, addmod(v, v, P), P), P);
            y3 = addmod(mulmod(r, addmod(v, P - x3, P), P), P - mulmod(y1, hhh, P), P);
            return (x3, y3, z3);
        }
    }
}
