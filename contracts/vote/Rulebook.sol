// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRolls} from "../residents/interfaces/IRolls.sol";
import {Kind} from "../residents/interfaces/IResidents.sol";
import {BallotProof} from "./BallotProof.sol";
import {IConsultations} from "./interfaces/IConsultations.sol";
import {IRulebook} from "./interfaces/IRulebook.sol";
import {M, Rule} from "./Rule.sol";

/// @title Rulebook
/// @notice See IRulebook.
contract Rulebook is IRulebook {
    uint256 private constant LEAST_PHASE_S = 600;
    uint256 private constant LEAST_SECRET = 5;
    uint256 private constant BASIS_POINTS = 10_000;
    uint256 private constant MAX_CIPHERTEXTS = 32;
    uint256 private constant MAX_SETS = 32;
    uint256 private constant MAX_MESSAGES = 64;
    uint256 private constant MAX_BALLOT_BYTES = 100_000; // nodes take 131,072 bytes in a transaction
    uint256 private constant LONGEST_S = 366 days;

    /// @inheritdoc IRulebook
    IRolls public immutable rolls;

    Floors private _floors;
    Ceilings private _ceilings;

    constructor(IRolls rolls_, Floors memory floors_, Ceilings memory ceilings_) {
        require(
            floors_.phase_s >= LEAST_PHASE_S && floors_.duration_s != 0 && floors_.secrecyMinimum >= LEAST_SECRET
                && floors_.secrecyShare_bps != 0 && floors_.secrecyShare_bps <= BASIS_POINTS,
            Rulebook_UnsoundFloors(floors_)
        );
        require(
            ceilings_.phase_s >= floors_.phase_s && ceilings_.phase_s <= LONGEST_S
                && ceilings_.notice_s >= floors_.notice_s && ceilings_.notice_s <= LONGEST_S
                && ceilings_.duration_s >= floors_.duration_s && ceilings_.duration_s <= LONGEST_S
                && ceilings_.tally_s != 0 && ceilings_.tally_s <= LONGEST_S,
            Rulebook_UnsoundCeilings(ceilings_)
        );
        rolls = rolls_;
        (_floors, _ceilings) = (floors_, ceilings_);
        emit RulebookMade(rolls_, floors_, ceilings_);
    }

    /// @inheritdoc IRulebook
    function requireTerms(IConsultations.Terms calldata terms, bool called) external view {
        Floors memory least = _floors;
        _requireRoll(terms.rollRoot, terms.rollSize, called);
        _requireDates(terms, least, _ceilings);
        _requireMinimum(terms.secrecyMinimum, terms.rollSize, least);
        _requireRule(terms.rule, terms.rollSize);
    }

    /// @inheritdoc IRulebook
    function requirePhases(uint32[5] calldata durations) external view {
        (uint256 least, uint256 most) = (_floors.phase_s, _ceilings.phase_s);
        for (uint256 i; i < durations.length; ++i) {
            require(durations[i] >= least, Rulebook_PhaseTooShort(i, durations[i], least));
            require(durations[i] <= most, Rulebook_PhaseTooLong(i, durations[i], most));
        }
    }

    /// @inheritdoc IRulebook
    function floors() external view returns (Floors memory) {
        return _floors;
    }

    /// @inheritdoc IRulebook
    function ceilings() external view returns (Ceilings memory) {
        return _ceilings;
    }

    function _requireRoll(bytes32 root, uint32 size, bool called) private view {
        require(root != 0 && size != 0 && size < M, Rulebook_BadRoll(root, size, M - 1));
        require(!called || rolls.isCurrent(Kind.Citizen, root, size), Rulebook_OldRoll(root, size));
    }

    function _requireDates(IConsultations.Terms calldata terms, Floors memory least, Ceilings memory most)
        private
        view
    {
        (uint256 opensAt, uint256 closesAt, uint256 tallyBy) = (terms.opensAt, terms.closesAt, terms.tallyBy);
        (uint256 earliest, uint256 latest) = (block.timestamp + least.notice_s, block.timestamp + most.notice_s);
        require(opensAt >= earliest, Rulebook_NoticeTooShort(opensAt, earliest));
        require(opensAt <= latest, Rulebook_NoticeTooLong(opensAt, latest));
        (earliest, latest) = (opensAt + least.duration_s, opensAt + most.duration_s);
        require(closesAt >= earliest, Rulebook_VoteTooShort(closesAt, earliest));
        require(closesAt <= latest, Rulebook_VoteTooLong(closesAt, latest));
        latest = closesAt + most.tally_s;
        require(tallyBy > closesAt, Rulebook_TallyTooEarly(tallyBy, closesAt));
        require(tallyBy <= latest, Rulebook_TallyTooLate(tallyBy, latest));
    }

    /// @dev Rounded down: the minimum never asks for more than the share.
    function _requireMinimum(uint256 minimum, uint256 rollSize, Floors memory least) private pure {
        uint256 most = rollSize * least.secrecyShare_bps / BASIS_POINTS;
        require(minimum >= least.secrecyMinimum, Rulebook_MinimumTooLow(minimum, least.secrecyMinimum));
        require(minimum <= most, Rulebook_MinimumTooHigh(minimum, most));
    }

    /// @dev Counters must not run into each other, or over, even if everybody chose the largest message.
    function _requireRule(Rule calldata rule, uint256 voters) private pure {
        uint256 n = rule.setOf.length;
        uint256 sets = rule.sets.length;
        require(n != 0 && n <= MAX_CIPHERTEXTS && sets <= MAX_SETS && rule.sumSet <= sets, Rulebook_BadRule());
        for (uint256 i; i < n; ++i) {
            require(uint8(rule.setOf[i]) < sets, Rulebook_BadRule());
        }
        for (uint256 k; k < sets; ++k) {
            uint64[] calldata set = rule.sets[k];
            require(set.length != 0 && set.length <= MAX_MESSAGES, Rulebook_BadSet(k, set.length));
            for (uint256 j; j < set.length; ++j) {
                uint256 message = set[j];
                require(
                    (message % M) * voters < M && (message / M) * voters < M, Rulebook_CounterOverflow(message, voters)
                );
            }
        }
        uint256 length = BallotProof.ballotBytes(rule);
        require(length <= MAX_BALLOT_BYTES, Rulebook_BallotTooLong(length, MAX_BALLOT_BYTES));
    }
}
