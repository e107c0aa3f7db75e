// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {IResidents, Kind, Standing} from "../residents/interfaces/IResidents.sol";
import {IAdmission} from "./interfaces/IAdmission.sol";
import {IAttestations} from "./interfaces/IAttestations.sol";

/// @title Enrolment by papers
contract Admission is IAdmission, AccessManaged, SlipActs {
    bytes32 private constant ADMIT_TYPEHASH =
        keccak256("Admit(uint8 kind,address account,uint256 schema,uint256 deadline)");
    uint256 private constant MAX_ISSUERS = 8;

    /// @inheritdoc IAdmission
    IResidents public immutable residents;
    /// @inheritdoc IAdmission
    IAttestations public immutable attestations;

    mapping(Kind kind => Requirement) private _required;

    constructor(address authority, IResidents residents_, IAttestations attestations_)
        AccessManaged(authority)
        EIP712("Admission", "1")
    {
        (residents, attestations) = (residents_, attestations_);
    }

    /// @inheritdoc IAdmission
    function setRequirement(Kind kind, uint256 schema, address[] calldata issuers) external restricted {
        require(kind != Kind.None && kind != Kind.Institution, Admission_NotOfKind(kind));
        require(attestations.accreditorOf(schema) != address(0), Admission_NoSchema(schema));
        require(issuers.length <= MAX_ISSUERS, Admission_TooManyIssuers(MAX_ISSUERS));
        for (uint256 i; i < issuers.length; ++i) {
            require(issuers[i] > (i == 0 ? address(0) : issuers[i - 1]), Admission_IssuersUnordered(i));
        }

        _required[kind] = Requirement(schema, issuers);
        emit RequirementSet(kind, schema, issuers);
    }

    /// @inheritdoc IAdmission
    function admit(
        Kind kind,
        address account,
        IAttestations.Paper[] calldata papers,
        uint256 deadline,
        bytes calldata signature
    ) external {
        Requirement memory required = _required[kind];
        uint256 asked = required.issuers.length;
        require(asked != 0, Admission_NothingAsked(kind));
        require(papers.length == asked, Admission_PapersAsked(asked, papers.length));
        Standing standing = residents.residentOf(account).standing;
        require(standing == Standing.None, Admission_Known(account, standing));
        bytes32 slip = keccak256(abi.encode(ADMIT_TYPEHASH, kind, account, required.schema, deadline));
        _requireBy(account, slip, deadline, signature);

        for (uint256 i; i < asked; ++i) {
            IAttestations.Paper calldata paper = papers[i];
            bool isAsked = paper.schema == required.schema && paper.issuer == required.issuers[i];
            bool isHers = paper.subject == account;
            require(isAsked && isHers && attestations.holds(paper), Admission_PaperRefused(i));
            emit Admitted(account, paper.schema, paper.issuer, paper.number);
        }
        address[] memory accounts = new address[](1);
        accounts[0] = account;
        residents.enrol(kind, accounts, new bytes32[](0));
    }

    /// @inheritdoc IAdmission
    function requirementOf(Kind kind) external view returns (Requirement memory) {
        return _required[kind];
    }
}
