// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Attestations} from "contracts/records/Attestations.sol";
import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {AsDeployed} from "tests/forge/support/AsDeployed.sol";

/// @title A university that accredits its rector, who certifies diplomas; Alice has one
/// @dev The contract stands on no town: nobody's office is asked. Trees are planted here as docs/papers-format.md says.
abstract contract RecordsFixture is AsDeployed {
    uint40 internal constant NOW = 1_767_225_600; // 2026-01-01
    uint40 internal constant ACCREDITED_UNTIL = NOW + 365 days;
    bytes32 internal constant HAND = keccak256("Hand(uint256 schema,address issuer,address key,uint256 deadline)");
    bytes32 internal constant ISSUE = keccak256(
        "Issue(uint256 schema,address issuer,bytes32 root,uint256 first,uint256 count,string uri,uint256 deadline)"
    );
    bytes32 internal constant USE =
        keccak256("Use(uint256 schema,address issuer,uint256 number,bytes32 purpose,uint256 deadline)");

    address internal university = makeAddr("university");
    address internal rector;
    uint256 internal rectorKey;
    address internal alice;
    uint256 internal aliceKey;
    address internal stranger = makeAddr("stranger");

    Attestations internal attestations;
    uint256 internal schema;

    function _found() internal {
        vm.warp(NOW);
        (rector, rectorKey) = makeAddrAndKey("rector");
        (alice, aliceKey) = makeAddrAndKey("alice");
        attestations = Attestations(deployCode("Attestations.sol:Attestations", ""));
        vm.startPrank(university);
        schema = attestations.openSchema("diploma", "ipfs://diploma");
        attestations.accredit(schema, rector, ACCREDITED_UNTIL);
        vm.stopPrank();
    }

    /// @dev So many diplomas of Alice's from a number on, not yet under a root.
    function _drawUp(uint256 first, uint256 count) internal view returns (IAttestations.Paper[] memory papers) {
        papers = new IAttestations.Paper[](count);
        for (uint256 i; i < count; ++i) {
            papers[i].schema = schema;
            papers[i].issuer = rector;
            papers[i].number = first + i;
            papers[i].subject = alice;
            papers[i].claimsRoot = keccak256(abi.encode("claims", first + i));
        }
    }

    /// @dev Plants the tree over papers, and gives each its root and its proof.
    function _seal(IAttestations.Paper[] memory papers) internal pure returns (bytes32 root) {
        uint256 count = papers.length;
        bytes32[] memory nodes = new bytes32[](2 * count - 1);
        for (uint256 i; i < count; ++i) {
            nodes[2 * count - 2 - i] = _leaf(papers[i]);
        }
        for (uint256 place = count - 1; place != 0; --place) {
            nodes[place - 1] = keccak256(abi.encode(nodes[2 * place - 1], nodes[2 * place]));
        }
        root = nodes[0];
        for (uint256 i; i < count; ++i) {
            papers[i].root = root;
            papers[i].proof = _proof(nodes, 2 * count - 2 - i);
        }
    }

    function _leaf(IAttestations.Paper memory paper) internal pure returns (bytes32) {
        bytes32 inner = keccak256(
            abi.encode(paper.number, paper.subject, paper.claimsRoot, paper.parentsRoot, paper.from, paper.until)
        );
        return keccak256(abi.encode(inner));
    }

    /// @dev Seals and issues them, by the rector himself.
    function _issue(IAttestations.Paper[] memory papers) internal returns (bytes32 root) {
        root = _seal(papers);
        vm.prank(rector);
        attestations.issue(schema, rector, root, papers[0].number, papers.length, "", 0, "");
    }

    function _issued(uint256 count) internal returns (IAttestations.Paper[] memory papers) {
        papers = _drawUp(attestations.seriesOf(schema, rector).next, count);
        _issue(papers);
    }

    function _sign(uint256 key, bytes32 slip) internal view returns (bytes memory) {
        return _signFor(key, slip, address(attestations), block.chainid);
    }

    function _signFor(uint256 key, bytes32 slip, address contract_, uint256 chainId)
        internal
        pure
        returns (bytes memory)
    {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(slip, contract_, chainId));
        return abi.encodePacked(r, s, v);
    }

    function _digest(bytes32 slip, address contract_, uint256 chainId) internal pure returns (bytes32) {
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Attestations"),
                keccak256("1"),
                chainId,
                contract_
            )
        );
        return keccak256(abi.encodePacked("\x19\x01", separator, slip));
    }

    function _issueSlip(bytes32 root, uint256 first, uint256 count, string memory uri, uint256 deadline)
        internal
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(ISSUE, schema, rector, root, first, count, keccak256(bytes(uri)), deadline));
    }

    function _useSlip(uint256 number, bytes32 purpose, uint256 deadline) internal view returns (bytes32) {
        return keccak256(abi.encode(USE, schema, rector, number, purpose, deadline));
    }

    function _proof(bytes32[] memory nodes, uint256 place) private pure returns (bytes32[] memory proof) {
        uint256 depth;
        for (uint256 at = place; at != 0; at = (at - 1) / 2) {
            ++depth;
        }
        proof = new bytes32[](depth);
        for (uint256 i; place != 0; place = (place - 1) / 2) {
            proof[i++] = nodes[place % 2 == 0 ? place - 1 : place + 1];
        }
    }
}
