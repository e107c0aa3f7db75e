// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipSignature} from "../access/SlipSignature.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title What a subject, a resident or a petitioner signs
abstract contract PromiseSlips is IPromises, EIP712 {
    bytes32 internal constant PLEDGES_TYPEHASH =
        keccak256("Pledges(uint256 mandate,bytes32 pledgesHash,uint256 deadline)");
    bytes32 internal constant AMENDMENT_TYPEHASH =
        keccak256("Amendment(uint256 mandate,uint256 promiseId,bytes32 textHash,string uri,uint256 deadline)");
    bytes32 internal constant EVIDENCE_TYPEHASH =
        keccak256("Evidence(uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)");
    bytes32 internal constant COUNTER_EVIDENCE_TYPEHASH = keccak256(
        "CounterEvidence(address resident,uint256 mandate,uint256 promiseId,"
        "bytes32 evidenceHash,string uri,uint256 deadline)"
    );
    bytes32 internal constant APPEAL_TYPEHASH =
        keccak256("Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)");
    bytes32 internal constant PETITION_TYPEHASH = keccak256("Petition(uint256 evaluation,address resident)");

    mapping(bytes32 slip => bool) private _spent;

    constructor() EIP712("Promises", "1") {}

    /// @dev The act is its own transaction, or a slip within its deadline, once.
    function _requireActs(address account, bytes32 slip, uint256 deadline, bytes calldata signature) internal {
        if (signature.length == 0) {
            require(msg.sender == account, Promises_NotSignedBy(account));
            return;
        }
        require(block.timestamp <= deadline, Promises_SlipExpired(deadline));
        require(!_spent[slip], Promises_SlipSpent(slip));
        _requireSigned(account, slip, signature);
        _spent[slip] = true;
    }

    function _requireSigned(address account, bytes32 slip, bytes calldata signature) internal view {
        require(SlipSignature.isValid(account, _hashTypedDataV4(slip), signature), Promises_NotSignedBy(account));
    }
}
