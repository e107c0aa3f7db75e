// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {Bystanders, Effect} from "tests/forge/adversaries/Bystanders.sol";

/// @title Whoever may act: each office, each pair of them that one hand may hold, and those who hold none
/// @dev tests/vectors/insiders.json says which pairs a town's file refuses, which offices wait in it, and what each
/// hand can do to bystanders; SECURITY.md's table of pairs is made of it (tests/adversaries/test_vectors.py).
abstract contract Hands is Bystanders {
    uint32 private constant ADMIN_DELAY_S = 3 days;

    struct Hand {
        string name;
        address account;
        uint256 can; // a bit for each Effect
        address other; // an account more
    }

    string private _said = vm.readFile("tests/vectors/insiders.json");
    Hand[] internal _hands;
    mapping(uint64 office => bool) internal _waits;

    function setUp() public virtual override {
        super.setUp();
        string[] memory offices = vm.parseJsonKeys(_said, ".alone");
        for (uint256 i; i < offices.length; ++i) {
            if (_says("waits", offices[i])) {
                vm.startPrank(mayor);
                string memory guarding =
                    vm.parseJsonString(_said, string.concat(_path("waits", offices[i]), ".guardian"));
                town.setRoleGuardian(_office(offices[i]), _office(guarding));
                vm.stopPrank();
            }
            uint256 can = _effects(string.concat(".alone.", offices[i]));
            Hand storage alone = _hand(offices[i], can);
            _give(alone, offices[i]);
            for (uint256 j; j < i; ++j) {
                string memory pair = string.concat(offices[j], " ", offices[i]);
                if (_says("refused", pair)) continue;
                uint256 more = _effects(string.concat(".alone.", offices[j]));
                if (_says("together", pair)) more |= _effects(_path("together", pair));
                Hand storage both = _hand(pair, can | more);
                _give(both, offices[i]);
                _give(both, offices[j]);
            }
        }
        _ofNoOffice("a stranger with ether", stranger, 0);
        _ofNoOffice("a resident, a co-buyer who was replaced", rita, 0);
        _ofNoOffice("a creditor behind the bank", sam, 0);
        _ofNoOffice("a thief with a voter's key", _thief(), 0);
        _ofNoOffice("the street's organiser", organiser, _bit(Effect.State));
        _ofNoOffice("the street's arbiter", arbiter, _bit(Effect.Rule));
        _ofNoOffice("the street's agent", agent, _bit(Effect.Commit));
        _ofNoOffice("the club's refuter", refuter, _bit(Effect.Void));
        _ofNoOffice("a member of the street", neighbour, 0);
        for (uint256 i; i < _hands.length; ++i) {
            vm.deal(_hands[i].account, 1 ether);
        }
    }

    function _ofNoOffice(string memory name, address account, uint256 can) private {
        _hands.push(Hand(name, account, can, address(0)));
    }

    /// @dev Two in one hand: it can what either can.
    function _together(Hand memory one, Hand memory other) internal pure returns (Hand memory) {
        string memory name = string.concat(one.name, " and ", other.name);
        return Hand(name, one.account, one.can | other.can, other.account);
    }

    /// @dev Whoever steals the key of one resident has no more of the others' than that resident had.
    function _thief() private returns (address thief) {
        thief = _person("whose key is stolen");
        _enrol(Kind.Citizen, thief);
        _mint(thief, 1_000_00);
    }

    function _path(string memory section, string memory pair) private pure returns (string memory) {
        return string.concat("$.", section, "['", pair, "']");
    }

    function _says(string memory section, string memory pair) private view returns (bool) {
        return vm.keyExistsJson(_said, _path(section, pair));
    }

    function _hand(string memory name, uint256 can) private returns (Hand storage) {
        _hands.push(Hand(name, makeAddr(string.concat("hand: ", name)), can, address(0)));
        return _hands[_hands.length - 1];
    }

    /// @dev ADMIN's acts wait, as a public chain takes no town without; others' as the town's file has it.
    function _give(Hand storage hand, string memory office) private {
        bool isAdmin = keccak256(bytes(office)) == keccak256("ADMIN");
        uint32 delay_s = isAdmin ? ADMIN_DELAY_S : 0;
        if (_says("waits", office)) {
            delay_s = uint32(vm.parseJsonUint(_said, string.concat(_path("waits", office), ".hours")) * 1 hours);
        }
        uint64 role = isAdmin ? 0 : _office(office);
        _waits[role] = delay_s != 0;
        vm.prank(mayor);
        town.grantRole(role, hand.account, delay_s);
    }

    function _effects(string memory path) private view returns (uint256 bits) {
        string[] memory names = vm.parseJsonStringArray(_said, path);
        for (uint256 i; i < names.length; ++i) {
            bits |= _bit(_effect(names[i]));
        }
    }

    function _effect(string memory name) private pure returns (Effect) {
        string[8] memory names = [
            "takeOver", "seize", "seizePastGuardian", "giveTitle", "endSale", "settleUnpaid", "carryMoney", "endMandate"
        ];
        for (uint8 i; i < names.length; ++i) {
            if (keccak256(bytes(names[i])) == keccak256(bytes(name))) return Effect(i + 1);
        }
        revert(string.concat("no effect ", name));
    }

    function _bit(Effect effect) internal pure returns (uint256) {
        return 1 << uint8(effect);
    }

    /// @dev After what delay somebody may do what was announced: 0 for whoever may at once, or never.
    function _delayOf(address who, address target, bytes memory data) internal view returns (uint32 delay_s) {
        (, delay_s) = town.canCall(who, target, bytes4(data));
    }

    /// @dev Calls; what may not be done at once is announced first, and ADMIN's guardian stops it from ruling the town.
    function _callBy(Hand memory hand, address target, bytes memory data, uint256 value_wei)
        internal
        returns (bool done)
    {
        done = _call(hand.account, target, data, value_wei);
        if (!done && hand.other != address(0)) done = _call(hand.other, target, data, value_wei);
        uint32 delay_s = _delayOf(hand.account, target, data);
        if (done || delay_s == 0 || !_announce(hand.account, target, data)) return done;
        if (target == address(town)) {
            vm.prank(warden);
            town.cancel(hand.account, target, data);
        }
        vm.warp(block.timestamp + delay_s);
        return _call(hand.account, target, data, value_wei);
    }

    function _announce(address who, address target, bytes memory data) internal returns (bool) {
        return _call(who, address(town), abi.encodeCall(town.schedule, (target, data, 0)), 0);
    }

    /// @dev By the authority, which carries out for whoever may.
    function _through(address who, address target, bytes memory data, uint256 value_wei) internal returns (bool) {
        return _call(who, address(town), abi.encodeCall(town.execute, (target, data)), value_wei);
    }

    function _call(address who, address target, bytes memory data, uint256 value_wei) internal returns (bool done) {
        vm.prank(who);
        (done,) = target.call{value: value_wei}(data);
    }
}
