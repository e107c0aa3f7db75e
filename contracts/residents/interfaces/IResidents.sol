// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";
import {IResidentsFollower} from "./IResidentsFollower.sol";

/// @notice What an account is to the town.
enum Kind {
    None,
    Citizen,
    Professional,
    PublicBody,
    Commons,
    Institution // a contract that holds money for others
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

/// @notice How far the recovery of a lost key is.
enum Recovery {
    None,
    Proposed, // by the registrar; its public delay runs
    Vetoed, // by the old key; it goes no further unless the court confirms it within a year
    Confirmed // by the court; a delay runs anew, and no veto counts
}

/// @title The register of residents
/// @notice Who belongs to the town, by address, without a name or a document: at most a commitment, in an event.
/// Modules that need a resident's standing at every step keep a copy and are told of each change; the others read it
/// here.
interface IResidents is ISlipActs {
    /// @param kind what the account is
    /// @param standing where it stands
    /// @param recoverableAt unix seconds from which a recovery may be carried out, or, once vetoed, has lapsed; 0 when
    /// none is pending
    /// @param successor the key that replaces it, or would
    /// @param recovery how far its recovery is
    /// @param wasBehind whether a module ever failed to move to it what its lost keys held: `behind` tells if it still
    /// does
    struct Resident {
        Kind kind;
        Standing standing;
        uint64 recoverableAt;
        address successor;
        Recovery recovery;
        bool wasBehind;
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
    /// @notice Thrown when the registrar enrols an institution, which is ADMIN's to do.
    error Residents_InstitutionIsAdmins();
    /// @notice Thrown when an institution is to be suspended, to leave, or to have its key replaced.
    error Residents_Institution(address account);
    /// @notice Thrown when an account has a recovery pending, which must be withdrawn or carried out first.
    error Residents_RecoveryPending(address account, address successor);
    /// @notice Thrown when no recovery is proposed for an account.
    error Residents_NoRecovery(address account);
    /// @notice Thrown when a recovery is carried out before its public delay is over.
    error Residents_TooEarly(uint64 recoverableAt);
    /// @notice Thrown when a recovery was vetoed: only a court's confirmation takes it further.
    error Residents_Vetoed(address account);
    /// @notice Thrown when a veto comes once the delay is over: it ended with the delay.
    error Residents_VetoTooLate(uint64 recoverableAt);
    /// @notice Thrown when a veto comes against a recovery that a court confirmed.
    error Residents_Confirmed(address account);
    /// @notice Thrown when a court confirms what is not proposed, is confirmed already, or names another new key.
    error Residents_NotProposed(address account, address successor);
    /// @notice Thrown when a court confirms what was vetoed a year ago: the registrar may propose it anew.
    error Residents_Lapsed(uint64 lapsedAt);
    /// @notice Thrown when an account would leave while a module that follows has not moved to it what its lost
    /// keys held.
    error Residents_Behind(address account);
    /// @notice Thrown when less gas is left than a follower was promised to move what it holds.
    error Residents_OutOfGas(uint256 promised);
    /// @notice Thrown when a follower has moved all that an account's lost keys held.
    error Residents_NothingToMove(IResidentsFollower follower, address account);
    /// @notice Thrown when a follower is added twice.
    error Residents_AlreadyFollows(IResidentsFollower follower);
    /// @notice Thrown when there is no room for another follower.
    error Residents_TooManyFollowers(uint256 maximum);
    /// @notice Thrown when an account is no contract, and so can follow nothing and be no institution. A key that
    /// borrows a contract's code (EIP-7702) is none.
    error Residents_NotAContract(address account);
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
    event RecoveryConfirmed(
        address indexed account, address indexed successor, uint64 recoverableAt, bytes32 indexed orderHash
    );
    event MoveFailed(IResidentsFollower indexed follower, address indexed account, address indexed successor);
    event Moved(IResidentsFollower indexed follower, address indexed account, address indexed successor);
    event FollowerAdded(IResidentsFollower indexed follower);
    event FollowerRemoved(IResidentsFollower indexed follower);

    /// @notice Enrols accounts of one kind, one or many; institutions are ADMIN's to enrol.
    /// @param commitments one per account, or none at all: a salted hash by which the town's own file can be matched,
    /// and no more
    function enrol(Kind kind, address[] calldata accounts, bytes32[] calldata commitments) external;

    /// @notice Enrols a contract that holds money for others, for good: nobody suspends it, takes it off the register
    /// or has another key in its place, for what it holds is not its own. A resident's smart account is no institution.
    /// What was proposed of the address before ends: a recovery of it is withdrawn, one by it is carried out no more.
    function enrolInstitution(address account) external;

    /// @notice Suspends an active resident: it keeps and may spend what it has, receives nothing and takes no part.
    /// @param documentHash hash of the decision
    function suspend(address account, bytes32 documentHash) external;

    /// @notice Ends a suspension.
    /// @param documentHash hash of the decision
    function reinstate(address account, bytes32 documentHash) external;

    /// @notice Takes a resident who leaves off the register. Refused by any module where it still holds something that
    /// must not stay behind, and while one has not moved to it what its lost keys held, which `moveAgain` asks for.
    function depart(address account) external;

    /// @notice Proposes that `successor` replace the lost key of `account`, after a public delay.
    /// @param documentHash hash of the request as the registrar received it
    function proposeRecovery(address account, address successor, bytes32 documentHash) external;

    /// @notice The old key is not lost after all: its holder stops the recovery, until its delay is over. Should a
    /// thief have said so, the registrar's proposal stands for the court to confirm.
    function vetoRecovery() external;

    /// @notice The same by a slip that the old key signed and anyone posts.
    /// @dev EIP-712 `VetoRecovery(address account,address successor,uint64 recoverableAt,uint256 deadline)`: the
    /// proposal is the nonce.
    function vetoRecovery(address account, uint256 deadline, bytes calldata signature) external;

    /// @notice The court confirms what the registrar proposed, vetoed or not: its delay runs anew and no veto counts.
    /// What nobody vetoed is delayed by it, once. A year after a veto there is nothing left to confirm.
    /// @param successor the new key that the order names: another that is proposed meanwhile is not confirmed
    /// @param orderHash hash of the order
    function confirmRecovery(address account, address successor, bytes32 orderHash) external;

    /// @notice The registrar withdraws a recovery that should not have been proposed, vetoed or confirmed though it be.
    function withdrawRecovery(address account) external;

    /// @notice Carries out a recovery whose delay is over; open to anyone. Every follower moves what it holds; one that
    /// fails stops nobody, and is asked again by `moveAgain`.
    /// @dev Each follower has `FOLLOWER_GAS` in full, or the call reverts: whoever posts it starves none.
    function recover(address account) external;

    /// @notice Has a follower move to an account what its lost keys held, where it failed to; open to anyone. Once it
    /// has succeeded there is nothing left to ask.
    /// @param account the current key, or one that it replaced
    function moveAgain(IResidentsFollower follower, address account) external;

    /// @notice Adds a module that is told of every change.
    function addFollower(IResidentsFollower follower) external;

    /// @notice Lets a module go, which hears of no change any more: one that would stop the registrar's every act.
    function removeFollower(IResidentsFollower follower) external;

    /// @notice Tells a follower that joined late where accounts stand; open to anyone.
    function inform(IResidentsFollower follower, address[] calldata accounts) external;

    /// @notice The record of an account.
    function residentOf(address account) external view returns (Resident memory);

    /// @notice Whether an account is an active resident.
    function isActive(address account) external view returns (bool);

    /// @notice Whether an account is a contract that holds money for others.
    function isInstitution(address account) external view returns (bool);

    /// @notice The key that holds what `account` held: itself, or whoever replaced it, however many times.
    function currentKeyOf(address account) external view returns (address);

    /// @notice Whether `key` is `account`, took its place or is to, by recoveries that are proposed, however many keys
    /// later.
    function takesPlaceOf(address key, address account) external view returns (bool);

    /// @notice The lost key of which a follower has not moved to `account` what it held; zero when none waits.
    function behind(IResidentsFollower follower, address account) external view returns (address);

    /// @notice How many active residents there are of a kind.
    function population(Kind kind) external view returns (uint256);

    /// @notice The public delay of a recovery, in seconds.
    function recoveryDelay_s() external view returns (uint64);

    /// @notice The modules that are told of every change.
    function followers() external view returns (IResidentsFollower[] memory);
}
