// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {Code} from "../access/Code.sol";
import {SlipSignature} from "../access/SlipSignature.sol";

/// @title Signatures over ballots
/// @notice The EIP-712 message by which a voter lets anyone post her ballot.
library Slips {
    bytes32 internal constant TYPE_HASH =
        keccak256("Ballot(uint256 consultation,address voter,uint256 seq,bytes32 ballotHash)");
    uint256 private constant ECRECOVER_GAS = 3_000;
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// @notice What the voter signs.
    function digest(bytes32 separator, uint256 consultation, address voter, uint256 seq, bytes32 ballotHash)
        internal
        pure
        returns (bytes32 result)
    {
        bytes32 typeHash = TYPE_HASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typeHash)
            mstore(add(m, 0x20), consultation)
            mstore(add(m, 0x40), and(voter, 0xffffffffffffffffffffffffffffffffffffffff))
            mstore(add(m, 0x60), seq)
            mstore(add(m, 0x80), ballotHash)
            mstore(add(m, 0x22), keccak256(m, 0xa0))
            mstore(m, hex"1901")
            mstore(add(m, 0x02), separator)
            result := keccak256(m, 0x42)
        }
    }

    /// @notice Whether `voter` signed: by ECDSA first (65 bytes, low s), then, if a contract, by ERC-1271.
    /// @param signature A memory pointer to the signature's `length` bytes.
    function isSigned(bytes32 hash, address voter, uint256 signature, uint256 length) internal view returns (bool) {
        if (voter == address(0)) return false;
        if (length == 65 && _recover(hash, signature) == voter) return true;
        return Code.isContract(voter) && _accepts(hash, voter, signature, length);
    }

    function _recover(bytes32 hash, uint256 signature) private view returns (address signer) {
        bool ran;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, hash)
            mstore(add(m, 0x20), byte(0, mload(add(signature, 0x40))))
            mstore(add(m, 0x40), mload(signature))
            mstore(add(m, 0x60), mload(add(signature, 0x20)))
            mstore(0x00, 0)
            ran := staticcall(gas(), 1, m, 0x80, 0x00, 0x20)
            signer := mul(mload(0x00), eq(returndatasize(), 0x20))
            if gt(mload(add(signature, 0x20)), HALF_ORDER) { signer := 0 }
        }
        require(ran, SlipSignature.SlipSignature_OutOfGas(ECRECOVER_GAS));
    }

    function _accepts(bytes32 hash, address account, uint256 signature, uint256 length) private view returns (bool) {
        bytes memory question = new bytes(100 + length);
        bytes4 isValid = IERC1271.isValidSignature.selector;
        assembly ("memory-safe") {
            mstore(add(question, 0x20), isValid)
            mstore(add(question, 0x24), hash)
            mstore(add(question, 0x44), 0x40)
            mstore(add(question, 0x64), length)
            mcopy(add(question, 0x84), signature, length)
        }
        return SlipSignature.accepts(account, question, SlipSignature.BALLOT_GAS);
    }
}
