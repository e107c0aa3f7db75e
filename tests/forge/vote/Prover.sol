// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {Rule} from "contracts/vote/Rule.sol";
import {Secp256k1} from "contracts/vote/Secp256k1.sol";
import {AsDeployed} from "tests/forge/support/AsDeployed.sol";

/// @dev Makes ballots as docs/ballot-format.md describes. It knows the election's secret, so that every point is k·G
/// for a known k, which foundry multiplies natively; the bytes are those of a prover who does not know it.
abstract contract Prover is AsDeployed {
    uint256 internal constant N = Secp256k1.N;
    uint256 internal constant P = Secp256k1.P;
    uint64 internal constant M = 1 << 24;

    /// @dev The trustees' secret polynomial is `secret` + 7·j.
    uint256 internal secret = uint256(keccak256("the election's secret")) % N;
    uint256 internal salt;
    uint256 private _nonce;
    /// @dev Simulated groups answer w = 5, z = 5·E.
    bool internal forcedNonce;

    /// @dev A ciphertext by its logarithms: r, and `sum` = r·x + m.
    struct Opening {
        uint256 r;
        uint256 sum;
    }

    function _random() internal returns (uint256) {
        return uint256(keccak256(abi.encode("random", salt, _nonce++))) % (N - 1) + 1;
    }

    function _pointOf(uint256 k) internal returns (uint256, uint256) {
        Vm.Wallet memory wallet = vm.createWallet(k % N);
        return (wallet.publicKeyX, wallet.publicKeyY);
    }

    /// @dev Fresh randomness whose point can be ecrecover's R.
    function _encrypt(uint256 message) internal returns (Opening memory o, bytes memory ciphertext) {
        o.r = _random();
        o.sum = addmod(mulmod(o.r, secret, N), message, N);
        ciphertext = _ciphertextOf(o);
    }

    function _ciphertextOf(Opening memory o) internal returns (bytes memory) {
        (uint256 c1x, uint256 c1y) = _pointOf(o.r);
        (uint256 cx, uint256 cy) = _pointOf(o.sum);
        return abi.encode(c1x, c1y, cx, cy);
    }

    /// @dev A whole ballot; `branches[i]` is the position of the chosen message in ciphertext i's set.
    function _makeBallot(Rule memory rule, bytes32 ctx, uint256[] memory branches) internal returns (bytes memory) {
        uint256 n = rule.setOf.length;
        Opening[] memory openings = new Opening[](n);
        uint256[] memory messages = new uint256[](n);
        for (uint256 i; i < n; ++i) {
            messages[i] = rule.sets[uint8(rule.setOf[i])][branches[i]];
            (openings[i],) = _encrypt(messages[i]);
        }
        return _ballotWith(rule, ctx, openings, messages);
    }

    /// @dev The same with randomness, and messages, of one's choice.
    function _ballotWith(Rule memory rule, bytes32 ctx, Opening[] memory openings, uint256[] memory messages)
        internal
        returns (bytes memory)
    {
        bytes memory ciphertexts;
        for (uint256 i; i < openings.length; ++i) {
            ciphertexts = bytes.concat(ciphertexts, _ciphertextOf(openings[i]));
        }
        return bytes.concat(ciphertexts, _proofs(rule, ctx, keccak256(ciphertexts), openings, messages));
    }

    /// @dev A ballot of one ciphertext with this r.
    function _ballotOfRandomness(Rule memory rule, bytes32 ctx, uint256 r, uint256 message)
        internal
        returns (bytes memory)
    {
        Opening[] memory openings = new Opening[](1);
        uint256[] memory messages = new uint256[](1);
        openings[0] = Opening(r, addmod(mulmod(r, secret, N), message, N));
        messages[0] = message;
        return _ballotWith(rule, ctx, openings, messages);
    }

    /// @dev The word at position k of some bytes, replaced.
    function _withWord(bytes memory data, uint256 k, uint256 word) internal pure returns (bytes memory copy) {
        copy = bytes.concat(data);
        assembly ("memory-safe") {
            mstore(add(add(copy, 0x20), mul(k, 0x20)), word)
        }
    }

    function _wordAt(bytes memory data, uint256 k) internal pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), mul(k, 0x20)))
        }
    }

    function _slice(bytes memory data, uint256 from, uint256 to) internal pure returns (bytes memory part) {
        part = new bytes(to - from);
        for (uint256 k = from; k < to; ++k) {
            part[k - from] = data[k];
        }
    }

    /// @dev The proofs of a ballot; a message outside its set is proven as if it were the set's first, as a cheat
    /// would.
    function _proofs(Rule memory rule, bytes32 ctx, bytes32 hC, Opening[] memory openings, uint256[] memory messages)
        internal
        returns (bytes memory result)
    {
        Opening memory total;
        uint256 sum;
        for (uint256 i; i < openings.length; ++i) {
            uint64[] memory set = rule.sets[uint8(rule.setOf[i])];
            result = bytes.concat(
                result, _prove(set, _branchOf(set, messages[i]), openings[i], keccak256(abi.encode(ctx, hC, i)))
            );
            total.r = addmod(total.r, openings[i].r, N);
            total.sum = addmod(total.sum, openings[i].sum, N);
            sum += messages[i];
        }
        if (rule.sumSet != 0) {
            uint64[] memory set = rule.sets[rule.sumSet - 1];
            bytes32 t0 = keccak256(abi.encode(ctx, hC, openings.length));
            result = bytes.concat(result, _prove(set, _branchOf(set, sum), total, t0));
        }
    }

    function _branchOf(uint64[] memory set, uint256 message) internal pure returns (uint256) {
        for (uint256 j; j < set.length; ++j) {
            if (set[j] == message) return j;
        }
        return 0;
    }

    struct Draft {
        uint256[] shares; // of the groups: S_i
        uint256[] s;
        uint256[] e;
        uint256[] z; // before the end, ω
        uint256[] transcript;
    }

    function _prove(uint64[] memory set, uint256 v, Opening memory o, bytes32 t0)
        internal
        returns (bytes memory proof)
    {
        Draft memory d;
        uint256 groups = (set.length + 2) / 3;
        (d.s, d.e) = (new uint256[](set.length), new uint256[](set.length));
        (d.shares, d.z) = (new uint256[](groups), new uint256[](groups));
        d.transcript = new uint256[](2 + 2 * groups);
        d.transcript[0] = uint256(t0);
        for (uint256 g; g < groups; ++g) {
            d.shares[g] = _random();
            d.s[3 * g] = _inGroup(t0, d.shares[g]);
            for (uint256 j = 3 * g + 1; j < set.length && j < 3 * g + 3; ++j) {
                d.s[j] = _random();
                d.s[3 * g] ^= d.s[j];
            }
            for (uint256 j = 3 * g; j < set.length && j < 3 * g + 3; ++j) {
                d.e[j] = _challenge(t0, j, d.s[j]);
            }
            _commit(d, set, v, g, o);
        }
        // The share of v's group makes the exclusive or right, s_v that of the group, and v's challenge comes last.
        uint256 share = uint256(keccak256(abi.encodePacked(d.transcript))) ^ d.shares[v / 3];
        for (uint256 g; g < groups; ++g) {
            share ^= d.shares[g];
        }
        d.s[v] ^= _inGroup(t0, d.shares[v / 3]) ^ _inGroup(t0, share);
        d.e[v] = _challenge(t0, v, d.s[v]);
        d.shares[v / 3] = share;
        for (uint256 g; g < groups; ++g) {
            (uint256 E,) = _aggregate(set, d.e, g);
            if (g == v / 3) d.z[g] = addmod(d.z[g], mulmod(E, o.r, N), N);
            proof = bytes.concat(proof, abi.encode(d.shares[g]));
            for (uint256 j = 3 * g + 1; j < set.length && j < 3 * g + 3; ++j) {
                proof = bytes.concat(proof, abi.encode(d.s[j]));
            }
            proof = bytes.concat(proof, _hints(mulmod(d.z[g], Secp256k1.inverse(E, N), N), o.sum));
        }
    }

    /// @dev The commitments of group g: simulated, but where the true branch v is.
    function _commit(Draft memory d, uint64[] memory set, uint256 v, uint256 g, Opening memory o) internal {
        (uint256 E, uint256 m) = _aggregate(set, d.e, g);
        uint256 a = _random();
        if (forcedNonce && g != v / 3) a = mulmod(5, E, N);
        d.z[g] = a;
        // b = ω·x + Σ e_j (m_j − m_v), where e_v does not matter; or z·x − E·C + m.
        uint256 c = g == v / 3 ? set[v] : o.sum;
        uint256 b = addmod(mulmod(a, secret, N), addmod(m, N - mulmod(E, c, N), N), N);
        if (g != v / 3) a = addmod(a, N - mulmod(E, o.r, N), N);
        d.transcript[2 + 2 * g] = uint160(vm.addr(a));
        d.transcript[3 + 2 * g] = uint160(vm.addr(b));
    }

    /// @dev What the strings of a group with this share add up to.
    function _inGroup(bytes32 t0, uint256 share) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(t0, uint256(0), share)));
    }

    function _challenge(bytes32 t0, uint256 j, uint256 s) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(t0, j + 1, s))) % N;
    }

    function _aggregate(uint64[] memory set, uint256[] memory e, uint256 g)
        internal
        pure
        returns (uint256 E, uint256 m)
    {
        for (uint256 j = 3 * g; j < set.length && j < 3 * g + 3; ++j) {
            E = addmod(E, e[j], N);
            m = addmod(m, mulmod(e[j], set[j], N), N);
        }
    }

    /// @dev w, D.x, λ for D = w·h and C = sum·G.
    function _hints(uint256 w, uint256 sum) internal returns (bytes memory) {
        (uint256 dx, uint256 dy) = _pointOf(mulmod(w, secret, N));
        (uint256 cx, uint256 cy) = _pointOf(sum);
        uint256 slope = mulmod(addmod(cy, dy, P), Secp256k1.inverse(addmod(cx, P - dx, P), P), P);
        return abi.encode(w, dx, slope);
    }
}
