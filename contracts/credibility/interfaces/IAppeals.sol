// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";
import {IPromises} from "./IPromises.sol";

/// @title Appeals: whether the result of an evaluation stands
/// @notice A published result may be appealed for `appealPeriod_s` by the mandate's subject, by a petition of those on
/// the roll that judged, or by both: neither shuts the other out. When that time is over the jury has heard all, and
/// confirms the result or annuls it within `juryPeriod_s`; its silence confirms. The contract of promises makes this
/// one, asks it before anything burns, and gives back what was annulled.
interface IAppeals is ISlipActs {
    /// @notice Why a petitioner of a batch was left out.
    enum Skip {
        None,
        NotOnRoll, // at this index of the evaluation's roll
        CountedAlready,
        NotSigned // by the key that the account on the roll has now
    }

    /// @notice What the jury made of an appeal.
    enum Ruling {
        None,
        Confirmed,
        Annulled
    }

    /// @param bySubject whether the mandate's subject appealed
    /// @param byPetition whether enough of the roll did
    struct Appeal {
        bool bySubject;
        bool byPetition;
        Ruling ruling;
    }

    /// @param index on the sealed roll of the evaluation
    struct Petitioner {
        uint256 index;
        address account;
        bytes signature;
        bytes32[] proof;
    }

    /// @notice Thrown when an evaluation has no published result, or is over.
    error Appeals_NoResult(uint256 evaluation);
    /// @notice Thrown when the time to appeal is over.
    error Appeals_TooLate(uint256 until);
    /// @notice Thrown when the subject appealed already.
    error Appeals_Once(uint256 evaluation);
    /// @notice Thrown when the jury rules on what was not appealed, or has been decided.
    error Appeals_NothingToRule(uint256 evaluation);
    /// @notice Thrown when the jury rules neither way.
    error Appeals_NoRuling();
    /// @notice Thrown when the jury's time is over: its silence has confirmed.
    error Appeals_JuryTooLate(uint256 until);
    /// @notice Thrown when the jury rules, or a result is taken for good, while some may still appeal; or a result that
    /// was appealed while the jury may still rule.
    error Appeals_TooEarly(uint256 from);
    /// @notice Thrown when a result is taken for good that the jury annulled.
    error Appeals_Annulled(uint256 evaluation);

    event PetitionSkipped(uint256 indexed evaluation, uint256 indexed index, Skip reason);
    event Petitioned(uint256 indexed evaluation, uint256 petitioners);
    event Appealed(uint256 indexed evaluation, address indexed by, bytes32 groundsHash);
    event Ruled(uint256 indexed evaluation, Ruling ruling, bytes32 reasonsHash);

    /// @notice The subject appeals to the jury, once, whether or not others petition.
    /// @dev EIP-712 `Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)`
    function appeal(uint256 evaluation, bytes32 groundsHash, uint256 deadline, bytes calldata signature) external;

    /// @notice Residents on the sealed roll appeal, whether or not the subject did; when they are enough, the jury is
    /// seized, and whoever joins later counts. Anyone may post, in parts; who does not count, or counts already, is
    /// skipped.
    /// @dev EIP-712 `Petition(uint256 evaluation,address resident)`, by the key that the account on the roll has now
    function petition(uint256 evaluation, Petitioner[] calldata petitioners) external;

    /// @notice The jury confirms, or annuls, once the time to appeal is over: what it annuls is given back at once, and
    /// may be judged again.
    function rule(uint256 evaluation, Ruling ruling, bytes32 reasonsHash) external;

    /// @notice Who appealed, and what the jury made of it.
    function appealOf(uint256 evaluation) external view returns (Appeal memory);

    /// @notice How many have petitioned against an evaluation.
    function petitioners(uint256 evaluation) external view returns (uint256);

    /// @notice Whether the jury annulled a result.
    function isAnnulled(uint256 evaluation) external view returns (bool);

    /// @notice Reverts unless a published result stands now: nobody appealed in time, or the jury confirmed, by its
    /// word or by its silence.
    function requireStands(uint256 evaluation) external view;

    /// @notice Whose results they are.
    function promises() external view returns (IPromises);

    /// @notice The part of the roll that appeals by petition, in basis points.
    function petition_bps() external view returns (uint16);

    /// @notice How long a published result may be appealed, in seconds.
    function appealPeriod_s() external view returns (uint40);

    /// @notice How long the jury has to rule, in seconds.
    function juryPeriod_s() external view returns (uint40);
}
