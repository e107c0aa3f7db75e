// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clearing} from "contracts/flows/Clearing.sol";
import {Meters} from "contracts/flows/Meters.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Claim} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {SmallPeriod, SmallPeriods} from "tests/forge/adversaries/SmallPeriods.sol";
import {WholeTown} from "tests/forge/adversaries/WholeTown.sol";

/// @title The street whose sun Bob sells to Alice, in a town with all its modules
/// @dev Alice contested the first bill and awaits the arbiter; the second is stated, true, and its window open. The
/// club is another operation of the same organiser, whose refuter is a key where the street's is Meters.
abstract contract StreetTown is WholeTown {
    /// @param payer whose meter draws
    /// @param payee whose meter injects
    struct Operation {
        IClearing.Terms terms;
        bytes32 op;
        address payer;
        address payee;
        bytes32 draws;
        bytes32 injects;
    }

    /// @dev Where somebody may have something.
    struct Purse {
        bytes32 op;
        address member;
        bool isFirst; // of the member's
    }

    string internal constant TERMS =
        "Terms(address organiser,address arbiter,address refuter,uint16 contest_h,uint16 rule_h,bytes32 rulesHash)";
    uint16 internal constant CONTEST_H = 1;
    uint16 internal constant RULE_H = 30 * 24;
    uint40 internal constant CAP = 100_00;
    uint64 internal constant PREPAID = 300_00;
    int64 internal constant DEBIT = 30_00;
    uint32 internal constant FIRST = 1;
    uint32 internal constant SECOND = 2;

    address internal organiser;
    address internal arbiter;
    address internal agent;
    address internal refuter;
    address internal neighbour; // a member as Alice is

    Clearing internal clearing;
    Meters internal meters;
    Operation internal street;
    Operation internal club;
    Purse[] internal purses; // of all operations that anybody opened
    mapping(bytes32 op => mapping(address member => bool)) private _hasPurse;
    uint40 internal periodStart;

    function setUp() public virtual override {
        super.setUp();
        clearing = Clearing(deployCode("Clearing.sol:Clearing", abi.encode(currency, residents)));
        meters = Meters(deployCode("Meters.sol:Meters", abi.encode(clearing, residents)));
        _enrolInstitution(address(clearing));
        (agent, refuter) = (_person("agent"), _person("refuter"));
        organiser = _resident("organiser");
        arbiter = _resident("arbiter");
        neighbour = _resident("neighbour");
        periodStart = uint40(block.timestamp - 1 days);

        street = _openOperation(IClearing.Terms(organiser, arbiter, address(meters), CONTEST_H, RULE_H, "street"));
        club = _openOperation(IClearing.Terms(organiser, arbiter, refuter, CONTEST_H, RULE_H, "club"));
        (street.payer, street.payee) = (alice, bob);
        _note(street.op, bob);
        _prepay(street.op, alice, CAP);
        _prepay(street.op, neighbour, CAP);
        _prepay(street.op, organiser, 0);
        street.draws = _install(street.op, alice, agent, SmallPeriods.DRAWS);
        street.injects = _install(street.op, bob, agent, SmallPeriods.INJECTS);
        _commitTo(street, SECOND, agent);

        bytes32 first = _state(street, FIRST);
        vm.prank(alice);
        clearing.contest(street.op, first, alice, "reason", 0, "");
        _windowPasses();
        clearing.settle(street.op, _bill(street, FIRST), _linesOf(street, DEBIT));
        _state(street, SECOND);
        _state(club, FIRST);
    }

    /// @dev With money in the pocket.
    function _resident(string memory name) private returns (address who) {
        who = _person(name);
        _enrol(Kind.Citizen, who);
        _mint(who, PREPAID);
    }

    function _openOperation(IClearing.Terms memory terms) internal returns (Operation memory at) {
        (at.terms, at.op) = (terms, clearing.open(terms));
        (at.payer, at.payee) = (terms.arbiter, terms.organiser);
        _note(at.op, terms.organiser);
    }

    function _note(bytes32 op, address member) private {
        if (_hasPurse[op][member]) return;
        purses.push(Purse(op, member, !_hasPurse[0][member]));
        (_hasPurse[op][member], _hasPurse[0][member]) = (true, true);
    }

    function _prepay(bytes32 op, address member, uint40 cap_cents) internal {
        _note(op, member);
        _mint(member, PREPAID);
        vm.startPrank(member);
        currency.approve(address(clearing), PREPAID);
        clearing.deposit(op, member, cap_cents, PREPAID);
        vm.stopPrank();
    }

    /// @dev A meter that counts since the period began.
    function _install(bytes32 op, address member, address agent_, uint8 kind) internal returns (bytes32) {
        uint256 deadline = block.timestamp + 1 days;
        bytes memory signature = _installSlip(op, member, member, agent_, kind, deadline);
        vm.prank(agent_);
        return _installed(op, member, agent_, kind, deadline, signature);
    }

    function _installed(
        bytes32 op,
        address member,
        address agent_,
        uint8 kind,
        uint256 deadline,
        bytes memory signature
    ) private returns (bytes32) {
        return meters.install(
            op, member, "salt", agent_, SmallPeriods.WATT_HOUR, kind, periodStart, deadline, signature, ""
        );
    }

    /// @dev As the member or the agent signs it.
    function _installSlip(bytes32 op, address signer, address member, address agent_, uint8 kind, uint256 deadline)
        internal
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256(
            abi.encodePacked(
                "Install(Terms terms,address member,bytes32 salt,address agent,uint8 unit,uint8 kind,uint40 since,uint256 deadline)",
                TERMS
            )
        );
        bytes memory what = abi.encode(
            typeHash, op, member, bytes32("salt"), agent_, SmallPeriods.WATT_HOUR, kind, periodStart, deadline
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _domain("Meters", address(meters)), keccak256(what)));
        return _sign(signer, digest);
    }

    function _commitTo(Operation memory at, uint32 period, address agent_) internal {
        bytes memory call = _commitCall(at, period, 0, "");
        vm.prank(agent_);
        (bool done,) = address(meters).call(call);
        require(done);
    }

    /// @dev What an agent of both meters commits to: what `_truth` publishes.
    function _commitCall(Operation memory at, uint32 period, uint256 deadline, bytes memory signature)
        internal
        view
        returns (bytes memory)
    {
        return abi.encodeCall(
            IMeters.commit,
            (at.op, period, periodStart, SmallPeriods.STEP_S, SmallPeriods.STEPS, _roots(at), deadline, signature)
        );
    }

    function _commitSlip(Operation memory at, address signer, uint32 period, uint256 deadline)
        internal
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256(
            abi.encodePacked(
                "Commit(Terms terms,uint32 period,uint40 start,uint16 step_s,uint16 steps,Root[] roots,uint256 deadline)",
                "Root(bytes32 id,bytes32 root)",
                TERMS
            )
        );
        IMeters.Root[] memory roots = _roots(at);
        bytes32[2] memory hashes;
        for (uint256 i; i < 2; ++i) {
            hashes[i] = keccak256(abi.encode(keccak256("Root(bytes32 id,bytes32 root)"), roots[i]));
        }
        bytes32 rootsHash = keccak256(abi.encodePacked(hashes));
        bytes memory what = abi.encode(
            typeHash, at.op, period, periodStart, SmallPeriods.STEP_S, SmallPeriods.STEPS, rootsHash, deadline
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _domain("Meters", address(meters)), keccak256(what)));
        return _sign(signer, digest);
    }

    function _roots(Operation memory at) private pure returns (IMeters.Root[] memory roots) {
        roots = new IMeters.Root[](2);
        roots[0] = IMeters.Root(at.draws, SmallPeriods.committedTo(0)[0]);
        roots[1] = IMeters.Root(at.injects, SmallPeriods.committedTo(1)[0]);
    }

    /// @dev What is published under a number: the period of that number, true where the agent committed to it.
    function _truth(Operation memory at, uint32 number) internal view returns (SmallPeriod memory) {
        return SmallPeriods.make(at.op, number, periodStart, at.draws, at.injects);
    }

    function _bill(Operation memory at, uint32 number) internal view returns (IClearing.Statement memory) {
        return _billOf(at, _truth(at, number), DEBIT);
    }

    /// @dev States what is published; what refutes it is told of the statement then.
    function _billOf(Operation memory at, SmallPeriod memory period, int64 debit_cents)
        internal
        pure
        returns (IClearing.Statement memory)
    {
        Claim memory claim = period.claim;
        string memory uri = "ipfs://bill";
        (claim.number, claim.n, claim.uriHash) = (claim.header.period, 2, keccak256(bytes(uri)));
        claim.linesHash = keccak256(abi.encode(_linesOf(at, debit_cents)));
        bytes32 readingsRoot = keccak256(abi.encode(claim.header));
        return IClearing.Statement(
            claim.number, claim.header.period, claim.linesHash, claim.n, readingsRoot, claim.totalsRoot, uri
        );
    }

    /// @dev The payer pays the payee, by account.
    function _linesOf(Operation memory at, int64 debit_cents) internal pure returns (IClearing.Line[] memory lines) {
        lines = new IClearing.Line[](2);
        (uint256 payer, uint256 payee) = at.payer < at.payee ? (0, 1) : (1, 0);
        lines[payer] = IClearing.Line(at.payer, debit_cents);
        lines[payee] = IClearing.Line(at.payee, -debit_cents);
    }

    function _state(Operation memory at, uint32 number) internal returns (bytes32) {
        IClearing.Statement memory statement = _bill(at, number);
        vm.prank(at.terms.organiser);
        clearing.state(at.op, statement, 0, "");
        return clearing.hashStatement(statement);
    }

    function _windowPasses() internal {
        vm.warp(block.timestamp + uint256(CONTEST_H) * 1 hours);
    }
}
