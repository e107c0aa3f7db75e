// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "../Point.sol";
import {Dleq} from "../Dleq.sol";
import {Knowledge} from "../Knowledge.sol";

/// @title A key that no single trustee holds
/// @notice n trustees make a public key together, on the chain; any t of them can open what it encrypts, fewer can't.
///
/// Pedersen's distributed key generation ("A threshold cryptosystem without a trusted party", EUROCRYPT 1991) with
/// Feldman's verifiable shares (FOCS 1987), in phases that only move forward:
///
/// Enrolment → Commit → Deal → Complaints → Acknowledgement → KeyReady | KeyFailed
///
/// - Enrolment: each trustee j registers an encryption key K_j made for this ceremony, and proves that it knows its
///   secret.
/// - Commit: each dealer i commits to the hash of its whole deal, so that nobody chooses after having seen the others',
///   and names the trustees for whom it is. Who was not shown all that enrolled is refused, not found at fault later.
/// - Deal: the deal is opened. It holds C_{i,k} = a_{i,k}·G, k < t, for a polynomial f_i of degree t − 1; an ephemeral
///   key E_i; proofs of knowledge of a_{i,0} and of E_i's secret; and for each j the share f_i(j), masked by a hash of
///   ε_i·K_j.
/// - Complaints: who received a wrong share shows ε_i·K_j, with a proof that it is that point. The contract unmasks the
///   share, tests f_i(j)·G = Σ_k j^k·C_{i,k} in exact coordinates, and excludes whoever is wrong: the dealer or the
///   accuser.
/// - Conclusion: h = Σ_i C_{i,0} and X_j = Σ_i Σ_k j^k·C_{i,k} over the qualified dealers, those who dealt and weren't
///   excluded.
/// - Acknowledgement: each holder signs h and her own X_j, with a proof that she knows x_j. With t of them the key
///   stands: a share that its holder cannot open is found before people vote, and voters believe no node for h.
///
/// A trustee acts by a slip: her account's signature (EIP-712) over what she says, which anyone posts and every event
/// repeats, last. So trustees need no ether, may be smart accounts (ERC-1271) that stand when the ceremony opens, and
/// whoever reads the events recovers who spoke, whatever a node tells of it. A step carries neither nonce nor deadline:
/// it is taken once in a ceremony, and its phase ends. The steps "enrol", "commit", "deal" and "complain" are EIP-712
/// `TrusteeStep(uint256 ceremony,uint256 trustee,string step,bytes32 messageHash)`, messageHash being
/// keccak256(abi.encode(…)) of the function's other arguments, in its order; the last is EIP-712
/// `Acknowledgement(uint256 ceremony,uint256 trustee,uint256 keyX,uint256 keyY,uint256 shareX,uint256 shareY,bytes32
/// settingHash)`.
///
/// A trustee who enrolled without dealing still holds its shares; an absent one costs nothing while t dealers remain.
/// The byte layout of every message is in docs/ceremony-format.md.
///
/// What excluding can do: a coalition may, after the deals are open, still choose which of *its own* deals count, so it
/// picks h among at most 2^f keys for f dishonest dealers; it learns the secret of none of them (Gennaro, Jarecki,
/// Krawczyk, Rabin, J. Cryptology 2007, §4).
interface IKeyCeremony {
    /// @notice Where a ceremony stands; phases only grow.
    enum Phase {
        None,
        Enrolment,
        Commit,
        Deal,
        Complaints,
        Acknowledgement,
        KeyReady,
        KeyFailed
    }

    /// @notice All that a dealer publishes, and commits to beforehand.
    /// @param commitments C_{i,0} … C_{i,t−1}, the dealer's polynomial in the exponent.
    /// @param ephemeral E_i = ε_i·G, a key made for this deal.
    /// @param secretProof Knowledge of a_{i,0}: nobody can choose C_{i,0} as a function of the others' and cancel them.
    /// @param ephemeralProof Knowledge of ε_i: nobody can copy an honest dealer's E_i, and have an honest complaint
    /// open that dealer's share.
    /// @param shares f_i(j) + mask_{ij} mod N for j = 1 … n; an entry of who didn't enrol is ignored.
    struct Deal {
        Point[] commitments;
        Point ephemeral;
        Knowledge.Proof secretProof;
        Knowledge.Proof ephemeralProof;
        uint256[] shares;
    }

    /// @notice Emitted when the returning officer opens a ceremony.
    /// @param id The ceremony, numbered from 1.
    /// @param consumer The one contract that may use the key.
    /// @param trustees Their accounts; a trustee's index is its position here, from 1.
    /// @param threshold How many shares open a total.
    /// @param reserved Whether the key is for what the returning officer opens, not for votes that a contract calls.
    /// @param durations Of Enrolment, Commit, Deal, Complaints and Acknowledgement, in seconds.
    /// @param settingHash What `settingHash` tells.
    event CeremonyOpened(
        uint256 indexed id,
        address indexed consumer,
        address[] trustees,
        uint8 threshold,
        bool reserved,
        uint32[5] durations,
        bytes32 settingHash
    );

    /// @notice Emitted when a phase starts.
    /// @param endsAt Its deadline in unix seconds; 0 for a final phase.
    event PhaseStarted(uint256 indexed id, Phase indexed phase, uint40 endsAt);

    /// @notice Emitted when a trustee has registered its encryption key.
    /// @param signature The trustee's, as in every event below that has one.
    event Enrolled(uint256 indexed id, uint256 indexed index, Point key, Knowledge.Proof proof, bytes signature);

    /// @notice Emitted when a dealer has committed to its deal.
    /// @param enrolled For whom it is, all that enrolled: bit j − 1 is trustee j.
    event Committed(uint256 indexed id, uint256 indexed index, bytes32 dealHash, uint16 enrolled, bytes signature);

    /// @notice Emitted when a dealer has opened its deal.
    event Dealt(uint256 indexed id, uint256 indexed index, Deal deal, bytes signature);

    /// @notice Emitted when a complaint has shown that a dealer dealt a wrong share.
    /// @param shared The Diffie–Hellman point that masks the share; with `proof` and what the events before it tell,
    /// anyone judges the complaint again.
    /// @param signature The accuser's.
    event DealerExcluded(
        uint256 indexed id,
        uint256 indexed dealer,
        uint256 indexed accuser,
        Point shared,
        Dleq.Proof proof,
        bytes signature
    );

    /// @notice Emitted when a complaint has shown that its share was right; as `DealerExcluded`.
    event AccuserExcluded(
        uint256 indexed id,
        uint256 indexed accuser,
        uint256 indexed dealer,
        Point shared,
        Dleq.Proof proof,
        bytes signature
    );

    /// @notice Emitted when the keys are computed, and wait to be acknowledged.
    /// @param key h, under which ballots will be encrypted.
    /// @param shareKeys X_j at position j − 1; (0, 0) for who holds no share.
    event KeyProposed(uint256 indexed id, Point key, Point[] shareKeys);

    /// @notice Emitted when a holder has acknowledged the key and her share of it.
    event Acknowledged(uint256 indexed id, uint256 indexed index, Knowledge.Proof proof, bytes signature);

    /// @notice Emitted when the key stands.
    event KeyReady(uint256 indexed id);

    /// @notice Emitted when the contract that the key is for has taken it.
    event KeyUsed(uint256 indexed id);

    /// @notice Emitted when a ceremony has ended without a key.
    event KeyFailed(uint256 indexed id);

    /// @notice Thrown when there are more than `MAX_TRUSTEES` trustees, fewer than the threshold, or a threshold under
    /// 2.
    error KeyCeremony_BadThreshold(uint256 threshold, uint256 trustees);

    /// @notice Thrown when trustees' addresses aren't strictly ascending from above zero: so none comes twice.
    error KeyCeremony_TrusteesNotAscending(uint256 position);

    /// @notice Thrown when the contract that the key would be for has no code.
    error KeyCeremony_NoConsumer(address consumer);

    /// @notice Thrown when an act doesn't belong to the phase in which the ceremony stands.
    error KeyCeremony_WrongPhase(uint256 id, Phase phase);

    /// @notice Thrown when the deadline of the phase has passed.
    error KeyCeremony_TooLate(uint256 id, uint256 endsAt);

    /// @notice Thrown when the deadline of the phase hasn't passed.
    error KeyCeremony_TooEarly(uint256 id, uint256 endsAt);

    /// @notice Thrown when the account of the trustee of that index, if there is one, did not sign this very step.
    error KeyCeremony_NotSigned(uint256 id, uint256 index);

    /// @notice Thrown when a trustee acts in a phase for which it must have acted in the one before, and it hasn't.
    error KeyCeremony_Absent(uint256 id, uint256 index);

    /// @notice Thrown when a dealer commits to a deal for other trustees than those who enrolled.
    error KeyCeremony_OtherEnrolled(uint256 id, uint256 index);

    /// @notice Thrown when a trustee does the same thing twice.
    error KeyCeremony_AlreadyDone(uint256 id, uint256 index);

    /// @notice Thrown when a trustee complains of its own deal: it would take it back after having seen the others'.
    error KeyCeremony_OwnDeal(uint256 id, uint256 index);

    /// @notice Thrown when a trustee, accused or accusing, has been excluded.
    error KeyCeremony_Excluded(uint256 id, uint256 index);

    /// @notice Thrown when a proof of knowledge of an encryption key, a secret, an ephemeral key or a share is wrong.
    error KeyCeremony_BadKnowledge(uint256 id, uint256 index);

    /// @notice Thrown when a deal isn't the one committed to.
    error KeyCeremony_NotTheDeal(uint256 id, uint256 index);

    /// @notice Thrown when a deal doesn't hold exactly `threshold` commitments and one share for each trustee.
    error KeyCeremony_BadLengths(uint256 id, uint256 index);

    /// @notice Thrown when a commitment isn't a point of the curve.
    error KeyCeremony_OffCurve(uint256 id, uint256 index);

    /// @notice Thrown when the key shown isn't the one that the trustee enrolled.
    error KeyCeremony_NotTheKey(uint256 id, uint256 index);

    /// @notice Thrown when a complaint doesn't prove its Diffie–Hellman point.
    error KeyCeremony_BadComplaint(uint256 id, uint256 accuser, uint256 dealer);

    /// @notice Thrown when the deals handed in to conclude aren't as many as the qualified dealers.
    error KeyCeremony_WrongDeals(uint256 id, uint256 expected, uint256 given);

    /// @notice Thrown when a key is asked of a ceremony that hasn't made one.
    error KeyCeremony_NoKey(uint256 id);

    /// @notice Thrown when another contract than the one that the key is for would use it.
    error KeyCeremony_NotConsumer(uint256 id, address caller);

    /// @notice Thrown when a key would be used a second time.
    error KeyCeremony_Used(uint256 id);

    /// @notice Thrown when the key of who holds no share is asked, or who holds none acknowledges.
    error KeyCeremony_NoShare(uint256 id, uint256 index);

    /// @notice The most trustees a ceremony may have, 16: what keeps `conclude` (n·t points in calldata, n share keys
    /// computed and stored) well under the gas of one transaction, and every Lagrange coefficient of a tally an integer
    /// below 2²⁴ once denominators are cleared.
    function MAX_TRUSTEES() external view returns (uint256);

    /// @notice Opens a ceremony. Only the returning officer.
    /// @param consumer The one contract that may use the key, once. Its rulebook says how long phases must be.
    /// @param trustees Their accounts, strictly ascending.
    /// @param threshold t, how many shares open a total; at least 2: no one holds the ballots' key alone.
    /// @param reserved Whether the key is kept for what the returning officer opens: a vote that a contract calls may
    /// not take it.
    /// @param durations Of Enrolment, Commit, Deal, Complaints and Acknowledgement, in seconds. Durations, not dates: a
    /// phase starts when the one before has ended, and who advances late takes nobody's time.
    function open(
        address consumer,
        address[] calldata trustees,
        uint8 threshold,
        bool reserved,
        uint32[5] calldata durations
    ) external returns (uint256 id);

    /// @notice Registers a trustee's encryption key. The last to enrol starts Commit.
    /// @param index The trustee's, from 1; as everywhere below.
    /// @param signature Of the trustee's account over this step; as everywhere below.
    function enrol(
        uint256 id,
        uint256 index,
        Point calldata key,
        Knowledge.Proof calldata proof,
        bytes calldata signature
    ) external;

    /// @notice Commits to the hash of a trustee's deal. The last to commit starts Deal.
    /// @param enrolled For whom the deal is, as bits: `acts`. All that enrolled, or it is refused.
    function commit(uint256 id, uint256 index, bytes32 dealHash, uint16 enrolled, bytes calldata signature) external;

    /// @notice Opens a trustee's deal. The last to deal starts Complaints.
    function deal(uint256 id, uint256 index, Deal calldata opened, bytes calldata signature) external;

    /// @notice Accuses a dealer of a wrong share. The accuser is excluded if the share is right, the dealer if it is
    /// wrong; the share is public from then on.
    /// @param accuser The index of who signs.
    /// @param dealer Whose deal is accused.
    /// @param opened That deal.
    /// @param key The accuser's encryption key K_j.
    /// @param shared DH = k_j·E_i.
    /// @param proof That log_G K_j = log_{E_i} DH.
    function complain(
        uint256 id,
        uint256 accuser,
        uint256 dealer,
        Deal calldata opened,
        Point calldata key,
        Point calldata shared,
        Dleq.Proof calldata proof,
        bytes calldata signature
    ) external;

    /// @notice Ends Enrolment, Commit, Deal or Acknowledgement after its deadline. Anyone. Fewer than t who acted: the
    /// ceremony has failed.
    function advance(uint256 id) external;

    /// @notice Ends Complaints after its deadline, computes the keys and starts Acknowledgement. Anyone.
    /// @param deals Of the qualified dealers, in the order of their indices.
    function conclude(uint256 id, Deal[] calldata deals) external;

    /// @notice Acknowledges h and a holder's share key X_j. The last holder to do so makes the key ready.
    /// @param proof Knowledge of x_j, for this key in this setting.
    function acknowledge(uint256 id, uint256 index, Knowledge.Proof calldata proof, bytes calldata signature) external;

    /// @notice Takes the key, once. Only the contract that it is for.
    /// @return key h.
    function use(uint256 id) external returns (Point memory key);

    /// @notice How many ceremonies were opened; also the id of the last one.
    function ceremonies() external view returns (uint256);

    /// @notice Where the ceremony stands, and the deadline of that phase in unix seconds (0 when final).
    function phase(uint256 id) external view returns (Phase current, uint256 endsAt);

    /// @notice Who did what, as bit masks: bit j − 1 is trustee j.
    function acts(uint256 id)
        external
        view
        returns (uint256 enrolled, uint256 committed, uint256 dealt, uint256 excluded, uint256 acknowledged);

    /// @notice n, the number of trustees named when the ceremony opened.
    function trustees(uint256 id) external view returns (uint256);

    /// @notice t, how many shares open a total.
    function threshold(uint256 id) external view returns (uint256);

    /// @notice The account of trustee `index`; zero when there is none.
    function trustee(uint256 id, uint256 index) external view returns (address);

    /// @notice Which trustees' accounts were contracts when the ceremony opened: bit j − 1 for trustee j. These alone
    /// may answer for themselves (ERC-1271); the others sign by their keys, whatever code they come to have or borrow.
    function contracts(uint256 id) external view returns (uint256);

    /// @notice What every acknowledgement signs: keccak256(abi.encode(TAG_SETTING, chain id, this contract, id,
    /// consumer, trustees, threshold)), TAG_SETTING = keccak256("beffroi.vote.ceremony.setting").
    function settingHash(uint256 id) external view returns (bytes32);

    /// @notice Whether the key is kept for what the returning officer opens.
    function isReserved(uint256 id) external view returns (bool);

    /// @notice How many keys are ready for a contract, unused and not reserved.
    function available(address consumer) external view returns (uint256);

    /// @notice h. Reverts unless the key is ready.
    function publicKey(uint256 id) external view returns (uint256 x, uint256 y);

    /// @notice X_j = x_j·G, against which the decryption shares of trustee `index` are verified. Reverts unless it
    /// holds a share.
    function shareKey(uint256 id, uint256 index) external view returns (uint256 x, uint256 y);

    /// @notice The hash that the dealer of that index commits to.
    function hashDeal(uint256 id, uint256 index, Deal calldata opened) external view returns (bytes32);
}
