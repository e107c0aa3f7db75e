// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {IResidents, Kind} from "../residents/interfaces/IResidents.sol";
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
    mapping(bytes32 paper => bool) private _served;

    constructor(address authority, IResidents residents_, IAttestations attestations_)
        AccessManaged(authority)
        EIP712("Admission", "1")
    {
        (residents, attestations) = (residents_, attestations_);
    }

    /// @inheritdoc IAdmission
    function setRequirement(Kind kind, uint256 schema, uint256 issuers) external restricted {
        require(kind != Kind.None && kind != Kind.Institution, Admission_NotOfKind(kind));
        require(attestations.accreditorOf(schema) != address(0), Admission_NoSchema(schema));
        require(issuers <= MAX_ISSUERS, Admission_TooManyIssuers(MAX_ISSUERS));

        _required[kind] = Requirement(uint248(schema), uint8(issuers));
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
        require(required.issuers != 0, Admission_NothingAsked(kind));
        require(papers.length == required.issuers, Admission_PapersAsked(required.issuers, papers.length));
        bytes32 slip = keccak256(abi.encode(ADMIT_TYPEHASH, kind, account, required.schema, deadline));
        _requireBy(account, slip, deadline, signature);

        address before;
        for (uint256 i; i < papers.length; ++i) {
            IAttestations.Paper calldata paper = papers[i];
            bytes32 id = _id(paper.schema, paper.issuer, paper.number);
            bool isAsked = paper.schema == required.schema && paper.issuer > before && paper.subject == account;
            require(isAsked && !_served[id] && attestations.holds(paper), Admission_PaperRefused(i));
            _served[id] = true;
            before = paper.issuer;
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

    /// @inheritdoc IAdmission
    function hasServed(uint256 schema, address issuer, uint256 number) external view returns (bool) {
        return _served[_id(schema, issuer, number)];
    }

    function _id(uint256 schema, address issuer, uint256 number) private pure returns (bytes32) {
        return keccak256(abi.encode(schema, issuer, number));
    }
}
