// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Dleq} from "./Dleq.sol";
import {Point} from "./Point.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title Opening an encrypted total with the trustees' shares
/// @notice A total is an exponential ElGamal ciphertext (R, S) = (r·G, r·h + m·G) under h = f(0)·G, f the polynomial of
/// degree t − 1 that a key ceremony shared out. Trustee j, who holds x_j = f(j), contributes D_j = x_j·R with a proof;
/// t of them interpolate r·h = Σ λ_j·D_j (Shamir 1979; Desmedt and Frankel, CRYPTO 1989), and S − r·h = m·G.
///
/// The counts are proposed from outside and tested here, in exact coordinates: whoever proposes m chooses a side of the
/// equation, so no address may stand for a point.
library Tally {
    /// @notice What a decryption share is about; all of it enters the proof's challenge, with R and D_j.
    /// @param ceremony The KeyCeremony contract, and the ceremony's id there.
    /// @param consultation The consultation's id in the contract that calls.
    /// @param trustee j, the trustee's index in the ceremony.
    /// @param index Which ciphertext of the consultation, from 0.
    /// @param ballots How many ballots the total counts.
    struct Statement {
        address ceremony;
        uint256 ceremonyId;
        uint256 consultation;
        uint256 trustee;
        uint256 index;
        uint256 ballots;
        Point key;
        Point shareKey;
        Point R;
        Point S;
    }

    /// @notice The Lagrange coefficients at 0 of a set of indices, as integers: λ_j = ± weights_j / delta.
    struct Interpolation {
        uint256[] weights;
        bool[] negative;
        uint256 delta;
    }

    /// @notice Thrown when the trustees' indices aren't strictly increasing from above zero, or exceed `MAX_INDEX`.
    error Tally_BadIndex(uint256 position, uint256 index);

    /// @notice Thrown when there isn't one share for each index.
    error Tally_BadLengths(uint256 indices, uint256 shares);

    /// @notice The largest index of a trustee: up to it, every product below stays under 2⁴⁵ and every weight under
    /// 2²⁴.
    uint256 internal constant MAX_INDEX = 16;

    bytes32 internal constant TAG_SHARE = keccak256("beffroi.vote.tally.share");

    /// @notice Whether D is x_j·R for the x_j of X_j = x_j·G. The challenge binds the contract that calls.
    function isShare(Statement memory about, Point memory D, Dleq.Proof calldata proof) internal view returns (bool) {
        bytes32 ctx = keccak256(
            abi.encode(
                TAG_SHARE,
                block.chainid,
                address(this),
                about.ceremony,
                about.ceremonyId,
                about.consultation,
                about.trustee,
                about.index,
                about.key,
                about.S,
                about.ballots
            )
        );
        return Dleq.verify(ctx, about.R, about.shareKey, D, proof);
    }

    /// @notice Whether Σ λ_j·D_j + m·G = S, exactly, for the Lagrange coefficients λ_j = Π_{i≠j} i/(i − j) at 0.
    ///
    /// With Δ the least common multiple of the λ's reduced denominators, Δ·λ_j and Δ are integers under 2²⁴ (checked
    /// for each of the 65,519 sets of two or more indices up to 16), and N is prime: so Σ (Δλ_j)·D_j + Δ·(m·G − S) = 0
    /// says the same with a tenth of the doublings.
    /// @param at0 Of the trustees' indices (`lagrange`). How many it takes is the caller's to check.
    /// @param shares D_j, each already accepted by `isShare`.
    /// @param S (0, 0) for infinity. Where R is infinity too, no share exists and none is given.
    /// @param m The plaintext; the caller has checked its digits, so m < N.
    function opens(Interpolation memory at0, Point[] memory shares, Point memory S, uint256 m)
        internal
        pure
        returns (bool)
    {
        uint256 t = at0.weights.length;
        require(t == shares.length, Tally_BadLengths(t, shares.length));
        uint256[] memory scalars = new uint256[](t + 2);
        Point[] memory points = new Point[](t + 2);
        for (uint256 i; i < t; ++i) {
            scalars[i] = at0.weights[i];
            points[i] = at0.negative[i] ? _negate(shares[i]) : shares[i];
        }
        (scalars[t], points[t]) = (mulmod(at0.delta, m, Secp256k1.N), Point(Secp256k1.GX, Secp256k1.GY));
        (scalars[t + 1], points[t + 1]) = (at0.delta, _negate(S));
        return _isZero(scalars, points);
    }

    /// @notice The Lagrange coefficients at 0 of the trustees' indices, strictly increasing: a share counts once.
    function lagrange(uint256[] memory indices) internal pure returns (Interpolation memory at0) {
        uint256 t = indices.length;
        (at0.weights, at0.negative, at0.delta) = (new uint256[](t), new bool[](t), 1);
        uint256[] memory denominators = new uint256[](t);
        for (uint256 a; a < t; ++a) {
            uint256 j = indices[a];
            require(j > (a == 0 ? 0 : indices[a - 1]) && j <= MAX_INDEX, Tally_BadIndex(a, j));
        }
        for (uint256 a; a < t; ++a) {
            uint256 j = indices[a];
            (uint256 numerator, uint256 denominator) = (1, 1);
            for (uint256 b; b < t; ++b) {
                if (a == b) continue;
                numerator *= indices[b];
                denominator *= b < a ? j - indices[b] : indices[b] - j;
            }
            uint256 common = _gcd(numerator, denominator);
            at0.weights[a] = numerator / common;
            denominators[a] = denominator / common;
            // Each smaller index contributes a negative factor.
            at0.negative[a] = a & 1 == 1;
            at0.delta = at0.delta / _gcd(at0.delta, denominators[a]) * denominators[a];
        }
        for (uint256 a; a < t; ++a) {
            at0.weights[a] *= at0.delta / denominators[a];
        }
    }

    /// @dev Whether Σ scalars_i·points_i is infinity; the doublings are shared (Straus, Amer. Math. Monthly 71, 1964).
    function _isZero(uint256[] memory scalars, Point[] memory points) private pure returns (bool) {
        uint256 all;
        for (uint256 i; i < scalars.length; ++i) {
            all |= scalars[i];
        }
        (uint256 x, uint256 y, uint256 z) = (1, 1, 0);
        for (uint256 bit = all == 0 ? 0 : 1 << Math.log2(all); bit != 0; bit >>= 1) {
            (x, y, z) = Secp256k1.double(x, y, z);
            for (uint256 i; i < scalars.length; ++i) {
                if (scalars[i] & bit == 0) continue;
                (x, y, z) = Secp256k1.addAffine(x, y, z, points[i].x, points[i].y);
            }
        }
        return z == 0;
    }

    function _negate(Point memory point) private pure returns (Point memory negated) {
        (negated.x, negated.y) = Secp256k1.negate(point.x, point.y);
    }

    function _gcd(uint256 a, uint256 b) private pure returns (uint256) {
        while (b != 0) {
            (a, b) = (b, a % b);
        }
        return a;
    }
}
