// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRolls} from "../residents/interfaces/IRolls.sol";
import {Kind} from "../residents/interfaces/IResidents.sol";
import {M, Rule} from "../vote/Rule.sol";
import {IConsultations} from "../vote/interfaces/IConsultations.sol";
import {IResults} from "../vote/interfaces/IResults.sol";
import {IRulebook} from "../vote/interfaces/IRulebook.sol";
import {Burn} from "./Burn.sol";
import {PromiseStore} from "./PromiseStore.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title Evaluations: who has promises judged, and what the result burns
abstract contract Evaluations is PromiseStore {
    mapping(uint256 consultation => uint256 evaluation) private _evaluationOf;

    /// @inheritdoc IPromises
    function attachEvaluation(uint256 mandate, bytes calldata promises, uint256 consultation, bool midTerm)
        external
        restricted
        returns (uint256 evaluation)
    {
        require(
            results.status(consultation) == IResults.Status.Scheduled && consultation <= type(uint48).max,
            Promises_NotScheduled(consultation)
        );
        require(_evaluationOf[consultation] == 0, Promises_ConsultationTaken(consultation));
        (bytes32 questionHash,, bytes32 ruleHash) = results.subject(consultation);
        require(
            questionHash == questionOf(mandate, promises, midTerm) && ruleHash == evaluationRuleHash(promises.length),
            Promises_OtherSubject(consultation)
        );
        uint256 size = results.rollSize(consultation);
        uint256 least = Burn.turnoutFloor(residents.population(Kind.Citizen), rollFloor_bps);
        require(size >= least, Promises_RollTooSmall(size, least));

        return _attach(mandate, promises, consultation, midTerm);
    }

    /// @inheritdoc IPromises
    function callEvaluation(uint256 mandate, bytes calldata promises, uint256 ceremonyId)
        external
        returns (uint256 evaluation)
    {
        _requireSilence(mandate, promises, silence_s);

        return _attach(mandate, promises, results.call(_calledTerms(mandate, promises, ceremonyId)), false);
    }

    /// @inheritdoc IPromises
    function declareUnjudged(uint256 mandate, bytes calldata promises) external {
        _requireSilence(mandate, promises, uint256(silence_s) + patience_s);
        IRolls rolls = results.rulebook().rolls();
        IRolls.SealedRoll memory roll = rolls.latest(Kind.Citizen);
        require(
            !rolls.isCurrent(Kind.Citizen, roll.root, roll.size)
                || results.CEREMONIES().available(address(results)) == 0,
            Promises_CanBeJudged()
        );

        Mandate storage current = _pledgedMandate(mandate);
        for (uint256 i; i < promises.length; ++i) {
            uint8 promiseId = uint8(promises[i]);
            Promise storage unjudged = _promises[mandate][promiseId];
            require(unjudged.state == State.Pledged, Promises_WrongState(mandate, promiseId, unjudged.state));
            _requireInMandate(current, promiseId, unjudged.dueAt);
            unjudged.state = State.Unjudged;
            current.frozen += uint64(unjudged.stake);
            emit PromiseUnjudged(mandate, promiseId);
        }
        current.judged = true;
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
    function release(uint256 evaluation) external {
        Evaluation storage current = _evaluation(evaluation);
        IResults.Status status = results.status(current.consultation);
        require(
            status == IResults.Status.Withheld || appeals.isAnnulled(evaluation), Promises_NoResult(evaluation, status)
        );

        _release(evaluation, current);
    }

    /// @inheritdoc IPromises
    function releaseStalled(uint256 evaluation) external restricted {
        Evaluation storage current = _evaluation(evaluation);
        IResults.Status status = results.status(current.consultation);
        require(status == IResults.Status.Stalled, Promises_NoResult(evaluation, status));

        _release(evaluation, current);
    }

    /// @inheritdoc IPromises
    function settle(uint256 evaluation) external {
        Evaluation memory current = _evaluations[evaluation];
        require(!current.midTerm, Promises_MidTermNeverBurns(evaluation));
        require(current.mandate != 0 && !current.over, Promises_NoEvaluation(evaluation));
        require(current.publishedAt != 0, Promises_NotPublished(evaluation));
        appeals.requireStands(evaluation);

        _evaluations[evaluation].over = true;
        uint256 roll = results.rollSize(current.consultation);
        uint256[] memory counts = results.counts(current.consultation);
        uint256 burnt;
        for (uint256 i; i < current.promises.length; ++i) {
            burnt += _settle(current, uint8(current.promises[i]), counts[2 * i], counts[2 * i + 1], roll);
        }
        Mandate storage mandate = _mandates[current.mandate];
        uint64 capital = mandate.capital - uint64(burnt);
        mandate.capital = capital;
        emit EvaluationSettled(evaluation, current.mandate, burnt, capital);

        cred.burn(mandate.subject, burnt);
    }

    /// @inheritdoc IPromises
    function questionOf(uint256 mandate, bytes calldata promises, bool midTerm) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), mandate, promises, midTerm));
    }

    /// @inheritdoc IPromises
    function evaluationRuleHash(uint256 count) public pure returns (bytes32) {
        return keccak256(abi.encode(_rule(count)));
    }

    /// @dev Gives the promises back; those of a mid-term round were never taken.
    function _release(uint256 evaluation, Evaluation storage current) private {
        current.over = true;
        emit Released(evaluation);
        if (current.midTerm) return;
        bytes memory promises = current.promises;
        for (uint256 i; i < promises.length; ++i) {
            Promise storage judged = _promises[current.mandate][uint8(promises[i])];
            judged.state = judged.state == State.Reopened ? State.SettledEarly : State.Pledged;
        }
    }

    function _attach(uint256 mandate, bytes calldata promises, uint256 consultation, bool midTerm)
        private
        returns (uint256 evaluation)
    {
        Mandate storage current = _pledgedMandate(mandate);
        for (uint256 i; i < promises.length; ++i) {
            _takeUp(mandate, current, uint8(promises[i]), midTerm);
        }
        if (!midTerm) current.judged = true;
        evaluation = ++evaluations;
        _evaluationOf[consultation] = evaluation;
        _evaluations[evaluation] =
            Evaluation(uint48(mandate), uint48(consultation), uint40(block.timestamp), 0, midTerm, false, promises);
        emit EvaluationAttached(evaluation, mandate, consultation, promises, midTerm);
    }

    function _takeUp(uint256 mandate, Mandate storage current, uint8 promiseId, bool midTerm) private {
        Promise storage judged = _promises[mandate][promiseId];
        State state = judged.state;
        bool again = state == State.SettledEarly && !midTerm && block.timestamp < current.endsAt;
        require(
            state == State.Pledged || state == State.Unjudged || again, Promises_WrongState(mandate, promiseId, state)
        );
        if (midTerm) return;
        _requireInMandate(current, promiseId, judged.dueAt);
        require(block.timestamp >= judged.dueAt || judged.hasEvidence, Promises_TooEarly(promiseId, judged.dueAt));

        judged.state = again ? State.Reopened : State.UnderEvaluation;
        if (state == State.Unjudged) current.frozen -= uint64(judged.stake);
    }

    function _settle(Evaluation memory current, uint256 promiseId, uint256 opinions, uint256 missing, uint256 roll)
        private
        returns (uint256 burnt)
    {
        Promise storage judged = _promises[current.mandate][promiseId];
        uint256 before = judged.burnt;
        burnt = Burn.amount(judged.stake, opinions, missing, roll, turnoutFloor_bps);
        // What is burnt stays burnt.
        burnt = burnt > before ? burnt - before : 0;
        bool early = judged.state == State.UnderEvaluation && current.attachedAt < judged.dueAt;
        (judged.burnt, judged.state) = (uint96(before + burnt), early ? State.SettledEarly : State.Settled);
        emit PromiseSettled(current.mandate, promiseId, opinions, missing, burnt);
    }

    function _requireSilence(uint256 mandate, bytes calldata promises, uint256 since_s) private view {
        for (uint256 i; i < promises.length; ++i) {
            uint256 from = uint256(_promises[mandate][uint8(promises[i])].dueAt) + since_s;
            require(block.timestamp >= from, Promises_NotSilent(uint8(promises[i]), from));
        }
    }

    /// @dev A mandate that was ended judges nothing that was not due then.
    function _requireInMandate(Mandate storage current, uint256 promiseId, uint40 dueAt) private view {
        require(dueAt <= current.endsAt, Promises_DueOutsideMandate(promiseId, dueAt));
    }

    /// @dev Whoever calls chooses neither question nor roll nor dates.
    function _calledTerms(uint256 mandate, bytes calldata promises, uint256 ceremonyId)
        private
        view
        returns (IConsultations.Terms memory terms)
    {
        IRulebook rulebook = results.rulebook();
        IRulebook.Floors memory floors = rulebook.floors();
        IRolls.SealedRoll memory roll = rulebook.rolls().latest(Kind.Citizen);
        terms.ceremonyId = ceremonyId;
        (terms.rollRoot, terms.rollSize) = (roll.root, roll.size);
        terms.opensAt = uint40(block.timestamp + floors.notice_s);
        terms.closesAt = terms.opensAt + voting_s;
        terms.tallyBy = terms.closesAt + voting_s;
        terms.secrecyMinimum = floors.secrecyMinimum;
        terms.questionHash = questionOf(mandate, promises, false);
        terms.optionsHash = terms.questionHash;
        terms.rule = _rule(promises.length);
    }

    function _rule(uint256 count) private pure returns (Rule memory levels) {
        levels.sets = new uint64[][](1);
        levels.sets[0] = new uint64[](6);
        for (uint64 level; level <= 4; ++level) {
            levels.sets[0][level] = 1 + (4 - level) * M;
        }
        levels.setOf = new bytes(count);
    }
}
