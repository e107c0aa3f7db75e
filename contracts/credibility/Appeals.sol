// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {SlipSignature} from "../access/SlipSignature.sol";
import {IResidents} from "../residents/interfaces/IResidents.sol";
import {Roll} from "../residents/Roll.sol";
import {IResults} from "../vote/interfaces/IResults.sol";
import {Burn} from "./Burn.sol";
import {IAppeals} from "./interfaces/IAppeals.sol";
import {IPromises} from "./interfaces/IPromises.sol";

/// @title Appeals: whether the result of an evaluation stands
contract Appeals is IAppeals, SlipActs, AccessManaged {
    bytes32 private constant APPEAL_TYPEHASH =
        keccak256("Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)");
    bytes32 private constant PETITION_TYPEHASH = keccak256("Petition(uint256 evaluation,address resident)");

    /// @inheritdoc IAppeals
    IPromises public immutable promises;
    /// @inheritdoc IAppeals
    uint16 public immutable petition_bps;
    /// @inheritdoc IAppeals
    uint40 public immutable appealPeriod_s;
    /// @inheritdoc IAppeals
    uint40 public immutable juryPeriod_s;
    IResidents private immutable _residents;
    IResults private immutable _results;

    mapping(uint256 evaluation => Appeal) private _appeals;
    mapping(uint256 evaluation => mapping(uint256 word => uint256)) private _petitioned;
    /// @inheritdoc IAppeals
    mapping(uint256 evaluation => uint256) public petitioners;

    constructor(IPromises promises_, IPromises.Charter memory charter)
        AccessManaged(charter.authority)
        EIP712("Appeals", "1")
    {
        promises = promises_;
        petition_bps = charter.petition_bps;
        appealPeriod_s = charter.appealPeriod_s;
        juryPeriod_s = charter.juryPeriod_s;
        (_residents, _results) = (charter.residents, charter.results);
    }

    /// @inheritdoc IAppeals
    function appeal(uint256 evaluation, bytes32 groundsHash, uint256 deadline, bytes calldata signature) external {
        IPromises.Evaluation memory judged = _requireAppealable(evaluation);
        require(!_appeals[evaluation].bySubject, Appeals_Once(evaluation));
        address subject = _residents.currentKeyOf(promises.mandateOf(judged.mandate).subject);
        _requireActs(
            subject, keccak256(abi.encode(APPEAL_TYPEHASH, evaluation, groundsHash, deadline)), deadline, signature
        );

        _appeals[evaluation].bySubject = true;
        emit Appealed(evaluation, subject, groundsHash);
    }

    /// @inheritdoc IAppeals
    function petition(uint256 evaluation, Petitioner[] calldata signers) external {
        uint256 consultation = _requireAppealable(evaluation).consultation;
        bytes32 root = _results.rollRoot(consultation);

        uint256 total = petitioners[evaluation];
        for (uint256 i; i < signers.length; ++i) {
            Skip reason = _count(evaluation, root, signers[i]);
            if (reason == Skip.None) ++total;
            else emit PetitionSkipped(evaluation, signers[i].index, reason);
        }
        petitioners[evaluation] = total;
        emit Petitioned(evaluation, total);

        bool isEnough = total >= Burn.turnoutFloor(_results.rollSize(consultation), petition_bps);
        if (!isEnough || _appeals[evaluation].byPetition) return;
        _appeals[evaluation].byPetition = true;
        emit Appealed(evaluation, address(0), bytes32(0));
    }

    /// @inheritdoc IAppeals
    function rule(uint256 evaluation, Ruling ruling, bytes32 reasonsHash) external restricted {
        Appeal storage current = _appeals[evaluation];
        bool isAppealed = current.bySubject || current.byPetition;
        require(isAppealed && current.ruling == Ruling.None, Appeals_NothingToRule(evaluation));
        require(ruling != Ruling.None, Appeals_NoRuling());
        uint256 from = _appealableUntil(promises.evaluationOf(evaluation));
        require(block.timestamp >= from, Appeals_TooEarly(from)); // it hears all who may appeal
        uint256 until = from + juryPeriod_s;
        require(block.timestamp < until, Appeals_JuryTooLate(until));

        current.ruling = ruling;
        emit Ruled(evaluation, ruling, reasonsHash);
        if (ruling == Ruling.Annulled) promises.release(evaluation);
    }

    /// @inheritdoc IAppeals
    function appealOf(uint256 evaluation) external view returns (Appeal memory) {
        return _appeals[evaluation];
    }

    /// @inheritdoc IAppeals
    function isAnnulled(uint256 evaluation) public view returns (bool) {
        return _appeals[evaluation].ruling == Ruling.Annulled;
    }

    /// @inheritdoc IAppeals
    function requireStands(uint256 evaluation) external view {
        Appeal memory current = _appeals[evaluation];
        require(current.ruling != Ruling.Annulled, Appeals_Annulled(evaluation));
        if (current.ruling == Ruling.Confirmed) return;
        IPromises.Evaluation memory judged = promises.evaluationOf(evaluation);
        require(judged.publishedAt != 0, Appeals_NoResult(evaluation));
        uint256 from = _appealableUntil(judged);
        if (current.bySubject || current.byPetition) from += juryPeriod_s;
        require(block.timestamp >= from, Appeals_TooEarly(from));
    }

    /// @dev What somebody posted before, or posts twice, never keeps the others of a batch from counting.
    function _count(uint256 evaluation, bytes32 root, Petitioner calldata signer) private returns (Skip) {
        if (!Roll.holds(root, signer.index, signer.account, signer.proof)) return Skip.NotOnRoll;
        uint256 word = _petitioned[evaluation][signer.index >> 8];
        uint256 bit = 1 << (signer.index & 0xff);
        if (word & bit != 0) return Skip.CountedAlready;
        bytes32 slip = keccak256(abi.encode(PETITION_TYPEHASH, evaluation, signer.account));
        address key = _residents.currentKeyOf(signer.account);
        if (!SlipSignature.isValid(key, _hashTypedDataV4(slip), signer.signature)) return Skip.NotSigned;

        _petitioned[evaluation][signer.index >> 8] = word | bit;
        return Skip.None;
    }

    function _requireAppealable(uint256 evaluation) private view returns (IPromises.Evaluation memory judged) {
        judged = promises.evaluationOf(evaluation);
        require(judged.publishedAt != 0 && !judged.over, Appeals_NoResult(evaluation));
        uint256 until = _appealableUntil(judged);
        require(block.timestamp < until, Appeals_TooLate(until));
    }

    function _appealableUntil(IPromises.Evaluation memory judged) private view returns (uint256) {
        return uint256(judged.publishedAt) + appealPeriod_s;
    }
}
