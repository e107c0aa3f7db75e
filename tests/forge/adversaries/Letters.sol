// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Act, Who} from "tests/forge/adversaries/Acts.sol";
import {Effects} from "tests/forge/adversaries/Effects.sol";

/// @title Whoever posts what others signed: again, grafted, damaged, cut short, and with too little gas
/// @dev What a call tells (its events) is held to what the letter tells as it was signed.
abstract contract Letters is Effects {
    uint256 private constant TRIES = 40;
    uint256 private constant PARTS = 12;

    struct Letter {
        address target;
        bytes data;
        bool used;
    }

    /// @dev Two letters of one kind, tried in any order; then whatever was not posted can still be.
    function post(uint256 kind, uint256 seed) external returns (uint256 done, uint256 refused) {
        uint256 before = vm.snapshotState();
        Slip storage slip = _slips[kind];
        Letter[2] memory letters = [_write(slip), _write(slip)];
        for (uint256 i; i < TRIES; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (_try(slip, letters, seed)) ++done;
            else ++refused;
        }
        for (uint256 i; i < letters.length; ++i) {
            if (letters[i].used) continue;
            (bool posted,) = _post(letters[i].target, letters[i].data, gasleft());
            assertTrue(posted, string.concat(slip.name, " was spoilt"));
            ++done;
        }
        vm.revertToState(before);
    }

    /// @dev An act that anybody may do, with a part of the gas that it takes.
    function starve(uint256 i) external {
        uint256 before = vm.snapshotState();
        Function memory what = _functions[i];
        Act memory act = _prepare(what);
        uint256 place = vm.snapshotState();
        uint256 gas_ = gasleft();
        (, bytes32 whole) = _post(what.target, act.data, gas_);
        gas_ -= gasleft();
        uint256 refused;
        for (uint256 part = 1; act.who == Who.Anyone && part < PARTS; ++part) {
            vm.revertToState(place);
            (bool done, bytes32 told) = _post(what.target, act.data, gas_ * part / PARTS);
            if (done) assertEq(told, whole, string.concat(what.name, " with too little gas"));
            else ++refused;
        }
        vm.revertToState(before);
        assertEq(refused != 0, act.who == Who.Anyone, what.name);
    }

    function _write(Slip storage slip) private returns (Letter memory) {
        return Letter(slip.target, slip.recipe().data, false);
    }

    /// @dev A call that goes through tells what one of the letters tells, which is used then, or leaves out what is no
    /// good in a batch.
    function _try(Slip storage slip, Letter[2] memory letters, uint256 seed) private returns (bool) {
        (uint256 place, bytes32 before) = (vm.snapshotState(), _counted());
        (bytes memory data, uint256 gas_) = _spoilt(letters[seed % 2].data, letters[1 - seed % 2].data, seed >> 8);
        (bool done, bytes32 told) = _post(slip.target, data, gas_);
        if (!done || (slip.isList && _counted() == before)) return false;

        for (uint256 i; i < letters.length; ++i) {
            if (letters[i].used) continue;
            vm.revertToState(place);
            (bool posted, bytes32 says) = _post(slip.target, letters[i].data, gasleft());
            letters[i].used = posted && says == told;
            if (letters[i].used) return true;
        }
        revert(string.concat(slip.name, " did what nobody signed: ", vm.toString(data)));
    }

    function _post(address target, bytes memory data, uint256 gas_) private returns (bool done, bytes32 told) {
        vm.recordLogs();
        vm.prank(stranger);
        (done,) = target.call{gas: gas_}(data);
        told = keccak256(abi.encode(vm.getRecordedLogs()));
    }

    function _spoilt(bytes memory letter, bytes memory other, uint256 seed)
        private
        view
        returns (bytes memory data, uint256 gas_)
    {
        (data, gas_) = (bytes.concat(letter), gasleft());
        (uint256 how, uint256 draw) = (seed % 8, seed >> 8);
        if (how == 0) return (data, gas_);
        if (how == 1) return (data, 30_000 + draw % 600_000);
        if (how == 2) return (_slice(data, 0, draw % data.length), gas_);
        if (how > 4) data[4 + draw % (data.length - 4)] ^= bytes1(uint8(draw >> 128) | 1);
        if (how > 4) return (data, gas_);
        for (uint256 place = 4; place + 0x20 <= data.length && place + 0x20 <= other.length; place += 0x20) {
            if (uint256(keccak256(abi.encode(draw, place))) % 4 == 0) _put(data, place, _at(other, place));
        }
    }

    /// @dev What lists of slips change.
    function _counted() private view returns (bytes32 hash) {
        hash = keccak256(abi.encode(currency.balanceOf(sam), currency.balanceOf(address(conveyance))));
        hash = keccak256(abi.encode(hash, circle.memberOf(sam).balance));
        for (uint256 id = box.consultations(); id != 0; --id) {
            hash = keccak256(abi.encode(hash, box.ballots(id), box.totals(id)));
        }
        for (uint256 evaluation = promises.evaluations(); evaluation != 0; --evaluation) {
            hash = keccak256(abi.encode(hash, appeals.petitioners(evaluation)));
        }
    }
}
