// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IResidents} from "../residents/interfaces/IResidents.sol";
import {IConsultations} from "../vote/interfaces/IConsultations.sol";
import {Appeals} from "./Appeals.sol";
import {Burn} from "./Burn.sol";
import {Cred} from "./Cred.sol";
import {PromiseSlips} from "./PromiseSlips.sol";
import {IAppeals} from "./interfaces/IAppeals.sol";
import {ICred} from "./interfaces/ICred.sol";
import {IPromiseCharter} from "./interfaces/IPromiseCharter.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title The charter, what is kept of mandates and evaluations, and what can be read of it
abstract contract PromiseStore is PromiseSlips, AccessManaged {
    /// @inheritdoc IPromiseCharter
    ICred public immutable cred;
    /// @inheritdoc IPromiseCharter
    IAppeals public immutable appeals;
    /// @inheritdoc IPromiseCharter
    IResidents public immutable residents;
    /// @inheritdoc IPromiseCharter
    IConsultations public immutable results;
    /// @inheritdoc IPromiseCharter
    uint16 public immutable turnoutFloor_bps;
    /// @inheritdoc IPromiseCharter
    uint16 public immutable rollFloor_bps;
    /// @inheritdoc IPromiseCharter
    uint40 public immutable silence_s;
    /// @inheritdoc IPromiseCharter
    uint40 public immutable patience_s;
    /// @inheritdoc IPromiseCharter
    uint40 public immutable notice_s;
    /// @inheritdoc IPromiseCharter
    uint40 public immutable voting_s;

    /// @inheritdoc IPromises
    uint256 public mandates;
    /// @inheritdoc IPromises
    uint256 public evaluations;
    mapping(uint256 mandate => Mandate) internal _mandates;
    mapping(uint256 mandate => mapping(uint256 promiseId => Promise)) internal _promises;
    mapping(uint256 evaluation => Evaluation) internal _evaluations;

    constructor(Charter memory charter) AccessManaged(charter.authority) {
        require(
            charter.turnoutFloor_bps <= Burn.BASIS_POINTS && charter.petition_bps <= Burn.BASIS_POINTS
                && charter.petition_bps != 0 && charter.rollFloor_bps <= Burn.BASIS_POINTS && charter.voting_s != 0,
            Promises_InvalidCharter()
        );
        cred = new Cred(address(this), "Cred", "CRED");
        appeals = new Appeals(this, charter);
        residents = charter.residents;
        results = charter.results;
        turnoutFloor_bps = charter.turnoutFloor_bps;
        rollFloor_bps = charter.rollFloor_bps;
        silence_s = charter.silence_s;
        patience_s = charter.patience_s;
        notice_s = charter.notice_s;
        voting_s = charter.voting_s;
    }

    /// @inheritdoc IPromises
    function mandateOf(uint256 mandate) external view returns (Mandate memory) {
        return _mandates[mandate];
    }

    /// @inheritdoc IPromises
    function promiseOf(uint256 mandate, uint256 promiseId) external view returns (Promise memory) {
        return _promises[mandate][promiseId];
    }

    /// @inheritdoc IPromises
    function evaluationOf(uint256 evaluation) external view returns (Evaluation memory) {
        return _evaluations[evaluation];
    }

    /// @dev One that exists and was not cancelled.
    function _mandate(uint256 mandate) internal view returns (Mandate storage current) {
        current = _mandates[mandate];
        require(current.subject != address(0), Promises_NoMandate(mandate));
        require(current.endsAt != 0, Promises_Cancelled(mandate));
    }

    /// @dev One whose promises are all there.
    function _pledgedMandate(uint256 mandate) internal view returns (Mandate storage current) {
        current = _mandate(mandate);
        require(current.pledged_bps == Burn.BASIS_POINTS, Promises_NotPledged(mandate, current.pledged_bps));
    }

    function _evaluation(uint256 evaluation) internal view returns (Evaluation storage current) {
        current = _evaluations[evaluation];
        require(current.mandate != 0 && !current.over, Promises_NoEvaluation(evaluation));
    }

    /// @dev Nobody judged it, or could: what rests on it, but what an early finding burnt, counts as kept nowhere.
    function _freeze(uint256 mandate, uint256 promiseId) internal {
        Promise storage unjudged = _promises[mandate][promiseId];
        uint64 frozen = unjudged.stake - unjudged.burnt;
        _mandates[mandate].frozen += frozen - unjudged.frozen;
        (unjudged.frozen, unjudged.state) = (frozen, State.Unjudged);
        emit PromiseUnjudged(mandate, promiseId);
    }

    /// @dev Whose key was lost acts by its new one.
    function _key(address account) internal view returns (address) {
        return residents.currentKeyOf(account);
    }
}
