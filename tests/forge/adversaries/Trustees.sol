// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Town} from "contracts/access/Town.sol";
import {Dleq} from "contracts/vote/Dleq.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
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

    function toOpen() external view returns (bytes memory) {
        return
            abi.encodeCall(IKeyCeremony.open, (address(consumer), _accounts(SEATS), uint8(NEEDED), false, _durations()));
    }

    function toEnrol() external returns (bytes memory) {
        uint256 id = _open(NEEDED, SEATS);
        uint256 key = secrets[id][1].key;
        Knowledge.Proof memory proof = _proveKnowledge(_enrolmentContext(id, 1), key);
        bytes memory signature = _step(id, 1, "enrol", abi.encode(_times(key), proof));
        return abi.encodeCall(IKeyCeremony.enrol, (id, 1, _times(key), proof, signature));
    }

    function toCommit() external returns (bytes memory) {
        uint256 id = _toCommit(NEEDED, SEATS);
        bytes32 dealHash = _hash(id, 1, _honest(id, 1));
        (uint256 enrolled,,,,) = ceremony.acts(id);
        bytes memory signature = _step(id, 1, "commit", abi.encode(dealHash, enrolled));
        return abi.encodeCall(IKeyCeremony.commit, (id, 1, dealHash, uint16(enrolled), signature));
    }

    function toDeal() external returns (bytes memory) {
        uint256 id = _toDeal(NEEDED, SEATS);
        IKeyCeremony.Deal memory made = _dealt(id, 1);
        return abi.encodeCall(IKeyCeremony.deal, (id, 1, made, _step(id, 1, "deal", abi.encode(made))));
    }

    /// @dev A false complaint, which excludes its accuser.
    function toComplain() external returns (bytes memory) {
        uint256 id = _toComplaints(NEEDED, SEATS);
        (uint256 key, uint256 ephemeral) = (secrets[id][1].key, secrets[id][2].ephemeral);
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id, 1, 2), ephemeral, key);
        (IKeyCeremony.Deal memory accused, Point memory shared) = (_dealt(id, 2), _times(_mul(key, ephemeral)));
        bytes memory signature = _step(id, 1, "complain", abi.encode(2, accused, _times(key), shared, proof));
        return abi.encodeCall(IKeyCeremony.complain, (id, 1, 2, accused, _times(key), shared, proof, signature));
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

    function toAcknowledge() external returns (bytes memory) {
        uint256 id = _toAcknowledgement(NEEDED, SEATS);
        Knowledge.Proof memory proof = _proveKnowledge(_acknowledgementContext(id, 1), _shareSecret(id, 1));
        return abi.encodeCall(IKeyCeremony.acknowledge, (id, 1, proof, _receipt(id, 1)));
    }

    /// @dev A key that is ready, for the contract that it was made for.
    function toUse() external returns (address, bytes memory) {
        uint256 id = _toAcknowledgement(NEEDED, SEATS);
        _acknowledge(id);
        return (address(consumer), abi.encodeCall(IKeyCeremony.use, (id)));
    }
}
