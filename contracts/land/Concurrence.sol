// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Town} from "../access/Town.sol";
import {IConcurrence} from "./interfaces/IConcurrence.sol";

/// @title Acts that take two offices: one attests, the other posts
abstract contract Concurrence is IConcurrence, AccessManaged {
    /// @dev For a module that numbers its acts: beside the authority, in a slot that each of them reads anyway.
    uint32 internal _numbered;
    uint64 private immutable _notary;
    mapping(bytes32 actHash => Attestation) private _attestations;

    modifier concurring() {
        _concur();
        _;
    }

    constructor() {
        _notary = Town(authority()).NOTARY();
    }

    /// @inheritdoc IConcurrence
    function attest(bytes32 actHash, uint64 until) external restricted {
        _attestations[actHash] = Attestation(msg.sender, until);
        emit Attested(actHash, msg.sender, until);
    }

    /// @inheritdoc IConcurrence
    function attestationOf(bytes32 actHash) external view returns (Attestation memory) {
        return _attestations[actHash];
    }

    /// @dev The call itself is the act, so that there is nothing to encode twice.
    function _concur() private {
        bytes32 actHash = keccak256(msg.data);
        Attestation memory attestation = _attestations[actHash];
        require(block.timestamp <= attestation.until, Concurrence_NotAttested(actHash));
        require(attestation.by != msg.sender, Concurrence_SamePerson(msg.sender));
        (bool inOffice,) = Town(authority()).hasRole(_notary, attestation.by);
        require(inOffice, Concurrence_OutOfOffice(attestation.by));

        delete _attestations[actHash];
    }
}
