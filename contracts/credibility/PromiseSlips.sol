// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title What a subject, a resident or a petitioner signs
abstract contract PromiseSlips is IPromises, SlipActs {
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

    constructor() EIP712("Promises", "1") {}
}
