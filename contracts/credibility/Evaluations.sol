// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAuthority} from "@openzeppelin/contracts/access/manager/IAuthority.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

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
    /// @dev What the town's Rulebook has to answer with: several times what today's takes.
    uint256 private constant RULEBOOK_GAS = 3_000_000;
    /// @dev The questions before it, several times what they take today, and what EIP-150 keeps back of two calls.
    uint256 private constant ASKING_GAS = 300_000;

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
        require(promises.length != 0, Promises_NothingNamed());
        (bytes32 questionHash, bytes32 optionsHash, bytes32 ruleHash) = results.subject(consultation);
        require(
            questionHash == questionOf(mandate, promises, midTerm) && optionsHash == questionHash
                && ruleHash == evaluationRuleHash(promises.length),
            Promises_OtherSubject(consultation)
        );
        uint32 size = uint32(results.rollSize(consultation));
        bool isSealed = results.rulebook().rolls().isCurrent(Kind.Citizen, results.rollRoot(consultation), size);
        require(isSealed, Promises_OtherRoll(consultation));
        _requireEnough(size);
        (,,, uint256 opensAt, uint256 closesAt,, uint256 minimum) = results.terms(consultation);
        if (!midTerm) _requireAsCalled(opensAt, closesAt, minimum, _calledTerms(mandate, promises, 0));

        return _attach(mandate, promises, consultation, opensAt, midTerm);
    }

    /// @inheritdoc IPromises
    function callEvaluation(uint256 mandate, bytes calldata promises, uint256 ceremonyId)
        external
        returns (uint256 evaluation)
    {
        _requireSilence(mandate, promises, silence_s);

        IConsultations.Terms memory terms = _calledTerms(mandate, promises, ceremonyId);
        _requireEnough(terms.rollSize);

        return _attach(mandate, promises, results.call(terms), terms.opensAt, false);
    }

    /// @inheritdoc IPromises
    function declareUnjudged(uint256 mandate, bytes calldata promises) external {
        _requireSilence(mandate, promises, uint256(silence_s) + patience_s);
        // Who is starved, Rulebook or authority, has not refused.
        require(gasleft() >= RULEBOOK_GAS + ASKING_GAS, Promises_OutOfGas(RULEBOOK_GAS));
        try this.requireCallable(mandate, promises[:1]) {
            revert Promises_CanBeJudged();
        } catch {}

        Mandate storage current = _pledgedMandate(mandate);
        current.judged = true;
        for (uint256 i; i < promises.length; ++i) {
            uint8 promiseId = uint8(promises[i]);
            Promise storage left = _promises[mandate][promiseId];
            bool may = left.state == State.Pledged || left.state == State.SettledEarly;
            require(may, Promises_WrongState(mandate, promiseId, left.state));
            _requireWithin(current, promiseId, left.dueAt);
            _freeze(mandate, promiseId);
        }
    }

    /// @inheritdoc IPromises
    function requireCallable(uint256 mandate, bytes calldata promises) external view {
        IAuthority authority_ = IAuthority(IAccessManaged(address(results)).authority());
        bool may = authority_.canCall(address(this), address(results), IConsultations.call.selector);
        require(may, Promises_MayNotCall());
        IConsultations.Terms memory terms = _calledTerms(mandate, promises, 0);
        _requireEnough(terms.rollSize);
        require(results.CEREMONIES().available(address(results)) != 0, Promises_NoKey());
        results.rulebook().requireTerms(terms, true);
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
        if (status == IResults.Status.Stalled) {
            _requireLate(current.consultation);
        } else if (status != IResults.Status.Withheld) {
            require(appeals.isAnnulled(evaluation), Promises_NoResult(evaluation, status));
        }

        current.over = true;
        emit Released(evaluation);
        if (current.midTerm) return; // its promises were never taken
        bytes memory promises = current.promises;
        for (uint256 i; i < promises.length; ++i) {
            _giveBack(current.mandate, uint8(promises[i]));
        }
    }

    /// @inheritdoc IPromises
    function settle(uint256 evaluation) external {
        Evaluation memory current = _evaluation(evaluation);
        appeals.requireStands(evaluation);

        _evaluations[evaluation].over = true;
        uint256 roll = results.rollSize(current.consultation);
        uint256[] memory counts = results.counts(current.consultation);
        uint256 burnt;
        uint256 givenBack;
        for (uint256 i; i < current.promises.length; ++i) {
            uint8 promiseId = uint8(current.promises[i]);
            givenBack += _promises[current.mandate][promiseId].burnt;
            burnt += _settle(current, promiseId, counts[2 * i], counts[2 * i + 1], roll);
        }
        Mandate storage mandate = _mandates[current.mandate];
        uint64 capital = uint64(mandate.capital + givenBack - burnt);
        mandate.capital = capital;
        emit EvaluationSettled(evaluation, current.mandate, burnt, givenBack, capital);

        if (burnt < givenBack) cred.mint(mandate.subject, givenBack - burnt);
        else cred.burn(mandate.subject, burnt - givenBack);
    }

    /// @inheritdoc IPromises
    function questionOf(uint256 mandate, bytes calldata promises, bool midTerm) public view returns (bytes32) {
        (address subject, bytes32 textsHash) = (_mandates[mandate].subject, _mandates[mandate].textsHash);
        return keccak256(abi.encode(block.chainid, address(this), mandate, subject, textsHash, promises, midTerm));
    }

    /// @inheritdoc IPromises
    function evaluationRuleHash(uint256 count) public pure returns (bytes32) {
        return keccak256(abi.encode(_rule(count)));
    }

    /// @dev What is due, or was not when the mandate was ended, is frozen until somebody has it judged.
    function _giveBack(uint256 mandate, uint256 promiseId) private {
        Promise storage judged = _promises[mandate][promiseId];
        if (block.timestamp < judged.dueAt && judged.dueAt <= _mandates[mandate].endsAt) {
            judged.state = State.Pledged;
        } else {
            _freeze(mandate, promiseId);
        }
    }

    function _attach(uint256 mandate, bytes calldata promises, uint256 consultation, uint256 opensAt, bool midTerm)
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
            Evaluation(uint48(mandate), uint48(consultation), uint40(opensAt), 0, midTerm, false, promises);
        emit EvaluationAttached(evaluation, mandate, consultation, promises, midTerm);
    }

    function _takeUp(uint256 mandate, Mandate storage current, uint8 promiseId, bool midTerm) private {
        Promise storage judged = _promises[mandate][promiseId];
        State state = judged.state;
        bool again = state == State.SettledEarly && !midTerm;
        require(
            state == State.Pledged || state == State.Unjudged || again, Promises_WrongState(mandate, promiseId, state)
        );
        if (midTerm) return;
        _requireWithin(current, promiseId, judged.dueAt);
        bool mayBeEarly = judged.hasEvidence && !again;
        require(block.timestamp >= judged.dueAt || mayBeEarly, Promises_TooEarly(promiseId, judged.dueAt));

        judged.state = State.UnderEvaluation; // what nobody judged stays frozen until somebody has
    }

    function _settle(Evaluation memory current, uint256 promiseId, uint256 opinions, uint256 missing, uint256 roll)
        private
        returns (uint256 burnt)
    {
        Promise storage judged = _promises[current.mandate][promiseId];
        burnt = Burn.amount(judged.stake, opinions, missing, roll, turnoutFloor_bps);
        uint64 frozen = uint64(Burn.unjudged(judged.stake, opinions, roll, turnoutFloor_bps));
        Mandate storage mandate = _mandates[current.mandate];
        mandate.frozen = mandate.frozen - judged.frozen + frozen;
        (judged.burnt, judged.frozen) = (uint64(burnt), frozen);
        judged.state = current.opensAt < judged.dueAt ? State.SettledEarly : State.Settled;
        emit PromiseSettled(current.mandate, promiseId, opinions, missing, burnt, frozen);
    }

    function _requireWithin(Mandate storage mandate, uint256 promiseId, uint40 dueAt) private view {
        require(dueAt <= mandate.endsAt, Promises_DueOutsideMandate(promiseId, dueAt));
    }

    function _requireLate(uint256 consultation) private view {
        (,,,,, uint256 tallyBy,) = results.terms(consultation);
        uint256 from = tallyBy + patience_s;
        require(block.timestamp >= from, Promises_NotLate(from));
    }

    function _requireSilence(uint256 mandate, bytes calldata promises, uint256 since_s) private view {
        require(promises.length != 0, Promises_NothingNamed());
        for (uint256 i; i < promises.length; ++i) {
            uint256 from = uint256(_promises[mandate][uint8(promises[i])].dueAt) + since_s;
            require(block.timestamp >= from, Promises_NotSilent(uint8(promises[i]), from));
        }
    }

    function _requireEnough(uint256 size) private view {
        uint256 least = Burn.turnoutFloor(residents.population(Kind.Citizen), rollFloor_bps);
        require(size >= least, Promises_RollTooSmall(size, least));
    }

    /// @dev What burns is announced, lasts and counts as what anyone calls: nobody judges by a vote that few
    /// heard of, or buries one by a minimum that few votes reach.
    function _requireAsCalled(uint256 opensAt, uint256 closesAt, uint256 minimum, IConsultations.Terms memory called)
        private
        pure
    {
        require(opensAt >= called.opensAt, Promises_NoticeTooShort(opensAt, called.opensAt));
        uint256 earliest = opensAt + called.closesAt - called.opensAt;
        require(closesAt >= earliest, Promises_VoteTooShort(closesAt, earliest));
        require(minimum == called.secrecyMinimum, Promises_OtherMinimum(minimum, called.secrecyMinimum));
    }

    /// @dev Whoever calls chooses neither question nor roll nor dates.
    function _calledTerms(uint256 mandate, bytes calldata promises, uint256 ceremonyId)
        private
        view
        returns (IConsultations.Terms memory terms)
    {
        IRulebook rulebook = results.rulebook();
        IRulebook.Floors memory least = rulebook.floors();
        IRolls.SealedRoll memory roll = rulebook.rolls().latest(Kind.Citizen);
        terms.ceremonyId = ceremonyId;
        (terms.rollRoot, terms.rollSize) = (roll.root, roll.size);
        terms.opensAt = uint40(block.timestamp + Math.max(notice_s, least.notice_s));
        terms.closesAt = terms.opensAt + uint40(Math.max(voting_s, least.duration_s));
        terms.tallyBy = terms.closesAt + voting_s;
        terms.secrecyMinimum = least.secrecyMinimum;
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
