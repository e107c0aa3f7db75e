// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {PeriodFixture} from "tests/forge/flows/PeriodFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title What a member's or an agent's signature is worth: one act, once, in one operation of one contract and chain
contract MetersSlipsTest is PeriodFixture {
    string private constant REMOVE = "Remove(Terms terms,bytes32 id,uint256 deadline)";
    string private constant COMMIT =
        "Commit(Terms terms,uint32 period,uint40 start,uint16 step_s,uint16 steps,Root[] roots,uint256 deadline)";
    string private constant ROOT = "Root(bytes32 id,bytes32 root)";
    uint40 private constant SINCE = uint40(FOUNDED_AT - 30 days);

    function setUp() public {
        _foundMeters();
    }

    function test_AnyonePostsWhatMemberAndAgentSigned() public {
        bytes32 slip = _installSlip(ines, DRAWS, SINCE);
        vm.prank(stranger);
        bytes32 id = _install(ines, DRAWS, FOUNDED_AT, _signedFor(ines, slip), _signedFor(agent, slip));
        assertEq(meters.meterOf(op, id).member, ines);
    }

    function test_NeitherMemberNorAgentInstallsAlone() public {
        bytes32 slip = _installSlip(ines, DRAWS, SINCE);
        (bytes memory hers, bytes memory its) = (_signedFor(ines, slip), _signedFor(agent, slip));
        _refusesInstall(ines, DRAWS, FOUNDED_AT, "", its, ines);
        _refusesInstall(ines, DRAWS, FOUNDED_AT, hers, "", agent);
        _refusesInstall(ines, DRAWS, FOUNDED_AT, its, hers, ines);
        _refusesInstall(ines, DRAWS, FOUNDED_AT, hers, hers, agent);
        vm.prank(ines);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, agent));
        _install(ines, DRAWS, FOUNDED_AT, "", hers);
    }

    function test_AnInstallationServesForWhatItSays() public {
        bytes32 slip = _installSlip(ines, DRAWS, SINCE);
        (bytes memory hers, bytes memory its) = (_signedFor(ines, slip), _signedFor(agent, slip));
        _refusesInstall(jules, DRAWS, FOUNDED_AT, hers, its, jules);
        _refusesInstall(ines, INJECTS, FOUNDED_AT, hers, its, ines);
        _refusesInstall(ines, DRAWS, FOUNDED_AT + 1, hers, its, ines);
        address its_ = agent;
        agent = stranger;
        _refusesInstall(ines, DRAWS, FOUNDED_AT, hers, its, ines);
        agent = its_;
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, ines));
        meters.install(op, ines, "other", agent, WATT_HOUR, DRAWS, SINCE, FOUNDED_AT, hers, its);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, ines));
        meters.install(op, ines, "salt", agent, 2, DRAWS, SINCE, FOUNDED_AT, hers, its);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, ines));
        meters.install(op, ines, "salt", agent, WATT_HOUR, DRAWS, SINCE + 1, FOUNDED_AT, hers, its);
        bytes32 op_ = op;
        arbiter = stranger;
        op = clearing.open(_terms());
        _refusesInstall(ines, DRAWS, FOUNDED_AT, hers, its, ines);
        op = op_;
        _install(ines, DRAWS, FOUNDED_AT, hers, its);
    }

    function test_AnInstallationServesInOneContractOnOneChain() public {
        bytes32 slip = _installSlip(ines, DRAWS, SINCE);
        (bytes memory hers, bytes memory its) = (_signedFor(ines, slip), _signedFor(agent, slip));
        bytes32 elsewhere = _domain("Meters", address(this));
        _refusesInstall(ines, DRAWS, FOUNDED_AT, _signedIn(elsewhere, ines, slip), its, ines);
        _refusesInstall(ines, DRAWS, FOUNDED_AT, hers, _signedIn(elsewhere, agent, slip), agent);
        uint256 chain = block.chainid;
        vm.chainId(1);
        _refusesInstall(ines, DRAWS, FOUNDED_AT, hers, its, ines);
        vm.chainId(chain);
        _install(ines, DRAWS, FOUNDED_AT, hers, its);
    }

    function test_AnInstallationIsNotPostedLate() public {
        bytes32 slip = _installSlip(ines, DRAWS, SINCE);
        (bytes memory hers, bytes memory its) = (_signedFor(ines, slip), _signedFor(agent, slip));
        vm.warp(FOUNDED_AT + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, FOUNDED_AT));
        _install(ines, DRAWS, FOUNDED_AT, hers, its);
    }

    function test_ASmartAccountIsAMemberOrAnAgentByItsOwnersSignature() public {
        address home = address(new OwnedWallet(ines));
        address owner = agent;
        agent = address(new OwnedWallet(owner));
        bytes32 slip = _installSlip(home, DRAWS, SINCE);
        bytes32 id = _install(home, DRAWS, FOUNDED_AT, _signedFor(ines, slip), _signedFor(owner, slip));
        IMeters.Root[] memory roots = _one(id);
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, _signedFor(owner, _commitSlip(roots)));
        assertTrue(meters.commitmentOf(op, id, JANUARY) != 0);
    }

    function test_AMembersSlipRemovesItsMeterAlone() public {
        bytes32 id = _installed("ines", DRAWS);
        bytes32 other = _installed("jules", DRAWS);
        bytes32 slip = keccak256(abi.encode(_ofTerms(REMOVE), op, id, FOUNDED_AT));
        bytes memory signature = _signedFor(ines, slip);
        _refusesRemoval(other, FOUNDED_AT, signature, jules);
        _refusesRemoval(id, FOUNDED_AT + 1, signature, ines);
        _refusesRemoval(id, FOUNDED_AT, _signedFor(agent, slip), ines);
        _refusesRemoval(id, FOUNDED_AT, _signedFor(jules, slip), ines);
        _refusesRemoval(id, FOUNDED_AT, _signedIn(_domain("Meters", address(this)), ines, slip), ines);
        uint256 chain = block.chainid;
        vm.chainId(1);
        _refusesRemoval(id, FOUNDED_AT, signature, ines);
        vm.chainId(chain);
        vm.warp(FOUNDED_AT + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, FOUNDED_AT));
        meters.remove(op, id, FOUNDED_AT, signature);

        vm.warp(FOUNDED_AT);
        vm.prank(agent); // who may as well post hers
        meters.remove(op, id, FOUNDED_AT, signature);
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_AlreadyRemoved.selector, FOUNDED_AT));
        meters.remove(op, id, FOUNDED_AT, signature);
    }

    function test_AnAgentsSlipCommitsWhereNothingStands_AndItCommitsAnewByItself() public {
        bytes32 id = _installed("ines", DRAWS);
        IMeters.Root[] memory roots = _one(id);
        bytes memory signature = _signedFor(agent, _commitSlip(roots));
        vm.prank(stranger);
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
        _refusesKeptSlip(roots, signature);
        _commit(id, SINCE, 5, "corrected");
        bytes32 corrected = meters.commitmentOf(op, id, JANUARY);
        assertEq(corrected, keccak256(abi.encode(SINCE, STEP_S, 5, bytes32("corrected"))));
        _refusesKeptSlip(roots, signature);
        assertEq(meters.commitmentOf(op, id, JANUARY), corrected);
    }

    /// @dev A true period would else be refuted by its columns, by the very stranger who kept the slip.
    function test_ASlipThatWasKeptBackUndoesNothingThatItsAgentDidSince() public {
        bytes32 id = _installed("ines", DRAWS);
        IMeters.Root[] memory roots = _one(id);
        bytes memory signature = _signedFor(agent, _commitSlip(roots));
        _commit(id, SINCE, 5, "corrected");
        vm.prank(agent); // no more than anybody
        _refusesKeptSlip(roots, signature);
        assertEq(meters.commitmentOf(op, id, JANUARY), keccak256(abi.encode(SINCE, STEP_S, 5, bytes32("corrected"))));
    }

    function test_ACommitmentServesForWhatItSays() public {
        bytes32 id = _installed("ines", DRAWS);
        IMeters.Root[] memory roots = _one(id);
        bytes32 slip = _commitSlip(roots);
        bytes memory signature = _signedFor(agent, slip);
        _refusesCommitment(2, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
        _refusesCommitment(JANUARY, SINCE + 1, STEP_S, 5, roots, FOUNDED_AT, signature);
        _refusesCommitment(JANUARY, SINCE, STEP_S + 1, 5, roots, FOUNDED_AT, signature);
        _refusesCommitment(JANUARY, SINCE, STEP_S, 10, roots, FOUNDED_AT, signature);
        _refusesCommitment(JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT + 1, signature);
        roots[0].root = "other";
        _refusesCommitment(JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
        roots = _one(_installed("jules", DRAWS));
        _refusesCommitment(JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
        roots = _one(id);
        _refusesCommitment(JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, _signedFor(ines, slip));
        bytes32 elsewhere = _domain("Meters", address(this));
        _refusesCommitment(JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, _signedIn(elsewhere, agent, slip));
        uint256 chain = block.chainid;
        vm.chainId(1);
        _refusesCommitment(JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
        vm.chainId(chain);
        vm.warp(FOUNDED_AT + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, FOUNDED_AT));
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
        vm.warp(FOUNDED_AT);
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
    }

    function _install(address member, uint8 kind, uint256 deadline, bytes memory hers, bytes memory its)
        private
        returns (bytes32)
    {
        return meters.install(op, member, "salt", agent, WATT_HOUR, kind, SINCE, deadline, hers, its);
    }

    function _refusesInstall(
        address member,
        uint8 kind,
        uint256 deadline,
        bytes memory hers,
        bytes memory its,
        address unsigned
    ) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, unsigned));
        vm.prank(stranger);
        _install(member, kind, deadline, hers, its);
    }

    function _refusesRemoval(bytes32 id, uint256 deadline, bytes memory signature, address unsigned) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, unsigned));
        meters.remove(op, id, deadline, signature);
    }

    function _refusesCommitment(
        uint32 number,
        uint40 start,
        uint16 step_s,
        uint16 steps,
        IMeters.Root[] memory roots,
        uint256 deadline,
        bytes memory signature
    ) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, agent));
        meters.commit(op, number, start, step_s, steps, roots, deadline, signature);
    }

    function _refusesKeptSlip(IMeters.Root[] memory roots, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_AlreadyCommitted.selector, roots[0].id));
        meters.commit(op, JANUARY, SINCE, STEP_S, 5, roots, FOUNDED_AT, signature);
    }

    function _one(bytes32 id) private pure returns (IMeters.Root[] memory roots) {
        roots = new IMeters.Root[](1);
        roots[0] = IMeters.Root(id, "root");
    }

    function _commitSlip(IMeters.Root[] memory roots) private view returns (bytes32) {
        bytes32 root = keccak256(abi.encode(keccak256(bytes(ROOT)), roots[0]));
        bytes32 typeHash = _ofTerms(string.concat(COMMIT, ROOT));
        bytes32 all = keccak256(abi.encodePacked(root));
        return keccak256(abi.encode(typeHash, op, JANUARY, SINCE, STEP_S, uint16(5), all, FOUNDED_AT));
    }
}
