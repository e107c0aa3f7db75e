// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ILandRegister} from "./ILandRegister.sol";
import {ITitleFollower} from "./ITitleFollower.sol";

/// @notice What the town answered to a declaration of intent to sell.
enum Answer {
    None, // nothing was declared
    Awaited, // silence past the deadline is a renunciation
    Renounced,
    Preempted
}

enum PermitStatus {
    None,
    Filed, // silence past the deadline is a grant
    Granted,
    Refused,
    Annulled
}

/// @title Planning: zones with a right of pre-emption, declarations and permits
/// @notice Every delay is configured. Silence always answers: a sale is not pre-empted, a permit is granted.
interface IPlanning is ITitleFollower {
    /// @param open whether titles may be placed in it
    /// @param preempts whether the town may pre-empt there
    /// @param answer_s how long the town has to answer a declaration
    struct Zone {
        bool open;
        bool preempts;
        uint32 answer_s;
    }

    /// @param answer what the town said
    /// @param answerBy unix seconds; the last at which it may answer
    /// @param title the title that is sold
    struct Declaration {
        Answer answer;
        uint64 answerBy;
        uint112 title;
    }

    /// @param decide_s how long the town has to decide; 0 when such permits don't exist
    /// @param validity_s how long a permit holds
    /// @param annul_s how long the town may annul a permit after it was granted
    struct PermitRule {
        uint32 decide_s;
        uint32 validity_s;
        uint32 annul_s;
    }

    /// @param title the title it is for
    /// @param kind which of the town's rules applies
    /// @param status as it was last decided; a permit Filed past its deadline is granted
    /// @param extended whether the delay was extended, which may happen once
    /// @param decideBy unix seconds; the last at which the town may decide, then the moment of decision
    /// @param annul_s how long it may be annulled, by the rule when it was filed
    /// @param validity_s how long it holds, by the rule when it was filed
    struct Permit {
        uint112 title;
        uint8 kind;
        PermitStatus status;
        bool extended;
        uint40 decideBy;
        uint32 annul_s;
        uint32 validity_s;
    }

    /// @notice Thrown when a zone is unknown or closed.
    error Planning_NoZone(uint16 zone);
    /// @notice Thrown when a pre-emption zone leaves no time to answer, or another does.
    error Planning_InvalidZone(bool preempts, uint32 answer_s);
    /// @notice Thrown when a title would lie in more zones than can be looked through.
    error Planning_TooManyZones(uint256 maximum);
    /// @notice Thrown when a title is placed twice, or taken out where it does not lie.
    error Planning_ZoneUnchanged(uint256 title, uint16 zone);
    /// @notice Thrown when a title that is declared lies in no zone with a right of pre-emption.
    error Planning_NotInZone(uint256 title);
    /// @notice Thrown when the same terms are declared twice.
    error Planning_AlreadyDeclared(bytes32 termsHash);
    /// @notice Thrown when an answer comes to nothing that awaits one.
    error Planning_NotAwaited(bytes32 termsHash, Answer answer);
    /// @notice Thrown when the town answers or decides past its deadline.
    error Planning_TooLate(uint256 deadline);
    /// @notice Thrown when a permit of a kind without a rule is filed.
    error Planning_NoRule(uint8 kind);
    /// @notice Thrown when an act does not fit the permit's status.
    error Planning_WrongStatus(uint256 permit, PermitStatus status);
    /// @notice Thrown when a delay is extended twice.
    error Planning_AlreadyExtended(uint256 permit);
    /// @notice Thrown when anyone but a holder files for a title.
    error Planning_OnlyHolder(address caller, uint256 title);
    /// @notice Thrown when anyone but the land register carries zones over.
    error Planning_OnlyRegister(address caller);

    event ZoneOpened(uint16 indexed zone, bool preempts, uint32 answer_s, bytes32 documentHash);
    event ZoneClosed(uint16 indexed zone, bytes32 documentHash);
    event Placed(uint16 indexed zone, uint256 indexed title);
    event TakenOut(uint16 indexed zone, uint256 indexed title);
    event Declared(bytes32 indexed termsHash, uint256 indexed title, uint256 price_cents, uint64 answerBy);
    event Renounced(bytes32 indexed termsHash, bytes32 documentHash);
    event Preempted(bytes32 indexed termsHash, bytes32 documentHash);
    event PermitRuleSet(uint8 indexed kind, uint32 decide_s, uint32 validity_s, uint32 annul_s);
    event PermitFiled(
        uint256 indexed permit, uint256 indexed title, uint8 indexed kind, uint40 decideBy, bytes32 documentHash
    );
    event PermitExtended(uint256 indexed permit, uint40 decideBy, bytes32 documentHash);
    event PermitGranted(uint256 indexed permit, bytes32 documentHash);
    event PermitRefused(uint256 indexed permit, bytes32 documentHash);
    event PermitAnnulled(uint256 indexed permit, bytes32 documentHash);

    /// @notice Opens a zone.
    function openZone(bool preempts, uint32 answer_s, bytes32 documentHash) external returns (uint16 zone);

    /// @notice Closes a zone: it carries no right any more. Declarations that await an answer keep theirs.
    function closeZone(uint16 zone, bytes32 documentHash) external;

    /// @notice Places titles in a zone; all or nothing.
    function place(uint16 zone, uint256[] calldata titles) external;

    /// @notice Takes titles out of a zone; all or nothing.
    function takeOut(uint16 zone, uint256[] calldata titles) external;

    /// @notice The notary declares an intent to sell on these very terms.
    /// @param termsHash the hash that the parties sign; other terms need another declaration
    function declare(uint256 title, bytes32 termsHash, uint256 price_cents) external;

    /// @notice The town renounces its right.
    function renounce(bytes32 termsHash, bytes32 documentHash) external;

    /// @notice The town pre-empts, in its window.
    function preempt(bytes32 termsHash, bytes32 documentHash) external;

    /// @notice Sets the delays of a kind of permit, for those filed from now on.
    function setPermitRule(uint8 kind, PermitRule calldata rule) external;

    /// @notice A holder of the title files for a permit.
    function filePermit(uint256 title, uint8 kind, bytes32 documentHash) external returns (uint256 permit);

    /// @notice The clerk records a permit filed on paper.
    function recordPermit(uint256 title, uint8 kind, bytes32 documentHash) external returns (uint256 permit);

    /// @notice Gives the town as long again to decide, once.
    function extendPermit(uint256 permit, bytes32 documentHash) external;

    /// @notice Grants a permit.
    function grantPermit(uint256 permit, bytes32 documentHash) external;

    /// @notice Refuses a permit, before silence grants it.
    function refusePermit(uint256 permit, bytes32 documentHash) external;

    /// @notice Annuls a permit that should not have been granted, tacitly or not, within the rule's delay.
    function annulPermit(uint256 permit, bytes32 documentHash) external;

    /// @notice Whether the town's right of pre-emption stands no longer in the way of a sale on these terms.
    function isPurged(uint256 title, bytes32 termsHash) external view returns (bool);

    /// @notice A declaration.
    function declarationOf(bytes32 termsHash) external view returns (Declaration memory);

    /// @notice Whether the title lies in an open zone with a right of pre-emption.
    function isPreemptible(uint256 title) external view returns (bool);

    /// @notice The zones that a title lies in, closed ones too.
    function zonesOf(uint256 title) external view returns (uint16[] memory);

    /// @notice A zone.
    function zoneOf(uint16 zone) external view returns (Zone memory);

    /// @notice A permit as it was last decided.
    function permitOf(uint256 permit) external view returns (Permit memory);

    /// @notice Whether a permit allows building today: granted, by word or by silence, and still valid.
    function isPermitted(uint256 permit) external view returns (bool);

    /// @notice The land register.
    function register() external view returns (ILandRegister);
}
