// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";

/// @title Papers in numbered batches
/// @notice What an accredited issuer certifies, in batches numbered without a gap: one slot for a batch of one or of a
/// million, revocable by bit, usable once by bit. On the chain stand only roots over salted leaves: whoever erases the
/// salts with the data leaves nothing here to confirm a guess with. The chain tells by whom and when, not that it is
/// true. Bytes: docs/papers-format.md.
///
/// A series is what one issuer certifies under one schema: its papers are numbers 0 … next − 1, each at one place of
/// one batch. Its issuer's name is the account that was first accredited; its key may be handed on.
interface IAttestations is ISlipActs {
    /// @notice A series.
    /// @param key who issues and revokes
    /// @param until unix seconds at which the accreditation ends
    /// @param next the number of the next paper
    struct Series {
        address key;
        uint40 until;
        uint56 next;
    }

    /// @notice A batch of a series.
    /// @param issuedAt unix seconds
    /// @param first the number of its first paper
    /// @param count how many papers it has
    struct Batch {
        uint40 issuedAt;
        uint56 first;
        uint32 count;
    }

    /// @notice A paper, as its holder shows it.
    /// @param schema what it says
    /// @param issuer who says it, by the name of the series
    /// @param root its batch's
    /// @param number its number in the series
    /// @param subject the account that it is about, which alone may use it; zero when it is about none
    /// @param claimsRoot over its salted claims
    /// @param parentsRoot over the papers that it rests on; zero when it rests on none
    /// @param from unix seconds from which it holds
    /// @param until unix seconds at which it ends; zero when it does not
    /// @param proof its siblings from the leaf to the batch's root
    struct Paper {
        uint256 schema;
        address issuer;
        bytes32 root;
        uint256 number;
        address subject;
        bytes32 claimsRoot;
        bytes32 parentsRoot;
        uint40 from;
        uint40 until;
        bytes32[] proof;
    }

    /// @notice A schema was opened: anyone may, and names who is accredited under it.
    event SchemaOpened(uint256 indexed schema, address indexed accreditor, string name, string uri);
    /// @notice An issuer may issue under a schema until then.
    event Accredited(uint256 indexed schema, address indexed issuer, uint40 until);
    /// @notice What an issuer issued under these numbers, `to` excluded, never held.
    event Disowned(uint256 indexed schema, address indexed issuer, uint256 from, uint256 to);
    /// @notice A series is signed by another key.
    event KeyHanded(uint256 indexed schema, address indexed issuer, address indexed key);
    /// @notice Papers first … first + count − 1 were issued.
    event Issued(
        uint256 indexed schema, address indexed issuer, bytes32 indexed root, uint256 first, uint256 count, string uri
    );
    /// @notice The papers of these bits, word · 256 + bit, are revoked.
    event Revoked(uint256 indexed schema, address indexed issuer, uint256 word, uint256 bits);
    /// @notice A paper was used, which it is once.
    event Used(
        uint256 indexed schema, address indexed issuer, uint256 number, address indexed subject, bytes32 purpose
    );

    /// @notice Thrown when a schema has no name.
    error Attestations_NoName();
    /// @notice Thrown when there is no schema of that number.
    error Attestations_NoSchema(uint256 schema);
    /// @notice Thrown when somebody else than a schema's accreditor accredits or disowns, or revokes another's papers.
    error Attestations_NotAccreditor(uint256 schema, address caller);
    /// @notice Thrown when an accreditation would end before now.
    error Attestations_EndsInThePast(uint256 until);
    /// @notice Thrown when an issuer's accreditation is over, or never was.
    error Attestations_NotAccredited(uint256 schema, address issuer);
    /// @notice Thrown when an account is zero.
    error Attestations_NoAccount();
    /// @notice Thrown when a batch would leave a gap in its series, or take a number twice.
    error Attestations_NotNext(uint256 next, uint256 first);
    /// @notice Thrown when a batch has no root, no paper, or more than there are numbers for: 2³² − 1, 2⁵⁶ − 1 in all.
    error Attestations_NoBatch(bytes32 root, uint256 count);
    /// @notice Thrown when a series has a batch of that root already.
    error Attestations_RootTwice(bytes32 root);
    /// @notice Thrown when numbers are not issued, or none is named.
    error Attestations_NotIssued(uint256 next, uint256 number);
    /// @notice Thrown when what would be revoked is revoked already.
    error Attestations_NothingNew(uint256 word, uint256 bits);
    /// @notice Thrown when numbers would be disowned apart from those that are: a series has one range of them.
    error Attestations_TwoRanges(uint256 from, uint256 to);
    /// @notice Thrown when a paper does not hold now.
    error Attestations_DoesNotHold(uint256 number);
    /// @notice Thrown when a paper was used already.
    error Attestations_UsedOnce(uint256 number);

    /// @notice Opens a schema; the caller is its accreditor for good: what shall outlive a key is a smart account. The
    /// town decides nothing of what organic or halal is.
    /// @param name What people call it.
    /// @param uri Where its fields are described.
    function openSchema(string calldata name, string calldata uri) external returns (uint256 schema);

    /// @notice Lets an issuer issue until then, from now on; until now: no more. Its accreditor.
    function accredit(uint256 schema, address issuer, uint40 until) external;

    /// @notice Takes back what an issuer issued under numbers `from` … `to` − 1: it held at no time. Its accreditor.
    /// Two ranges must touch; what lies apart is revoked.
    function disown(uint256 schema, address issuer, uint256 from, uint256 to) external;

    /// @notice Hands a series to another key. Its key; `signature` is the new one's.
    /// @dev EIP-712 `Hand(uint256 schema,address issuer,address key,uint256 deadline)`
    function hand(uint256 schema, address issuer, address key, uint256 deadline, bytes calldata signature) external;

    /// @notice Issues a batch. The series' key, or anyone with its slip.
    /// @dev EIP-712 `Issue(uint256 schema,address issuer,bytes32 root,uint256 first,uint256 count,string uri,uint256
    /// deadline)`; it serves once, as `first` does.
    /// @param first The series' next number: a file that was made for another place is refused.
    /// @param uri Where the batch is published, empty when it is not.
    function issue(
        uint256 schema,
        address issuer,
        bytes32 root,
        uint256 first,
        uint256 count,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Revokes up to 256 papers in one write: numbers word · 256 + bit. The series' key, also once its
    /// accreditation is over, or the schema's accreditor.
    function revoke(uint256 schema, address issuer, uint256 word, uint256 bits) external;

    /// @notice Uses a paper, once. Its subject, or anyone with the subject's slip.
    /// @dev EIP-712 `Use(uint256 schema,address issuer,uint256 number,bytes32 purpose,uint256 deadline)`; it serves
    /// once, as the paper does.
    /// @param purpose What it is used for.
    function use(Paper calldata paper, bytes32 purpose, uint256 deadline, bytes calldata signature) external;

    /// @notice Whether a paper stands in its batch, has begun and not ended, and is neither revoked nor disowned. That
    /// of its parents is asked of each of them.
    function holds(Paper calldata paper) external view returns (bool);

    /// @notice Whether at least `m` of these papers of one subject hold.
    /// @param papers By increasing (schema, issuer, number), so that none counts twice.
    function holdsOf(Paper[] calldata papers, address subject, uint256 m) external view returns (bool);

    /// @notice What became of papers word · 256 + bit: a bit for each that is revoked, one for each that was used.
    function marksOf(uint256 schema, address issuer, uint256 word) external view returns (uint256 revoked, uint256 used);

    /// @notice How many schemas were opened; also the number of the last one.
    function schemas() external view returns (uint256);

    /// @notice Who accredits under a schema; zero when there is none of that number.
    function accreditorOf(uint256 schema) external view returns (address);

    /// @notice A series; its key is zero when its issuer was never accredited.
    function seriesOf(uint256 schema, address issuer) external view returns (Series memory);

    /// @notice A batch; all zero when there is none of that root.
    function batchOf(uint256 schema, address issuer, bytes32 root) external view returns (Batch memory);

    /// @notice Which numbers of a series never held: `from` … `to` − 1.
    function disownedOf(uint256 schema, address issuer) external view returns (uint256 from, uint256 to);
}
