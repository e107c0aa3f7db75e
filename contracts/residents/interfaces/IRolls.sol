// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidents, Kind} from "./IResidents.sol";

/// @title The rolls that two offices sealed: what a root is the roll of
/// @notice The registrar proposes a roll, the whole of one kind of residents at the end of a block; the returning
/// officer draws it again from the register's events and seals that very roll, within a week, while about as many are
/// on the register. A contract that calls a vote needs no one's word for who may take part: it takes the roll sealed
/// last, for a year from its proposal.
/// @dev The registrar chooses the block among those of a day. Whom it suspended for that one alone, the count on the
/// register tells here where they are many, and the second office's tool by name.
interface IRolls {
    /// @param root of the roll (see Roll)
    /// @param size how many accounts
    /// @param atBlock the block at whose end it was drawn
    /// @param proposedAt unix seconds, at most 7,200 blocks after it was drawn
    struct SealedRoll {
        bytes32 root;
        uint32 size;
        uint64 atBlock;
        uint40 proposedAt;
    }

    event RollProposed(Kind indexed kind, bytes32 root, uint32 size, uint64 atBlock);
    event RollSealed(Kind indexed kind, bytes32 root, uint32 size, uint64 atBlock);

    /// @notice Thrown when a roll is of no kind, or of institutions, which are on none.
    error Rolls_NoRollOf(Kind kind);
    /// @notice Thrown when a roll has nobody on it, or more than a consultation can count.
    error Rolls_WrongSize(uint32 size, uint32 maximum);
    /// @notice Thrown when a roll is drawn at a block that has not ended.
    error Rolls_NotYet(uint64 atBlock);
    /// @notice Thrown when a roll is drawn at a block before the last `most`.
    error Rolls_TooOld(uint64 atBlock, uint256 most);
    /// @notice Thrown when a roll is not of a later block than the one sealed last.
    error Rolls_Older(uint64 atBlock, uint64 sealedLast);
    /// @notice Thrown when what is to be sealed is not, in all four, what was proposed last.
    error Rolls_NotProposed(Kind kind, bytes32 root);
    /// @notice Thrown when a roll was proposed more than seven days ago.
    error Rolls_Lapsed(Kind kind, uint256 until);
    /// @notice Thrown when a roll has more or fewer accounts than are active now, by more than a twentieth of these.
    error Rolls_NotTheTown(uint32 size, uint256 population);

    /// @notice Says that a root is the roll of a kind of residents. The registrar's.
    /// @param size 1 … M − 1 (see Rule)
    /// @param atBlock an ended block, one of the last 7,200, after that of the roll of this kind sealed last
    /// @dev What was proposed of this kind before is forgotten.
    function proposeRoll(bytes32 root, uint32 size, Kind kind, uint64 atBlock) external;

    /// @notice Seals a roll within seven days, with the same words as it was proposed with. The returning officer's.
    function sealRoll(bytes32 root, uint32 size, Kind kind, uint64 atBlock) external;

    /// @notice The roll of a kind that was sealed last; zeroes before.
    function latest(Kind kind) external view returns (SealedRoll memory);

    /// @notice Whether this roll of a kind was sealed last, and was proposed at most 365 days ago.
    function isCurrent(Kind kind, bytes32 root, uint32 size) external view returns (bool);

    /// @notice The register that rolls are drawn from.
    function residents() external view returns (IResidents);
}
