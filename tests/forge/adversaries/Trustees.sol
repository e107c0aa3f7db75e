// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Town} from "contracts/access/Town.sol";
import {Dleq} from "contracts/vote/Dleq.sol";
import {KeyCeremony} from "contracts/vote/KeyCeremony.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";

/// @title Three trustees in a town that stands already: they do all but the last step, and hand that over
contract Trustees is KeyCeremonyFixture {
    uint256 private constant NEEDED = 2;
    uint256 private constant SEATS = 3;

    function join(Town town_) external returns (KeyCeremony) {
        town = town_;
        return ceremony = _deploy();
    }

    function first() external pure returns (address) {
        return _account(1);
    }

    function toOpen() external pure returns (bytes memory) {
        return abi.encodeCall(IKeyCeremony.open, (_accounts(SEATS), uint8(NEEDED), _durations()));
    }

    function toEnrol() external returns (bytes memory) {
        uint256 id = _open(NEEDED, SEATS);
        uint256 key = secrets[id][1].key;
        return abi.encodeCall(IKeyCeremony.enrol, (id, 1, _times(key), _proveKnowledge(_enrolmentContext(id, 1), key)));
    }

    function toCommit() external returns (bytes memory) {
        uint256 id = _toCommit(NEEDED, SEATS);
        return abi.encodeCall(IKeyCeremony.commit, (id, 1, _hash(id, 1, _honest(id, 1))));
    }

    function toDeal() external returns (bytes memory) {
        uint256 id = _toDeal(NEEDED, SEATS);
        return abi.encodeCall(IKeyCeremony.deal, (id, 1, _dealt(id, 1)));
    }

    /// @dev A false complaint, which excludes its accuser.
    function toComplain() external returns (bytes memory) {
        uint256 id = _toComplaints(NEEDED, SEATS);
        (uint256 key, uint256 ephemeral) = (secrets[id][1].key, secrets[id][2].ephemeral);
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id, 1, 2), ephemeral, key);
        return abi.encodeCall(
            IKeyCeremony.complain, (id, 1, 2, _dealt(id, 2), _times(key), _times(_mul(key, ephemeral)), proof)
        );
    }

    function toAdvance() external returns (bytes memory) {
        uint256 id = _open(NEEDED, SEATS);
        for (uint256 j = 1; j <= NEEDED; ++j) {
            _enrol(id, j);
        }
        _pass(id);
        return abi.encodeCall(IKeyCeremony.advance, (id));
    }

    function toConclude() external returns (bytes memory) {
        uint256 id = _toComplaints(NEEDED, SEATS);
        _pass(id);
        return abi.encodeCall(IKeyCeremony.conclude, (id, _qualifiedDeals(id)));
    }
}
