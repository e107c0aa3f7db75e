// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResults} from "contracts/vote/interfaces/IResults.sol";

/// @title Consultations whose result the test decides; real ones are in tests/journeys
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
