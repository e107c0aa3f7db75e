// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "./Point.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title Proof of knowledge of a discrete logarithm
/// @notice Schnorr ("Efficient identification and signatures for smart cards", CRYPTO 1989), made non-interactive over
/// a context.
///
/// The prover of X = x·G draws ω, a = addr(ω·G), e = keccak(TAG, ctx, X, a) mod N, z = ω + e·x. The verifier finds a
/// again as addr(z·G − e·X), one `ecrecover`, and the challenge over it. a is fixed before e exists, so that a false
/// proof asks for a preimage of one address per challenge, about 2¹⁶⁰ work; a collision of two addresses (2⁸⁰) gives
/// nothing to who doesn't know x.
library Knowledge {
    /// @param e The challenge.
    /// @param z The response, ω + e·x mod N.
    struct Proof {
        uint256 e;
        uint256 z;
    }

    bytes32 internal constant TAG = keccak256("beffroi.vote.knowledge");

    /// @notice Whether `proof` shows that its author knows log_G X under the context `ctx`. False, never a revert, for
    /// anything malformed.
    /// @param ctx A hash of everything the statement belongs to: purpose, chain, contract, ceremony, author.
    /// @param X Refused when off the curve or when its abscissa isn't below N.
    function verify(bytes32 ctx, Point memory X, Proof calldata proof) internal view returns (bool) {
        (uint256 e, uint256 z) = (proof.e, proof.z);
        if (e == 0 || e >= Secp256k1.N || z == 0 || z >= Secp256k1.N || !Secp256k1.isOnCurve(X.x, X.y)) return false;

        address a = Secp256k1.linearCombination(Secp256k1.N - e, X.x, X.y, z);
        return a != address(0) && e == uint256(keccak256(abi.encode(TAG, ctx, X, a))) % Secp256k1.N;
    }
}
