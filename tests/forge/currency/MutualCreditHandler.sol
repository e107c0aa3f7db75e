// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {MutualCredit} from "contracts/currency/MutualCredit.sol";
import {ICreditSlips} from "contracts/currency/interfaces/ICreditSlips.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title Members and officers of a circle who do all that they may at random, some of it badly: what members have is
/// noted as the events tell it
contract MutualCreditHandler is MutualCreditFixture {
    uint256 private constant PEOPLE = 7; // the last is the commons

    string[] public acts;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    uint256 public now_s = FOUNDED_AT;
    /// @dev Under the keys that they have now.
    address[] public people;
    mapping(address key => int256) public told;
    mapping(address key => uint256) private _nonces;
    mapping(address key => address) private _name;
    uint256 private _keys;

    modifier later() {
        vm.warp(now_s);
        _;
    }

    function start() external {
        _found();
        people = [lea, marc, nora, omar, _person("pia", Kind.Citizen), _person("quentin", Kind.Citizen), commons];
        for (uint256 i; i < PEOPLE; ++i) {
            _name[people[i]] = people[i];
        }
        (, keys[commons]) = makeAddrAndKey("commons");
    }

    function passTime(uint256 seconds_) external {
        now_s += bound(seconds_, 1 hours, 40 days);
    }

    function pay(uint256 seed, uint256 amount) external later {
        (address from, address to) = (_oneOf(seed), _oneOf(seed >> 8));
        _pays("pay", from, from, to, abi.encodeCall(circle.pay, (to, _amount(seed, amount), "")));
    }

    function payBySlip(uint256 seed, uint256 amount) external later {
        (address from, address to) = (_oneOf(seed), _oneOf(seed >> 8));
        ICreditSlips.CreditSlip memory slip = _slip(from, to, _amount(seed, amount), _nonce(from, seed));
        if (seed % 11 == 0) ++slip.amount;
        _pays("payBySlip", stranger, from, to, abi.encodeCall(circle.payBySlip, (slip)));
    }

    function payMixed(uint256 seed, uint256 amount, uint256 most) external later {
        (address from, address to) = (_oneOf(seed), _oneOf(seed >> 8));
        uint256 amount_cents = _amount(seed, amount);
        ICreditSlips.MixedSlip memory slip = _mixedSlip(
            from, to, amount_cents, seed % 4 == 0 ? bound(most, 0, amount_cents) : amount_cents, _nonce(from, seed)
        );
        (uint256 hers, uint256 its) = (currency.balanceOf(from), currency.balanceOf(to));
        bytes memory data = abi.encodeCall(circle.payMixedBySlip, (slip));
        int256 before = _balance(to);
        bool done = _pays("payMixed", stranger, from, to, data);
        require(done || (currency.balanceOf(from) == hers && currency.balanceOf(to) == its), "money without credit");
        int256 came = int256(currency.balanceOf(to)) - int256(its) + _balance(to) - before;
        require(!done || from == to || came == int256(amount_cents), "not all of it");
    }

    function batch(uint256 seed, uint256 amount) external later {
        ICreditSlips.CreditSlip[] memory slips = new ICreditSlips.CreditSlip[](3);
        for (uint256 i; i < 3; ++i) {
            address from = _oneOf(seed >> (16 * i));
            slips[i] = _slip(from, _oneOf(seed >> (16 * i + 8)), _amount(seed >> i, amount >> i), _nonce(from, seed));
        }
        bytes memory data =
            seed % 7 == 0 ? abi.encodePacked(circle.payBatch.selector) : abi.encodeCall(circle.payBatch, (slips));
        _act("batch", stranger, data);
    }

    function setLimits(uint256 seed, uint256 floor, uint256 ceiling) external later {
        address member = _oneOf(seed);
        IMutualCredit.Limits[] memory limits =
            _oneLimit(member, uint32(bound(floor, 0, 200_00)), uint32(bound(ceiling, 0, 600_00)));
        _act("setLimits", seed % 5 == 0 ? auditor : treasurer, abi.encodeCall(circle.setLimits, (limits)));
    }

    function vouch(uint256 seed, uint256 amount) external later {
        (address voucher, address member) = (_oneOf(seed), _oneOf(seed >> 8));
        int256 room = _roomOf(voucher);
        bytes memory data =
            abi.encodeCall(circle.vouch, (_name[voucher], _name[member], bound(amount, 0, 60_00), 0, ""));
        bool done = _act("vouch", _oftenBy(voucher, seed), data);
        require(!done || _roomOf(voucher) >= 0, "below her own floor by vouching");
        require(done || _roomOf(voucher) == room, "a refusal that changed something");
    }

    function unvouch(uint256 seed, uint256 amount) external later {
        (address voucher, address member) = _oftenVouched(seed);
        uint256 vouched = circle.vouchOf(_name[voucher], _name[member]);
        amount = bound(amount, 0, vouched + 1);
        bytes memory data = abi.encodeCall(circle.unvouch, (_name[voucher], _name[member], amount, 0, ""));
        bool done = _act("unvouch", _oftenBy(voucher, seed), data);
        require(!done || _roomOf(member) >= 0, "below her own floor by another's taking back");
    }

    function call(uint256 seed) external later {
        (address voucher, address member) = _oftenVouched(seed);
        int256 room = _roomOf(voucher);
        bytes memory data = abi.encodeCall(circle.call, (_name[member], _one(_name[voucher])));
        bool done = _act("call", stranger, data);
        require(!done || _roomOf(voucher) >= room, "further down by being called");
    }

    function writeOff(uint256 seed) external later {
        address member = _oneOf(seed);
        for (uint256 i; seed % 8 != 0 && i < PEOPLE && circle.memberOf(member).standing != Standing.Left; ++i) {
            member = people[i];
        }
        _act("writeOff", stranger, abi.encodeCall(circle.writeOff, (member)));
    }

    /// @dev Whoever leaves gives her money away; she comes back as often.
    function leave(uint256 seed) external later {
        address member = people[seed % (PEOPLE - 1)];
        Standing standing = residents.residentOf(member).standing;
        if (standing == Standing.Left) return _enrol(Kind.Citizen, member);
        if ((seed >> 100) % 3 != 0) return; // or soon nobody would have money
        vm.startPrank(member);
        if (currency.balanceOf(member) != 0) currency.transfer(commons, currency.balanceOf(member));
        vm.stopPrank();
        _leaves(member);
    }

    function suspend(uint256 seed) external later {
        address member = people[seed % (PEOPLE - 1)];
        Standing standing = residents.residentOf(member).standing;
        vm.startPrank(registrar);
        if (standing == Standing.Active && seed % 3 == 0) residents.suspend(member, "decision");
        if (standing == Standing.Suspended) residents.reinstate(member, "decision");
        vm.stopPrank();
    }

    /// @dev A key is lost, and its successor in force before anything else happens.
    function recover(uint256 seed) external later {
        uint256 i = (seed >> 3) % (PEOPLE - 1);
        address lost = people[i];
        Standing standing = residents.residentOf(lost).standing;
        if (seed % 4 != 0 || standing == Standing.Left) return;
        vm.recordLogs();
        address key = _recovered(lost, string.concat("key ", vm.toString(++_keys)));
        _hear();
        now_s = block.timestamp;
        _name[key] = _name[lost];
        people[i] = key;
        vm.prank(key);
        currency.approve(address(circle), type(uint256).max);
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function numberOfPeople() external pure returns (uint256) {
        return PEOPLE;
    }

    function nameOf(address key) external view returns (address) {
        return _name[key];
    }

    function contract_() external view returns (MutualCredit) {
        return circle;
    }

    function _oneOf(uint256 seed) private view returns (address) {
        return people[seed % PEOPLE];
    }

    /// @dev The account itself mostly, else another.
    function _oftenBy(address account, uint256 seed) private view returns (address) {
        return (seed >> 100) % 8 == 0 ? _oneOf(seed >> 104) : account;
    }

    /// @dev Two of whom one vouches for the other mostly, if there are any.
    function _oftenVouched(uint256 seed) private view returns (address voucher, address member) {
        for (uint256 k; seed % 8 != 0 && k < PEOPLE * PEOPLE; ++k) {
            uint256 pair = ((seed >> 16) % (PEOPLE * PEOPLE)) + k;
            (voucher, member) = (_oneOf(pair), _oneOf(pair / PEOPLE));
            if (circle.vouchOf(_name[voucher], _name[member]) != 0) return (voucher, member);
        }
        return (_oneOf(seed >> 8), _oneOf(seed >> 24));
    }

    function _amount(uint256 seed, uint256 amount) private pure returns (uint256) {
        return bound(amount, seed % 9 == 0 ? 0 : 1, seed % 5 == 0 ? 300_00 : 60_00);
    }

    function _nonce(address from, uint256 seed) private returns (uint256) {
        return seed % 13 == 0 ? 0 : _nonces[from]++;
    }

    /// @dev What she may owe by her limits, growth and vouches, whatever her standing, less what she owes.
    function _roomOf(address key) private view returns (int256) {
        IMutualCredit.CreditMember memory member = circle.memberOf(key);
        uint256 grown = member.earned * GROWTH_BPS / 10_000;
        if (grown > MOST_GROWTH) grown = MOST_GROWTH;
        int256 owes = member.balance < 0 ? -member.balance : int256(0);
        return int256(member.floor + grown) + member.vouched - owes;
    }

    /// @dev After a payment its payer owes no more than she may, and its payee is owed no more.
    function _pays(string memory act, address who, address from, address to, bytes memory data)
        private
        returns (bool done)
    {
        (uint256 most, int256 owed) = (_mostDebt(from), _balance(from));
        done = _act(act, who, data);
        if (_balance(from) == owed) return done;
        require(done && _balance(from) >= -int256(most), "below her floor");
        require(_balance(to) <= int256(circle.memberOf(to).ceiling), "above her ceiling");
    }

    function _act(string memory act, address who, bytes memory data) private returns (bool done) {
        vm.recordLogs();
        vm.prank(who);
        (done,) = address(circle).call(data);
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
        if (done) _hear(); // what a refused act logged is recorded too
    }

    /// @dev As whoever reads the log alone would.
    function _hear() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(circle)) continue;
            bytes32 kind = logs[i].topics[0];
            address first = address(uint160(uint256(logs[i].topics[1])));
            address second = logs[i].topics.length > 2 ? address(uint160(uint256(logs[i].topics[2]))) : address(0);
            if (kind == IMutualCredit.CreditPaid.selector) {
                _shift(first, second, int256(abi.decode(logs[i].data, (uint256))));
            } else if (kind == IMutualCredit.MixedPaid.selector) {
                (, uint256 credit_cents) = abi.decode(logs[i].data, (uint256, uint256));
                _shift(first, second, int256(credit_cents));
            } else if (kind == IMutualCredit.WrittenOff.selector || kind == IMutualCredit.CreditMoved.selector) {
                _shift(first, second, abi.decode(logs[i].data, (int256)));
            } else if (kind == IMutualCredit.VoucherCalled.selector) {
                (, uint256 borne) = abi.decode(logs[i].data, (uint256, uint256));
                _shift(residents.currentKeyOf(first), residents.currentKeyOf(second), int256(borne));
            }
        }
    }

    function _shift(address from, address to, int256 amount) private {
        told[from] -= amount;
        told[to] += amount;
    }
}
