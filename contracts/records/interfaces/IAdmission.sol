// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";
import {IResidents, Kind, Standing} from "../../residents/interfaces/IResidents.sol";
import {IAttestations} from "./IAttestations.sol";

/// @title Enrolment by papers
/// @notice Enrols whoever shows the papers that the town asks of a kind of resident: of one schema, one of each issuer
/// that ADMIN names, so that none of two enrols alone, nor whoever accredits others beside them. It holds the
/// registrar's office and does nothing else with it. Whoever the register has known comes back by the registrar alone,
/// so that papers serve once. Who has papers of two accounts has two: that is for the issuers to prevent.
interface IAdmission is ISlipActs {
    /// @notice What is asked of a kind.
    /// @param schema of the papers
    /// @param issuers each of whom gives one, by the names of their series, increasing; none when nobody is enrolled by
    /// papers
    struct Requirement {
        uint256 schema;
        address[] issuers;
    }

    /// @notice Papers of these issuers under a schema are asked of a kind from now on.
    event RequirementSet(Kind indexed kind, uint256 schema, address[] issuers);
    /// @notice A paper let an account in.
    event Admitted(address indexed account, uint256 indexed schema, address indexed issuer, uint256 number);

    /// @notice Thrown when a kind is enrolled by nobody, or by ADMIN alone.
    error Admission_NotOfKind(Kind kind);
    /// @notice Thrown when papers are asked under a schema that nobody opened.
    error Admission_NoSchema(uint256 schema);
    /// @notice Thrown when papers of more issuers are asked than one act may bring.
    error Admission_TooManyIssuers(uint256 most);
    /// @notice Thrown when issuers are not named by increasing address, each once.
    error Admission_IssuersUnordered(uint256 place);
    /// @notice Thrown when none of a kind are enrolled by papers.
    error Admission_NothingAsked(Kind kind);
    /// @notice Thrown when fewer or more papers are shown than are asked.
    error Admission_PapersAsked(uint256 asked, uint256 shown);
    /// @notice Thrown when a paper is of another schema, issuer or account than is asked, or does not hold.
    error Admission_PaperRefused(uint256 place);
    /// @notice Thrown when the register has known an account, also if it has left.
    error Admission_Known(address account, Standing standing);

    /// @notice Asks papers of a kind, or, of no issuer, none any more: then the registrar alone enrols it. ADMIN.
    /// @param issuers By increasing address.
    function setRequirement(Kind kind, uint256 schema, address[] calldata issuers) external;

    /// @notice Enrols an account by its papers. The account, or anyone with its slip.
    /// @dev EIP-712 `Admit(uint8 kind,address account,uint256 schema,uint256 deadline)`; it serves once, as the account
    /// is known from then on.
    /// @param papers In the order of the issuers that are asked.
    function admit(
        Kind kind,
        address account,
        IAttestations.Paper[] calldata papers,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice What is asked of a kind.
    function requirementOf(Kind kind) external view returns (Requirement memory);

    /// @notice The register.
    function residents() external view returns (IResidents);

    /// @notice Where papers are.
    function attestations() external view returns (IAttestations);
}
