// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "../Point.sol";
import {Dleq} from "../Dleq.sol";
import {Knowledge} from "../Knowledge.sol";

/// @title A key that no single trustee holds
/// @notice n trustees make a public key together, on the chain; any t of them can open what it encrypts, fewer can't.
///
/// Pedersen's distributed key generation ("A threshold cryptosystem without a trusted party", EUROCRYPT 1991) with
/// Feldman's verifiable shares (FOCS 1987), in six phases that only move forward:
///
/// Enrolment → Commit → Deal → Complaints → KeyReady | KeyFailed
///
/// - Enrolment: each trustee j registers an encryption key K_j made for this ceremony, and proves that it knows its
///   secret.
/// - Commit: each dealer i commits to the hash of its whole deal, so that nobody chooses after having seen the others'.
/// - Deal: the deal is opened. It holds C_{i,k} = a_{i,k}·G, k < t, for a polynomial f_i of degree t − 1; an ephemeral
///   key E_i; proofs of knowledge of a_{i,0} and of E_i's secret; and for each j the share f_i(j), masked by a hash of
///   ε_i·K_j.
/// - Complaints: who received a wrong share shows ε_i·K_j, with a proof that it is that point. The contract unmasks the
///   share, tests f_i(j)·G = Σ_k j^k·C_{i,k} in exact coordinates, and excludes whoever is wrong: the dealer or the
///   accuser.
/// - Conclusion: h = Σ_i C_{i,0} and X_j = Σ_i Σ_k j^k·C_{i,k} over the qualified dealers, those who dealt and weren't
///   excluded.
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
    /// @param trustees Their accounts; a trustee's index is its position here, from 1.
    /// @param threshold How many shares open a total.
    /// @param durations Of Enrolment, Commit, Deal and Complaints, in seconds.
    event CeremonyOpened(uint256 indexed id, address[] trustees, uint8 threshold, uint32[4] durations);

    /// @notice Emitted when a phase starts.
    /// @param endsAt Its deadline in unix seconds; 0 for a final phase.
    event PhaseStarted(uint256 indexed id, Phase indexed phase, uint40 endsAt);

    /// @notice Emitted when a trustee has registered its encryption key.
    event Enrolled(uint256 indexed id, uint256 indexed index, Point key);

    /// @notice Emitted when a dealer has committed to its deal.
    event Committed(uint256 indexed id, uint256 indexed index, bytes32 dealHash);

    /// @notice Emitted when a dealer has opened its deal.
    event Dealt(uint256 indexed id, uint256 indexed index, Deal deal);

    /// @notice Emitted when a complaint has shown that a dealer dealt a wrong share.
    event DealerExcluded(uint256 indexed id, uint256 indexed dealer, uint256 indexed accuser);

    /// @notice Emitted when a complaint has shown that its share was right.
    event AccuserExcluded(uint256 indexed id, uint256 indexed accuser, uint256 indexed dealer);

    /// @notice Emitted when the key stands.
    /// @param key h, under which ballots are encrypted.
    /// @param shareKeys X_j at position j − 1; (0, 0) for who holds no share.
    event KeyReady(uint256 indexed id, Point key, Point[] shareKeys);

    /// @notice Emitted when a ceremony has ended without a key.
    event KeyFailed(uint256 indexed id);

    /// @notice Thrown when there are more than `MAX_TRUSTEES` trustees, fewer than the threshold, or a threshold under
    /// 2.
    error KeyCeremony_BadThreshold(uint256 threshold, uint256 trustees);

    /// @notice Thrown when trustees' addresses aren't strictly ascending from above zero: so none comes twice.
    error KeyCeremony_TrusteesNotAscending(uint256 position);

    /// @notice Thrown when a phase would last no time.
    error KeyCeremony_ZeroDuration(uint256 position);

    /// @notice Thrown when an act doesn't belong to the phase in which the ceremony stands.
    error KeyCeremony_WrongPhase(uint256 id, Phase phase);

    /// @notice Thrown when the deadline of the phase has passed.
    error KeyCeremony_TooLate(uint256 id, uint256 endsAt);

    /// @notice Thrown when the deadline of the phase hasn't passed.
    error KeyCeremony_TooEarly(uint256 id, uint256 endsAt);

    /// @notice Thrown when the caller isn't the trustee of that index.
    error KeyCeremony_NotTrustee(uint256 id, uint256 index, address caller);

    /// @notice Thrown when a trustee acts in a phase for which it must have acted in the one before, and it hasn't.
    error KeyCeremony_Absent(uint256 id, uint256 index);

    /// @notice Thrown when a trustee does the same thing twice.
    error KeyCeremony_AlreadyDone(uint256 id, uint256 index);

    /// @notice Thrown when a trustee, accused or accusing, has been excluded.
    error KeyCeremony_Excluded(uint256 id, uint256 index);

    /// @notice Thrown when a proof of knowledge of an encryption key, a secret or an ephemeral key is wrong.
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

    /// @notice Thrown when the key of who holds no share is asked.
    error KeyCeremony_NoShare(uint256 id, uint256 index);

    /// @notice The most trustees a ceremony may have, 16: what keeps `conclude` (n·t points in calldata, n share keys
    /// computed and stored) well under the gas of one transaction, and every Lagrange coefficient of a tally an integer
    /// below 2²⁴ once denominators are cleared.
    function MAX_TRUSTEES() external view returns (uint256);

    /// @notice Opens a ceremony. Only the returning officer.
    /// @param trustees Their accounts, strictly ascending.
    /// @param threshold t, how many shares open a total; at least 2: no one holds the ballots' key alone.
    /// @param durations Of Enrolment, Commit, Deal and Complaints, in seconds. Durations, not dates: a phase starts
    /// when the one before has ended, and who advances late takes nobody's time.
    function open(address[] calldata trustees, uint8 threshold, uint32[4] calldata durations)
        external
        returns (uint256 id);

    /// @notice Registers the caller's encryption key. The last to enrol starts Commit.
    /// @param index The caller's index, from 1; as everywhere below.
    function enrol(uint256 id, uint256 index, Point calldata key, Knowledge.Proof calldata proof) external;

    /// @notice Commits to the hash of the caller's deal. The last to commit starts Deal.
    function commit(uint256 id, uint256 index, bytes32 dealHash) external;

    /// @notice Opens the caller's deal. The last to deal starts Complaints.
    function deal(uint256 id, uint256 index, Deal calldata opened) external;

    /// @notice Accuses a dealer of a wrong share. The accuser is excluded if the share is right, the dealer if it is
    /// wrong; the share is public from then on.
    /// @param accuser The caller's index.
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
        Dleq.Proof calldata proof
    ) external;

    /// @notice Ends Enrolment, Commit or Deal after its deadline. Anyone. Fewer than t who acted: the ceremony has
    /// failed.
    function advance(uint256 id) external;

    /// @notice Ends Complaints after its deadline and computes the keys. Anyone.
    /// @param deals Of the qualified dealers, in the order of their indices.
    function conclude(uint256 id, Deal[] calldata deals) external;

    /// @notice How many ceremonies were opened; also the id of the last one.
    function ceremonies() external view returns (uint256);

    /// @notice Where the ceremony stands, and the deadline of that phase in unix seconds (0 when final).
    function phase(uint256 id) external view returns (Phase current, uint256 endsAt);

    /// @notice Who did what, as bit masks: bit j − 1 is trustee j.
    function acts(uint256 id)
        external
        view
        returns (uint256 enrolled, uint256 committed, uint256 dealt, uint256 excluded);

    /// @notice n, the number of trustees named when the ceremony opened.
    function trustees(uint256 id) external view returns (uint256);

    /// @notice t, how many shares open a total.
    function threshold(uint256 id) external view returns (uint256);

    /// @notice The account of trustee `index`; zero when there is none.
    function trustee(uint256 id, uint256 index) external view returns (address);

    /// @notice h. Reverts unless the key is ready.
    function publicKey(uint256 id) external view returns (uint256 x, uint256 y);

    /// @notice X_j = x_j·G, against which the decryption shares of trustee `index` are verified. Reverts unless it
    /// holds a share.
    function shareKey(uint256 id, uint256 index) external view returns (uint256 x, uint256 y);

    /// @notice The hash that the dealer of that index commits to.
    function hashDeal(uint256 id, uint256 index, Deal calldata opened) external view returns (bytes32);
}
