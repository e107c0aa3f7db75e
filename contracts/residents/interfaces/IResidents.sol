// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidentsFollower} from "./IResidentsFollower.sol";

/// @notice What an account is to the town.
enum Kind {
    None,
    Citizen,
    Professional,
    PublicBody,
    Commons
}

/// @notice Where an account stands in the register.
enum Standing {
    None, // never enrolled, or withdrawn
    Active, // counts and takes part
    Suspended, // keeps what it has, receives nothing, takes no part
    Awaiting, // the new key of a recovery that has not happened yet
    Left, // has left the town and may be enrolled again
    Replaced // its key was lost; its successor took everything
}

/// @title The register of residents
/// @notice Who belongs to the town, by address, without a name or a document: at most a commitment, in an event.
/// Modules that need a resident's standing at every step keep a copy and are told of each change; the others read it
/// here.
interface IResidents {
    /// @param kind what the account is
    /// @param standing where it stands
    /// @param recoverableAt unix seconds from which a proposed recovery may be carried out; 0 when none is proposed
    /// @param successor the key that replaces it, or will
    struct Resident {
        Kind kind;
        Standing standing;
        uint64 recoverableAt;
        address successor;
    }

    /// @notice Thrown when a batch has more or fewer commitments than accounts, and is not without any.
    error Residents_CommitmentsMismatch(uint256 accounts, uint256 commitments);
    /// @notice Thrown when an account is the zero address.
    error Residents_NoAccount();
    /// @notice Thrown when residents are enrolled without a kind.
    error Residents_NoKind();
    /// @notice Thrown when an account is already known, or was replaced, and so cannot be enrolled or become a new key.
    error Residents_AlreadyKnown(address account, Standing standing);
    /// @notice Thrown when an act does not fit the account's standing.
    error Residents_WrongStanding(address account, Standing standing);
    /// @notice Thrown when an account has a recovery pending, which must be vetoed, withdrawn or carried out first.
    error Residents_RecoveryPending(address account, address successor);
    /// @notice Thrown when no recovery is proposed for an account.
    error Residents_NoRecovery(address account);
    /// @notice Thrown when a recovery is carried out before its public delay is over.
    error Residents_TooEarly(uint64 recoverableAt);
    /// @notice Thrown when a veto slip is posted after its deadline.
    error Residents_SlipExpired(uint256 deadline);
    /// @notice Thrown when a veto is not signed by the old key.
    error Residents_InvalidSignature(address account);
    /// @notice Thrown when a follower is added twice.
    error Residents_AlreadyFollows(IResidentsFollower follower);
    /// @notice Thrown when there is no room for another follower.
    error Residents_TooManyFollowers(uint256 maximum);
    /// @notice Thrown when an account has no code and so can follow nothing.
    error Residents_NotAContract(IResidentsFollower follower);
    /// @notice Thrown when a module that does not follow the register is to be informed.
    error Residents_NotAFollower(IResidentsFollower follower);

    event Enrolled(address indexed account, Kind indexed kind, bytes32 commitment);
    event Suspended(address indexed account, bytes32 documentHash);
    event Reinstated(address indexed account, bytes32 documentHash);
    event Departed(address indexed account);
    event RecoveryProposed(
        address indexed account, address indexed successor, uint64 recoverableAt, bytes32 documentHash
    );
    event RecoveryVetoed(address indexed account, address indexed successor);
    event RecoveryWithdrawn(address indexed account, address indexed successor);
    event Recovered(address indexed account, address indexed successor);
    event FollowerAdded(IResidentsFollower indexed follower);

    /// @notice Enrols accounts of one kind: one or many.
    /// @param commitments one per account, or none at all: a salted hash by which the town's own file can be matched,
    /// and no more
    function enrol(Kind kind, address[] calldata accounts, bytes32[] calldata commitments) external;

    /// @notice Suspends an active resident: it keeps and may spend what it has, receives nothing and takes no part.
    /// @param documentHash hash of the decision
    function suspend(address account, bytes32 documentHash) external;

    /// @notice Ends a suspension.
    /// @param documentHash hash of the decision
    function reinstate(address account, bytes32 documentHash) external;

    /// @notice Takes a resident who leaves off the register. Refused by any module where it still holds something.
    function depart(address account) external;

    /// @notice Proposes that `successor` replace the lost key of `account`, after a public delay.
    /// @param documentHash hash of the request as the registrar received it
    function proposeRecovery(address account, address successor, bytes32 documentHash) external;

    /// @notice The old key is not lost after all: its holder stops the recovery.
    function vetoRecovery() external;

    /// @notice The same by a slip that the old key signed and anyone posts.
    /// @dev EIP-712 `VetoRecovery(address account,address successor,uint64 recoverableAt,uint256 deadline)`: the
    /// proposal is the nonce.
    function vetoRecovery(address account, uint256 deadline, bytes calldata signature) external;

    /// @notice The registrar withdraws a recovery that should not have been proposed.
    function withdrawRecovery(address account) external;

    /// @notice Carries out a recovery whose delay is over; open to anyone. Every follower moves what it holds.
    function recover(address account) external;

    /// @notice Adds a module that is told of every change.
    function addFollower(IResidentsFollower follower) external;

    /// @notice Tells a follower that joined late where accounts stand; open to anyone.
    function inform(IResidentsFollower follower, address[] calldata accounts) external;

    /// @notice The record of an account.
    function residentOf(address account) external view returns (Resident memory);

    /// @notice Whether an account is an active resident.
    function isActive(address account) external view returns (bool);

    /// @notice The key that holds what `account` held: itself, or whoever replaced it, however many times.
    function currentKeyOf(address account) external view returns (address);

    /// @notice How many active residents there are of a kind.
    function population(Kind kind) external view returns (uint256);

    /// @notice The public delay of a recovery, in seconds.
    function recoveryDelay_s() external view returns (uint64);

    /// @notice The modules that are told of every change.
    function followers() external view returns (IResidentsFollower[] memory);
}
