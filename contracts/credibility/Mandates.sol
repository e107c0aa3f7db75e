// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidents, Kind, Standing} from "../residents/interfaces/IResidents.sol";
import {Burn} from "./Burn.sol";
import {PromiseStore} from "./PromiseStore.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title Mandates: what is promised, and what is brought for and against it
abstract contract Mandates is PromiseStore {
    uint256 private constant MAX_PROMISES = 200; // an evaluation names each by a byte
    uint256 private constant FIFTY_MILLION = 50_000_000;

    mapping(uint256 mandate => mapping(uint256 promiseId => mapping(address citizen => bool))) private _countered;

    /// @inheritdoc IPromises
    function openMandate(address subject, uint40 endsAt, Supply supplyKind, bytes32 termsHash)
        external
        restricted
        returns (uint256 mandate)
    {
        uint256 supply = supplyKind == Supply.FiftyMillion ? FIFTY_MILLION : residents.population(Kind.Citizen);
        require(subject != address(0) && supply != 0 && endsAt > block.timestamp, Promises_InvalidMandate());

        mandate = ++mandates;
        Mandate storage opened = _mandates[mandate];
        (opened.subject, opened.endsAt, opened.supply) = (subject, endsAt, uint64(supply));
        emit MandateOpened(mandate, subject, endsAt, supply, termsHash);
    }

    /// @inheritdoc IPromises
    function endMandate(uint256 mandate, bytes32 documentHash) external restricted {
        Mandate storage current = _mandate(mandate);
        require(block.timestamp < current.endsAt, Promises_MandateOver(mandate, current.endsAt));

        current.endsAt = uint40(block.timestamp);
        emit MandateEnded(mandate, documentHash);
        if (current.capital == 0) return; // not all is pledged: no stake is anybody's yet

        for (uint256 i; i < current.promiseCount; ++i) {
            Promise storage left = _promises[mandate][i];
            if (left.state == State.Pledged && block.timestamp < left.dueAt) _freeze(mandate, i);
        }
    }

    /// @inheritdoc IPromises
    function cancelMandate(uint256 mandate, bytes32 documentHash) external restricted {
        Mandate storage current = _mandate(mandate);
        require(!current.judged, Promises_JudgedAlready(mandate));

        uint256 capital = current.capital;
        (current.endsAt, current.capital, current.frozen) = (0, 0, 0);
        emit MandateCancelled(mandate, capital, documentHash);

        cred.burn(current.subject, capital);
    }

    /// @inheritdoc IPromises
    function pledge(
        uint256 mandate,
        uint256 first,
        Pledge[] calldata pledges,
        uint256 deadline,
        bytes calldata signature
    ) external {
        Mandate memory current = _mandate(mandate);
        require(current.pledged_bps != Burn.BASIS_POINTS, Promises_PledgedOnce(mandate));
        require(first == current.promiseCount, Promises_OutOfTurn(mandate, first, current.promiseCount));
        uint256 count = first + pledges.length;
        require(pledges.length != 0 && count <= MAX_PROMISES, Promises_PromiseCount(count, MAX_PROMISES));
        _requireActs(_key(current.subject), _pledgesSlip(mandate, first, pledges, deadline), deadline, signature);

        for (uint256 i; i < pledges.length; ++i) {
            _pledge(mandate, first + i, pledges[i], current);
        }
        Mandate storage stored = _mandates[mandate];
        (stored.promiseCount, stored.pledged_bps) = (uint16(count), current.pledged_bps);
        stored.textsHash = current.textsHash;
        if (current.pledged_bps != Burn.BASIS_POINTS) return;

        stored.capital = current.supply;
        // To the subject of record: what a lost key held is burnt there too, whoever acts for it now.
        cred.mint(current.subject, current.supply);
    }

    /// @inheritdoc IPromises
    function amend(
        uint256 mandate,
        uint256 promiseId,
        bytes32 textHash,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external {
        address subject = _pledgedMandate(mandate).subject;
        State state = _promises[mandate][promiseId].state;
        require(state == State.Pledged, Promises_WrongState(mandate, promiseId, state));
        bytes32 slip =
            keccak256(abi.encode(AMENDMENT_TYPEHASH, mandate, promiseId, textHash, keccak256(bytes(uri)), deadline));
        _requireActs(_key(subject), slip, deadline, signature);

        emit Amended(mandate, promiseId, textHash, uri);
    }

    /// @inheritdoc IPromises
    function bringEvidence(
        uint256 mandate,
        uint256 promiseId,
        bytes32 evidenceHash,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external {
        address subject = _requireOpen(mandate, promiseId);
        bytes32 slip =
            keccak256(abi.encode(EVIDENCE_TYPEHASH, mandate, promiseId, evidenceHash, keccak256(bytes(uri)), deadline));
        _requireActs(_key(subject), slip, deadline, signature);

        _promises[mandate][promiseId].hasEvidence = true;
        emit EvidenceBrought(mandate, promiseId, evidenceHash, uri);
    }

    /// @inheritdoc IPromises
    function bringCounterEvidence(
        address resident,
        uint256 mandate,
        uint256 promiseId,
        bytes32 evidenceHash,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _requireOpen(mandate, promiseId);
        IResidents.Resident memory citizen = residents.residentOf(resident);
        require(citizen.kind == Kind.Citizen && citizen.standing == Standing.Active, Promises_NotACitizen(resident));
        require(!_countered[mandate][promiseId][resident], Promises_CounterEvidenceOnce(mandate, promiseId, resident));
        bytes32 slip = keccak256(
            abi.encode(
                COUNTER_EVIDENCE_TYPEHASH, resident, mandate, promiseId, evidenceHash, keccak256(bytes(uri)), deadline
            )
        );
        _requireActs(resident, slip, deadline, signature);

        _countered[mandate][promiseId][resident] = true;
        emit CounterEvidenceBrought(mandate, promiseId, resident, evidenceHash, uri);
    }

    /// @dev Counts the promise's weight and text into `current`.
    function _pledge(uint256 mandate, uint256 promiseId, Pledge calldata given, Mandate memory current) private {
        uint40 dueAt = given.dueAt;
        require(block.timestamp < dueAt && dueAt <= current.endsAt, Promises_DueOutsideMandate(promiseId, dueAt));
        uint256 until_bps = uint256(current.pledged_bps) + given.weight_bps;
        require(until_bps <= Burn.BASIS_POINTS, Promises_WeightsSum(until_bps));

        uint256 stake = Burn.cut(current.supply, current.pledged_bps, until_bps);
        current.pledged_bps = uint16(until_bps);
        current.textsHash = keccak256(abi.encode(current.textsHash, given.textHash));
        _promises[mandate][promiseId] = Promise(uint64(stake), 0, 0, dueAt, State.Pledged, false);
        emit Pledged(mandate, promiseId, stake, given);
    }

    /// @dev What is settled for good takes nothing more.
    function _requireOpen(uint256 mandate, uint256 promiseId) private view returns (address subject) {
        subject = _pledgedMandate(mandate).subject;
        State state = _promises[mandate][promiseId].state;
        require(state != State.None && state != State.Settled, Promises_WrongState(mandate, promiseId, state));
    }
}
