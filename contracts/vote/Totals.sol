// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "./Point.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title Encrypted totals
/// @notice (R, S) = Σ (c1, C), for each ciphertext of a rule: in storage affine; in memory Jacobian, so that a batch
/// costs one inversion. Infinity is (0, 0) to every reader, and has a value of its own in storage: opening pays for the
/// words, and no voter for being the first. A voter may send a point equal or opposite to the running total: additions
/// are complete.
library Totals {
    /// @dev The total of one ciphertext in storage.
    struct Total {
        Point r;
        Point s;
    }

    /// @dev A Jacobian point, infinity where z = 0.
    struct Running {
        uint256 x;
        uint256 y;
        uint256 z;
    }

    /// @dev Secp256k1's, as the literal that assembly asks for.
    uint256 private constant P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F;

    /// @dev No coordinate, and not zero: infinity's abscissa in storage.
    uint256 private constant INFINITY = type(uint256).max;

    /// @notice Makes n empty totals.
    function open(mapping(uint256 => Total) storage totals, uint256 n) internal {
        Point memory none = Point(INFINITY, INFINITY);
        for (uint256 i; i < n; ++i) {
            totals[i] = Total(none, none);
        }
    }

    /// @notice A total as everyone reads it.
    function at(mapping(uint256 => Total) storage totals, uint256 i)
        internal
        view
        returns (Point memory r, Point memory s)
    {
        return (_read(totals[i].r), _read(totals[i].s));
    }

    /// @notice R_0, S_0, R_1, S_1 …
    function load(mapping(uint256 => Total) storage totals, uint256 n)
        internal
        view
        returns (Running[] memory running)
    {
        running = new Running[](2 * n);
        for (uint256 i; i < n; ++i) {
            _lift(running[2 * i], totals[i].r);
            _lift(running[2 * i + 1], totals[i].s);
        }
    }

    /// @notice Adds the n ciphertexts at this memory pointer.
    function add(Running[] memory running, uint256 ballot) internal pure {
        _accumulate(running, ballot, 0);
    }

    /// @notice Subtracts the n ciphertexts at this memory pointer: −(x, y) = (x, P − y).
    function subtract(Running[] memory running, uint256 ballot) internal pure {
        _accumulate(running, ballot, P);
    }

    /// @notice Writes the totals back. All Z are inverted at once (Montgomery 1987, §10.3.1); a zero Z stays out of the
    /// product, which it would annihilate.
    function store(mapping(uint256 => Total) storage totals, Running[] memory running) internal {
        uint256 length = running.length;
        uint256[] memory prefix = new uint256[](length);
        uint256 product = 1;
        for (uint256 k; k < length; ++k) {
            prefix[k] = product;
            if (running[k].z != 0) product = mulmod(product, running[k].z, P);
        }
        uint256 inverse = product == 1 ? 1 : Secp256k1.inverse(product, P);
        for (uint256 k = length; k != 0;) {
            Running memory point = running[--k];
            Point storage target = k & 1 == 0 ? totals[k >> 1].r : totals[k >> 1].s;
            if (point.z == 0) {
                (target.x, target.y) = (INFINITY, INFINITY);
                continue;
            }
            (target.x, target.y) = Secp256k1.scale(point.x, point.y, mulmod(inverse, prefix[k], P));
            inverse = mulmod(inverse, point.z, P);
        }
    }

    function _lift(Running memory running, Point storage point) private view {
        uint256 x = point.x;
        if (x != INFINITY) (running.x, running.y, running.z) = (x, point.y, 1);
    }

    function _read(Point storage point) private view returns (Point memory) {
        uint256 x = point.x;
        return x == INFINITY ? Point(0, 0) : Point(x, point.y);
    }

    /// @param modulus P to negate each point, else 0.
    function _accumulate(Running[] memory running, uint256 ballot, uint256 modulus) private pure {
        unchecked {
            uint256 pointer;
            assembly ("memory-safe") {
                pointer := add(running, 0x20)
            }
            for (uint256 end = pointer + 32 * running.length; pointer < end; pointer += 32) {
                uint256 x;
                uint256 y;
                assembly ("memory-safe") {
                    x := mload(ballot)
                    y := mload(add(ballot, 0x20))
                    if modulus { y := sub(modulus, y) }
                }
                _addTo(pointer, x, y);
                ballot += 64;
            }
        }
    }

    /// @dev Secp256k1.addAffine in place, with its common case, neither infinite nor on the same abscissa, spelt out.
    function _addTo(uint256 pointer, uint256 x, uint256 y) private pure {
        bool done;
        uint256 place;
        (uint256 x1, uint256 y1, uint256 z1) = (0, 0, 0);
        assembly ("memory-safe") {
            place := mload(pointer)
            x1 := mload(place)
            y1 := mload(add(place, 0x20))
            z1 := mload(add(place, 0x40))
            let zz := mulmod(z1, z1, P)
            let h := addmod(mulmod(x, zz, P), sub(P, x1), P)
            done := iszero(or(iszero(z1), iszero(h)))
            if done {
                let r := addmod(mulmod(y, mulmod(z1, zz, P), P), sub(P, y1), P)
                let hh := mulmod(h, h, P)
                let hhh := mulmod(h, hh, P)
                let v := mulmod(x1, hh, P)
                let x3 := addmod(mulmod(r, r, P), sub(P, addmod(hhh, addmod(v, v, P), P)), P)
                mstore(place, x3)
                mstore(add(place, 0x20), addmod(mulmod(r, addmod(v, sub(P, x3), P), P), sub(P, mulmod(y1, hhh, P)), P))
                mstore(add(place, 0x40), mulmod(z1, h, P))
            }
        }
        if (done) return;
        (x1, y1, z1) = Secp256k1.addAffine(x1, y1, z1, x, y);
        assembly ("memory-safe") {
            mstore(place, x1)
            mstore(add(place, 0x20), y1)
            mstore(add(place, 0x40), z1)
        }
    }
}
