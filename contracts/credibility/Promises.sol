// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Roll} from "../residents/Roll.sol";
import {IResidents, Kind} from "../residents/interfaces/IResidents.sol";
import {M, Rule} from "../vote/Rule.sol";
import {IResults} from "../vote/interfaces/IResults.sol";
import {Burn} from "./Burn.sol";
import {Cred} from "./Cred.sol";
import {PromiseSlips} from "./PromiseSlips.sol";
import {ICred} from "./interfaces/ICred.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title Promises: fixed on chain, judged in secret when due, settled by burning Cred
contract Promises is PromiseSlips, AccessManaged {
    uint256 private constant MAX_PROMISES = 64; // stakes are cut in one transaction
    uint256 private constant FIFTY_MILLION = 50_000_000;

    /// @inheritdoc IPromises
    ICred public immutable cred;
    /// @inheritdoc IPromises
    IResidents public immutable residents;
    /// @inheritdoc IPromises
    IResults public immutable results;
    /// @inheritdoc IPromises
    uint16 public immutable turnoutFloor_bps;
    /// @inheritdoc IPromises
    uint16 public immutable petition_bps;
    /// @inheritdoc IPromises
    uint40 public immutable appealPeriod_s;
    /// @inheritdoc IPromises
    uint40 public immutable juryPeriod_s;

    /// @inheritdoc IPromises
    uint256 public mandates;
    /// @inheritdoc IPromises
    uint256 public evaluations;
    mapping(uint256 mandate => Mandate) private _mandates;
    mapping(uint256 mandate => mapping(uint256 promiseId => Promise)) private _promises;
    mapping(uint256 mandate => mapping(uint256 promiseId => mapping(address resident => bool))) private _countered;
    mapping(uint256 evaluation => Evaluation) private _evaluations;
    mapping(uint256 consultation => uint256 evaluation) private _evaluationOf;
    mapping(uint256 evaluation => mapping(uint256 word => uint256)) private _petitioned;
    /// @inheritdoc IPromises
    mapping(uint256 evaluation => uint256) public petitioners;

    constructor(Charter memory charter) AccessManaged(charter.authority) {
        require(
            charter.turnoutFloor_bps <= Burn.BASIS_POINTS && charter.petition_bps <= Burn.BASIS_POINTS
                && charter.petition_bps != 0,
            Promises_InvalidCharter()
        );
        cred = new Cred(address(this), "Cred", "CRED");
        residents = charter.residents;
        results = charter.results;
        turnoutFloor_bps = charter.turnoutFloor_bps;
        petition_bps = charter.petition_bps;
        appealPeriod_s = charter.appealPeriod_s;
        juryPeriod_s = charter.juryPeriod_s;
    }

    /// @inheritdoc IPromises
    function openMandate(address subject, uint40 endsAt, Supply supplyKind, bytes32 termsHash)
        external
        restricted
        returns (uint256 mandate)
    {
        uint256 supply = supplyKind == Supply.FiftyMillion ? FIFTY_MILLION : residents.population(Kind.Citizen);
        require(subject != address(0) && supply != 0 && endsAt > block.timestamp, Promises_InvalidMandate());

        mandate = ++mandates;
        _mandates[mandate] = Mandate(subject, endsAt, 0, uint128(supply), 0);
        emit MandateOpened(mandate, subject, endsAt, supply, termsHash);
    }

    /// @inheritdoc IPromises
    function pledge(uint256 mandate, Pledge[] calldata pledges, uint256 deadline, bytes calldata signature) external {
        Mandate memory current = _mandate(mandate);
        require(current.promiseCount == 0, Promises_PledgedOnce(mandate));
        require(
            pledges.length != 0 && pledges.length <= MAX_PROMISES, Promises_PromiseCount(pledges.length, MAX_PROMISES)
        );
        address subject = _key(current.subject);
        bytes32 slip = keccak256(abi.encode(PLEDGES_TYPEHASH, mandate, keccak256(abi.encode(pledges)), deadline));
        _requireActs(subject, slip, deadline, signature);

        uint256[] memory stakes = Burn.stakes(current.supply, _weights(pledges, current.endsAt));
        for (uint256 i; i < pledges.length; ++i) {
            _promises[mandate][i] = Promise(uint96(stakes[i]), 0, pledges[i].dueAt, State.Pledged, false);
            emit Pledged(mandate, i, stakes[i], pledges[i]);
        }
        _mandates[mandate].promiseCount = uint16(pledges.length);
        _mandates[mandate].capital = current.supply;

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
        _requireOpen(mandate, promiseId);
        bytes32 slip =
            keccak256(abi.encode(AMENDMENT_TYPEHASH, mandate, promiseId, textHash, keccak256(bytes(uri)), deadline));
        _requireActs(_key(_mandates[mandate].subject), slip, deadline, signature);

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
        _requireOpen(mandate, promiseId);
        bytes32 slip =
            keccak256(abi.encode(EVIDENCE_TYPEHASH, mandate, promiseId, evidenceHash, keccak256(bytes(uri)), deadline));
        _requireActs(_key(_mandates[mandate].subject), slip, deadline, signature);

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
        require(residents.isActive(resident), Promises_NotAResident(resident));
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

    /// @inheritdoc IPromises
    function attachEvaluation(uint256 mandate, bytes calldata promises, uint256 consultation, bool midTerm)
        external
        restricted
        returns (uint256 evaluation)
    {
        require(
            results.status(consultation) == IResults.Status.Scheduled && consultation <= type(uint64).max,
            Promises_NotScheduled(consultation)
        );
        require(_evaluationOf[consultation] == 0, Promises_ConsultationTaken(consultation));
        (bytes32 questionHash,, bytes32 ruleHash) = results.subject(consultation);
        require(
            questionHash == questionOf(mandate, promises, midTerm) && ruleHash == evaluationRuleHash(promises.length),
            Promises_OtherSubject(consultation)
        );

        for (uint256 i; i < promises.length; ++i) {
            uint8 promiseId = uint8(promises[i]);
            Promise storage judged = _promises[mandate][promiseId];
            require(judged.state == State.Pledged, Promises_WrongState(mandate, promiseId, judged.state));
            if (midTerm) continue;
            require(block.timestamp >= judged.dueAt || judged.hasEvidence, Promises_TooEarly(promiseId, judged.dueAt));
            judged.state = State.UnderEvaluation;
        }
        evaluation = ++evaluations;
        _evaluationOf[consultation] = evaluation;
        _evaluations[evaluation] =
            Evaluation(uint64(mandate), uint64(consultation), 0, 0, Ruling.None, midTerm, false, promises);
        emit EvaluationAttached(evaluation, mandate, consultation, promises, midTerm);
    }

    /// @inheritdoc IPromises
    function publish(uint256 evaluation) external {
        Evaluation storage current = _evaluation(evaluation);
        require(current.publishedAt == 0, Promises_AlreadyPublished(evaluation));
        IResults.Status status = results.status(current.consultation);
        require(status == IResults.Status.Tallied, Promises_NoResult(evaluation, status));

        current.publishedAt = uint40(block.timestamp);
        current.over = current.midTerm;
        uint256[] memory counts = results.counts(current.consultation);
        uint256[] memory opinions = new uint256[](counts.length / 2);
        uint256[] memory missing = new uint256[](counts.length / 2);
        for (uint256 i; i < opinions.length; ++i) {
            (opinions[i], missing[i]) = (counts[2 * i], counts[2 * i + 1]);
        }
        emit ResultPublished(evaluation, opinions, missing);
    }

    /// @inheritdoc IPromises
    function appeal(uint256 evaluation, bytes32 groundsHash, uint256 deadline, bytes calldata signature) external {
        Evaluation storage current = _requireAppealable(evaluation);
        address subject = _key(_mandates[current.mandate].subject);
        _requireActs(
            subject, keccak256(abi.encode(APPEAL_TYPEHASH, evaluation, groundsHash, deadline)), deadline, signature
        );

        current.appealedAt = uint40(block.timestamp);
        emit Appealed(evaluation, subject, groundsHash);
    }

    /// @inheritdoc IPromises
    function petition(uint256 evaluation, Petitioner[] calldata signers) external {
        Evaluation storage current = _requireAppealable(evaluation);
        bytes32 root = results.rollRoot(current.consultation);

        for (uint256 i; i < signers.length; ++i) {
            Petitioner calldata signer = signers[i];
            require(Roll.holds(root, signer.index, signer.account, signer.proof), Promises_NotOnRoll(signer.account));
            bytes32 slip = keccak256(abi.encode(PETITION_TYPEHASH, evaluation, signer.account));
            _requireSigned(signer.account, slip, signer.signature);
            uint256 word = _petitioned[evaluation][signer.index >> 8];
            uint256 bit = 1 << (signer.index & 0xff);
            require(word & bit == 0, Promises_PetitionedOnce(signer.index));
            _petitioned[evaluation][signer.index >> 8] = word | bit;
        }
        uint256 total = petitioners[evaluation] += signers.length;
        emit Petitioned(evaluation, total);

        if (total < Burn.turnoutFloor(results.rollSize(current.consultation), petition_bps)) return;
        current.appealedAt = uint40(block.timestamp);
        emit Appealed(evaluation, address(0), bytes32(0));
    }

    /// @inheritdoc IPromises
    function rule(uint256 evaluation, Ruling ruling, bytes32 reasonsHash) external restricted {
        Evaluation storage current = _evaluation(evaluation);
        require(current.appealedAt != 0 && current.ruling == Ruling.None, Promises_NothingToRule(evaluation));
        require(ruling != Ruling.None, Promises_NoRuling());
        uint256 until = uint256(current.appealedAt) + juryPeriod_s;
        require(block.timestamp < until, Promises_JuryTooLate(until));

        current.ruling = ruling;
        emit Ruled(evaluation, ruling, reasonsHash);
        if (ruling == Ruling.Annulled) _release(current);
    }

    /// @inheritdoc IPromises
    function release(uint256 evaluation) external {
        _releaseAt(evaluation, IResults.Status.Withheld);
    }

    /// @inheritdoc IPromises
    function releaseStalled(uint256 evaluation) external restricted {
        _releaseAt(evaluation, IResults.Status.Stalled);
    }

    /// @inheritdoc IPromises
    function settle(uint256 evaluation) external {
        Evaluation memory current = _evaluations[evaluation];
        require(!current.midTerm, Promises_MidTermNeverBurns(evaluation));
        require(current.mandate != 0 && !current.over, Promises_NoEvaluation(evaluation));
        _requireSettleable(evaluation, current);

        _evaluations[evaluation].over = true;
        uint256 roll = results.rollSize(current.consultation);
        uint256[] memory counts = results.counts(current.consultation);
        uint256 burnt;
        for (uint256 i; i < current.promises.length; ++i) {
            burnt += _settle(current.mandate, uint8(current.promises[i]), counts[2 * i], counts[2 * i + 1], roll);
        }
        Mandate storage mandate = _mandates[current.mandate];
        uint128 capital = mandate.capital - uint128(burnt);
        mandate.capital = capital;
        emit EvaluationSettled(evaluation, current.mandate, burnt, capital);

        cred.burn(mandate.subject, burnt);
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

    /// @inheritdoc IPromises
    function questionOf(uint256 mandate, bytes calldata promises, bool midTerm) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), mandate, promises, midTerm));
    }

    /// @inheritdoc IPromises
    function evaluationRuleHash(uint256 count) public pure returns (bytes32) {
        Rule memory levels;
        levels.sets = new uint64[][](1);
        levels.sets[0] = new uint64[](6);
        for (uint64 level; level <= 4; ++level) {
            levels.sets[0][level] = 1 + (4 - level) * M;
        }
        levels.setOf = new bytes(count);
        return keccak256(abi.encode(levels));
    }

    function _settle(uint256 mandate, uint256 promiseId, uint256 opinions, uint256 missing, uint256 roll)
        private
        returns (uint256 burnt)
    {
        Promise storage current = _promises[mandate][promiseId];
        burnt = Burn.amount(current.stake, opinions, missing, roll, turnoutFloor_bps);
        (current.burnt, current.state) = (uint96(burnt), State.Settled);
        emit PromiseSettled(mandate, promiseId, opinions, missing, burnt);
    }

    function _releaseAt(uint256 evaluation, IResults.Status wanted) private {
        Evaluation storage current = _evaluation(evaluation);
        IResults.Status status = results.status(current.consultation);
        require(status == wanted, Promises_NoResult(evaluation, status));

        _release(current);
        emit Released(evaluation);
    }

    function _release(Evaluation storage current) private {
        current.over = true;
        if (current.midTerm) return;
        bytes memory promises = current.promises;
        for (uint256 i; i < promises.length; ++i) {
            _promises[current.mandate][uint8(promises[i])].state = State.Pledged;
        }
    }

    function _requireSettleable(uint256 evaluation, Evaluation memory current) private view {
        require(current.publishedAt != 0, Promises_NotPublished(evaluation));
        if (current.ruling == Ruling.Confirmed) return;
        uint256 from = current.appealedAt == 0
            ? uint256(current.publishedAt) + appealPeriod_s
            : uint256(current.appealedAt) + juryPeriod_s;
        require(block.timestamp >= from, Promises_SettledTooEarly(from));
    }

    function _requireAppealable(uint256 evaluation) private view returns (Evaluation storage current) {
        current = _evaluation(evaluation);
        require(current.publishedAt != 0, Promises_NotPublished(evaluation));
        require(current.appealedAt == 0, Promises_AppealOnce(evaluation));
        uint256 until = uint256(current.publishedAt) + appealPeriod_s;
        require(block.timestamp < until, Promises_AppealTooLate(until));
    }

    function _requireOpen(uint256 mandate, uint256 promiseId) private view {
        State state = _promises[mandate][promiseId].state;
        require(
            state == State.Pledged || state == State.UnderEvaluation, Promises_WrongState(mandate, promiseId, state)
        );
    }

    function _mandate(uint256 mandate) private view returns (Mandate memory current) {
        current = _mandates[mandate];
        require(current.subject != address(0), Promises_NoMandate(mandate));
    }

    function _evaluation(uint256 evaluation) private view returns (Evaluation storage current) {
        current = _evaluations[evaluation];
        require(current.mandate != 0 && !current.over, Promises_NoEvaluation(evaluation));
    }

    /// @dev A subject whose key was lost acts by its new one.
    function _key(address subject) private view returns (address) {
        return residents.currentKeyOf(subject);
    }

    function _weights(Pledge[] calldata pledges, uint40 endsAt) private view returns (uint256[] memory weights_bps) {
        weights_bps = new uint256[](pledges.length);
        uint256 sum_bps;
        for (uint256 i; i < pledges.length; ++i) {
            uint40 dueAt = pledges[i].dueAt;
            require(block.timestamp < dueAt && dueAt <= endsAt, Promises_DueOutsideMandate(i, dueAt));
            sum_bps += weights_bps[i] = pledges[i].weight_bps;
        }
        require(sum_bps == Burn.BASIS_POINTS, Promises_WeightsSum(sum_bps));
    }
}
