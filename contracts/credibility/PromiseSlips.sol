// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title What a subject or a resident signs
abstract contract PromiseSlips is IPromises, SlipActs {
    bytes32 private constant PLEDGE_TYPEHASH =
        keccak256("Pledge(string title,bytes32 textHash,string uri,uint16 weight_bps,uint40 dueAt)");
    bytes32 private constant PLEDGES_TYPEHASH = keccak256(
        "Pledges(uint256 mandate,uint256 first,Pledge[] pledges,uint256 deadline)"
        "Pledge(string title,bytes32 textHash,string uri,uint16 weight_bps,uint40 dueAt)"
    );
    bytes32 internal constant AMENDMENT_TYPEHASH =
        keccak256("Amendment(uint256 mandate,uint256 promiseId,bytes32 textHash,string uri,uint256 deadline)");
    bytes32 internal constant EVIDENCE_TYPEHASH =
        keccak256("Evidence(uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)");
    bytes32 internal constant COUNTER_EVIDENCE_TYPEHASH = keccak256(
        "CounterEvidence(address resident,uint256 mandate,uint256 promiseId,"
        "bytes32 evidenceHash,string uri,uint256 deadline)"
    );

    constructor() EIP712("Promises", "1") {}

    function _pledgesSlip(uint256 mandate, uint256 first, Pledge[] calldata pledges, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        bytes32[] memory hashes = new bytes32[](pledges.length);
        for (uint256 i; i < pledges.length; ++i) {
            Pledge calldata given = pledges[i];
            hashes[i] = keccak256(
                abi.encode(
                    PLEDGE_TYPEHASH,
                    keccak256(bytes(given.title)),
                    given.textHash,
                    keccak256(bytes(given.uri)),
                    given.weight_bps,
                    given.dueAt
                )
            );
        }
        return keccak256(abi.encode(PLEDGES_TYPEHASH, mandate, first, keccak256(abi.encodePacked(hashes)), deadline));
    }
}
