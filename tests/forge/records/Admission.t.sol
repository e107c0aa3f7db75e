// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {Admission} from "contracts/records/Admission.sol";
import {Attestations} from "contracts/records/Attestations.sol";
import {IAdmission} from "contracts/records/interfaces/IAdmission.sol";
import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {IResidents, Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title A town that enrols whom the landlord's and the school's office both certify; Alice is new there
contract AdmissionTest is TownFixture {
    bytes32 private constant ADMIT = keccak256("Admit(uint8 kind,address account,uint256 schema,uint256 deadline)");
    uint40 private constant UNTIL = uint40(FOUNDED_AT + 365 days);

    Attestations private attestations;
    Admission private admission;
    uint256 private schema;
    address private alice;
    uint256 private aliceKey;
    address private bob = makeAddr("bob");
    address private landlord;
    address private school;

    function setUp() public {
        _foundTown();
        (alice, aliceKey) = makeAddrAndKey("alice");
        (address one, address other) = (makeAddr("landlords' office"), makeAddr("school"));
        (landlord, school) = one < other ? (one, other) : (other, one);
        attestations = Attestations(deployCode("Attestations.sol:Attestations", ""));
        bytes memory arguments = abi.encode(town, residents, attestations);
        admission = Admission(deployCode("Admission.sol:Admission", arguments));
        _appoint(town.REGISTRAR(), address(admission));
        vm.startPrank(clerk);
        schema = attestations.openSchema("certificate of residence", "");
        attestations.accredit(schema, landlord, UNTIL);
        attestations.accredit(schema, school, UNTIL);
        vm.stopPrank();
        vm.prank(mayor);
        admission.setRequirement(Kind.Citizen, schema, _issuers(landlord, school));
    }

    function test_WhoeverShowsWhatIsAskedIsEnrolled() public {
        IAttestations.Paper[] memory papers = _both(alice);

        vm.expectEmit(address(admission));
        emit IAdmission.Admitted(alice, schema, landlord, 0);
        vm.expectEmit(address(admission));
        emit IAdmission.Admitted(alice, schema, school, 0);
        vm.expectEmit(address(residents));
        emit IResidents.Enrolled(alice, Kind.Citizen, 0);
        vm.prank(alice);
        admission.admit(Kind.Citizen, alice, papers, 0, "");

        assertTrue(residents.isActive(alice));
        assertEq(address(admission.residents()), address(residents));
        assertEq(address(admission.attestations()), address(attestations));
    }

    function test_AnyonePostsWhatSheSigned() public {
        IAttestations.Paper[] memory papers = _both(alice);
        uint256 deadline = block.timestamp + 1 days;
        bytes memory signature = _sign(Kind.Citizen, deadline, address(admission));

        vm.prank(stranger);
        admission.admit(Kind.Citizen, alice, papers, deadline, signature);

        assertTrue(residents.isActive(alice));
    }

    function test_NobodyIsEnrolledWhoDoesNotWillIt() public {
        IAttestations.Paper[] memory papers = _both(alice);
        uint256 deadline = block.timestamp + 1 days;

        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, alice));
        vm.prank(stranger);
        admission.admit(Kind.Citizen, alice, papers, 0, "");
        bytes memory forAnother = _sign(Kind.Professional, deadline, address(admission));
        bytes memory elsewhere = _sign(Kind.Citizen, deadline, address(attestations));
        _refusedSlip(papers, deadline, forAnother);
        _refusedSlip(papers, deadline, elsewhere);
        _refusedSlip(papers, deadline + 1, _sign(Kind.Citizen, deadline, address(admission)));
        bytes memory signed = _sign(Kind.Citizen, deadline, address(admission));
        vm.chainId(block.chainid + 1);
        _refusedSlip(papers, deadline, signed);
        vm.chainId(block.chainid - 1);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, deadline));
        admission.admit(Kind.Citizen, alice, papers, deadline, signed);
    }

    function test_WhomTheRegisterHasKnownItsRegistrarAloneBringsBack() public {
        IAttestations.Paper[] memory papers = _both(alice);
        vm.prank(alice);
        admission.admit(Kind.Citizen, alice, papers, 0, "");
        vm.prank(registrar);
        residents.depart(alice);

        papers = _both(alice);
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_Known.selector, alice, Standing.Left));
        vm.prank(alice);
        admission.admit(Kind.Citizen, alice, papers, 0, "");
    }

    function test_WhoeverIsAccreditedBesideThoseNamedLetsNobodyIn() public {
        address sock = makeAddr("another of the clerk's");
        vm.prank(clerk);
        attestations.accredit(schema, sock, UNTIL);
        IAttestations.Paper[] memory papers = _both(alice);

        papers[1] = _issued(sock, alice);
        _refused(papers, 1);
    }

    function test_NoIssuerEnrolsAloneWhereTwoAreAsked() public {
        IAttestations.Paper[] memory papers = _both(alice);
        IAttestations.Paper memory again = _issued(landlord, alice);

        IAttestations.Paper[] memory alone = new IAttestations.Paper[](1);
        alone[0] = papers[0];
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_PapersAsked.selector, 2, 1));
        vm.prank(alice);
        admission.admit(Kind.Citizen, alice, alone, 0, "");
        papers[1] = papers[0];
        _refused(papers, 1);
        papers[1] = again;
        _refused(papers, 1);
    }

    function test_APaperThatIsNotWhatIsAskedIsRefused() public {
        IAttestations.Paper[] memory papers = _both(alice);
        IAttestations.Paper memory bobs = _issued(school, bob);
        IAttestations.Paper memory asIssued = papers[1];

        papers[1] = bobs;
        _refused(papers, 1);
        papers[1] = asIssued;
        (papers[0], papers[1]) = (papers[1], papers[0]);
        _refused(papers, 0);
        (papers[0], papers[1]) = (papers[1], papers[0]);

        vm.prank(school);
        attestations.revoke(schema, school, 0, 1);
        _refused(papers, 1);

        vm.startPrank(clerk);
        uint256 other = attestations.openSchema("library card", "");
        attestations.accredit(other, school, UNTIL);
        vm.stopPrank();
        papers[1] = _issuedUnder(other, school, alice);
        _refused(papers, 1);
    }

    function test_ForKindsThatNothingIsAskedOfTheRegistrarAloneEnrols() public {
        IAttestations.Paper[] memory papers = _both(alice);
        vm.prank(mayor);
        admission.setRequirement(Kind.Citizen, schema, new address[](0));

        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_NothingAsked.selector, Kind.Citizen));
        vm.prank(alice);
        admission.admit(Kind.Citizen, alice, papers, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_NothingAsked.selector, Kind.Professional));
        admission.admit(Kind.Professional, alice, papers, 0, "");
    }

    function test_WhomTheRegisterKnowsItDoesNotEnrolAgain() public {
        IAttestations.Paper[] memory papers = _both(alice);
        _enrol(Kind.Citizen, alice);
        vm.prank(registrar);
        residents.suspend(alice, "order");

        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_Known.selector, alice, Standing.Suspended));
        vm.prank(alice);
        admission.admit(Kind.Citizen, alice, papers, 0, "");
    }

    function test_OnlyAdminSaysWhatIsAsked() public {
        address[] memory all = _everybody();
        for (uint256 i; i < all.length; ++i) {
            if (all[i] == mayor) continue;
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, all[i]));
            vm.prank(all[i]);
            admission.setRequirement(Kind.Citizen, schema, _issuers(landlord, school));
        }

        vm.expectEmit(address(admission));
        emit IAdmission.RequirementSet(Kind.Professional, schema, _issuers(landlord, school));
        vm.prank(mayor);
        admission.setRequirement(Kind.Professional, schema, _issuers(landlord, school));
        assertEq(admission.requirementOf(Kind.Professional).issuers, _issuers(landlord, school));
        assertEq(admission.requirementOf(Kind.Professional).schema, schema);
    }

    function test_WhenARequirementMakesNoSense_ItIsRefused() public {
        address[] memory named = _issuers(landlord, school);
        vm.startPrank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_NotOfKind.selector, Kind.None));
        admission.setRequirement(Kind.None, schema, named);
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_NotOfKind.selector, Kind.Institution));
        admission.setRequirement(Kind.Institution, schema, named);
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_NoSchema.selector, schema + 1));
        admission.setRequirement(Kind.Citizen, schema + 1, named);
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_TooManyIssuers.selector, 8));
        admission.setRequirement(Kind.Citizen, schema, new address[](9));
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_IssuersUnordered.selector, 1));
        admission.setRequirement(Kind.Citizen, schema, _issuers(school, school));
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_IssuersUnordered.selector, 0));
        admission.setRequirement(Kind.Citizen, schema, new address[](1));
    }

    function _refused(IAttestations.Paper[] memory papers, uint256 place) private {
        vm.expectRevert(abi.encodeWithSelector(IAdmission.Admission_PaperRefused.selector, place));
        vm.prank(alice);
        admission.admit(Kind.Citizen, alice, papers, 0, "");
    }

    function _refusedSlip(IAttestations.Paper[] memory papers, uint256 deadline, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, alice));
        admission.admit(Kind.Citizen, alice, papers, deadline, signature);
    }

    function _sign(Kind kind, uint256 deadline, address verifier) private view returns (bytes memory) {
        bytes32 slip = keccak256(abi.encode(ADMIT, kind, alice, schema, deadline));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", _domain("Admission", verifier), slip));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, digest);
        return abi.encodePacked(r, s, v);
    }

    function _issuers(address one, address other) private pure returns (address[] memory named) {
        named = new address[](2);
        (named[0], named[1]) = (one, other);
    }

    function _both(address subject) private returns (IAttestations.Paper[] memory papers) {
        papers = new IAttestations.Paper[](2);
        (papers[0], papers[1]) = (_issued(landlord, subject), _issued(school, subject));
    }

    function _issued(address issuer, address subject) private returns (IAttestations.Paper memory) {
        return _issuedUnder(schema, issuer, subject);
    }

    /// @dev A batch of one: its leaf is its root.
    function _issuedUnder(uint256 schema_, address issuer, address subject)
        private
        returns (IAttestations.Paper memory paper)
    {
        paper.schema = schema_;
        paper.issuer = issuer;
        paper.number = attestations.seriesOf(schema_, issuer).next;
        paper.subject = subject;
        paper.claimsRoot = keccak256(abi.encode("claims", schema_, issuer, subject, paper.number));
        bytes32 inner =
            keccak256(abi.encode(paper.number, subject, paper.claimsRoot, paper.parentsRoot, paper.from, paper.until));
        paper.root = keccak256(abi.encode(inner));
        paper.proof = new bytes32[](0);
        vm.prank(issuer);
        attestations.issue(schema_, issuer, paper.root, paper.number, 1, "", 0, "");
    }
}
