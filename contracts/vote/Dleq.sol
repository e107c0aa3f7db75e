// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "./Point.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title Proof that two discrete logarithms are equal
/// @notice Chaum and Pedersen ("Wallet databases with observers", CRYPTO 1992), made non-interactive over a context:
/// the prover knows an x with X = x·G and D = x·B. It shows that a Diffie–Hellman point (complaints) or a decryption
/// share is the right one.
///
/// The textbook prover draws ω, a = ω·G, b = ω·B, e = H(…, B, X, D, a, b), z = ω + e·x; the verifier tests z·G = a +
/// e·X and z·B = b + e·D. Here a and b enter as addresses, and z as w = z/e, so that `ecrecover` (α·R + β·G for one
/// point R) can find them:
///
///   a = addr(w·e·G − e·X)          one ecrecover over X
///   P = w·B, sent along            its address against one ecrecover over B
///   W = D − P                      computed here, never sent: a sent W could lie off the curve
///   b = addr(−e·W)                 = addr(z·B − e·D), one ecrecover over W
///
/// Soundness. a and b, and with them e, are fixed first. Then w is the only scalar that gives a, up to a second
/// preimage of that address, P the only point with the address of w·B, again up to a second preimage, and b must match:
/// a false D asks for about 2¹⁶⁰ work. The challenge covers B, X and D as well as a and b: with D left out, an author
/// picks e first and solves D from it.
library Dleq {
    /// @param e The challenge.
    /// @param w The response over the challenge, ω/e + x mod N.
    /// @param p w·B.
    struct Proof {
        uint256 e;
        uint256 w;
        Point p;
    }

    bytes32 internal constant TAG = keccak256("beffroi.vote.dleq");

    /// @notice Whether `proof` shows that log_G X = log_B D under the context `ctx`. False, never a revert, for
    /// anything malformed.
    /// @param ctx A hash of everything the statement belongs to: purpose, chain, contract, ceremony, author and the
    /// rest.
    /// @param B The second base. B and X are refused when their abscissa isn't below N; every point, when off the
    /// curve.
    function verify(bytes32 ctx, Point memory B, Point memory X, Point memory D, Proof calldata proof)
        internal
        view
        returns (bool)
    {
        (uint256 e, uint256 w, Point calldata p) = (proof.e, proof.w, proof.p);
        if (e == 0 || e >= Secp256k1.N || w == 0 || w >= Secp256k1.N) return false;
        if (!_isOnCurve(B) || !_isOnCurve(X) || !_isOnCurve(D) || !Secp256k1.isOnCurve(p.x, p.y)) return false;
        if (!Secp256k1.isLinearCombination(w, B.x, B.y, 0, Secp256k1.toAddress(p.x, p.y))) return false;

        (uint256 x, uint256 y) = Secp256k1.addExact(D.x, D.y, p.x, Secp256k1.P - p.y);
        address a = Secp256k1.linearCombination(Secp256k1.N - e, X.x, X.y, mulmod(w, e, Secp256k1.N));
        address b = Secp256k1.linearCombination(Secp256k1.N - e, x, y, 0);
        if (a == address(0) || b == address(0)) return false;

        return e == uint256(keccak256(abi.encode(TAG, ctx, B, X, D, a, b))) % Secp256k1.N;
    }

    function _isOnCurve(Point memory point) private pure returns (bool) {
        return Secp256k1.isOnCurve(point.x, point.y);
    }
}
