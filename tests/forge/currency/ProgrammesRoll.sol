// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title The roll of a programme as a test seals it
abstract contract ProgrammesRoll {
    address[] internal roll;
    bytes32[] private _tree; // the root at 1, the children of n at 2n and 2n + 1

    /// @dev The root over the keys of the roll, filled up to a power of two with leaves that nobody has.
    function _seal(bytes32 of_, uint32 each_) internal returns (bytes32) {
        uint256 width = 1;
        while (width < roll.length) width *= 2;
        delete _tree;
        for (uint256 n; n < 2 * width; ++n) {
            _tree.push(bytes32(0));
        }
        for (uint256 i; i < width; ++i) {
            _tree[width + i] = i < roll.length ? _leaf(of_, i, roll[i], each_) : keccak256(abi.encode(i));
        }
        for (uint256 n = width - 1; n != 0; --n) {
            _tree[n] = Hashes.commutativeKeccak256(_tree[2 * n], _tree[2 * n + 1]);
        }
        return _tree[1];
    }

    function _leaf(bytes32 of_, uint256 index, address holder, uint32 each_) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(of_, index, holder, each_))));
    }

    function _proof(uint256 index) internal view returns (bytes32[] memory proof) {
        uint256 n = _tree.length / 2 + index;
        uint256 depth;
        for (uint256 m = n; m > 1; m /= 2) {
            ++depth;
        }
        proof = new bytes32[](depth);
        for (uint256 i; i < depth; ++i) {
            proof[i] = _tree[n ^ 1];
            n /= 2;
        }
    }
}
