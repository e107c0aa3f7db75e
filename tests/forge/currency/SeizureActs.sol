// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISeizures, SeizureStage} from "contracts/currency/interfaces/ISeizures.sol";
import {CurrencyActs} from "tests/forge/currency/CurrencyActs.sol";

/// @title What a court, the guardian, ADMIN and anyone do about a seizure: nobody alone takes money
abstract contract SeizureActs is CurrencyActs {
    mapping(uint256 seizure => uint256) private _announcedAt;

    function seize(uint256 seed, uint256 who, uint256 to) external {
        if (seed % 3 != 0) return;
        address account = _person(who);
        uint256 before_cents = currency.balanceOf(account);
        bytes memory data =
            abi.encodeCall(currency.seize, (account, _spender(to), _amount(account, seed / 7), keccak256("order")));
        if (!_act("seize", _officer(court, seed / 3), address(currency), data)) return;

        _announcedAt[currency.seizures()] = block.timestamp;
        (,,, bool frozen,) = currency.accountOf(account);
        assertTrue(frozen, "what is seized is not frozen");
        // In a pause the demurrage due is forgiven.
        assertGe(currency.balanceOf(account), before_cents, "an order alone took money");
    }

    function suspendSeizure(uint256 seed) external {
        bytes memory data = abi.encodeCall(currency.suspendSeizure, (_someSeizure(seed), keccak256("ground")));
        _still("suspendSeizure", _officer(guardian, seed), data);
    }

    function resumeSeizure(uint256 seed) external {
        bytes memory data = abi.encodeCall(currency.resumeSeizure, (_suspended(seed), keccak256("decision")));
        _still("resumeSeizure", _officer(mayor, seed), data);
    }

    function annulSeizure(uint256 seed) external {
        bytes memory data = abi.encodeCall(currency.annulSeizure, (_suspended(seed), keccak256("decision")));
        _still("annulSeizure", _officer(mayor, seed), data);
    }

    function withdrawSeizure(uint256 seed) external {
        if (seed % 4 != 0) return;
        bytes memory data = abi.encodeCall(currency.withdrawSeizure, (_someSeizure(seed), keccak256("order")));
        _still("withdrawSeizure", _officer(court, seed / 4), data);
    }

    function lapseSeizure(uint256 seed) external {
        uint256 seizure = _someSeizure(seed);
        uint256 from = uint256(currency.seizureOf(seizure).dueAt) + SEIZURE_LAPSE_S;
        if (seed % 4 == 0 && block.timestamp < from) vm.warp(from);
        _still("lapseSeizure", _person(seed / 4), abi.encodeCall(currency.lapseSeizure, (seizure)));
    }

    function carryOutSeizure(uint256 seed) external {
        uint256 seizure = _someSeizure(seed);
        ISeizures.Seizure memory due = currency.seizureOf(seizure);
        if (seed % 3 == 0 && due.stage != SeizureStage.None && block.timestamp < due.dueAt) vm.warp(due.dueAt);
        address holder = residents.currentKeyOf(due.account);
        uint256 before_cents = currency.balanceOf(holder);
        bytes memory data = abi.encodeCall(currency.carryOutSeizure, (seizure));
        if (!_act("carryOutSeizure", _person(seed / 3), address(currency), data, 0, holder)) return;

        assertGe(block.timestamp, _announcedAt[seizure] + SEIZURE_DELAY_S, "carried out before anybody could object");
        assertTrue(due.stage != SeizureStage.Suspended, "carried out though it was suspended");
        assertLe(before_cents - currency.balanceOf(holder), due.amount_cents, "more was taken than ordered");
        assertEq(uint8(currency.seizureOf(seizure).stage), uint8(SeizureStage.None), "carried out and still pending");
    }

    /// @dev An act that moves nobody's money.
    function _still(string memory act, address sender, bytes memory data) private {
        uint256[] memory before_cents = new uint256[](people.length);
        for (uint256 i; i < people.length; ++i) {
            (before_cents[i],,,,) = currency.accountOf(people[i]);
        }
        _act(act, sender, address(currency), data);
        for (uint256 i; i < people.length; ++i) {
            (uint256 stored_cents,,,,) = currency.accountOf(people[i]);
            assertEq(stored_cents, before_cents[i], string.concat(act, " moved money"));
        }
    }

    /// @dev One time in three the guardian suspends it just before.
    function _suspended(uint256 seed) private returns (uint256 seizure) {
        seizure = _someSeizure(seed);
        bytes memory data = abi.encodeCall(currency.suspendSeizure, (seizure, keccak256("ground")));
        if (seed % 3 == 0) _still("suspendSeizure", guardian, data);
    }

    /// @dev Likely one that has not ended; one time in eight any.
    function _someSeizure(uint256 seed) private view returns (uint256 seizure) {
        uint256 count = currency.seizures();
        for (uint256 i; i <= count; ++i) {
            seizure = addmod(seed, i, count + 1);
            if (seed % 8 == 0 || currency.seizureOf(seizure).stage != SeizureStage.None) return seizure;
        }
    }
}
