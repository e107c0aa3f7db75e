// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";
import {IResidents} from "../../residents/interfaces/IResidents.sol";
import {IResults} from "../../vote/interfaces/IResults.sol";
import {ICred} from "./ICred.sol";

/// @title Promises: fixed on chain, judged in secret when due, settled by burning Cred
/// @notice A mandate's subject may be anyone with an address: an official, a supplier, a contract. Acts of the subject
/// and of residents are its own transaction, or a slip that anyone posts (ISlipActs).
interface IPromises is ISlipActs {
    /// @notice How much Cred a mandate starts with.
    enum Supply {
        Population, // one for each citizen on the register
        FiftyMillion // Pan-Impact Korea's figure
    }

    /// @notice Where a promise stands.
    enum State {
        None,
        Pledged,
        UnderEvaluation,
        Settled
    }

    /// @notice What the jury made of an appeal.
    enum Ruling {
        None,
        Confirmed,
        Annulled
    }

    /// @param residents the register, for the population and for replaced keys
    /// @param results where evaluations are counted
    /// @param turnoutFloor_bps k: opinions count as at least this part of the roll
    /// @param petition_bps the part of the roll that may appeal
    /// @param appealPeriod_s how long after its publication a result may be appealed
    /// @param juryPeriod_s how long the jury has; its silence confirms
    struct Charter {
        address authority;
        IResidents residents;
        IResults results;
        uint16 turnoutFloor_bps;
        uint16 petition_bps;
        uint40 appealPeriod_s;
        uint40 juryPeriod_s;
    }

    /// @param subject whose promises they are
    /// @param endsAt unix seconds
    /// @param promiseCount 0 until pledged
    /// @param supply Cred minted
    /// @param capital Cred left
    struct Mandate {
        address subject;
        uint40 endsAt;
        uint16 promiseCount;
        uint128 supply;
        uint128 capital;
    }

    /// @param textHash keccak256 of the promise's text
    /// @param uri where the text is
    /// @param weight_bps its part of the mandate; all weights sum to 10,000
    /// @param dueAt unix seconds from which it may be judged, within the mandate
    struct Pledge {
        bytes32 textHash;
        string uri;
        uint16 weight_bps;
        uint40 dueAt;
    }

    /// @param stake Cred that rests on it
    /// @param burnt Cred that it cost
    /// @param dueAt unix seconds from which it may be judged
    /// @param hasEvidence whether the subject brought evidence, and so may be judged early
    struct Promise {
        uint96 stake;
        uint96 burnt;
        uint40 dueAt;
        State state;
        bool hasEvidence;
    }

    /// @param publishedAt unix seconds at which the result became known here; 0 before
    /// @param appealedAt unix seconds; 0 without an appeal
    /// @param midTerm a round to inform, which never burns
    /// @param over settled, annulled or released
    /// @param promises one byte for each promise judged, in the order of the ballot
    struct Evaluation {
        uint64 mandate;
        uint64 consultation;
        uint40 publishedAt;
        uint40 appealedAt;
        Ruling ruling;
        bool midTerm;
        bool over;
        bytes promises;
    }

    /// @param index on the sealed roll of the evaluation
    struct Petitioner {
        uint256 index;
        address account;
        bytes signature;
        bytes32[] proof;
    }

    /// @notice Thrown when the charter's parts are out of range.
    error Promises_InvalidCharter();
    /// @notice Thrown when a mandate has no subject, no population, or ends in the past.
    error Promises_InvalidMandate();
    /// @notice Thrown when a mandate does not exist.
    error Promises_NoMandate(uint256 mandate);
    /// @notice Thrown when the subject has pledged already.
    error Promises_PledgedOnce(uint256 mandate);
    /// @notice Thrown when there are no promises, or more than a mandate holds.
    error Promises_PromiseCount(uint256 count, uint256 maximum);
    /// @notice Thrown when the weights do not sum to 10,000.
    error Promises_WeightsSum(uint256 sum_bps);
    /// @notice Thrown when a promise would be due already, or only after the mandate: it could not be judged in time.
    error Promises_DueOutsideMandate(uint256 promiseId, uint40 dueAt);
    /// @notice Thrown when an act does not fit where the promise stands.
    error Promises_WrongState(uint256 mandate, uint256 promiseId, State state);
    /// @notice Thrown when a resident brings counter-evidence a second time.
    error Promises_CounterEvidenceOnce(uint256 mandate, uint256 promiseId, address resident);
    /// @notice Thrown when counter-evidence comes from no active resident.
    error Promises_NotAResident(address account);
    /// @notice Thrown when an evaluation is attached to a consultation that has opened, or does not exist: its result
    /// could be chosen.
    error Promises_NotScheduled(uint256 consultation);
    /// @notice Thrown when the consultation asks something else, or in another way.
    error Promises_OtherSubject(uint256 consultation);
    /// @notice Thrown when one consultation would serve two evaluations.
    error Promises_ConsultationTaken(uint256 consultation);
    /// @notice Thrown when a promise is judged before it is due, without evidence of its subject.
    error Promises_TooEarly(uint256 promiseId, uint40 dueAt);
    /// @notice Thrown when an evaluation does not exist, or is over.
    error Promises_NoEvaluation(uint256 evaluation);
    /// @notice Thrown when the consultation has no result yet.
    error Promises_NoResult(uint256 evaluation, IResults.Status status);
    /// @notice Thrown when a result is published twice.
    error Promises_AlreadyPublished(uint256 evaluation);
    /// @notice Thrown when a result has not been published.
    error Promises_NotPublished(uint256 evaluation);
    /// @notice Thrown when the time to appeal is over.
    error Promises_AppealTooLate(uint256 until);
    /// @notice Thrown when an evaluation was appealed already.
    error Promises_AppealOnce(uint256 evaluation);
    /// @notice Thrown when a petitioner is not on the sealed roll of the evaluation.
    error Promises_NotOnRoll(address account);
    /// @notice Thrown when a petitioner is counted twice.
    error Promises_PetitionedOnce(uint256 index);
    /// @notice Thrown when the jury rules on what was not appealed, or has been decided.
    error Promises_NothingToRule(uint256 evaluation);
    /// @notice Thrown when the jury rules neither way.
    error Promises_NoRuling();
    /// @notice Thrown when the jury's time is over: its silence has confirmed.
    error Promises_JuryTooLate(uint256 until);
    /// @notice Thrown when a mid-term round would burn.
    error Promises_MidTermNeverBurns(uint256 evaluation);
    /// @notice Thrown when an evaluation is settled before the appeal, or the jury's time, is over.
    error Promises_SettledTooEarly(uint256 from);

    event MandateOpened(
        uint256 indexed mandate, address indexed subject, uint40 endsAt, uint256 supply, bytes32 termsHash
    );
    event Pledged(uint256 indexed mandate, uint256 indexed promiseId, uint256 stake, Pledge pledge);
    event Amended(uint256 indexed mandate, uint256 indexed promiseId, bytes32 textHash, string uri);
    event EvidenceBrought(uint256 indexed mandate, uint256 indexed promiseId, bytes32 evidenceHash, string uri);
    event CounterEvidenceBrought(
        uint256 indexed mandate, uint256 indexed promiseId, address indexed resident, bytes32 evidenceHash, string uri
    );
    event EvaluationAttached(
        uint256 indexed evaluation, uint256 indexed mandate, uint256 indexed consultation, bytes promises, bool midTerm
    );
    event ResultPublished(uint256 indexed evaluation, uint256[] opinions, uint256[] missing);
    event Petitioned(uint256 indexed evaluation, uint256 petitioners);
    event Appealed(uint256 indexed evaluation, address indexed by, bytes32 groundsHash);
    event Ruled(uint256 indexed evaluation, Ruling ruling, bytes32 reasonsHash);
    event Released(uint256 indexed evaluation);
    event PromiseSettled(
        uint256 indexed mandate, uint256 indexed promiseId, uint256 opinions, uint256 missing, uint256 burnt
    );
    event EvaluationSettled(uint256 indexed evaluation, uint256 indexed mandate, uint256 burnt, uint256 capital);

    /// @notice Opens a mandate.
    /// @param termsHash hash of the document that appoints the subject
    function openMandate(address subject, uint40 endsAt, Supply supply, bytes32 termsHash)
        external
        returns (uint256 mandate);

    /// @notice The subject fixes all its promises, once; the Cred is minted.
    /// @dev EIP-712 `Pledges(uint256 mandate,bytes32 pledgesHash,uint256 deadline)`, pledgesHash =
    /// keccak256(abi.encode(pledges))
    function pledge(uint256 mandate, Pledge[] calldata pledges, uint256 deadline, bytes calldata signature) external;

    /// @notice The subject adds to a promise; nothing is taken away.
    /// @dev EIP-712 `Amendment(uint256 mandate,uint256 promiseId,bytes32 textHash,string uri,uint256 deadline)`
    function amend(
        uint256 mandate,
        uint256 promiseId,
        bytes32 textHash,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice The subject brings evidence; the promise may then be judged before it is due.
    /// @dev EIP-712 `Evidence(uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)`
    function bringEvidence(
        uint256 mandate,
        uint256 promiseId,
        bytes32 evidenceHash,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice A resident brings counter-evidence, once for a promise.
    /// @dev EIP-712 `CounterEvidence(address resident,uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string
    /// uri,uint256 deadline)`
    function bringCounterEvidence(
        address resident,
        uint256 mandate,
        uint256 promiseId,
        bytes32 evidenceHash,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Attaches a scheduled consultation whose question and rule are those of `questionOf` and
    /// `evaluationRuleHash`.
    /// @param promises one byte for each promise judged
    /// @param midTerm a round to inform, which never burns
    function attachEvaluation(uint256 mandate, bytes calldata promises, uint256 consultation, bool midTerm)
        external
        returns (uint256 evaluation);

    /// @notice Takes note of a result; the time to appeal runs from here. Open to anyone.
    function publish(uint256 evaluation) external;

    /// @notice The subject appeals to the jury, once.
    /// @dev EIP-712 `Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)`
    function appeal(uint256 evaluation, bytes32 groundsHash, uint256 deadline, bytes calldata signature) external;

    /// @notice Residents on the sealed roll appeal; when they are enough, the jury is seized. Anyone may post, in
    /// parts.
    /// @dev EIP-712 `Petition(uint256 evaluation,address resident)`
    function petition(uint256 evaluation, Petitioner[] calldata petitioners) external;

    /// @notice The jury confirms, or annuls: the promises may then be judged again.
    function rule(uint256 evaluation, Ruling ruling, bytes32 reasonsHash) external;

    /// @notice Gives the promises back for another evaluation when the consultation's result is withheld. Open to
    /// anyone.
    function release(uint256 evaluation) external;

    /// @notice Gives the promises back when the trustees do not open a stalled consultation. The returning officer's.
    function releaseStalled(uint256 evaluation) external;

    /// @notice Burns what the evaluation says, once. Open to anyone.
    function settle(uint256 evaluation) external;

    /// @notice A mandate; its capital is what remains of its supply, also after its end.
    function mandateOf(uint256 mandate) external view returns (Mandate memory);

    /// @notice A promise.
    function promiseOf(uint256 mandate, uint256 promiseId) external view returns (Promise memory);

    /// @notice An evaluation.
    function evaluationOf(uint256 evaluation) external view returns (Evaluation memory);

    /// @notice How many have petitioned against an evaluation.
    function petitioners(uint256 evaluation) external view returns (uint256);

    /// @notice The question's hash that a consultation must carry to judge these promises.
    function questionOf(uint256 mandate, bytes calldata promises, bool midTerm) external view returns (bytes32);

    /// @notice The rule's hash for `count` promises: each a ciphertext over {1 + (4 − l)·M for l = 0…4} ∪ {0 for no
    /// opinion}.
    function evaluationRuleHash(uint256 count) external pure returns (bytes32);

    /// @notice How many mandates there were; they are numbered from 1.
    function mandates() external view returns (uint256);

    /// @notice How many evaluations there were; they are numbered from 1.
    function evaluations() external view returns (uint256);

    /// @notice The token.
    function cred() external view returns (ICred);

    /// @notice The register of residents, which knows who replaced a lost key.
    function residents() external view returns (IResidents);

    /// @notice Where the results of consultations are read.
    function results() external view returns (IResults);

    /// @notice The part of the roll below which opinions count as if they were so many, in basis points.
    function turnoutFloor_bps() external view returns (uint16);

    /// @notice The part of the roll that appeals by petition, in basis points.
    function petition_bps() external view returns (uint16);

    /// @notice How long a published result may be appealed, in seconds.
    function appealPeriod_s() external view returns (uint40);

    /// @notice How long the jury has to rule, in seconds.
    function juryPeriod_s() external view returns (uint40);
}
