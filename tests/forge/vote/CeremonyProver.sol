// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VmSafe} from "forge-std/Vm.sol";

import {Dleq} from "contracts/vote/Dleq.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {AsDeployed} from "tests/forge/support/AsDeployed.sol";

/// @notice Scalars, points and proofs on the trustees' side, written apart from the contracts, from
/// docs/ceremony-format.md: multiplications by the cheatcodes' own secp256k1. A point is known by its logarithm here.
abstract contract CeremonyProver is AsDeployed {
    uint256 internal constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 internal constant P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F;

    /// @dev Two scalars whose points' addresses end in the same 24 bits, found by a birthday search over 1, 2, 3…
    uint256 internal constant TWIN_A = 1346;
    uint256 internal constant TWIN_B = 1960;

    uint256 private _drawn;

    function _random() internal returns (uint256) {
        return uint256(keccak256(abi.encode("random", ++_drawn))) % N;
    }

    /// @dev k·G; (0, 0) for k ≡ 0.
    function _times(uint256 k) internal returns (Point memory) {
        if (k % N == 0) return Point(0, 0);
        VmSafe.Wallet memory wallet = vm.createWallet(k % N);
        return Point(wallet.publicKeyX, wallet.publicKeyY);
    }

    function _add(uint256 a, uint256 b) internal pure returns (uint256) {
        return addmod(a, b, N);
    }

    function _sub(uint256 a, uint256 b) internal pure returns (uint256) {
        return addmod(a, N - b % N, N);
    }

    function _mul(uint256 a, uint256 b) internal pure returns (uint256) {
        return mulmod(a, b, N);
    }

    /// @dev 1/a modulo N by Fermat.
    function _inverse(uint256 a) internal pure returns (uint256 result) {
        result = 1;
        for (uint256 exponent = N - 2; exponent != 0; exponent >>= 1) {
            if (exponent & 1 == 1) result = mulmod(result, a, N);
            a = mulmod(a, a, N);
        }
    }

    /// @dev Horner's rule: Σ a_k·j^k.
    function _evaluate(uint256[] memory polynomial, uint256 j) internal pure returns (uint256 value) {
        for (uint256 k = polynomial.length; k != 0; --k) {
            value = _add(_mul(value, j), polynomial[k - 1]);
        }
    }

    /// @dev Knowledge of x for X = x·G.
    function _proveKnowledge(bytes32 ctx, uint256 x) internal returns (Knowledge.Proof memory proof) {
        uint256 omega = _random();
        proof.e =
            uint256(keccak256(abi.encode(keccak256("beffroi.vote.knowledge"), ctx, _times(x), vm.addr(omega)))) % N;
        proof.z = _add(omega, _mul(proof.e, x));
    }

    /// @dev That X = x·G and D = x·B, for B = b·G.
    function _proveEqual(bytes32 ctx, uint256 b, uint256 x) internal returns (Dleq.Proof memory proof) {
        uint256 omega = _random();
        proof.e = _equalityChallenge(ctx, b, _times(x), _times(_mul(x, b)), vm.addr(omega), vm.addr(_mul(omega, b)));
        proof.w = _add(_mul(omega, _inverse(proof.e)), x);
        proof.p = _times(_mul(proof.w, b));
    }

    function _equalityChallenge(bytes32 ctx, uint256 b, Point memory X, Point memory D, address a1, address a2)
        internal
        returns (uint256)
    {
        return uint256(keccak256(abi.encode(keccak256("beffroi.vote.dleq"), ctx, _times(b), X, D, a1, a2))) % N;
    }

    /// @dev The first point of the curve with N ≤ x, which ecrecover doesn't take.
    function _pointWithLargeAbscissa() internal view returns (uint256 x, uint256 y) {
        for (x = N;; ++x) {
            uint256 square = addmod(mulmod(x, mulmod(x, x, P), P), 7, P);
            y = _root(square);
            if (mulmod(y, y, P) == square) return (x, y);
        }
    }

    /// @dev point − k·G by the chord; the abscissas differ.
    function _minusTimes(Point memory point, uint256 k) internal returns (Point memory result) {
        Point memory other = _times(k);
        uint256 slope = mulmod(addmod(P - other.y, P - point.y, P), _power(addmod(other.x, P - point.x, P), P - 2), P);
        result.x = addmod(mulmod(slope, slope, P), P - addmod(point.x, other.x, P), P);
        result.y = addmod(mulmod(slope, addmod(point.x, P - result.x, P), P), P - point.y, P);
    }

    /// @dev A square root modulo P ≡ 3 mod 4, if there is one.
    function _root(uint256 square) internal view returns (uint256) {
        return _power(square, (P + 1) / 4);
    }

    /// @dev a^b modulo P, by the precompile.
    function _power(uint256 a, uint256 b) private view returns (uint256) {
        (, bytes memory result) = address(5).staticcall(abi.encode(32, 32, 32, a, b, P));
        return abi.decode(result, (uint256));
    }
}
