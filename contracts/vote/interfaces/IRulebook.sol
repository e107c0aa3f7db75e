// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRolls} from "../../residents/interfaces/IRolls.sol";
import {IConsultations} from "./IConsultations.sol";

/// @title IRulebook
/// @notice What a town asks of every consultation and of every key ceremony, for ever: its floors and ceilings are its
/// constructor's. A town that wants others gives its consultations another Rulebook, and touches no ballot box.
interface IRulebook {
    /// @notice Below what nothing may be opened.
    /// @param phase_s Seconds that each phase of a key ceremony lasts, at least; 600 or more.
    /// @param notice_s Seconds between the opening of a consultation and its vote, at least.
    /// @param duration_s Seconds that a vote lasts, at least; one or more.
    /// @param secrecyMinimum Ballots that a secrecy minimum asks for, at least; 5 or more.
    /// @param secrecyShare_bps The part of the roll, in basis points, that a secrecy minimum may ask for at most: above
    /// it, whoever opens chooses a minimum that nobody reaches.
    struct Floors {
        uint32 phase_s;
        uint32 notice_s;
        uint32 duration_s;
        uint32 secrecyMinimum;
        uint16 secrecyShare_bps;
    }

    /// @notice Above what nothing may be opened: what is put off for ever is never decided. Each is at least its floor,
    /// and at most 366 days.
    /// @param phase_s Seconds that each phase of a key ceremony lasts, at most.
    /// @param notice_s Seconds between the opening of a consultation and its vote, at most.
    /// @param duration_s Seconds that a vote lasts, at most.
    /// @param tally_s Seconds after the vote until its trustees are late, at most; one or more.
    struct Ceilings {
        uint32 phase_s;
        uint32 notice_s;
        uint32 duration_s;
        uint32 tally_s;
    }

    /// @notice A Rulebook was made; this is all that it will ever say.
    event RulebookMade(IRolls rolls, Floors floors, Ceilings ceilings);

    /// @notice Thrown when a Rulebook is made with floors that protect nobody.
    error Rulebook_UnsoundFloors(Floors floors);
    /// @notice Thrown when a Rulebook is made with ceilings below its floors, or so high that they bound nothing.
    error Rulebook_UnsoundCeilings(Ceilings ceilings);
    /// @notice Thrown when the roll is not sealed, or has no voter or more than `most`.
    error Rulebook_BadRoll(bytes32 root, uint256 size, uint256 most);
    /// @notice Thrown when a vote is called on another roll than the citizens' one that was sealed last, or that one is
    /// too old.
    error Rulebook_OldRoll(bytes32 root, uint256 size);
    /// @notice Thrown when the vote starts before `least`, unix seconds.
    error Rulebook_NoticeTooShort(uint256 opensAt, uint256 least);
    /// @notice Thrown when the vote starts after `most`, unix seconds.
    error Rulebook_NoticeTooLong(uint256 opensAt, uint256 most);
    /// @notice Thrown when the vote ends before `least`, unix seconds.
    error Rulebook_VoteTooShort(uint256 closesAt, uint256 least);
    /// @notice Thrown when the vote ends after `most`, unix seconds.
    error Rulebook_VoteTooLong(uint256 closesAt, uint256 most);
    /// @notice Thrown when the trustees would be late before the vote is over.
    error Rulebook_TallyTooEarly(uint256 tallyBy, uint256 closesAt);
    /// @notice Thrown when the trustees would be late only after `most`, unix seconds.
    error Rulebook_TallyTooLate(uint256 tallyBy, uint256 most);
    /// @notice Thrown when the secrecy minimum is below the town's.
    error Rulebook_MinimumTooLow(uint256 minimum, uint256 least);
    /// @notice Thrown when the secrecy minimum is above the share of the roll that it may ask for.
    error Rulebook_MinimumTooHigh(uint256 minimum, uint256 most);
    /// @notice Thrown when a rule has no ciphertext or too many, or names a set that it has not.
    error Rulebook_BadRule();
    /// @notice Thrown when the set at `index` is empty or too long.
    error Rulebook_BadSet(uint256 index, uint256 messages);
    /// @notice Thrown when a ballot would be longer than nodes take in a transaction.
    error Rulebook_BallotTooLong(uint256 bytes_, uint256 most);
    /// @notice Thrown when a counter could overflow if all voters chose this message.
    error Rulebook_CounterOverflow(uint256 message, uint256 voters);
    /// @notice Thrown when a phase of a key ceremony is too short.
    error Rulebook_PhaseTooShort(uint256 phase, uint256 duration_s, uint256 least_s);
    /// @notice Thrown when a phase of a key ceremony is too long.
    error Rulebook_PhaseTooLong(uint256 phase, uint256 duration_s, uint256 most_s);

    /// @notice Reverts unless a consultation may be opened now on these terms.
    /// @param called Whether a contract calls it, rather than the returning officer.
    function requireTerms(IConsultations.Terms calldata terms, bool called) external view;

    /// @notice Reverts unless the phases of a key ceremony may last that long, in seconds: enrolment, commit, deal,
    /// complaints, acknowledgement.
    function requirePhases(uint32[5] calldata durations) external view;

    /// @notice The floors.
    function floors() external view returns (Floors memory);

    /// @notice The ceilings.
    function ceilings() external view returns (Ceilings memory);

    /// @notice The rolls on which votes are called.
    function rolls() external view returns (IRolls);
}
