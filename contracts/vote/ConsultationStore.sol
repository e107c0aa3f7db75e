// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IConsultations} from "./interfaces/IConsultations.sol";
import {IKeyCeremony} from "./interfaces/IKeyCeremony.sol";
import {IResults} from "./interfaces/IResults.sol";
import {IRulebook} from "./interfaces/IRulebook.sol";
import {Point} from "./Point.sol";
import {PackedRule, Rule} from "./Rule.sol";
import {Totals} from "./Totals.sol";

/// @title ConsultationStore
/// @notice What a consultation is, how one opens, and what can be read of it.
abstract contract ConsultationStore is IConsultations, AccessManaged, EIP712 {
    using Totals for mapping(uint256 => Totals.Total);

    enum Stage {
        None,
        Open,
        Closed,
        Decrypting,
        Tallied,
        Withheld
    }

    struct Consultation {
        uint40 opensAt;
        uint40 closesAt;
        uint40 tallyBy;
        uint32 rollSize;
        uint32 ballots;
        uint32 batches;
        Stage stage;
        bytes32 rollRoot;
        bytes32 paramsHash;
        Point key;
        uint64 ceremonyId;
        uint32 secrecyMinimum;
        bytes32 questionHash;
        bytes32 optionsHash;
        bytes32 ruleHash;
        bytes rule; // packed
        uint256[] counts;
        mapping(uint256 word => uint256 bits) voted;
        mapping(uint256 index => uint256 seq) seqs; // 0 until a re-vote
        mapping(uint256 batch => bytes32) roots;
        mapping(uint256 ciphertext => Totals.Total) totals;
        mapping(uint256 trustee => bytes32) shares;
    }

    bytes32 private constant PARAMETERS_TAG = keccak256("Beffroi consultation parameters v1");
    bytes32 private constant BALLOT_TAG = keccak256("Beffroi ballot v1");

    /// @inheritdoc IConsultations
    IKeyCeremony public immutable CEREMONIES;

    /// @inheritdoc IConsultations
    IRulebook public rulebook;

    /// @inheritdoc IConsultations
    uint256 public consultations;

    mapping(uint256 id => Consultation) internal _consultations;

    constructor(address authority, IKeyCeremony ceremonies) AccessManaged(authority) EIP712("Consultations", "1") {
        CEREMONIES = ceremonies;
    }

    /// @inheritdoc IConsultations
    function setRulebook(IRulebook next) external restricted {
        rulebook = next;
        emit RulebookSet(next);
    }

    /// @inheritdoc IConsultations
    function open(Terms calldata terms_) external restricted returns (uint256) {
        return _open(terms_);
    }

    /// @inheritdoc IConsultations
    function call(Terms calldata terms_) external restricted returns (uint256) {
        return _open(terms_);
    }

    /// @inheritdoc IResults
    function status(uint256 id) public view returns (Status) {
        Consultation storage c = _consultations[id];
        Stage stage = c.stage;
        if (stage == Stage.None) return Status.Unknown;
        if (stage == Stage.Tallied) return Status.Tallied;
        if (stage == Stage.Withheld) return Status.Withheld;
        if (stage == Stage.Open) {
            if (block.timestamp < c.opensAt) return Status.Scheduled;
            return block.timestamp < c.closesAt ? Status.Open : Status.Ended;
        }
        if (block.timestamp >= c.tallyBy) return Status.Stalled;
        return stage == Stage.Closed ? Status.Closed : Status.Decrypting;
    }

    /// @inheritdoc IResults
    function counts(uint256 id) external view returns (uint256[] memory) {
        return _consultations[id].counts;
    }

    /// @inheritdoc IResults
    function ballots(uint256 id) external view returns (uint256) {
        return _consultations[id].ballots;
    }

    /// @inheritdoc IResults
    function rollRoot(uint256 id) external view returns (bytes32) {
        return _consultations[id].rollRoot;
    }

    /// @inheritdoc IResults
    function rollSize(uint256 id) external view returns (uint256) {
        return _consultations[id].rollSize;
    }

    /// @inheritdoc IResults
    function subject(uint256 id) external view returns (bytes32 questionHash, bytes32 optionsHash, bytes32 ruleHash) {
        Consultation storage c = _consultations[id];
        return (c.questionHash, c.optionsHash, c.ruleHash);
    }

    /// @inheritdoc IConsultations
    function paramsHash(uint256 id) external view returns (bytes32) {
        return _consultations[id].paramsHash;
    }

    /// @inheritdoc IConsultations
    function ballotDomain(uint256 id) public view returns (bytes32) {
        return keccak256(abi.encode(BALLOT_TAG, block.chainid, address(this), id, _consultations[id].paramsHash));
    }

    /// @inheritdoc IConsultations
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
        )
    {
        Consultation storage c = _consultations[id];
        return (c.key, c.ceremonyId, c.rollRoot, c.opensAt, c.closesAt, c.tallyBy, c.secrecyMinimum);
    }

    /// @inheritdoc IConsultations
    function rule(uint256 id) external view returns (Rule memory) {
        return PackedRule.unpack(_consultations[id].rule);
    }

    /// @inheritdoc IConsultations
    function turnout(uint256 id, uint256 index) external view returns (bool voted, uint256 seq) {
        Consultation storage c = _consultations[id];
        return ((c.voted[index >> 8] >> (index & 255)) & 1 == 1, c.seqs[index]);
    }

    /// @inheritdoc IConsultations
    function totals(uint256 id) public view returns (Point[] memory points) {
        Consultation storage c = _consultations[id];
        uint256 n = PackedRule.unpack(c.rule).setOf.length;
        points = new Point[](2 * n);
        for (uint256 i; i < n; ++i) {
            (points[2 * i], points[2 * i + 1]) = c.totals.at(i);
        }
    }

    /// @inheritdoc IConsultations
    function batches(uint256 id) external view returns (uint256) {
        return _consultations[id].batches;
    }

    /// @inheritdoc IConsultations
    function batchRoot(uint256 id, uint256 batch) external view returns (bytes32) {
        return _consultations[id].roots[batch];
    }

    /// @inheritdoc IConsultations
    function slipDomain() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function _requireStatus(uint256 id, bool allowed) internal view {
        require(allowed, Consultations_WrongPhase(id, status(id)));
    }

    function _open(Terms calldata terms_) private returns (uint256 id) {
        // Told by the selector: for an argument that each caller fixes the compiler makes two copies of all this.
        bool called = msg.sig == this.call.selector;
        rulebook.requireTerms(terms_, called);
        require(!called || !CEREMONIES.isReserved(terms_.ceremonyId), Consultations_KeyReserved(terms_.ceremonyId));

        id = ++consultations;
        Consultation storage c = _consultations[id];
        c.key = CEREMONIES.use(terms_.ceremonyId);
        (c.opensAt, c.closesAt, c.tallyBy) = (terms_.opensAt, terms_.closesAt, terms_.tallyBy);
        (c.rollSize, c.rollRoot, c.stage) = (terms_.rollSize, terms_.rollRoot, Stage.Open);
        (c.ceremonyId, c.secrecyMinimum) = (uint64(terms_.ceremonyId), terms_.secrecyMinimum);
        (c.questionHash, c.optionsHash) = (terms_.questionHash, terms_.optionsHash);
        c.rule = PackedRule.pack(terms_.rule);
        c.ruleHash = keccak256(abi.encode(terms_.rule));
        c.paramsHash = _hashParameters(c, terms_.ceremonyId);
        c.totals.open(terms_.rule.setOf.length);

        emit ConsultationOpened(id, terms_.ceremonyId, c.paramsHash, terms_);
    }

    function _hashParameters(Consultation storage c, uint256 ceremonyId) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                PARAMETERS_TAG,
                CEREMONIES,
                ceremonyId,
                c.key,
                c.rollRoot,
                c.rollSize,
                c.opensAt,
                c.closesAt,
                c.tallyBy,
                c.secrecyMinimum,
                c.questionHash,
                c.optionsHash,
                c.ruleHash
            )
        );
    }
}
