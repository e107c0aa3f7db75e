// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IResidents} from "../residents/interfaces/IResidents.sol";
import {ILandRegister, Right} from "./interfaces/ILandRegister.sol";
import {Answer, IPlanning, PermitStatus} from "./interfaces/IPlanning.sol";
import {ITitleFollower} from "./interfaces/ITitleFollower.sol";

/// @title Planning: zones with a right of pre-emption, declarations and permits
/// @dev The zones of a title share a slot, sixteen bits each, with no gaps: to look through them costs one read and one
/// per zone.
contract Planning is IPlanning, AccessManaged {
    uint256 private constant MAX_ZONES = 16;

    /// @inheritdoc IPlanning
    ILandRegister public immutable register;
    IResidents private immutable _residents;

    uint16 private _zoneCount;
    uint256 private _permitCount;
    mapping(uint16 zone => Zone) private _zones;
    mapping(uint256 title => uint256 zones) private _zonesOf;
    mapping(bytes32 termsHash => Declaration) private _declarations;
    mapping(uint8 kind => PermitRule) private _rules;
    mapping(uint256 permit => Permit) private _permits;

    modifier onlyRegister() {
        require(msg.sender == address(register), Planning_OnlyRegister(msg.sender));
        _;
    }

    constructor(address authority, ILandRegister register_) AccessManaged(authority) {
        register = register_;
        _residents = register_.residents();
    }

    /// @inheritdoc IPlanning
    function openZone(bool preempts, uint32 answer_s, bytes32 documentHash) external restricted returns (uint16 zone) {
        require(preempts == (answer_s != 0), Planning_InvalidZone(preempts, answer_s));

        zone = ++_zoneCount;
        _zones[zone] = Zone(true, preempts, answer_s);
        emit ZoneOpened(zone, preempts, answer_s, documentHash);
    }

    /// @inheritdoc IPlanning
    function closeZone(uint16 zone, bytes32 documentHash) external restricted {
        require(_zones[zone].open, Planning_NoZone(zone));

        _zones[zone].open = false;
        emit ZoneClosed(zone, documentHash);
    }

    /// @inheritdoc IPlanning
    function place(uint16 zone, uint256[] calldata titles) external restricted {
        require(_zones[zone].open, Planning_NoZone(zone));

        for (uint256 i; i < titles.length; ++i) {
            // Reverts for a title that does not exist.
            register.ownerOf(titles[i]);
            uint256 zones = _zonesOf[titles[i]];
            require(!_contains(zones, zone), Planning_ZoneUnchanged(titles[i], zone));
            _zonesOf[titles[i]] = _with(zones, zone);
            emit Placed(zone, titles[i]);
        }
    }

    /// @inheritdoc IPlanning
    function takeOut(uint16 zone, uint256[] calldata titles) external restricted {
        for (uint256 i; i < titles.length; ++i) {
            uint256 zones = _zonesOf[titles[i]];
            require(_contains(zones, zone), Planning_ZoneUnchanged(titles[i], zone));

            uint256 others;
            for (; zones != 0; zones >>= 16) {
                if (uint16(zones) != zone) others = (others << 16) | uint16(zones);
            }
            _zonesOf[titles[i]] = others;
            emit TakenOut(zone, titles[i]);
        }
    }

    /// @inheritdoc IPlanning
    function declare(uint256 title, bytes32 termsHash, uint256 price_cents) external restricted {
        require(_declarations[termsHash].answer == Answer.None, Planning_AlreadyDeclared(termsHash));
        (bool preemptible, uint32 answer_s) = _preemption(title);
        require(preemptible, Planning_NotInZone(title));

        uint64 answerBy = uint64(block.timestamp) + answer_s;
        _declarations[termsHash] = Declaration(Answer.Awaited, answerBy, uint112(title));
        emit Declared(termsHash, title, price_cents, answerBy);
    }

    /// @inheritdoc IPlanning
    function renounce(bytes32 termsHash, bytes32 documentHash) external restricted {
        _answer(termsHash, Answer.Renounced);
        emit Renounced(termsHash, documentHash);
    }

    /// @inheritdoc IPlanning
    function preempt(bytes32 termsHash, bytes32 documentHash) external restricted {
        _answer(termsHash, Answer.Preempted);
        emit Preempted(termsHash, documentHash);
    }

    /// @inheritdoc IPlanning
    function setPermitRule(uint8 kind, PermitRule calldata rule) external restricted {
        _rules[kind] = rule;
        emit PermitRuleSet(kind, rule.decide_s, rule.validity_s, rule.annul_s);
    }

    /// @inheritdoc IPlanning
    function filePermit(uint256 title, uint8 kind, bytes32 documentHash) external returns (uint256 permit) {
        require(_holds(title, msg.sender), Planning_OnlyHolder(msg.sender, title));
        return _file(title, kind, documentHash);
    }

    /// @inheritdoc IPlanning
    function recordPermit(uint256 title, uint8 kind, bytes32 documentHash)
        external
        restricted
        returns (uint256 permit)
    {
        register.ownerOf(title);
        return _file(title, kind, documentHash);
    }

    /// @inheritdoc IPlanning
    function extendPermit(uint256 permit, bytes32 documentHash) external restricted {
        Permit storage filed = _requireUndecided(permit);
        require(!filed.extended, Planning_AlreadyExtended(permit));

        filed.extended = true;
        filed.decideBy += _rules[filed.kind].decide_s;
        emit PermitExtended(permit, filed.decideBy, documentHash);
    }

    /// @inheritdoc IPlanning
    function grantPermit(uint256 permit, bytes32 documentHash) external restricted {
        Permit storage filed = _requireUndecided(permit);

        (filed.status, filed.decideBy) = (PermitStatus.Granted, uint40(block.timestamp));
        emit PermitGranted(permit, documentHash);
    }

    /// @inheritdoc IPlanning
    function refusePermit(uint256 permit, bytes32 documentHash) external restricted {
        Permit storage filed = _requireUndecided(permit);

        (filed.status, filed.decideBy) = (PermitStatus.Refused, uint40(block.timestamp));
        emit PermitRefused(permit, documentHash);
    }

    /// @inheritdoc IPlanning
    function annulPermit(uint256 permit, bytes32 documentHash) external restricted {
        Permit storage granted = _permits[permit];
        require(_isGranted(granted), Planning_WrongStatus(permit, granted.status));
        uint256 deadline = uint256(granted.decideBy) + granted.annul_s;
        require(block.timestamp <= deadline, Planning_TooLate(deadline));

        granted.status = PermitStatus.Annulled;
        emit PermitAnnulled(permit, documentHash);
    }

    /// @inheritdoc ITitleFollower
    function divided(uint256 parent, uint256[] calldata children) external onlyRegister {
        uint256 zones = _zonesOf[parent];
        for (uint256 i; zones != 0 && i < children.length; ++i) {
            _zonesOf[children[i]] = zones;
            _emitPlaced(zones, children[i]);
        }
    }

    /// @inheritdoc ITitleFollower
    function merged(uint256[] calldata parents, uint256 child) external onlyRegister {
        uint256 zones;
        for (uint256 i; i < parents.length; ++i) {
            for (uint256 more = _zonesOf[parents[i]]; more != 0; more >>= 16) {
                if (!_contains(zones, uint16(more))) zones = _with(zones, uint16(more));
            }
        }
        if (zones == 0) return;
        _zonesOf[child] = zones;
        _emitPlaced(zones, child);
    }

    /// @inheritdoc IPlanning
    function isPurged(uint256 title, bytes32 termsHash) external view returns (bool) {
        Declaration memory declaration = _declarations[termsHash];
        // A declaration for another title is none.
        if (declaration.answer == Answer.None || declaration.title != title) return !isPreemptible(title);
        if (declaration.answer == Answer.Awaited) return block.timestamp > declaration.answerBy;
        return declaration.answer == Answer.Renounced;
    }

    /// @inheritdoc IPlanning
    function declarationOf(bytes32 termsHash) external view returns (Declaration memory) {
        return _declarations[termsHash];
    }

    /// @inheritdoc IPlanning
    function isPreemptible(uint256 title) public view returns (bool preemptible) {
        (preemptible,) = _preemption(title);
    }

    /// @inheritdoc IPlanning
    function zonesOf(uint256 title) external view returns (uint16[] memory list) {
        uint256 zones = _zonesOf[title];
        uint256 n;
        while (n < MAX_ZONES && zones >> (16 * n) != 0) ++n;
        list = new uint16[](n);
        for (uint256 i; i < n; ++i) {
            list[i] = uint16(zones >> (16 * i));
        }
    }

    /// @inheritdoc IPlanning
    function zoneOf(uint16 zone) external view returns (Zone memory) {
        return _zones[zone];
    }

    /// @inheritdoc IPlanning
    function permitOf(uint256 permit) external view returns (Permit memory) {
        return _permits[permit];
    }

    /// @inheritdoc IPlanning
    function isPermitted(uint256 permit) external view returns (bool) {
        Permit memory granted = _permits[permit];
        return _isGranted(granted) && block.timestamp <= uint256(granted.decideBy) + granted.validity_s;
    }

    function _answer(bytes32 termsHash, Answer answer) private {
        Declaration storage declaration = _declarations[termsHash];
        require(declaration.answer == Answer.Awaited, Planning_NotAwaited(termsHash, declaration.answer));
        require(block.timestamp <= declaration.answerBy, Planning_TooLate(declaration.answerBy));
        declaration.answer = answer;
    }

    function _file(uint256 title, uint8 kind, bytes32 documentHash) private returns (uint256 permit) {
        PermitRule memory rule = _rules[kind];
        require(rule.decide_s != 0, Planning_NoRule(kind));

        permit = ++_permitCount;
        uint40 decideBy = uint40(block.timestamp) + rule.decide_s;
        _permits[permit] =
            Permit(uint112(title), kind, PermitStatus.Filed, false, decideBy, rule.annul_s, rule.validity_s);
        emit PermitFiled(permit, title, kind, decideBy, documentHash);
    }

    function _emitPlaced(uint256 zones, uint256 title) private {
        for (; zones != 0; zones >>= 16) {
            emit Placed(uint16(zones), title);
        }
    }

    function _requireUndecided(uint256 permit) private view returns (Permit storage filed) {
        filed = _permits[permit];
        require(filed.status == PermitStatus.Filed, Planning_WrongStatus(permit, filed.status));
        require(block.timestamp <= filed.decideBy, Planning_TooLate(filed.decideBy));
    }

    /// @dev Whether the town may pre-empt a title, and the longest that one of its zones gives to answer.
    function _preemption(uint256 title) private view returns (bool preemptible, uint32 answer_s) {
        for (uint256 zones = _zonesOf[title]; zones != 0; zones >>= 16) {
            Zone memory zone = _zones[uint16(zones)];
            if (!zone.open || !zone.preempts) continue;
            preemptible = true;
            if (zone.answer_s > answer_s) answer_s = zone.answer_s;
        }
    }

    /// @dev Under this key or one that it replaced.
    function _holds(uint256 title, address account) private view returns (bool) {
        Right[] memory rights = register.rightsOf(title);
        for (uint256 i; i < rights.length; ++i) {
            if (_residents.currentKeyOf(rights[i].holder) == account) return true;
        }
        return false;
    }

    function _isGranted(Permit memory permit) private view returns (bool) {
        return permit.status == PermitStatus.Granted
            || (permit.status == PermitStatus.Filed && block.timestamp > permit.decideBy);
    }

    function _contains(uint256 zones, uint16 zone) private pure returns (bool) {
        for (; zones != 0; zones >>= 16) {
            if (uint16(zones) == zone) return true;
        }
        return false;
    }

    function _with(uint256 zones, uint16 zone) private pure returns (uint256) {
        require(zones >> (16 * (MAX_ZONES - 1)) == 0, Planning_TooManyZones(MAX_ZONES));
        return (zones << 16) | zone;
    }
}
