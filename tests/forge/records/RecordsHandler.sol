// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {IAttestations} from "contracts/records/interfaces/IAttestations.sol";
import {RecordsFixture} from "tests/forge/records/RecordsFixture.sol";

/// @title Two accreditors, four issuers, two holders and a stranger who act at random: what they do is noted as the
/// events tell it
contract RecordsHandler is RecordsFixture {
    uint256 private constant MOST = 40;
    uint256 private constant MOST_BATCHES = 40;

    string[] public acts;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    uint256[4] public nextByEvents;
    uint256[4] public revokedByEvents;
    uint256[4] public usedByEvents;
    uint256 public now_s = NOW;
    bytes[] private _papers;
    uint256[] private _seriesOfPaper;
    uint256[2] private _schemas;
    address[2] private _issuers;
    address[2] private _accreditors;
    mapping(uint256 series => address) private _keys;
    mapping(address account => uint256) private _privateKeys;

    modifier atItsTime() {
        vm.warp(now_s);
        _;
    }

    function start() external {
        _found();
        (address bob, uint256 bobKey) = makeAddrAndKey("bob");
        (_issuers, _accreditors) = ([rector, bob], [university, stranger]);
        (_privateKeys[rector], _privateKeys[bob], _privateKeys[alice]) = (rectorKey, bobKey, aliceKey);
        vm.prank(stranger);
        _schemas = [schema, attestations.openSchema("organic", "")];
        for (uint256 i; i < 4; ++i) {
            _keys[i] = _issuers[i % 2];
        }
    }

    function passTime(uint256 seconds_) external {
        now_s += _bound(seconds_, 1, 3 days);
    }

    function accredit(uint256 seed, uint256 who) external atItsTime {
        (uint256 of_, address issuer) = _series(seed);
        uint40 until = uint40(now_s + _bound(seed >> 16, 0, 40 days)) - 1;
        bytes memory act = abi.encodeCall(attestations.accredit, (of_, issuer, until));
        _act("accredit", _mostly(_accreditors[seed % 4 / 2], who), act);
    }

    function issue(uint256 seed, uint256 count, uint256 who) external atItsTime {
        if (_papers.length > MOST * MOST_BATCHES) return;
        uint256 series = seed % 4;
        (uint256 of_, address issuer) = _series(seed);
        IAttestations.Paper[] memory papers = _drawUp(attestations.seriesOf(of_, issuer).next, _bound(count, 1, MOST));
        for (uint256 i; i < papers.length; ++i) {
            (papers[i].schema, papers[i].issuer) = (of_, issuer);
            if (i % 3 == 0) papers[i].until = uint40(now_s + _bound(seed >> 8, 1, 20 days));
            if (i % 3 == 1) papers[i].subject = stranger;
        }
        bytes32 root = _seal(papers);
        uint256 first = papers[0].number + (seed >> 9) % 8 / 7;
        bytes memory act = abi.encodeCall(attestations.issue, (of_, issuer, root, first, papers.length, "", 0, ""));
        if (!_act("issue", _mostly(_keys[series], who), act)) return;
        nextByEvents[series] += papers.length;
        for (uint256 i; i < papers.length; ++i) {
            _papers.push(abi.encode(papers[i]));
            _seriesOfPaper.push(series);
        }
    }

    function revoke(uint256 seed, uint256 bits, uint256 who) external atItsTime {
        (uint256 of_, address issuer) = _series(seed);
        uint256 next = attestations.seriesOf(of_, issuer).next;
        uint256 word = _bound(seed >> 8, 0, next / 256);
        if (bits % 8 != 0 && next != 0) bits = 1 << (bits % (next - word * 256 < 256 ? next - word * 256 + 1 : 256));
        bytes memory act = abi.encodeCall(attestations.revoke, (of_, issuer, word, bits));
        bool byKey = who % 2 == 0;
        vm.recordLogs();
        if (_act("revoke", _mostly(byKey ? _keys[seed % 4] : _accreditors[seed % 4 / 2], who >> 1), act)) {
            Vm.Log[] memory logs = vm.getRecordedLogs();
            (, uint256 told) = abi.decode(logs[0].data, (uint256, uint256));
            revokedByEvents[seed % 4] += _ones(told);
        }
    }

    function disown(uint256 seed, uint256 from, uint256 to, uint256 who) external atItsTime {
        if (seed >> 128 & 3 != 0) return; // or soon nothing would hold
        (uint256 of_, address issuer) = _series(seed);
        uint256 next = attestations.seriesOf(of_, issuer).next;
        from = _bound(from, 0, next);
        bytes memory act = abi.encodeCall(attestations.disown, (of_, issuer, from, from + to % 5));
        _act("disown", _mostly(_accreditors[seed % 4 / 2], who), act);
    }

    function use(uint256 at, uint256 who) external atItsTime {
        if (_papers.length == 0) return;
        at %= _papers.length;
        IAttestations.Paper memory paper = abi.decode(_papers[at], (IAttestations.Paper));
        if (_act("use", _mostly(paper.subject, who), abi.encodeCall(attestations.use, (paper, "canteen", 0, "")))) {
            ++usedByEvents[_seriesOfPaper[at]];
        }
    }

    function hand(uint256 seed, uint256 who) external atItsTime {
        (uint256 of_, address issuer) = _series(seed);
        address key = [rector, alice, _issuers[1]][(seed >> 8) % 3];
        bytes32 slip = keccak256(abi.encode(HAND, of_, issuer, key, now_s));
        bytes memory act = abi.encodeCall(attestations.hand, (of_, issuer, key, now_s, _sign(_privateKeys[key], slip)));
        if (_act("hand", _mostly(_keys[seed % 4], who), act)) _keys[seed % 4] = key;
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function numberOfPapers() external view returns (uint256) {
        return _papers.length;
    }

    /// @dev A paper, and the series that it is of.
    function paper(uint256 at) external view returns (IAttestations.Paper memory, uint256 series) {
        return (abi.decode(_papers[at], (IAttestations.Paper)), _seriesOfPaper[at]);
    }

    function contract_() external view returns (IAttestations) {
        return attestations;
    }

    function seriesAt(uint256 place) external view returns (uint256, address) {
        return _series(place);
    }

    function keyOf(uint256 place) external view returns (address) {
        return _keys[place];
    }

    function _series(uint256 seed) private view returns (uint256, address) {
        return (_schemas[seed % 4 / 2], _issuers[seed % 2]);
    }

    function _act(string memory act, address who, bytes memory data) private returns (bool done) {
        vm.prank(who);
        (done,) = address(attestations).call(data);
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
    }

    /// @dev Whoever may, one time in six somebody else.
    function _mostly(address one, uint256 seed) private view returns (address) {
        return seed % 6 == 0 ? [stranger, alice, university, rector][(seed >> 8) % 4] : one;
    }

    function _ones(uint256 word) private pure returns (uint256 count) {
        for (; word != 0; word &= word - 1) {
            ++count;
        }
    }
}
