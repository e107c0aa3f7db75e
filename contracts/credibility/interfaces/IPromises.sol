// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";
import {IResidents} from "../../residents/interfaces/IResidents.sol";
import {IConsultations} from "../../vote/interfaces/IConsultations.sol";
import {IResults} from "../../vote/interfaces/IResults.sol";
import {IPromiseCharter} from "./IPromiseCharter.sol";

/// @title Promises: fixed on chain, judged in secret when due, settled by burning Cred
/// @notice A mandate's subject may be anyone with an address: an official, a supplier, a contract. Acts of the subject
/// and of residents are its own transaction, or a slip that anyone posts (ISlipActs).
///
/// Silence favours nobody: once a promise has been due for `silence_s` anyone has it judged, on the roll of citizens
/// sealed last and by a key that nobody reserved. Where after `patience_s` more the town takes no such vote, for want
/// of a roll, a key or anything else, anyone declares it unjudged: its stake is frozen, which is neither kept nor
/// burnt, until somebody has judged it. So is what was due and is given back without a judgement that stands, and for
/// good what was not due when a mandate was ended, and of a finding that too few had the part that they leave. What
/// burns is voted on as anyone would have it voted on: announced for `notice_s`, for `voting_s`, by as few ballots as
/// may count.
interface IPromises is ISlipActs, IPromiseCharter {
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
        Settled,
        SettledEarly, // by a vote that opened before it was due; from that day on it may be judged once more
        Unjudged // nobody judged it, or could in time: its stake is frozen
    }

    /// @param residents the register, for the population and for replaced keys
    /// @param results where evaluations are counted, and called
    /// @param turnoutFloor_bps k: opinions count as at least this part of the roll
    /// @param petition_bps the part of the roll that may appeal
    /// @param rollFloor_bps the part of the town's citizens that a roll has at least
    /// @param appealPeriod_s how long after its publication a result may be appealed
    /// @param juryPeriod_s how long the jury has; its silence confirms
    /// @param silence_s how long a promise has been due before anyone may have it judged
    /// @param patience_s how long after that it is declared unjudged, where it cannot be judged
    /// @param notice_s how long an evaluation that burns is announced, at least
    /// @param voting_s how long an evaluation that burns is open, at least, and how long the trustees of one that
    /// anyone calls have then
    struct Charter {
        address authority;
        IResidents residents;
        IConsultations results;
        uint16 turnoutFloor_bps;
        uint16 petition_bps;
        uint16 rollFloor_bps;
        uint40 appealPeriod_s;
        uint40 juryPeriod_s;
        uint40 silence_s;
        uint40 patience_s;
        uint40 notice_s;
        uint40 voting_s;
    }

    /// @param subject whose promises they are
    /// @param endsAt unix seconds; 0 for one that was cancelled
    /// @param promiseCount how many are pledged
    /// @param pledged_bps their weights' sum; the mandate is pledged at 10,000
    /// @param supply Cred minted once it is pledged
    /// @param capital Cred left; what it burns is never another mandate's, though a wallet shows their sum
    /// @param frozen the part of it that nobody judged, the sum of its promises'
    /// @param judged whether an evaluation that burns was ever attached, or a promise declared unjudged
    /// @param textsHash of the promises' texts, in order: h(0) = 0, h(i + 1) = keccak256(h(i) ‖ textHash of promise i)
    struct Mandate {
        address subject;
        uint40 endsAt;
        uint16 promiseCount;
        uint16 pledged_bps;
        uint64 supply;
        uint64 capital;
        uint64 frozen;
        bool judged;
        bytes32 textsHash;
    }

    /// @param title the promise in a line, for whoever signs it
    /// @param textHash keccak256 of the promise's text
    /// @param uri where the text is
    /// @param weight_bps its part of the mandate; all weights sum to 10,000
    /// @param dueAt unix seconds from which it may be judged, within the mandate
    /// @dev EIP-712 `Pledge(string title,bytes32 textHash,string uri,uint16 weight_bps,uint40 dueAt)`
    struct Pledge {
        string title;
        bytes32 textHash;
        string uri;
        uint16 weight_bps;
        uint40 dueAt;
    }

    /// @param stake Cred that rests on it
    /// @param burnt Cred that it cost, by the last finding
    /// @param frozen Cred that is neither kept nor burnt, for nobody has judged it yet
    /// @param dueAt unix seconds from which it may be judged
    /// @param hasEvidence whether the subject brought evidence, and so may be judged early
    struct Promise {
        uint64 stake;
        uint64 burnt;
        uint64 frozen;
        uint40 dueAt;
        State state;
        bool hasEvidence;
    }

    /// @param opensAt unix seconds from which it is voted on; what is due only later is judged early
    /// @param publishedAt unix seconds at which the result became known here; 0 before
    /// @param midTerm a round to inform, which never burns
    /// @param over settled, annulled or released
    /// @param promises one byte for each promise judged, in the order of the ballot
    struct Evaluation {
        uint48 mandate;
        uint48 consultation;
        uint40 opensAt;
        uint40 publishedAt;
        bool midTerm;
        bool over;
        bytes promises;
    }

    /// @notice Thrown when the charter's parts are out of range.
    error Promises_InvalidCharter();
    /// @notice Thrown when a mandate has no subject, no population, or ends in the past.
    error Promises_InvalidMandate();
    /// @notice Thrown when a mandate does not exist.
    error Promises_NoMandate(uint256 mandate);
    /// @notice Thrown when a mandate was cancelled.
    error Promises_Cancelled(uint256 mandate);
    /// @notice Thrown when a mandate that is over would be ended.
    error Promises_MandateOver(uint256 mandate, uint40 endsAt);
    /// @notice Thrown when a mandate would be cancelled of which something was judged.
    error Promises_JudgedAlready(uint256 mandate);
    /// @notice Thrown when the subject has pledged already.
    error Promises_PledgedOnce(uint256 mandate);
    /// @notice Thrown when an act waits for the rest of the pledges.
    error Promises_NotPledged(uint256 mandate, uint16 pledged_bps);
    /// @notice Thrown when a part of the pledges does not begin where those before it ended.
    error Promises_OutOfTurn(uint256 mandate, uint256 first, uint256 next);
    /// @notice Thrown when there are no promises, or more than a mandate holds.
    error Promises_PromiseCount(uint256 count, uint256 maximum);
    /// @notice Thrown when the weights exceed 10,000 together.
    error Promises_WeightsSum(uint256 sum_bps);
    /// @notice Thrown when a promise would be due already, or is due only after the mandate, which may have been ended.
    error Promises_DueOutsideMandate(uint256 promiseId, uint40 dueAt);
    /// @notice Thrown when an act does not fit where the promise stands.
    error Promises_WrongState(uint256 mandate, uint256 promiseId, State state);
    /// @notice Thrown when a resident brings counter-evidence a second time.
    error Promises_CounterEvidenceOnce(uint256 mandate, uint256 promiseId, address resident);
    /// @notice Thrown when counter-evidence comes from no active citizen.
    error Promises_NotACitizen(address account);
    /// @notice Thrown when an evaluation is attached to a consultation that has opened, or does not exist: its result
    /// could be chosen.
    error Promises_NotScheduled(uint256 consultation);
    /// @notice Thrown when the consultation asks something else, or in another way.
    error Promises_OtherSubject(uint256 consultation);
    /// @notice Thrown when one consultation would serve two evaluations.
    error Promises_ConsultationTaken(uint256 consultation);
    /// @notice Thrown when a promise is judged before it is due, without evidence of its subject or a second time.
    error Promises_TooEarly(uint256 promiseId, uint40 dueAt);
    /// @notice Thrown when an evaluation is not on the citizens' roll sealed last, or that one is too old.
    error Promises_OtherRoll(uint256 consultation);
    /// @notice Thrown when an evaluation's roll has fewer accounts than the part of the town's citizens that it takes.
    error Promises_RollTooSmall(uint256 size, uint256 least);
    /// @notice Thrown when an evaluation that burns opens sooner after it is attached than one that anyone calls.
    error Promises_NoticeTooShort(uint256 opensAt, uint256 earliest);
    /// @notice Thrown when an evaluation that burns is open for less time than one that anyone calls.
    error Promises_VoteTooShort(uint256 closesAt, uint256 earliest);
    /// @notice Thrown when an evaluation that burns has another secrecy minimum than one that anyone calls.
    error Promises_OtherMinimum(uint256 minimum, uint256 called);
    /// @notice Thrown when anyone has a promise judged, or declares it unjudged, before the time.
    error Promises_NotSilent(uint256 promiseId, uint256 from);
    /// @notice Thrown when no promise is named.
    error Promises_NothingNamed();
    /// @notice Thrown when promises are declared unjudged while a vote on them can be called.
    error Promises_CanBeJudged();
    /// @notice Thrown when the town's authority lets this contract call no vote.
    error Promises_MayNotCall();
    /// @notice Thrown when no key is ready that nobody reserved.
    error Promises_NoKey();
    /// @notice Thrown when too little gas is left for the town's Rulebook to have `promised` of it to answer whether a
    /// vote can be called.
    error Promises_OutOfGas(uint256 promised);
    /// @notice Thrown when an evaluation does not exist, or is over.
    error Promises_NoEvaluation(uint256 evaluation);
    /// @notice Thrown when the consultation has no result yet.
    error Promises_NoResult(uint256 evaluation, IResults.Status status);
    /// @notice Thrown when a stalled evaluation is released while its trustees may still come.
    error Promises_NotLate(uint256 from);
    /// @notice Thrown when a result is published twice.
    error Promises_AlreadyPublished(uint256 evaluation);

    event MandateOpened(
        uint256 indexed mandate, address indexed subject, uint40 endsAt, uint256 supply, bytes32 termsHash
    );
    event MandateEnded(uint256 indexed mandate, bytes32 documentHash);
    event MandateCancelled(uint256 indexed mandate, uint256 burnt, bytes32 documentHash);
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
    event PromiseUnjudged(uint256 indexed mandate, uint256 indexed promiseId);
    event Released(uint256 indexed evaluation);
    event PromiseSettled(
        uint256 indexed mandate,
        uint256 indexed promiseId,
        uint256 opinions,
        uint256 missing,
        uint256 burnt,
        uint256 frozen
    );
    event EvaluationSettled(
        uint256 indexed evaluation, uint256 indexed mandate, uint256 burnt, uint256 givenBack, uint256 capital
    );

    /// @notice Opens a mandate.
    /// @param termsHash hash of the document that appoints the subject
    function openMandate(address subject, uint40 endsAt, Supply supply, bytes32 termsHash)
        external
        returns (uint256 mandate);

    /// @notice Ends a mandate before its time: death, resignation. What was due by then is still judged; what rests on
    /// the rest is frozen for good. The clerk's.
    /// @param documentHash hash of the document that says so
    function endMandate(uint256 mandate, bytes32 documentHash) external;

    /// @notice Cancels a mandate of which nothing was judged, with all its Cred. The clerk's.
    /// @param documentHash hash of the document that says why
    function cancelMandate(uint256 mandate, bytes32 documentHash) external;

    /// @notice The subject fixes its promises, once, in one part or in several that follow each other; with the last
    /// the weights sum to 10,000, and the Cred is minted.
    /// @param first how many were pledged before this part
    /// @dev EIP-712 `Pledges(uint256 mandate,uint256 first,Pledge[] pledges,uint256 deadline)`: a wallet shows each
    function pledge(
        uint256 mandate,
        uint256 first,
        Pledge[] calldata pledges,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice The subject adds to a promise that nobody judges yet; nothing is taken away.
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

    /// @notice A citizen brings counter-evidence, once for a promise.
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

    /// @notice Attaches a scheduled consultation whose question, which its options' hash repeats, and rule are those of
    /// `questionOf` and `evaluationRuleHash`, over the citizens' roll sealed last. One that burns opens no sooner from
    /// now and lasts no less than one that anyone calls (`callEvaluation`), and has its secrecy minimum; a mid-term
    /// round is as the town's Rulebook lets it open.
    /// @param promises one byte for each promise judged
    /// @param midTerm a round to inform, which never burns
    /// @dev A vote that opens before a promise is due judges it early, one that opens later for good, whenever it was
    /// attached. What was settled early may be judged once more from the day on which it is due, and not before: so the
    /// last finding is one of what was due.
    function attachEvaluation(uint256 mandate, bytes calldata promises, uint256 consultation, bool midTerm)
        external
        returns (uint256 evaluation);

    /// @notice Has promises judged that have been due for `silence_s`, by a consultation over the citizens' roll sealed
    /// last, which is announced for `notice_s` and open for `voting_s`, or as long as the town's Rulebook asks. Open to
    /// anyone.
    /// @param ceremonyId of a key that is ready and that nobody reserved
    function callEvaluation(uint256 mandate, bytes calldata promises, uint256 ceremonyId)
        external
        returns (uint256 evaluation);

    /// @notice Declares promises unjudged that have been due for `silence_s` and `patience_s`, while no vote on the
    /// first of them can be called, for want of a current roll that is large enough, of a key, or of the authority's or
    /// the Rulebook's leave: their stakes, but what an early finding burnt, are frozen until somebody has them judged.
    /// Open to anyone.
    function declareUnjudged(uint256 mandate, bytes calldata promises) external;

    /// @notice Takes note of a result; the time to appeal runs from here. Open to anyone.
    function publish(uint256 evaluation) external;

    /// @notice Gives the promises back for another evaluation when the consultation's result is withheld or was
    /// annulled, or its trustees are `patience_s` late. Open to anyone.
    function release(uint256 evaluation) external;

    /// @notice Burns what the evaluation says, once, when its result stands (IAppeals). Of a promise that is judged
    /// once more the last finding counts: what the first one burnt is given back. What a finding of fewer than the
    /// turnout floor leaves is frozen (Burn). Open to anyone.
    function settle(uint256 evaluation) external;

    /// @notice A mandate; its capital is what remains of its supply, also after its end.
    function mandateOf(uint256 mandate) external view returns (Mandate memory);

    /// @notice A promise.
    function promiseOf(uint256 mandate, uint256 promiseId) external view returns (Promise memory);

    /// @notice An evaluation.
    function evaluationOf(uint256 evaluation) external view returns (Evaluation memory);

    /// @notice Reverts unless a vote on these promises could be called now, whenever they are due: there are a roll, a
    /// key, and the authority's and the Rulebook's leave.
    function requireCallable(uint256 mandate, bytes calldata promises) external view;

    /// @notice The question's hash that a consultation must carry to judge these promises: it binds whose they are, and
    /// their texts.
    function questionOf(uint256 mandate, bytes calldata promises, bool midTerm) external view returns (bytes32);

    /// @notice The rule's hash for `count` promises: each a ciphertext over {1 + (4 − l)·M for l = 0…4} ∪ {0 for no
    /// opinion}.
    function evaluationRuleHash(uint256 count) external pure returns (bytes32);

    /// @notice How many mandates there were; they are numbered from 1.
    function mandates() external view returns (uint256);

    /// @notice How many evaluations there were; they are numbered from 1.
    function evaluations() external view returns (uint256);
}
