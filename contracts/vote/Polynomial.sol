// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "./Point.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title A polynomial in the exponent
/// @notice f(z) = Σ a_k·z^k modulo N, known by its coefficients A_k = a_k·G (Feldman, FOCS 1987). All in exact
/// coordinates: a dealer chooses the coefficients *and* the shares, so an address, which two points can be made to
/// share for 2⁸⁰ work, would prove nothing.
library Polynomial {
    /// @notice Adds the polynomial of `coefficients` to `sum`, whose elements are Jacobian triples (all zero:
    /// infinity).
    function accumulate(uint256[3][] memory sum, Point[] calldata coefficients) internal pure {
        for (uint256 k; k < sum.length; ++k) {
            uint256[3] memory term = sum[k];
            Point calldata point = coefficients[k];
            (term[0], term[1], term[2]) = Secp256k1.addAffine(term[0], term[1], term[2], point.x, point.y);
        }
    }

    /// @notice f(j)·G by Horner's rule, in Jacobian coordinates; A_0 for j = 0.
    function evaluate(uint256[3][] memory coefficients, uint256 j)
        internal
        pure
        returns (uint256 x, uint256 y, uint256 z)
    {
        for (uint256 k = coefficients.length; k != 0; --k) {
            uint256[3] memory a = coefficients[k - 1];
            (x, y, z) = _times(j, x, y, z);
            (x, y, z) = Secp256k1.add(x, y, z, a[0], a[1], a[2]);
        }
    }

    /// @notice Whether `share` is f(j): share·G = f(j)·G.
    function opens(Point[] calldata coefficients, uint256 j, uint256 share) internal pure returns (bool) {
        uint256[3][] memory sum = new uint256[3][](coefficients.length);
        accumulate(sum, coefficients);
        (uint256 x, uint256 y, uint256 z) = evaluate(sum, j);
        (uint256 sx, uint256 sy, uint256 sz) = Secp256k1.mul(share, Secp256k1.GX, Secp256k1.GY);
        (,, z) = Secp256k1.add(x, y, z, sx, Secp256k1.P - sy, sz);
        return z == 0;
    }

    /// @dev j·(x, y, z) for a small j, by doubling and adding.
    function _times(uint256 j, uint256 x, uint256 y, uint256 z) private pure returns (uint256, uint256, uint256) {
        if (j == 0 || z == 0) return (1, 1, 0);
        uint256 bit = 1;
        while (bit <= j >> 1) bit <<= 1;
        (uint256 x2, uint256 y2, uint256 z2) = (x, y, z);
        for (bit >>= 1; bit != 0; bit >>= 1) {
            (x2, y2, z2) = Secp256k1.double(x2, y2, z2);
            if (j & bit != 0) (x2, y2, z2) = Secp256k1.add(x2, y2, z2, x, y, z);
        }
        return (x2, y2, z2);
    }
}
