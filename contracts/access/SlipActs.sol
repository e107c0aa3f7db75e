// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipSignature} from "./SlipSignature.sol";
import {ISlipActs} from "./interfaces/ISlipActs.sol";

/// @title Acts that an account carries out itself, or signs for anyone to post
abstract contract SlipActs is ISlipActs, EIP712 {
    mapping(bytes32 slip => bool) private _spent;

    /// @dev The act is its own transaction, or a slip within its deadline, once.
    function _requireActs(address account, bytes32 slip, uint256 deadline, bytes calldata signature) internal {
        if (signature.length == 0) {
            require(msg.sender == account, SlipActs_NotSignedBy(account));
            return;
        }
        require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));
        require(!_spent[slip], SlipActs_SlipSpent(slip));
        _requireSigned(account, slip, signature);
        _spent[slip] = true;
    }

    /// @dev By the account itself, or by its slip until a deadline, whose act keeps it from serving twice.
    function _requireBy(address account, bytes32 slip, uint256 deadline, bytes calldata signature) internal view {
        if (signature.length == 0) {
            require(msg.sender == account, SlipActs_NotSignedBy(account));
            return;
        }
        require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));
        _requireSigned(account, slip, signature);
    }

    /// @dev For a slip whose act keeps it from serving twice.
    function _requireSigned(address account, bytes32 slip, bytes calldata signature) internal view {
        require(SlipSignature.isValid(account, _hashTypedDataV4(slip), signature), SlipActs_NotSignedBy(account));
    }
}
