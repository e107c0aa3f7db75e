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
        uint256 opensAt;
        uint256 closesAt;
        uint256 tallyBy;
        uint256 secrecyMinimum;
    }

    mapping(uint256 id => Consultation) private _consultations;
    uint256 private _last;
    IRulebook public rulebook;
    address public authority;
    /// @dev Of keys that nobody reserved.
    uint256 public keys;

    constructor(address authority_, IRulebook rulebook_) {
        (authority, rulebook) = (authority_, rulebook_);
    }

    function obey(address authority_) external {
        authority = authority_;
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
            terms.opensAt,
            terms.closesAt,
            terms.tallyBy,
            terms.secrecyMinimum
        );
    }

    function CEREMONIES() external view returns (address) {
        return address(this);
    }

    function available(address) external view returns (uint256) {
        return keys;
    }

    function schedule(uint256 id, bytes32 questionHash, bytes32 ruleHash, bytes32 root, uint256 size) external {
        Consultation storage scheduled = _consultations[id];
        (scheduled.status, scheduled.ruleHash) = (Status.Scheduled, ruleHash);
        (scheduled.questionHash, scheduled.optionsHash) = (questionHash, questionHash);
        (scheduled.rollRoot, scheduled.rollSize) = (root, size);
    }

    function date(uint256 id, uint256 opensAt, uint256 closesAt, uint256 secrecyMinimum) external {
        Consultation storage scheduled = _consultations[id];
        (scheduled.opensAt, scheduled.closesAt, scheduled.secrecyMinimum) = (opensAt, closesAt, secrecyMinimum);
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

    /// @dev Its dates, and how few ballots count.
    function terms(uint256 id)
        external
        view
        returns (Point memory key, uint256, bytes32, uint256, uint256, uint256, uint256)
    {
        Consultation storage c = _consultations[id];
        return (key, 0, 0, c.opensAt, c.closesAt, c.tallyBy, c.secrecyMinimum);
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
