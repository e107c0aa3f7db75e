// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "./Point.sol";
import {Rule} from "./Rule.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title Proof that a ballot obeys its rule
/// @notice A ciphertext is exponential ElGamal, (c1, C) = (r·G, r·h + m·G). The proof shows m ∈ {m_1 … m_L} and
/// knowledge of r, and hides which. It is a disjunctive Chaum–Pedersen proof (Cramer, Damgård, Schoenmakers, CRYPTO
/// 1994) whose challenges are hashes, as in a ring (Abe, Ohkubo, Suzuki, ASIACRYPT 2002), of strings that share out the
/// commitments by exclusive or: first among groups of up to three branches, then within each:
///
///   S_1 ⊕ … ⊕ S_g = H(t_0, 0, a_1, b_1, …);   ⊕ s_j of group i = H(t_0, 0, S_i);   e_j = H(t_0, j, s_j)
///
/// A group has one commitment (A, B) and one response z = w·E, with E = Σ e_j and m = Σ e_j·m_j over its branches:
///
///   A = z·G − E·c1            B = z·h − E·C + m·G
///
/// which holds for some z exactly when log_G B − x·log_G A + Σ e_j·(μ − m_j) = 0, μ being what the ciphertext encrypts
/// and x the secret of h. Because every e_j is an answer of the hash, a μ outside the set leaves an equation that
/// nobody can steer: docs/vote-soundness.md. So a group costs three `ecrecover`s, whatever its size:
///
///   addr(w·h) = addr(D)       fixes D, of which x and the slope λ of the line through C and −D are sent
///   a = addr(−E·c1 + (w·E)·G)
///   b = addr(−E·W + m·G)      W = C − D computed, never sent
///
/// Layout: docs/ballot-format.md. Everything malformed is `false`; only a lack of gas reverts.
library BallotProof {
    /// @dev In memory exactly as in the ballot's bytes, so that a pointer into a ballot is one.
    struct Ciphertext {
        uint256 c1x;
        uint256 c1y;
        uint256 cx;
        uint256 cy;
    }

    uint256 internal constant CIPHERTEXT_BYTES = 128;
    /// @dev The soundness argument is for up to three branches on one commitment; more would weaken it.
    uint256 private constant GROUP = 3;

    /// @dev Secp256k1's, as the literals that assembly asks for.
    uint256 private constant P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F;
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    /// @notice How many bytes a ballot of this rule has.
    function ballotBytes(Rule memory rule) internal pure returns (uint256 size) {
        uint256 n = rule.setOf.length;
        size = n * CIPHERTEXT_BYTES;
        for (uint256 i; i < n; ++i) {
            size += _proofBytes(rule.sets[uint8(rule.setOf[i])].length);
        }
        if (rule.sumSet != 0) size += _proofBytes(rule.sets[rule.sumSet - 1].length);
    }

    /// @notice Whether the ballot at `ballot` (a memory pointer to `ballotBytes(rule)` bytes) obeys the rule.
    /// @param key h.
    /// @param ctx What the ballot is bound to: consultation, parameters, voter and sequence.
    /// @param ciphertextsHash keccak of the ballot's ciphertexts.
    function verify(Point memory key, Rule memory rule, bytes32 ctx, bytes32 ciphertextsHash, uint256 ballot)
        internal
        view
        returns (bool)
    {
        unchecked {
            uint256 n = rule.setOf.length;
            uint256 proof = ballot + n * CIPHERTEXT_BYTES;
            for (uint256 i; i < n; ++i) {
                Ciphertext memory c = at(ballot, i);
                if (!Secp256k1.isOnCurve(c.c1x, c.c1y) || !Secp256k1.isOnCurve(c.cx, c.cy)) return false;
                uint64[] memory set = rule.sets[uint8(rule.setOf[i])];
                if (!_encryptsOneOf(set, c, key, _start(ctx, ciphertextsHash, i), proof)) return false;
                proof += _proofBytes(set.length);
            }
            if (rule.sumSet == 0) return true;
            Ciphertext memory sum = _sum(ballot, n);
            if (sum.cx | sum.cy == 0) return false;
            return _encryptsOneOf(rule.sets[rule.sumSet - 1], sum, key, _start(ctx, ciphertextsHash, n), proof);
        }
    }

    /// @notice Ciphertext i of the ballot at this memory pointer.
    function at(uint256 ballot, uint256 i) internal pure returns (Ciphertext memory c) {
        assembly ("memory-safe") {
            c := add(ballot, mul(i, CIPHERTEXT_BYTES))
        }
    }

    /// @dev Per group, the challenges' sums, then the commitments; at the end, whether the groups' shares are those of
    /// the commitments' hash.
    /// @param set m_1 … m_L.
    /// @param t0 What the challenges are bound to.
    /// @param proof A memory pointer: for each group S_i, s_j of each branch but the first, w, D.x and λ.
    function _encryptsOneOf(uint64[] memory set, Ciphertext memory c, Point memory key, bytes32 t0, uint256 proof)
        private
        view
        returns (bool)
    {
        unchecked {
            uint256 shared;
            uint256 transcript; // t_0, 0, a_1, b_1 …: free memory, reserved while others work after it
            uint256 slot;
            assembly ("memory-safe") {
                transcript := mload(0x40)
                slot := add(transcript, 0x40)
                mstore(transcript, t0)
                mstore(0x40, add(transcript, add(0x100, shl(5, mload(set)))))
            }
            for (uint256 j; j < set.length; j += GROUP) {
                uint256 count = set.length - j;
                if (count > GROUP) count = GROUP;
                (uint256 challenge, uint256 message) = _challenges(set, t0, proof, j, count);
                assembly ("memory-safe") {
                    shared := xor(shared, mload(proof))
                    proof := add(proof, shl(5, count))
                }
                (address a, address b) = _commitments(c, key, challenge, message, proof);
                if (a == address(0) || b == address(0)) return false;
                assembly ("memory-safe") {
                    mstore(slot, a)
                    mstore(add(slot, 0x20), b)
                    slot := add(slot, 0x40)
                    proof := add(proof, 0x60)
                }
            }
            assembly ("memory-safe") {
                mstore(add(transcript, 0x20), 0)
                shared := eq(shared, keccak256(transcript, sub(slot, transcript)))
                mstore(0x40, transcript)
            }
            return shared != 0;
        }
    }

    /// @dev E and Σ e_j·m_j of a group.
    /// @param strings A memory pointer: S, then s_j of each branch but the first.
    /// @param first The place of its first branch, from 0.
    /// @param count How many it has.
    function _challenges(uint64[] memory set, bytes32 t0, uint256 strings, uint256 first, uint256 count)
        private
        pure
        returns (uint256 challenge, uint256 message)
    {
        assembly ("memory-safe") {
            function challengeOf(branch, seed) -> e {
                let buffer := mload(0x40)
                mstore(add(buffer, 0x20), branch)
                mstore(add(buffer, 0x40), seed)
                e := keccak256(buffer, 0x60)
            }
            mstore(mload(0x40), t0)
            // What the seeds after the first leave to it.
            let seed := challengeOf(0, mload(strings))
            first := add(first, 1)
            set := add(set, shl(5, first))
            for { let j := 1 } lt(j, count) { j := add(j, 1) } {
                let place := shl(5, j)
                let other := mload(add(strings, place))
                seed := xor(seed, other)
                let e := challengeOf(add(first, j), other)
                challenge := addmod(challenge, e, N)
                message := addmod(message, mulmod(e, mload(add(set, place)), N), N)
            }
            let e := challengeOf(first, seed)
            challenge := addmod(challenge, e, N)
            message := addmod(message, mulmod(e, mload(set), N), N)
        }
    }

    /// @dev addr(A) and addr(B) of a group, or a zero where anything is refused.
    function _commitments(Ciphertext memory c, Point memory key, uint256 challenge, uint256 message, uint256 group)
        private
        view
        returns (address a, address b)
    {
        uint256 w;
        uint256 x; // of D, then of W
        uint256 y;
        bool valid;
        assembly ("memory-safe") {
            w := mload(group)
            x := mload(add(group, 0x20))
            let slope := mload(add(group, 0x40))
            let cx := mload(add(c, 0x40))
            let cy := sub(P, mload(add(c, 0x60)))
            valid := and(and(lt(w, N), lt(x, P)), and(lt(slope, P), iszero(eq(x, cx))))
            y := addmod(mulmod(slope, addmod(cx, sub(P, x), P), P), cy, P)
            mstore(0x00, x)
            mstore(0x20, y)
            b := and(keccak256(0x00, 0x40), 0xffffffffffffffffffffffffffffffffffffffff)
            x := addmod(mulmod(slope, slope, P), sub(P, addmod(cx, x, P)), P)
            y := addmod(mulmod(slope, addmod(cx, sub(P, x), P), P), cy, P)
        }
        if (!valid || !Secp256k1.isLinearCombination(w, key.x, key.y, 0, b)) return (address(0), address(0));
        b = Secp256k1.linearCombination(N - challenge, x, y, message);
        a = Secp256k1.linearCombination(N - challenge, c.c1x, c.c1y, mulmod(w, challenge, N));
    }

    /// @dev (Σ c1, Σ C); all zero where either is infinity.
    function _sum(uint256 ballot, uint256 n) private view returns (Ciphertext memory sum) {
        (uint256 rx, uint256 ry, uint256 rz, uint256 sx, uint256 sy, uint256 sz) = (1, 1, 0, 1, 1, 0);
        for (uint256 i; i < n; ++i) {
            Ciphertext memory c = at(ballot, i);
            (rx, ry, rz) = Secp256k1.addAffine(rx, ry, rz, c.c1x, c.c1y);
            (sx, sy, sz) = Secp256k1.addAffine(sx, sy, sz, c.cx, c.cy);
        }
        if (rz == 0 || sz == 0) return sum;
        uint256 inverse = Secp256k1.inverse(mulmod(rz, sz, P), P);
        (sum.c1x, sum.c1y) = Secp256k1.scale(rx, ry, mulmod(inverse, sz, P));
        (sum.cx, sum.cy) = Secp256k1.scale(sx, sy, mulmod(inverse, rz, P));
    }

    function _proofBytes(uint256 length) private pure returns (uint256) {
        unchecked {
            return 32 * length + 96 * ((length + GROUP - 1) / GROUP);
        }
    }

    function _start(bytes32 ctx, bytes32 ciphertextsHash, uint256 index) private pure returns (bytes32) {
        return _hash(ctx, ciphertextsHash, bytes32(index));
    }

    function _hash(bytes32 a, bytes32 b, bytes32 c) private pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, a)
            mstore(add(m, 0x20), b)
            mstore(add(m, 0x40), c)
            result := keccak256(m, 0x60)
        }
    }
}
