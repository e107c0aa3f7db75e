// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "contracts/vote/Point.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";

/// @title Consultations whose result the test decides, and their keys; real ones are in tests/journeys
contract ResultsMock is IResults {
    struct Consultation {
        Status status;
        bytes32 questionHash;
        bytes32 optionsHash;
        bytes32 ruleHash;
        bytes32 rollRoot;
        uint256 rollSize;
        uint256[] counts;
        uint256 tallyBy;
    }

    mapping(uint256 id => Consultation) private _consultations;
    uint256 private _last;
    IRulebook public rulebook;
    /// @dev Of keys that nobody reserved.
    uint256 public keys;

    constructor(IRulebook rulebook_) {
        rulebook = rulebook_;
    }

    function follow(IRulebook next_) external {
        rulebook = next_;
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
            terms.optionsHash,
            keccak256(abi.encode(terms.rule)),
            terms.rollRoot,
            terms.rollSize,
            new uint256[](0),
            terms.tallyBy
        );
    }

    function CEREMONIES() external view returns (address) {
        return address(this);
    }

    function available(address) external view returns (uint256) {
        return keys;
    }

    function schedule(uint256 id, bytes32 questionHash, bytes32 ruleHash, bytes32 root, uint256 size) external {
        _consultations[id] =
            Consultation(Status.Scheduled, questionHash, questionHash, ruleHash, root, size, new uint256[](0), 0);
    }

    function offer(uint256 id, bytes32 optionsHash) external {
        _consultations[id].optionsHash = optionsHash;
    }

    function become(uint256 id, Status standing) external {
        if (standing == Status.Stalled) _consultations[id].tallyBy = block.timestamp;
        _consultations[id].status = standing;
    }

    function tally(uint256 id, uint256[] calldata result) external {
        _consultations[id].status = Status.Tallied;
        _consultations[id].counts = result;
    }

    /// @dev Only when its trustees are late.
    function terms(uint256 id)
        external
        view
        returns (Point memory key, uint256, bytes32, uint256, uint256, uint256 tallyBy, uint256)
    {
        tallyBy = _consultations[id].tallyBy;
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
        return (_consultations[id].questionHash, _consultations[id].optionsHash, _consultations[id].ruleHash);
    }
}
