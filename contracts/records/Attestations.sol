// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {Position} from "./Position.sol";
import {IAttestations} from "./interfaces/IAttestations.sol";

/// @title Papers in numbered batches
contract Attestations is IAttestations, SlipActs {
    struct Range {
        uint64 from;
        uint64 to;
    }

    bytes32 private constant HAND_TYPEHASH =
        keccak256("Hand(uint256 schema,address issuer,address key,uint256 deadline)");
    bytes32 private constant ISSUE_TYPEHASH = keccak256(
        "Issue(uint256 schema,address issuer,bytes32 root,uint256 first,uint256 count,string uri,uint256 deadline)"
    );
    bytes32 private constant USE_TYPEHASH =
        keccak256("Use(uint256 schema,address issuer,uint256 number,bytes32 purpose,uint256 deadline)");

    /// @inheritdoc IAttestations
    uint256 public schemas;
    /// @inheritdoc IAttestations
    mapping(uint256 schema => address) public accreditorOf;

    mapping(bytes32 series => Series) private _series;
    mapping(bytes32 series => Range) private _disowned;
    mapping(bytes32 batch => Batch) private _batches;
    mapping(bytes32 series => mapping(uint256 word => uint256)) private _revoked;
    mapping(bytes32 series => mapping(uint256 word => uint256)) private _used;

    constructor() EIP712("Attestations", "1") {
        // Whoever has lost the town's manifest finds by its logs when a contract was born.
        emit EIP712DomainChanged();
    }

    /// @inheritdoc IAttestations
    function openSchema(string calldata name, string calldata uri) external returns (uint256 schema) {
        require(bytes(name).length != 0, Attestations_NoName());

        schema = ++schemas;
        accreditorOf[schema] = msg.sender;
        emit SchemaOpened(schema, msg.sender, name, uri);
    }

    /// @inheritdoc IAttestations
    function accredit(uint256 schema, address issuer, uint40 until) external {
        _requireAccreditor(schema);
        require(issuer != address(0), Attestations_NoAccount());
        require(until >= block.timestamp, Attestations_EndsInThePast(until));

        Series storage series = _series[_id(schema, issuer)];
        if (series.key == address(0)) series.key = issuer;
        series.until = until;
        emit Accredited(schema, issuer, until);
    }

    /// @inheritdoc IAttestations
    function disown(uint256 schema, address issuer, uint256 from, uint256 to) external {
        _requireAccreditor(schema);
        bytes32 id = _id(schema, issuer);
        uint256 next = _series[id].next;
        require(from < to && to <= next, Attestations_NotIssued(next, to));
        Range memory range = _disowned[id];
        if (range.to != 0) {
            require(from <= range.to && to >= range.from, Attestations_TwoRanges(range.from, range.to));
            if (from > range.from) from = range.from;
            if (to < range.to) to = range.to;
        }

        _disowned[id] = Range(uint64(from), uint64(to));
        emit Disowned(schema, issuer, from, to);
    }

    /// @inheritdoc IAttestations
    function hand(uint256 schema, address issuer, address key, uint256 deadline, bytes calldata signature) external {
        Series storage series = _series[_id(schema, issuer)];
        require(msg.sender == series.key, SlipActs_NotSignedBy(series.key));
        require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));
        _requireSigned(key, keccak256(abi.encode(HAND_TYPEHASH, schema, issuer, key, deadline)), signature);

        series.key = key;
        emit KeyHanded(schema, issuer, key);
    }

    /// @inheritdoc IAttestations
    function issue(
        uint256 schema,
        address issuer,
        bytes32 root,
        uint256 first,
        uint256 count,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 id = _id(schema, issuer);
        Series memory series = _series[id];
        require(block.timestamp < series.until, Attestations_NotAccredited(schema, issuer));
        require(first == series.next, Attestations_NotNext(series.next, first));
        bool isBatch = root != 0 && count != 0 && count <= type(uint32).max && first + count <= type(uint56).max;
        require(isBatch, Attestations_NoBatch(root, count));
        Batch storage batch = _batches[_batchId(id, root)];
        require(batch.issuedAt == 0, Attestations_RootTwice(root));
        bytes32 slip =
            keccak256(abi.encode(ISSUE_TYPEHASH, schema, issuer, root, first, count, keccak256(bytes(uri)), deadline));
        _requireBy(series.key, slip, deadline, signature);

        _series[id].next = uint56(first + count);
        (batch.issuedAt, batch.first, batch.count) = (uint40(block.timestamp), uint56(first), uint32(count));
        emit Issued(schema, issuer, root, first, count, uri);
    }

    /// @inheritdoc IAttestations
    function revoke(uint256 schema, address issuer, uint256 word, uint256 bits) external {
        bytes32 id = _id(schema, issuer);
        Series memory series = _series[id];
        if (msg.sender != series.key) _requireAccreditor(schema);
        require(bits & ~_issuedBits(series.next, word) == 0, Attestations_NotIssued(series.next, word << 8));
        uint256 revoked = _revoked[id][word];
        require(bits & ~revoked != 0, Attestations_NothingNew(word, bits));

        _revoked[id][word] = revoked | bits;
        emit Revoked(schema, issuer, word, bits & ~revoked);
    }

    /// @inheritdoc IAttestations
    function use(Paper calldata paper, bytes32 purpose, uint256 deadline, bytes calldata signature) external {
        require(holds(paper), Attestations_DoesNotHold(paper.number));
        mapping(uint256 => uint256) storage used = _used[_id(paper.schema, paper.issuer)];
        (uint256 word, uint256 bit) = (paper.number >> 8, 1 << (paper.number & 255));
        uint256 bits = used[word];
        require(bits & bit == 0, Attestations_UsedOnce(paper.number));
        bytes32 slip = keccak256(abi.encode(USE_TYPEHASH, paper.schema, paper.issuer, paper.number, purpose, deadline));
        _requireBy(paper.subject, slip, deadline, signature);

        used[word] = bits | bit;
        emit Used(paper.schema, paper.issuer, paper.number, paper.subject, purpose);
    }

    /// @inheritdoc IAttestations
    function holdsOf(Paper[] calldata papers, address subject, uint256 m) external view returns (bool) {
        uint256 held;
        for (uint256 i; i < papers.length; ++i) {
            if (i != 0 && !_precedes(papers[i - 1], papers[i])) return false;
            if (papers[i].subject == subject && holds(papers[i])) ++held;
        }
        return held >= m;
    }

    /// @inheritdoc IAttestations
    function marksOf(uint256 schema, address issuer, uint256 word)
        external
        view
        returns (uint256 revoked, uint256 used)
    {
        bytes32 id = _id(schema, issuer);
        return (_revoked[id][word], _used[id][word]);
    }

    /// @inheritdoc IAttestations
    function seriesOf(uint256 schema, address issuer) external view returns (Series memory) {
        return _series[_id(schema, issuer)];
    }

    /// @inheritdoc IAttestations
    function batchOf(uint256 schema, address issuer, bytes32 root) external view returns (Batch memory) {
        return _batches[_batchId(_id(schema, issuer), root)];
    }

    /// @inheritdoc IAttestations
    function disownedOf(uint256 schema, address issuer) external view returns (uint256 from, uint256 to) {
        Range memory range = _disowned[_id(schema, issuer)];
        return (range.from, range.to);
    }

    /// @inheritdoc IAttestations
    function holds(Paper calldata paper) public view returns (bool) {
        if (block.timestamp < paper.from || (paper.until != 0 && block.timestamp >= paper.until)) return false;
        bytes32 id = _id(paper.schema, paper.issuer);
        Batch memory batch = _batches[_batchId(id, paper.root)];
        if (batch.issuedAt == 0 || paper.number < batch.first) return false;
        if (_revoked[id][paper.number >> 8] >> (paper.number & 255) & 1 == 1) return false;
        Range memory range = _disowned[id];
        if (paper.number >= range.from && paper.number < range.to) return false;

        return Position.holds(paper.root, batch.count, paper.number - batch.first, _leaf(paper), paper.proof);
    }

    function _requireAccreditor(uint256 schema) private view {
        address accreditor = accreditorOf[schema];
        require(accreditor != address(0), Attestations_NoSchema(schema));
        require(msg.sender == accreditor, Attestations_NotAccreditor(schema, msg.sender));
    }

    /// @dev Which bits of a word are numbers of a series: all, some from the lowest on, or none.
    function _issuedBits(uint256 next, uint256 word) private pure returns (uint256) {
        if (word < next >> 8) return type(uint256).max;
        return word == next >> 8 ? (1 << (next & 255)) - 1 : 0;
    }

    /// @dev Hashed twice, so that no inner node of the tree passes for a leaf.
    function _leaf(Paper calldata paper) private pure returns (bytes32) {
        bytes32 inner = keccak256(
            abi.encode(paper.number, paper.subject, paper.claimsRoot, paper.parentsRoot, paper.from, paper.until)
        );
        return keccak256(abi.encode(inner));
    }

    function _precedes(Paper calldata a, Paper calldata b) private pure returns (bool) {
        if (a.schema != b.schema) return a.schema < b.schema;
        if (a.issuer != b.issuer) return a.issuer < b.issuer;
        return a.number < b.number;
    }

    function _id(uint256 schema, address issuer) private pure returns (bytes32) {
        return keccak256(abi.encode(schema, issuer));
    }

    function _batchId(bytes32 series, bytes32 root) private pure returns (bytes32) {
        return keccak256(abi.encode(series, root));
    }
}
