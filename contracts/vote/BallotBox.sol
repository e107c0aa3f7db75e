// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {BallotProof} from "./BallotProof.sol";
import {BatchRoot} from "./BatchRoot.sol";
import {ConsultationStore} from "./ConsultationStore.sol";
import {IConsultations} from "./interfaces/IConsultations.sol";
import {Point} from "./Point.sol";
import {RollProof} from "./RollProof.sol";
import {M, PackedRule, Rule} from "./Rule.sol";
import {Slips} from "./Slips.sol";
import {Totals} from "./Totals.sol";

/// @title BallotBox
/// @notice Takes ballots, alone or in batches, verifies each, and keeps the encrypted totals.
abstract contract BallotBox is ConsultationStore {
    using Totals for mapping(uint256 => Totals.Total);
    using Totals for Totals.Running[];

    /// @dev What all ballots of one transaction share, read once.
    struct Session {
        uint256 id;
        uint256 batch;
        bytes32 domain;
        bytes32 separator;
        Point key;
        Rule rule;
        uint256 ballotBytes;
        Totals.Running[] running;
    }

    /// @dev A record's parts; signature and ballot are memory pointers.
    struct Record {
        uint256 index;
        uint256 seq;
        address voter;
        uint256 signatureLength;
        uint256 signature;
        uint256 ballot;
    }

    /// @dev index (4), seq (4), voter (20), signature's length (2).
    uint256 private constant HEADER = 30;

    /// @inheritdoc IConsultations
    function cast(
        uint256 id,
        uint256 index,
        address voter,
        bytes calldata ballot,
        bytes calldata signature,
        bytes32[] calldata rollProof
    ) external {
        Session memory session = _begin(id);
        bytes memory record = _record(session, index, 0, voter, signature, ballot);
        _mark(id, index);
        _castAlone(session, record, rollProof);
    }

    /// @inheritdoc IConsultations
    function castAgain(
        uint256 id,
        uint256 index,
        address voter,
        bytes calldata ballot,
        bytes calldata signature,
        bytes32[] calldata rollProof,
        Replaced calldata replaced
    ) external {
        Session memory session = _begin(id);
        uint256 seq = _replace(session, index, replaced);
        bytes memory record = _record(session, index, seq, voter, signature, ballot);
        _castAlone(session, record, rollProof);
        emit BallotReplaced(id, index, seq, replaced.batch);
    }

    /// @inheritdoc IConsultations
    function castBatch(uint256 id, bytes memory records, bytes32[] calldata rollProof) external {
        Session memory session = _begin(id);
        // As many as there could be if no record had a signature; both arrays are cut to their length below.
        uint256 capacity = records.length / (HEADER + session.ballotBytes);
        uint256[] memory indices = new uint256[](capacity);
        bytes32[] memory voters = new bytes32[](capacity);
        bytes32[] memory leaves = new bytes32[](capacity);
        (uint256 count, uint256 counted) = _countAll(session, records, indices, voters, leaves);
        require(count != 0, Consultations_BadLength());
        assembly ("memory-safe") {
            mstore(indices, count)
            mstore(voters, count)
            mstore(leaves, count)
        }
        Consultation storage c = _consultations[id];
        require(RollProof.isRoot(c.rollRoot, c.rollSize, indices, voters, rollProof), Consultations_NotOnRoll());
        c.ballots += uint32(counted);
        _conclude(session, BatchRoot.root(leaves), records);
    }

    /// @dev Examines every record and accumulates the good ones. The votes' bits are read and written a word at a time:
    /// indices increase.
    function _countAll(
        Session memory session,
        bytes memory records,
        uint256[] memory indices,
        bytes32[] memory voters,
        bytes32[] memory leaves
    ) private returns (uint256 count, uint256 counted) {
        mapping(uint256 => uint256) storage voted = _consultations[session.id].voted;
        uint256 size = _consultations[session.id].rollSize;
        uint256 cursor;
        uint256 end;
        assembly ("memory-safe") {
            cursor := add(records, 0x20)
            end := add(cursor, mload(records))
        }
        (uint256 word, uint256 bits, uint256 written) = (type(uint256).max, 0, 0);
        Record memory record;
        while (cursor < end) {
            uint256 previous = record.index;
            cursor = _parse(record, cursor, end, session.ballotBytes);
            uint256 index = record.index;
            require(index < size && (index > previous || count == 0), Consultations_BadIndex(index));
            if (index >> 8 != word) {
                if (bits != written) voted[word] = bits;
                word = index >> 8;
                bits = written = voted[word];
            }
            indices[count] = index;
            voters[count] = RollProof.leaf(index, record.voter);

            uint256 bit = 1 << (index & 255);
            Refusal reason;
            bytes32 ciphertextsHash;
            if (record.seq != 0) reason = Refusal.Sequence;
            else if (bits & bit != 0) reason = Refusal.AlreadyVoted;
            else (reason, ciphertextsHash) = _examine(session, record);

            if (reason == Refusal.None) {
                bits |= bit;
                session.running.add(record.ballot);
                leaves[count] = BatchRoot.leaf(session.id, index, 0, ciphertextsHash);
                ++counted;
            } else {
                emit BallotRefused(session.id, session.batch, count, index, reason);
            }
            ++count;
        }
        if (bits != written) voted[word] = bits;
    }

    /// @dev Reads a record at `cursor`; returns where the next one starts.
    function _parse(Record memory record, uint256 cursor, uint256 end, uint256 ballotBytes)
        private
        pure
        returns (uint256 next)
    {
        unchecked {
            uint256 header;
            assembly ("memory-safe") {
                header := mload(cursor)
            }
            record.index = header >> 224;
            record.seq = uint32(header >> 192);
            record.voter = address(uint160(header >> 32));
            uint256 length = uint16(header >> 16);
            record.signatureLength = length;
            record.signature = cursor + HEADER;
            record.ballot = cursor + HEADER + length;
            next = record.ballot + ballotBytes;
            require(next <= end, Consultations_BadLength());
        }
    }

    /// @dev Signature and proof, and nothing else.
    function _examine(Session memory session, Record memory record)
        private
        view
        returns (Refusal reason, bytes32 ciphertextsHash)
    {
        (uint256 ballot, uint256 size) = (record.ballot, session.ballotBytes);
        bytes32 digest = Slips.digest(session.separator, session.id, record.voter, record.seq, _keccak(ballot, size));
        if (!Slips.isSigned(digest, record.voter, record.signature, record.signatureLength)) {
            return (Refusal.Signature, 0);
        }
        ciphertextsHash = _keccak(ballot, session.rule.setOf.length * BallotProof.CIPHERTEXT_BYTES);
        bytes32 ctx = _context(session.domain, record.voter, record.seq);
        if (!BallotProof.verify(session.key, session.rule, ctx, ciphertextsHash, ballot)) reason = Refusal.Proof;
    }

    /// @dev A batch of one, whose voted bit or replaced ballot is dealt with: refused, it reverts.
    function _castAlone(Session memory session, bytes memory bytes_, bytes32[] calldata rollProof) private {
        Record memory record;
        uint256 cursor;
        assembly ("memory-safe") {
            cursor := add(bytes_, 0x20)
        }
        _parse(record, cursor, cursor + bytes_.length, session.ballotBytes);
        _requireOnRoll(session.id, record.index, record.voter, rollProof);
        (Refusal reason, bytes32 ciphertextsHash) = _examine(session, record);
        require(reason == Refusal.None, Consultations_Refused(reason));
        session.running.add(record.ballot);
        _conclude(session, BatchRoot.leaf(session.id, record.index, record.seq, ciphertextsHash), bytes_);
    }

    /// @dev Takes the ballot that counts for this voter out of the totals; returns the next sequence number.
    function _replace(Session memory session, uint256 index, Replaced calldata replaced) private returns (uint256 seq) {
        bytes memory ciphertexts = replaced.ciphertexts;
        Consultation storage c = _consultations[session.id];
        require(
            ciphertexts.length == session.rule.setOf.length * BallotProof.CIPHERTEXT_BYTES,
            Consultations_NotReplaceable()
        );
        seq = c.seqs[index];
        bytes32 leaf = BatchRoot.leaf(session.id, index, seq, keccak256(ciphertexts));
        require(
            MerkleProof.verifyCalldata(replaced.proof, c.roots[replaced.batch], leaf), Consultations_NotReplaceable()
        );
        c.seqs[index] = ++seq;
        uint256 old;
        assembly ("memory-safe") {
            old := add(ciphertexts, 0x20)
        }
        session.running.subtract(old);
    }

    function _begin(uint256 id) private view returns (Session memory session) {
        Consultation storage c = _consultations[id];
        _requireStatus(id, c.stage == Stage.Open && block.timestamp >= c.opensAt && block.timestamp < c.closesAt);
        session.id = id;
        session.batch = c.batches;
        session.domain = ballotDomain(id);
        session.separator = _domainSeparatorV4();
        session.key = c.key;
        session.rule = PackedRule.unpack(c.rule);
        session.ballotBytes = BallotProof.ballotBytes(session.rule);
        session.running = c.totals.load(session.rule.setOf.length);
    }

    function _conclude(Session memory session, bytes32 root, bytes memory records) private {
        Consultation storage c = _consultations[session.id];
        c.batches += 1;
        c.roots[session.batch] = root;
        c.totals.store(session.running);
        emit BallotsCast(session.id, session.batch, root, records);
    }

    function _mark(uint256 id, uint256 index) private {
        Consultation storage c = _consultations[id];
        uint256 bit = 1 << (index & 255);
        uint256 bits = c.voted[index >> 8];
        require(bits & bit == 0, Consultations_Refused(Refusal.AlreadyVoted));
        c.voted[index >> 8] = bits | bit;
        c.ballots += 1;
    }

    function _requireOnRoll(uint256 id, uint256 index, address voter, bytes32[] calldata rollProof) private view {
        Consultation storage c = _consultations[id];
        (bytes32 root, uint256 size) = (c.rollRoot, c.rollSize);
        require(index < size, Consultations_BadIndex(index));
        uint256[] memory indices = new uint256[](1);
        bytes32[] memory leaves = new bytes32[](1);
        (indices[0], leaves[0]) = (index, RollProof.leaf(index, voter));
        require(RollProof.isRoot(root, size, indices, leaves, rollProof), Consultations_NotOnRoll());
    }

    /// @dev The record that an auditor reads in the event, for a ballot that did not come in one.
    function _record(
        Session memory session,
        uint256 index,
        uint256 seq,
        address voter,
        bytes calldata signature,
        bytes calldata ballot
    ) private pure returns (bytes memory) {
        require(ballot.length == session.ballotBytes, Consultations_BadLength());
        require(signature.length <= type(uint16).max, Consultations_BadLength());
        require(index < M, Consultations_BadIndex(index));
        return abi.encodePacked(uint32(index), uint32(seq), voter, uint16(signature.length), signature, ballot);
    }

    function _context(bytes32 domain, address voter, uint256 seq) private pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, domain)
            mstore(add(m, 0x20), and(voter, 0xffffffffffffffffffffffffffffffffffffffff))
            mstore(add(m, 0x40), seq)
            result := keccak256(m, 0x60)
        }
    }

    function _keccak(uint256 pointer, uint256 length) private pure returns (bytes32 result) {
        assembly ("memory-safe") {
            result := keccak256(pointer, length)
        }
    }
}
