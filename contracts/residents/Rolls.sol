// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {M} from "../vote/Rule.sol";
import {IResidents, Kind} from "./interfaces/IResidents.sol";
import {IRolls} from "./interfaces/IRolls.sol";

/// @title Rolls: what two offices sealed
contract Rolls is IRolls, AccessManaged {
    struct Proposal {
        bytes32 rollHash;
        uint40 proposedAt;
    }

    uint256 private constant CURRENT_S = 365 days;
    uint256 private constant LAPSES_S = 7 days;
    uint256 private constant LATEST_BLOCKS = 7_200; // a day, of twelve seconds each
    uint256 private constant SLACK = 20; // a twentieth of the town comes and goes between a draw and its seal

    /// @inheritdoc IRolls
    IResidents public immutable residents;

    mapping(Kind kind => Proposal) private _proposed;
    mapping(Kind kind => SealedRoll) private _latest;

    constructor(address authority, IResidents residents_) AccessManaged(authority) {
        residents = residents_;
    }

    /// @inheritdoc IRolls
    function proposeRoll(bytes32 root, uint32 size, Kind kind, uint64 atBlock) external restricted {
        require(kind != Kind.None && kind != Kind.Institution, Rolls_NoRollOf(kind));
        require(size != 0 && size < M, Rolls_WrongSize(size, uint32(M - 1)));
        require(atBlock < block.number, Rolls_NotYet(atBlock));
        require(atBlock + LATEST_BLOCKS >= block.number, Rolls_TooOld(atBlock, LATEST_BLOCKS));
        uint64 sealedLast = _latest[kind].atBlock;
        require(atBlock > sealedLast, Rolls_Older(atBlock, sealedLast));

        _proposed[kind] = Proposal(_hash(root, size, kind, atBlock), uint40(block.timestamp));
        emit RollProposed(kind, root, size, atBlock);
    }

    /// @inheritdoc IRolls
    function sealRoll(bytes32 root, uint32 size, Kind kind, uint64 atBlock) external restricted {
        Proposal memory proposal = _proposed[kind];
        require(proposal.rollHash == _hash(root, size, kind, atBlock), Rolls_NotProposed(kind, root));
        uint256 until = proposal.proposedAt + LAPSES_S;
        require(block.timestamp <= until, Rolls_Lapsed(kind, until));
        uint256 population = residents.population(kind);
        bool isTheTown = (size > population ? size - population : population - size) <= Math.ceilDiv(population, SLACK);
        require(isTheTown, Rolls_NotTheTown(size, population));

        delete _proposed[kind];
        _latest[kind] = SealedRoll(root, size, atBlock, proposal.proposedAt);
        emit RollSealed(kind, root, size, atBlock);
    }

    /// @inheritdoc IRolls
    function latest(Kind kind) external view returns (SealedRoll memory) {
        return _latest[kind];
    }

    /// @inheritdoc IRolls
    function isCurrent(Kind kind, bytes32 root, uint32 size) external view returns (bool) {
        SealedRoll memory last = _latest[kind];
        return size != 0 && size == last.size && root == last.root && block.timestamp <= last.proposedAt + CURRENT_S;
    }

    function _hash(bytes32 root, uint32 size, Kind kind, uint64 atBlock) private pure returns (bytes32) {
        return keccak256(abi.encode(root, size, kind, atBlock));
    }
}
