// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {Clearing} from "contracts/flows/Clearing.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title Members, an organiser and an arbiter of two operations who do all that they may at random, some of it badly:
/// what they have is noted as the events tell it
contract ClearingHandler is ClearingFixture {
    struct Told {
        int256 balance_cents;
        int256 held_cents;
        uint256 cap_cents;
        uint256 contested; // one more than what was settled last
        uint256 mandatedAt; // the number of the statement
    }

    string[] public acts;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    uint256 public now_s = FOUNDED_AT;
    bytes32[2] public ops;
    address[6] public people;
    mapping(bytes32 op => uint256) public settledPeriod;
    mapping(bytes32 op => uint256) private _number;
    mapping(bytes32 op => mapping(address member => Told)) private _told;
    mapping(bytes32 op => IClearing.Statement) private _said;
    mapping(bytes32 op => IClearing.Line[]) private _linesOf;
    int256 private _carried_cents;
    int256 private _held_cents;

    /// @dev In one of the operations, now.
    modifier within(uint256 seed) {
        vm.warp(now_s);
        op = ops[(seed >> 200) % 2];
        _;
    }

    function start() external {
        _found();
        IClearing.Terms memory terms = _terms();
        (terms.contest_h, terms.rule_h) = (24, 48);
        ops = [op, clearing.open(terms)];
        people = [ines, jules, karim, lea, organiser, arbiter];
        vm.prank(treasurer);
        currency.issue(organiser, 100_000_00, "working capital");
    }

    function passTime(uint256 seconds_) external {
        now_s += bound(seconds_, 1 hours, 36 hours);
    }

    function deposit(uint256 seed, uint256 cap, uint256 amount) external within(seed) {
        address member = _one(seed);
        if (seed % 3 != 0) member = organiser;
        uint40 cap_cents = uint40(bound(cap, 0, 60_00));
        uint64 amount_cents = uint64(bound(amount, seed % 7 == 0 ? 0 : 1, 80_00));
        bytes32 salt = bytes32(seed);
        bytes memory signature = _depositSlip(op, member, cap_cents, amount_cents, salt);
        if (seed % 11 == 0) ++cap_cents;
        bytes memory slip = abi.encode(op, member, cap_cents, amount_cents, 0, type(uint256).max, salt, 256, 65);
        _act("deposit", stranger, bytes.concat(IClearing.depositBySlip.selector, slip, signature, new bytes(31)));
    }

    function setCap(uint256 seed, uint256 cap) external within(seed) {
        address member = _one(seed);
        address by = _oftenBy(member, seed);
        _act("setCap", by, abi.encodeCall(clearing.setCap, (op, member, uint40(bound(cap, 0, 60_00)), 0, "")));
    }

    function take(uint256 seed, uint256 amount) external within(seed) {
        address member = _one(seed);
        uint64 amount_cents = uint64(bound(amount, 0, _balance(member) / 4 + 1));
        address by = _oftenBy(member, seed);
        _act("take", by, abi.encodeCall(clearing.take, (op, member, amount_cents, 0, "")));
    }

    function leave(uint256 seed) external within(seed) {
        if ((seed >> 128) % 4 != 0) return; // or soon nobody would be there
        address member = _one(seed);
        _act("leave", _oftenBy(member, seed), abi.encodeCall(clearing.leave, (op, member, 0, "")));
    }

    function state(uint256 seed, uint256 amounts) external within(seed) {
        delete lines;
        int64 sum_cents;
        for (uint256 i; i < 4; ++i) {
            int64 amount_cents = int64(uint64(bound(amounts >> 64 * i, 0, 120_00))) - 30_00;
            sum_cents += amount_cents;
            _owes(people[i], amount_cents);
        }
        _owes(organiser, (seed >> 8) % 16 == 0 ? int64(1) : -sum_cents);
        if ((seed >> 16) % 16 == 0) _swapLines(0, 1);
        IClearing.Statement memory statement = _statement(uint32(settledPeriod[op] + 1 + (seed >> 24) % 3));
        if ((seed >> 32) % 8 == 0) --statement.period;
        if ((seed >> 40) % 16 == 0) ++statement.number;
        address by = _oftenBy(organiser, seed);
        if (!_act("state", by, abi.encodeCall(clearing.state, (op, statement, 0, "")))) return;
        _said[op] = statement;
        _linesOf[op] = lines;
    }

    function retract(uint256 seed) external within(seed) {
        if ((seed >> 128) % 4 != 0) return; // or soon nothing would be settled
        bytes32 statementHash = clearing.operationOf(op).statementHash;
        _act("retract", _oftenBy(organiser, seed), abi.encodeCall(clearing.retract, (op, statementHash, 0, "")));
    }

    function voidStatement(uint256 seed) external within(seed) {
        if ((seed >> 128) % 4 != 0) return;
        bytes32 statementHash = clearing.operationOf(op).statementHash;
        _act("void", _oftenBy(refuter, seed), abi.encodeCall(clearing.voidStatement, (op, statementHash)));
    }

    function contest(uint256 seed) external within(seed) {
        address member = _one(seed);
        bytes32 statementHash = clearing.operationOf(op).statementHash;
        bytes memory call = abi.encodeCall(clearing.contest, (op, statementHash, member, "reason", 0, ""));
        _act("contest", _oftenBy(member, seed), call);
    }

    function settle(uint256 seed) external within(seed) {
        IClearing.Line[] memory given = _linesOf[op];
        if ((seed >> 8) % 16 == 0 && given.length != 0) ++given[seed % given.length].amount_cents;
        _act("settle", stranger, abi.encodeCall(clearing.settle, (op, _said[op], given)));
    }

    function rule(uint256 seed, uint256 due) external within(seed) {
        if ((seed >> 128) % 2 != 0) return; // or nothing would be left to release
        (uint32 period, address member) = _oftenHeld(seed);
        uint64 due_cents = uint64(bound(due, 0, clearing.heldLineOf(op, period, member).held_cents + 5));
        bytes memory call = abi.encodeCall(clearing.rule, (op, period, member, due_cents, 0, ""));
        _act("rule", _oftenBy(arbiter, seed), call);
    }

    function release(uint256 seed) external within(seed) {
        (uint32 period, address member) = _oftenHeld(seed);
        _act("release", stranger, abi.encodeCall(clearing.release, (op, period, member)));
    }

    function withdraw(uint256 seed) external within(seed) {
        _act("withdraw", stranger, abi.encodeCall(clearing.withdraw, (_one(seed))));
    }

    /// @dev The court freezes Lea, to whom nothing is paid meanwhile, or lets her go.
    function freeze(uint256 seed) external within(seed) {
        (,,, bool frozen,) = currency.accountOf(lea);
        vm.prank(court);
        if (frozen) currency.unfreeze(lea, "order");
        else currency.freeze(lea, "order");
    }

    /// @dev Everybody takes what is hers, once no arbiter may rule any more.
    function empty() external {
        vm.warp(now_s + 31 days);
        for (uint256 k; k < ops.length; ++k) {
            op = ops[k];
            for (uint256 i; i < people.length; ++i) {
                for (uint32 period = 1; period <= settledPeriod[op]; ++period) {
                    if (clearing.heldLineOf(op, period, people[i]).held_cents == 0) continue;
                    clearing.release(op, period, people[i]);
                }
                vm.prank(people[i]);
                clearing.leave(op, people[i], 0, "");
            }
        }
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    /// @dev What the events told of an account.
    function told(bytes32 of_, address member) external view returns (Told memory) {
        return _told[of_][member];
    }

    function contract_() external view returns (Clearing) {
        return clearing;
    }

    function money() external view returns (uint256) {
        return currency.balanceOf(address(clearing));
    }

    function _one(uint256 seed) private view returns (address) {
        return people[(seed >> 160) % people.length];
    }

    /// @dev The account itself mostly, else another.
    function _oftenBy(address account, uint256 seed) private view returns (address) {
        return (seed >> 100) % 8 == 0 ? people[(seed >> 104) % people.length] : account;
    }

    /// @dev A line that is held mostly, if there is one, else any.
    function _oftenHeld(uint256 seed) private view returns (uint32 period, address member) {
        uint32 last = uint32(settledPeriod[op]);
        for (period = last; seed % 4 != 0 && period != 0 && last - period < 8; --period) {
            for (uint256 i; i < people.length; ++i) {
                if (clearing.heldLineOf(op, period, people[i]).held_cents != 0) return (period, people[i]);
            }
        }
        return (last, _one(seed));
    }

    function _act(string memory act, address who, bytes memory data) private returns (bool done) {
        vm.recordLogs();
        vm.prank(who);
        (done,) = address(clearing).call(data);
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; done && i < logs.length; ++i) {
            if (logs[i].emitter == address(clearing)) _note(logs[i]);
        }
    }

    /// @dev As whoever reads the log alone would. An act that breaks what it must keep fails here.
    function _note(Vm.Log memory log) private {
        bytes32 kind = log.topics[0];
        if (kind == IClearing.PeriodStated.selector) {
            ++_number[op];
        } else if (kind == IClearing.PeriodSettled.selector) {
            require(uint256(log.topics[2]) > settledPeriod[op], "a period twice");
            settledPeriod[op] = uint256(log.topics[2]);
        } else if (kind == IClearing.LineContested.selector) {
            _told[op][_address(log.topics[3])].contested = settledPeriod[op] + 1;
        } else if (log.data.length == 32) {
            _noteMoney(kind, _told[op][_address(log.topics[2])], abi.decode(log.data, (uint256)));
        } else if (log.topics.length == 3) {
            _noteLine(kind, _address(log.topics[2]), log.data);
        }
    }

    function _noteMoney(bytes32 kind, Told storage note, uint256 word) private {
        if (kind == IClearing.CapSet.selector) _noteCap(note, word);
        if (kind == IClearing.Taken.selector) note.balance_cents -= int256(word);
        if (kind == IClearing.Left.selector) {
            (note.balance_cents, note.cap_cents) = (note.balance_cents - int256(word), 0);
        }
    }

    /// @dev Of what is carried or held, the line itself is told after.
    function _noteLine(bytes32 kind, address member, bytes memory data) private {
        Told storage note = _told[op][member];
        Told storage payer = _told[op][organiser];
        (uint256 first, int256 second) = abi.decode(data, (uint256, int256));
        if (kind == IClearing.Deposited.selector) {
            note.balance_cents += int256(first);
            _noteCap(note, uint256(second));
        } else if (kind == IClearing.LineCarried.selector) {
            _carried_cents = second;
            (note.balance_cents, payer.balance_cents) = (note.balance_cents + second, payer.balance_cents - second);
        } else if (kind == IClearing.LineHeld.selector) {
            _held_cents = second;
            (note.held_cents, payer.balance_cents) = (note.held_cents + second, payer.balance_cents - second);
        } else if (kind == IClearing.LineSettled.selector) {
            if (second > 0 && member != organiser) _requireAsSigned(note, second - _carried_cents);
            note.balance_cents -= second;
            (_carried_cents, _held_cents) = (0, 0);
        } else if (kind == IClearing.LineRuled.selector) {
            (,, int256 returned_cents) = abi.decode(data, (uint256, int256, int256));
            note.held_cents -= second + returned_cents;
            note.balance_cents += returned_cents;
            payer.balance_cents += second;
        } else if (kind == IClearing.LineReleased.selector) {
            (note.held_cents, note.balance_cents) = (note.held_cents - second, note.balance_cents + second);
        }
    }

    function _noteCap(Told storage note, uint256 cap_cents) private {
        if (cap_cents > note.cap_cents) note.mandatedAt = _number[op];
        note.cap_cents = cap_cents;
    }

    function _requireAsSigned(Told storage note, int256 charged_cents) private view {
        require(charged_cents >= 0 && uint256(charged_cents) <= note.cap_cents, "more than the cap");
        require(charged_cents == 0 || note.mandatedAt < _number[op], "stated before it was mandated");
        bool contests = note.contested == settledPeriod[op] + 1;
        require(_held_cents == (contests ? charged_cents : int256(0)), "not held as it was contested");
    }

    function _address(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }
}
