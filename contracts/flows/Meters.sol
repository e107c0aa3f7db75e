// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {IResidents} from "../residents/interfaces/IResidents.sol";
import {Periods} from "./Periods.sol";
import {Refutations} from "./Refutations.sol";
import {IClearing} from "./interfaces/IClearing.sol";
import {IMeters} from "./interfaces/IMeters.sol";
import {Column, Header} from "./interfaces/PeriodTypes.sol";

/// @title Readings as commitments that add up
contract Meters is Refutations {
    string private constant TERMS = "Terms(address organiser,address arbiter,address refuter,uint16 contest_h,"
        "uint16 rule_h,bytes32 rulesHash)";
    bytes32 private constant INSTALL_TYPEHASH = keccak256(
        bytes.concat(
            "Install(Terms terms,address member,bytes32 salt,address agent,uint8 unit,uint8 kind,uint40 since,"
            "uint256 deadline)",
            bytes(TERMS)
        )
    );
    bytes32 private constant REMOVE_TYPEHASH =
        keccak256(bytes.concat("Remove(Terms terms,bytes32 id,uint256 deadline)", bytes(TERMS)));
    bytes32 private constant ROOT_TYPEHASH = keccak256("Root(bytes32 id,bytes32 root)");
    bytes32 private constant COMMIT_TYPEHASH = keccak256(
        bytes.concat(
            "Commit(Terms terms,uint32 period,uint40 start,uint16 step_s,uint16 steps,Root[] roots,uint256 deadline)"
            "Root(bytes32 id,bytes32 root)",
            bytes(TERMS)
        )
    );

    /// @inheritdoc IMeters
    IResidents public immutable residents;

    mapping(bytes32 op => mapping(bytes32 id => Meter)) private _meters;
    mapping(bytes32 op => mapping(bytes32 id => mapping(uint32 period => bytes32))) private _commitments;

    constructor(IClearing clearing_, IResidents residents_) Refutations(clearing_) EIP712("Meters", "1") {
        residents = residents_;
        // Whoever has lost the town's manifest finds by its logs when a contract was born.
        emit EIP712DomainChanged();
    }

    /// @inheritdoc IMeters
    function install(
        bytes32 op,
        address member,
        bytes32 salt,
        address agent,
        uint8 unit,
        uint8 kind,
        uint40 since,
        uint256 deadline,
        bytes calldata memberSignature,
        bytes calldata agentSignature
    ) external returns (bytes32 id) {
        require(clearing.operationOf(op).refuter == address(this), Meters_NotTheRefuter(op));
        require(unit != 0, Meters_NoUnit());
        require(kind == Periods.DRAWS || kind == Periods.INJECTS, Meters_UnknownKind(kind));
        id = idOf(op, member, salt);
        require(_meters[op][id].agent == address(0), Meters_AlreadyInstalled(op, id));
        bytes32 slip = keccak256(abi.encode(INSTALL_TYPEHASH, op, member, salt, agent, unit, kind, since, deadline));
        _requireBy(residents.currentKeyOf(member), slip, deadline, memberSignature);
        _requireBy(agent, slip, deadline, agentSignature);

        _meters[op][id] = Meter(agent, unit, kind, since, 0, member);
        emit MeterInstalled(op, id, member, agent, unit, kind, since);
    }

    /// @inheritdoc IMeters
    function remove(bytes32 op, bytes32 id, uint256 deadline, bytes calldata signature) external {
        Meter storage meter = _meters[op][id];
        require(meter.agent != address(0), Meters_NotInstalled(op, id));
        require(meter.until == 0, Meters_AlreadyRemoved(meter.until));
        bool isAgents = signature.length == 0 && msg.sender == meter.agent;
        if (!isAgents) {
            bytes32 slip = keccak256(abi.encode(REMOVE_TYPEHASH, op, id, deadline));
            _requireBy(residents.currentKeyOf(meter.member), slip, deadline, signature);
        }

        meter.until = uint40(block.timestamp);
        emit MeterRemoved(op, id, block.timestamp);
    }

    /// @inheritdoc IMeters
    function commit(
        bytes32 op,
        uint32 period,
        uint40 start,
        uint16 step_s,
        uint16 steps,
        Root[] calldata roots,
        uint256 deadline,
        bytes calldata signature
    ) external {
        require(roots.length != 0, Meters_NoRoot(0));
        _requireUnstated(op, period);
        (address agent, bytes32 rootsHash) = _agentOf(op, roots);
        bytes32 slip = keccak256(abi.encode(COMMIT_TYPEHASH, op, period, start, step_s, steps, rootsHash, deadline));
        _requireBy(agent, slip, deadline, signature);
        if (signature.length != 0) _requireFirst(op, period, roots);

        for (uint256 i; i < roots.length; ++i) {
            (bytes32 id, bytes32 root) = (roots[i].id, roots[i].root);
            _commitments[op][id][period] = keccak256(abi.encode(start, step_s, steps, root));
            emit ReadingsCommitted(op, id, period, start, step_s, steps, root);
        }
    }

    /// @inheritdoc IMeters
    function meterOf(bytes32 op, bytes32 id) external view returns (Meter memory) {
        return _meters[op][id];
    }

    /// @inheritdoc IMeters
    function commitmentOf(bytes32 op, bytes32 id, uint32 period) external view returns (bytes32) {
        return _commitments[op][id][period];
    }

    /// @inheritdoc IMeters
    function idOf(bytes32 op, address member, bytes32 salt) public pure returns (bytes32 id) {
        return keccak256(abi.encode(op, member, salt));
    }

    /// @dev A meter counts in every period that it has a second of. What was true when it was stated stays so: a meter
    /// is removed at a moment after the period, and commitments to what is stated stand.
    function _isMeters(Header calldata header, Column calldata column) internal view override returns (bool) {
        Meter memory meter = _meters[header.op][column.id];
        bytes32 commitment = keccak256(abi.encode(header.start, header.step_s, header.steps, column.root));
        return commitment == _commitments[header.op][column.id][header.period] && meter.unit == Periods.WATT_HOUR
            && meter.kind == column.kind && meter.since < Periods.endOf(header)
            && (meter.until == 0 || meter.until > header.start);
    }

    /// @dev The one agent of all, and what it signs of them.
    function _agentOf(bytes32 op, Root[] calldata roots) private view returns (address agent, bytes32 rootsHash) {
        bytes32[] memory hashes = new bytes32[](roots.length);
        for (uint256 i; i < roots.length; ++i) {
            (bytes32 id, bytes32 root) = (roots[i].id, roots[i].root);
            require(root != 0, Meters_NoRoot(i));
            address its = _meters[op][id].agent;
            require(its != address(0), Meters_NotInstalled(op, id));
            if (i == 0) agent = its;
            require(its == agent, Meters_OtherAgent(id, its));
            hashes[i] = keccak256(abi.encode(ROOT_TYPEHASH, id, root));
        }
        return (agent, keccak256(abi.encodePacked(hashes)));
    }

    /// @dev A slip may be posted after what its agent did since.
    function _requireFirst(bytes32 op, uint32 period, Root[] calldata roots) private view {
        for (uint256 i; i < roots.length; ++i) {
            bytes32 id = roots[i].id;
            require(_commitments[op][id][period] == 0, Meters_AlreadyCommitted(id));
        }
    }

    function _requireUnstated(bytes32 op, uint32 period) private view {
        IClearing.Clock memory clock = clearing.operationOf(op).clock;
        require(period > clock.settledPeriod, Meters_PeriodSettled(clock.settledPeriod));
        if (period != clock.period) return;
        IClearing.Status status = clearing.statusOf(op);
        bool isOpen = status == IClearing.Status.Stated || status == IClearing.Status.Due;
        require(!isOpen, Meters_PeriodStated(period));
    }
}
