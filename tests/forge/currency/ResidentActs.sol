// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidents, Kind, Recovery, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {SeizureActs} from "tests/forge/currency/SeizureActs.sol";

/// @title Every act on the register, which the currency follows
abstract contract ResidentActs is SeizureActs {
    bytes32 private constant VETO =
        keccak256("VetoRecovery(address account,address successor,uint64 recoverableAt,uint256 deadline)");

    function enrol(uint256 seed, uint256 who) external {
        Kind kind = Kind(seed % 6);
        bytes memory data = abi.encodeCall(residents.enrol, (kind, _one(_person(who)), new bytes32[](seed % 3)));
        _act("enrol", _officer(registrar, seed / 5), address(residents), data);
    }

    function enrolInstitution(uint256 seed) external {
        address account = seed % 2 == 0 ? people[PEOPLE - 1] : _person(seed / 2);
        bytes memory data = abi.encodeCall(residents.enrolInstitution, (account));
        _act("enrolInstitution", _officer(mayor, seed / 4), address(residents), data);
    }

    function suspend(uint256 seed, uint256 who) external {
        if (seed % 3 != 0) return;
        bytes memory data = abi.encodeCall(residents.suspend, (_person(who), keccak256("decision")));
        _act("suspend", _officer(registrar, seed / 3), address(residents), data);
    }

    function reinstate(uint256 seed, uint256 who) external {
        bytes memory data = abi.encodeCall(residents.reinstate, (_person(who), keccak256("decision")));
        _act("reinstate", _officer(registrar, seed), address(residents), data);
    }

    function depart(uint256 seed, uint256 who) external {
        address account = _person(who);
        if (seed % 2 == 0) {
            bytes memory all = abi.encodeCall(currency.transfer, (currency.commons(), currency.balanceOf(account)));
            _act("transfer", account, address(currency), all);
        }
        bytes memory data = abi.encodeCall(residents.depart, (account));
        _act("depart", _officer(registrar, seed / 2), address(residents), data);
    }

    function propose(uint256 seed, uint256 who, uint256 successor) external {
        bytes memory data =
            abi.encodeCall(residents.proposeRecovery, (_person(who), _unknown(successor), keccak256("request")));
        _act("propose", _officer(registrar, seed), address(residents), data);
    }

    function vetoByKey(uint256 seed) external {
        if (seed % 3 != 0) return;
        address account = _vetoable(seed / 3);
        _act("vetoByKey", account, address(residents), abi.encodeWithSignature("vetoRecovery()"));
    }

    function vetoBySlip(uint256 seed) external {
        if (seed % 3 != 0) return;
        address account = _vetoable(seed / 3);
        IResidents.Resident memory resident = residents.residentOf(account);
        uint256 deadline = seed % 4 == 0 ? block.timestamp - 1 : block.timestamp;
        bytes32 slip = keccak256(abi.encode(VETO, account, resident.successor, resident.recoverableAt, deadline));
        uint256 key = seed % 5 == 0 ? 0xbad : _keyOf(account);
        bytes memory signature = _signature(key, _domain("Residents", address(residents)), slip);
        bytes memory data = abi.encodeWithSignature("vetoRecovery(address,uint256,bytes)", account, deadline, signature);
        _act("vetoBySlip", _person(seed), address(residents), data);
    }

    function withdraw(uint256 seed) external {
        if (seed % 3 != 0) return;
        bytes memory data = abi.encodeCall(residents.withdrawRecovery, (_pending(seed / 3)));
        _act("withdraw", _officer(registrar, seed / 9), address(residents), data);
    }

    function confirm(uint256 seed) external {
        address account = _pending(seed / 3);
        address successor = seed % 5 == 0 ? _person(seed / 5) : residents.residentOf(account).successor;
        bytes memory data = abi.encodeCall(residents.confirmRecovery, (account, successor, keccak256("order")));
        _act("confirm", _officer(court, seed / 9), address(residents), data);
    }

    function moveAgain(uint256 seed) external {
        address key = _behind(seed);
        if (key == address(0) && seed % 4 == 0) {
            _recoverPast(currency.commons(), seed);
            key = _behind(seed);
        }
        if (key == address(0)) key = _person(seed);
        uint256 held_cents = _held();
        bytes memory data = abi.encodeCall(residents.moveAgain, (currency, key));
        if (!_act("moveAgain", _person(seed / 2), address(residents), data)) return;
        assertEq(_held(), held_cents, "money was lost or made on its way to a new key");
        assertEq(residents.behind(currency, key), address(0), "moved, and still behind");
    }

    function recover(uint256 seed) external {
        address account = _pending(seed);
        IResidents.Resident memory lost = residents.residentOf(account);
        if (seed % 2 == 0 && lost.recoverableAt > block.timestamp) vm.warp(lost.recoverableAt);
        (,,, bool frozen,) = currency.accountOf(account);
        bool wasCommons = account == currency.commons();
        // The new key may have left with small change; what of it melts on the way is the commons'.
        (uint256 change_cents,,,,) = currency.accountOf(lost.successor);
        if (!wasCommons) change_cents = currency.balanceOf(lost.successor);
        uint256 balance_cents = currency.balanceOf(account) + change_cents;

        bytes memory data = abi.encodeCall(residents.recover, (account));
        if (!_act("recover", _person(seed / 2), address(residents), data)) return;
        if (residents.behind(currency, lost.successor) != address(0)) return;

        (,,, bool stillFrozen,) = currency.accountOf(lost.successor);
        (uint256 left_cents, Kind kind,,,) = currency.accountOf(account);
        assertEq(currency.balanceOf(lost.successor), balance_cents, "a recovery changed what the account is worth");
        assertTrue(left_cents == 0 && kind == Kind.None, "a recovery left something behind");
        assertTrue(stillFrozen || !frozen, "a recovery thawed an account");
        assertEq(wasCommons, lost.successor == currency.commons(), "the commons did not follow its account");
    }

    function inform(uint256 who) external {
        bytes memory data = abi.encodeCall(residents.inform, (currency, _one(_person(who))));
        _act("inform", _person(who / 2), address(residents), data);
    }

    function _unknown(uint256 seed) private view returns (address account) {
        for (uint256 i; i < people.length; ++i) {
            account = people[addmod(seed, i, people.length)];
            if (_standing(account) == Standing.None || _standing(account) == Standing.Left) return account;
            if (seed % 7 == 0) return account;
        }
    }

    function _pending(uint256 seed) private view returns (address account) {
        for (uint256 i; i < people.length; ++i) {
            account = people[addmod(seed, i, people.length)];
            if (residents.residentOf(account).recovery != Recovery.None) return account;
        }
    }

    /// @dev Whose recovery may be vetoed; one is proposed where there is none.
    function _vetoable(uint256 seed) private returns (address account) {
        for (uint256 i; i < people.length; ++i) {
            account = people[addmod(seed, i, people.length)];
            IResidents.Resident memory resident = residents.residentOf(account);
            if (resident.recovery == Recovery.Proposed && block.timestamp < resident.recoverableAt) return account;
        }
        account = _person(seed);
        bytes memory data =
            abi.encodeCall(residents.proposeRecovery, (account, _unknown(seed / 2), keccak256("request")));
        _act("propose", registrar, address(residents), data);
    }

    function _behind(uint256 seed) private view returns (address account) {
        for (uint256 i; i < people.length; ++i) {
            account = people[addmod(seed, i, people.length)];
            bool isBehind = residents.behind(currency, account) != address(0);
            if (isBehind && residents.currentKeyOf(account) == account) return account;
        }
        return address(0);
    }

    /// @dev The currency fails to move it: the commons' money stays behind.
    function _recoverPast(address account, uint256 seed) private {
        address successor = _unknown(seed);
        bytes memory proposal = abi.encodeCall(residents.proposeRecovery, (account, successor, keccak256("request")));
        if (!_act("propose", registrar, address(residents), proposal)) return;
        vm.warp(residents.residentOf(account).recoverableAt);
        vm.mockCallRevert(address(currency), abi.encodeWithSelector(currency.move.selector), "fails");
        _act("recover", _person(seed), address(residents), abi.encodeCall(residents.recover, (account)));
        vm.clearMockedCalls();
    }

    function _held() private view returns (uint256 held_cents) {
        for (uint256 i; i < people.length; ++i) {
            (uint256 stored_cents,,,,) = currency.accountOf(people[i]);
            held_cents += stored_cents;
        }
    }
}
