// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {Effect, Thing} from "tests/forge/adversaries/Bystanders.sol";
import {Hands} from "tests/forge/adversaries/Hands.sol";

/// @title An insider who tries everything, in any order: its own affairs' words put in the bystanders' place
/// @dev Honest officers keep their offices, and do for the adversary's accomplices what they would for anybody.
abstract contract Insider is Hands {
    uint256 private constant LONGEST_WAIT_S = 20 days;
    bytes4 private constant RETIRE = bytes4(keccak256("retire(address)"));
    bytes4 private constant CARRY_OVER = bytes4(keccak256("carryOver(address[])"));

    Hand internal _walker;
    uint256[] private _its; // the functions of its offices
    bool private _watched;
    /// @dev The first act by which a thing changed that should not have, or that the hand should not be able to do.
    mapping(Thing => string) internal _breach;
    uint256 internal _done;
    uint256 internal _refused;
    mapping(address target => mapping(bytes4 selector => uint256)) internal _times;
    mapping(address target => mapping(bytes4 selector => uint256)) internal _timesRefused;

    /// @dev External, so that what fails is undone and the walk goes on.
    function prepare(uint256 i) external returns (Act memory) {
        require(msg.sender == address(this));
        return _prepare(_functions[i]);
    }

    /// @notice One act of a walk. The first seed says whose, and whether others read what is announced.
    function step(uint256 seed) public {
        if (_walker.account == address(0)) _start(seed % _hands.length, (seed >> 16) % 2 == 0);
        seed = uint256(keccak256(abi.encode(seed)));
        if (currency.paused()) {
            vm.prank(guardian);
            currency.resume();
        }
        if (seed % 8 == 0) vm.warp(block.timestamp + (seed >> 8) % LONGEST_WAIT_S);
        if (seed % 16 == 1) vm.deal(address(currency), address(currency).balance + 1); // by self-destruction, say
        if (seed % 8 == 2) return _hurry();
        // What its offices may every other time, so that much succeeds.
        bool own = _its.length != 0 && (seed >> 24) % 2 == 0;
        _tryOne(own ? _its[(seed >> 32) % _its.length] : (seed >> 32) % _functions.length, seed >> 64);
        if (_watched) _watch();
    }

    function _start(uint256 hand, bool watched) internal {
        (_walker, _watched, _its) = (_hands[hand], watched, new uint256[](0));
        for (uint256 i; i < _functions.length; ++i) {
            Function memory what = _functions[i];
            if (what.target == address(town)) continue;
            uint64 office = town.getTargetFunctionRole(what.target, what.selector);
            (bool inOffice,) = town.hasRole(office, _walker.account);
            if (office != 0 && inOffice) _its.push(i);
        }
    }

    function _tryOne(uint256 i, uint256 seed) internal {
        Function memory what = _functions[i];
        // A currency ends once: Effects.t.sol tells of it.
        if (what.selector == RETIRE || what.selector == CARRY_OVER) return;
        Act memory act;
        try this.prepare(i) returns (Act memory prepared) {
            act = prepared;
        } catch {
            vm.stopPrank();
            return;
        }
        // What honest officers did meanwhile, time included, is nobody's attack.
        bytes memory data = _aimed(act.data, seed);
        uint256 how = (seed >> 16) % 8;
        bool done;
        if (how < 2) done = _call(how == 0 ? rita : sam, what.target, data, act.value_wei);
        else if (how == 2) done = _through(_walker.account, what.target, data, act.value_wei);
        else done = _callBy(_walker, what.target, data, act.value_wei);
        _judge(what, data, done);
    }

    /// @dev An act by whoever may, on its own affairs.
    function _doIts(uint256 i) internal {
        Function memory what = _functions[i];
        try this.prepare(i) returns (Act memory act) {
            address who = act.party == address(0) ? _walker.account : act.party;
            _judge(what, act.data, _call(who, what.target, act.data, act.value_wei));
        } catch {
            vm.stopPrank();
        }
    }

    /// @dev One office's acts, two in a row, against bystanders; then what they announced, at once.
    function _twice(uint256 hand) internal {
        _start(hand, false);
        for (uint256 i; i < _its.length; ++i) {
            for (uint256 j; j < _its.length; ++j) {
                this.two(_its[i], _its[j]);
            }
        }
    }

    function two(uint256 first, uint256 second) external {
        uint256 before = vm.snapshotState();
        _turn(first);
        _turn(second);
        _hurry();
        string memory breach = _breaches();
        vm.revertToState(before);
        assertEq(breach, "");
    }

    function _turn(uint256 i) private {
        Function memory what = _functions[i];
        if (what.selector == RETIRE) return;
        try this.prepare(i) returns (Act memory act) {
            bytes memory data = _aimed(act.data, 1);
            if (_callBy(_walker, what.target, data, act.value_wei)) _judge(what, data, true);
        } catch {
            vm.stopPrank();
        }
    }

    /// @dev What was announced against bystanders, whether its time has come or not.
    function _hurry() private {
        bytes memory taking = abi.encodeCall(currency.carryOutSeizure, (_seizureOfBystander));
        _callAndJudge(Function(address(currency), currency.carryOutSeizure.selector, "a seizure"), taking);
        for (uint256 i; i < _bystanders.length; ++i) {
            bytes memory recovery = abi.encodeCall(residents.recover, (residents.currentKeyOf(_bystanders[i])));
            _callAndJudge(Function(address(residents), residents.recover.selector, "a recovery"), recovery);
        }
    }

    function _callAndJudge(Function memory what, bytes memory data) private {
        _judge(what, data, _call(_walker.account, what.target, data, 0));
    }

    /// @dev What changed is what the hand can do, or a breach. From then on it is as it is.
    function _judge(Function memory what, bytes memory data, bool done) internal {
        if (!done) {
            ++_refused;
            ++_timesRefused[what.target][what.selector];
            return;
        }
        ++_done;
        ++_times[what.target][what.selector];
        _note(what.selector, data);
        while (true) {
            (Thing thing, address who, Effect effect, bool any) = _changed(what.selector, data);
            if (!any) return;
            bool may = effect == Effect.Time || (effect != Effect.None && _walker.can & _bit(effect) != 0);
            if (!may && bytes(_breach[thing]).length == 0) {
                _breach[thing] = string.concat(_walker.name, ": ", what.name);
            }
            _accept(thing, who);
        }
    }

    /// @dev Money that operations hold and is nobody's, or that is somebody's and not there.
    function _missing_cents() internal view returns (uint256) {
        uint256 owed_cents;
        for (uint256 i; i < purses.length; ++i) {
            IClearing.Member memory member = clearing.memberOf(purses[i].op, purses[i].member);
            owed_cents += uint256(member.balance_cents) + member.held_cents;
            if (purses[i].isFirst) owed_cents += clearing.owedTo(purses[i].member);
        }
        uint256 held_cents = currency.balanceOf(address(clearing)) + next.balanceOf(address(clearing));
        return owed_cents < held_cents ? held_cents - owed_cents : owed_cents - held_cents;
    }

    function _breaches() internal view returns (string memory all) {
        for (uint256 i; i <= uint256(type(Thing).max); ++i) {
            all = string.concat(all, _breach[Thing(i)]);
        }
    }

    /// @dev The same call with bystanders' words in the place of the adversary's own: none, all, or some of them; now
    /// and then another word is anybody's.
    function _aimed(bytes memory data, uint256 seed) internal view returns (bytes memory aimed) {
        aimed = bytes.concat(data);
        uint256 how = seed % 8; // mostly all
        if (how == 0) return aimed;
        for (uint256 at = 4; at + 0x20 <= aimed.length; at += 0x20) {
            bytes32 word = _at(aimed, at);
            for (uint256 i = _own.length; i != 0; --i) {
                if (word != _own[i - 1]) continue;
                bool takes = how != 2 || uint256(keccak256(abi.encode(seed, at))) % 2 == 0;
                if (takes) _put(aimed, at, _others[i - 1]);
                break;
            }
        }
        if (how > 5 && aimed.length >= 0x24) _put(aimed, 4 + (seed >> 24) % (aimed.length / 0x20) * 0x20, _any(seed));
    }

    /// @dev A bystander, a title of theirs, a small number or none.
    function _any(uint256 seed) private view returns (bytes32) {
        uint256 kind = (seed >> 48) % 4;
        if (kind == 0) return _word(_bystanders[(seed >> 56) % _bystanders.length]);
        if (kind == 1) return bytes32((seed >> 56) % 2 == 0 ? house : field);
        return kind == 2 ? bytes32((seed >> 56) % 8) : bytes32(type(uint256).max);
    }

    function _at(bytes memory data, uint256 at) internal pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), at))
        }
    }

    function _put(bytes memory data, uint256 at, bytes32 word) internal pure {
        if (at + 0x20 > data.length) return;
        assembly ("memory-safe") {
            mstore(add(add(data, 0x20), at), word)
        }
    }
}
