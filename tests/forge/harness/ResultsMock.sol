// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";

/// @title Consultations whose result the test decides, and their keys; real ones are in tests/journeys
contract ResultsMock is IResults {
    struct Consultation {
        Status status;
        bytes32 questionHash;
        bytes32 ruleHash;
        bytes32 rollRoot;
        uint256 rollSize;
        uint256[] counts;
    }

    mapping(uint256 id => Consultation) private _consultations;
    uint256 private _last;
    IRulebook public rulebook;
    /// @dev Of keys that nobody reserved.
    uint256 public keys;

    constructor(IRulebook rulebook_) {
        rulebook = rulebook_;
    }

    function makeKeys(uint256 count) external {
        keys = count;
    }

    function next() external returns (uint256) {
        return ++_last;
    }

    function call(IConsultations.Terms calldata terms) external returns (uint256 id) {
        rulebook.requireTerms(terms, true);
        --keys;
        id = ++_last;
        _consultations[id] = Consultation(
            Status.Scheduled,
            terms.questionHash,
            keccak256(abi.encode(terms.rule)),
            terms.rollRoot,
            terms.rollSize,
            new uint256[](0)
        );
    }

    function CEREMONIES() external view returns (address) {
        return address(this);
    }

    function available(address) external view returns (uint256) {
        return keys;
    }

    function schedule(uint256 id, bytes32 questionHash, bytes32 ruleHash, bytes32 root, uint256 size) external {
        _consultations[id] = Consultation(Status.Scheduled, questionHash, ruleHash, root, size, new uint256[](0));
    }

    function become(uint256 id, Status standing) external {
        _consultations[id].status = standing;
    }

    function tally(uint256 id, uint256[] calldata result) external {
        _consultations[id].status = Status.Tallied;
        _consultations[id].counts = result;
    }

    function status(uint256 id) external view returns (Status) {
        return _consultations[id].status;
    }

    function counts(uint256 id) external view returns (uint256[] memory) {
        return _consultations[id].counts;
    }

    function ballots(uint256 id) external view returns (uint256) {
        return _consultations[id].counts[0];
    }

    function rollSize(uint256 id) external view returns (uint256) {
        return _consultations[id].rollSize;
    }

    function rollRoot(uint256 id) external view returns (bytes32) {
        return _consultations[id].rollRoot;
    }

    function subject(uint256 id) external view returns (bytes32, bytes32, bytes32) {
        return (_consultations[id].questionHash, bytes32(0), _consultations[id].ruleHash);
    }
}
