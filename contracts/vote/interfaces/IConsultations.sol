// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "../Dleq.sol";
import {Point} from "../Point.sol";
import {Rule} from "../Rule.sol";
import {IKeyCeremony} from "./IKeyCeremony.sol";
import {IResults} from "./IResults.sol";
import {IRulebook} from "./IRulebook.sol";

/// @title IConsultations
/// @notice Secret ballots that the contract itself verifies, over a sealed roll, opened only as totals by t of n
/// trustees. Bytes: docs/ballot-format.md. Argument: docs/vote-soundness.md.
interface IConsultations is IResults {
    /// @notice Why a ballot of a batch was left out.
    enum Refusal {
        None,
        Sequence,
        AlreadyVoted,
        Signature,
        Proof
    }

    /// @notice What opens a consultation, within the bounds of the Rulebook.
    /// @param ceremonyId The key ceremony whose key this consultation, and no other, uses.
    /// @param rollRoot The sealed roll, leaves [index, voter] (see RollProof).
    /// @param rollSize How many voters, 1 … M − 1 (see Rule).
    /// @param opensAt When voting starts, unix seconds.
    /// @param closesAt When voting ends (exclusive), unix seconds.
    /// @param tallyBy When the trustees are late, unix seconds.
    /// @param secrecyMinimum The number of ballots below which nothing is ever decrypted.
    /// @param questionHash keccak of the question's text.
    /// @param optionsHash keccak of the options' text.
    /// @param uri Where the texts are.
    struct Terms {
        uint256 ceremonyId;
        bytes32 rollRoot;
        uint32 rollSize;
        uint40 opensAt;
        uint40 closesAt;
        uint40 tallyBy;
        uint32 secrecyMinimum;
        bytes32 questionHash;
        bytes32 optionsHash;
        string uri;
        Rule rule;
    }

    /// @notice The ballot that a re-vote replaces.
    /// @param batch The batch that counted it.
    /// @param ciphertexts Its ciphertexts.
    /// @param proof Of its leaf in that batch's root.
    struct Replaced {
        uint256 batch;
        bytes ciphertexts;
        bytes32[] proof;
    }

    /// @notice From now on this Rulebook says what terms consultations may have.
    event RulebookSet(IRulebook rulebook);
    /// @notice A consultation was opened.
    event ConsultationOpened(uint256 indexed consultation, uint256 indexed ceremonyId, bytes32 paramsHash, Terms terms);
    /// @notice Ballots were counted: all of `records`, except those refused in the same batch.
    event BallotsCast(uint256 indexed consultation, uint256 indexed batch, bytes32 root, bytes records);
    /// @notice The record at `position` of this batch was left out.
    event BallotRefused(
        uint256 indexed consultation, uint256 indexed batch, uint256 position, uint256 index, Refusal reason
    );
    /// @notice The voter's previous ballot, of batch `replaced`, no longer counts; the new one has sequence `seq`.
    event BallotReplaced(uint256 indexed consultation, uint256 indexed index, uint256 seq, uint256 replaced);
    /// @notice Voting is over; these are the totals, (R_i, S_i) for each ciphertext, infinity as (0, 0).
    event ConsultationClosed(uint256 indexed consultation, uint256 ballots, Point[] totals);
    /// @notice A trustee's share of every total was accepted, which she signed.
    event ShareSubmitted(
        uint256 indexed consultation, uint256 indexed trustee, Point[] shares, Dleq.Proof[] proofs, bytes signature
    );
    /// @notice The result stands.
    event ConsultationTallied(uint256 indexed consultation, uint256 ballots, uint256[] counts);

    /// @notice Thrown when a contract calls a vote with a key that the returning officer reserved.
    error Consultations_KeyReserved(uint256 ceremonyId);
    /// @notice Thrown when an act comes outside its phase.
    error Consultations_WrongPhase(uint256 id, Status status);
    /// @notice Thrown when records, or a ballot, have not the length their rule and headers give them.
    error Consultations_BadLength();
    /// @notice Thrown when the indices of a batch do not increase, or one is not below the roll's size.
    error Consultations_BadIndex(uint256 index);
    /// @notice Thrown when (index, voter) pairs are not on the sealed roll.
    error Consultations_NotOnRoll();
    /// @notice Thrown when a ballot cast alone is refused.
    error Consultations_Refused(Refusal reason);
    /// @notice Thrown when the ballot to be replaced is not the one that counts for this voter.
    error Consultations_NotReplaceable();
    /// @notice Thrown when a trustee's share is wrong.
    error Consultations_BadShare(uint256 trustee, uint256 ciphertext);
    /// @notice Thrown when the trustee did not sign these shares.
    error Consultations_NotSigned(uint256 trustee);
    /// @notice Thrown when a trustee answers twice.
    error Consultations_ShareAlreadySubmitted(uint256 trustee);
    /// @notice Thrown when the shares are not those of exactly t trustees, as submitted.
    error Consultations_UnknownShares();
    /// @notice Thrown when these counts are not what the totals encrypt.
    error Consultations_WrongCounts(uint256 ciphertext);

    /// @notice Lets a Rulebook say what terms consultations may have from now on; before the first none opens, and what
    /// is open keeps its terms. ADMIN only, whose acts a town announces: a Rulebook that lets counters overflow makes
    /// later counts void.
    function setRulebook(IRulebook next) external;

    /// @notice Opens a consultation. Returning officer only.
    function open(Terms calldata terms) external returns (uint256 id);

    /// @notice Opens a consultation that the town's rules ask for, without the officer. Contracts in the office CALLER
    /// only: the roll must be the citizens' one that was sealed last, and the key nobody's.
    function call(Terms calldata terms) external returns (uint256 id);

    /// @notice Posts a voter's first ballot, which she signed. Anyone may, she too.
    /// @dev EIP-712 `Ballot(uint256 consultation,address voter,uint256 seq,bytes32 ballotHash)`, seq 0. No nonce and no
    /// deadline: a sequence serves once, and the vote ends.
    function cast(
        uint256 id,
        uint256 index,
        address voter,
        bytes calldata ballot,
        bytes calldata signature,
        bytes32[] calldata rollProof
    ) external;

    /// @notice Posts the ballot by which a voter replaces hers. Anyone may.
    /// @dev Over the EIP-712 message of `cast`, with the next seq.
    function castAgain(
        uint256 id,
        uint256 index,
        address voter,
        bytes calldata ballot,
        bytes calldata signature,
        bytes32[] calldata rollProof,
        Replaced calldata replaced
    ) external;

    /// @notice Posts signed first ballots; anyone may. A bad one is named by `BallotRefused` and left out, and the
    /// others count. What the poster alone decides (order, lengths, who is on the roll) reverts.
    /// @param records Concatenated records, by increasing roll index.
    /// @param rollProof The multiproof of all of them.
    /// @dev Each over the EIP-712 message of `cast`.
    function castBatch(uint256 id, bytes memory records, bytes32[] calldata rollProof) external;

    /// @notice Ends the voting after `closesAt`. Anyone.
    function close(uint256 id) external;

    /// @notice Adds trustee `trustee`'s share of every total, in order, which she signed. Anyone may post it. Where R_i
    /// is infinite the share is (0, 0), with any proof, which is not read.
    /// @dev EIP-712 `Share(uint256 consultation,uint256 trustee,bytes32 sharesHash)` by the trustee's account in the
    /// ceremony, sharesHash = keccak256(abi.encode(shares)). The proofs say that it is right, the signature whose it
    /// is: two of one trustee that differ show that she opened two counts.
    function submitShare(
        uint256 id,
        uint256 trustee,
        Point[] calldata shares,
        Dleq.Proof[] calldata proofs,
        bytes calldata signature
    ) external;

    /// @notice Fixes the result. Anyone.
    /// @param trustees t trustees who submitted, strictly increasing.
    /// @param shares shares[a] are those of trustees[a].
    /// @param results For each ciphertext, low + M·high.
    function finalise(uint256 id, uint256[] calldata trustees, Point[][] calldata shares, uint256[] calldata results)
        external;

    /// @notice What every ballot of the consultation is bound to.
    function paramsHash(uint256 id) external view returns (bytes32);

    /// @notice The domain of the ballots' context.
    function ballotDomain(uint256 id) external view returns (bytes32);

    /// @notice The key, ceremony and dates.
    function terms(uint256 id)
        external
        view
        returns (
            Point memory key,
            uint256 ceremonyId,
            bytes32 root,
            uint256 opensAt,
            uint256 closesAt,
            uint256 tallyBy,
            uint256 secrecyMinimum
        );

    /// @notice The rule.
    function rule(uint256 id) external view returns (Rule memory);

    /// @notice Whether this voter's ballot is counted, and the sequence number of the ballot that counts.
    function turnout(uint256 id, uint256 index) external view returns (bool voted, uint256 seq);

    /// @notice The running totals (R_i, S_i).
    function totals(uint256 id) external view returns (Point[] memory);

    /// @notice How many batches were counted, and the root of one.
    function batches(uint256 id) external view returns (uint256);
    function batchRoot(uint256 id, uint256 batch) external view returns (bytes32);

    /// @notice What says which terms a consultation may have.
    function rulebook() external view returns (IRulebook);

    /// @notice Where the keys are made.
    function CEREMONIES() external view returns (IKeyCeremony);

    /// @notice How many consultations were opened; also the id of the last one.
    function consultations() external view returns (uint256);

    /// @notice The EIP-712 domain separator of slips.
    function slipDomain() external view returns (bytes32);
}
