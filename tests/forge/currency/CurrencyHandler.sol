// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Vm} from "forge-std/Vm.sol";

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Whoever acts in the town, at random: each act is counted, and what may never happen is checked as it happens
abstract contract CurrencyHandler is TownFixture {
    uint256 internal constant PEOPLE = 14;

    struct Holding {
        uint256 stored_cents;
        uint256 worth_cents;
        bool barred;
    }

    address[] public people; // the commons first, then a smart account, then keys, and last a contract of nobody's yet
    mapping(address account => uint256 key) internal keys;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    string[] public acts;

    mapping(bytes32 ref => bool) internal spentReference;
    mapping(address account => mapping(uint256 nonce => bool)) internal spentNonce;
    mapping(address account => int256) public replayed; // balances as the events tell them
    int256 public replayedSupply;
    bytes32 private _reference;

    constructor(uint128 keptPerDay) {
        _foundTownWithMoney(keptPerDay);
        people.push(commons);
        uint256 walletKey = uint256(keccak256("wallet"));
        people.push(address(new OwnedWallet(vm.addr(walletKey))));
        keys[people[1]] = walletKey;
        for (uint256 i = 2; i < PEOPLE - 1; ++i) {
            uint256 key = uint256(keccak256(abi.encode("person", i)));
            people.push(vm.addr(key));
            keys[vm.addr(key)] = key;
        }
        people.push(address(new OwnedWallet(vm.addr(walletKey))));
        keys[people[PEOPLE - 1]] = walletKey;

        vm.prank(auditor);
        currency.attestReserve(1_000_000, "opening statement");
        for (uint256 i = 1; i < 9; ++i) {
            vm.prank(registrar);
            residents.enrol(i % 2 == 0 ? Kind.Citizen : Kind.Professional, _one(people[i]), new bytes32[](0));
            vm.recordLogs();
            vm.prank(treasurer);
            currency.issue(people[i], 50_000, keccak256(abi.encode("opening", i)));
            _replay();
        }
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function _act(string memory act, address sender, address target, bytes memory data) internal returns (bool done) {
        return _act(act, sender, target, data, 0);
    }

    function _act(string memory act, address sender, address target, bytes memory data, uint256 value_wei)
        internal
        returns (bool done)
    {
        return _act(act, sender, target, data, value_wei, address(0));
    }

    /// @dev Acts, counts, replays the events, and checks that who was barred neither gained nor lost: but for whoever's
    /// money is `seized`.
    function _act(
        string memory act,
        address sender,
        address target,
        bytes memory data,
        uint256 value_wei,
        address seized
    ) internal returns (bool done) {
        Holding[] memory before = _holdings();
        vm.recordLogs();
        vm.prank(sender);
        (done,) = target.call{value: value_wei}(data);
        if (done) _replay();

        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
        if (!_moves(act)) {
            for (uint256 i; i < people.length; ++i) {
                (uint256 stored_cents,,,,) = currency.accountOf(people[i]);
                // An order has melt, for good, what had melted already.
                bool kept =
                    stored_cents == before[i].stored_cents || currency.balanceOf(people[i]) == before[i].worth_cents;
                assertTrue(!before[i].barred || kept || people[i] == seized, "a barred account gained or lost");
            }
        }
    }

    function _moves(string memory act) private pure returns (bool) {
        bytes32 hash = keccak256(bytes(act));
        return hash == keccak256("recover") || hash == keccak256("moveAgain");
    }

    function _holdings() private view returns (Holding[] memory holdings) {
        holdings = new Holding[](people.length);
        for (uint256 i; i < people.length; ++i) {
            (uint256 stored_cents, Kind kind,, bool frozen,) = currency.accountOf(people[i]);
            uint256 worth_cents = currency.balanceOf(people[i]);
            holdings[i] = Holding(stored_cents, worth_cents, kind == Kind.None || frozen);
        }
    }

    function _replay() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            // Forge also records what a refused slip logged before it was undone: such a batch tells us nothing.
            if (logs[i].topics[0] == ICurrencySlips.SlipRefused.selector) return _trustBalances();
        }
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(currency) || logs[i].topics[0] != IERC20.Transfer.selector) continue;
            int256 value = abi.decode(logs[i].data, (int256));
            address from = address(uint160(uint256(logs[i].topics[1])));
            address to = address(uint160(uint256(logs[i].topics[2])));
            if (from == address(0)) replayedSupply += value;
            else replayed[from] -= value;
            if (to == address(0)) replayedSupply -= value;
            else replayed[to] += value;
        }
    }

    function _trustBalances() private {
        for (uint256 i; i < people.length; ++i) {
            (uint256 stored_cents,,,,) = currency.accountOf(people[i]);
            replayed[people[i]] = int256(stored_cents);
        }
    }

    function _spendReference(bytes32 ref) internal {
        assertFalse(spentReference[ref], "a reference served twice");
        spentReference[ref] = true;
    }

    function _spendNonce(address account, uint256 nonce) internal {
        assertFalse(spentNonce[account][nonce], "a nonce served twice");
        spentNonce[account][nonce] = true;
    }

    /// @dev A reference, one time in eight the last one again.
    function _someReference(uint256 seed) internal returns (bytes32) {
        if (seed % 8 != 0) _reference = keccak256(abi.encode(_reference, seed));
        return _reference;
    }

    function _person(uint256 seed) internal view returns (address) {
        return people[seed % people.length];
    }

    /// @dev Somebody, but likely one who may spend.
    function _spender(uint256 seed) internal view returns (address account) {
        for (uint256 i; i < 4; ++i) {
            account = people[uint256(keccak256(abi.encode(seed, i))) % people.length];
            (uint256 stored_cents, Kind kind,, bool frozen,) = currency.accountOf(account);
            if (stored_cents != 0 && kind != Kind.None && !frozen) return account;
        }
    }

    /// @dev Whoever is in office, one time in ten somebody else.
    function _officer(address inOffice, uint256 seed) internal view returns (address) {
        return seed % 10 == 0 ? _person(seed / 10) : inOffice;
    }

    /// @dev Often within the balance, sometimes beyond.
    function _amount(address account, uint256 seed) internal view returns (uint256) {
        return _bound(seed, 0, currency.balanceOf(account) * 5 / 4 + 1);
    }

    function _signature(uint256 key, bytes32 domain, bytes32 slip) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, slip)));
        return abi.encodePacked(r, s, v);
    }

    function _standing(address account) internal view returns (Standing) {
        return residents.residentOf(account).standing;
    }

    function _one(address account) internal pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }
}
