// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Code} from "../access/Code.sol";
import {IKeyCeremony} from "./interfaces/IKeyCeremony.sol";
import {IKeyConsumer} from "./interfaces/IKeyConsumer.sol";
import {Point} from "./Point.sol";

/// @title CeremonyStore
/// @notice What a ceremony is, how one opens, which contract takes its key, and what can be read of it.
abstract contract CeremonyStore is IKeyCeremony, AccessManaged, EIP712 {
    /// @dev One slot. The masks have bit j − 1 for trustee j.
    struct Ceremony {
        Phase phase;
        uint8 threshold;
        uint8 trustees;
        uint16 enrolled;
        uint16 committed;
        uint16 dealt;
        uint16 excluded;
        uint16 acknowledged;
        uint40 endsAt;
        uint32 commitTime;
        uint32 dealTime;
        uint32 complaintTime;
        uint16 contracts;
    }

    /// @dev What the ceremony is for.
    struct Setting {
        address consumer;
        uint32 acknowledgementTime;
        bool reserved;
        bool used;
        bytes32 hash;
    }

    struct Seat {
        address account;
        bytes32 keyHash;
        bytes32 dealHash;
        Point shareKey;
    }

    /// @inheritdoc IKeyCeremony
    uint256 public constant MAX_TRUSTEES = 16;

    bytes32 private constant TAG_SETTING = keccak256("beffroi.vote.ceremony.setting");

    /// @inheritdoc IKeyCeremony
    uint256 public ceremonies;

    /// @inheritdoc IKeyCeremony
    mapping(address consumer => uint256) public available;

    mapping(uint256 id => Ceremony) internal _ceremonies;
    mapping(uint256 id => Setting) internal _settings;
    mapping(uint256 id => mapping(uint256 index => Seat)) internal _seats;
    mapping(uint256 id => Point) internal _keys;

    constructor(address authority) AccessManaged(authority) EIP712("KeyCeremony", "1") {}

    /// @inheritdoc IKeyCeremony
    function open(address consumer, address[] calldata accounts, uint8 t, bool reserved, uint32[5] calldata durations)
        external
        restricted
        returns (uint256 id)
    {
        uint256 n = accounts.length;
        require(t > 1 && t <= n && n <= MAX_TRUSTEES, KeyCeremony_BadThreshold(t, n));
        require(consumer.code.length != 0, KeyCeremony_NoConsumer(consumer));
        IKeyConsumer(consumer).rulebook().requirePhases(durations);

        id = ++ceremonies;
        Ceremony storage c = _ceremonies[id];
        address last;
        for (uint256 i; i < n; ++i) {
            require(accounts[i] > last, KeyCeremony_TrusteesNotAscending(i));
            last = accounts[i];
            _seats[id][i + 1].account = last;
            if (Code.isContract(last)) c.contracts |= uint16(1 << i);
        }
        c.threshold = t;
        c.trustees = uint8(n);
        (c.commitTime, c.dealTime, c.complaintTime) = (durations[1], durations[2], durations[3]);
        bytes32 hash = keccak256(abi.encode(TAG_SETTING, block.chainid, address(this), id, consumer, accounts, t));
        _settings[id] = Setting(consumer, durations[4], reserved, false, hash);

        emit CeremonyOpened(id, consumer, accounts, t, reserved, durations, hash);
        _start(id, c, Phase.Enrolment, durations[0]);
    }

    /// @inheritdoc IKeyCeremony
    function use(uint256 id) external returns (Point memory) {
        Setting storage setting = _settings[id];
        require(setting.consumer == msg.sender, KeyCeremony_NotConsumer(id, msg.sender));
        require(_ceremonies[id].phase == Phase.KeyReady, KeyCeremony_NoKey(id));
        require(!setting.used, KeyCeremony_Used(id));

        setting.used = true;
        if (!setting.reserved) --available[msg.sender];

        emit KeyUsed(id);
        return _keys[id];
    }

    /// @inheritdoc IKeyCeremony
    function phase(uint256 id) external view returns (Phase current, uint256 endsAt) {
        return (_ceremonies[id].phase, _ceremonies[id].endsAt);
    }

    /// @inheritdoc IKeyCeremony
    function acts(uint256 id)
        external
        view
        returns (uint256 enrolled, uint256 committed, uint256 dealt, uint256 excluded, uint256 acknowledged)
    {
        Ceremony storage c = _ceremonies[id];
        return (c.enrolled, c.committed, c.dealt, c.excluded, c.acknowledged);
    }

    /// @inheritdoc IKeyCeremony
    function trustees(uint256 id) external view returns (uint256) {
        return _ceremonies[id].trustees;
    }

    /// @inheritdoc IKeyCeremony
    function threshold(uint256 id) external view returns (uint256) {
        return _ceremonies[id].threshold;
    }

    /// @inheritdoc IKeyCeremony
    function trustee(uint256 id, uint256 index) external view returns (address) {
        return _seats[id][index].account;
    }

    /// @inheritdoc IKeyCeremony
    function contracts(uint256 id) external view returns (uint256) {
        return _ceremonies[id].contracts;
    }

    /// @inheritdoc IKeyCeremony
    function settingHash(uint256 id) external view returns (bytes32) {
        return _settings[id].hash;
    }

    /// @inheritdoc IKeyCeremony
    function isReserved(uint256 id) external view returns (bool) {
        return _settings[id].reserved;
    }

    /// @inheritdoc IKeyCeremony
    function publicKey(uint256 id) external view returns (uint256 x, uint256 y) {
        require(_ceremonies[id].phase == Phase.KeyReady, KeyCeremony_NoKey(id));
        Point storage key = _keys[id];
        return (key.x, key.y);
    }

    /// @inheritdoc IKeyCeremony
    function shareKey(uint256 id, uint256 index) external view returns (uint256 x, uint256 y) {
        Point storage key = _seats[id][index].shareKey;
        (x, y) = (key.x, key.y);
        require(y != 0, KeyCeremony_NoShare(id, index));
    }

    function _start(uint256 id, Ceremony storage c, Phase next, uint32 time) internal {
        c.phase = next;
        c.endsAt = time == 0 ? 0 : uint40(block.timestamp + time);
        emit PhaseStarted(id, next, c.endsAt);
    }
}
