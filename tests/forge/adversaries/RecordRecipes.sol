// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdmission} from "contracts/records/interfaces/IAdmission.sol";
import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {PromiseRecipes} from "tests/forge/adversaries/PromiseRecipes.sol";

/// @title How the acts on papers succeed: Rita accredits herself; papers are about her, or somebody new
abstract contract RecordRecipes is PromiseRecipes {
    uint256 private _askedSchema;
    uint256 private _newcomers;

    function setUp() public virtual override {
        super.setUp();
        address at = address(attestations);
        _add(at, IAttestations.openSchema.selector, _openSchema);
        _add(at, IAttestations.accredit.selector, _accredit);
        _add(at, IAttestations.disown.selector, _disown);
        _add(at, IAttestations.hand.selector, _handSeries);
        _add(at, IAttestations.issue.selector, _issuePapers);
        _add(at, IAttestations.revoke.selector, _revokePaper);
        _add(at, IAttestations.use.selector, _usePaper);
        _add(address(admission), IAdmission.setRequirement.selector, _setRequirement);
        _add(address(admission), IAdmission.admit.selector, _admit);
        _add(address(admission), _sel("setAuthority(address)"), _changeAuthority);

        _addSlip("a batch of papers", at, _issueBySlip);
        _addSlip("a paper's use", at, _useBySlip);
        _addSlip("an enrolment by papers", address(admission), _admitBySlip);
    }

    function _openSchema() private pure returns (Act memory) {
        return _ofAnyone(abi.encodeCall(IAttestations.openSchema, ("diploma", "ipfs://diploma")));
    }

    function _accredit() private returns (Act memory) {
        return
            _ofParty(
                rita, abi.encodeCall(IAttestations.accredit, (_accredited(), sam, uint40(block.timestamp + 1 days)))
            );
    }

    function _disown() private returns (Act memory) {
        return _ofParty(rita, abi.encodeCall(IAttestations.disown, (_issued().schema, rita, 0, 1)));
    }

    function _handSeries() private returns (Act memory) {
        (uint256 schema, uint256 deadline) = (_accredited(), block.timestamp + 1 days);
        bytes32 typeHash = keccak256("Hand(uint256 schema,address issuer,address key,uint256 deadline)");
        bytes memory signature = _signedFor(sam, abi.encode(typeHash, schema, rita, sam, deadline));
        return _ofParty(rita, abi.encodeCall(IAttestations.hand, (schema, rita, sam, deadline, signature)));
    }

    function _issuePapers() private returns (Act memory) {
        return _ofParty(
            rita, abi.encodeCall(IAttestations.issue, (_accredited(), rita, _paper(), 0, 1_000, "ipfs://", 0, ""))
        );
    }

    function _issueBySlip() private returns (Act memory) {
        (uint256 schema, bytes32 root, uint256 deadline) = (_accredited(), _paper(), block.timestamp + 1 days);
        bytes32 typeHash = keccak256(
            "Issue(uint256 schema,address issuer,bytes32 root,uint256 first,uint256 count,string uri,uint256 deadline)"
        );
        bytes memory slip = abi.encode(typeHash, schema, rita, root, 0, 1_000, keccak256("ipfs://"), deadline);
        bytes memory signature = _signedFor(rita, slip);
        return
            _ofAnyone(
                abi.encodeCall(IAttestations.issue, (schema, rita, root, 0, 1_000, "ipfs://", deadline, signature))
            );
    }

    function _revokePaper() private returns (Act memory) {
        return _ofParty(rita, abi.encodeCall(IAttestations.revoke, (_issued().schema, rita, 0, 1)));
    }

    function _usePaper() private returns (Act memory) {
        return _ofParty(rita, abi.encodeCall(IAttestations.use, (_issued(), "canteen", 0, "")));
    }

    function _useBySlip() private returns (Act memory) {
        IAttestations.Paper memory paper = _issued();
        uint256 deadline = block.timestamp + 1 days;
        bytes32 typeHash =
            keccak256("Use(uint256 schema,address issuer,uint256 number,bytes32 purpose,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, paper.schema, rita, 0, bytes32("canteen"), deadline);
        bytes memory signature = _signedFor(rita, slip);
        return _ofAnyone(abi.encodeCall(IAttestations.use, (paper, "canteen", deadline, signature)));
    }

    function _setRequirement() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IAdmission.setRequirement, (Kind.Professional, _accredited(), _one(rita))));
    }

    function _admit() private returns (Act memory) {
        IAttestations.Paper[] memory papers = _asked();
        address newcomer = papers[0].subject;
        return _ofParty(newcomer, abi.encodeCall(IAdmission.admit, (Kind.Citizen, newcomer, papers, 0, "")));
    }

    function _admitBySlip() private returns (Act memory) {
        IAttestations.Paper[] memory papers = _asked();
        (address newcomer, uint256 deadline) = (papers[0].subject, block.timestamp + 1 days);
        bytes32 typeHash = keccak256("Admit(uint8 kind,address account,uint256 schema,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, Kind.Citizen, newcomer, _askedSchema, deadline);
        bytes memory signature = _signSlip(newcomer, "Admission", address(admission), keccak256(slip));
        return _ofAnyone(abi.encodeCall(IAdmission.admit, (Kind.Citizen, newcomer, papers, deadline, signature)));
    }

    /// @dev The paper that the town asks of a citizen, for somebody whom it does not know.
    function _asked() private returns (IAttestations.Paper[] memory papers) {
        if (_askedSchema == 0) {
            _askedSchema = _accredited();
            vm.prank(mayor);
            admission.setRequirement(Kind.Citizen, _askedSchema, _one(rita));
        }
        papers = new IAttestations.Paper[](1);
        papers[0] = _issuedUnder(_askedSchema, _person(string.concat("newcomer ", vm.toString(++_newcomers))));
    }

    /// @dev A schema of Rita's, under which she may issue.
    function _accredited() private returns (uint256 schema) {
        vm.startPrank(rita);
        schema = attestations.openSchema("diploma", "ipfs://diploma");
        attestations.accredit(schema, rita, uint40(block.timestamp + 1 days));
        vm.stopPrank();
    }

    function _issued() private returns (IAttestations.Paper memory) {
        return _issuedUnder(_accredited(), rita);
    }

    /// @dev The only paper of a batch of Rita's: its leaf is the root.
    function _issuedUnder(uint256 schema, address subject) private returns (IAttestations.Paper memory paper) {
        (paper.schema, paper.issuer, paper.subject, paper.claimsRoot) = (schema, rita, subject, _paper());
        paper.number = attestations.seriesOf(schema, rita).next;
        bytes32 inner = keccak256(abi.encode(paper.number, subject, paper.claimsRoot, bytes32(0), 0, 0));
        paper.root = keccak256(abi.encode(inner));
        vm.prank(rita);
        attestations.issue(schema, rita, paper.root, paper.number, 1, "", 0, "");
    }

    function _signedFor(address who, bytes memory slip) private view returns (bytes memory) {
        return _signSlip(who, "Attestations", address(attestations), keccak256(slip));
    }
}
