// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SlipSignature} from "../access/SlipSignature.sol";
import {Roll} from "../residents/Roll.sol";
import {Burn} from "./Burn.sol";
import {Evaluations} from "./Evaluations.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title Appeals: who takes a published result to the jury, and what the jury makes of it
abstract contract Appeals is Evaluations {
    mapping(uint256 evaluation => mapping(uint256 word => uint256)) private _petitioned;
    /// @inheritdoc IPromises
    mapping(uint256 evaluation => uint256) public petitioners;

    /// @inheritdoc IPromises
    function appeal(uint256 evaluation, bytes32 groundsHash, uint256 deadline, bytes calldata signature) external {
        Evaluation storage current = _requireAppealable(evaluation);
        address subject = _key(_mandates[current.mandate].subject);
        _requireActs(
            subject, keccak256(abi.encode(APPEAL_TYPEHASH, evaluation, groundsHash, deadline)), deadline, signature
        );

        current.appealedAt = uint40(block.timestamp);
        emit Appealed(evaluation, subject, groundsHash);
    }

    /// @inheritdoc IPromises
    function petition(uint256 evaluation, Petitioner[] calldata signers) external {
        Evaluation storage current = _requireAppealable(evaluation);
        bytes32 root = results.rollRoot(current.consultation);

        uint256 total = petitioners[evaluation];
        for (uint256 i; i < signers.length; ++i) {
            Skip reason = _count(evaluation, root, signers[i]);
            if (reason == Skip.None) ++total;
            else emit PetitionSkipped(evaluation, signers[i].index, reason);
        }
        petitioners[evaluation] = total;
        emit Petitioned(evaluation, total);

        if (total < Burn.turnoutFloor(results.rollSize(current.consultation), petition_bps)) return;
        current.appealedAt = uint40(block.timestamp);
        emit Appealed(evaluation, address(0), bytes32(0));
    }

    /// @inheritdoc IPromises
    function rule(uint256 evaluation, Ruling ruling, bytes32 reasonsHash) external restricted {
        Evaluation storage current = _evaluation(evaluation);
        require(current.appealedAt != 0 && current.ruling == Ruling.None, Promises_NothingToRule(evaluation));
        require(ruling != Ruling.None, Promises_NoRuling());
        uint256 until = uint256(current.appealedAt) + juryPeriod_s;
        require(block.timestamp < until, Promises_JuryTooLate(until));

        current.ruling = ruling;
        emit Ruled(evaluation, ruling, reasonsHash);
        if (ruling == Ruling.Annulled) _release(current);
    }

    /// @dev What somebody posted before, or posts twice, never keeps the others of a batch from counting.
    function _count(uint256 evaluation, bytes32 root, Petitioner calldata signer) private returns (Skip) {
        if (!Roll.holds(root, signer.index, signer.account, signer.proof)) return Skip.NotOnRoll;
        uint256 word = _petitioned[evaluation][signer.index >> 8];
        uint256 bit = 1 << (signer.index & 0xff);
        if (word & bit != 0) return Skip.CountedAlready;
        bytes32 slip = keccak256(abi.encode(PETITION_TYPEHASH, evaluation, signer.account));
        if (!SlipSignature.isValid(_key(signer.account), _hashTypedDataV4(slip), signer.signature)) {
            return Skip.NotSigned;
        }

        _petitioned[evaluation][signer.index >> 8] = word | bit;
        return Skip.None;
    }

    function _requireAppealable(uint256 evaluation) private view returns (Evaluation storage current) {
        current = _evaluation(evaluation);
        require(current.publishedAt != 0, Promises_NotPublished(evaluation));
        require(current.appealedAt == 0, Promises_AppealOnce(evaluation));
        uint256 until = uint256(current.publishedAt) + appealPeriod_s;
        require(block.timestamp < until, Promises_AppealTooLate(until));
    }
}
