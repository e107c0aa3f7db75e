// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {IFacts} from "contracts/records/interfaces/IFacts.sol";
import {FactsFixture} from "tests/forge/records/FactsFixture.sol";

/// @title Issuers of several facts who state, withdraw and resign at random, some badly: what they do is noted as the
/// events tell it
contract FactsHandler is FactsFixture {
    struct Told {
        uint256 number;
        int256 value;
        uint256 at;
        uint256 signers;
        uint256 resigned;
    }

    uint256 private constant FACTS = 3;
    uint256 private constant MOST_FACTS = 12;

    string[] public acts;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    uint256 public now_s = NOW;
    bytes32[] public opened;
    mapping(bytes32 fact => Told) private _told;

    modifier atItsTime() {
        vm.warp(now_s);
        _;
    }

    function start() external {
        _found();
        opened.push(fact);
        for (uint256 i = 1; i < FACTS; ++i) {
            IFacts.Fact memory definition = _wheat();
            definition.decimals = uint8(i - 1);
            opened.push(facts.open(definition));
        }
    }

    function passTime(uint256 seconds_) external {
        now_s += bound(seconds_, 1, 3 days);
    }

    function open(uint256 seed, uint256 m) external atItsTime {
        if (opened.length == MOST_FACTS && seed % 2 == 0) return;
        IFacts.Fact memory definition = _wheat();
        definition.decimals = uint8(seed % MOST_FACTS);
        definition.m = uint8(m % 8 == 0 ? 1 : 2);
        bytes32 name = facts.nameOf(definition);
        bool isNew = facts.recordOf(name).m == 0;
        if (_act("open", stranger, abi.encodeCall(facts.open, (definition))) && isNew) opened.push(name);
    }

    function state(uint256 seed, uint256 signers, int256 value, uint256 fault) external atItsTime {
        fact = _chosen(seed);
        IFacts.Statement memory statement = _says(int128(value));
        statement.at = uint40(bound(seed >> 8, _told[fact].at, now_s));
        if (fault % 16 == 0) ++statement.number;
        if (fault % 16 == 1) statement.at = uint40(now_s + 1);
        if (fault % 16 == 2 && _told[fact].at != 0) statement.at = uint40(bound(seed >> 8, 0, _told[fact].at - 1));
        if (fault % 16 == 3) statement.deadline = now_s - 1;
        uint24 named = _panel(signers);
        bytes[] memory signatures = _signed(_stateSlip(statement), named);
        if (fault % 16 == 4) signatures = _signed(_stateSlip(statement), uint24(named >> 1));
        if (fault % 16 == 5) ++statement.value;
        _act("state", stranger, abi.encodeCall(facts.state, (statement, named, signatures)));
    }

    function withdraw(uint256 seed, uint256 signers) external atItsTime {
        fact = _chosen(seed);
        uint32 number = _next() + uint32((seed >> 8) % 8 / 7);
        uint24 named = _panel(signers);
        bytes[] memory signatures = _signed(_withdrawSlip(fact, number, "error", now_s), named);
        _act("withdraw", stranger, abi.encodeCall(facts.withdraw, (fact, number, "error", now_s, named, signatures)));
    }

    function resign(uint256 seed, uint256 seat, uint256 who) external atItsTime {
        if ((seed >> 128) % 8 != 0) return; // or soon nothing would stand
        fact = _chosen(seed);
        seat %= 4;
        address issuer = issuers[seat % 3];
        bytes memory signature = _signed(_resignSlip(issuer, now_s), uint24(1 << (who % 4 == 0 ? 0 : seat % 3)))[0];
        _act("resign", stranger, abi.encodeCall(facts.resign, (fact, seat, now_s, signature)));
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function numberOfFacts() external view returns (uint256) {
        return opened.length;
    }

    /// @dev What the events of a fact told last.
    function told(bytes32 of_) external view returns (Told memory) {
        return _told[of_];
    }

    function contract_() external view returns (IFacts) {
        return facts;
    }

    /// @dev Two or all mostly, else any.
    function _panel(uint256 seed) private pure returns (uint24) {
        return seed % 5 == 0 ? uint24(seed >> 8) % 8 : [FIRST_TWO, LAST_TWO, ALL, 5][seed % 4];
    }

    function _chosen(uint256 seed) private view returns (bytes32) {
        return opened[seed % opened.length];
    }

    function _act(string memory act, address who, bytes memory data) private returns (bool done) {
        vm.recordLogs();
        vm.prank(who);
        (done,) = address(facts).call(data);
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
        Vm.Log[] memory logs = vm.getRecordedLogs();
        if (done) _note(logs[0]);
    }

    /// @dev As whoever reads the log alone would. An act that breaks what it must keep fails here.
    function _note(Vm.Log memory log) private {
        Told storage note = _told[log.topics[1]];
        if (log.topics[0] == IFacts.Stated.selector) {
            uint256 at;
            (note.value, at,, note.signers) = abi.decode(log.data, (int256, uint256, bytes32, uint256));
            require(at >= note.at && at <= now_s, "a time that decreases, or has not come");
            note.at = at;
            _noteAct(note, uint256(log.topics[2]), note.signers);
        } else if (log.topics[0] == IFacts.Withdrawn.selector) {
            (, uint256 by) = abi.decode(log.data, (bytes32, uint256));
            _noteAct(note, uint256(log.topics[2]), by);
            note.signers = 0;
        } else if (log.topics[0] == IFacts.Resigned.selector) {
            address issuer = address(uint160(uint256(log.topics[2])));
            for (uint256 i; i < 3; ++i) {
                if (issuers[i] == issuer) note.resigned |= 1 << i;
            }
        }
    }

    function _noteAct(Told storage note, uint256 number, uint256 by) private {
        require(number == ++note.number, "a gap");
        require(_ones(by) >= 2 && by < 8 && by & note.resigned == 0, "fewer than two who have seats");
    }
}
